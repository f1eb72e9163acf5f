from __future__ import annotations

from collections.abc import Iterator

import pytest

from classroom_matrix.domain.ids import ClassId, PersonId, UserId
from classroom_matrix.domain.people import Reach, Role
from classroom_matrix.errors import StorageError
from classroom_matrix.storage import people, register
from classroom_matrix.storage.database import Database

CLASS = ClassId("3b")


@pytest.fixture
def database() -> Iterator[Database]:
    database = Database(":memory:")
    yield database
    database.close()


def test_roster_of_an_unknown_class_is_empty(database: Database) -> None:
    roster = people.load_roster(database, CLASS)
    assert (roster.families, roster.staff, roster.relatives) == ((), (), ())


def test_roster_puts_everybody_in_their_place(database: Database) -> None:
    family = register.add_family(database, Reach.PAPER)
    home = register.add_household(database, family)
    register.add_pupil(database, CLASS, family, name="Анна Ким", surname="Ким", number=1)
    for name, role in (("Ольга", Role.GUARDIAN), ("Нина", Role.RELATIVE), ("Вера", Role.TEACHER)):
        person = register.add_person(database, name)
        place = {} if role is Role.TEACHER else {"family_id": family, "household_id": home}
        register.set_member(database, CLASS, person, role, **place)
    roster = people.load_roster(database, CLASS)
    assert [person.name for person in roster.people()] == ["Вера", "Ольга", "Нина"]
    assert roster.families[0].households[0].id == home
    assert roster.families[0].reach is Reach.PAPER


def test_account_is_one_persons_only(database: Database) -> None:
    anna, boris = register.add_person(database, "Анна"), register.add_person(database, "Борис")
    people.set_account(database, anna, UserId("@a:s"))
    people.set_account(database, anna, UserId("@a:s"))
    with pytest.raises(StorageError, match="belongs to another person"):
        people.set_account(database, boris, UserId("@a:s"))
    assert people.person_of(database, UserId("@a:s")) == anna
    people.set_account(database, anna, None)
    assert people.person_of(database, UserId("@a:s")) is None


def test_changes_to_nobody_are_errors(database: Database) -> None:
    with pytest.raises(StorageError, match="no such person"):
        people.set_language(database, PersonId("p1"), "en")


def test_language_is_the_persons_in_every_class(database: Database) -> None:
    person = register.add_person(database, "Анна", user_id=UserId("@a:s"))
    for class_id in ("3b", "4a"):
        register.set_member(database, ClassId(class_id), person, Role.TEACHER)
    people.set_language(database, person, "en")
    assert [one.person.language for one in people.memberships(database, UserId("@a:s"))] == ["en", "en"]
