"""Writing people, families and households down. Used by imports; all functions run in the database's thread.

IDs are random: nothing about a person can be told from them, and none is given twice.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass

from ..domain.ids import ClassId, FamilyId, HouseholdId, PersonId, UserId
from ..domain.people import Reach, Role
from . import installation, parting
from .database import Database


def roster_key(database: Database, *parts: str) -> str:
    """A keyed hash of what tells a person apart. The key is this installation's own, so that hashes cannot be looked up."""
    secret = database.execute("SELECT value FROM installation WHERE name = 'roster-key'").fetchone()
    if secret is None:
        secret = (secrets.token_hex(32),)
        database.execute("INSERT INTO installation (name, value) VALUES ('roster-key', ?)", secret)
    return hmac.new(bytes.fromhex(secret[0]), "\0".join(parts).encode(), hashlib.sha256).hexdigest()


def known(database: Database, scope: str, key: str) -> PersonId | None:
    """Who stood behind this key in an earlier import, if they are still in the tables; a leaver of the class, too."""
    row = database.execute(f"SELECT id FROM roster_key WHERE scope = ? AND key = ? AND {_IS_THERE}", (scope, key)).fetchone()
    return PersonId(row[0]) if row else None


_IS_THERE = (
    "(EXISTS (SELECT 1 FROM pupil WHERE pupil.id = roster_key.id AND pupil.class_id IN (scope, 'left ' || scope)) OR"
    " roster_key.scope = '' AND EXISTS (SELECT 1 FROM person WHERE person.id = roster_key.id))"
)


def known_elsewhere(database: Database, scope: str, key: str) -> list[tuple[ClassId, PersonId]]:
    """The pupils who stand behind this key in other classes, with those classes."""
    rows = database.execute(
        "SELECT pupil.class_id, pupil.id FROM roster_key JOIN pupil ON pupil.id = roster_key.id"
        " WHERE roster_key.key = ? AND roster_key.scope NOT IN ('', ?) AND pupil.class_id <> ? ORDER BY pupil.rowid DESC",
        (key, scope, scope),
    )
    return [(ClassId(row[0]), PersonId(row[1])) for row in rows]


@dataclass(frozen=True, slots=True)
class FamilyMember:
    """An adult of a family, as one of its classes has them."""

    class_id: ClassId
    person_id: PersonId
    name: str
    role: Role
    household_id: HouseholdId | None
    limited: bool


def members_of_family(database: Database, family_id: FamilyId) -> list[FamilyMember]:
    """The family's adults in every class, newest last."""
    rows = database.execute(
        "SELECT member.class_id, person.id, person.name, member.role, member.household_id, member.limited FROM member"
        " JOIN person ON person.id = member.person_id WHERE member.family_id = ? AND member.role <> ? ORDER BY member.id",
        (family_id, Role.PUPIL),
    )
    return [
        FamilyMember(
            ClassId(row[0]), PersonId(row[1]), row[2], Role(row[3]), HouseholdId(row[4]) if row[4] else None, bool(row[5])
        )
        for row in rows
    ]


def families_of_person(database: Database, person_id: PersonId) -> list[tuple[ClassId, FamilyId]]:
    """The families that the person is a guardian of, with the classes."""
    rows = database.execute(
        "SELECT class_id, family_id FROM member WHERE person_id = ? AND role = ? AND family_id IS NOT NULL ORDER BY id",
        (person_id, Role.GUARDIAN),
    )
    return [(ClassId(row[0]), FamilyId(row[1])) for row in rows]


def homes_of_both(database: Database, one: PersonId, other: PersonId) -> dict[ClassId, bool]:
    """Classes that have both as guardians of one family → whether they live apart there."""
    rows = database.execute(
        "SELECT a.class_id, a.household_id <> b.household_id FROM member a JOIN member b"
        " ON a.class_id = b.class_id AND a.family_id = b.family_id WHERE a.person_id = ? AND b.person_id = ?"
        " AND a.household_id IS NOT NULL AND b.household_id IS NOT NULL",
        (one, other),
    )
    return {ClassId(row[0]): bool(row[1]) for row in rows}


