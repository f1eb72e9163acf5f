from __future__ import annotations

from collections.abc import Iterator
from datetime import time
from zoneinfo import ZoneInfo

import pytest

from classroom_matrix.config import ClassConfig, StaffConfig
from classroom_matrix.domain.ids import ClassId, UserId
from classroom_matrix.domain.people import Role
from classroom_matrix.domain.time import QuietHours
from classroom_matrix.errors import ConfigError
from classroom_matrix.roster.families import families_of
from classroom_matrix.roster.importer import import_families
from classroom_matrix.roster.office_export import read_export
from classroom_matrix.roster.staff import import_staff
from classroom_matrix.storage import people
from classroom_matrix.storage.database import Database

OLGA = StaffConfig("Смирнова Ольга Петровна", Role.TEACHER, UserId("@teacher:s"))
VERA = StaffConfig("Ильина Вера Андреевна", Role.SPECIALIST)


@pytest.fixture
def database() -> Iterator[Database]:
    database = Database(":memory:")
    yield database
    database.close()


def klass(*staff: StaffConfig, class_id: str = "3b") -> ClassConfig:
    return ClassConfig(ClassId(class_id), "3Б", "ru", ZoneInfo("Europe/Moscow"), QuietHours(time(21), time(7)), staff=staff)


def staff_of(database: Database, class_id: str = "3b") -> list[tuple[str, Role, str | None]]:
    roster = people.load_roster(database, ClassId(class_id))
    return [(person.name, person.role, person.user_id) for person in roster.staff]


def test_staff_are_who_the_configuration_names(database: Database) -> None:
    assert import_staff(database, klass(OLGA, VERA)) == 2
    assert staff_of(database) == [
        ("Ольга Петровна Смирнова", Role.TEACHER, "@teacher:s"),
        ("Вера Андреевна Ильина", Role.SPECIALIST, None),
    ]
    assert import_staff(database, klass(OLGA, VERA)) == 0


def test_staff_get_their_account_later(database: Database) -> None:
    import_staff(database, klass(VERA))
    (before,) = people.load_roster(database, ClassId("3b")).staff
    assert import_staff(database, klass(StaffConfig(VERA.name, VERA.role, UserId("@vera:s")))) == 1
    (after,) = people.load_roster(database, ClassId("3b")).staff
    assert (after.id, after.user_id) == (before.id, "@vera:s")


def test_staff_not_named_any_more_are_staff_no_more(database: Database) -> None:
    import_staff(database, klass(OLGA, VERA))
    assert import_staff(database, klass(OLGA)) == 1
    assert [name for name, _, _ in staff_of(database)] == ["Ольга Петровна Смирнова"]


def test_teacher_of_two_classes_is_one_person(database: Database) -> None:
    import_staff(database, klass(OLGA))
    import_staff(database, klass(OLGA, class_id="4a"))
    memberships = people.memberships(database, UserId("@teacher:s"))
    assert len({membership.person.id for membership in memberships}) == 1
    assert [membership.class_id for membership in memberships] == ["3b", "4a"]


def test_guardian_of_the_class_cannot_be_its_staff_with_the_same_account(database: Database) -> None:
    rows = read_export("list.csv", "Фамилия;Имя;Мать\nКим;Анна;Ким Ольга".encode()).rows
    import_families(database, ClassId("3b"), families_of(rows)[0])
    guardian = people.load_roster(database, ClassId("3b")).families[0].guardians[0]
    people.set_account(database, guardian.id, UserId("@teacher:s"))
    with pytest.raises(ConfigError, match=r"classes\[3b\]\.staff\[0\]\.user: this account belongs to a guardian"):
        import_staff(database, klass(OLGA))
    assert staff_of(database) == []
