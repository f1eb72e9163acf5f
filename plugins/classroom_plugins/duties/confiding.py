"""Who is exempt is for the class's teachers alone. Substitutes and specialists read its staff room, too."""

from __future__ import annotations

from classroom_matrix.api import Context, View
from classroom_matrix.domain.people import Role


def is_staff_room_shared(view: View) -> bool:
    """Whether others of the staff read along there. What was said before they came is not shown to them."""
    return any(person.role is not Role.TEACHER for person in view.roster.staff)


def in_confidence(ctx: Context) -> bool:
    """Whether what is answered reaches nobody but the class's teachers and who asks."""
    return ctx.room.role == "private" or not is_staff_room_shared(ctx)


def may_know(ctx: Context) -> bool:
    """Whether one of the class's own teachers asks, in confidence."""
    return ctx.person is not None and ctx.person.role is Role.TEACHER and in_confidence(ctx)


def answer(ctx: Context, key: str, **values: object) -> None:
    """To be used `in_confidence`."""
    if ctx.room.role == "private" and is_staff_room_shared(ctx):
        ctx.reply(key, **values)
    else:
        ctx.reply_privately(key, **values)
