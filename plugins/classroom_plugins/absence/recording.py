"""Writing down what was said about a pupil, and telling whom it concerns: its family, the teacher if it is late, plugins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from classroom_matrix.api import Context, View
from classroom_matrix.api.contracts import PupilAway
from classroom_matrix.domain.ids import EventId
from classroom_matrix.domain.people import Family, Household, Pupil
from classroom_matrix.domain.school_days import is_school_day, next_school_day
from classroom_matrix.domain.time import at_local
from classroom_matrix.errors import InvalidArgument

from . import store
from .domain import Absence, Kind, Reason, Statement, absence_on, absences, local
from .morning import plan_list
from .sentences import SaidAbsence

FURTHEST = timedelta(days=200)
"""How far ahead an absence may begin; behind it is a slip of the pen."""
_LONGER = timedelta(days=14)
LONG_AGO = timedelta(days=62)
"""How long ago it may have ended."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of statements: the absences that hold now, if any. `new`: whether anything is different."""

    pupil: Pupil
    absences: tuple[Absence, ...]
    new: bool


def statements(
    ctx: Context, pupil: Pupil, said: SaidAbsence, *, proxy: bool, source: EventId | None = None, spoken: int | None = None
) -> list[Statement]:
    """One for each stretch of days, see `statement`; without those in which there is no school, if there are others."""
    first = statement(ctx, pupil, said, proxy=proxy, source=source, spoken=spoken)
    found = [first]
    for number, (begin, end) in enumerate(said.also, start=1):
        last = _last_of_school(ctx, begin, end)
        found.append(replace(first, source=store.part_of(first.source, number), first=begin, last=last))
    return [one for one in found if has_school(ctx, one.first, one.last)] or [first] if said.also else found


def statement(
    ctx: Context, pupil: Pupil, said: SaidAbsence, *, proxy: bool, source: EventId | None = None, spoken: int | None = None
) -> Statement:
    """A statement with the days that it leaves out: today, or the next school day when school is over.

    Who comes back later than they were expected is away for longer.

    Args:
        source: the message that says it, if not the one that is handled; `spoken`: and when it was written.
    """
    assert ctx.person is not None
    assert ctx.event_id is not None
    first, last = days_of(ctx, said, ctx.occurred if spoken is None else spoken)
    kind, bounded = said.kind, said.bounded
    running = _running(ctx, pupil)
    if kind is Kind.BACK and running is not None and returns_on(ctx, running) < first <= running.last + _LONGER:
        kind, first, last, bounded = (
            Kind.AWAY,
            running.first,
            _last_of_school(ctx, running.first, first - timedelta(days=1)),
            True,
        )
    return Statement(
        source or ctx.event_id,
        pupil.id,
        pupil.family_id,
        kind,
        first,
        last,
        bounded,
        said.reason,
        ctx.person.id,
        proxy,
        ctx.occurred,
    )


def stretches_of(view: View, said: SaidAbsence, at: int) -> list[tuple[date, date]]:
    """All stretches of days of a statement that was made `at`."""
    return [days_of(view, said, at), *((first, _last_of_school(view, first, last)) for first, last in said.also)]


def days_of(view: View, said: SaidAbsence, at: int) -> tuple[date, date]:
    """The days of a statement that was made `at`, in milliseconds. An absence ends on a school day."""
    if said.first is not None:
        last = said.last or said.first
        return said.first, _last_of_school(view, said.first, last) if said.kind is Kind.AWAY else last
    now = local(at, view.klass.zone)
    over = view.options.cut_off if said.kind is Kind.BACK else view.options.school_over
    today = now.date()
    if not is_school_day(today, view.options.school_days) or now.time() >= over:
        today = next_school_day(today, view.options.school_days)
    return today, today


def _last_of_school(view: View, first: date, last: date) -> date:
    """The last school day of a stretch; its end where it has none."""
    days = (last - timedelta(days=n) for n in range((last - first).days + 1))
    return next((day for day in days if is_school_day(day, view.options.school_days)), last)


def has_school(view: View, first: date, last: date) -> bool:
    """Whether any of these days is a school day: on others nobody can be away."""
    before = first - timedelta(days=1)
    return next_school_day(before, view.options.school_days) <= last


def record(ctx: Context, said: Sequence[Statement], pupil: Pupil) -> Recorded:
    """Write a message's statements down, and tell everybody but who said it."""
    for one in said:
        _check(ctx, one)
    before = _absences(ctx, pupil)
    added = [store.add(ctx.klass.id, one) for one in said]
    if not any(added):
        return Recorded(pupil, _held(said, before), new=False)
    return _written(ctx, said, pupil, before)


def rewrite(ctx: Context, said: Sequence[Statement], pupil: Pupil, gone: Sequence[Statement] = ()) -> Recorded:
    """The message of statements was edited: what it says now takes the place of what it said. `gone`: what it says no more."""
    for one in said:
        _check(ctx, one)
    before = _absences(ctx, pupil)
    for one in gone:
        store.strike(one)
    for one in said:
        store.put(ctx.klass.id, one)
    return _written(ctx, said, pupil, before)


def is_far(today: date, first: date, last: date) -> bool:
    """Whether days are so long ago or so far ahead that they must be a slip of the pen."""
    return last < today - LONG_AGO or first > today + FURTHEST


def _check(ctx: Context, said: Statement) -> None:
    if is_far(local(ctx.occurred, ctx.klass.zone).date(), said.first, said.last):
        raise InvalidArgument("absence-far", day=said.first)
    if said.kind is Kind.AWAY and not has_school(ctx, said.first, said.last):
        raise InvalidArgument("absence-no-school", day=said.first)


