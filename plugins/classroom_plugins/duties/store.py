"""The plugin's questions to its tables: sheets, duties, and who holds them."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from typing import Any

from peewee import fn

from classroom_matrix.domain.ids import EventId, FamilyId, HouseholdId, PersonId

from .domain import Act, Duty, Ended, Hold, Sheet, SheetState, Via
from .tables import ClaimRow, DutyRow, HoldRow, SheetRow, ShownRow, StrikeRow, ToldRow, WishRow

STRIKES_KEPT = 30 * 24 * 3600 * 1000
"""Milliseconds. A redaction overtakes the reaction that it takes back by seconds, not by a month."""
TOLD_EVERY = 3600 * 1000
"""Milliseconds in which a household hears once of one duty that its family does otherwise."""

SHOWN_COUNTS = 24 * 3600 * 1000
"""Milliseconds in which a bare number is one of the list that was shown."""


# ── Sheets ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

_SHEET = "id, class_id, occasion, number, title, starts, ends, place, room, state"


def create_sheet(
    class_id: str,
    title: str,
    *,
    room: str,
    occasion: str = "",
    number: int | None = None,
    starts: int | None = None,
    ends: int | None = None,
    place: str = "",
) -> Sheet:
    row = SheetRow.create(
        class_id=class_id, title=title, room=room, occasion=occasion, number=number, starts=starts, ends=ends, place=place
    )
    created = sheet(class_id, row.id)
    assert created is not None
    return created


def sheet(class_id: str, sheet_id: int) -> Sheet | None:
    """A sheet of this class; another class's is none."""
    return next(iter(_sheets("class_id = ? AND id = ?", class_id, sheet_id)), None)


def sheet_of(class_id: str, occasion: str) -> Sheet | None:
    return next(iter(_sheets("class_id = ? AND occasion = ?", class_id, occasion)), None)


def open_sheets(class_id: str) -> list[Sheet]:
    """Those of occasions by their numbers, then series."""
    return _sheets("class_id = ? AND state = 'open' ORDER BY occasion = '', number, id", class_id)


def numbered(class_id: str, number: int) -> Sheet | None:
    """The newest sheet of an occasion with this number."""
    return next(iter(_sheets("class_id = ? AND number = ? ORDER BY id DESC", class_id, number)), None)


def latest_sheets(class_id: str, limit: int) -> list[Sheet]:
    """Of occasions, newest first."""
    return _sheets("class_id = ? AND occasion <> '' ORDER BY id DESC LIMIT ?", class_id, limit)


def series(class_id: str) -> list[Sheet]:
    """Open ones, oldest first."""
    return _sheets("class_id = ? AND occasion = '' AND state = 'open' ORDER BY id", class_id)


def change_sheet(changed: Sheet, **values: object) -> None:
    SheetRow.update(**values).where(SheetRow.id == changed.id).execute()


def _sheets(condition: str, *values: object) -> list[Sheet]:
    return [_sheet(row) for row in SheetRow.sql(f"SELECT {_SHEET} FROM duties_sheet WHERE {condition}", *values)]  # noqa: S608


def _sheet(row: Sequence[Any]) -> Sheet:
    id_, class_id, occasion, number, title, starts, ends, place, room, state = row
    return Sheet(id_, class_id, occasion, number, title, starts, ends, place, room, SheetState(state))


# ── Duties ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

_DUTY = "id, sheet_id, number, title, places, weight, starts, ends, clock, needs, wishes_until, seed, removed, sequence"


def create_duty(
    of: Sheet,
    title: str,
    places: int,
    *,
    year: int,
    weight: int = 1,
    starts: int | None = None,
    ends: int | None = None,
    clock: int | None = None,
    needs: str = "",
    wishes_until: int | None = None,
) -> Duty:
    last = DutyRow.select(fn.MAX(DutyRow.number)).where(DutyRow.sheet_id == of.id).scalar()
    row = DutyRow.create(
        class_id=of.class_id,
        sheet_id=of.id,
        number=(last or 0) + 1,
        title=title,
        places=places,
        year=year,
        weight=weight,
        starts=starts,
        ends=ends,
        clock=clock,
        needs=needs,
        wishes_until=wishes_until,
    )
    created = duty(of.class_id, row.id)
    assert created is not None
    return created


