"""What is in `DATES` is in calendars: of one household, or of all where it names none."""

from __future__ import annotations

from collections.abc import Sequence

from classroom_matrix.api import CalendarEntry, Context, Plugin, View, command
from classroom_matrix.domain.people import Household

DATES: dict[str, tuple[str | None, CalendarEntry]] = {}


@command("nothing")
def nothing(ctx: Context) -> None: ...


def calendar(view: View, household: Household | None) -> Sequence[CalendarEntry]:
    if "broken" in DATES:
        raise ZeroDivisionError
    said = view.text("dates-said")
    return [
        CalendarEntry(**{**{name: getattr(entry, name) for name in entry.__slots__}, "title": f"{said} {entry.title}"})
        for whose, entry in DATES.values()
        if whose is None or (household is not None and household.id == whose)
    ]


plugin = Plugin("dates", commands=(nothing,), calendar=calendar)
