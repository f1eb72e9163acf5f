"""How votes become a result."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classroom_matrix.domain.ids import EventId, FamilyId, PersonId
from classroom_plugins.polls.domain import (
    Ballot,
    Option,
    Poll,
    State,
    Via,
    is_change_of_mind,
    mark,
    native_counts,
    option_named,
    position_of,
    standing_vote,
    struck,
    tally,
)

OPTIONS = (Option("1", "Пятница"), Option("2", "Суббота"), Option("3", "Всё равно"))
FAMILIES = [FamilyId(f"f{n}") for n in range(4)]


def poll(**changes: object) -> Poll:
    values = {
        "id": 1,
        "class_id": "3b",
        "number": 1,
        "question": "Когда?",
        "options": OPTIONS,
        "room": "events",
        "opened_at": 0,
    }
    return Poll(**{**values, **changes})  # type: ignore[arg-type]


def ballot(at: int, choice: str | None, voter: str = "mother", via: Via = Via.NATIVE, family: str = "f0") -> Ballot:
    return Ballot(EventId(f"${at}{voter}{via}"), FamilyId(family), PersonId(voter), via, choice, at)


def choice(*ballots: Ballot, ends_at: int | None = None) -> str | None:
    standing = standing_vote(ballots, ends_at)
    return standing.choice if standing else None


def test_standing_vote_is_the_last_one_of_the_family():
    assert choice(ballot(1, "1"), ballot(2, "2", "father")) == "2"
    assert choice(ballot(3, "1"), ballot(2, "2", "father")) == "1"


def test_standing_vote_of_nobody_is_none():
    assert standing_vote([], None) is None


def test_emptied_vote_silences_its_voice_and_no_other():
    assert choice(ballot(1, "1"), ballot(2, "2"), ballot(3, None)) is None
    assert choice(ballot(1, "1"), ballot(2, "2", "father"), ballot(3, None, "father")) == "1"


def test_redacted_vote_lets_the_one_before_it_count_again():
    assert choice(ballot(1, "1"), struck(ballot(2, "2"), 3)) == "1"


def test_reaction_that_still_stands_counts_when_the_native_vote_is_emptied():
    assert choice(ballot(1, "1", via=Via.REACTION), ballot(2, "2"), ballot(3, None)) == "1"


def test_proxy_entry_and_guardians_override_each_other():
    assert choice(ballot(1, "1"), ballot(2, "2", "teacher", Via.PROXY)) == "2"
    assert choice(ballot(1, "2", "teacher", Via.PROXY), ballot(2, "1")) == "1"


def test_proxy_entries_of_several_teachers_are_one_voice():
    assert choice(ballot(1, "1", "teacher", Via.PROXY), ballot(2, None, "substitute", Via.PROXY)) is None


def test_votes_at_the_end_count_and_later_ones_do_not():
    assert choice(ballot(10, "1"), ballot(11, "2"), ends_at=10) == "1"


def test_redaction_after_the_end_changes_nothing():
    assert choice(struck(ballot(5, "1"), 11), ends_at=10) == "1"
    assert choice(struck(ballot(5, "1"), 10), ends_at=10) is None


def test_the_earliest_redaction_counts():
    assert struck(struck(ballot(1, "1"), 20), 10).struck_at == 10
    assert struck(struck(ballot(1, "1"), 10), 20).struck_at == 10


def test_tally_counts_families_and_not_accounts():
    votes = [ballot(1, "1"), ballot(2, "2", "father"), ballot(3, "2", family="f1"), ballot(4, "1", family="f2")]
    count = tally(poll(), votes, FAMILIES)
    assert dict(count.counts) == {"1": 1, "2": 2, "3": 0}
    assert (count.turnout, count.leaders, count.voted) == (Fraction(3, 4), ("2",), {"f0", "f1", "f2"})


def test_tally_leaves_out_families_that_left_the_class():
    assert tally(poll(), [ballot(1, "1", family="gone")], FAMILIES).voted == frozenset()


def test_tally_of_a_closed_poll_stays_when_families_come_and_go():
    closed = poll(state=State.CLOSED, closed_at=9, electorate=frozenset(FAMILIES))
    assert tally(closed, [ballot(1, "1")], [FamilyId("new")]).turnout == Fraction(1, 4)


def test_tally_says_a_tie_plainly():
    assert tally(poll(), [ballot(1, "1"), ballot(2, "3", family="f1")], FAMILIES).leaders == ("1", "3")


def test_tally_without_votes_has_no_leaders():
    assert tally(poll(), [], FAMILIES).leaders == ()
    assert tally(poll(), [], []).turnout == 0


@pytest.mark.parametrize(
    ("quorum", "families", "needed"),
    [
        (Fraction(1, 2), 4, 2),
        (Fraction(1, 2), 27, 14),
        (Fraction(2, 3), 27, 18),
        (Fraction(1), 27, 27),
        (Fraction(1, 100), 4, 1),
    ],
)
def test_quorum_is_the_smallest_whole_number_of_families(quorum: Fraction, families: int, needed: int):
    count = tally(poll(quorum=quorum), [], [FamilyId(str(n)) for n in range(families)])
    assert (count.needed, count.has_quorum) == (needed, False)


def test_poll_without_quorum_always_has_it():
    assert tally(poll(), [], FAMILIES).has_quorum


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (None, ballot(1, "1"), False),
        (ballot(1, "1"), ballot(2, "2"), False),
        (ballot(1, "1"), ballot(2, "1", "father"), False),
        (ballot(1, "1"), ballot(2, "2", "father"), True),
        (ballot(1, "1"), ballot(2, "2", via=Via.REACTION), False),
        (ballot(1, "1"), ballot(2, "2", "teacher", Via.PROXY), True),
        (ballot(1, "1", "teacher", Via.PROXY), ballot(2, "2", "substitute", Via.PROXY), False),
        (ballot(1, "1"), None, False),
    ],
)
def test_change_of_mind_is_a_different_choice_of_somebody_else(before: Ballot | None, after: Ballot | None, told: bool):
    assert is_change_of_mind(before, after) == told


@given(st.integers(1, 20))
def test_button_of_a_position_names_it(position: int):
    assert position_of(mark(position)) == position
    assert position_of(mark(position).replace("\N{VARIATION SELECTOR-16}", "")) == position


@pytest.mark.parametrize(
    ("key", "position"), [("2", 2), ("№2", 2), ("2.", 2), ("👍", None), ("", None), ("¹", None), ("٢", None)]
)
def test_position_is_read_from_numbers_only(key: str, position: int | None):
    assert position_of(key) == position


@pytest.mark.parametrize(
    ("said", "named"),
    [("2", "2"), ("суббота", "2"), ("СУББ", "2"), ("все равно.", "3"), ("4", None), ("0", None), ("вторник", None), ("", None)],
)
def test_option_is_named_by_number_text_or_beginning(said: str, named: str | None):
    found = option_named(OPTIONS, said)
    assert (found.id if found else None) == named


BALLOTS = st.lists(
    st.builds(
        lambda n, voter, via, choice, at, struck_at: Ballot(
            EventId(f"${n}"), FamilyId(f"f{len(voter) % 3}"), PersonId(voter), via, choice, at, struck_at
        ),
        st.integers(0, 1_000),
        st.sampled_from(["a", "bb", "ccc", "dddd"]),
        st.sampled_from(list(Via)),
        st.sampled_from(["1", "2", "3", "9", None]),
        st.integers(0, 6),
        st.none() | st.integers(0, 6),
    ),
    unique_by=lambda one: one.source,
    max_size=12,
)


@given(BALLOTS, st.none() | st.integers(0, 6), st.randoms())
def test_tally_does_not_depend_on_the_order_of_arrival(ballots: list[Ballot], until: int | None, random):
    shuffled = list(ballots)
    random.shuffle(shuffled)
    assert tally(poll(until=until), shuffled, FAMILIES) == tally(poll(until=until), ballots, FAMILIES)


def test_native_counts_are_of_accounts_and_their_last_native_votes():
    votes = [
        ballot(1, "1"),
        ballot(2, "2", "father"),
        ballot(3, "1", "father", Via.REACTION),
        ballot(4, "1", "aunt", family="f1"),
    ]
    assert native_counts(poll(), votes) == {"1": 2, "2": 1, "3": 0}
    assert native_counts(poll(), [*votes, ballot(5, None)]) == {"1": 1, "2": 1, "3": 0}
    assert native_counts(poll(until=3), votes) == {"1": 1, "2": 1, "3": 0}


def test_winner_is_alone_in_the_lead_and_has_the_quorum():
    votes = [ballot(1, "1"), ballot(2, "1", family="f1")]
    assert tally(poll(), votes, FAMILIES).winner == "1"
    assert tally(poll(quorum=Fraction(3, 4)), votes, FAMILIES).winner is None
    assert tally(poll(), [*votes, ballot(3, "2", family="f1")], FAMILIES).winner is None
    assert tally(poll(), [], FAMILIES).winner is None


@given(BALLOTS, st.none() | st.integers(0, 6))
def test_tally_counts_no_family_twice(ballots: list[Ballot], until: int | None):
    count = tally(poll(until=until), ballots, FAMILIES)
    assert sum(count.counts.values()) == len(count.voted) <= len(FAMILIES)