def duty(class_id: str, duty_id: int) -> Duty | None:
    return next(iter(duties_where(class_id, "id = ?", duty_id)), None)


def duties(of: Sheet) -> list[Duty]:
    """All that were not removed, by their numbers."""
    return [_duty(row, of) for row in _duty_rows("sheet_id = ? AND NOT removed ORDER BY number", of.id)]


def open_duties(class_id: str) -> list[Duty]:
    """Of all open sheets."""
    return [each for of in open_sheets(class_id) for each in duties(of)]


def duties_of_year(class_id: str, year: int) -> list[Duty]:
    return duties_where(class_id, "year = ? ORDER BY sheet_id, number", year)


def duties_where(class_id: str, condition: str, *values: object) -> list[Duty]:
    rows = _duty_rows(f"class_id = ? AND {condition}", class_id, *values)
    sheets = {row[1]: sheet(class_id, row[1]) for row in rows}
    return [_duty(row, of) for row in rows if (of := sheets[row[1]]) is not None]


def change_duty(changed: Duty, **values: object) -> None:
    DutyRow.update(**values).where(DutyRow.id == changed.id).execute()


def _duty_rows(condition: str, *values: object) -> Sequence[Sequence[Any]]:
    return DutyRow.sql(f"SELECT {_DUTY} FROM duties_duty WHERE {condition}", *values)  # noqa: S608 - of constants only


def _duty(row: Sequence[Any], of: Sheet) -> Duty:
    (id_, _, number, title, places, weight, starts, ends, clock, needs, wishes_until, seed, removed, sequence) = row
    return Duty(id_, of, number, title, places, weight, starts, ends, clock, needs, wishes_until, seed, bool(removed), sequence)


# ── Holds ───────────────────────────────────────────────────────────────────────────────────────────────────────────────

_HOLD = "h.id, h.duty_id, h.family_id, h.household_id, h.person_id, h.via, h.at, h.ended_at, h.ended"


def holds(of: Duty) -> list[Hold]:
    """Places that are held, oldest first."""
    return _holds("h.duty_id = ? AND h.ended IS NULL ORDER BY h.at, h.id", of.id)


def holds_of_sheet(of: Sheet) -> list[Hold]:
    return _holds("d.sheet_id = ? AND h.ended IS NULL ORDER BY h.at, h.id", of.id)


def held_by(class_id: str, family: FamilyId) -> list[Hold]:
    """What a family holds and has ever done, oldest first."""
    return _holds("d.class_id = ? AND h.family_id = ? AND h.ended IS NULL ORDER BY h.at, h.id", class_id, family)


def history_of(class_id: str, family: FamilyId) -> list[Hold]:
    """The same with what it has no more."""
    return _holds("d.class_id = ? AND h.family_id = ? ORDER BY h.at, h.id", class_id, family)


def hold_of(of: Duty, family: FamilyId) -> Hold | None:
    return next(iter(_holds("h.duty_id = ? AND h.family_id = ? AND h.ended IS NULL", of.id, family)), None)


def all_holds(class_id: str) -> list[Hold]:
    """Of open sheets."""
    return _holds(
        "d.class_id = ? AND h.ended IS NULL"
        " AND d.sheet_id IN (SELECT id FROM duties_sheet WHERE class_id = ? AND state = 'open')",
        class_id,
        class_id,
    )


def add_hold(of: Duty, act: Act) -> Hold:
    HoldRow.create(
        duty_id=of.id, family_id=act.family, household_id=act.household, person_id=act.person, via=act.via, at=act.at
    )
    found = hold_of(of, act.family)
    assert found is not None
    return found


