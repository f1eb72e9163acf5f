"""What a household sees of its pupils' absence, in its welcome and in "what is new"."""

from __future__ import annotations

from collections.abc import Sequence

from classroom_matrix.api import View
from classroom_matrix.domain.content import Line
from classroom_matrix.domain.people import Household

from . import store
from .domain import absences
from .recording import given_name, returns_on


def open_for(view: View, household: Household) -> Sequence[Line]:
    """A line for each absence that is not over; without the reason, which is between who said it and the teacher."""
    family = view.roster.family(household.family_id)
    found: list[Line] = []
    for pupil in family.pupils if family is not None else ():
        for absence in absences(store.of_pupil(view.klass.id, pupil.id), view.options.school_days):
            if absence.last >= view.now.date():
                key = "absence-agenda-one" if absence.first == absence.last else "absence-agenda"
                back, name = returns_on(view, absence), given_name(pupil)
                found.append(Line(view.text(key, pupil=name, first=absence.first, last=absence.last, back=back)))
    return found
