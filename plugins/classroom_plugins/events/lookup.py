"""Which event somebody means: by its number, by replying to its card or writing in its thread, or because there is only one."""

from __future__ import annotations

from collections.abc import Sequence

from classroom_matrix.api import Context, Subject, View
from classroom_matrix.api.contracts import OccasionOfDuties
from classroom_matrix.domain.folding import fold
from classroom_matrix.domain.ids import EffectKey, EventId
from classroom_matrix.domain.people import Person, Right, Role
from classroom_matrix.errors import InvalidArgument, NotFound

from . import store
from .cards import event_card
from .domain import Event, State, short
from .reading import Bare, number_in_front, without_title
from .spoken import is_day_of_month, words_of
from .wording import called
from .words import names_title

_LATEST = 30  # events whose titles are remembered
_AROUND = ' ?.!,:;«»"“”'


def subject_of(event: Event) -> Subject:
    """What the card and all letters are about that a family may answer to."""
    return Subject(event_card.name, str(event.id))


def card_of(view: View, event: Event) -> EffectKey | None:
    """The card's message: a target for reactions."""
    return next(iter(view.posted(subject_of(event))), None)


def event_of(ctx: Context, event_id: EventId) -> Event | None:
    """The event that a card or a letter of ours is about."""
    subject = ctx.subject(event_id)
    if subject is None or subject.kind != event_card.name:
        return None
    return store.get(ctx.klass.id, int(subject.id))


def in_front(ctx: Context, text: str | None, bare: Bare) -> tuple[Event | None, str]:
    """The event whose number a text begins with, and the rest.

    Raises:
        NotFound: there is no such event.
    """
    if is_day_of_month(ctx, text or ""):
        return None, text or ""
    number, rest = number_in_front(text or "", lambda n: store.by_number(ctx.klass.id, n) is not None, bare)
    return (None, rest) if number is None else (_numbered(ctx, number), rest)


def titled_in_front(ctx: Context, text: str) -> Event | None:
    """The open event whose title a text begins with; None where there is none, or where several are called so."""
    found = [event for event in store.open_events(ctx.klass.id) if without_title(text, event.plan.title) != text]
    return found[0] if len(found) == 1 else None


def event_named(ctx: Context, text: str) -> Event:
    """The event of which somebody says the number or words of the title, open or over: "№3", "Каток", "на катке".

    Raises:
        NotFound: there is no such event.
        InvalidArgument: several are called so.
    """
    event, rest = in_front(ctx, text, Bare.ALWAYS)
    said = rest.strip(_AROUND)
    if event is not None and (not said or not without_title(said, event.plan.title)):
        return event
    onto = words_of(ctx, "events-words-onto")
    while (words := said.split(maxsplit=1))[1:] and fold(words[0]) in onto:
        said = words[1]
    latest = store.latest(ctx.klass.id, _LATEST)
    called_so = [each for each in latest if said and not without_title(said, each.plan.title)]
    called_so = called_so or [each for each in latest if names_title(said, each.plan.title)]
    coming = [each for each in called_so if each.state is State.OPEN]
    if event is None and len(coming) > 1:
        raise _which(ctx, coming)
    if event is None and called_so:
        return next(iter(coming or called_so))
    raise NotFound("events-unknown-title", text=short(text))


def replied_to(ctx: Context) -> Event | None:
    """The event whose card, letter or duties a command was written in reply to, or in whose thread."""
    if ctx.reply_to is None:
        return None
    replied = event_of(ctx, ctx.reply_to)
    if replied is not None:
        return replied
    kind, _, number = (ctx.ask(OccasionOfDuties(ctx.reply_to)) or "").partition("/")
    return store.by_number(ctx.klass.id, int(number)) if kind == "events" and number.isdecimal() else None


def event_meant(ctx: Context, number: int | None = None, *, over_too: bool = False) -> Event:
    """The event of a command that does not say it otherwise.

    Raises:
        NotFound: there is no such event, or none at all.
        InvalidArgument: there are several, and it is not said which is meant.
    """
    if number is not None:
        return _numbered(ctx, number)
    if (replied := replied_to(ctx)) is not None:
        return replied
    candidates = store.open_events(ctx.klass.id)
    if not candidates and over_too:
        candidates = [event for event in store.latest(ctx.klass.id, 1) if event.state is State.OVER]
    if not candidates:
        raise NotFound("events-none")
    if len(candidates) > 1:
        raise _which(ctx, candidates)
    return candidates[0]


def _which(ctx: Context, candidates: Sequence[Event]) -> InvalidArgument:
    names = ", ".join(called(ctx, event, ctx.language) for event in candidates)
    return InvalidArgument("events-which", events=names, number=str(candidates[0].number))


def still_open(event: Event) -> Event:
    """The event, if something can still be changed about it.

    Raises:
        InvalidArgument: it is over or cancelled.
    """
    if event.state is not State.OPEN:
        raise InvalidArgument(f"events-already-{event.state}", number=str(event.number), title=event.plan.title)
    return event


def organises(person: Person | None) -> bool:
    """Whether somebody plans events: the teacher, or a guardian of the committee."""
    if person is None or person.limited:
        return False
    return person.role.may(Role.TEACHER) or (person.role is Role.GUARDIAN and Right.EVENTS in person.rights)


def confirm(ctx: Context, key: str, **values: object) -> None:
    """Say what was done, unless families read along: there the card shows it."""
    if speaks_openly(ctx):
        ctx.reply(key, **values)


def speaks_openly(ctx: Context) -> bool:
    """Whether no other families read along where we are."""
    return ctx.room.role in ("staff", "desk", "private")


def _numbered(ctx: Context, number: int) -> Event:
    found = store.by_number(ctx.klass.id, number)
    if found is None:
        raise NotFound("events-unknown", number=str(number))
    return found
