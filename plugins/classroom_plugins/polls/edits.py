"""A word in a desk that was a vote is edited: the vote is what it says now, or stands where that is no option."""

from __future__ import annotations

from dataclasses import replace

from classroom_matrix.api import Context, on
from classroom_matrix.domain.facts import MessageSent

from . import store
from .cards import short
from .domain import Ballot, Poll, State, Via
from .spoken import Vocabulary, vote_said
from .voting import show_change, voice_of


@on(MessageSent)
def follow_edit(ctx: Context, message: MessageSent) -> None:
    """An edit that comes late, after a newer one, changes nothing; neither does one that says the same."""
    voter = voice_of(ctx.person)
    if message.replaces is None or message.kind != "text" or voter is None:
        return
    for poll_id, ballot in store.ballots_by(message.replaces):
        poll = store.get(ctx.klass.id, poll_id)
        mine = ballot.via is Via.DESK and ballot.voter == voter[0] and ballot.struck_at is None
        if poll is not None and mine and poll.state is not State.CANCELLED and message.at > ballot.at:
            _follow(ctx, poll, ballot, message)


def _follow(ctx: Context, poll: Poll, ballot: Ballot, message: MessageSent) -> None:
    stood = poll.option(ballot.choice or "")
    vote = vote_said(poll, message.body.removeprefix("* ").strip(), Vocabulary.of(ctx))  # how clients mark edits
    choice = vote.option if vote is not None and not vote.asks else None
    if choice is not None and choice == stood:
        return
    if choice is None or poll.is_over(message.at):
        key = "polls-edit-late" if poll.is_over(message.at) else "polls-edit-unread"
        ctx.reply(key, question=short(poll.question), option=short(stood.text if stood else ""))
        return
    history = store.ballots(poll, ballot.family)
    edited = replace(ballot, choice=choice.id, at=message.at)
    store.reword(poll, edited)
    show_change(ctx, poll, ballot.family, history, [edited if one.source == ballot.source else one for one in history])
    ctx.reply("polls-desk-recorded", question=short(poll.question), option=short(choice.text))
