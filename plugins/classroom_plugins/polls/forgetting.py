"""Forgetting how a family voted, in the plugin's tables."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable

from classroom_matrix.domain.ids import FamilyId, HouseholdId, PersonId

from . import store
from .domain import Poll, State
from .tables import BallotRow, EarlyRow, FlipRow, NoticeRow, PollRow


def forget_family(class_id: str, family: FamilyId, people: Iterable[PersonId], households: Iterable[HouseholdId]) -> None:
    """Nothing tells any more how a family voted. Votes that were counted get invented owners, so that results stay."""
    for poll in store.polls_where("class_id = ?", class_id):
        if poll.state is State.CLOSED:
            _give_to_nobody(poll, family)
        else:
            BallotRow.delete().where(BallotRow.poll_id == poll.id, BallotRow.family_id == family).execute()
        NoticeRow.delete().where(NoticeRow.poll_id == poll.id, NoticeRow.person_id.in_(list(people))).execute()
        FlipRow.delete().where(FlipRow.poll_id == poll.id, FlipRow.household_id.in_(list(households))).execute()
    EarlyRow.delete().where(EarlyRow.class_id == class_id, EarlyRow.family_id == family).execute()


def _give_to_nobody(poll: Poll, family: FamilyId) -> None:
    """Votes that did not count go; the others, and the place in the electorate, belong to somebody who does not exist."""
    nobody = FamilyId("x" + secrets.token_hex(10))
    voters: dict[PersonId, str] = {}
    for vote in store.ballots(poll, family):
        row = BallotRow.source == vote.source
        if not vote.counts_until(poll.ends_at):
            BallotRow.delete().where(row).execute()
            continue
        voter = voters.setdefault(vote.voter, "x" + secrets.token_hex(10))
        BallotRow.update(source=f"erased-{secrets.token_hex(10)}", family_id=nobody, voter_id=voter).where(row).execute()
    if poll.electorate is not None and family in poll.electorate:
        electorate = json.dumps(sorted((poll.electorate - {family}) | {nobody}))
        PollRow.update(electorate=electorate).where(PollRow.id == poll.id).execute()
