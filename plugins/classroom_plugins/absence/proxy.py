"""What staff enter and ask: `!отсутствует Калинина до пятницы по семейным`, `!кто болеет`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from classroom_matrix.api import Context, Day, Days, command
from classroom_matrix.domain.content import Block, Content, Line
from classroom_matrix.domain.people import Pupil, Role
from classroom_matrix.errors import InvalidArgument, NotFound, UserError

from .domain import Absence, Kind, Reason, local
from .morning import away_later, away_on, lines
from .naming import named_pupils
from .recording import Recorded, days_of, reason_text, record, returns_on, statements, worded
from .sentences import SaidAbsence, is_part_of_day, misses_days, read_behind_command
from .words import IS_AWAY, IS_BACK, RECOVERED

_AHEAD = timedelta(days=14)


@command("away", needs=Role.SPECIALIST, names_people=True)
def enter_absence(ctx: Context, text: str = "") -> None:
    """For a family that called or wrote on paper; told apart in the records as entered by staff. Where nobody is named, staff
    ask who is away: "!отсутствуют завтра".
    """
    try:
        day: Day | None = ctx.read(Day, text) if text.strip() else None
    except UserError:
        day = None
    if day is not None or not text.strip():
        _list(ctx, day)
    else:
        enter(ctx, text, Reason.OTHER)


def enter(ctx: Context, text: str, reason: Reason) -> None:
    pupils, rest = named_pupils(ctx, text)
    said = _as_entered(_read(ctx, f"{IS_AWAY} {rest}", pupils, ctx.occurred), Kind.AWAY, reason, rest)
    for pupil in pupils:
        say_entered(ctx, record(ctx, statements(ctx, pupil, said, proxy=True), pupil), said)


def enter_return(ctx: Context, text: str) -> None:
    pupils, rest = named_pupils(ctx, text)
    said = _as_entered(_read(ctx, f"{IS_BACK} {rest}", pupils, ctx.occurred), Kind.BACK, Reason.OTHER, rest)
    for pupil in pupils:
        what = statements(ctx, pupil, said, proxy=True)
        if record(ctx, what, pupil).new:
            ctx.reply_privately("absence-entered-back", pupil=pupil.name, back=what[0].first)
        elif len(pupils) == 1:
            raise NotFound("absence-none-of", pupil=pupil.name)
        else:
            ctx.reply_privately("absence-none-of", pupil=pupil.name)


def read_entry(ctx: Context, text: str, reason: Reason, at: int) -> tuple[Sequence[Pupil], SaidAbsence]:
    """What an entry says that was edited: the command's name, and what stands behind it. `at`: when it was written.

    Raises:
        UserError: it cannot be read.
    """
    name, _, behind = text.partition(" ")
    kind, verb = (Kind.BACK, IS_BACK) if RECOVERED.search(name.casefold().replace("ё", "е")) else (Kind.AWAY, IS_AWAY)
    pupils, rest = named_pupils(ctx, behind)
    return pupils, _as_entered(_read(ctx, f"{verb} {rest}", pupils, at), kind, reason, rest)


def say_entered(ctx: Context, done: Recorded, said: SaidAbsence) -> None:
    """Say to staff what is noted now."""
    if done.absences:
        say_absences(ctx, done.pupil, done.absences)
    elif said.kind is Kind.BACK:
        ctx.reply_privately("absence-entered-back", pupil=done.pupil.name, back=days_of(ctx, said, ctx.occurred)[0])


def say_absences(ctx: Context, pupil: Pupil, held: Sequence[Absence]) -> None:
    key, values = worded(ctx, "absence-entered", held, ctx.language)
    ctx.reply_privately(key, pupil=pupil.name, reason=reason_text(ctx, held[0].reason, ctx.language), **values)


def _as_entered(said: SaidAbsence | None, kind: Kind, reason: Reason, text: str) -> SaidAbsence:
    if said is None or said.kind is not kind:
        raise InvalidArgument("absence-when", text=text)
    if is_part_of_day(text, said):
        raise InvalidArgument("absence-part", text=text)
    if misses_days(text, said):
        raise InvalidArgument("absence-when", text=text)
    return replace(said, reason=reason) if said.reason is Reason.OTHER else said


@command("whoaway", needs=Role.SPECIALIST)
def who_is_away(ctx: Context, day: Day | None = None) -> None:
    """Who is away today or on a day, and who will be in the next two weeks."""
    _list(ctx, day)


def _list(ctx: Context, day: Day | None) -> None:
    today = local(ctx.occurred, ctx.klass.zone).date()
    asked: date = day or today
    away = away_on(ctx, asked)
    blocks: list[Block] = []
    if away:
        blocks += lines(ctx, "absence-list", asked, away, language=ctx.language)
    else:
        blocks.append(Line(ctx.text("absence-list-nobody", language=ctx.language, day=asked)))
    later = away_later(ctx, asked, asked + _AHEAD)
    if later:
        said = [
            ctx.text("absence-later", language=ctx.language, pupil=pupil.name, first=one.first, back=returns_on(ctx, one))
            for pupil, one in later
        ]
        blocks += [Line(line) for line in said]
    ctx.reply_content(Content(tuple(blocks)), privately=True)


def _read(ctx: Context, text: str, pupils: Sequence[Pupil], at: int) -> SaidAbsence | None:
    def read_days(said: str) -> tuple[date, date] | None:
        try:
            found: Days | None = ctx.read(Days, said, at=at)
        except UserError:
            return None
        return (found.first, found.last) if found is not None else None

    today = local(at, ctx.klass.zone).date()
    return read_behind_command(text, pupils[0].name, read_days, today)
