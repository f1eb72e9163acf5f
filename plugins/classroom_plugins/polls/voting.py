"""Votes of families, whichever way they come: each becomes a ballot, and `record` does the rest."""

from __future__ import annotations

from classroom_matrix.api import Context, on
from classroom_matrix.domain.facts import EventRedacted, PollVoted, ReactionAdded
from classroom_matrix.domain.ids import FamilyId, PersonId
from classroom_matrix.domain.people import Household, Person, Role

from . import store
from .cards import poll_card, short
from .closing import conclude, recount
from .domain import (
    Ballot,
    End,
    Poll,
    State,
    Via,
    is_change_of_mind,
    milliseconds,
    position_of,
    standing_vote,
    struck,
)
from .lookup import keep_if_unknown, native_poll_of, poll_of
from .store import Early, EarlyKind


@on(PollVoted)
def count_vote(ctx: Context, vote: PollVoted) -> None:
    voter = voice_of(ctx.person)
    if voter is None:
        return
    # One answer counts (MSC3381 `max_selections`).
    given = Early(vote.event_id, EarlyKind.VOTE, vote.at, *voter, vote.answers[0] if vote.answers else None)
    poll = native_poll_of(ctx, vote.target)
    if poll is None:
        keep_if_unknown(ctx, vote.target, given)
    else:
        record(ctx, poll, ballot_of_vote(poll, given))


@on(ReactionAdded)
def count_reaction(ctx: Context, reaction: ReactionAdded) -> None:
    voter = voice_of(ctx.person)
    if position_of(reaction.key) is None or voter is None:
        return
    given = Early(reaction.event_id, EarlyKind.REACTION, reaction.at, *voter, reaction.key)
    poll = poll_of(ctx, reaction.target)
    if poll is None:
        keep_if_unknown(ctx, reaction.target, given)
    elif (ballot := ballot_of_reaction(poll, given)) is not None:
        record(ctx, poll, ballot)


def ballot_of_vote(poll: Poll, vote: Early) -> Ballot:
    """A native vote; an answer that is not offered makes it void."""
    choice = poll.option(vote.said or "")
    return Ballot(vote.source, vote.family, vote.person, Via.NATIVE, choice.id if choice else None, vote.at)


def ballot_of_reaction(poll: Poll, reaction: Early) -> Ballot | None:
    """A tap on a button; None if the poll has no such option."""
    position = position_of(reaction.said or "")
    if position is None or not 0 < position <= len(poll.options):
        return None
    choice = poll.options[position - 1].id
    return Ballot(reaction.source, reaction.family, reaction.person, Via.REACTION, choice, reaction.at)


@on(EventRedacted)
def take_back(ctx: Context, redaction: EventRedacted) -> None:
    """A vote was taken back, or a whole poll removed by the teacher."""
    found = store.ballots_by(redaction.target)
    if not found:
        _take_back_poll(ctx, redaction)
        return
    for poll_id, ballot in found:
        poll = store.get(ctx.klass.id, poll_id)
        after = struck(ballot, redaction.at)
        if poll is None or after == ballot:
            continue
        history = store.ballots(poll, ballot.family)
        store.strike(poll, ballot, redaction.at)
        changed = [after if one.source == ballot.source else one for one in history]
        show_change(ctx, poll, ballot.family, history, changed)
        if ballot.via is Via.DESK and ballot.struck_at is None and poll.state is not State.CANCELLED:
            _say_taken_back(ctx, poll, changed, late=poll.is_over(redaction.at))


def _say_taken_back(ctx: Context, poll: Poll, ballots: list[Ballot], *, late: bool) -> None:
    """A word in the desk was deleted: one line, as there was one when it was counted."""
    stands = standing_vote(ballots, poll.ends_at)
    option = poll.option(stands.choice or "") if stands is not None else None
    key = "polls-taken-back"
    if option is not None:
        key = "polls-edit-late" if late else "polls-taken-back-stands"
    ctx.reply(key, question=short(poll.question), option=short(option.text) if option is not None else "")


def _take_back_poll(ctx: Context, redaction: EventRedacted) -> None:
    """What was removed is a poll, or unknown: perhaps a vote or a poll that comes later."""
    by_teacher = ctx.person if ctx.person is not None and ctx.person.role.may(Role.TEACHER) else None
    poll = native_poll_of(ctx, redaction.target)
    if poll is None:
        store.remember_strike(redaction.target, redaction.at)
        if by_teacher is not None:
            early = Early(redaction.event_id, EarlyKind.REMOVAL, redaction.at, by_teacher.id, FamilyId(""), None)
            keep_if_unknown(ctx, redaction.target, early)
    elif by_teacher is not None:
        conclude(ctx, poll, End(State.CANCELLED, redaction.at, redaction.event_id), natively=True)


def record(ctx: Context, poll: Poll, ballot: Ballot) -> bool:
    """Write a vote down, show it, and tell the family where its members disagree. The same event again changes nothing.

    Returns:
        Whether it is new and was given in time.
    """
    before = store.last_words(poll, ballot.family)
    added = store.add(poll, ballot)
    if added is None:
        return False
    if poll.is_over(added.at):
        _tell_late(ctx, poll, added)
        return False
    show_change(ctx, poll, added.family, before, [*before, added])
    return added.counts_until(poll.ends_at)


def show_change(ctx: Context, poll: Poll, family: FamilyId, history: list[Ballot], now: list[Ballot]) -> None:
    before, after = standing_vote(history, poll.ends_at), standing_vote(now, poll.ends_at)
    if before == after or poll.state is State.CANCELLED:
        return
    if poll.state is State.CLOSED:
        recount(ctx, poll)
    else:
        ctx.refresh(poll_card, str(poll.id), counts_only=True)
    if after is not None and is_change_of_mind(before, after):
        option = poll.option(after.choice or "")
        key = "polls-family-by-teacher" if after.via is Via.PROXY else "polls-family-differs"
        told_at = milliseconds(ctx.now)
        homes = [each for each in _households(ctx, family) if store.may_tell(poll, each.id, key, told_at)]
        ctx.tell(homes, key, question=short(poll.question), option=short(option.text if option else ""))


def _tell_late(ctx: Context, poll: Poll, ballot: Ballot) -> None:
    if ballot.choice is None or ballot.via is Via.PROXY or not store.is_first(poll, ballot.voter, "late"):
        return
    own = [each for each in _households(ctx, ballot.family) if any(person.id == ballot.voter for person in each.guardians)]
    ctx.tell(own, "polls-late", question=short(poll.question))


def voice_of(person: Person | None) -> tuple[PersonId, FamilyId] | None:
    """The guardian who votes for a family. Others are ignored quietly: staff, relatives, people with a court limit."""
    if person is None or person.role is not Role.GUARDIAN or person.limited or person.family_id is None:
        return None
    return person.id, person.family_id


def _households(ctx: Context, family_id: FamilyId) -> list[Household]:
    return [household for family in ctx.roster.families if family.id == family_id for household in family.households]
