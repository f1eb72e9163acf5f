"""What duties keep about a family: handed out, and forgotten."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from classroom_matrix.api import View
from classroom_matrix.domain.ids import HouseholdId
from classroom_matrix.domain.people import Family

from . import store
from .asking import store as asking_store
from .domain import OfferState, local, milliseconds
from .loads import year_of
from .naming import called


def export(view: View, family: Family) -> Mapping[str, Any]:
    """Places of all years, wishes, what was proposed and swapped, exemptions, and what is noted about the family.

    A family that is handed over with only one of its households gets nothing that is known to be another's.
    """
    own = frozenset(home.id for home in family.households)

    def is_own(household: HouseholdId | None) -> bool:
        return household is None or not own or household in own

    people = {person.id: person.name for person in family.guardians}
    zone = view.klass.zone

    def day(at: int) -> str:
        return local(at, zone).strftime("%d.%m.%Y %H:%M")

    def name(duty_id: int) -> str:
        duty = store.duty(view.klass.id, duty_id)
        return "—" if duty is None else called(view, duty)

    def word(key: str) -> str:
        return view.text(f"duties-export-{key}")

    history = store.history_of(view.klass.id, family.id)
    of_others = {hold.duty for hold in history if not is_own(hold.household)} - {
        hold.duty for hold in history if is_own(hold.household)
    }
    places = [
        {
            word("duty"): name(hold.duty),
            word("via"): word(f"via-{hold.via}"),
            word("by"): people.get(hold.person, "—") if hold.person else "—",
            word("at"): day(hold.at),
            word("status"): word("held") if hold.ended is None else word(f"ended-{hold.ended}"),
        }
        for hold in history
        if is_own(hold.household)
    ]
    offers = [
        {word("duty"): name(each.duty), word("status"): view.text(f"duties-state-{each.state}")}
        for each in asking_store.offers_to(family.id)
        if each.state is not OfferState.DRAFT and asking_store.proposal(view.klass.id, each.proposal) is not None
    ]
    swaps = [
        {word("gave"): name(each.gives), word("got"): name(each.gets), word("at"): day(each.at),
         word("status"): word(f"swap-{each.state}")}
        for each in asking_store.swaps_of(view.klass.id, family.id)
        if (is_own(each.asker_household) if each.asker == family.id else each.gets not in of_others)
    ]  # fmt: skip
    exemptions = [
        {word("since"): day(since), word("until"): day(until)}
        for _, since, until in asking_store.exemptions(view.klass.id, family.id)
    ]
    means = {
        need: word("yes") if has else word("no")
        for (of, need), has in asking_store.means(view.klass.id).items()
        if of == family.id
    }
    credit = asking_store.credits_of(view.klass.id, year_of(view)).get(family.id, 0)
    found: dict[str, Any] = {
        word("places"): places,
        word("wishes"): [name(wished) for wished, household in store.wishes_of(view.klass.id, family.id) if is_own(household)],
        word("offers"): offers,
        word("swaps"): swaps,
        word("exemptions"): exemptions,
        word("means"): means,
        word("credit"): credit,
    }
    return {key: value for key, value in found.items() if value}


def erase(view: View, family: Family) -> None:
    """Forget the family: places to come are free, what was done stays counted as somebody's."""
    store.forget_family(view.klass.id, family.id, [home.id for home in family.households], milliseconds(view.now))
    asking_store.forget_family(view.klass.id, family.id)
