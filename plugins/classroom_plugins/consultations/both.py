"""What slots and written consultations say together: agendas, exports, erasure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from classroom_matrix.api import View
from classroom_matrix.domain.content import Line
from classroom_matrix.domain.people import Family, Household

from . import agenda, personal, written


def open_for(view: View, household: Household) -> Sequence[Line]:
    return [*agenda.open_for(view, household), *written.agenda(view, household)]


def coming(view: View, household: Household, day: date) -> Sequence[Line]:
    return [*agenda.coming(view, household, day), *written.coming(view, household, day)]


def export(view: View, family: Family) -> Mapping[str, Any]:
    """Of a family with several households one part for each, below a heading: each is handed its own."""
    if len(family.households) < 2:
        return {**personal.export(view, family), **written.export(view, family)}
    found: dict[str, Any] = {}
    for household in family.households:
        own = replace(family, households=(household,))
        kept = {**personal.export(view, own), **written.export(view, own)}
        if kept:
            found[family.home_label(household)] = kept
    return found


def erase(view: View, family: Family) -> None:
    personal.erase(view, family)
    written.erase(view, family)
