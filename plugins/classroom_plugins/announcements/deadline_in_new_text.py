"""The deadline of a must-read whose text is corrected: "до пятницы" → "до четверга" must not leave two on the card."""

from __future__ import annotations

from datetime import datetime

from classroom_matrix.api import Context
from classroom_matrix.errors import UserError

from . import store
from .domain import Announcement, local, milliseconds
from .publishing import deadline
from .times_in_text import deadline_in
from .wording import Wording


def deadline_meant(ctx: Context, before: Announcement, text: str, sent: datetime) -> datetime | None:
    """The deadline that a new text brings along, where the teacher says none beside it; None: it stays as it is.

    Args:
        ctx: of the correction.
        before: the announcement with its old text; a must-read, or to become one.
        text: the new one; empty if it stays.
        sent: when it is out; nothing can be confirmed by a time before that.

    Raises:
        UserError: the text begins with a deadline that is over or unclear.
    """
    if before.must and (not text or _names_the_same(ctx, before, text) or not _is_from_text(ctx, before)):
        return None
    named = deadline_in(ctx, text or before.text)
    return named if named is not None and named > sent else None


def _names_the_same(ctx: Context, before: Announcement, text: str) -> bool:
    """Whether the words about the deadline are the same in both texts."""
    written = _written(before)
    return _named(ctx, text, written) == _named(ctx, before.text, written)


def _is_from_text(ctx: Context, before: Announcement) -> bool:
    """Whether the deadline until now came from the old text, or from nowhere: what the teacher said apart stays."""
    named = _named(ctx, before.text, _written(before))
    if before.until is None or (named is not None and before.until == milliseconds(named)):
        return True
    began = (before.sent_at or before.due or before.created_at, before.changed_at or before.created_at)
    return before.until in {deadline(ctx, Wording("", must=True), local(each, ctx.klass.zone)) for each in began}


def _written(before: Announcement) -> int:
    return store.versions(before)[-1].at


def _named(ctx: Context, text: str, at: int) -> datetime | None:
    try:
        return deadline_in(ctx, text, at=at)
    except UserError:
        return None
