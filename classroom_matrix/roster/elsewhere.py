"""Whether a family of this list is one that the school knows already. Runs in the database's thread; writes nothing.

A wrong "yes" would show one family's matters to another, so everything that is not plain is a question and two families.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ..domain.ids import ClassId, FamilyId, HouseholdId, PersonId
from ..domain.people import Role
from ..storage import archive, leavers, register
from ..storage.database import Database
from ..storage.register import FamilyMember
from .families import ListedFamily, ListedPupil
from .names import alike
from .question import Question


@dataclass(frozen=True, slots=True)
class Found:
    """Where a listed family was known.

    Args:
        family_id: None for one that is new to the school.
        moved: pupils who were in another class: row in the list → that class and the pupil there.
        sibling_in: the class of a brother or sister through whom the family was recognised.
        questions: what is not plain.
    """

    family_id: FamilyId | None = None
    moved: Mapping[int, tuple[ClassId, PersonId]] = field(default_factory=dict)
    sibling_in: ClassId | None = None
    questions: Sequence[Question] = ()


def find_family(
    database: Database,
    class_id: ClassId,
    listed: ListedFamily,
    keys: Mapping[int, str],
    adults: Mapping[str, PersonId],
    here: Collection[FamilyId] = (),
) -> Found:
    """Look for a listed family, none of whose pupils is known in this class.

    Args:
        keys: what the pupils are recognised by, by row in the list.
        adults: listed guardians who are known by name and phone: name as it is compared → person.
        here: the class's families before this import.
    """
    moved = {pupil.row: found for pupil in listed.pupils if (found := moved_from(database, class_id, keys[pupil.row]))}
    if moved:
        return _moved(database, listed, moved, adults)
    return _siblings(database, class_id, listed, adults, here)


def moved_from(database: Database, class_id: ClassId, key: str) -> tuple[ClassId, PersonId] | None:
    """The class where the same pupil is or was, and the pupil there; one whose year is not over comes first."""
    found = register.known_elsewhere(database, class_id, key)

    def distance(pair: tuple[ClassId, PersonId]) -> tuple[bool, bool]:
        return leavers.is_former(pair[0]), archive.is_archived(database, pair[0])

    return min(found, key=distance, default=None)


def _moved(
    database: Database,
    listed: ListedFamily,
    moved: Mapping[int, tuple[ClassId, PersonId]],
    adults: Mapping[str, PersonId],
) -> Found:
    row, (origin, _) = next(iter(moved.items()))
    families = {register.family_of_pupil(database, pupil_id) for _, pupil_id in moved.values()}
    family_id = next(iter(families))
    doubt = Found(questions=[Question(row, "roster-moved-unclear", {"class": leavers.plain(origin)})])
    if len(families) > 1 or family_id is None:
        return doubt
    members = _guardians(database, family_id)
    names = {alike(member.name) for member in members}
    listed_names = {alike(guardian.name) for guardian in listed.guardians}
    if all(_born(listed.pupils, row) for row in moved):
        same = not listed_names or not names or bool(listed_names & names)
    else:  # only the pupil's name speaks for it: namesakes are not rare
        same = bool(listed_names) and {member.person_id for member in members} == set(adults.values())
    return Found(family_id, moved) if same else doubt


def _born(pupils: Sequence[ListedPupil], row: int) -> bool:
    return any(pupil.born for pupil in pupils if pupil.row == row)


def _siblings(
    database: Database, class_id: ClassId, listed: ListedFamily, adults: Mapping[str, PersonId], here: Collection[FamilyId]
) -> Found:
    """The family of the same adults, all of them known, with the same limits and the same homes."""
    families: dict[FamilyId, ClassId] = {}
    for person_id in adults.values():
        for of_class, family_id in register.families_of_person(database, person_id):
            families.setdefault(family_id, leavers.plain(of_class))
    if not families:
        return Found()
    row = listed.pupils[0].row
    (family_id, known_in) = next(iter(families.items()))
    if len(families) > 1 or not _same_adults(_guardians(database, family_id), listed, adults):
        others = sorted({of_class for of_class in families.values() if of_class != class_id})
        if others:
            return Found(questions=[Question(row, "roster-sibling-unclear", {"class": others[0]})])
        if not families.keys() & set(here):
            return Found()  # two rows of this list: see `families.families_of`
        return Found(questions=[Question(row, "roster-sibling-here")])
    single = len(listed.guardians) == 1 and known_in != class_id
    questions = [Question(row, "roster-sibling-single", {"class": known_in})] if single else []
    return Found(family_id, sibling_in=known_in, questions=questions)


def _same_adults(members: Sequence[FamilyMember], listed: ListedFamily, adults: Mapping[str, PersonId]) -> bool:
    known = {member.person_id for member in members}
    recognised = set(adults.values())
    if not known <= recognised or (len(adults) < len(listed.guardians) and len(known) < 2):
        return False
    limited = {member.person_id for member in members if member.limited}
    homes: dict[HouseholdId | None, set[PersonId]] = {}
    for member in members:
        homes.setdefault(member.household_id, set()).add(member.person_id)
    listed_limited: set[PersonId] = set()
    listed_homes: list[set[PersonId]] = []
    for home in listed.households:
        people = {person_id for one in home if (person_id := adults.get(alike(one.name))) in known and person_id}
        listed_limited |= {person_id for one in home if one.limited and (person_id := adults.get(alike(one.name)))}
        if people:
            listed_homes.append(people)
    return limited == listed_limited & known and _sorted(homes.values()) == _sorted(listed_homes)


def _sorted(homes: Iterable[set[PersonId]]) -> list[list[PersonId]]:
    return sorted(sorted(home) for home in homes)


def _guardians(database: Database, family_id: FamilyId) -> list[FamilyMember]:
    """The family's guardians, each once; limited if any class has them so."""
    by_person: dict[PersonId, FamilyMember] = {}
    for member in register.members_of_family(database, family_id):
        if member.role is Role.GUARDIAN:
            before = by_person.get(member.person_id)
            by_person[member.person_id] = before if before and before.limited else member
    return list(by_person.values())
