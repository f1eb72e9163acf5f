"""One family of a list on its way into the tables. Runs in the database's thread, within the import's transaction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ..domain.ids import ClassId, FamilyId, HouseholdId, PersonId
from ..domain.people import Person, Reach, Role, Roster
from ..storage import consents, leavers, register
from ..storage.database import Database
from ..storage.register import FamilyMember
from .adults import Relation
from .elsewhere import Found, find_family, moved_from
from .families import ListedAdult, ListedFamily, ListedPupil
from .homes import as_on_record
from .limits import Limits
from .names import alike, folded
from .question import About, Question


@dataclass(slots=True)
class Outcome:
    """What an import did: how many came new, what else changed, and what somebody has to look at.

    Args:
        moved: pupils who are in another class, too, and that class.
        siblings: families that were recognised through another class, and that class.
        left: people and pupils of the tables who are not in the list; they stay.
        back: people and pupils who had left, and whom the list names all the same.
        rows: where people and pupils stand in the list.
        limits: adults whose court limit began or ended in other classes, too, and those classes.
    """

    pupils: int = 0
    guardians: int = 0
    relatives: int = 0
    changes: int = 0
    questions: list[Question] = field(default_factory=list)
    moved: dict[PersonId, ClassId] = field(default_factory=dict)
    siblings: dict[FamilyId, ClassId] = field(default_factory=dict)
    left: list[PersonId] = field(default_factory=list)
    back: set[PersonId] = field(default_factory=set)
    rows: dict[PersonId, int] = field(default_factory=dict)
    limits: dict[PersonId, tuple[ClassId, ...]] = field(default_factory=dict)

    @property
    def changed(self) -> bool:
        return bool(self.pupils or self.guardians or self.relatives or self.changes)


class FamilyImport:
    """Writes families down, one after the other.

    Attributes:
        seen: whom the list has named so far.
    """

    def __init__(
        self, database: Database, class_id: ClassId, before: Roster, families: Sequence[ListedFamily], now: float
    ) -> None:
        self.outcome = Outcome()
        self.seen: set[PersonId] = set()
        self._database = database
        self._class_id = class_id
        self._before = before
        self._now = now
        self._keys = {pupil.row: self._pupil_key(pupil) for family in families for pupil in family.pupils}
        self._recognised = {
            row: found for row, key in self._keys.items() if (found := register.known(database, class_id, key)) is not None
        }
        self._limits = Limits(database, class_id, frozenset(self._recognised.values()), self._known_by_phone, now)

    def family(self, listed: ListedFamily) -> None:
        listed = replace(listed, pupils=tuple(self._once(listed.pupils)))
        if not listed.pupils:
            return
        pupils = {pupil.row: self._recognised.get(pupil.row) or self._renamed(listed, pupil) for pupil in listed.pupils}
        known = {register.family_of_pupil(self._database, pupil_id) for pupil_id in pupils.values() if pupil_id} - {None}
        if len(known) > 1:
            self.outcome.questions.append(Question(listed.pupils[0].row, "roster-were-two-families"))
            self.seen.update(pupil_id for pupil_id in pupils.values() if pupil_id)
            self.seen.update(person.id for person in self._before.people() if person.family_id in known)
            return
        listed, kept = as_on_record(self._database, self._class_id, listed, self._people(next(iter(known), None), listed))
        found = Found(next(iter(known), None)) if known else self._find(listed)
        self.outcome.questions += found.questions
        family_id = found.family_id
        if family_id is not None and not kept:  # a pupil who has moved: known by now
            listed, kept = as_on_record(self._database, self._class_id, listed, self._people(family_id, listed))
        if kept:
            self.outcome.questions.append(Question(listed.pupils[0].row, "roster-lives-kept"))
        if family_id is None:
            family_id = register.add_family(self._database, listed.reach)
        else:
            self._reach(family_id, listed.reach)
            if found.sibling_in is not None and found.sibling_in != self._class_id:
                self.outcome.siblings[family_id] = found.sibling_in
        for pupil in listed.pupils:
            self._pupil(family_id, pupil, pupils[pupil.row], found)
        self._adults(family_id, listed)

    # ── Pupils ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def _pupil_key(self, pupil: ListedPupil) -> str:
        name = pupil.name
        parts = [alike(part) for part in (name.surname, name.given, name.patronymic)]
        return register.roster_key(self._database, "pupil", *parts, folded(pupil.born))

    def _once(self, pupils: Sequence[ListedPupil]) -> Iterator[ListedPupil]:
        """Pupils who stand in the list a second time, with what an earlier list said of them, are left out."""
        for pupil in pupils:
            known = self._recognised.get(pupil.row)
            first = next((row for row, pupil_id in self._recognised.items() if pupil_id == known), pupil.row)
            if first != pupil.row:
                self.outcome.questions.append(Question(pupil.row, "roster-pupil-twice", {"other": str(first)}))
            else:
                yield pupil

    def _renamed(self, listed: ListedFamily, pupil: ListedPupil) -> PersonId | None:
        """The same child with a corrected birth date or patronymic: same name, an adult in common, and not listed otherwise."""
        name = alike(f"{pupil.name.given} {pupil.name.surname}")
        adults = {alike(guardian.name) for guardian in listed.guardians}
        taken = {*self._recognised.values(), *self.seen}
        same = [
            known.id
            for family in self._before.families
            if adults & {alike(guardian.name) for guardian in family.guardians}
            for known in family.pupils
            if alike(known.name) == name and known.id not in taken
        ]
        if len(same) != 1:
            return None
        register.recognise(self._database, self._class_id, self._keys[pupil.row], same[0])
        self.outcome.questions.append(Question(pupil.row, "roster-pupil-corrected", about=About.LIST))
        return same[0]

    def _find(self, listed: ListedFamily) -> Found:
        adults = {alike(one.name): person_id for one in listed.guardians if (person_id := self._known_by_phone(one))}
        here = frozenset(family.id for family in self._before.families)
        return find_family(self._database, self._class_id, listed, self._keys, adults, here)

    def _reach(self, family_id: FamilyId, listed: Reach) -> None:
        """What the list of another class says of the same family is not undone by a list that says nothing."""
        classes = register.classes_of_family(self._database, family_id)
        if listed is not Reach.APP or not any(one != self._class_id and not leavers.is_former(one) for one in classes):
            self.outcome.changes += register.set_reach(self._database, family_id, listed)

    def _pupil(self, family_id: FamilyId, pupil: ListedPupil, pupil_id: PersonId | None, found: Found) -> None:
        is_new = pupil_id is None
        if pupil_id is not None:
            if leavers.take_back(self._database, self._class_id, pupil_id) is not None:
                self.outcome.pupils += 1
                self.outcome.back.add(pupil_id)
            self.outcome.changes += register.set_number(self._database, pupil_id, pupil.number)
        else:
            name = f"{pupil.name.given} {pupil.name.surname}"
            pupil_id = register.add_pupil(
                self._database, self._class_id, family_id, name=name, surname=pupil.name.surname, number=pupil.number
            )
            register.recognise(self._database, self._class_id, self._keys[pupil.row], pupil_id)
            self.outcome.pupils += 1
            self._origin(family_id, pupil, pupil_id, found)
        self.seen.add(pupil_id)
        if pupil.born:
            register.recognise_birth(self._database, pupil_id, folded(pupil.born))
        self.outcome.rows[pupil_id] = pupil.row
        changes = consents.list_says(self._database, pupil_id, pupil.photos, self._now)
        self.outcome.changes += 0 if is_new else changes

    def _origin(self, family_id: FamilyId, pupil: ListedPupil, pupil_id: PersonId, found: Found) -> None:
        """Where a pupil who is new here comes from: what was said about pictures there holds here, too."""
        origin = found.moved.get(pupil.row) or moved_from(self._database, self._class_id, self._keys[pupil.row])
        if origin is None or register.family_of_pupil(self._database, origin[1]) != family_id:
            return
        consents.copy(self._database, origin[1], pupil_id)
        if leavers.is_former(origin[0]):
            self.outcome.back.add(pupil_id)
        else:
            self.outcome.moved[pupil_id] = origin[0]

    # ── Adults ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def _adults(self, family_id: FamilyId, listed: ListedFamily) -> None:
        here = {alike(person.name): person for person in self._before.people() if person.family_id == family_id}
        there: dict[str, FamilyMember] = {}
        for member in register.members_of_family(self._database, family_id):
            if member.class_id != self._class_id or alike(member.name) not in here:  # who has just come back is not in `here`
                there[alike(member.name)] = member
        taken: set[HouseholdId] = set()
        for home in listed.households:
            names = [alike(one.name) for one in home]
            known = [here[name].household_id for name in names if name in here]
            known += [there[name].household_id for name in names if name in there]
            household_id = next((one for one in known if one and one not in taken), None)
            if household_id is None:
                household_id = register.add_household(self._database, family_id)
            taken.add(household_id)
            for guardian in home:
                self._adult(listed, family_id, household_id, guardian, here, there)
        for relative in listed.relatives:
            self._adult(listed, family_id, None, relative, here, there)

    def _adult(
        self,
        family: ListedFamily,
        family_id: FamilyId,
        household_id: HouseholdId | None,
        listed: ListedAdult,
        here: Mapping[str, Person],
        there: Mapping[str, FamilyMember],
    ) -> None:
        row = family.pupils[0].row
        name = alike(listed.name)
        present, other = here.get(name), there.get(name)
        is_relative = listed.relation is Relation.RELATIVE
        person_id = present.id if present else self._free(other.person_id if other else self._known_by_phone(listed))
        if person_id is None:
            if is_relative and (known := self._known_by_phone(listed)) and not listed.limited:
                self.seen.add(known)  # is in the class's rooms already
                self.outcome.questions.append(Question(row, "roster-relative-known", about=About.LIST))
                return
            person_id = register.add_person(self._database, listed.name, language=listed.language)
        if listed.phone:
            register.recognise(self._database, "", self._adult_key(listed), person_id)
        self.seen.add(person_id)
        if other is not None and present is None and leavers.is_former(other.class_id):
            self.outcome.back.add(person_id)
        self.outcome.rows.setdefault(person_id, row)
        verdict = self._limits.verdict(
            family, family_id, listed, person_id, held_before=present is not None and present.limited
        )
        self.outcome.questions += verdict.questions
        if verdict.elsewhere:
            self.outcome.limits[person_id] = tuple(verdict.elsewhere)
        changed = register.set_member(
            self._database,
            self._class_id,
            person_id,
            Role.RELATIVE if is_relative else Role.GUARDIAN,
            family_id=family_id,
            household_id=household_id,
            limited=verdict.limited,
        )
        if present is not None:
            self.outcome.changes += changed or bool(verdict.elsewhere)
        elif is_relative:
            self.outcome.relatives += 1
        else:
            self.outcome.guardians += 1

    def _people(self, family_id: FamilyId | None, listed: ListedFamily) -> Mapping[str, PersonId]:
        """Whom of the listed guardians the tables have: in the family, else by name and phone."""
        found = {alike(one.name): person_id for one in listed.guardians if (person_id := self._known_by_phone(one))}
        if family_id is not None:
            found |= {alike(member.name): member.person_id for member in register.members_of_family(self._database, family_id)}
        return found

    def _free(self, person_id: PersonId | None) -> PersonId | None:
        """Not somebody who is something else in this class already."""
        taken = person_id is None or person_id in self.seen or any(one.id == person_id for one in self._before.people())
        return None if taken else person_id

    def _known_by_phone(self, listed: ListedAdult) -> PersonId | None:
        return register.known(self._database, "", self._adult_key(listed)) if listed.phone else None

    def _adult_key(self, listed: ListedAdult) -> str:
        return register.roster_key(self._database, "adult", alike(listed.name), listed.phone)
