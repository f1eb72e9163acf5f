"""What is kept of a family's absences: handed out, and forgotten."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from classroom_matrix.api import View
from classroom_matrix.domain.people import Family

from . import store
from .domain import Kind, Statement, local


def export(view: View, family: Family) -> Mapping[str, Any]:
    """Every statement about the family's pupils, those that were taken back too."""
    names = {person.id: person.name for person in [*family.guardians, *view.roster.staff]}
    pupils = {pupil.id: pupil.name for pupil in family.pupils}
    rows = [
        _row(view, said, pupils.get(said.pupil, "—"), names.get(said.by, "—"))
        for said in store.of_family(view.klass.id, family.id)
    ]
    return {view.text("absence-export-rows"): rows} if rows else {}


def _row(view: View, said: Statement, pupil: str, by: str) -> dict[str, str]:
    kind = view.text(f"absence-export-{said.kind}")
    shown = {
        "pupil": pupil,
        "what": kind if said.kind is Kind.BACK else f"{kind}, {view.text(f'absence-reason-{said.reason}')}",
        "first": said.first.strftime("%d.%m.%Y"),
        "last": said.last.strftime("%d.%m.%Y"),
        "by": by,
        "at": local(said.at, view.klass.zone).strftime("%d.%m.%Y %H:%M"),
        "status": view.text("absence-export-struck" if said.struck else "absence-export-holds"),
    }
    return {view.text(f"absence-export-{name}"): value for name, value in shown.items()}


def erase(view: View, family: Family) -> None:
    store.forget_family(view.klass.id, family.id)
