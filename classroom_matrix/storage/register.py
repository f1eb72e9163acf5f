"""Writing people, families and households down. Used by imports; all functions run in the database's thread.

IDs are random: nothing about a person can be told from them, and none is given twice.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

from ..domain.ids import ClassId, FamilyId, HouseholdId, PersonId, UserId
from ..domain.people import Reach, Role
from .database import Database


def roster_key(database: Database, *parts: str) -> str:
    """A keyed hash of what tells a person apart. The key is this installation's own, so that hashes cannot be looked up."""
    secret = database.execute("SELECT value FROM installation WHERE name = 'roster-key'").fetchone()
    if secret is None:
        secret = (secrets.token_hex(32),)
        database.execute("INSERT INTO installation (name, value) VALUES ('roster-key', ?)", secret)
    return hmac.new(bytes.fromhex(secret[0]), "\0".join(parts).encode(), hashlib.sha256).hexdigest()


def known(database: Database, scope: str, key: str) -> PersonId | None:
    """Who stood behind this key in an earlier import."""
    row = database.execute("SELECT id FROM roster_key WHERE scope = ? AND key = ?", (scope, key)).fetchone()
    return PersonId(row[0]) if row else None


def recognise(database: Database, scope: str, key: str, person_id: PersonId) -> None:
    """Remember who stands behind this key."""
    database.execute("INSERT INTO roster_key (scope, key, id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", (scope, key, person_id))


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


def add_person(database: Database, name: str, *, language: str | None = None, user_id: UserId | None = None) -> PersonId:
    person_id = PersonId(_fresh("p"))
    database.execute(
        "INSERT INTO person (id, name, language, user_id) VALUES (?, ?, ?, ?)", (person_id, name, language, user_id)
    )
    return person_id


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
    database.execute(
        "INSERT INTO member (class_id, person_id, role, family_id, household_id, limited) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (class_id, person_id) DO UPDATE SET role = excluded.role, family_id = excluded.family_id,"
        " household_id = excluded.household_id, limited = excluded.limited",
        (class_id, person_id, *wanted),
    )
    return True


def remove_member(database: Database, class_id: ClassId, person_id: PersonId) -> None:
    """The person is nothing to this class any more; the person stays known."""
    database.execute("DELETE FROM member WHERE class_id = ? AND person_id = ?", (class_id, person_id))


def _fresh(kind: str) -> str:
    return kind + secrets.token_hex(10)
