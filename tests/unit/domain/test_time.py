"""Wall-clock rules: quiet hours, and the nights when clocks change."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classroom_matrix.domain.time import QuietHours, at_local

BERLIN = ZoneInfo("Europe/Berlin")
MOSCOW = ZoneInfo("Europe/Moscow")
NIGHT = QuietHours(time(21), time(7))


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("wall", "expected"),
    [
        (datetime(2026, 11, 20, 18, 0), utc(2026, 11, 20, 17, 0)),
        (datetime(2026, 3, 29, 2, 30), utc(2026, 3, 29, 1, 30)),  # skipped in spring: an hour later by the wall
        (datetime(2026, 10, 25, 2, 30), utc(2026, 10, 25, 0, 30)),  # twice in autumn: the first time
    ],
)
def test_at_local_is_one_moment(wall: datetime, expected: datetime) -> None:
    assert expected.timestamp() == at_local(wall, BERLIN).timestamp()  # == between zones is never true in a repeated hour


def test_at_local_of_a_skipped_time_shows_a_time_that_exists() -> None:
    assert at_local(datetime(2026, 3, 29, 2, 30), BERLIN).replace(tzinfo=None) == datetime(2026, 3, 29, 3, 30)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (datetime(2026, 11, 20, 12, 0), datetime(2026, 11, 20, 12, 0)),
        (datetime(2026, 11, 20, 21, 0), datetime(2026, 11, 21, 7, 0)),
        (datetime(2026, 11, 20, 3, 0), datetime(2026, 11, 20, 7, 0)),
        (datetime(2026, 11, 20, 7, 0), datetime(2026, 11, 20, 7, 0)),
    ],
)
def test_next_allowed_is_the_end_of_quiet_hours(now: datetime, expected: datetime) -> None:
    assert expected.replace(tzinfo=MOSCOW) == NIGHT.next_allowed(now.replace(tzinfo=MOSCOW))


def test_quiet_hours_of_no_length_are_never() -> None:
    assert not QuietHours(time(7), time(7)).covers(datetime(2026, 11, 20, 7, 0, tzinfo=MOSCOW))


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)),
    st.times(),
    st.times(),
    st.sampled_from(["Europe/Berlin", "Europe/Moscow", "America/New_York", "Asia/Tashkent"]),
)
def test_next_allowed_is_never_quiet_never_earlier_and_within_a_day(wall: datetime, start: time, end: time, zone: str) -> None:
    quiet = QuietHours(start.replace(second=0, microsecond=0), end.replace(second=0, microsecond=0))
    now = at_local(wall, ZoneInfo(zone))
    allowed = quiet.next_allowed(now)
    assert allowed.astimezone(UTC) >= now.astimezone(UTC)
    assert allowed.astimezone(UTC) - now.astimezone(UTC) <= timedelta(hours=25)
    skipped_hour = allowed.astimezone(UTC) != now.astimezone(UTC) and allowed.time().replace(tzinfo=None) != quiet.end
    assert skipped_hour or not quiet.covers(allowed)
