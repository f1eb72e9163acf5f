"""What is kept of a family: when its questions were asked and how they ended; handed out, and forgotten."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from classroom_matrix.api import View
from classroom_matrix.domain.ids import PersonId
from classroom_matrix.domain.people import Family

from . import store
from .domain import Consultation
from .lookup import local, of_household


def export(view: View, family: Family) -> Mapping[str, Any]:
    """Dates and states of the households that `family` has here: what one parent is given says nothing of the other's desk."""
    names = {person.id: person.name for person in family.guardians}
    found = [one for household in family.households for one in of_household(view, household.id)]
    rows = [_row(view, one, names) for one in sorted(found, key=lambda each: each.began.order)]
    return {view.text("consultations-written-export"): rows} if rows else {}


def _row(view: View, one: Consultation, names: Mapping[PersonId, str]) -> dict[str, str]:
    said = {
        "asked": local(view, one.began.at).strftime("%d.%m.%Y %H:%M"),
        "by": names.get(one.began.person, "—"),
        "state": view.text(f"consultations-written-state-{one.state}"),
        "closed": "—" if one.closed_at is None else local(view, one.closed_at).strftime("%d.%m.%Y %H:%M"),
    }
    return {view.text(f"consultations-written-export-{name}"): value for name, value in said.items()}


def erase(view: View, family: Family) -> None:
    store.forget(view.klass.id, [household.id for household in family.households])
