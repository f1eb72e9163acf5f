"""When a pupil is away follows from the set of what was said."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from classroom_matrix.domain.ids import EventId, FamilyId, PersonId
from classroom_matrix.domain.school_days import MON_TO_FRI
from classroom_plugins.absence.domain import Absence, Kind, Reason, Statement, absence_on, absences

MON = date(2026, 11, 16)
ILL, OTHER = Reason.ILL, Reason.OTHER


def day(number: int) -> date:
    """Monday is 0."""
    return MON + timedelta(days=number)


def away(
    at: int, first: int, last: int, *, bounded: bool | None = None, reason: Reason = ILL, struck: bool = False
) -> Statement:
    return _said(
        at, Kind.AWAY, first, last, bounded=first != last if bounded is None else bounded, reason=reason, struck=struck
    )


def back(at: int, on: int) -> Statement:
    return _said(at, Kind.BACK, on, on, bounded=True, reason=OTHER, struck=False)


def _said(at: int, kind: Kind, first: int, last: int, *, bounded: bool, reason: Reason, struck: bool) -> Statement:
    pupil, family, person = PersonId("p"), FamilyId("f"), PersonId("g")
    return Statement(
        EventId(f"${at}"),
        pupil,
        family,
        kind,
        day(first),
        day(last),
        bounded,
        reason,
        person,
        proxy=False,
        at=at,
        struck=struck,
    )


def spans(*said: Statement) -> list[tuple[int, int]]:
    return [((one.first - MON).days, (one.last - MON).days) for one in absences(said, MON_TO_FRI)]


def test_later_end_lengthens_and_earlier_end_shortens():
    assert spans(away(1, 0, 0), away(2, 0, 4)) == [(0, 4)]
    assert spans(away(1, 0, 4), away(2, 1, 2)) == [(0, 2)]


def test_word_without_an_end_shortens_nothing():
    assert spans(away(1, 0, 4), away(2, 1, 1)) == [(0, 4)]


def test_days_that_follow_each_other_are_one_absence_over_the_weekend_too():
    assert spans(away(1, 0, 0), away(2, 1, 1)) == [(0, 1)]
    assert spans(away(1, 3, 4), away(2, 7, 8)) == [(3, 8)]
    assert spans(away(1, 0, 0), away(2, 2, 2)) == [(0, 0), (2, 2)]


def test_return_ends_what_holds_on_that_day_and_leaves_what_comes_later():
    assert spans(away(1, 0, 4), back(2, 2)) == [(0, 1)]
    assert spans(away(1, 0, 4), away(2, 14, 18), back(3, 0)) == [(14, 18)]
    assert spans(away(1, 2, 4), back(2, 5)) == [(2, 4)]


def test_what_is_taken_back_was_never_said():
    assert spans(away(1, 0, 0), away(2, 0, 4, struck=True)) == [(0, 0)]


def test_reason_once_said_stays_said():
    (one,) = absences([away(1, 0, 0), away(2, 1, 1, reason=OTHER)], MON_TO_FRI)
    assert one.reason is ILL


def test_absence_on_a_day():
    found = [Absence(day(0), day(1), ILL), Absence(day(4), day(4), ILL)]
    assert [absence_on(found, day(n)) is not None for n in range(6)] == [True, True, False, False, True, False]


STATEMENTS = st.lists(
    st.tuples(st.booleans(), st.integers(0, 20), st.integers(0, 6), st.booleans(), st.booleans()), min_size=1, max_size=8
).map(
    lambda drawn: [
        back(at, first) if is_back else away(at, first, first + length, bounded=bounded, struck=struck)
        for at, (is_back, first, length, bounded, struck) in enumerate(drawn)
    ]
)


@settings(max_examples=200, deadline=None)
@given(STATEMENTS, st.randoms(use_true_random=False))
def test_order_of_arrival_does_not_matter_and_absences_lie_apart(said: list[Statement], random: Random):
    shuffled = list(said)
    random.shuffle(shuffled)
    found = absences(said, MON_TO_FRI)
    assert absences(shuffled, MON_TO_FRI) == found
    assert all(one.first <= one.last for one in found)
    assert all(one.last < other.first for one, other in pairwise(found))


@settings(max_examples=200, deadline=None)
@given(STATEMENTS)
def test_last_word_about_a_day_counts(said: list[Statement]):
    last = said[-1]
    if not last.struck:
        found = absences(said, MON_TO_FRI)
        if last.kind is Kind.AWAY:
            assert absence_on(found, last.first) is not None
