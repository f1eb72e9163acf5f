"""Staff between two dates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from zoneinfo import ZoneInfo

import pytest

from classroom_matrix.config import ClassConfig, StaffConfig
from classroom_matrix.domain.ids import ClassId, HouseholdId, UserId
from classroom_matrix.domain.people import Role
from classroom_matrix.domain.time import QuietHours
from classroom_matrix.roster.staff import import_staff
from classroom_matrix.roster.staff_days import StaffDays
from classroom_matrix.storage import drift, handovers, people, register
from classroom_matrix.storage.database import Database

ANNA = StaffConfig("Сидорова Анна Павловна", Role.SUBSTITUTE, since=date(2026, 11, 16), until=date(2026, 11, 20))
OLGA = StaffConfig("Смирнова Ольга Петровна", Role.TEACHER, UserId("@teacher:s"))
BEFORE, FIRST, LAST, AFTER = date(2026, 11, 15), date(2026, 11, 16), date(2026, 11, 20), date(2026, 11, 21)


@pytest.fixture
def database() -> Iterator[Database]:
    database = Database(":memory:")
    yield database
    database.close()


def klass(*staff: StaffConfig, class_id: str = "3b", zone: str = "Europe/Moscow", continues: str | None = None) -> ClassConfig:
    quiet = QuietHours(time(21), time(7))
    follows = ClassId(continues) if continues else None
    return ClassConfig(ClassId(class_id), "3Б", "ru", ZoneInfo(zone), quiet, staff=staff, continues=follows)


def names(database: Database, class_id: str = "3b") -> list[str]:
    return [person.name.split()[0] for person in people.load_roster(database, ClassId(class_id)).staff]


def test_substitute_is_staff_from_the_first_day_to_the_last(database: Database) -> None:
    seen = {}
    for day in (BEFORE, FIRST, LAST, AFTER):
        import_staff(database, klass(OLGA, ANNA), day)
        seen[day] = names(database)
    assert seen == {BEFORE: ["Ольга"], FIRST: ["Ольга", "Анна"], LAST: ["Ольга", "Анна"], AFTER: ["Ольга"]}


def test_substitute_who_comes_again_is_the_same_person_with_the_same_account_and_no_desks(database: Database) -> None:
    import_staff(database, klass(OLGA, ANNA), FIRST)
    first = people.load_roster(database, ClassId("3b")).staff[1]
    people.set_account(database, first.id, UserId("@drawn:s"))
    handovers.give(database, ClassId("3b"), HouseholdId("h1"), first.id, 0.0)
    import_staff(database, klass(OLGA, ANNA), AFTER)
    assert register.departed(database, ClassId("3b")) == {"@drawn:s"}
    import_staff(database, klass(OLGA, ANNA), LAST)
    again = people.load_roster(database, ClassId("3b")).staff[1]
    assert (again.id, again.user_id) == (first.id, "@drawn:s")
    assert handovers.of_class(database, ClassId("3b")) == {}
    assert register.departed(database, ClassId("3b")) == frozenset()


def test_change_is_marked_whichever_program_notices_it(database: Database) -> None:
    import_staff(database, klass(OLGA, ANNA), LAST)
    (mark,) = drift.marked(database)
    drift.unmark(database, mark)
    import_staff(database, klass(OLGA, ANNA), LAST)
    assert drift.marked(database) == []
    import_staff(database, klass(OLGA, ANNA), AFTER)
    assert [(each.class_id, each.room_id) for each in drift.marked(database)] == [("3b", None)]


def test_account_of_a_slip_is_kept_by_every_import(database: Database) -> None:
    vera = StaffConfig("Ильина Вера Андреевна", Role.SPECIALIST)
    import_staff(database, klass(vera))
    (person,) = people.load_roster(database, ClassId("3b")).staff
    people.set_account(database, person.id, UserId("@drawn:s"))
    assert import_staff(database, klass(vera)) == 0
    assert people.load_roster(database, ClassId("3b")).staff[0].user_id == "@drawn:s"


def test_teacher_with_a_slip_goes_on_with_the_next_class(database: Database) -> None:
    teacher = StaffConfig("Смирнова Ольга Петровна", Role.TEACHER)
    import_staff(database, klass(teacher))
    (before,) = people.load_roster(database, ClassId("3b")).staff
    import_staff(database, klass(teacher, class_id="4b", continues="3b"))
    (after,) = people.load_roster(database, ClassId("4b")).staff
    assert after.id == before.id
    import_staff(database, klass(teacher, class_id="1a"))
    assert people.load_roster(database, ClassId("1a")).staff[0].id != before.id


async def test_day_that_ends_takes_the_substitute_out_while_the_service_runs(database: Database) -> None:
    days, woken = {"Europe/Moscow": LAST, "Asia/Yekaterinburg": LAST}, []
    classes = [klass(OLGA, ANNA), klass(ANNA, class_id="4a", zone="Asia/Yekaterinburg")]
    staff_days = StaffDays(database, classes, noted=lambda: woken.append(1), today=lambda zone: days[zone.key])
    await staff_days.once()
    assert await database.call(names, database) == ["Ольга", "Анна"]
    days["Asia/Yekaterinburg"] = AFTER  # two hours earlier than in Moscow
    woken.clear()
    await staff_days.once()
    assert (await database.call(names, database), await database.call(names, database, "4a")) == (["Ольга", "Анна"], [])
    days["Europe/Moscow"] = AFTER
    await staff_days.once()
    await staff_days.once()
    assert (await database.call(names, database), len(woken)) == (["Ольга"], 2)
    assert {mark.class_id for mark in await database.call(drift.marked, database)} == {"3b", "4a"}


async def test_days_without_change_are_not_written(database: Database) -> None:
    today = [FIRST]
    staff_days = StaffDays(database, [klass(OLGA, ANNA)], today=lambda _zone: today[0])
    await staff_days.once()
    (before,) = await database.call(drift.marked, database)
    today[0] = LAST
    await staff_days.once()
    assert await database.call(drift.marked, database) == [before]
