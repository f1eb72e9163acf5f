"""A word in a private chat with the bot that is no command: one kind line, once a day for each person; help whenever asked."""

from __future__ import annotations

from ...api import Context, on
from ...domain.facts import MessageSent
from ...domain.people import Role
from ...storage import reported
from ..context import HandlerContext
from .help_command import asks_for_help, show_help


@on(MessageSent)
def answer_private_word(ctx: Context, message: MessageSent) -> None:
    assert isinstance(ctx, HandlerContext)
    if ctx.room.role != "private" or ctx.person is None or message.kind == "notice" or message.replaces is not None:
        return  # notices are what bots say: two of them would greet each other
    if asks_for_help(ctx, message.body):  # guardians have been answered already, see `plain_words`
        show_help.handler(ctx)
        return
    today = ctx.now.date().isoformat()
    if not reported.is_first_word_today(ctx.database, ctx.person.id, today):
        return
    role = "staff" if ctx.person.role.is_staff else "guardian" if ctx.person.role is Role.GUARDIAN else "other"
    ctx.reply("core-private-hello", role=role)
