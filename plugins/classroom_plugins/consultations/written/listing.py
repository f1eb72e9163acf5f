"""`!consultations`: what waits for an answer, the oldest first; for the staff room.

Everybody of the staff reads there, and a desk is open to those only whom the teacher has let in. So whoever asks is shown the
desks that they may read, and a family is named only where all who read along may know. A link names nobody: clients show the
room's name to those who are in it.
"""

from __future__ import annotations

from datetime import timedelta

from classroom_matrix.api import Context, View, command
from classroom_matrix.domain.content import Block, Bold, Content, EventLink, Line, Muted
from classroom_matrix.domain.folding import fold
from classroom_matrix.domain.people import Household, Role
from classroom_matrix.errors import InvalidArgument

from ..people import may_all_know
from .domain import Consultation, State
from .lookup import local, of_class
from .reading import words_in

LISTED = 30
_EVERYTHING = tuple(State)
_WAITING = (State.OPEN,)


@command("written", needs=Role.SPECIALIST)
def list_consultations(ctx: Context, *which: str) -> None:
    """`which`: a word for a state, or for all; else what waits for an answer."""
    states = _states(ctx, " ".join(which)) if which else _WAITING
    shown = [(home, one) for home, one in _visible(ctx) if one.state in states]
    if not shown:
        key = "consultations-written-none-waiting" if states == _WAITING else "consultations-written-none"
        ctx.reply_privately(key)
        return
    if states == _WAITING:
        shown.sort(key=lambda each: each[1].since.at)
    else:  # what is over is looked for from its end
        shown.sort(key=lambda each: each[1].last.at, reverse=True)
    title = "consultations-written-list-waiting" if states == _WAITING else "consultations-written-list"
    blocks: list[Block] = [Line(Bold(ctx.text(title, language=ctx.language, count=len(shown))))]
    blocks += [_line(ctx, position, home, one) for position, (home, one) in enumerate(shown[:LISTED], start=1)]
    if len(shown) > LISTED:
        more = ctx.text("consultations-written-list-more", language=ctx.language, count=len(shown) - LISTED)
        blocks.append(Line(Muted(more)))
    if not all(may_all_know(ctx, home) for home, _ in shown[:LISTED]):
        blocks.append(Line(Muted(ctx.text("consultations-written-list-unnamed", language=ctx.language))))
    ctx.reply_content(Content(tuple(blocks)), privately=True)


def label_of(view: View, household: Household) -> str:
    """How staff see a household: the pupils, and its adults where the family has several."""
    family = view.roster.family(household.family_id)
    if family is None:
        return "—"
    home = family.home_label(household)
    return f"{family.label} ({home})" if home else family.label


def _visible(ctx: Context) -> list[tuple[Household, Consultation]]:
    assert ctx.person is not None
    found = []
    for household, own in of_class(ctx):
        if ctx.may_read_desk(ctx.person, household):
            found += [(household, one) for one in own]
    return found


def _states(ctx: Context, which: str) -> tuple[State, ...]:
    """
    Raises:
        InvalidArgument: no state is called so.
    """
    said = fold(which.strip())
    for name, states in (
        ("open", _WAITING),
        ("answered", (State.ANSWERED, State.MEETING)),
        ("closed", (State.CLOSED,)),
        ("all", _EVERYTHING),
    ):
        key = f"consultations-written-words-{name}"
        if any(said in words_in(ctx.text(key, language=language)) for language in ("ru", "en")):
            return states
    raise InvalidArgument("consultations-written-which-list", text=which)


def _line(ctx: Context, position: int, household: Household, one: Consultation) -> Line:
    """Who, since when, and a way there; no name where somebody reads along who may not know it."""
    if may_all_know(ctx, household):
        people = {person.id: person.name for person in (*household.guardians, *ctx.roster.staff)}
        person = people.get(one.since.person, "—")
        who = ctx.text("consultations-written-list-who", language=ctx.language, family=label_of(ctx, household), person=person)
    else:
        who = ctx.text("consultations-written-list-somebody", language=ctx.language)
    length = max(ctx.now - local(ctx, one.since.at), timedelta(minutes=1))
    key = f"consultations-written-list-{one.state}"
    state = ctx.text(key, language=ctx.language, since=local(ctx, one.since.at), length=length)
    return Line(f"{position}. ", Bold(who), f" — {state} ", EventLink(one.since.room, one.since.source))
