"""What staff enter and ask: `!отсутствует Калинина до пятницы по семейным`, `!кто болеет`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from classroom_matrix.api import Context, Day, Days, command
from classroom_matrix.domain.content import Block, Content, Line
from classroom_matrix.domain.people import Family, Pupil, Role
from classroom_matrix.errors import InvalidArgument, NotFound, UserError

from .domain import Absence, Kind, Reason, local
from .morning import away_later, away_on, lines
from .recording import Recorded, days_of, is_past, reason_text, record, returns_on, statement
from .sentences import SaidAbsence, misses_days, read_behind_command
from .words import IS_AWAY, IS_BACK, RECOVERED

_NAME_WORDS = 3
_AHEAD = timedelta(days=14)
_BOTH = frozenset({"оба", "обе", "двойняшки", "близнецы", "both", "twins"})


@command("away", needs=Role.SPECIALIST, names_people=True)
def enter_absence(ctx: Context, text: str) -> None:
    """For a family that called or wrote on paper; told apart in the records as entered by staff."""
    enter(ctx, text, Reason.OTHER)


def enter(ctx: Context, text: str, reason: Reason) -> None:
    pupils, rest = _named(ctx, text)
    said = _as_entered(_read(ctx, f"{IS_AWAY} {rest}", pupils, ctx.occurred), Kind.AWAY, reason, rest)
    for pupil in pupils:
        say_entered(ctx, record(ctx, statement(ctx, pupil, said, proxy=True), pupil), said)


def enter_return(ctx: Context, text: str) -> None:
    pupils, rest = _named(ctx, text)
    said = _as_entered(_read(ctx, f"{IS_BACK} {rest}", pupils, ctx.occurred), Kind.BACK, Reason.OTHER, rest)
    for pupil in pupils:
        what = statement(ctx, pupil, said, proxy=True)
        if not record(ctx, what, pupil).new:
            raise NotFound("absence-none-of", pupil=pupil.name)
        ctx.reply_privately("absence-entered-back", pupil=pupil.name, back=what.first)


def read_entry(ctx: Context, text: str, reason: Reason, at: int) -> tuple[Sequence[Pupil], SaidAbsence]:
    """What an entry says that was edited: the command's name, and what stands behind it. `at`: when it was written.

    Raises:
        UserError: it cannot be read.
    """
    name, _, behind = text.partition(" ")
    kind, verb = (Kind.BACK, IS_BACK) if RECOVERED.search(name.casefold().replace("ё", "е")) else (Kind.AWAY, IS_AWAY)
    pupils, rest = _named(ctx, behind)
    return pupils, _as_entered(_read(ctx, f"{verb} {rest}", pupils, at), kind, reason, rest)


def say_entered(ctx: Context, done: Recorded, said: SaidAbsence) -> None:
    """Say to staff what is noted now."""
    if done.absence is not None:
        say_absence(ctx, done.pupil, done.absence)
    elif said.kind is Kind.BACK:
        ctx.reply_privately("absence-entered-back", pupil=done.pupil.name, back=days_of(ctx, said, ctx.occurred)[0])


def say_absence(ctx: Context, pupil: Pupil, absence: Absence) -> None:
    ctx.reply_privately(
        "absence-entered-one" if absence.first == absence.last else "absence-entered",
        pupil=pupil.name,
        reason=reason_text(ctx, absence.reason, ctx.language),
        first=absence.first,
        last=absence.last,
        back=returns_on(ctx, absence),
        past=is_past(ctx, absence),
    )


def _as_entered(said: SaidAbsence | None, kind: Kind, reason: Reason, text: str) -> SaidAbsence:
    if said is None or said.kind is not kind or misses_days(text, said):
        raise InvalidArgument("absence-when", text=text)
    return replace(said, reason=reason) if said.reason is Reason.OTHER else said


@command("whoaway", needs=Role.SPECIALIST)
def who_is_away(ctx: Context, day: Day | None = None) -> None:
    """Who is away today or on a day, and who will be in the next two weeks."""
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


def _named(ctx: Context, text: str) -> tuple[Sequence[Pupil], str]:
    """The pupil whom a text begins with, both of twins where it says so, and the rest of it.

    Raises:
        UserError: nobody of the class is meant, or it is not clear who.
    """
    words = text.split()
    for count in range(min(_NAME_WORDS, len(words)), 0, -1):
        name = " ".join(words[:count])
        rest = " ".join(words[count:])
        if _is_time(ctx, words[count - 1]):
            continue
        try:
            if words[count:] and words[count].casefold().strip(",.") in _BOTH:
                family: Family | None = ctx.read(Family, name)
                if family is not None:
                    return family.pupils, " ".join(words[count + 1 :])
            pupil: Pupil | None = ctx.read(Pupil, name)
        except UserError:
            if count == 1:
                raise
            continue
        if pupil is not None:
            return (pupil,), rest
    raise InvalidArgument("absence-who")


def _is_time(ctx: Context, word: str) -> bool:
    """Whether a word is a day and so no part of a name: numbers name pupils, too."""
    try:
        return ctx.read(Days, word, at=ctx.occurred) is not None
    except UserError:
        return False


def _read(ctx: Context, text: str, pupils: Sequence[Pupil], at: int) -> SaidAbsence | None:
    def read_days(said: str) -> tuple[date, date] | None:
        try:
            found: Days | None = ctx.read(Days, said, at=at)
        except UserError:
            return None
        return (found.first, found.last) if found is not None else None

    today = local(at, ctx.klass.zone).date()
    return read_behind_command(text, pupils[0].name, read_days, today)
