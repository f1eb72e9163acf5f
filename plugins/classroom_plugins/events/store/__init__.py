"""The plugin's questions to its tables: events, versions, answers, places, letters; ideas and forgetting have their own."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from peewee import fn

from classroom_matrix.domain.ids import FamilyId, HouseholdId, PersonId

from ..answers import Answer, Count, Kind, Party, Via
from ..domain import Event, Plan, State, from_json, to_json
from ..places import Claim
from ..tables import AnswerRow, ClaimRow, EventRow, LetterRow, SeatRow, StrikeRow, TalkRow, VersionRow

STRIKES_KEPT = 30 * 24 * 3600 * 1000
"""Milliseconds. A redaction overtakes the answer that it takes back by seconds, not by a month."""


# ── Events ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def create(class_id: str, plan: Plan, *, room: str, opened_at: int, by: PersonId, loud: bool) -> Event:
    """Write a new event down under the class's next number, with the first version of its plan."""
    last = EventRow.select(fn.MAX(EventRow.number)).where(EventRow.class_id == class_id).scalar()
    row = EventRow.create(
        class_id=class_id,
        number=(last or 0) + 1,
        plan=to_json(plan),
        starts=plan.starts,
        version=1,
        versioned_at=opened_at,
        told_version=1,
        room=room,
        opened_at=opened_at,
        loud=loud,
    )
    VersionRow.create(event_id=row.id, version=1, at=opened_at, person_id=by, plan=to_json(plan))
    StrikeRow.delete().where(StrikeRow.at < opened_at - STRIKES_KEPT).execute()
    return _again(class_id, row.id)


_EVENT = (
    "id, class_id, number, plan, version, versioned_at, told_version, state, room, opened_at, asked_at, talk_until, ended_at,"
    " thanked, loud, reason, sequence"
)


def events_where(condition: str, *values: object) -> list[Event]:
    rows = EventRow.sql(f"SELECT {_EVENT} FROM events_event WHERE {condition}", *values)  # noqa: S608 - of constants only
    return [_event(row) for row in rows]


def get(class_id: str, event_id: int) -> Event | None:
    """An event of this class; another class's is none."""
    return next(iter(events_where("id = ? AND class_id = ?", event_id, class_id)), None)


def by_number(class_id: str, number: int) -> Event | None:
    return next(iter(events_where("number = ? AND class_id = ?", number, class_id)), None)


def open_events(class_id: str) -> list[Event]:
    """Soonest first, those without a date last."""
    return events_where("class_id = ? AND state = ? ORDER BY starts IS NULL, starts, number", class_id, State.OPEN)


def answerable_at(class_id: str, at: int) -> list[Event]:
    """Events that an answer given at `at` is in time for, whatever became of them since; soonest first."""
    found = events_where(
        "class_id = ? AND state <> ? AND opened_at <= ? AND (ended_at IS NULL OR ended_at >= ?)"
        " ORDER BY starts IS NULL, starts, number",
        class_id,
        State.CANCELLED,
        at,
        at,
    )
    return [event for event in found if not event.is_over(at)]


def ended_between(class_id: str, since: int, until: int) -> list[Event]:
    """Events that were cancelled or over by `until`, and not before `since`; the latest first."""
    return events_where("class_id = ? AND ended_at BETWEEN ? AND ? ORDER BY ended_at DESC", class_id, since, until)


def dated_since(class_id: str, at: int) -> list[Event]:
    """Events of any state that begin at `at` or later, soonest first."""
    return events_where("class_id = ? AND starts >= ? ORDER BY starts, number", class_id, at)


def latest(class_id: str, limit: int) -> list[Event]:
    """Newest first."""
    return events_where("class_id = ? ORDER BY number DESC LIMIT ?", class_id, limit)


def change(event: Event, **values: object) -> Event:
    """Set columns of an event that are no part of its plan."""
    EventRow.update(**values).where(EventRow.id == event.id).execute()
    return _again(event.class_id, event.id)


def add_version(event: Event, plan: Plan, *, at: int, by: PersonId, important: bool, sequence: int) -> Event:
    """Make another plan the current one."""
    number = event.version + 1
    VersionRow.create(event_id=event.id, version=number, at=at, person_id=by, important=important, plan=to_json(plan))
    return change(
        event, plan=to_json(plan), starts=plan.starts, version=number, versioned_at=at, sequence=event.sequence + sequence
    )


