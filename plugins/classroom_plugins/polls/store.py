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
    created = get(class_id, row.id)
    assert created is not None
    return created


def get(class_id: str, poll_id: int) -> Poll | None:
    """A poll of this class; another class's is none."""
    return _one("id = ? AND class_id = ?", poll_id, class_id)


def by_number(class_id: str, number: int) -> Poll | None:
    return _one("class_id = ? AND number = ?", class_id, number)


def by_native(class_id: str, event_id: EventId) -> Poll | None:
    return _one("native = ? AND class_id = ?", event_id, class_id)


def open_polls(class_id: str) -> list[Poll]:
    """Oldest first."""
    return _polls("class_id = ? AND state = ? ORDER BY number", class_id, State.OPEN)


def open_at(class_id: str, at: int) -> list[Poll]:
    """Polls that a vote given at `at` is in time for, whatever became of them since; oldest first."""
    begun = _polls(
        "class_id = ? AND opened_at <= ? AND (closed_at IS NULL OR closed_at >= ?) ORDER BY number", class_id, at, at
    )
    return [poll for poll in begun if not poll.is_over(at)]


def latest(class_id: str, limit: int) -> list[Poll]:
    """Newest first."""
    return _polls("class_id = ? ORDER BY number DESC LIMIT ?", class_id, limit)


def end(poll: Poll, state: State, at: int, electorate: Iterable[FamilyId]) -> Poll:
    families = json.dumps(sorted(electorate))
    PollRow.update(state=state, closed_at=at, electorate=families).where(PollRow.id == poll.id).execute()
    found = get(poll.class_id, poll.id)
    assert found is not None
    return found


def set_announced(poll: Poll, outcome: str) -> None:
    PollRow.update(announced=outcome).where(PollRow.id == poll.id).execute()


_POLL = (
    "id, class_id, number, question, options, room, opened_at, until, quorum, native, state, closed_at, electorate, announced,"
    " secret"
)


def _one(condition: str, *values: object) -> Poll | None:
    return next(iter(_polls(condition, *values)), None)


def _polls(condition: str, *values: object) -> list[Poll]:
    rows = PollRow.sql(f"SELECT {_POLL} FROM polls_poll WHERE {condition}", *values)  # noqa: S608 - of constants only
    return [_poll(row) for row in rows]


def _poll(row: Sequence[Any]) -> Poll:
    """A row, in the order of `_POLL`."""
    (id_, class_id, number, question, options, room, opened_at, until, quorum, native, state, closed_at, electorate, announced,
     secret) = row  # fmt: skip
    return Poll(
        id_,
        class_id,
        number,
        question,
        tuple(Option(option, text) for option, text in json.loads(options)),
        room,
        opened_at,
        until,
        Fraction(quorum) if quorum else None,
        EventId(native) if native else None,
        State(state),
        closed_at,
        frozenset(FamilyId(family) for family in json.loads(electorate)) if electorate else None,
        announced,
        bool(secret),
    )


# ── Votes ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


_BALLOT = "source, family_id, voter_id, via, choice, at, struck_at"


def add(poll: Poll, ballot: Ballot) -> Ballot | None:
    """Write a vote down. Returns it as it is kept, which may be struck already; None where it was known before."""
    rows = BallotRow.sql(
        f"INSERT INTO polls_ballot (poll_id, {_BALLOT})"  # noqa: S608 - of constants only
        " VALUES (?, ?, ?, ?, ?, ?, ?, (SELECT at FROM polls_strike WHERE target = ?))"
        f" ON CONFLICT DO NOTHING RETURNING {_BALLOT}",
        poll.id,
        ballot.source,
        ballot.family,
        ballot.voter,
        ballot.via,
        ballot.choice,
        ballot.at,
        ballot.source,
    )
    return _ballot(rows[0]) if rows else None


_LAST_WORDS = f"""
    SELECT {_BALLOT} FROM (
        SELECT *, ROW_NUMBER() OVER (
            PARTITION BY via, CASE via WHEN 'proxy' THEN '' ELSE voter_id END ORDER BY at DESC, source DESC
        ) AS place
        FROM polls_ballot
        WHERE poll_id = ?1 AND family_id = ?2 AND at <= IFNULL(?3, at)
            AND (struck_at IS NULL OR (?3 IS NOT NULL AND struck_at > ?3))
    ) WHERE place = 1
"""  # noqa: S608 - of constants only


def last_words(poll: Poll, family: FamilyId) -> list[Ballot]:
    """The last act that counts of each voice of a family (`Ballot.voice`, `Ballot.counts_until`).

    They are all that decides its vote, while its history grows with every change of mind.
    """
    return [_ballot(row) for row in BallotRow.sql(_LAST_WORDS, poll.id, family, poll.ends_at)]


def ballots(poll: Poll, family: FamilyId | None = None) -> list[Ballot]:
    """All votes of a poll, or those of one family."""
    query = f"SELECT {_BALLOT} FROM polls_ballot WHERE poll_id = ?"  # noqa: S608 - of constants only
    if family is None:
        return [_ballot(row) for row in BallotRow.sql(query, poll.id)]
    return [_ballot(row) for row in BallotRow.sql(f"{query} AND family_id = ?", poll.id, family)]


def ballot(source: EventId) -> tuple[int, Ballot] | None:
    """The poll's ID and the vote that an event is."""
    rows = BallotRow.sql(f"SELECT poll_id, {_BALLOT} FROM polls_ballot WHERE source = ?", source)  # noqa: S608
    return (rows[0][0], _ballot(rows[0][1:])) if rows else None


def strike(ballot: Ballot, at: int) -> None:
    BallotRow.update(struck_at=at).where(BallotRow.source == ballot.source).execute()


def remember_strike(target: EventId, at: int) -> None:
    StrikeRow.sql(
        "INSERT INTO polls_strike (target, at) VALUES (?, ?) ON CONFLICT (target) DO UPDATE SET at = MIN(at, excluded.at)",
        target,
        at,
    )


def _ballot(row: Sequence[Any]) -> Ballot:
    """A row, in the order of `_BALLOT`."""
    source, family, voter, via, choice, at, struck_at = row
    return Ballot(EventId(source), FamilyId(family), PersonId(voter), Via(via), choice, at, struck_at)


# ── Notices ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def is_first(poll: Poll, person: PersonId, kind: str) -> bool:
    """Whether this person is told this for the first time; from then on not any more."""
    values = {"poll_id": poll.id, "person_id": person, "kind": kind}
    return bool(NoticeRow.insert(**values).on_conflict_ignore().as_rowcount().execute())
