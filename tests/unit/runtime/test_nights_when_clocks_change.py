"""What is due in the hour that clocks skip or repeat happens once, also where the service is down for a part of that night."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classroom_matrix.domain.time import at_local
from classroom_matrix.testing.conversation import BOT, Conversation

from .toy.plugin import plugin

BERLIN = ZoneInfo("Europe/Berlin")
SPRING, AUTUMN = datetime(2026, 3, 29), datetime(2026, 10, 25)


def rung(talk: Conversation) -> list[datetime]:
    """When the bell rang, by the homeserver's clock."""
    events = talk.homeserver.rooms[talk.room_id("staff")].events
    return [
        datetime.fromtimestamp(event["origin_server_ts"] / 1000, UTC)
        for event in events
        if event["sender"] == BOT and event["content"].get("body", "").startswith("rang")
    ]


def night(before: datetime) -> Conversation:
    return Conversation(plugin, language="en", zone="Europe/Berlin", start=before - timedelta(hours=6))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (SPRING, datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),  # the wall goes from 02:00 to 03:00: it is said at 03:30
        (AUTUMN, datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),  # the first of two
    ],
    ids=["spring", "autumn"],
)
def test_reminder_at_half_past_two_fires_once(day: datetime, expected: datetime) -> None:
    with night(day) as talk:
        talk.teacher.says(f"!remind {day:%d.%m} 02:30")
        for _ in range(60):  # ten minutes each, so that every wall time of the night is passed, the repeated ones twice
            talk.advance(minutes=10)
        assert [moment.replace(microsecond=0) for moment in rung(talk)] == [expected]
        talk.advance(days=2)
        assert len(rung(talk)) == 1


@pytest.mark.parametrize("day", [SPRING, AUTUMN], ids=["spring", "autumn"])
def test_reminder_of_a_night_that_the_service_slept_through_fires_once(day: datetime) -> None:
    with night(day) as talk:
        talk.teacher.says(f"!remind {day:%d.%m} 02:30")
        talk.clock.advance(timedelta(hours=12))  # nobody looks in between
        talk.settle()
        talk.advance(days=1)
        assert len(rung(talk)) == 1


@pytest.mark.parametrize(
    ("day", "written", "expected"),
    [
        (SPRING, timedelta(hours=5), datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),  # at 03:00 it is past 02:30
        (AUTUMN, timedelta(hours=5), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        (AUTUMN, timedelta(hours=9, minutes=10), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),  # at 02:10 for the second time
    ],
    ids=["spring", "autumn", "autumn, in the second hour"],
)
def test_letter_held_until_half_past_two_comes_once(day: datetime, written: timedelta, expected: datetime) -> None:
    with night(day) as talk:
        home = talk.roster.families[0].households[0]
        adults = [voice for voice in talk.guardians_of(talk.roster.families[0].label) if voice.person in home.guardians]
        for adult in adults:
            adult.says("!quiet 22:00-2:30")
        talk.advance(seconds=written.total_seconds())
        talk.teacher.says("!letter", room="staff")
        for _ in range(24):
            talk.advance(minutes=30)
        letters = [message for message in talk.desk(adults[0]) if message.sender == BOT and message.loud]
        assert len(letters) == 1
        events = {e["event_id"]: e for e in talk.homeserver.rooms[talk.room_id(home.id)].events}
        sent = events[letters[0].event_id]["origin_server_ts"] / 1000
        assert expected.timestamp() <= sent < expected.timestamp() + 60


@settings(max_examples=12, deadline=None)
@given(st.sampled_from([SPRING, AUTUMN]), st.builds(time, st.integers(0, 4), st.integers(0, 59)))
def test_reminder_at_any_time_of_these_nights_fires_once_and_when_it_was_said(day: datetime, wall: time) -> None:
    with night(day) as talk:
        talk.teacher.says(f"!remind {day:%d.%m} {wall:%H:%M}")
        talk.advance(hours=14)
        expected = at_local(datetime.combine(day.date(), wall), BERLIN).astimezone(UTC)
        assert [moment.replace(microsecond=0) for moment in rung(talk)] == [expected]
