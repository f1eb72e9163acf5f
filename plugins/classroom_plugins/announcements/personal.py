"""What announcements keep about a family: handed out, and forgotten."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from classroom_matrix.api import View
from classroom_matrix.domain.ids import PersonId
from classroom_matrix.domain.people import Family

from . import store
from .cards import called
from .domain import Announcement, Confirmation, local


def export(view: View, family: Family) -> Mapping[str, Any]:
    """Everything that the family has confirmed, what was taken back too, and what the teacher entered for it."""
    names = {person.id: person.name for person in [*family.guardians, *view.roster.staff]}
    rows = [_row(view, announcement, given, names) for announcement, given in store.of_family(view.klass.id, family.id)]
    return {view.text("announcements-export"): rows} if rows else {}


def erase(view: View, family: Family) -> None:
    """Forget the family; the counts are of families that are there."""
    store.forget(view.klass.id, family.id, [household.id for household in family.households])


def _row(view: View, announcement: Announcement, given: Confirmation, names: Mapping[PersonId, str]) -> dict[str, str]:
    how = view.text(f"announcements-via-{given.via}")
    said = {
        "announcement": called(view, announcement),
        "how": f"{how}: {given.how}" if given.how else how,
        "who": names.get(given.person, "—"),
        "when": local(given.at, view.klass.zone).strftime("%d.%m.%Y %H:%M"),
        "state": view.text("announcements-export-stands" if given.struck_at is None else "announcements-export-taken-back"),
    }
    return {view.text(f"announcements-export-{name}"): value for name, value in said.items()}
