"""`!quiet`: each person's own quiet hours; they win over the class's, longer or shorter."""

from __future__ import annotations

from datetime import datetime, timedelta

from ...api import Context, command
from ...domain.folding import fold
from ...domain.time import NEVER_QUIET, QuietHours
from ...errors import InvalidArgument
from ..context import HandlerContext
from ..moments import Mismatch
from ..values import READERS, ParseScope

LONGEST = timedelta(hours=16)
"""Longer ones would leave no time for what has to be read."""

_AS_THE_CLASS = frozenset(
    {"как у класса", "как в классе", "по умолчанию", "как все", "сброс", "сбросить", "class", "as the class", "like the class",
     "same as the class", "default", "reset"}
)  # fmt: skip
_NEVER = frozenset({"никогда", "нет", "не надо", "выкл", "выключить", "без", "off", "never", "no", "none"})


@command("quiet")
def choose_quiet(ctx: Context, hours: str | None = None) -> None:
    """Choose, or show what holds."""
    assert isinstance(ctx, HandlerContext)
    person = ctx.person
    if person is None or person.household_id is None:
        _answer(ctx, "core-quiet-not-needed")
        return
    if hours is None:
        own = person.quiet
        _answer(ctx, "core-quiet-shown", hours=_said(own or ctx.klass.quiet), own="yes" if own else "no")
        return
    words = " ".join(fold(hours).split()).rstrip(".!")
    if words in _AS_THE_CLASS:
        ctx.choose_quiet(person, None)
        _answer(ctx, "core-quiet-as-class", hours=_said(ctx.klass.quiet))
        return
    chosen = NEVER_QUIET if words in _NEVER else _read(ctx, hours)
    ctx.choose_quiet(person, chosen)
    _answer(ctx, "core-quiet-chosen", hours=_said(chosen))


def _read(ctx: Context, text: str) -> QuietHours:
    """The hours that somebody wrote.

    Raises:
        InvalidArgument: they are no hours, or too many.
    """
    try:
        chosen = READERS[QuietHours](text, ParseScope(ctx.now, ctx.klass.zone, lambda: ctx.roster, ctx.language))
    except Mismatch:
        raise InvalidArgument("core-argument-quiet", text=text) from None
    assert isinstance(chosen, QuietHours)
    day = ctx.now.date()
    length = datetime.combine(day, chosen.end) - datetime.combine(day, chosen.start)
    if length % timedelta(days=1) > LONGEST:
        raise InvalidArgument("core-quiet-long", text=text, hours=int(LONGEST / timedelta(hours=1)))
    return chosen


def _said(hours: QuietHours) -> str:
    """For people, or "none"."""
    return "none" if hours.start == hours.end else f"{hours.start:%H:%M}–{hours.end:%H:%M}"


def _answer(ctx: Context, key: str, **values: object) -> None:
    """In the classroom's shared rooms it would be noise."""
    if ctx.room.role in ("desk", "private", "staff"):
        ctx.reply(key, **values)
    else:
        ctx.reply_privately(key, **values)
