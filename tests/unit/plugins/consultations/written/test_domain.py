"""The states of written consultations, computed from words."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classroom_matrix.domain.ids import EventId, HouseholdId, PersonId, RoomId
from classroom_plugins.consultations.written.domain import Consultation, Kind, State, Word, consultations, current

HOUR, DAY = 3_600_000, 24 * 3_600_000
SETTLES = 7 * DAY


def word(kind: Kind, at: int, source: str = "", target: str | None = None, *, struck: bool = False) -> Word:
    return Word(
        EventId(source or f"${kind}{at}"),
        HouseholdId("h"),
        RoomId("!desk"),
        PersonId("p"),
        kind,
        at,
        EventId(target) if target else None,
        judged_at=at,
        struck_at=at if struck else None,
    )


def now(words: list[Word], at: int = 30 * HOUR) -> Consultation | None:
    return current(consultations(words, at, SETTLES))


def states(words: list[Word], at: int = 30 * HOUR) -> list[State]:
    return [one.state for one in consultations(words, at, SETTLES)]


A, Q, T, C, M = Kind.ANSWERS, Kind.ASKS, Kind.THANKS, Kind.CLOSES, Kind.MEETS


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        ([], []),
        ([Kind.TALK], []),
        ([T], []),
        ([A, C], []),
        ([Q], [State.OPEN]),
        ([Q, Q], [State.OPEN]),
        ([Q, T], [State.OPEN]),  # "спасибо заранее"
        ([Q, Kind.TALK], [State.OPEN]),
        ([Q, A], [State.ANSWERED]),
        ([Q, A, A], [State.ANSWERED]),
        ([Q, A, T], [State.CLOSED]),
        ([Q, A, T, A, T], [State.CLOSED]),
        ([Q, A, Q], [State.OPEN]),
        ([Q, A, Q, A, T], [State.CLOSED]),
        ([Q, C], [State.CLOSED]),
        ([Q, A, C], [State.CLOSED]),
        ([Q, A, T, Q], [State.CLOSED, State.OPEN]),
        ([Q, M], [State.MEETING]),
        ([Q, M, A], [State.MEETING]),
        ([Q, M, T], [State.MEETING]),
        ([Q, M, Q], [State.OPEN]),
        ([Q, M, C], [State.CLOSED]),
        ([M], [State.MEETING]),
    ],
)
def test_state_follows_what_was_said(kinds: list[Kind], expected: list[State]) -> None:
    assert states([word(kind, at) for at, kind in enumerate(kinds, start=1)]) == expected


def test_it_waits_since_the_first_word_without_an_answer() -> None:
    words = [word(Q, 1), word(Q, 2), word(A, 3), word(Q, 5), word(Q, 6)]
    one = now(words)
    assert one is not None
    assert (one.began.at, one.since.at, one.last.at) == (1, 5, 6)


def test_reaction_deals_with_what_was_written_up_to_its_message() -> None:
    words = [word(Q, 1, "$1"), word(Q, 2, "$2"), word(Q, 3, "$3"), word(C, 4, "$c", "$2")]
    one = now(words)
    assert one is not None
    assert (one.state, one.since.source) == (State.OPEN, "$3")
    assert states([*words, word(A, 5, "$a", "$3")]) == [State.ANSWERED]
    assert states([*words, word(C, 5, "$d", "$3")]) == [State.CLOSED]


def test_reaction_to_an_earlier_consultation_leaves_the_next_one_alone() -> None:
    words = [word(Q, 1, "$1"), word(C, 2), word(Q, 3), word(C, 4, "$c", "$1")]
    assert states(words) == [State.CLOSED, State.OPEN]


def test_reaction_to_something_unknown_means_nothing() -> None:
    assert states([word(Q, 1), word(C, 2, "$c", "$card")]) == [State.OPEN]


def test_thanks_by_reaction_have_to_be_for_an_answer() -> None:
    words = [word(Q, 1, "$1"), word(A, 2, "$2")]
    assert states([*words, word(T, 3, "$t", "$1")]) == [State.ANSWERED]
    assert states([*words, word(T, 3, "$t", "$2")]) == [State.CLOSED]


def test_what_is_taken_back_has_never_been() -> None:
    assert states([word(Q, 1, struck=True)]) == []
    assert states([word(Q, 1), word(A, 2, struck=True)]) == [State.OPEN]
    assert states([word(Q, 1), word(C, 2, struck=True)]) == [State.OPEN]


def test_answered_one_is_closed_after_days_of_silence_and_a_question_then_is_a_new_one() -> None:
    words = [word(Q, 1), word(A, 2)]
    assert states(words, 1 + SETTLES) == [State.ANSWERED]
    assert states(words, 2 + SETTLES) == [State.CLOSED]
    assert states([*words, word(Q, 3 + SETTLES)], 4 + SETTLES) == [State.CLOSED, State.OPEN]
    assert states([word(Q, 1)], 90 * DAY) == [State.OPEN]  # what waits is never forgotten


words_strategy = st.lists(
    st.builds(
        lambda kind, at, n, target, struck: word(
            kind, at, f"${n}", f"${target}" if target is not None else None, struck=struck
        ),
        st.sampled_from(list(Kind)),
        st.integers(0, 20 * DAY),
        st.integers(0, 30),
        st.none() | st.integers(0, 30),
        st.booleans(),
    ),
    max_size=12,
    unique_by=lambda one: one.source,
)


@settings(max_examples=200, deadline=None)
@given(words_strategy, st.randoms(use_true_random=False))
def test_order_of_arrival_and_repetition_do_not_matter(words: list[Word], dice: random.Random) -> None:
    shuffled = [*words, *words[:3]]
    dice.shuffle(shuffled)
    assert consultations(shuffled, 40 * DAY, SETTLES) == consultations(words, 40 * DAY, SETTLES)


@settings(max_examples=200, deadline=None)
@given(words_strategy)
def test_only_the_last_is_not_closed_and_what_is_open_has_something_to_answer(words: list[Word]) -> None:
    found = consultations(words, 40 * DAY, SETTLES)
    assert all(one.state is State.CLOSED for one in found[:-1])
    for one in found:
        assert (one.state is State.OPEN) == bool(one.pending)
        assert (one.state is State.CLOSED) == (one.closed_at is not None)
        assert all(each.kind is Kind.ASKS and each.struck_at is None for each in one.pending)
        assert one.began.order <= one.since.order <= one.last.order
