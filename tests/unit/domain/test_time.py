"""Wall-clock rules: quiet hours, and the nights when clocks change."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from classroom_matrix.domain.time import OfficeHours, QuietHours, at_local, end_of_quiet

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


ZONES = [
    ZoneInfo(name) for name in ("Europe/Berlin", "Europe/Moscow", "America/New_York", "Australia/Lord_Howe", "Asia/Tashkent")
]
CHANGES = [
    (ZoneInfo(name), datetime(*parts, tzinfo=UTC))
    for name, *moments in (
        ("Europe/Berlin", (2026, 3, 29, 1), (2026, 10, 25, 1)),
        ("America/New_York", (2026, 3, 8, 7), (2026, 11, 1, 6)),
        ("Australia/Lord_Howe", (2026, 4, 4, 15), (2026, 10, 3, 15, 30)),  # by half an hour
    )
    for parts in moments
]
LOCALS = st.one_of(
    st.builds(
        lambda moment, zone: moment.replace(minute=moment.minute // 15 * 15, second=0, microsecond=0, tzinfo=UTC).astimezone(
            zone
        ),
        st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)),
        st.sampled_from(ZONES),
    ),
    st.builds(
        lambda change, steps: (change[1] + timedelta(minutes=15 * steps)).astimezone(change[0]),
        st.sampled_from(CHANGES),
        st.integers(-6, 8),
    ),
)
"""Moments of the one time that has no gaps, so that every one of them happens, also the second 02:30 of a night."""
MINUTES = st.builds(
    lambda hour, quarter: time(hour, 15 * quarter), st.one_of(st.integers(1, 3), st.integers(0, 23)), st.integers(0, 3)
)


@settings(max_examples=400)
@given(LOCALS, MINUTES, MINUTES)
@example(datetime(2026, 10, 25, 2, 15, fold=1, tzinfo=BERLIN), time(22), time(2, 30))
@example(datetime(2026, 3, 29, 1, 45, tzinfo=BERLIN), time(22), time(2, 30))
def test_quiet_hours_end_at_the_next_moment_that_is_not_quiet(local: datetime, start: time, end: time) -> None:
    quiet = QuietHours(start, end)
    now, zone = local.astimezone(UTC), ZoneInfo(str(local.tzinfo))
    allowed = quiet.next_allowed(local).astimezone(UTC)
    assert allowed >= now
    assert (allowed == now) == (not quiet.covers(local))
    assert not quiet.covers(allowed.astimezone(zone)) or _was_skipped(allowed, quiet.end, zone)
    between = [now + timedelta(minutes=15 * step) for step in range(int((allowed - now) / timedelta(minutes=15)))]
    assert all(quiet.covers(moment.astimezone(zone)) or _is_changing(moment, zone) for moment in between)


@settings(max_examples=400)
@given(LOCALS, st.sets(st.integers(0, 6), min_size=1), MINUTES, MINUTES)
def test_office_hours_open_at_the_next_moment_that_they_cover(local: datetime, days: set[int], start: time, end: time) -> None:
    if start == end:
        return
    now, zone = local.astimezone(UTC), ZoneInfo(str(local.tzinfo))
    office = OfficeHours(frozenset(days), min(start, end), max(start, end))
    opens = office.next_open(local).astimezone(UTC)
    assert opens >= now
    assert (opens == now) == office.covers(local)
    assert opens - now <= timedelta(days=7, hours=1)
    assert office.covers(opens.astimezone(zone)) or _was_skipped(opens, office.start, zone)
    between = [now + timedelta(minutes=15 * step) for step in range(int((opens - now) / timedelta(minutes=15)))]
    assert not any(office.covers(moment.astimezone(zone)) and not _is_changing(moment, zone) for moment in between)


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)), st.sampled_from(ZONES))
def test_at_local_of_every_time_happens_once_and_in_order(wall: datetime, zone: ZoneInfo) -> None:
    moment = at_local(wall, zone)
    assert moment.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == moment.replace(tzinfo=None)
    assert at_local(wall + timedelta(hours=2), zone).astimezone(UTC) > moment.astimezone(UTC)


def test_office_hours_are_said_by_the_wall_clock() -> None:
    office = OfficeHours(frozenset(range(5)), time(15), time(18))
    friday = datetime(2026, 10, 23, 18, 0, tzinfo=BERLIN)
    assert office.next_open(friday) == datetime(2026, 10, 26, 15, 0, tzinfo=BERLIN)  # over the night that is an hour longer
    assert office.covers(datetime(2026, 10, 26, 17, 59, tzinfo=BERLIN))
    assert not office.covers(datetime(2026, 10, 25, 16, 0, tzinfo=BERLIN))


def _is_changing(moment: datetime, zone: ZoneInfo) -> bool:
    """Whether the clocks of a place change within an hour of a moment: what the wall says is said twice, or not at all."""
    offsets = {(moment + timedelta(hours=hours)).astimezone(zone).utcoffset() for hours in (-1, 0, 1)}
    return len(offsets) > 1


def _was_skipped(moment: datetime, wall: time, zone: ZoneInfo) -> bool:
    """Whether the clocks went past the time `wall` on the day of a moment."""
    local = moment.astimezone(zone)
    return at_local(datetime.combine(local.date(), wall), zone).time().replace(tzinfo=None) != wall


def test_quiet_hours_of_several_end_with_the_last_that_follow_each_other() -> None:
    early, late, morning = QuietHours(time(20), time(6)), QuietHours(time(23), time(8)), QuietHours(time(7, 30), time(9))
    evening = datetime(2026, 11, 16, 21, 0, tzinfo=BERLIN)
    never = QuietHours(time(0), time(0))
    assert end_of_quiet([early, late], evening, never) == datetime(2026, 11, 17, 8, 0, tzinfo=BERLIN)
    assert end_of_quiet([early, late, morning], evening, never) == datetime(2026, 11, 17, 9, 0, tzinfo=BERLIN)
    assert end_of_quiet([late, morning], evening, early) is None
    assert end_of_quiet([], evening, early) == datetime(2026, 11, 17, 6, 0, tzinfo=BERLIN)
    whole_day = [QuietHours(time(0), time(12)), QuietHours(time(12), time(0))]
    assert end_of_quiet(whole_day, evening, early) == datetime(2026, 11, 17, 6, 0, tzinfo=BERLIN)
    twice = datetime(2026, 10, 25, 2, 15, fold=1, tzinfo=BERLIN)
    ends = end_of_quiet([QuietHours(time(22), time(2, 30))], twice, never)
    assert ends is not None
    assert ends.astimezone(UTC) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_quiet_hours_are_read_as_they_are_written_down() -> None:
    assert QuietHours.of(str(QuietHours(time(22, 5), time(8)))) == QuietHours(time(22, 5), time(8))
