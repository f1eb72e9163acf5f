"""Votes as plain words in a desk or a private chat: the number or the text of an option."""

from __future__ import annotations

from collections.abc import Sequence

from classroom_matrix.api import Context, Meaning, Subject, View, on
from classroom_matrix.domain.facts import MessageSent
from classroom_matrix.domain.people import Person
from classroom_matrix.errors import InvalidArgument

from . import store
from .cards import offered, short
from .domain import MAX_OPTION, MAX_OPTIONS, Ballot, Poll, Via, position_of, standing_vote
from .lookup import REMINDER
from .spoken import Vocabulary, Vote, option_said, vote_said
from .voting import record, voice_of


def understand(view: View, person: Person, message: MessageSent) -> Sequence[Meaning]:
    """The polls that a message could be a vote in, by the time of the message: it does not matter when it arrives."""
    if voice_of(person) is None or not _is_short(message):
        return ()
    known = Vocabulary.of(view)
    found = [(poll, vote_said(poll, message.body, known)) for poll in store.open_at(view.klass.id, message.at)]
    return [_meaning(view, person, message, poll, vote) for poll, vote in found if vote is not None]


def take(ctx: Context, meaning: Meaning) -> None:
    voter = voice_of(ctx.person)
    poll = store.get(ctx.klass.id, int(meaning.about.id))
    choice = poll.option(meaning.answer) if poll is not None else None
    if voter is None or poll is None or choice is None or ctx.event_id is None:
        return
    person, family = voter
    if record(ctx, poll, Ballot(ctx.event_id, family, person, Via.DESK, choice.id, ctx.occurred)):
        ctx.reply("polls-desk-recorded", question=short(poll.question), option=short(choice.text))


@on(MessageSent)
def refuse_number(ctx: Context, message: MessageSent) -> None:
    """A number that is no option's, and means nothing else either: what there is to choose from."""
    if voice_of(ctx.person) is None or ctx.room.role not in ("desk", "private") or not _is_short(message):
        return
    said = message.body.strip()
    position = position_of(said)
    if position is None or not 0 < position <= MAX_OPTIONS:
        return
    polls = store.open_at(ctx.klass.id, message.at)
    if polls and not any(option_said(poll, said) for poll in polls):
        raise InvalidArgument("polls-unknown-option", text=said, options=offered(polls[-1]))


def _meaning(view: View, person: Person, message: MessageSent, poll: Poll, vote: Vote) -> Meaning:
    number, question, option = str(poll.number), short(poll.question), short(vote.option.text)
    label = view.text("polls-meaning", number=number, question=question, option=option)
    asked = store.asked_at(poll, person.household_id) if person.household_id else None
    asked = asked if asked is not None and asked <= message.at else None
    sure = not vote.asks and (vote.clear or asked is not None or (vote.changes and _has_voted(poll, person)))
    return Meaning(Subject(REMINDER, str(poll.id)), vote.option.id, label, asked=asked, sure=sure)


def _has_voted(poll: Poll, person: Person) -> bool:
    voter = voice_of(person)
    return voter is not None and standing_vote(store.ballots(poll, voter[1]), poll.ends_at) is not None


def _is_short(message: MessageSent) -> bool:
    return message.kind == "text" and message.replaces is None and 0 < len(message.body.strip()) <= MAX_OPTION
