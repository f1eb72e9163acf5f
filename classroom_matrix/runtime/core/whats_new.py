"""`!new`, or "что нового?" in plain words: what awaits a household and what is open for it, in one message."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time, timedelta

from ...api import Context, Meaning, Subject, View, command
from ...domain.content import Block, Bold, Content, Heading, Line
from ...domain.facts import MessageSent
from ...domain.ids import ClassId, HouseholdId
from ...domain.people import Household, Person, Pupil, Role
from ...errors import UserError
from ..batch import Batch
from ..choosing import leave_out
from ..context import HandlerContext
from ..values import is_called
from ..view import ClassView
from .open_things import Said, agendas, comings

SCHOOL_ENDS = time(15)
"""From then on nobody asks what there is today."""
WEEK = 7
"""Days ahead."""

_MARKS = " .,!?…)"
_NEWS = "news"


@command("news")
def show_news(ctx: Context) -> None:
    _tell(ctx, own_household(ctx))


def own_household(ctx: Context) -> Household:
    """The acting guardian's.

    Raises:
        UserError: it is somebody else who acts.
    """
    person = ctx.person
    household = ctx.roster.household(person.household_id) if person and person.role is Role.GUARDIAN else None
    if household is None:
        raise UserError("core-news-families")
    return household


def understand_news(view: View, person: Person, message: MessageSent) -> Sequence[Meaning]:
    """Whether it is "что нового?", or "что нового у Ксении?"; whoever says more asks the teacher."""
    household = view.roster.household(person.household_id)
    said = " ".join(leave_out(message.body, view.listed("core-words-courtesy"))).strip(_MARKS)
    if household is None or not said:
        return ()
    family = view.roster.family(household.family_id)
    phrases = sorted(view.listed("core-words-news"), key=len, reverse=True)
    if not any(_is_asked_by(said, phrase, family.pupils if family else ()) for phrase in phrases):
        return ()
    return (Meaning(Subject(_NEWS, household.id), "", view.text("core-news-label"), changes=False),)


def take_news(ctx: Context, meaning: Meaning) -> None:
    household = ctx.roster.household(HouseholdId(meaning.about.id))
    if household is not None and ctx.person is not None and ctx.may_read_desk(ctx.person, household):
        _tell(ctx, household)


def _is_asked_by(said: str, phrase: str, pupils: Sequence[Pupil]) -> bool:
    if said == phrase:
        return True
    about, _, name = said.removeprefix(f"{phrase} ").partition(" ")
    return said.startswith(f"{phrase} ") and about in _ABOUT and any(is_called(name, pupil.name) for pupil in pupils)


_ABOUT = frozenset({"у", "про", "о", "об", "with", "about", "for"})


def _tell(ctx: Context, household: Household) -> None:
    assert isinstance(ctx, HandlerContext)
    blocks = news(ctx.batch, ctx.klass.id, household, ctx.language)
    text = ctx.text("core-news" if blocks else "core-news-nothing", language=ctx.language)
    ctx.reply_content(Content((Line(text), *blocks)), privately=True)


def news(batch: Batch, class_id: ClassId, household: Household, language: str) -> list[Block]:
    """What awaits a household today, if school is not over, and in the week after, and what is open for it."""
    view = ClassView(batch, batch.registry.core, class_id, language)
    today = view.now.date()
    first = 0 if view.now.time() < SCHOOL_ENDS else 1
    week = [today + timedelta(days=ahead) for ahead in range(first, WEEK + 1)]
    ahead, open_now = look_ahead(view, batch, household, week)
    return [*ahead, *open_now]


def look_ahead(
    view: ClassView, batch: Batch, household: Household, days: Sequence[date]
) -> tuple[Sequence[Block], Sequence[Block]]:
    """What awaits the household on these days, and what is open for it beside that, in the view's language."""
    told: list[Said] = []
    ahead: list[Block] = []
    for day in days:
        said = comings(batch, view.klass.id, household, view.language, day)
        told += said
        if said:
            distance = (day - view.now.date()).days
            key = {0: "core-news-today", 1: "core-news-tomorrow"}.get(distance, "core-news-day")
            ahead += [Heading(view.text(key, day=day)), *_grouped(said)]
    left = [said.beside(told) for said in agendas(batch, view.klass.id, household, view.language)]
    open_now = _grouped([said for said in left if said.lines])
    return ahead, [Heading(view.text("core-news-open")), *open_now] if open_now else []


def _grouped(found: Sequence[Said]) -> list[Block]:
    """A plugin's title stands above its lines."""
    blocks: list[Block] = []
    for said in found:
        blocks += [Line(Bold(said.title)), *said.lines]
    return blocks
