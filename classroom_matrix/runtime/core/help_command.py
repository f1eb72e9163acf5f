"""`!help`, and `!help events`."""

from __future__ import annotations

from ...api import Context, command
from ..context import HandlerContext
from ..help import help_content


@command("help")
def show_help(ctx: Context, topic: str = "") -> None:
    assert isinstance(ctx, HandlerContext)
    role = ctx.person.role if ctx.person else None
    rights = ctx.person.rights if ctx.person else frozenset()
    # What staff may do is twenty lines that families have no use for; it is no secret, though.
    elsewhere = role is not None and role.is_staff and ctx.room.role != "private"
    content = help_content(ctx.commands, role, ctx.language, ctx.catalogue, rights, topic)
    ctx.reply_content(content, privately=elsewhere)
