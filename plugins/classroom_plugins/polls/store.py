"""The plugin's tables and its questions to them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

from peewee import AutoField, BigIntegerField, BooleanField, CharField, CompositeKey, IntegerField, TextField, fn

from classroom_matrix.api import Table
from classroom_matrix.domain.ids import EventId, FamilyId, PersonId

from .domain import Ballot, Option, Poll, State, Via

STRIKES_KEPT = 30 * 24 * 3600 * 1000
"""Milliseconds. A redaction overtakes the vote that it takes back by seconds, not by a month."""


class PollRow(Table):
    id = AutoField()
    class_id = CharField()
    number = IntegerField()
    question = TextField()
    options = TextField()  # JSON: [[id, text], …]
    room = CharField()
    opened_at = BigIntegerField()
    until = BigIntegerField(null=True)
    quorum = CharField(null=True)  # "1/2"
    native = CharField(null=True, unique=True)
    state = CharField(default=State.OPEN)
    closed_at = BigIntegerField(null=True)
    electorate = TextField(null=True)  # JSON: [family ID, …]
    announced = TextField(null=True)
    secret = BooleanField(default=False)

    class Meta:
        table_name = "polls_poll"
        indexes = ((("class_id", "number"), True), (("class_id", "state"), False))


class BallotRow(Table):
    source = CharField(primary_key=True)
    poll_id = IntegerField()
    family_id = CharField()
    voter_id = CharField()
    via = CharField()
    choice = CharField(null=True)
    at = BigIntegerField()
    struck_at = BigIntegerField(null=True)

    class Meta:
        table_name = "polls_ballot"
        indexes = ((("poll_id", "family_id"), False),)


class StrikeRow(Table):
    """A redaction of something unknown: perhaps of a vote that comes later."""

    target = CharField(primary_key=True)
    at = BigIntegerField()

    class Meta:
        table_name = "polls_strike"


class NoticeRow(Table):
    """What somebody was told once and shall not be told again."""

    poll_id = IntegerField()
    person_id = CharField()
    kind = CharField()

    class Meta:
        table_name = "polls_notice"
        primary_key = CompositeKey("poll_id", "person_id", "kind")


TABLES = (PollRow, BallotRow, StrikeRow, NoticeRow)


# ── Polls ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


def create(
    class_id: str,
    question: str,
    options: Sequence[Option],
    *,
    room: str,
    opened_at: int,
    until: int | None = None,
    quorum: Fraction | None = None,
    native: EventId | None = None,
) -> Poll:
    """Write a new poll down under the class's next number."""
    last = PollRow.select(fn.MAX(PollRow.number)).where(PollRow.class_id == class_id).scalar()
    row = PollRow.create(
        class_id=class_id,
        number=(last or 0) + 1,
        question=question,
        options=json.dumps([[option.id, option.text] for option in options], ensure_ascii=False),
        room=room,
        opened_at=opened_at,
        until=until,
        quorum=None if quorum is None else str(quorum),
        native=native,
    )
    StrikeRow.delete().where(StrikeRow.at < opened_at - STRIKES_KEPT).execute()
    return _poll(row)


def get(class_id: str, poll_id: int) -> Poll | None:
    """A poll of this class; another class's is none."""
    return _one(PollRow.get_or_none(PollRow.id == poll_id, PollRow.class_id == class_id))


def by_number(class_id: str, number: int) -> Poll | None:
    return _one(PollRow.get_or_none(PollRow.class_id == class_id, PollRow.number == number))


def by_native(class_id: str, event_id: EventId) -> Poll | None:
    return _one(PollRow.get_or_none(PollRow.native == event_id, PollRow.class_id == class_id))


def open_polls(class_id: str) -> list[Poll]:
    """Oldest first."""
    rows = PollRow.select().where(PollRow.class_id == class_id, PollRow.state == State.OPEN).order_by(PollRow.number)
    return [_poll(row) for row in rows]


def latest(class_id: str, limit: int) -> list[Poll]:
    """Newest first."""
    rows = PollRow.select().where(PollRow.class_id == class_id).order_by(PollRow.number.desc()).limit(limit)
    return [_poll(row) for row in rows]


def end(poll: Poll, state: State, at: int, electorate: Iterable[FamilyId]) -> Poll:
    families = json.dumps(sorted(electorate))
    PollRow.update(state=state, closed_at=at, electorate=families).where(PollRow.id == poll.id).execute()
    found = get(poll.class_id, poll.id)
    assert found is not None
    return found


def set_announced(poll: Poll, outcome: str) -> None:
    PollRow.update(announced=outcome).where(PollRow.id == poll.id).execute()


def _one(row: Any) -> Poll | None:
    return _poll(row) if row is not None else None


def _poll(row: Any) -> Poll:
    return Poll(
        row.id,
        row.class_id,
        row.number,
        row.question,
        tuple(Option(id_, text) for id_, text in json.loads(row.options)),
        row.room,
        row.opened_at,
        row.until,
        Fraction(row.quorum) if row.quorum else None,
        EventId(row.native) if row.native else None,
        State(row.state),
        row.closed_at,
        frozenset(FamilyId(id_) for id_ in json.loads(row.electorate)) if row.electorate else None,
        row.announced,
        row.secret,
    )


# ── Votes ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


def add(poll: Poll, ballot: Ballot) -> None:
    BallotRow.insert(
        source=ballot.source,
        poll_id=poll.id,
        family_id=ballot.family,
        voter_id=ballot.voter,
        via=ballot.via,
        choice=ballot.choice,
        at=ballot.at,
        struck_at=ballot.struck_at,
    ).execute()


def ballots(poll: Poll, family: FamilyId | None = None) -> list[Ballot]:
    """All votes of a poll, or those of one family."""
    rows = BallotRow.select().where(BallotRow.poll_id == poll.id)
    if family is not None:
        rows = rows.where(BallotRow.family_id == family)
    return [_ballot(row) for row in rows]


def ballot(source: EventId) -> tuple[int, Ballot] | None:
    """The poll's ID and the vote that an event is."""
    row = BallotRow.get_or_none(BallotRow.source == source)
    return (row.poll_id, _ballot(row)) if row is not None else None


def strike(ballot: Ballot, at: int) -> None:
    BallotRow.update(struck_at=at).where(BallotRow.source == ballot.source).execute()


def remember_strike(target: EventId, at: int) -> None:
    known = struck_at(target)
    StrikeRow.replace(target=target, at=at if known is None else min(known, at)).execute()


def struck_at(target: EventId) -> int | None:
    row = StrikeRow.get_or_none(StrikeRow.target == target)
    return None if row is None else int(row.at)


def _ballot(row: Any) -> Ballot:
    return Ballot(
        EventId(row.source),
        FamilyId(row.family_id),
        PersonId(row.voter_id),
        Via(row.via),
        row.choice,
        row.at,
        row.struck_at,
    )


# ── Notices ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def is_first(poll: Poll, person: PersonId, kind: str) -> bool:
    """Whether this person is told this for the first time; from then on not any more."""
    values = {"poll_id": poll.id, "person_id": person, "kind": kind}
    return bool(NoticeRow.insert(**values).on_conflict_ignore().as_rowcount().execute())
