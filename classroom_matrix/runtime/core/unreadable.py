"""Somebody's encrypted messages cannot be read: one plain sentence that says what to do.

It is said where the person was, if nobody else is addressed there; what happened in a shared room is no business of the
families that read it, so it is said in the desk, or to staff in the staff room.

Which of Element's settings withhold keys, and what they are called: see docs/howto/encryption.md.
"""

from __future__ import annotations

from ...api import Context, on
from ...domain.content import Content, EventLink, Line
from ...domain.facts import MessageUndecryptable
from ..context import HandlerContext

_CAUSES = {"m.unverified": "trust", "m.blacklisted": "trust", "m.no_olm": "again"}
"""What helps, by the code of ``m.room_key.withheld``: a setting of their app, or just writing once more. With all others, known
and unknown, the key has not come for a reason that opening the app may mend.
Source: https://spec.matrix.org/v1.13/client-server-api/#mroom_keywithheld
"""
_THEIR_OWN = ("desk", "private", "staff")
"""Roles of rooms where the person can be answered at once."""


@on(MessageUndecryptable)
def ask_to_write_again(ctx: Context, unreadable: MessageUndecryptable) -> None:
    assert isinstance(ctx, HandlerContext)
    if ctx.person is None:
        return
    cause = _CAUSES.get(unreadable.reason, "absent")
    if ctx.room.role in _THEIR_OWN:
        said = ctx.text("core-unreadable", language=ctx.language, where="here", cause=cause, name="")
        ctx.post(Content((Line(said),), reply_to=unreadable.message), room=ctx.room.id)
        return
    said = ctx.text("core-unreadable", language=ctx.language, where="elsewhere", cause=cause, name=ctx.person.name)
    spans = [f"{said} ", EventLink(unreadable.room_id, unreadable.message)] if unreadable.message else [said]
    content = Content((Line(*spans),))
    if ctx.person.role.is_staff:
        if ctx.batch.room_with_role(ctx.klass.id, "staff") is not None:
            ctx.post(content, room="staff")
        return
    household = ctx.roster.household(ctx.person.household_id) if ctx.person.household_id else None
    if household is not None:
        ctx.write(household, content)
