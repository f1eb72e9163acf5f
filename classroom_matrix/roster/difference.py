"""What an import changes, in plain words: the class before and after it, compared. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from ..domain.ids import PersonId
from ..domain.people import Family, Person, PhotoUse, Pupil, Reach, Roster
from .family_import import Outcome
from .question import Question, texts


class Kind(StrEnum):
    """In the order in which they are shown."""

    NEW = "new"
    MOVED = "moved"
    CHANGED = "changed"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Entry:
    """One change. `row`: in the list, 0 for none; `who`: a name, or empty; `key`, `values`: of the text."""

    kind: Kind
    row: int
    who: str
    key: str
    values: Mapping[str, object] = field(default_factory=dict)

    def said(self, language: str) -> str:
        return texts().text(self.key, language, **{name: _said(value, language) for name, value in self.values.items()})


@dataclass(frozen=True, slots=True)
class Word:
    """A value that is a text of its own."""

    key: str


def _said(value: object, language: str) -> object:
    match value:
        case Word():
            return texts().text(value.key, language)
        case tuple():
            return tuple(_said(part, language) for part in value)
    return value


@dataclass(frozen=True, slots=True)
class State:
    """A class at one moment. `consents`: what was said about pictures of each pupil."""

    roster: Roster
    consents: Mapping[PersonId, Mapping[PhotoUse, bool]]


@dataclass(frozen=True, slots=True)
class Difference:
    """What an import does, and what somebody should see first.

    `changed`: whether anything is written; `pupils`: how many the class has afterwards.
    """

    entries: Sequence[Entry]
    questions: Sequence[Question]
    changed: bool
    pupils: int

    def of(self, kind: Kind) -> list[Entry]:
        return [entry for entry in self.entries if entry.kind is kind]


def compare(before: State, after: State, outcome: Outcome, questions: Sequence[Question]) -> Difference:
    """Say what became of whom.

    Args:
        before, after: the class around the import.
        outcome: what the import itself knows.
        questions: what was unclear when the list was read; the import's own stand in `outcome`.
    """
    entries = list(_Comparison(before, after, outcome).entries())
    order = {kind: place for place, kind in enumerate(Kind)}
    entries.sort(key=lambda entry: (order[entry.kind], entry.row))
    seen = sorted([*questions, *outcome.questions], key=lambda question: question.row)
    pupils = sum(len(family.pupils) for family in after.roster.families)
    return Difference(entries, seen, outcome.changed, pupils)


class _Comparison:
    def __init__(self, before: State, after: State, outcome: Outcome) -> None:
        self._before, self._after, self._outcome = before, after, outcome
        self._old_pupils = {pupil.id: pupil for family in before.roster.families for pupil in family.pupils}
        self._old_people = {person.id: person for person in before.roster.people()}
        self._old_families = {family.id: family for family in before.roster.families}

    def entries(self) -> Iterator[Entry]:
        renumbered = 0
        for family in self._after.roster.families:
            for pupil in family.pupils:
                yield from self._pupil(pupil, family)
                old = self._old_pupils.get(pupil.id)
                renumbered += old is not None and old.number != pupil.number
            yield from self._family(family)
        for person in self._adults(self._after.roster):
            yield from self._adult(person)
            if person.id in self._outcome.limits:
                yield self._elsewhere(person)
        if renumbered:
            yield Entry(Kind.CHANGED, 0, "", "roster-diff-numbers", {"count": renumbered})
        yield from self._left()

    def _row(self, id_: PersonId) -> int:
        return self._outcome.rows.get(id_, 0)

    def _pupil(self, pupil: Pupil, family: Family) -> Iterator[Entry]:
        row = self._row(pupil.id)
        if pupil.id not in self._old_pupils:
            adults = {"adults": tuple(person.name for person in family.guardians)}
            key = "roster-diff-pupil" if family.guardians else "roster-diff-pupil-alone"
            if pupil.id in self._outcome.back:
                yield Entry(Kind.NEW, row, pupil.name, "roster-diff-back")
            if pupil.id in self._outcome.moved:
                yield Entry(Kind.MOVED, row, pupil.name, "roster-diff-moved", {"class": self._outcome.moved[pupil.id]})
            else:
                yield Entry(Kind.NEW, row, pupil.name, key, adults if family.guardians else {})
        said = self._after.consents.get(pupil.id, {})
        known = self._before.consents.get(pupil.id, {})
        new = pupil.id not in self._old_pupils
        for given in (True, False):
            uses = [use for use in PhotoUse if said.get(use) is given and known.get(use) is not given]
            answer = "yes" if given else "no"
            if len(uses) == len(PhotoUse):
                yield Entry(Kind.NEW if new else Kind.CHANGED, row, pupil.name, f"roster-diff-photos-{answer}-all")
            elif uses:
                words = tuple(Word(f"roster-use-{use}") for use in uses)
                yield Entry(Kind.NEW if new else Kind.CHANGED, row, pupil.name, f"roster-diff-photos-{answer}", {"uses": words})

    def _family(self, family: Family) -> Iterator[Entry]:
        row = self._row(family.pupils[0].id)
        old = self._old_families.get(family.id)
        kind = Kind.CHANGED if old else Kind.NEW
        if family.id in self._outcome.siblings:
            values = {"class": self._outcome.siblings[family.id]}
            yield Entry(kind, row, family.label, "roster-diff-sibling", values)
        if family.reach is not (old.reach if old else Reach.APP):
            yield Entry(kind, row, family.label, f"roster-diff-reach-{family.reach}")
        if old is None and len(family.households) > 1:
            yield Entry(kind, row, family.label, "roster-diff-apart", {"count": len(family.households)})
        if old is not None and _homes(old, family) != _homes(family, old):
            yield Entry(Kind.CHANGED, row, family.label, "roster-diff-homes", {"count": len(family.households)})

    def _adults(self, roster: Roster) -> Iterator[Person]:
        for family in roster.families:
            yield from family.guardians
        yield from roster.relatives

    def _adult(self, person: Person) -> Iterator[Entry]:
        row = self._row(person.id)
        old = self._old_people.get(person.id)
        if old is None:
            if person.id in self._outcome.back:
                yield Entry(Kind.NEW, row, person.name, "roster-diff-back")
            is_known = person.family_id in self._old_families
            if person.household_id is None:
                yield Entry(Kind.NEW, row, person.name, "roster-diff-relative", self._of(person))
            elif is_known:
                yield Entry(Kind.NEW, row, person.name, "roster-diff-guardian", self._of(person))
            if person.limited:
                yield Entry(Kind.NEW, row, person.name, "roster-diff-limited", self._of(person))
            return
        if person.limited is not old.limited:
            key = "roster-diff-limited" if person.limited else "roster-diff-limit-lifted"
            yield Entry(Kind.CHANGED, row, person.name, key, self._of(person))
        if person.role is not old.role:
            yield Entry(Kind.CHANGED, row, person.name, f"roster-diff-now-{person.role}", self._of(person))

    def _elsewhere(self, person: Person) -> Entry:
        """What the list says of somebody's court limit, and what is so in other classes, too."""
        key = "roster-diff-limited-there" if person.limited else "roster-diff-limit-lifted-there"
        return Entry(Kind.CHANGED, self._row(person.id), person.name, key, {"classes": self._outcome.limits[person.id]})

    def _of(self, person: Person) -> dict[str, object]:
        family = next((one for one in self._after.roster.families if one.id == person.family_id), None)
        return {"family": family.label if family else ""}

    def _left(self) -> Iterator[Entry]:
        for id_ in self._outcome.left:
            if id_ in self._old_pupils:
                pupil = self._old_pupils[id_]
                yield Entry(Kind.LEFT, 0, pupil.name, "roster-diff-left-pupil", {"number": str(pupil.number)})
            elif id_ in self._old_people:
                yield Entry(Kind.LEFT, 0, self._old_people[id_].name, "roster-diff-left-adult", self._of(self._old_people[id_]))


def _homes(family: Family, other: Family) -> list[list[PersonId]]:
    """Who lives together, as far as both know the people."""
    shared = {person.id for person in other.guardians}
    homes = [sorted(person.id for person in home.guardians if person.id in shared) for home in family.households]
    return sorted(home for home in homes if home)
