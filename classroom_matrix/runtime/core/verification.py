"""Somebody's app asks to compare emojis with us: the request is declined, so that its dialog ends, with a word why.

A program that confirms emojis which nobody has looked at would prove nothing, see docs/adr/0009.
"""

from __future__ import annotations

from ...api import Context, on
from ...domain.content import Content, VerificationCancelContent
from ...domain.facts import VerificationAsked
from ...storage import reported
from ..context import HandlerContext


@on(VerificationAsked)
def decline_verification(ctx: Context, asked: VerificationAsked) -> None:
    """In private chats and desks; why, at most once a day for each person."""
    assert isinstance(ctx, HandlerContext)
    if ctx.person is None or ctx.room.role not in ("private", "desk"):
        return
    reason = ctx.text("core-verification-reason", language=ctx.language)
    ctx.post(VerificationCancelContent(asked.event_id, reason), room=ctx.room.id)
    if reported.is_first_verification_today(ctx.database, ctx.person.id, ctx.now.date().isoformat()):
        ctx.post(Content.line(ctx.text("core-verification", language=ctx.language)), room=ctx.room.id)
