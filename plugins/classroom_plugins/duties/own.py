"""Duties without an event of another plugin: "Субботник в субботу 10:00: окна 3; шторы 2"."""

from __future__ import annotations

import re
from datetime import datetime

from classroom_matrix.api import Context, Day, When, command, job
from classroom_matrix.domain.people import Right, Role
from classroom_matrix.errors import InvalidArgument, NotFound, UserError

from . import store
from .domain import OWN, WITHOUT_END, Sheet, SheetState, local, milliseconds
from .lookup import sheet_replied_to
from .naming import sheet_called
from .orders import Ordered, note_order
from .taking import finish_sheet
from .wording import fold, names

_CLOCK = re.compile(r"\d[:.]\d\d")
_LONGEST = 6  # words of a moment: "в субботу, 5 декабря в 10:00"


def own_sheets(ctx: Context) -> list[Sheet]:
    return [sheet for sheet in store.open_sheets(ctx.klass.id) if sheet.occasion == OWN]


def sheet_headed(ctx: Context, heading: str) -> tuple[Sheet, bool]:
    """The open sheet of a title, and a time if there is one; and whether it is new.

    Raises:
        UserError: the time cannot be.
    """
    title, starts = _split(ctx, heading)
    at = None if starts is None else milliseconds(starts)
    for sheet in own_sheets(ctx):
        if fold(sheet.title) == fold(title) and at in (None, sheet.starts):
            return sheet, False
    sheet = store.create_sheet(ctx.klass.id, title, room=ctx.options.room, occasion=OWN, starts=at)
    if at is not None:
        ctx.at(local(at + WITHOUT_END, ctx.klass.zone), finish_own, sheet.id)
    return sheet, True


@command("duties end", needs=Role.TEACHER, right=Right.EVENTS)
def end_own(ctx: Context, title: str | None = None) -> None:
    """What was taken is done. Duties of an event end with it."""
    sheet = _meant(ctx, title)
    finish_sheet(ctx, sheet)
    ctx.cancel(finish_own, sheet.id)
    note_order(ctx, Ordered.ENDED)
    ctx.reply_privately("duties-own-ended", sheet=sheet_called(ctx, sheet, ctx.language))


@job
def finish_own(ctx: Context, sheet_id: int) -> None:
    sheet = store.sheet(ctx.klass.id, sheet_id)
    if sheet is not None and sheet.state is SheetState.OPEN:
        finish_sheet(ctx, sheet)


def _meant(ctx: Context, title: str | None) -> Sheet:
    open_ = own_sheets(ctx)
    replied = sheet_replied_to(ctx)
    if title is None and replied in open_:
        open_ = [sheet for sheet in open_ if sheet == replied]
    found = open_ if title is None else [sheet for sheet in open_ if names(title, sheet.title)]
    if not found:
        raise NotFound("duties-own-none", text=title or "—")
    if len(found) > 1:
        listed = ", ".join(sheet_called(ctx, sheet, ctx.language) for sheet in found)
        raise InvalidArgument("duties-own-which", sheets=listed)
    return found[0]


def _split(ctx: Context, heading: str) -> tuple[str, datetime | None]:
    """The title, and the moment that its last words are."""
    words = heading.split()
    for first in range(max(1, len(words) - _LONGEST), len(words)):
        said = " ".join(words[first:])
        if not _CLOCK.search(said):
            if _is_day(ctx, said):
                raise InvalidArgument("duties-own-when", text=heading)
            continue
        moment: datetime | None = ctx.read(When, said)
        if moment is not None:
            return " ".join(words[:first]).strip(" ,–—-"), moment
    return heading, None


def _is_day(ctx: Context, said: str) -> bool:
    try:
        return ctx.read(Day, said) is not None
    except UserError:
        return False