def end_hold(hold: Hold, at: int, why: Ended) -> None:
    """The family has the place no more, and nothing that it did before is a claim to it."""
    HoldRow.update(ended_at=at, ended=why).where(HoldRow.id == hold.id).execute()
    forget_claims(hold.duty, hold.family)


def counted(class_id: str, year: int) -> dict[FamilyId, int]:
    """What families hold and have done in a school year, weighed."""
    rows = HoldRow.sql(
        "SELECT h.family_id, SUM(d.weight) FROM duties_hold h JOIN duties_duty d ON d.id = h.duty_id"
        " WHERE d.class_id = ? AND d.year = ? AND h.ended IS NULL GROUP BY h.family_id",
        class_id,
        year,
    )
    return {FamilyId(family): int(load) for family, load in rows}


def missed(class_id: str, year: int) -> dict[FamilyId, int]:
    """How often families did not come to what they had taken."""
    rows = HoldRow.sql(
        "SELECT h.family_id, COUNT(*) FROM duties_hold h JOIN duties_duty d ON d.id = h.duty_id"
        " WHERE d.class_id = ? AND d.year = ? AND h.ended = 'missed' GROUP BY h.family_id",
        class_id,
        year,
    )
    return {FamilyId(family): int(times) for family, times in rows}


def _holds(condition: str, *values: object) -> list[Hold]:
    query = f"SELECT {_HOLD} FROM duties_hold h JOIN duties_duty d ON d.id = h.duty_id WHERE {condition}"  # noqa: S608
    return [_hold(row) for row in HoldRow.sql(query, *values)]


def _hold(row: Sequence[Any]) -> Hold:
    id_, duty_id, family, household, person, via, at, ended_at, ended = row
    return Hold(
        id_,
        duty_id,
        FamilyId(family),
        HouseholdId(household) if household else None,
        PersonId(person) if person else None,
        Via(via),
        at,
        ended_at,
        Ended(ended) if ended else None,
    )


# ── Wishes ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def wishes(of: Duty) -> list[Act]:
    """Oldest first."""
    rows = WishRow.sql(
        "SELECT family_id, household_id, person_id, via, at FROM duties_wish WHERE duty_id = ? ORDER BY at, family_id", of.id
    )
    return [
        Act(
            FamilyId(family),
            HouseholdId(household) if household else None,
            PersonId(person) if person else None,
            Via(via),
            None,
            at,
        )
        for family, household, person, via, at in rows
    ]


def add_wish(of: Duty, act: Act) -> bool:
    """Whether it is new."""
    values = {"household_id": act.household, "person_id": act.person, "via": act.via, "at": act.at}
    added = WishRow.insert(duty_id=of.id, family_id=act.family, **values).on_conflict_ignore().as_rowcount().execute()
    return bool(added)


def drop_wish(of: Duty, family: FamilyId) -> bool:
    """Whether there was one."""
    forget_claims(of.id, family)
    return bool(WishRow.delete().where(WishRow.duty_id == of.id, WishRow.family_id == family).execute())


def clear_wishes(of: Duty) -> None:
    """They are decided. What they were made with is a claim to the place now, where there is one."""
    WishRow.delete().where(WishRow.duty_id == of.id).execute()


def wished_by(class_id: str, family: FamilyId) -> list[int]:
    """Duties that are not decided."""
    return [duty_id for duty_id, _ in wishes_of(class_id, family)]


def wishes_of(class_id: str, family: FamilyId) -> list[tuple[int, HouseholdId | None]]:
    """The same with the household that wished, where it is known."""
    rows = WishRow.sql(
        "SELECT w.duty_id, w.household_id FROM duties_wish w JOIN duties_duty d ON d.id = w.duty_id"
        " WHERE d.class_id = ? AND w.family_id = ? AND d.seed IS NULL AND NOT d.removed",
        class_id,
        family,
    )
    return [(duty_id, HouseholdId(household) if household else None) for duty_id, household in rows]


