"""A word in a desk that has confirmed something is edited. Who has read has read: what it says now takes nothing back."""

from __future__ import annotations

from classroom_matrix.api import Context, on
from classroom_matrix.domain.facts import MessageSent

from . import store
from .cards import called
from .confirming import speaks_for
from .domain import Via
from .words import what_was_said


@on(MessageSent)
def answer_edit(ctx: Context, message: MessageSent) -> None:
    """One line where the new words do not say the same: how to take the confirmation back."""
    speaker = speaks_for(ctx.person)
    if message.replaces is None or message.kind != "text" or speaker is None:
        return
    confirmed = [
        each
        for each in store.confirmed_by(ctx.klass.id, message.replaces)
        for given in store.confirmations(each, speaker[1])
        if given.source == message.replaces
        and given.via is Via.DESK
        and given.person == speaker[0]
        and given.struck_at is None
        and each.is_asking
    ]
    assert ctx.person is not None
    said = what_was_said(ctx, ctx.person, message.body.removeprefix("* ").strip())  # how clients mark edits
    numbers = {each.number for each in confirmed}
    if confirmed and (said is None or (said.numbers and said.numbers != numbers)):
        ctx.reply("announcements-edit-unread", announcements=[called(ctx, each, ctx.language) for each in confirmed])