@dataclass(frozen=True, slots=True)
class Version:
    """A plan as it was. `by`: who made it so; `important`: they said that everybody has to know."""

    number: int
    at: int
    by: PersonId
    important: bool
    plan: Plan


def versions(event: Event) -> list[Version]:
    """Oldest first."""
    rows = VersionRow.sql(
        "SELECT version, at, person_id, important, plan FROM events_version WHERE event_id = ? ORDER BY version", event.id
    )
    return [Version(number, at, PersonId(by), bool(important), from_json(plan)) for number, at, by, important, plan in rows]


def keep_final(event: Event, counted: Count) -> None:
    """What was counted when it ended: it stays true when families leave or are forgotten."""
    EventRow.update(final=json.dumps(asdict(counted))).where(EventRow.id == event.id).execute()


def final(event: Event) -> Count | None:
    rows = EventRow.sql("SELECT final FROM events_event WHERE id = ?", event.id)
    return Count(**json.loads(rows[0][0])) if rows and rows[0][0] else None


def _again(class_id: str, event_id: int) -> Event:
    found = get(class_id, event_id)
    assert found is not None
    return found


def _event(row: Sequence[Any]) -> Event:
    """A row, in the order of `_EVENT`."""
    (id_, class_id, number, plan, version, versioned_at, told_version, state, room, opened_at, asked_at, talk_until, ended_at,
     thanked, loud, reason, sequence) = row  # fmt: skip
    return Event(
        id_,
        class_id,
        number,
        from_json(plan),
        version,
        versioned_at,
        told_version,
        State(state),
        room,
        opened_at,
        asked_at,
        talk_until,
        ended_at,
        bool(thanked),
        bool(loud),
        reason,
        sequence,
    )


# ── Answers ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

_ANSWER = "source, family_id, person_id, via, kind, adults, pupils, at, struck_at"


def add(event: Event, answer: Answer) -> Answer | None:
    """Write an answer down. Returns it as it is kept, which may be struck already; None where it was known before."""
    rows = AnswerRow.sql(
        f"INSERT INTO events_answer (event_id, {_ANSWER})"  # noqa: S608 - of constants only
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, (SELECT at FROM events_strike WHERE target = ?))"
        f" ON CONFLICT DO NOTHING RETURNING {_ANSWER}",
        event.id,
        answer.source,
        answer.family,
        answer.person,
        answer.via,
        answer.kind,
        answer.party.adults,
        json.dumps(answer.party.pupils),
        answer.at,
        answer.source,
    )
    return _answer(rows[0]) if rows else None


def answers(event: Event, family: FamilyId | None = None) -> list[Answer]:
    """All answers about an event, or those of one family."""
    query = f"SELECT {_ANSWER} FROM events_answer WHERE event_id = ?"  # noqa: S608 - of constants only
    if family is None:
        return [_answer(row) for row in AnswerRow.sql(query, event.id)]
    return [_answer(row) for row in AnswerRow.sql(f"{query} AND family_id = ?", event.id, family)]


def answers_in(class_id: str, source: str) -> list[tuple[Event, Answer]]:
    """What a Matrix event answers, by the events' numbers: several where one word was said of both."""
    rows = AnswerRow.sql(f"SELECT event_id, {_ANSWER} FROM events_answer WHERE source = ?", source)  # noqa: S608
    found = ((get(class_id, row[0]), _answer(row[1:])) for row in rows)
    return sorted(((event, said) for event, said in found if event is not None), key=lambda each: each[0].number)


def events_with_answers_of(class_id: str, family: FamilyId) -> list[Event]:
    return events_where(
        "class_id = ? AND id IN (SELECT event_id FROM events_answer WHERE family_id = ?) ORDER BY number", class_id, family
    )


def strike(event: Event, answer: Answer, at: int) -> None:
    AnswerRow.update(struck_at=at).where(AnswerRow.source == answer.source, AnswerRow.event_id == event.id).execute()


def rewrite(event: Event, answer: Answer) -> None:
    """Another kind, party and time for an act: the message that it is was edited."""
    AnswerRow.update(kind=answer.kind, adults=answer.party.adults, pupils=json.dumps(answer.party.pupils), at=answer.at).where(
        AnswerRow.source == answer.source, AnswerRow.event_id == event.id
    ).execute()


