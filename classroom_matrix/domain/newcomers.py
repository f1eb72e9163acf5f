"""Who is to be let into a class, in the order of the office's list. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from .ids import PersonId
from .people import Family, Person, Pupil, Reach, Roster


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who belongs into the class's rooms, in or not. `pupils`: whose people they belong to; none for staff."""

    person: Person
    pupils: tuple[Pupil, ...]


def newcomers(roster: Roster, only: Collection[PersonId] | None = None) -> list[Newcomer]:
    """Everybody who may get a slip, each once: by the pupils' order in the list, staff last.

    Not people under a court limit, and not families who chose to be without the app, unless they are asked for.

    Args:
        roster: the class.
        only: these people; None for all.
    """
    found: list[Newcomer] = []
    for family in sorted(roster.families, key=_first_number):
        if only is not None or family.reach is Reach.APP:
            found += [Newcomer(person, family.pupils) for person in people_of(roster, family)]
    found += [Newcomer(person, ()) for person in roster.staff if not person.limited]
    by_id = {one.person.id: one for one in reversed(found) if only is None or one.person.id in only}
    return list(by_id.values())[::-1]


def people_of(roster: Roster, family: Family) -> list[Person]:
    """The family's guardians, relatives and pupils with accounts, without those under a court limit."""
    others = [person for person in (*roster.relatives, *roster.pupil_people) if person.family_id == family.id]
    return [person for person in (*family.guardians, *others) if not person.limited]


def _first_number(family: Family) -> int:
    return min((pupil.number for pupil in family.pupils), default=0)
