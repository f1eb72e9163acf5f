"""Writes a letter to every household, with buttons, and tells the staff when it will be delivered."""

from __future__ import annotations

from classroom_matrix.api import Context, Plugin, Subject, command, on
from classroom_matrix.domain.content import Content, FileContent
from classroom_matrix.domain.facts import ReactionAdded
from classroom_matrix.domain.people import Role


@command("letter", needs=Role.TEACHER)
def write_letters(ctx: Context, text: str) -> None:
    for family in ctx.roster.families:
        for home in family.households:
            content = Content.line(text, loud=not text.startswith("тихо"))
            files = [FileContent("a.ics", "text/calendar", text.encode())] if "файл" in text else []
            held = ctx.write(
                home, content, about=Subject("letter", "1"), buttons=("👍",), files=files, urgent=text.startswith("срочно")
            )
            ctx.reply("letters-held" if held else "letters-sent", when=held or "")


@on(ReactionAdded)
def hear(ctx: Context, reaction: ReactionAdded) -> None:
    subject = ctx.subject(reaction.target)
    if subject is not None and ctx.person is not None:
        ctx.reply("letters-heard", id=subject.id)


plugin = Plugin("letters", commands=(write_letters,), listeners=(hear,))