def _written(ctx: Context, said: Sequence[Statement], pupil: Pupil, before: Sequence[Absence]) -> Recorded:
    after = _absences(ctx, pupil)
    if before != after:
        _tell(ctx, pupil, said, before, after)
    held = _held(said, after) if said[0].kind is Kind.AWAY else ()
    return Recorded(pupil, held, new=before != after)


def take_back(ctx: Context, said: Sequence[Statement], pupil: Pupil) -> Recorded:
    """The message of statements was deleted: what was said before it holds again."""
    before = _absences(ctx, pupil)
    for one in said:
        store.strike(one)
    after = _absences(ctx, pupil)
    if before != after:
        _tell(ctx, pupil, said, before, after)
    return Recorded(pupil, _held(said, after), new=before != after)


def _held(said: Sequence[Statement], known: Sequence[Absence]) -> tuple[Absence, ...]:
    """The absences that hold on the first days of statements, each once."""
    found = [absence for one in said if (absence := absence_on(known, one.first)) is not None]
    return tuple(dict.fromkeys(found))


def _running(ctx: Context, pupil: Pupil) -> Absence | None:
    """The absence that holds now or will next."""
    today = local(ctx.occurred, ctx.klass.zone).date()
    return next((one for one in _absences(ctx, pupil) if returns_on(ctx, one) > today), None)


def returns_on(view: View, absence: Absence) -> date:
    """The first school day behind an absence."""
    return next_school_day(absence.last, view.options.school_days)


def is_past(view: View, absence: Absence) -> str:
    """Whether nobody waits for the pupil any more, for texts: "yes" or "no"."""
    return "yes" if returns_on(view, absence) <= view.now.date() else "no"


def _absences(view: View, pupil: Pupil) -> list[Absence]:
    return absences(store.of_pupil(view.klass.id, pupil.id), view.options.school_days)


def _tell(ctx: Context, pupil: Pupil, said: Sequence[Statement], before: Sequence[Absence], after: Sequence[Absence]) -> None:
    known = {(absence.first, absence.last) for absence in before}
    for absence in after:
        if (absence.first, absence.last) not in known:
            ctx.announce(PupilAway(pupil.id, absence.first, absence.last))
            plan_list(ctx, absence)
    if not said[0].proxy:
        _tell_if_late(ctx, pupil, before, after)
    family = ctx.roster.family(pupil.family_id)
    if family is not None and known != {(absence.first, absence.last) for absence in after}:  # of a reason they are not told
        _tell_homes(ctx, family, pupil, said[0], _held(said, after))


def _tell_if_late(ctx: Context, pupil: Pupil, before: Sequence[Absence], after: Sequence[Absence]) -> None:
    """What changes about today when the teacher's list is made, or about to be, is told at once."""
    said_at = local(ctx.occurred, ctx.klass.zone)
    today = said_at.date()
    if today != ctx.now.date() or not is_school_day(today, ctx.options.school_days) or said_at.time() < ctx.options.cut_off:
        return
    was, now = absence_on(before, today), absence_on(after, today)
    if now is not None and was is None:
        reason = reason_text(ctx, now.reason)
        ctx.tell_staff("absence-late", pupil=pupil.name, reason=reason, back=returns_on(ctx, now))
    elif was is not None and now is None:
        ctx.tell_staff("absence-late-back", pupil=pupil.name)


def _tell_homes(ctx: Context, family: Family, pupil: Pupil, said: Statement, held: Sequence[Absence]) -> None:
    """One line to the family's other households, and to all of them where staff entered it: it is about their child."""
    others = [home for home in family.households if not _heard(ctx, home)]
    if not held:
        ctx.tell(others, "absence-told-back", pupil=given_name(pupil), back=_expected(ctx, said.first))
    else:
        for home in others:
            key, values = worded(ctx, "absence-told", held, ctx.language_of(home))
            ctx.tell([home], key, pupil=given_name(pupil), **values)


def _expected(ctx: Context, day: date) -> date:
    """The first school day from a day or today on, whichever is later."""
    return next_school_day(max(day, ctx.now.date()) - timedelta(days=1), ctx.options.school_days)


def _heard(ctx: Context, home: Household) -> bool:
    """Whether a household reads the answer to what was said."""
    if ctx.room.role == "desk":
        return ctx.room.household == home.id
    return ctx.person is not None and ctx.person.household_id == home.id


def given_name(pupil: Pupil) -> str:
    return pupil.name.split()[0]


def worded(view: View, key: str, held: Sequence[Absence], language: str | None) -> tuple[str, dict[str, object]]:
    """The text about absences that fits how many days they have, and what it needs to know of them."""
    if len(held) > 1:
        return f"{key}-days", {"days": [stretch_text(view, one.first, one.last, language) for one in held]}
    absence = held[0]
    back, past = returns_on(view, absence), is_past(view, absence)
    values: dict[str, object] = {"first": absence.first, "last": absence.last, "back": back, "past": past}
    return (f"{key}-one" if absence.first == absence.last else key), values


def stretch_text(view: View, first: date, last: date, language: str | None) -> str:
    key = "absence-stretch-one" if first == last else "absence-stretch"
    return view.text(key, language=language, first=first, last=last)


def reason_text(view: View, reason: Reason, language: str | None = None) -> str:
    return view.text(f"absence-reason-{reason}", language=language)


def list_time(view: View, day: date) -> datetime:
    return at_local(datetime.combine(day, view.options.list_at), view.klass.zone)
