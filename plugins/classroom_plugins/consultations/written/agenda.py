"""What a household hears of its own question."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from classroom_matrix.api import View
from classroom_matrix.domain.content import Line
from classroom_matrix.domain.people import Household

from .domain import State
from .lookup import current_of, local


def agenda(view: View, household: Household) -> Sequence[Line]:
    one = current_of(view, household.id)
    if one is None or one.state is not State.OPEN:
        return ()
    return (Line(view.text("consultations-written-agenda", when=local(view, one.since.at))),)


def coming(view: View, household: Household, day: date) -> Sequence[Line]:  # noqa: ARG001 - of the shape of all plugins
    """Nothing: an answer has no day."""
    return ()
