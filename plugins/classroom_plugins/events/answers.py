"""Who comes. Nothing is counted up or down: how a family stands is found from everything that it did, by the homeserver's time.

The last act of a family counts, whoever of it did it and by whatever way; what was taken back is no act. Who only says "yes"
comes as many as were said before, else with all pupils of the family and one adult.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from classroom_matrix.domain.ids import FamilyId, PersonId

from .domain import Event, Unit
from .places import NOTHING, Allotment

MAX_ADULTS = 9


class Kind(StrEnum):
    YES = "yes"
    MAYBE = "maybe"
    NO = "no"


class Via(StrEnum):
    """How an answer was given."""

    REACTION = "reaction"
    DESK = "desk"
    PROXY = "proxy"  # entered by the teacher


@dataclass(frozen=True, slots=True)
class Party:
    """Who of a family comes."""

    adults: int
    pupils: tuple[PersonId, ...]

    def size(self, unit: Unit) -> int:
        """How many places it takes."""
        return len(self.pupils) if unit is Unit.PUPILS else self.adults + len(self.pupils)


@dataclass(frozen=True, slots=True)
class Answer:
    """One act. `source`: the event that it is; `person`: the guardian, or who entered it; `struck_at`: when it was redacted."""

    source: str
    family: FamilyId
    person: PersonId
    via: Via
    kind: Kind
    party: Party
    at: int
    struck_at: int | None = None

    @property
    def order(self) -> tuple[int, str]:
        return self.at, self.source

    @property
    def speaker(self) -> PersonId | None:
        """Who of the family has decided; by way of the teacher, nobody in particular."""
        return None if self.via is Via.PROXY else self.person

    def counts_until(self, ends_at: int | None) -> bool:
        if ends_at is None:
            return self.struck_at is None
        return self.at <= ends_at and (self.struck_at is None or self.struck_at > ends_at)


def standing(answers: Iterable[Answer], ends_at: int | None) -> Answer | None:
    """How a family stands, out of everything that it did; None if it has not answered."""
    return max((each for each in answers if each.counts_until(ends_at)), key=lambda each: each.order, default=None)


def standings(answers: Iterable[Answer], ends_at: int | None, families: Collection[FamilyId]) -> dict[FamilyId, Answer]:
    """How each of the families stands that have answered."""
    by_family: dict[FamilyId, list[Answer]] = {}
    for answer in answers:
        if answer.family in families:
            by_family.setdefault(answer.family, []).append(answer)
    found = {family: standing(own, ends_at) for family, own in by_family.items()}
    return {family: answer for family, answer in found.items() if answer is not None}


def last_party(answers: Iterable[Answer], people: Collection[PersonId]) -> Party | None:
    """As many as a household last said, even where it has taken that back. `people`: its own.

    What another household of the family said is not shown to it; what the teacher entered was told to both.
    """
    own = [each for each in answers if each.via is Via.PROXY or each.person in people]
    last = max((each for each in own if each.kind is not Kind.NO), key=lambda each: each.order, default=None)
    return last.party if last else None


def is_stale(event: Event, answer: Answer) -> bool:
    """Whether it was given to a plan that has changed since."""
    return event.asked_at is not None and answer.at < event.asked_at


def is_change_of_mind(before: Answer | None, after: Answer | None) -> bool:
    """Whether somebody else of the family now decides, and differently."""
    if before is None or after is None or before.speaker == after.speaker:
        return False
    return before.kind is not after.kind or (after.kind is Kind.YES and before.party != after.party)


def struck(answer: Answer, at: int) -> Answer:
    """The answer after its event was redacted at `at`; the earliest redaction counts."""
    return replace(answer, struck_at=at if answer.struck_at is None else min(answer.struck_at, at))


@dataclass(frozen=True, slots=True)
class Count:
    """What a card shows.

    Args:
        yes: families that come; `adults`, `pupils`: of them, as far as they have places.
        stale: families that answered to another plan.
        waiting: families with a place in the queue; `queued`: those of them that have no place at all.
    """

    yes: int = 0
    adults: int = 0
    pupils: int = 0
    maybe: int = 0
    no: int = 0
    stale: int = 0
    waiting: int = 0
    families: int = 0
    queued: int = 0

    @property
    def answered(self) -> int:
        return self.yes + self.queued + self.maybe + self.no


def count(event: Event, stands: Mapping[FamilyId, Answer], places: Mapping[FamilyId, Allotment], families: int) -> Count:
    """Count families; who waits for a place is not among those who come."""
    coming = [(each, places.get(each.family, NOTHING)) for each in stands.values() if each.kind is Kind.YES]
    seated = [_seated(each.party, place, event.plan.unit) for each, place in coming if place.has or not place.waits]
    return Count(
        yes=len(seated),
        adults=sum(adults for adults, _ in seated),
        pupils=sum(pupils for _, pupils in seated),
        maybe=sum(each.kind is Kind.MAYBE for each in stands.values()),
        no=sum(each.kind is Kind.NO for each in stands.values()),
        stale=sum(is_stale(event, each) for each in stands.values() if each.kind is not Kind.NO),
        waiting=sum(place.waits > 0 for place in places.values()),
        families=families,
        queued=len(coming) - len(seated),
    )


def _seated(party: Party, place: Allotment, unit: Unit) -> tuple[int, int]:
    """Adults and pupils of a party who have places; where some wait, that is first the adults."""
    pupils = len(party.pupils)
    if unit is Unit.PUPILS:
        return party.adults, max(0, pupils - place.waits)
    standing_back = min(place.waits, party.adults)
    return party.adults - standing_back, max(0, pupils - (place.waits - standing_back))


_VARIATION = "\N{VARIATION SELECTOR-16}\N{VARIATION SELECTOR-15}"
_TAPS = {
    Kind.YES: ("✅", "☑", "✔", "👍", "➕"),
    Kind.MAYBE: ("❔", "❓", "🤔", "🤷"),
    Kind.NO: ("❌", "✖", "👎", "🚫", "➖", "❎"),
}
BUTTONS = ("✅", "❔", "❌")


def tapped(key: str) -> Kind | None:
    """What a reaction says; a button may have words behind its mark ("✅ Да, приду")."""
    plain = key.strip().lstrip(_VARIATION)
    return next((kind for kind, marks in _TAPS.items() if plain.startswith(marks)), None)


def party_of(
    everybody: tuple[PersonId, ...],
    last: Party | None,
    *,
    adults: int | None = None,
    pupils: tuple[PersonId, ...] | None = None,
    total: int | None = None,
    more: int = 0,
) -> Party:
    """Who comes, where only some of it was said.

    Args:
        everybody: the family's pupils.
        last: who was to come before.
        adults, pupils: who comes.
        total: how many people altogether.
        more: adults beside those who were to come before.
    """
    known = tuple(pupil for pupil in last.pupils if pupil in everybody) if last else ()
    if pupils is None:
        pupils = known if last and total is None and (known or adults) else everybody
    if adults is None:
        before = last.adults if last else 1
        adults = before if total is None else max(0, total - len(pupils))
    return Party(min(adults + more, MAX_ADULTS), pupils)
