"""For written consultations: "take this to a meeting" offers the household a slot."""

from __future__ import annotations

from classroom_matrix.api import Context
from classroom_matrix.domain.people import Household

from .opening import send_letter

_SHORT = 120  # characters of a subject in the list of the day


def offer_slots(ctx: Context, household: Household, reason_subject: str) -> bool:
    """Send the household the list of free slots; its next booking shows `reason_subject` (plain text) in the host's list.

    Returns:
        Whether there is anything free; if not, nothing was sent.
    """
    return send_letter(ctx, household, " ".join(reason_subject.split())[:_SHORT])
