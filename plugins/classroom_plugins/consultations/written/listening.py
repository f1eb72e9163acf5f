"""What is written and done in desks becomes words; see `domain`. The service itself stays silent, but outside office hours."""

from __future__ import annotations

from dataclasses import replace

from classroom_matrix.api import Context, on
from classroom_matrix.api.contracts import WordsRefused, WordsTaken
from classroom_matrix.domain.facts import EventRedacted, MessageSent, ReactionAdded
from classroom_matrix.domain.ids import EventId
from classroom_matrix.domain.people import Household, Role

from .. import store as slots
from . import office, store, waiting
from .domain import Kind, State, Word
from .lookup import current_of
from .reading import Lexicon, kind_of_message, kind_of_reaction, words_in


@on(MessageSent)
def hear_message(ctx: Context, message: MessageSent) -> None:
    household = speaks_in_desk(ctx)
    if household is None:
        return
    assert ctx.person is not None
    if message.replaces is not None and slots.booking_touched_by(ctx.klass.id, message.replaces) is not None:
        return  # words about a slot; `second_thoughts` answers
    kind: Kind | None
    if ctx.person.role.is_staff:
        kind = None if message.kind == "notice" else Kind.ANSWERS
    else:
        body = message.body.removeprefix("* ") if message.replaces else message.body  # how clients mark edits
        kind = kind_of_message(body, message.kind, _lexicon(ctx))
    if kind is not None:
        _write_down(ctx, household, message.replaces or message.event_id, kind, message.at)
        if kind is Kind.ASKS:
            _follow(ctx, household, message.at)


@on(WordsRefused)
def hear_refused(ctx: Context, refused: WordsRefused) -> None:
    """What was taken for something else, and is not: then it is for the teacher."""
    household = speaks_in_desk(ctx)
    if household is not None:
        _write_down(ctx, household, refused.event_id, Kind.ASKS, refused.at)
        _follow(ctx, household, refused.at)


@on(WordsTaken)
def hear_taken(ctx: Context, taken: WordsTaken) -> None:
    """What seemed to be for the teacher meant something else: nobody has to answer it."""
    household = speaks_in_desk(ctx)
    word = store.get(ctx.klass.id, taken.event_id) if household is not None else None
    if word is not None and word.kind is Kind.ASKS:
        store.put(ctx.klass.id, replace(word, kind=Kind.TALK, judged_at=taken.at))


def _follow(ctx: Context, household: Household, asked_at: int) -> None:
    one = current_of(ctx, household.id)
    if one is not None and one.state is State.OPEN:
        office.say_when(ctx, household, asked_at)
        waiting.plan(ctx, one)


@on(ReactionAdded)
def hear_reaction(ctx: Context, reaction: ReactionAdded) -> None:
    """A tap on what somebody has written; on our own messages it means something else."""
    household = speaks_in_desk(ctx)
    if household is None:
        return
    assert ctx.person is not None
    kind = kind_of_reaction(reaction.key, by_staff=ctx.person.role.is_staff)
    if kind is not None:
        _write_down(ctx, household, reaction.event_id, kind, reaction.at, target=reaction.target)


@on(EventRedacted)
def hear_redaction(ctx: Context, redaction: EventRedacted) -> None:
    """Whoever took it back. What staff take back may open a question again."""
    if ctx.room.role != "desk" or ctx.room.household is None:
        return
    store.strike(ctx.klass.id, redaction.target, redaction.at)
    after = current_of(ctx, ctx.room.household)
    if after is not None and after.state is State.OPEN:
        waiting.plan(ctx, after)


def speaks_in_desk(ctx: Context) -> Household | None:
    """Whose desk it is, where one of the household or of the staff has acted there."""
    if ctx.room.role != "desk" or ctx.person is None or ctx.person.limited:
        return None
    if not ctx.person.role.is_staff and (ctx.person.role, ctx.person.household_id) != (Role.GUARDIAN, ctx.room.household):
        return None
    return ctx.roster.household(ctx.room.household)


def _write_down(
    ctx: Context, household: Household, source: EventId, kind: Kind, at: int, *, target: EventId | None = None
) -> None:
    assert ctx.person is not None
    word = Word(source, household.id, ctx.room.id, ctx.person.id, kind, at, target, judged_at=at)
    store.put(ctx.klass.id, word)


def _lexicon(ctx: Context) -> Lexicon:
    def of(key: str) -> frozenset[str]:
        return frozenset(word for language in ("ru", "en") for word in words_in(ctx.text(key, language=language)))

    names = frozenset(word for person in ctx.roster.staff for word in words_in(person.name))
    return Lexicon(of("consultations-written-words-thanks"), of("consultations-written-words-polite") | names)
