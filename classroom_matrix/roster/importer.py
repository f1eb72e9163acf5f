"""A class list into the tables. Importing the same list again changes nothing; nobody is removed by an import."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ..domain.ids import ClassId, FamilyId, HouseholdId, PersonId
from ..domain.people import Person, Role, Roster
from ..errors import ConfigError
from ..storage import people, register
from ..storage.database import Database
from .families import ListedFamily, ListedGuardian, ListedPupil, families_of
from .names import folded
from .office_export import Question, read_export


@dataclass(slots=True)
class Outcome:
    """What an import did: how many came new, what else changed, and what somebody has to look at."""

    pupils: int = 0
    guardians: int = 0
    changes: int = 0
    questions: list[Question] = field(default_factory=list)

    @property
    def changed(self) -> bool:
        return bool(self.pupils or self.guardians or self.changes)


def read_roster(path: Path) -> tuple[list[ListedFamily], list[Question]]:
    """Read a class list from a file.

    Raises:
        ConfigError: the file cannot be read or is no class list.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ConfigError(str(path), f"the class list cannot be read ({error.strerror})") from error
    export = read_export(path.name, data)
    families, questions = families_of(export.rows)
    return families, sorted([*export.questions, *questions], key=lambda question: question.row)


def import_file(database: Database, class_id: ClassId, path: Path) -> Outcome:
    """Read and import a class list, all of it or nothing. Runs in the database's thread.

    Raises:
        ConfigError: the file cannot be read or is no class list.
    """
    families, questions = read_roster(path)
    outcome = import_families(database, class_id, families)
    outcome.questions = [*questions, *outcome.questions]
    return outcome


def import_families(database: Database, class_id: ClassId, families: Sequence[ListedFamily]) -> Outcome:
    """Write families down.

    Pupils are recognised by name and birth date, adults by name within the family, else by name and phone.
    Who is in the tables but not in the list stays, and is asked about: leaving is a decision of its own.
    """
    outcome = Outcome()
    with database.transaction():
        before = people.load_roster(database, class_id)
        seen: set[PersonId] = set()
        for family in families:
            _Import(database, class_id, before, outcome, seen).family(family)
        gone = [(pupil.number, "pupil") for family in before.families for pupil in family.pupils if pupil.id not in seen]
        gone += [
            (min(pupil.number for pupil in family.pupils), "guardian")
            for family in before.families
            for guardian in family.guardians
            if guardian.id not in seen and any(pupil.id in seen for pupil in family.pupils)
        ]
        outcome.questions += [
            Question(0, f"a {what} (number {number} in the earlier list) is not in this list any more; nothing was removed")
            for number, what in gone
        ]
    return outcome


class _Import:
    """One family on its way into the tables."""

    def __init__(self, database: Database, class_id: ClassId, before: Roster, outcome: Outcome, seen: set[PersonId]) -> None:
        self._database = database
        self._class_id = class_id
        self._before = before
        self._outcome = outcome
        self._seen = seen

    def family(self, listed: ListedFamily) -> None:
        pupils = [(pupil, self._known(pupil)) for pupil in listed.pupils]
        self._seen.update(pupil_id for _, pupil_id in pupils if pupil_id)
        known = {register.family_of_pupil(self._database, pupil_id) for _, pupil_id in pupils if pupil_id} - {None}
        if len(known) > 1:
            sentence = "these pupils were two families in the earlier list; the families were left as they are"
            self._outcome.questions.append(Question(listed.pupils[0].row, sentence))
            self._seen.update(guardian.id for family_id in known if family_id for guardian in self._guardians(family_id))
            return
        family_id = next(iter(known), None)
        if family_id is None:
            family_id = register.add_family(self._database, listed.reach)
        elif register.set_reach(self._database, family_id, listed.reach):
            self._outcome.changes += 1
        for pupil, pupil_id in pupils:
            self._pupil(family_id, pupil, pupil_id)
        self._households(family_id, listed)

    def _known(self, pupil: ListedPupil) -> PersonId | None:
        return register.known(self._database, self._class_id, self._pupil_key(pupil))

    def _pupil_key(self, pupil: ListedPupil) -> str:
        name = pupil.name
        parts = [folded(part) for part in (name.surname, name.given, name.patronymic, pupil.born)]
        return register.roster_key(self._database, "pupil", *parts)

    def _pupil(self, family_id: FamilyId, pupil: ListedPupil, pupil_id: PersonId | None) -> None:
        if pupil_id is not None:
            self._outcome.changes += register.set_number(self._database, pupil_id, pupil.number)
            return
        name = f"{pupil.name.given} {pupil.name.surname}"
        added = register.add_pupil(
            self._database, self._class_id, family_id, name=name, surname=pupil.name.surname, number=pupil.number
        )
        register.recognise(self._database, self._class_id, self._pupil_key(pupil), added)
        self._outcome.pupils += 1

    def _guardians(self, family_id: FamilyId) -> list[Person]:
        return [person for family in self._before.families if family.id == family_id for person in family.guardians]

    def _households(self, family_id: FamilyId, listed: ListedFamily) -> None:
        present = {folded(person.name): person for person in self._guardians(family_id)}
        taken: set[HouseholdId] = set()
        for home in listed.households:
            old = [present[folded(one.name)] for one in home if folded(one.name) in present]
            kept = (person.household_id for person in old if person.household_id and person.household_id not in taken)
            household_id = next(kept, None) or register.add_household(self._database, family_id)
            taken.add(household_id)
            for guardian in home:
                self._guardian(family_id, household_id, guardian, present.get(folded(guardian.name)))

    def _guardian(self, family_id: FamilyId, household_id: HouseholdId, listed: ListedGuardian, present: Person | None) -> None:
        person_id = present.id if present else self._recognised(listed)
        if person_id is None:
            person_id = register.add_person(self._database, listed.name, language=listed.language)
        if listed.phone:
            register.recognise(self._database, "", self._adult_key(listed), person_id)
        self._seen.add(person_id)
        changed = register.set_member(
            self._database,
            self._class_id,
            person_id,
            Role.GUARDIAN,
            family_id=family_id,
            household_id=household_id,
            limited=listed.limited,
        )
        if present is None:
            self._outcome.guardians += 1
        else:
            self._outcome.changes += changed

    def _recognised(self, listed: ListedGuardian) -> PersonId | None:
        """The same adult of another class; not one who is something else in this class already."""
        if not listed.phone:
            return None
        found = register.known(self._database, "", self._adult_key(listed))
        if found is None or self._is_member(found):
            return None
        return found

    def _is_member(self, person_id: PersonId) -> bool:
        return person_id in self._seen or any(person.id == person_id for person in self._before.people())

    def _adult_key(self, listed: ListedGuardian) -> str:
        return register.roster_key(self._database, "adult", folded(listed.name), listed.phone)