# ── Claims ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def add_claim(of: Duty, act: Act) -> None:
    if act.source is not None:
        values = {"duty_id": of.id, "family_id": act.family, "household_id": act.household, "at": act.at}
        ClaimRow.insert(source=act.source, **values).on_conflict_ignore().execute()


def take_claims(source: EventId) -> list[tuple[int, FamilyId, int]]:
    """Duties and families of claims that are taken back with an event, and how many others of the family stand."""
    claimed = claims_in(source)
    ClaimRow.delete().where(ClaimRow.source == source).execute()
    return [(duty_id, family, claims(duty_id, family)) for duty_id, family in claimed]


def claims(duty_id: int, family: FamilyId) -> int:
    """How many acts of a family that can be taken back claim a place, or wish for it."""
    rows = ClaimRow.sql("SELECT COUNT(*) FROM duties_claim WHERE duty_id = ? AND family_id = ?", duty_id, family)
    return int(rows[0][0])


def claims_in(source: EventId) -> list[tuple[int, FamilyId]]:
    """Duties and families that an event claims places for."""
    rows = ClaimRow.sql("SELECT duty_id, family_id FROM duties_claim WHERE source = ? ORDER BY duty_id", source)
    return [(duty_id, FamilyId(family)) for duty_id, family in rows]


def forget_claims(duty_id: int, family: FamilyId) -> None:
    ClaimRow.delete().where(ClaimRow.duty_id == duty_id, ClaimRow.family_id == family).execute()


def remember_strike(target: EventId, at: int) -> None:
    StrikeRow.insert(target=target, at=at).on_conflict_ignore().execute()
    StrikeRow.delete().where(StrikeRow.at < at - STRIKES_KEPT).execute()


def is_struck(source: EventId) -> bool:
    """Whether an event was redacted before it arrived."""
    return bool(StrikeRow.sql("SELECT 1 FROM duties_strike WHERE target = ?", source))


def may_tell(of: Duty, household: HouseholdId, now: int) -> bool:
    """Whether a household has heard nothing of a duty for a while; from then on it has."""
    rows = ToldRow.sql("SELECT at FROM duties_told WHERE duty_id = ? AND household_id = ?", of.id, household)
    if rows and now - rows[0][0] < TOLD_EVERY:
        return False
    ToldRow.replace(duty_id=of.id, household_id=household, at=now).execute()
    return True


def note_shown(household: HouseholdId, at: int) -> None:
    """A household was shown the roles with their numbers in its desk."""
    ShownRow.replace(household_id=household, at=at).execute()


def shown_at(household: HouseholdId | None, at: int) -> int | None:
    """When a household was shown the numbers of roles, if that is not too long ago for a bare number to be one of them."""
    rows = ShownRow.sql("SELECT at FROM duties_shown WHERE household_id = ?", household or "")
    return rows[0][0] if rows and 0 <= at - rows[0][0] <= SHOWN_COUNTS else None


def forget_family(class_id: str, family: FamilyId, households: Iterable[HouseholdId], now: int) -> None:
    """Places that are over get an invented owner, one for all of them, so that loads of the year stay what they were."""
    nobody = "x" + secrets.token_hex(10)
    for hold in history_of(class_id, family):
        held = duty(class_id, hold.duty)
        row = HoldRow.id == hold.id
        if hold.ended is None and held is not None and held.is_past(now):
            HoldRow.update(family_id=nobody, household_id=None, person_id=None).where(row).execute()
        else:
            HoldRow.delete().where(row).execute()
    own = [row.id for row in DutyRow.select(DutyRow.id).where(DutyRow.class_id == class_id)]
    for table in (WishRow, ClaimRow):
        table.delete().where(table.family_id == family, table.duty_id.in_(own)).execute()
    for of_home in (ToldRow, ShownRow):
        of_home.delete().where(of_home.household_id.in_(list(households))).execute()


def present(held: Iterable[Hold], families: Iterable[FamilyId]) -> list[Hold]:
    """Those of families that are in the class."""
    here = frozenset(families)
    return [hold for hold in held if hold.family in here]
