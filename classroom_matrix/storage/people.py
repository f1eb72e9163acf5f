"""People as everybody asks for them: a class's roster, accounts, languages. All functions run in the database's thread."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from ..domain.ids import ClassId, FamilyId, HouseholdId, PersonId, UserId
from ..domain.people import Family, Household, Person, Pupil, Reach, Right, Role, Roster
from ..domain.time import QuietHours
from ..errors import StorageError
from .database import Database
from .leavers import HERE


@dataclass(frozen=True, slots=True)
class Membership:
    """What one account is to one class."""

    class_id: ClassId
    person: Person


_MEMBERS = (
    "SELECT member.class_id, person.id, person.name, member.role, person.user_id, person.language, member.family_id,"
    " member.household_id, member.limited, member.rights, person.quiet FROM member JOIN person ON person.id = member.person_id"
)


def load_roster(database: Database, class_id: ClassId) -> Roster:
    """Everybody of a class; empty where nobody was imported. Families in the order of the office's list."""
    staff: list[Person] = []
    relatives: list[Person] = []
    children: list[Person] = []
    homes: dict[tuple[str, str], list[Person]] = defaultdict(list)
    for _, person in _members(database, "member.class_id = ? ORDER BY member.id", (class_id,)):
        if person.role.is_staff:
            staff.append(person)
        elif person.role is Role.GUARDIAN and person.family_id and person.household_id:
            homes[person.family_id, person.household_id].append(person)
        elif person.role is Role.PUPIL:
            children.append(person)
        else:
            relatives.append(person)
    pupils = _pupils(database, class_id)
    reach = dict(
        database.gather("id, reach", "FROM family WHERE id IN (SELECT family_id FROM pupil WHERE class_id = ?)", (class_id,))
    )
    households: dict[str, list[Household]] = defaultdict(list)
    for (family_id, household_id), guardians in homes.items():
        households[family_id].append(Household(HouseholdId(household_id), FamilyId(family_id), tuple(guardians)))
    families = tuple(
        Family(family_id, tuple(of_family), tuple(households[family_id]), Reach(reach[family_id]))
        for family_id, of_family in pupils.items()
    )
    return Roster(class_id, families, tuple(staff), tuple(relatives), tuple(children))


def _pupils(database: Database, class_id: ClassId) -> dict[FamilyId, list[Pupil]]:
    rows = database.execute(
        "SELECT id, family_id, name, surname, number FROM pupil WHERE class_id = ? ORDER BY number, rowid", (class_id,)
    )
    pupils: dict[FamilyId, list[Pupil]] = defaultdict(list)
    for id_, family_id, name, surname, number in rows:
        pupils[FamilyId(family_id)].append(Pupil(PersonId(id_), FamilyId(family_id), name, surname, number))
    return pupils


def memberships(database: Database, user_id: UserId) -> list[Membership]:
    """Every class of an account, those with a court limit included (`Membership.person.limited`)."""
    found = _members(database, f"person.user_id = ? AND {HERE} ORDER BY member.class_id", (user_id,))
    return [Membership(class_id, person) for class_id, person in found]


def person_of(database: Database, user_id: UserId) -> PersonId | None:
    """The person behind an account."""
    row = database.execute("SELECT id FROM person WHERE user_id = ?", (user_id,)).fetchone()
    return PersonId(row[0]) if row else None


def account_of(database: Database, person_id: PersonId) -> UserId | None:
    row = database.execute("SELECT user_id FROM person WHERE id = ?", (person_id,)).fetchone()
    return UserId(row[0]) if row and row[0] else None


def language_of(database: Database, person_id: PersonId) -> str | None:
    """The person's own choice; None for the class's language."""
    row = database.execute("SELECT language FROM person WHERE id = ?", (person_id,)).fetchone()
    return row[0] if row else None


def classes_of_person(database: Database, person_id: PersonId) -> list[ClassId]:
    """Classes in which the person is something and under no court limit."""
    rows = database.execute(
        f"SELECT class_id FROM member WHERE person_id = ? AND NOT limited AND {HERE} ORDER BY class_id", (person_id,)
    )
    return [ClassId(row[0]) for row in rows]


def set_account(database: Database, person_id: PersonId, user_id: UserId | None) -> None:
    """Give a person their account, or take it away.

    Raises:
        StorageError: the account is somebody else's, or there is no such person.
    """
    owner = person_of(database, user_id) if user_id else None
    if owner not in (None, person_id):
        raise StorageError("this account belongs to another person")
    _change(database, "user_id", person_id, user_id)


def set_language(database: Database, person_id: PersonId, language: str | None) -> None:
    """A person's own choice of language, or None for the class's.

    Raises:
        StorageError: there is no such person.
    """
    _change(database, "language", person_id, language)


def set_quiet(database: Database, person_id: PersonId, quiet: QuietHours | None) -> None:
    """A person's own quiet hours, or None for the class's.

    Raises:
        StorageError: there is no such person.
    """
    _change(database, "quiet", person_id, str(quiet) if quiet else None)


def _change(database: Database, column: str, person_id: PersonId, value: str | None) -> None:
    with database.transaction():
        changed = database.execute(f"UPDATE person SET {column} = ? WHERE id = ?", (value, person_id)).rowcount
        if not changed:
            raise StorageError("there is no such person")


def _members(database: Database, condition: str, parameters: Sequence[str]) -> list[tuple[ClassId, Person]]:
    found = []
    for class_id, id_, name, role, user, language, family, household, limited, rights, quiet in database.execute(
        f"{_MEMBERS} WHERE {condition}", parameters
    ):
        person = Person(
            id=PersonId(id_),
            name=name,
            role=Role(role),
            user_id=UserId(user) if user else None,
            language=language,
            family_id=FamilyId(family) if family else None,
            household_id=HouseholdId(household) if household else None,
            limited=bool(limited),
            rights=read_rights(rights),
            quiet=QuietHours.of(quiet) if quiet else None,
        )
        found.append((ClassId(class_id), person))
    return found


_KNOWN_RIGHTS = frozenset(Right)


def read_rights(stored: str) -> frozenset[Right]:
    """The column `member.rights`; what another release wrote there and this one does not know gives nothing."""
    return frozenset(Right(word) for word in stored.split() if word in _KNOWN_RIGHTS) if stored else frozenset()


def set_rights(database: Database, class_id: ClassId, person_id: PersonId, rights: frozenset[Right]) -> None:
    """What a guardian may do for the committee of this class. It ends with the row: who leaves or goes on has none."""
    database.execute(
        "UPDATE member SET rights = ? WHERE class_id = ? AND person_id = ?", (" ".join(sorted(rights)), class_id, person_id)
    )