def classes_of_family(database: Database, family_id: FamilyId) -> frozenset[ClassId]:
    """The classes that have a pupil of the family."""
    rows = database.execute("SELECT DISTINCT class_id FROM pupil WHERE family_id = ?", (family_id,))
    return frozenset(ClassId(row[0]) for row in rows)


@dataclass(frozen=True, slots=True)
class FamilyPupil:
    """A child of a family, as one of its classes has them. `class_id`: of leavers, see `leavers`."""

    id: PersonId
    class_id: ClassId
    given: str
    surname: str


def pupils_of_family(database: Database, family_id: FamilyId) -> list[FamilyPupil]:
    """The family's children in every class and year."""
    rows = database.execute("SELECT id, class_id, name, surname FROM pupil WHERE family_id = ? ORDER BY rowid", (family_id,))
    return [
        FamilyPupil(PersonId(id_), ClassId(class_id), name.removesuffix(surname).strip(), surname)
        for id_, class_id, name, surname in rows
    ]


def has_pupils(database: Database, class_id: ClassId) -> bool:
    """Whether the class has pupils, or had some who have left."""
    row = database.execute("SELECT 1 FROM pupil WHERE class_id IN (?, 'left ' || ?) LIMIT 1", (class_id, class_id)).fetchone()
    return row is not None


def recognise(database: Database, scope: str, key: str, person_id: PersonId) -> None:
    """Remember who stands behind this key; the first holds until they are gone."""
    database.execute(
        "INSERT INTO roster_key (scope, key, id) VALUES (?, ?, ?)"
        f" ON CONFLICT (scope, key) DO UPDATE SET id = excluded.id WHERE NOT {_IS_THERE}",
        (scope, key, person_id),
    )


def recognise_birth(database: Database, pupil_id: PersonId, born: str) -> None:
    """Remember a pupil's birth date, as a hash that goes with the pupil alone; the newest holds."""
    key = _birth_key(database, pupil_id, born)
    database.execute("DELETE FROM roster_key WHERE scope = ? AND id = ? AND key <> ?", (_BIRTH, pupil_id, key))
    database.execute(
        "INSERT INTO roster_key (scope, key, id) VALUES (?, ?, ?) ON CONFLICT (scope, key) DO NOTHING", (_BIRTH, key, pupil_id)
    )


def is_born(database: Database, pupil_id: PersonId, born: str) -> bool:
    """Whether that is the pupil's birth date; no where none is known."""
    key = _birth_key(database, pupil_id, born)
    return database.execute("SELECT 1 FROM roster_key WHERE scope = ? AND key = ?", (_BIRTH, key)).fetchone() is not None


def has_birth_key(database: Database, pupil_id: PersonId) -> bool:
    """Whether a birth date of the pupil is known."""
    row = database.execute("SELECT 1 FROM roster_key WHERE scope = ? AND id = ?", (_BIRTH, pupil_id)).fetchone()
    return row is not None


_BIRTH = "birth date"  # a scope of its own: no class can be called so


def _birth_key(database: Database, pupil_id: PersonId, born: str) -> str:
    return roster_key(database, "born", pupil_id, born)


def has_phone(database: Database, person_id: PersonId) -> bool:
    """Whether the person was listed with a phone."""
    return database.execute("SELECT 1 FROM roster_key WHERE scope = '' AND id = ?", (person_id,)).fetchone() is not None


def add_family(database: Database, reach: Reach) -> FamilyId:
    family_id = FamilyId(_fresh("f"))
    database.execute("INSERT INTO family (id, reach) VALUES (?, ?)", (family_id, reach))
    return family_id


def set_reach(database: Database, family_id: FamilyId, reach: Reach) -> bool:
    """Returns whether something changed."""
    return database.execute("UPDATE family SET reach = ? WHERE id = ? AND reach <> ?", (reach, family_id, reach)).rowcount > 0


def add_household(database: Database, family_id: FamilyId) -> HouseholdId:
    household_id = HouseholdId(_fresh("h"))
    database.execute("INSERT INTO household (id, family_id) VALUES (?, ?)", (household_id, family_id))
    return household_id


def add_pupil(database: Database, class_id: ClassId, family_id: FamilyId, *, name: str, surname: str, number: int) -> PersonId:
    pupil_id = PersonId(_fresh("c"))
    database.execute(
        "INSERT INTO pupil (id, class_id, family_id, name, surname, number) VALUES (?, ?, ?, ?, ?, ?)",
        (pupil_id, class_id, family_id, name, surname, number),
    )
    return pupil_id


