"""Raw events on their whole way, in any order and repeated: the poll ends up as if they had come one after the other."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classroom_matrix.testing.conversation import CLASS, Conversation
from classroom_plugins.polls import store, tables
from classroom_plugins.polls.domain import Poll, State, Via, tally
from classroom_plugins.polls.plugin import plugin

Event = dict[str, Any]
START = "org.matrix.msc3381.poll.start"
VOTE = "org.matrix.msc3381.poll.response"
END = "org.matrix.msc3381.poll.end"
TEN = datetime(2026, 11, 16, 10, 0)
LATEST = 60  # minutes behind ten o'clock
ADOPTED = "$adopted"
WHO = ("guardian0", "guardian1", "guardian2", "guardian4", "guardian5")


def event(n: int | str, minute: int, who: str, type_: str, content: Mapping[str, Any], room: str = "announcements") -> Event:
    """As the homeserver pushes it, but for `room` (a role), `minute`, and "POLL" in place of the native poll's event."""
    return {
        "event_id": n if isinstance(n, str) else f"$h{n:02}",
        "room": room,
        "sender": f"@{who}:school.localhost",
        "type": type_,
        "minute": minute,
        "content": dict(content),
    }


def about(relation: str, **content: Any) -> dict[str, Any]:
    return {"m.relates_to": {"rel_type": relation, "event_id": "POLL"}, **content}


def start(minute: int) -> Event:
    answers = [{"id": str(n), "org.matrix.msc1767.text": text} for n, text in ((1, "Пятница"), (2, "Суббота"))]
    poll = {"question": {"org.matrix.msc1767.text": "Когда едем?"}, "answers": answers, "kind": "m.disclosed"}
    return event(ADOPTED, minute, "teacher", START, {START: poll})


@st.composite
def histories(draw: st.DrawFn, *, adopted: bool) -> list[Event]:
    """What people do within the hour after a poll begins; first of all its beginning where it is a teacher's native one."""
    acts = [start(0)] if adopted else []
    votes: list[tuple[int, str]] = []
    for n in range(draw(st.integers(1, 10))):
        minute, who = draw(st.integers(1, LATEST)), draw(st.sampled_from(WHO))
        match draw(st.sampled_from(["vote", "vote", "react", "redact", "end", "cancel", "command"])):
            case "vote":
                answers = draw(st.sampled_from([["1"], ["2"], ["7"], []]))
                acts.append(event(n, minute, who, VOTE, about("m.reference", **{VOTE: {"answers": answers}})))
                votes.append((minute, f"$h{n:02}"))
            case "react":
                content = about("m.annotation")
                content["m.relates_to"]["key"] = draw(st.sampled_from(["1️⃣", "2️⃣", "👍"]))
                acts.append(event(n, minute, who, "m.reaction", content))
                votes.append((minute, f"$h{n:02}"))
            case "redact" if votes:
                since, target = draw(st.sampled_from(votes))
                later = min(LATEST, since + draw(st.integers(0, 20)))
                acts.append(event(n, later, who, "m.room.redaction", {"redacts": target}))
            case "end":
                by = draw(st.sampled_from(["teacher", "guardian0"]))  # of whom only one may
                acts.append(event(n, minute, by, END, about("m.reference", **{END: {}})))
            case "cancel":
                acts.append(event(n, minute, "teacher", "m.room.redaction", {"redacts": "POLL"}))
            case "command" if not adopted:
                said = draw(st.sampled_from(["закрыть 1", "отменить 1", "голос Исаев 1 №1", "голос Калинина 2 №1"]))
                content = {"msgtype": "m.text", "body": f"!опрос {said}"}
                acts.append(event(n, minute, "teacher", "m.room.message", content, room="staff"))
    return sorted(acts, key=lambda act: (act["minute"], act["event_id"]))


def state_after(events: Sequence[Event], *, opening: str | None, serial: bool, noticed: int = 0) -> tuple[Any, ...]:
    """The poll at eleven o'clock. `noticed`: after how many events the clock goes on to eleven, where they are not `serial`."""
    with Conversation(plugin) as talk:
        native = ADOPTED
        if opening is not None:
            talk.teacher.says(opening)
            native = talk.poll("Когда").event_id
        for n, act in enumerate(events):
            if serial:
                talk.move_to(max(talk.clock.now(), (TEN + timedelta(minutes=act["minute"])).replace(tzinfo=talk.zone)))
            elif n == noticed:
                talk.move_to(TEN + timedelta(minutes=LATEST + 1))
            talk._feed.append(pushed(talk, act, native))
            talk.settle()
        talk.move_to(TEN + timedelta(minutes=LATEST + 5))
        return talk._runner.run(talk.database.call(lambda: seen(talk)))


