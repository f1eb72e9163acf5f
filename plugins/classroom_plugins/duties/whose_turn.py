"""Who is on duty: "!дежурство завтра", "!дежурство кто", "!дежурство по классу 7 декабря". Asking opens nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from classroom_matrix.api import Context, Days
from classroom_matrix.domain.content import Bold, Content, Line, Muted
from classroom_matrix.errors import NotFound, UserError

from . import store
from .cards import held_here, part_line, series_lines
from .domain import Sheet, days_of
from .lookup import sheet_replied_to, without_name
from .naming import between
from .slips import words_of
from .wording import fold

PREPOSITIONS = frozenset({"по", "в", "во", "на", "за", "у", "для", "for", "in", "of", "at", "on", "the"})
_LONGEST = 6  # words that days take
_LENGTH = re.compile(r"\W*(?:день|дня|дней|недел\w+|days?|weeks?)\W*")
_SHOWN = 31  # parts of a series


@dataclass(frozen=True, slots=True)
class Asked:
    """What stands behind "!дежурство".

    `days`: None where none are said. `sheets`: open series that are named, all of them where there are no other words.
    `unknown`: the words where they name none. `surely`: whether it is nothing but a question.
    """

    days: Days | None
    sheets: tuple[Sheet, ...]
    unknown: str
    surely: bool


def what_is_asked(ctx: Context, text: str) -> Asked:
    """Read "кто дежурит по классу завтра?"."""
    words = [word for word in (each.strip(".,:;!?()«»\"'") for each in fold(text).split()) if word]
    asking, around = words_of(ctx, "duties-words-asking"), words_of(ctx, "duties-words-around-asking")
    surely = "?" in text or bool(words and words[0] in asking)
    days, left = _take_days(ctx, [word for word in words if word not in asking])
    bare = [word for word in left if word not in around and word not in PREPOSITIONS]
    named = _named(ctx, bare)
    return Asked(days, tuple(named), "" if named else " ".join(bare), surely or not bare)


def _take_days(ctx: Context, words: list[str]) -> tuple[Days | None, list[str]]:
    """Days at the beginning or at the end of words, as many of them as can be, and the other words."""
    for length in range(min(len(words), _LONGEST), 0, -1):
        for start in dict.fromkeys((0, len(words) - length)):
            found = _days(ctx, " ".join(words[start : start + length]))
            if found is not None:
                return found, words[:start] + words[start + length :]
    return None, words


def _days(ctx: Context, said: str) -> Days | None:
    try:
        found: Days | None = ctx.read(Days, said)
    except UserError:
        return None
    return found


def has_date(ctx: Context, title: str) -> bool:
    """Whether a title begins or ends with a day: "7 декабря уборка". A week or a day without more is none."""
    words = fold(title).split()
    days, left = _take_days(ctx, words)
    said = [word for word in words if word not in left and word not in PREPOSITIONS]
    return days is not None and not _LENGTH.fullmatch(" ".join(said))


def _named(ctx: Context, bare: Sequence[str]) -> list[Sheet]:
    """Open series that have all these words in their names; all of them, or the one that is replied to, without any."""
    found = store.series(ctx.klass.id)
    if not bare and (replied := sheet_replied_to(ctx)) is not None and replied.is_series:
        return [replied]
    return [sheet for sheet in found if not without_name(ctx, " ".join(bare), sheet.title)]


def show_turns(ctx: Context, asked: Asked, *, also: str = "") -> None:
    """Answer who is on; this week and the next where no days are asked about.

    Args:
        asked: what is.
        also: a line below.

    Raises:
        NotFound: there is no such series, or none at all.
    """
    if asked.unknown and store.series(ctx.klass.id):
        raise NotFound("duties-unknown-series", text=asked.unknown)
    if not asked.sheets:
        raise NotFound("duties-no-series")
    lines: list[Line] = []
    for sheet in asked.sheets:
        lines.append(Line(Bold(sheet.title)))
        if asked.days is None:
            lines += series_lines(ctx, sheet, language=ctx.language)
        else:
            lines += _turns(ctx, sheet, asked.days)
    if also:
        lines.append(Line(Muted(also)))
    ctx.reply_content(Content(tuple(lines)), privately=ctx.room.role != "private")


def _turns(ctx: Context, sheet: Sheet, days: Days) -> list[Line]:
    held = held_here(ctx, sheet)
    found = []
    for duty in store.duties(sheet):
        own = days_of(duty, ctx.klass.zone)
        if own is not None and own[0] <= days.last and days.first <= own[1]:
            found.append(part_line(ctx, duty, held.get(duty.id, []), language=ctx.language))
    if found:
        return found[:_SHOWN]
    span = between(ctx, days.first, days.last, language=ctx.language)
    return [Line(ctx.text("duties-rota-nobody", language=ctx.language, days=span))]


def is_there(ctx: Context, title: str) -> list[Sheet]:
    """Open series of the same name, whatever its cases."""
    return [
        sheet
        for sheet in store.series(ctx.klass.id)
        if not _besides(ctx, title, sheet.title) and not _besides(ctx, sheet.title, title)
    ]


def _besides(ctx: Context, said: str, title: str) -> list[str]:
    return [word for word in without_name(ctx, said, title) if word not in PREPOSITIONS]
