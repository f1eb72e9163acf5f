"""All that the tables know of one family, in whatever classes, leavers included. In the database's thread."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from ..domain.ids import ClassId, FamilyId, HouseholdId, PersonId, RoomId, UserId
from ..domain.people import Family, Household, Person, Pupil, Reach, Role
from ..storage.database import Database
from ..storage.leavers import is_former, plain


@dataclass(frozen=True, slots=True)
class FiledPupil:
    """A pupil in one class; who went from class to class has one for each. `left`: not in it any more."""

    id: PersonId
    class_id: ClassId
    name: str
    surname: str
    number: int
    left: bool


@dataclass(frozen=True, slots=True)
class FiledPerson:
    """What somebody is to the family in one class. Pupils with an account have one, too (`role`)."""

    id: PersonId
    class_id: ClassId
    name: str
    user_id: UserId | None
    language: str | None
    role: Role
    household_id: HouseholdId | None
    limited: bool
    left: bool


@dataclass(frozen=True, slots=True)
class FamilyFile:
    """One family."""

    id: FamilyId
    reach: Reach
    pupils: tuple[FiledPupil, ...]
    people: tuple[FiledPerson, ...]
    households: tuple[HouseholdId, ...]

    @property
    def classes(self) -> tuple[ClassId, ...]:
        """Every class that it is or was in."""
        return tuple(dict.fromkeys([p.class_id for p in self.pupils] + [p.class_id for p in self.people]))

    @property
    def accounts(self) -> frozenset[UserId]:
        return frozenset(person.user_id for person in self.people if person.user_id)

    @property
    def label(self) -> str:
        return ", ".join(dict.fromkeys(pupil.name for pupil in self.pupils))

    def of_class(
        self, class_id: ClassId, *, pupils: Collection[PersonId] | None = None, household: HouseholdId | None = None
    ) -> Family:
        """The family as a class sees it, or saw it.

        Args:
            class_id: the class.
            pupils: only these.
            household: only this one.
        """
        children = tuple(
            Pupil(pupil.id, self.id, pupil.name, pupil.surname, pupil.number)
            for pupil in self.pupils
            if pupil.class_id == class_id and (pupils is None or pupil.id in pupils)
        )
        homes = []
        for household_id in self.households:
            adults = tuple(
                Person(p.id, p.name, p.role, p.user_id, p.language, self.id, household_id, p.limited)
                for p in self.people
                if p.class_id == class_id and p.household_id == household_id and p.role is Role.GUARDIAN
            )
            if adults and household in (None, household_id):
                homes.append(Household(household_id, self.id, adults))
        return Family(self.id, children, tuple(homes), self.reach)


def family_file(database: Database, family_id: FamilyId) -> FamilyFile:
    """Everything about the family."""
    row = database.execute("SELECT reach FROM family WHERE id = ?", (family_id,)).fetchone()
    pupils = database.execute(
        "SELECT id, class_id, name, surname, number FROM pupil WHERE family_id = ? ORDER BY class_id, number, rowid",
        (family_id,),
    )
    people = database.execute(
        "SELECT person.id, member.class_id, person.name, person.user_id, person.language, member.role, member.household_id,"
        " member.limited FROM member JOIN person ON person.id = member.person_id WHERE member.family_id = ? ORDER BY member.id",
        (family_id,),
    )
    households = database.execute("SELECT id FROM household WHERE family_id = ? ORDER BY rowid", (family_id,))
    return FamilyFile(
        family_id,
        Reach(row[0]) if row else Reach.APP,
        tuple(
            FiledPupil(PersonId(id_), plain(class_id), name, surname, number, is_former(class_id))
            for id_, class_id, name, surname, number in pupils
        ),
        tuple(
            FiledPerson(
                PersonId(id_),
                plain(class_id),
                name,
                UserId(user_id) if user_id else None,
                language,
                Role(role),
                HouseholdId(household) if household else None,
                bool(limited),
                is_former(class_id),
            )
            for id_, class_id, name, user_id, language, role, household, limited in people
        ),
        tuple(HouseholdId(row[0]) for row in households),
    )


@dataclass(frozen=True, slots=True)
class FiledRoom:
    """A room that the database knows; rooms that were replaced are rooms too."""

    room_id: RoomId
    class_id: ClassId | None
    role: str
    household_id: HouseholdId | None
    person_id: PersonId | None


def rooms_where(database: Database, condition: str, *values: str) -> list[FiledRoom]:
    """Rooms by a condition in SQL, oldest first."""
    rows = database.execute(
        f"SELECT room_id, class_id, role, household_id, person_id FROM room WHERE {condition} ORDER BY rowid",  # noqa: S608
        values,
    )
    return [FiledRoom(*row) for row in rows]
