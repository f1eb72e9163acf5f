"""Who of a class gets an account in the demo. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from ..domain.people import Family, Person, Reach, Roster

GUARDIANS = 6


def cast_of(roster: Roster, guardians: int = GUARDIANS) -> list[Person]:
    """All staff, and some guardians who show what families can be like.

    First both guardians of one household (they can disagree in a poll), then a guardian of twins, then one who lives apart,
    then others in the list's order. Nobody with a court limit, nobody of a family without the app.
    """
    chosen: dict[str, Person] = {}
    for person in _in_order(roster):
        chosen.setdefault(person.id, person)
        if len(chosen) == guardians:
            break
    return [*roster.staff, *chosen.values()]


def _in_order(roster: Roster) -> Iterator[Person]:
    families = [family for family in roster.families if family.reach is Reach.APP and _free(family)]
    yield from next((_free(family) for family in families if len(_free(family)) == 2 and len(family.households) == 1), ())
    yield from next((_free(family)[:1] for family in families if len(family.pupils) > 1), ())
    yield from next((_free(family)[:1] for family in families if len(family.households) > 1 and len(_free(family)) > 1), ())
    for family in families:
        yield _free(family)[0]


def _free(family: Family) -> list[Person]:
    return [guardian for guardian in family.guardians if not guardian.limited]