def pushed(talk: Conversation, act: Event, native: str) -> Event:
    content = {key: native if value == "POLL" else value for key, value in act["content"].items()}
    if "m.relates_to" in content:
        content["m.relates_to"] = {**content["m.relates_to"], "event_id": native}
    at = (TEN + timedelta(minutes=act["minute"])).replace(tzinfo=talk.zone)
    kept = {key: act[key] for key in ("event_id", "sender", "type")}
    return {**kept, "room_id": talk.room_id(act["room"]), "content": content, "origin_server_ts": int(at.timestamp() * 1000)}


def seen(talk: Conversation) -> tuple[Any, ...]:
    poll = store.by_number(CLASS, 1)
    assert poll is not None
    count = tally(poll, store.ballots(poll), [family.id for family in talk.roster.families])
    assert poll.announced == (count.outcome if poll.state is State.CLOSED else None)
    return poll.state, poll.closed_at, dict(count.counts), sorted(count.voted), ballots(poll)


def ballots(poll: Poll) -> list[Any]:
    """What the teacher enters when the poll is over is refused, or counts for nothing where it overtook the end."""
    known = [ballot for ballot in store.ballots(poll) if ballot.via is not Via.PROXY or not poll.is_over(ballot.at)]
    return sorted(known, key=lambda ballot: ballot.source)


def disturbed(events: Sequence[Event], dice: random.Random) -> list[Event]:
    again = [*events, *(act for act in events if dice.random() < 0.3)]
    dice.shuffle(again)
    return again


OPENINGS = ["!опрос Когда едем? Пятница; Суббота", "!опрос Когда едем? Пятница; Суббота до 10:30"]


@settings(max_examples=18, deadline=None)
@given(histories(adopted=False), st.sampled_from(OPENINGS), st.integers(0, 12), st.randoms(use_true_random=False))
def test_poll_of_ours_is_the_same_in_any_order(history: list[Event], opening: str, noticed: int, dice: random.Random):
    shuffled = state_after(disturbed(history, dice), opening=opening, serial=False, noticed=noticed)
    assert shuffled == state_after(history, opening=opening, serial=True)


@settings(max_examples=18, deadline=None)
@given(histories(adopted=True), st.randoms(use_true_random=False))
def test_adopted_poll_is_the_same_in_any_order_also_before_its_beginning(history: list[Event], dice: random.Random):
    assert state_after(disturbed(history, dice), opening=None, serial=False) == state_after(history, opening=None, serial=True)


@pytest.mark.parametrize("order", [(0, 1, 2, 3, 4), (4, 3, 2, 1, 0), (0, 4, 3, 2, 1), (0, 4, 1, 2, 3)])
def test_earliest_end_is_the_end(order: tuple[int, ...]):
    vote = event(1, 5, "guardian0", VOTE, about("m.reference", **{VOTE: {"answers": ["1"]}}))
    late = event(2, 35, "guardian2", VOTE, about("m.reference", **{VOTE: {"answers": ["2"]}}))
    end = event(3, 30, "teacher", END, about("m.reference", **{END: {}}))
    removal = event(4, 40, "teacher", "m.room.redaction", {"redacts": "POLL"})
    acts = [start(0), vote, end, late, removal]
    state, _, counts, *_ = state_after([acts[n] for n in order], opening=None, serial=False)
    assert (state, counts) == (State.CLOSED, {"1": 1, "2": 0})


def test_votes_before_their_poll_are_kept_for_a_week_and_not_without_end(talk: Conversation, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(store, "EARLY_MOST", 3)

    def kept() -> int:
        return talk._runner.run(talk.database.call(lambda: tables.EarlyRow.select().count()))

    def vote(n: int) -> None:
        talk._feed.append(
            pushed(talk, event(n, n, "guardian0", VOTE, about("m.reference", **{VOTE: {"answers": ["1"]}})), "$else")
        )
        talk.settle()

    for n in range(1, 6):
        vote(n)
    assert kept() == 3
    talk.advance(days=8)
    vote(6)
    assert kept() == 1
