"""What is open for a household: polls in which its family may vote and has not."""

from __future__ import annotations

from collections.abc import Sequence

from classroom_matrix.api import View
from classroom_matrix.domain.content import Line
from classroom_matrix.domain.people import Household

from . import store
from .cards import count_votes, offered, short
from .domain import Poll, local, milliseconds


def open_for(view: View, household: Household) -> Sequence[Line]:
    """A line for each, in the language that `view` speaks; families that came after a poll was opened may vote, too."""
    if not any(family.id == household.family_id for family in view.roster.families):
        return ()
    now = milliseconds(view.now)
    polls = [poll for poll in store.open_polls(view.klass.id) if not poll.is_over(now)]
    waiting = [poll for poll in polls if household.family_id not in count_votes(view, poll).voted]
    return [_line(view, poll) for poll in waiting]


def _line(view: View, poll: Poll) -> Line:
    values: dict[str, object] = {"number": str(poll.number), "question": short(poll.question), "options": offered(poll)}
    key = "polls-agenda"
    if poll.until is not None:
        key, values["until"] = "polls-agenda-until", local(poll.until, view.klass.zone)
    return Line(view.text(key, language=None, **values))
