"""What slots and written consultations say together: agendas, exports, erasure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    return {**personal.export(view, family), **written.export(view, family)}


def erase(view: View, family: Family) -> None:
    personal.erase(view, family)
    written.erase(view, family)
