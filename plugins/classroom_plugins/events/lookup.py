"""Which event somebody means: by its number, by replying to its card or writing in its thread, or because there is only one."""

from __future__ import annotations

from classroom_matrix.api import Context, Subject, View
from classroom_matrix.domain.ids import EffectKey, EventId
from classroom_matrix.domain.people import Person, Right, Role
from classroom_matrix.errors import InvalidArgument, NotFound

from . import store
from .cards import event_card
from .domain import Event, State
from .reading import Bare, number_in_front, without_title
from .wording import called


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
    number, rest = number_in_front(text or "", lambda n: store.by_number(ctx.klass.id, n) is not None, bare)
    return (None, rest) if number is None else (_numbered(ctx, number), rest)


def titled_in_front(ctx: Context, text: str) -> Event | None:
    """The open event whose title a text begins with; None where there is none, or where several are called so."""
    found = [event for event in store.open_events(ctx.klass.id) if without_title(text, event.plan.title) != text]
    return found[0] if len(found) == 1 else None


def event_meant(ctx: Context, number: int | None = None, *, over_too: bool = False) -> Event:
    """The event of a command that does not say it otherwise.

    Raises:
        NotFound: there is no such event, or none at all.
        InvalidArgument: there are several, and it is not said which is meant.
    """
    if number is not None:
        return _numbered(ctx, number)
    if ctx.reply_to is not None and (replied := event_of(ctx, ctx.reply_to)) is not None:
        return replied
    candidates = store.open_events(ctx.klass.id)
    if not candidates and over_too:
        candidates = [event for event in store.latest(ctx.klass.id, 1) if event.state is State.OVER]
    if not candidates:
        raise NotFound("events-none")
    if len(candidates) > 1:
        names = ", ".join(called(ctx, event, ctx.language) for event in candidates)
        raise InvalidArgument("events-which", events=names, number=str(candidates[0].number))
    return candidates[0]


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
