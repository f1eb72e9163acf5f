"""What polls keep about a family: handed out, and forgotten."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from classroom_matrix.api import View
from classroom_matrix.domain.ids import PersonId
from classroom_matrix.domain.people import Family

from . import store
from .domain import Ballot, Poll, local, standing_vote
from .forgetting import forget_family


def export(view: View, family: Family) -> Mapping[str, Any]:
    """Every vote of the family, those that were changed or taken back too, and what the teacher entered for it."""
    names = {person.id: person.name for person in [*family.guardians, *view.roster.staff]}
    rows = []
    for poll in store.polls_with_votes_of(view.klass.id, family.id):
        votes = store.ballots(poll, family.id)
        standing = standing_vote(votes, poll.ends_at)
        rows += [_row(view, poll, vote, names, counts=vote == standing) for vote in sorted(votes, key=lambda one: one.order)]
    return {view.text("polls-export-votes"): rows} if rows else {}


def _row(view: View, poll: Poll, vote: Ballot, names: Mapping[PersonId, str], *, counts: bool) -> dict[str, str]:
    option = poll.option(vote.choice or "")
    said = {
        "poll": f"№{poll.number} {poll.question}",
        "answer": option.text if option else "—",
        "via": view.text(f"polls-export-via-{vote.via}"),
        "by": names.get(vote.voter, "—"),
        "at": local(vote.at, view.klass.zone).strftime("%d.%m.%Y %H:%M"),
        "status": view.text("polls-export-counts" if counts else "polls-export-replaced"),
    }
    return {view.text(f"polls-export-{name}"): value for name, value in said.items()}


def erase(view: View, family: Family) -> None:
    """Forget the family. Its votes in polls that are over stay counted as somebody's; in open ones they are none any more."""
    people = [person.id for person in family.guardians]
    forget_family(view.klass.id, family.id, people, [household.id for household in family.households])