def remember_strike(target: str, at: int) -> None:
    StrikeRow.sql(
        "INSERT INTO events_strike (target, at) VALUES (?, ?) ON CONFLICT (target) DO UPDATE SET at = MIN(at, excluded.at)",
        target,
        at,
    )


def _answer(row: Sequence[Any]) -> Answer:
    """A row, in the order of `_ANSWER`."""
    source, family, person, via, kind, adults, pupils, at, struck_at = row
    party = Party(adults, tuple(PersonId(pupil) for pupil in json.loads(pupils)))
    return Answer(source, FamilyId(family), PersonId(person), Via(via), Kind(kind), party, at, struck_at)


# ── Places ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def claims(event: Event) -> list[Claim]:
    rows = ClaimRow.sql("SELECT turn, family_id, size FROM events_claim WHERE event_id = ? ORDER BY turn", event.id)
    return [Claim(turn, FamilyId(family), size) for turn, family, size in rows]


def set_claims(event: Event, queue: Iterable[Claim]) -> None:
    ClaimRow.delete().where(ClaimRow.event_id == event.id).execute()
    rows = [{"event_id": event.id, "turn": each.turn, "family_id": each.family, "size": each.size} for each in queue]
    if rows:
        ClaimRow.insert_many(rows).execute()


def told_seats(event: Event) -> dict[FamilyId, tuple[int, int]]:
    """What families know of their places: how many they have, for how many they wait."""
    rows = SeatRow.sql("SELECT family_id, has, waits FROM events_seat WHERE event_id = ?", event.id)
    return {FamilyId(family): (has, waits) for family, has, waits in rows}


def tell_seat(event: Event, family: FamilyId, has: int, waits: int) -> None:
    SeatRow.replace(event_id=event.id, family_id=family, has=has, waits=waits).execute()


# ── Letters ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def note_letter(event: Event, household: HouseholdId, kind: str, at: int) -> None:
    LetterRow.replace(event_id=event.id, household_id=household, kind=kind, at=at).execute()


def letters_to(household: HouseholdId, kinds: Sequence[str]) -> dict[int, int]:
    """Events that a household was asked about by letter, and when last."""
    marks = ", ".join("?" for _ in kinds)
    rows = LetterRow.sql(
        f"SELECT event_id, MAX(at) FROM events_letter WHERE household_id = ? AND kind IN ({marks}) GROUP BY event_id",  # noqa: S608
        household,
        *kinds,
    )
    return dict(rows)


def may_tell(event: Event, household: HouseholdId, kind: str, now: int, *, every: int) -> bool:
    """Whether a household has heard nothing of this kind for that long; from then on it has. Milliseconds."""
    rows = LetterRow.sql(
        "SELECT at FROM events_letter WHERE event_id = ? AND household_id = ? AND kind = ?", event.id, household, kind
    )
    if rows and now - rows[0][0] < every:
        return False
    note_letter(event, household, kind, now)
    return True


# ── Talk ────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def keep_talk(event: Event, source: str, person: PersonId, body: str, at: int) -> None:
    """What somebody said in an event's thread; kept until the event is over."""
    TalkRow.insert(source=source, event_id=event.id, person_id=person, body=body, at=at).on_conflict_ignore().execute()


def correct_talk(source: str, person: PersonId, body: str) -> None:
    """Somebody edited their message."""
    TalkRow.update(body=body).where(TalkRow.source == source, TalkRow.person_id == person).execute()


def talk(source: str) -> tuple[int, PersonId, str, int] | None:
    """The event's ID, who said it, what, and when."""
    rows = TalkRow.sql("SELECT event_id, person_id, body, at FROM events_talk WHERE source = ?", source)
    return (rows[0][0], PersonId(rows[0][1]), rows[0][2], rows[0][3]) if rows else None


def forget_talk(*, source: str | None = None, event: Event | None = None) -> None:
    """One message that was taken back, or all of an event's."""
    condition = TalkRow.source == source if event is None else TalkRow.event_id == event.id
    TalkRow.delete().where(condition).execute()


def talk_of(class_id: str, people: Sequence[PersonId]) -> list[tuple[Event, PersonId, str, int]]:
    """What these people said in the threads of the class's events, oldest first: event, who, what, when."""
    rows = TalkRow.select().where(TalkRow.person_id.in_(list(people))).order_by(TalkRow.at)
    found = ((get(class_id, row.event_id), PersonId(row.person_id), row.body, row.at) for row in rows)
    return [(event, person, body, at) for event, person, body, at in found if event is not None]
