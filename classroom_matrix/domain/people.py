"""People of one class: who they are to it, and the units that are counted.

Votes, quorum and duties count per family, never per account. Separated parents are one family and two households.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from .ids import ClassId, FamilyId, HouseholdId, PersonId, UserId
from .surnames import first_words, is_form_of
from .time import QuietHours

_ORDINARY = 3  # letters of words that are surnames and much else


class Role(StrEnum):
    """What a person is to one class."""

    TEACHER = "teacher"
    SUBSTITUTE = "substitute"
    SPECIALIST = "specialist"
    GUARDIAN = "guardian"
    RELATIVE = "relative"
    PUPIL = "pupil"

    def may(self, needs: Role) -> bool:
        """Whether this role carries the rights of `needs` (a substitute acts as a teacher, a teacher as anyone)."""
        return needs is self or self in _ALSO.get(needs, frozenset())

    @property
    def is_staff(self) -> bool:
        return self in STAFF


STAFF = frozenset({Role.TEACHER, Role.SUBSTITUTE, Role.SPECIALIST})
_ALSO: dict[Role, frozenset[Role]] = {
    Role.TEACHER: frozenset({Role.SUBSTITUTE}),
    Role.SUBSTITUTE: frozenset({Role.TEACHER}),
    Role.SPECIALIST: frozenset({Role.TEACHER, Role.SUBSTITUTE}),
    Role.GUARDIAN: frozenset({Role.TEACHER, Role.SUBSTITUTE}),
    Role.RELATIVE: frozenset({Role.TEACHER, Role.SUBSTITUTE, Role.GUARDIAN}),
}


class Right(StrEnum):
    """What a teacher may let a guardian of the committee do."""

    EVENTS = "events"
    LEDGER = "ledger"


class Reach(StrEnum):
    """How a family is reached; all but APP act through the teacher's proxy entries."""

    APP = "app"
    PHONE = "phone"
    PAPER = "paper"


class PhotoUse(StrEnum):
    """What a pupil's picture may be used for. Each needs a consent of its own; without one the answer is no."""

    ALBUM = "album"
    DOWNLOAD = "download"
    PUBLICATION = "publication"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class Person:
    """An adult (or pupil with an account) in one class.

    `limited`: a court limit is on record; the person gets nothing about the pupil and no room of the class.
    `language`, `quiet`: their own choice, or None for the class's.
    """

    id: PersonId
    name: str
    role: Role
    user_id: UserId | None = None
    language: str | None = None
    family_id: FamilyId | None = None
    household_id: HouseholdId | None = None
    limited: bool = False
    quiet: QuietHours | None = None
    rights: frozenset[Right] = frozenset()


@dataclass(frozen=True, slots=True)
class Pupil:
    """A child of the class. `name` is the form the class uses: given name, then surname ("Ксения Калинина")."""

    id: PersonId
    family_id: FamilyId
    name: str
    surname: str
    number: int  # the line in the office's list


@dataclass(frozen=True, slots=True)
class Household:
    """Who lives together; owns one desk."""

    id: HouseholdId
    family_id: FamilyId
    guardians: tuple[Person, ...]

    @property
    def reachable(self) -> tuple[Person, ...]:
        """Its guardians who have an account and no court limit: who read the desk."""
        return tuple(person for person in self.guardians if person.user_id and not person.limited)


@dataclass(frozen=True, slots=True)
class Family:
    """The unit that votes, confirms, volunteers and is counted."""

    id: FamilyId
    pupils: tuple[Pupil, ...]
    households: tuple[Household, ...]
    reach: Reach = Reach.APP

    @property
    def guardians(self) -> tuple[Person, ...]:
        return tuple(person for household in self.households for person in household.guardians)

    @property
    def is_in_app(self) -> bool:
        """Whether anybody of the family can be written to: the app may be agreed on and nobody have an account yet."""
        return self.reach is Reach.APP and any(household.reachable for household in self.households)

    @property
    def label(self) -> str:
        """How staff see the family: its pupils, "Семён и Таисия Беляевы" being beyond us: "Семён Беляев, Таисия Беляева"."""
        return ", ".join(pupil.name for pupil in self.pupils)

    def home_label(self, household: Household) -> str:
        """What tells this household from the family's others: its adults' given names, in full where those are the same.

        Empty for the only household.
        """
        if len(self.households) < 2:
            return ""

        def given(home: Household) -> str:
            return ", ".join(person.name.split()[0] for person in home.guardians if person.name.strip())

        if [given(home) for home in self.households].count(given(household)) > 1:
            return ", ".join(person.name for person in household.guardians)
        return given(household)


@dataclass(frozen=True, slots=True)
class Roster:
    """Everybody of one class. `pupil_people`: pupils with accounts of their own; the ID is the pupil's."""

    class_id: ClassId
    families: tuple[Family, ...]
    staff: tuple[Person, ...]
    relatives: tuple[Person, ...] = ()
    pupil_people: tuple[Person, ...] = ()

    def family(self, family_id: FamilyId | None) -> Family | None:
        return next((family for family in self.families if family.id == family_id), None)

    def household(self, household_id: HouseholdId | None) -> Household | None:
        return next((home for family in self.families for home in family.households if home.id == household_id), None)

    def pupil(self, pupil_id: PersonId) -> Pupil | None:
        return next((pupil for family in self.families for pupil in family.pupils if pupil.id == pupil_id), None)

    def is_surname(self, word: str) -> bool:
        """Whether a word is a pupil's surname, in any case, number and letters."""
        return any(is_form_of(word, pupil.surname) for family in self.families for pupil in family.pupils)

    def family_first(self, text: str, *, within: int = 1) -> str | None:
        """The surname that a text begins with, as it stands there, within its first words: what follows is hardly for all
        families. Ordinary words that a surname of three letters or fewer may be ("ли") have to begin with a capital.
        """
        words = first_words(text, within)
        return next((word for word in words if (len(word) > _ORDINARY or word[:1].isupper()) and self.is_surname(word)), None)

    def people(self) -> Iterator[Person]:
        """Staff, then guardians, relatives, pupils with accounts."""
        yield from self.staff
        for family in self.families:
            yield from family.guardians
        yield from self.relatives
        yield from self.pupil_people

    def entitled(self) -> Iterator[Person]:
        """Who belongs into the class's rooms: everybody without a court limit."""
        return (person for person in self.people() if not person.limited)
