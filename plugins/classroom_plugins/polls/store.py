"""The plugin's questions to its tables."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from enum import StrEnum
from fractions import Fraction
from typing import Any, NamedTuple

from peewee import fn

from classroom_matrix.domain.ids import EventId, FamilyId, HouseholdId, PersonId

from .domain import Ballot, End, Option, Poll, State, Via
from .tables import BallotRow, EarlyRow, EndRow, FlipRow, NoticeRow, PollRow, StrikeRow

STRIKES_KEPT = 30 * 24 * 3600 * 1000
"""Milliseconds. A redaction overtakes the vote that it takes back by seconds, not by a month."""
EARLY_KEPT = 7 * 24 * 3600 * 1000
"""Milliseconds since its arrival that something is kept for a poll that has not arrived yet."""
EARLY_MOST = 1000
"""How much of that is kept per class: people also vote in native polls that are none of ours."""
NOTICE_EVERY = 3600 * 1000
"""Milliseconds in which a household hears once of one poll that its family's choice has changed."""


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
    origin: str | None = None,
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
        origin=origin,
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
    return polls_where("class_id = ? AND state = ? ORDER BY number", class_id, State.OPEN)


def open_at(class_id: str, at: int) -> list[Poll]:
    """Polls that a vote given at `at` is in time for, whatever became of them since; oldest first."""
    begun = polls_where(
        "class_id = ? AND opened_at <= ? AND (closed_at IS NULL OR closed_at >= ?) ORDER BY number", class_id, at, at
    )
    return [poll for poll in begun if not poll.is_over(at)]


def latest(class_id: str, limit: int) -> list[Poll]:
    """Newest first."""
    return polls_where("class_id = ? ORDER BY number DESC LIMIT ?", class_id, limit)


def end_of(poll: Poll) -> End | None:
    """What ended a poll; None while it is open."""
    if poll.closed_at is None:
        return None
    rows = EndRow.sql("SELECT source FROM polls_end WHERE poll_id = ?", poll.id)
    return End(poll.state, poll.closed_at, rows[0][0] if rows else "")


def end(poll: Poll, ended: End, electorate: Iterable[FamilyId]) -> Poll:
    families = json.dumps(sorted(electorate))
    PollRow.update(state=ended.state, closed_at=ended.at, electorate=families).where(PollRow.id == poll.id).execute()
    EndRow.replace(poll_id=poll.id, source=ended.source).execute()
    found = get(poll.class_id, poll.id)
    assert found is not None
    return found


def set_announced(poll: Poll, outcome: str | None) -> None:
    PollRow.update(announced=outcome).where(PollRow.id == poll.id).execute()


_POLL = (
    "id, class_id, number, question, options, room, opened_at, until, quorum, native, state, closed_at, electorate, announced,"
    " secret, origin"
)


def _one(condition: str, *values: object) -> Poll | None:
    return next(iter(polls_where(condition, *values)), None)


def polls_where(condition: str, *values: object) -> list[Poll]:
    rows = PollRow.sql(f"SELECT {_POLL} FROM polls_poll WHERE {condition}", *values)  # noqa: S608 - of constants only
    return [_poll(row) for row in rows]


def _poll(row: Sequence[Any]) -> Poll:
    """A row, in the order of `_POLL`."""
    (id_, class_id, number, question, options, room, opened_at, until, quorum, native, state, closed_at, electorate, announced,
     secret, origin) = row  # fmt: skip
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
        origin,
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


def ballots_by(source: EventId) -> list[tuple[int, Ballot]]:
    """The polls' IDs and the votes that an event is."""
    rows = BallotRow.sql(f"SELECT poll_id, {_BALLOT} FROM polls_ballot WHERE source = ?", source)  # noqa: S608
    return [(row[0], _ballot(row[1:])) for row in rows]


def polls_with_votes_of(class_id: str, family: FamilyId) -> list[Poll]:
    """Polls of the class in which the family has ever voted, oldest first."""
    return polls_where(
        "class_id = ? AND id IN (SELECT poll_id FROM polls_ballot WHERE family_id = ?) ORDER BY number", class_id, family
    )


