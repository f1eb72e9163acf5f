"""What other plugins ask duties beside who does what: what a household is asked just now, and what a message is about."""

from __future__ import annotations

from classroom_matrix.api import Context, View, serves
from classroom_matrix.api.contracts import DutyAsked, OccasionOfDuties

from .domain import OWN
from .letters import waiting_letters
from .lookup import sheet_in


@serves(DutyAsked)
def asked_last(view: View, request: DutyAsked) -> int | None:
    """Proposals and swaps that stand open then."""
    letters = waiting_letters(view, request.family, request.household, request.at, agrees=True)
    return max((each.asked for _, each in letters if each.asked is not None and each.asked <= request.at), default=None)


@serves(OccasionOfDuties)
def occasion_of_message(ctx: Context, request: OccasionOfDuties) -> str | None:
    sheet = sheet_in(ctx, request.event_id)
    return sheet.occasion if sheet is not None and sheet.occasion not in ("", OWN) else None
