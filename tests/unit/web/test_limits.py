from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta

import pytest

from classroom_matrix.testing.fake_clock import FakeClock
from classroom_matrix.web.limits import EVERYWHERE, FIRST_PAUSE, FREE, LONGEST_PAUSE, MEMORY, PER_ADDRESS, WINDOW, Attempts

SCHOOL, ELSEWHERE = "192.0.2.1", "198.51.100.7"


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(datetime(2026, 9, 1, 8, 0, tzinfo=UTC))


@pytest.fixture
def attempts(clock: FakeClock) -> Attempts:
    return Attempts(clock.seconds)


_others = itertools.count()


def exhaust(attempts: Attempts, address: str) -> None:
    for number in itertools.islice(_others, PER_ADDRESS):
        assert attempts.begin(address, f"other{number}") == 0


def test_parents_of_a_class_come_in_through_one_address_though_a_third_mistypes_twice(attempts: Attempts) -> None:
    waits = []
    for parent in range(49):
        mistakes = 2 if parent % 3 == 0 else 0
        waits += [attempts.begin(SCHOOL, f"slip{parent}") for _ in range(mistakes + 1)]
        attempts.succeeded(SCHOOL, f"slip{parent}")
    assert set(waits) == {0}


def test_parents_come_in_through_an_address_that_somebody_abuses(attempts: Attempts) -> None:
    exhaust(attempts, SCHOOL)
    assert [attempts.begin(SCHOOL, f"slip{parent}") for parent in range(49) for _ in range(FREE)] == [0] * 49 * FREE


def test_guesser_on_many_slips_is_slowed(attempts: Attempts, clock: FakeClock) -> None:
    made = 0
    for number in range(1_000):  # one a second, over fifty slips
        made += attempts.begin(ELSEWHERE, f"slip{number % 50}") == 0
        clock.advance(timedelta(seconds=1))
    assert FREE * 50 <= made < 400


def test_thousand_tries_at_once_are_counted_before_the_first_has_failed(attempts: Attempts) -> None:
    exhaust(attempts, ELSEWHERE)
    assert sum(attempts.begin(ELSEWHERE, "slip1") == 0 for _ in range(1_000)) == FREE


def test_pauses_grow_and_end(attempts: Attempts, clock: FakeClock) -> None:
    waited = []
    for _ in range(12):
        exhaust(attempts, SCHOOL)
        if pause := attempts.begin(SCHOOL, "slip1"):
            waited.append(pause)
            clock.advance(timedelta(seconds=pause))
            exhaust(attempts, SCHOOL)
            assert attempts.begin(SCHOOL, "slip1") == 0
    assert waited[:4] == pytest.approx([FIRST_PAUSE * 2**power for power in range(4)])
    assert waited[-1] == pytest.approx(LONGEST_PAUSE)


def test_one_mistyping_parent_waits_for_their_own_pause_only(attempts: Attempts, clock: FakeClock) -> None:
    exhaust(attempts, SCHOOL)
    for _ in range(FREE):
        attempts.begin(SCHOOL, "slip1")
    clock.advance(timedelta(seconds=FIRST_PAUSE))
    exhaust(attempts, SCHOOL)  # the thief goes on all the time
    assert attempts.begin(SCHOOL, "slip1") == 0


def test_slip_that_fails_elsewhere_does_not_wait_while_all_is_calm(attempts: Attempts) -> None:
    for _ in range(10):
        assert attempts.begin(SCHOOL, "slip1") == 0  # the slip's own limit, in the database, says when it is too many


def test_many_addresses_together_are_slowed(attempts: Attempts) -> None:
    for number in range(EVERYWHERE):
        attempts.begin(f"2001:db8:{number:x}::/64", f"other{number}")
    assert [attempts.begin(f"203.0.113.{number}", "slip1") > 0 for number in range(3)] == [False, False, True]


def test_failures_are_forgotten(attempts: Attempts, clock: FakeClock) -> None:
    exhaust(attempts, SCHOOL)
    for _ in range(FREE):
        attempts.begin(SCHOOL, "slip1")
    assert attempts.begin(SCHOOL, "slip1") > 0
    clock.advance(timedelta(seconds=WINDOW))
    assert attempts.begin(SCHOOL, "slip1") == 0
    clock.advance(timedelta(seconds=MEMORY))
    exhaust(attempts, SCHOOL)
    assert [attempts.begin(SCHOOL, "slip1") for _ in range(FREE)] == [0] * FREE


def test_success_gives_a_slip_its_first_tries_back(attempts: Attempts) -> None:
    exhaust(attempts, SCHOOL)
    attempts.begin(SCHOOL, "slip1")
    attempts.begin(SCHOOL, "slip1")
    attempts.succeeded(SCHOOL, "slip1")
    assert attempts.begin(SCHOOL, "slip1") == 0


def test_success_does_not_make_an_address_patient(attempts: Attempts) -> None:
    """A thief who has a slip of their own cannot wipe their failures away with it."""
    exhaust(attempts, ELSEWHERE)
    waits = []
    for _ in range(50):
        attempts.begin(ELSEWHERE, "own")
        attempts.succeeded(ELSEWHERE, "own")
        waits.append(attempts.begin(ELSEWHERE, "slip1"))
    assert [wait > 0 for wait in waits] == [False] * FREE + [True] * (50 - FREE)


def test_addresses_are_forgotten_when_they_count_no_more(attempts: Attempts, clock: FakeClock) -> None:
    attempts.begin(SCHOOL, "slip1")
    clock.advance(timedelta(seconds=WINDOW - 1))
    attempts.begin(ELSEWHERE, "slip2")
    attempts.sweep()
    assert set(attempts._addresses) == {SCHOOL, ELSEWHERE}
    clock.advance(timedelta(seconds=1))
    attempts.sweep()
    assert set(attempts._addresses) == {ELSEWHERE}
    clock.advance(timedelta(seconds=MEMORY))
    attempts.sweep()
    assert (len(attempts._addresses), len(attempts._slips)) == (0, 0)


def test_memory_is_bounded(attempts: Attempts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("classroom_matrix.web.limits._SLIPS", 10)
    monkeypatch.setattr("classroom_matrix.web.limits._ADDRESSES", 10)
    for number in range(1_000):
        attempts.begin(f"address{number}", f"slip{number}")
    assert (len(attempts._slips), len(attempts._addresses)) == (10, 10)
