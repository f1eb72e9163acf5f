"""`!help`, `!help events`, and "что ты умеешь?" in plain words where somebody talks with us."""

from __future__ import annotations

from collections.abc import Sequence

from ...api import Context, Meaning, Subject, View, command
from ...domain.facts import MessageSent
from ...domain.people import Person
from ..choosing import is_made_of
from ..context import HandlerContext
from ..help import help_content

HELP = "help"
_LONGEST = 60  # characters; whoever says more asks the teacher for help


@command("help")
def show_help(ctx: Context, topic: str = "") -> None:
    assert isinstance(ctx, HandlerContext)
    role = ctx.person.role if ctx.person else None
    rights = ctx.person.rights if ctx.person else frozenset()
    # What staff may do is twenty lines that families have no use for; it is no secret, though.
    elsewhere = role is not None and role.is_staff and ctx.room.role != "private"
    content = help_content(ctx.commands, role, ctx.language, ctx.catalogue, rights, topic)
    ctx.reply_content(content, privately=elsewhere)


def asks_for_help(view: View, text: str) -> bool:
    """Whether somebody asks what we are good for, and nothing else."""
    said = text.replace("?", " ").strip(" /\n\t")
    return 0 < len(said) <= _LONGEST and is_made_of(said, view.listed("core-words-help"), view.listed("core-words-courtesy"))


def understand_help(view: View, _person: Person, message: MessageSent) -> Sequence[Meaning]:
    if not asks_for_help(view, message.body):
        return ()
    return (Meaning(Subject(HELP, "all"), "", view.text("core-help-label"), changes=False),)