def strike(poll: Poll, ballot: Ballot, at: int) -> None:
    BallotRow.update(struck_at=at).where(BallotRow.source == ballot.source, BallotRow.poll_id == poll.id).execute()


def reword(poll: Poll, ballot: Ballot) -> None:
    """What a ballot says was edited."""
    row = (BallotRow.source == ballot.source) & (BallotRow.poll_id == poll.id)
    BallotRow.update(choice=ballot.choice, at=ballot.at).where(row).execute()


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


# ── What comes before its poll ──────────────────────────────────────────────────────────────────────────────────────────


class EarlyKind(StrEnum):
    VOTE = "vote"
    REACTION = "reaction"
    END = "end"
    REMOVAL = "removal"


class Early(NamedTuple):
    """`said`: the answer's ID or the reaction. `family`: empty where staff did it."""

    source: EventId
    kind: EarlyKind
    at: int
    person: PersonId
    family: FamilyId
    said: str | None


def keep_early(class_id: str, target: EventId, early: Early, now: int) -> None:
    """Keep something for a poll that has not arrived yet. `now`: milliseconds."""
    EarlyRow.insert(
        source=early.source,
        class_id=class_id,
        target=target,
        kind=early.kind,
        at=early.at,
        seen=now,
        person_id=early.person,
        family_id=early.family,
        said=early.said,
    ).on_conflict_ignore().execute()
    EarlyRow.sql("DELETE FROM polls_early WHERE class_id = ? AND seen < ?", class_id, now - EARLY_KEPT)
    EarlyRow.sql(
        "DELETE FROM polls_early WHERE source IN"
        " (SELECT source FROM polls_early WHERE class_id = ? ORDER BY seen DESC, at DESC LIMIT -1 OFFSET ?)",
        class_id,
        EARLY_MOST,
    )


def take_early(class_id: str, target: EventId) -> list[Early]:
    """What came before the poll `target`, oldest first; it is not kept any longer."""
    rows = EarlyRow.sql(
        "SELECT source, kind, at, person_id, family_id, said FROM polls_early WHERE class_id = ? AND target = ?"
        " ORDER BY at, source",
        class_id,
        target,
    )
    EarlyRow.delete().where(EarlyRow.class_id == class_id, EarlyRow.target == target).execute()
    return [
        Early(EventId(source), EarlyKind(kind), at, PersonId(person), FamilyId(family), said)
        for source, kind, at, person, family, said in rows
    ]


# ── Notices ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def is_first(poll: Poll, person: PersonId, kind: str) -> bool:
    """Whether this person is told this for the first time; from then on not any more."""
    values = {"poll_id": poll.id, "person_id": person, "kind": kind}
    return bool(NoticeRow.insert(**values).on_conflict_ignore().as_rowcount().execute())


def note_asked(poll: Poll, household: HouseholdId, at: int) -> None:
    """A household is reminded. `at`: when it will read that, milliseconds."""
    FlipRow.replace(poll_id=poll.id, household_id=household, kind=_ASKED, at=at).execute()


def asked_at(poll: Poll, household: HouseholdId) -> int | None:
    """When a household was reminded."""
    rows = FlipRow.sql(
        "SELECT at FROM polls_flip WHERE poll_id = ? AND household_id = ? AND kind = ?", poll.id, household, _ASKED
    )
    return rows[0][0] if rows else None


_ASKED = "asked"


def may_tell(poll: Poll, household: HouseholdId, kind: str, now: int) -> bool:
    """Whether a household has heard nothing of this kind for a while; from then on it has. `now`: milliseconds."""
    key = (poll.id, household, kind)
    rows = FlipRow.sql("SELECT at FROM polls_flip WHERE poll_id = ? AND household_id = ? AND kind = ?", *key)
    if rows and now - rows[0][0] < NOTICE_EVERY:
        return False
    FlipRow.replace(poll_id=poll.id, household_id=household, kind=kind, at=now).execute()
    return True
