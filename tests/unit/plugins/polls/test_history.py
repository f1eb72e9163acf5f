"""Whatever is repeated, lost and found again, or overtakes something else: the poll ends up in one and the same state."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, time
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import peewee
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classroom_matrix.api import Klass, Room, Subject
from classroom_matrix.domain.facts import EventRedacted, Fact, MessageSent, PollVoted, ReactionAdded
from classroom_matrix.domain.ids import ClassId, EventId, FamilyId, HouseholdId, PersonId, RoomId, UserId
from classroom_matrix.domain.people import Family, Household, Person, Pupil, Role, Roster
from classroom_matrix.domain.time import QuietHours
from classroom_plugins.polls import closing, desk, store, voting
from classroom_plugins.polls.cards import count_votes
from classroom_plugins.polls.domain import Ballot, End, Option, Poll, State, Via
from classroom_plugins.polls.tables import TABLES

ZONE = ZoneInfo("Europe/Moscow")
KLASS = Klass(ClassId("3b"), "3Б", "ru", ZONE, QuietHours(time(0), time(0)))
TEACHER = Person(PersonId("teacher"), "Учитель", Role.TEACHER)
CARD, POLL = EventId("$card"), EventId("$poll")


def _family(number: int) -> Family:
    id_ = FamilyId(f"f{number}")
    household = HouseholdId(f"h{number}")
    guardians = tuple(
        Person(PersonId(f"g{number}{who}"), who, Role.GUARDIAN, family_id=id_, household_id=household) for who in "ab"
    )
    pupil = Pupil(PersonId(f"p{number}"), id_, f"Ученик {number}", "Ученик", number)
    return Family(id_, (pupil,), (Household(household, id_, guardians),))


ROSTER = Roster(KLASS.id, tuple(_family(number) for number in range(3)), (TEACHER,))
GUARDIANS = [person for family in ROSTER.families for person in family.guardians]


class Scene:
    """As much of a context as votes need."""

    klass = KLASS
    roster = ROSTER
    room = Room(RoomId("!d"), "desk")
    now = datetime(2026, 11, 16, 12, tzinfo=ZONE)

    def __init__(self, person: Person | None = None, fact: Fact | None = None) -> None:
        self.person = person
        self.event_id = fact.event_id if fact else None
        self.occurred = fact.at if fact else 0
        self.told: list[str] = []

    def subject(self, event_id: str) -> Subject | None:
        return {CARD: Subject("poll_card", "1"), POLL: Subject("poll", "1")}.get(EventId(event_id))

    def text(self, key: str, **_: Any) -> str:
        return key

    def listed(self, key: str) -> list[str]:
        return [key]

    def tell(self, _households: Any, key: str, **_: Any) -> None:
        self.told.append(key)

    def reply(self, key: str, **_: Any) -> None:
        self.told.append(key)

    def posted(self, _subject: Subject) -> list[str]:
        return []

    def post(self, *_: Any, **__: Any) -> None: ...
    def refresh(self, *_: Any, **__: Any) -> None: ...
    def cancel(self, *_: Any) -> None: ...


@contextmanager
def tables() -> Iterator[None]:
    database = peewee.SqliteDatabase(":memory:")
    with database.bind_ctx(TABLES), database.connection_context():
        database.create_tables(TABLES)
        yield


def _vote(n: int, at: int, person: Person, choice: str | None) -> Any:
    fact = PollVoted(
        event_id=EventId(f"$n{n}"), room_id=RoomId("!r"), sender=UserId(person.id), at=at, target=POLL,
        answers=() if choice is None else (choice,),
    )  # fmt: skip
    return partial(_handle, voting.count_vote, person, fact)


def _react(n: int, at: int, person: Person, key: str) -> Any:
    fact = ReactionAdded(
        event_id=EventId(f"$r{n}"), room_id=RoomId("!r"), sender=UserId(person.id), at=at, target=CARD, key=key
    )
    return partial(_handle, voting.count_reaction, person, fact)


def _say(n: int, at: int, person: Person, body: str) -> Any:
    fact = MessageSent(event_id=EventId(f"$d{n}"), room_id=RoomId("!d"), sender=UserId(person.id), at=at, body=body)

    def act() -> None:
        for meaning in desk.understand(Scene(person), person, fact):  # type: ignore[arg-type]
            desk.take(Scene(person, fact), meaning)  # type: ignore[arg-type]

    return act


def _take_back(n: int, at: int, target: str) -> Any:
    fact = EventRedacted(event_id=EventId(f"$x{n}"), room_id=RoomId("!r"), sender=UserId("s"), at=at, target=EventId(target))
    return partial(_handle, voting.take_back, GUARDIANS[0], fact)


def _enter(n: int, at: int, family: int, choice: str | None) -> Any:
    ballot = Ballot(EventId(f"$p{n}"), FamilyId(f"f{family}"), TEACHER.id, Via.PROXY, choice, at)

    def act() -> None:
        voting.record(Scene(TEACHER), _poll(), ballot)  # type: ignore[arg-type]

    return act


def _close(at: int) -> Any:
    def act() -> None:
        closing.conclude(Scene(), _poll(), End(State.CLOSED, at, "$end"))  # type: ignore[arg-type]

    return act


def _handle(listener: Any, person: Person, fact: Fact) -> None:
    listener.handler(Scene(person), fact)


def _poll() -> Poll:
    found = store.get(KLASS.id, 1)
    assert found is not None
    return found


def _state_after(acts: list[Any]) -> tuple[Any, ...]:
    with tables():
        store.create(KLASS.id, "Когда?", [Option("1", "А"), Option("2", "Б")], room="events", opened_at=0)
        for act in acts:
            act()
        poll = _poll()
        count = count_votes(Scene(), poll)  # type: ignore[arg-type]
        if poll.state is State.CLOSED:
            assert poll.announced == count.outcome
        # Behind the end a number in the desk is talk, but a vote in vain where it overtook the end.
        known = [ballot for ballot in store.ballots(poll) if ballot.via is not Via.DESK or not poll.is_over(ballot.at)]
        votes = sorted(known, key=lambda ballot: ballot.source)
        return poll.state, poll.closed_at, dict(count.counts), sorted(count.voted), poll.announced, votes


@st.composite
def histories(draw: st.DrawFn) -> list[tuple[int, Any]]:
    """Acts with the homeserver's time of each."""
    acts: list[tuple[int, Any]] = []
    events: list[tuple[int, str]] = []
    for n in range(draw(st.integers(0, 12))):
        at = draw(st.integers(1, 30))
        person = draw(st.sampled_from(GUARDIANS))
        match draw(st.sampled_from(["vote", "vote", "react", "say", "enter", "redact"])):
            case "vote":
                acts.append((at, _vote(n, at, person, draw(st.sampled_from(["1", "2", "7", None])))))
                events.append((at, f"$n{n}"))
            case "react":
                acts.append((at, _react(n, at, person, draw(st.sampled_from(["1️⃣", "2️⃣", "👍"])))))
                events.append((at, f"$r{n}"))
            case "say":
                acts.append((at, _say(n, at, person, draw(st.sampled_from(["1", "2", "7", "б", "Спасибо"])))))
                events.append((at, f"$d{n}"))
            case "enter":
                acts.append((at, _enter(n, at, draw(st.integers(0, 2)), draw(st.sampled_from(["1", "2", None])))))
                events.append((at, f"$p{n}"))
            case _ if events:
                since, target = draw(st.sampled_from(events))
                later = since + draw(st.integers(0, 10))
                acts.append((later, _take_back(n, later, target)))
    end = draw(st.none() | st.integers(5, 35))
    return acts if end is None else [*acts, (end, _close(end))]