def family_of_pupil(database: Database, pupil_id: PersonId) -> FamilyId | None:
    row = database.execute("SELECT family_id FROM pupil WHERE id = ?", (pupil_id,)).fetchone()
    return FamilyId(row[0]) if row else None


def set_number(database: Database, pupil_id: PersonId, number: int) -> bool:
    """Returns whether something changed."""
    return database.execute("UPDATE pupil SET number = ? WHERE id = ? AND number <> ?", (number, pupil_id, number)).rowcount > 0


def add_person(
    database: Database,
    name: str,
    *,
    language: str | None = None,
    user_id: UserId | None = None,
    person_id: PersonId | None = None,
) -> PersonId:
    """`person_id`: a pupil's, who gets an account of their own; otherwise a new one is drawn."""
    person_id = person_id or PersonId(_fresh("p"))
    database.execute(
        "INSERT INTO person (id, name, language, user_id) VALUES (?, ?, ?, ?)", (person_id, name, language, user_id)
    )
    return person_id


def is_person(database: Database, person_id: PersonId) -> bool:
    return database.execute("SELECT 1 FROM person WHERE id = ?", (person_id,)).fetchone() is not None


def set_name(database: Database, person_id: PersonId, name: str) -> bool:
    """Returns whether something changed."""
    return database.execute("UPDATE person SET name = ? WHERE id = ? AND name <> ?", (name, person_id, name)).rowcount > 0


def set_member(
    database: Database,
    class_id: ClassId,
    person_id: PersonId,
    role: Role,
    *,
    family_id: FamilyId | None = None,
    household_id: HouseholdId | None = None,
    limited: bool = False,
) -> bool:
    """Say what a person is to a class. Returns whether something changed."""
    wanted = (role, family_id, household_id, int(limited))
    row = database.execute(
        "SELECT role, family_id, household_id, limited FROM member WHERE class_id = ? AND person_id = ?", (class_id, person_id)
    ).fetchone()
    if row == wanted:
        return False
    if row is not None and (row[2] != wanted[2] or wanted[3] > row[3]):
        parting.part(database, class_id, person_id)
    database.execute(
        "INSERT INTO member (class_id, person_id, role, family_id, household_id, limited) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (class_id, person_id) DO UPDATE SET role = excluded.role, family_id = excluded.family_id,"
        " household_id = excluded.household_id, limited = excluded.limited",
        (class_id, person_id, *wanted),
    )
    database.execute("DELETE FROM installation WHERE name = ?", (_departure(class_id, person_id),))
    return True


def remove_member(database: Database, class_id: ClassId, person_id: PersonId) -> None:
    """The person is nothing to this class any more; the person stays known, and so does that they have left."""
    parting.part(database, class_id, person_id)
    database.execute("DELETE FROM member WHERE class_id = ? AND person_id = ?", (class_id, person_id))
    installation.put(database, _departure(class_id, person_id), "")


def departed(database: Database, class_id: ClassId) -> frozenset[UserId]:
    """Accounts of people who belonged to the class and do not any more, a court limit included."""
    rows = database.execute(
        "SELECT user_id FROM person WHERE user_id IS NOT NULL AND (id IN (SELECT substr(name, ?) FROM installation"
        " WHERE name >= ? AND name < ?) OR id IN (SELECT person_id FROM member WHERE class_id = ? AND limited))",
        (len(_departure(class_id, "")) + 1, _departure(class_id, ""), _departure(class_id, "~"), class_id),
    )
    return frozenset(UserId(row[0]) for row in rows)


def accounts(database: Database, class_id: ClassId) -> frozenset[UserId]:
    """Accounts of everybody who is something to the class."""
    rows = database.execute(
        "SELECT user_id FROM person JOIN member ON member.person_id = person.id WHERE class_id = ? AND user_id IS NOT NULL",
        (class_id,),
    )
    return frozenset(UserId(row[0]) for row in rows)


def _departure(class_id: str, person_id: str) -> str:
    return f"left {class_id} {person_id}"


def _fresh(kind: str) -> str:
    return kind + secrets.token_hex(10)
