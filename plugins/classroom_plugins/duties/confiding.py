"""What only teachers may know. Specialists who teach the class read its staff room, too."""

from __future__ import annotations

from classroom_matrix.api import Context, View
from classroom_matrix.domain.people import Role


def among_teachers(ctx: Context) -> bool:
    """Whether a private answer to this reaches nobody but teachers and substitutes."""
    return ctx.room.role == "private" or not has_specialists(ctx)


def has_specialists(view: View) -> bool:
    return any(person.role is Role.SPECIALIST for person in view.roster.staff)


def answer(ctx: Context, key: str, **values: object) -> None:
    """Answer a teacher what only teachers may know; to be used where `among_teachers`."""
    if ctx.room.role == "private" and has_specialists(ctx):
        ctx.reply(key, **values)
    else:
        ctx.reply_privately(key, **values)