@settings(max_examples=60, deadline=None)
@given(histories(), st.randoms(use_true_random=False))
def test_any_replay_duplication_or_shuffle_leads_to_the_serial_state(history: list[tuple[int, Any]], dice: random.Random):
    serial = [act for _, act in sorted(history, key=lambda entry: entry[0])]
    again = serial + [act for act in serial if dice.random() < 0.5]
    dice.shuffle(again)
    assert _state_after(again) == _state_after(serial)
    assert _state_after([*serial, *serial]) == _state_after(serial)


def test_the_same_event_tells_the_family_once():
    with tables():
        store.create(KLASS.id, "Когда?", [Option("1", "А"), Option("2", "Б")], room="events", opened_at=0)
        first, second = GUARDIANS[0], GUARDIANS[1]
        scenes = [Scene(first), Scene(second), Scene(second)]
        for scene, n, person, choice in zip(scenes, (1, 2, 2), (first, second, second), ("1", "2", "2"), strict=True):
            fact = PollVoted(
                event_id=EventId(f"$n{n}"), room_id=RoomId("!r"), sender=UserId(person.id), at=n, target=POLL, answers=(choice,)
            )
            voting.count_vote.handler(scene, fact)
        assert [scene.told for scene in scenes] == [[], ["polls-family-differs"], []]


@pytest.mark.parametrize(
    "person",
    [
        replace(GUARDIANS[0], limited=True),
        replace(GUARDIANS[0], role=Role.RELATIVE),
        replace(GUARDIANS[0], role=Role.SPECIALIST),
        replace(GUARDIANS[0], family_id=None),
        TEACHER,
        None,
    ],
)
def test_only_guardians_without_a_court_limit_vote(person: Person | None):
    with tables():
        store.create(KLASS.id, "Когда?", [Option("1", "А"), Option("2", "Б")], room="events", opened_at=0)
        scene = Scene(person)
        fact = PollVoted(event_id=EventId("$1"), room_id=RoomId("!r"), sender=UserId("x"), at=1, target=POLL, answers=("1",))
        voting.count_vote.handler(scene, fact)
        reaction = ReactionAdded(event_id=EventId("$2"), room_id=RoomId("!r"), sender=UserId("x"), at=1, target=CARD, key="1")
        voting.count_reaction.handler(scene, reaction)
        assert (store.ballots(_poll()), scene.told) == ([], [])
