"""The homeserver's time follows the file that a test writes, at once and without time-outs."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from classroom_matrix.testing.homeserver import EmbeddedHomeserver
from classroom_matrix.testing.person import Person
from classroom_matrix.testing.shifted_time import ShiftedTime
from tests.conftest import PASSWORD

START = datetime(2031, 11, 3, 8, 0, tzinfo=UTC)


async def test_homeserver_stamps_events_with_the_shifted_time(tmp_path: Path) -> None:
    shifted = ShiftedTime(tmp_path / "clock")
    shifted.start_at(START)
    async with EmbeddedHomeserver(tmp_path / "state", bcrypt_rounds=4, clock_file=shifted.path) as homeserver:
        login = await homeserver.register("anna", PASSWORD)
        async with Person(homeserver.url, login.user_id, login.access_token) as anna:
            room = await anna.create_room()
            await anna.say(room, "Monday")
            shifted.move_to((START + timedelta(days=28)).timestamp())
            began = time.monotonic()
            await anna.say(room, "four weeks later")
            assert time.monotonic() - began < 5
            at = [
                datetime.fromtimestamp(event["origin_server_ts"] / 1000, UTC)
                for event in await anna.history(room)
                if event["type"] == "m.room.message"
            ]
    assert [moment - START < timedelta(minutes=5) for moment in at] == [True, False]
    assert timedelta() <= at[1] - START - timedelta(days=28) < timedelta(minutes=5)
    shifted.close()


def test_shifted_time_never_goes_back(tmp_path: Path) -> None:
    shifted = ShiftedTime(tmp_path / "clock")
    shifted.start_at(START)
    shifted.move_to((START + timedelta(hours=1)).timestamp())
    shifted.move_to(START.timestamp())
    other = ShiftedTime(shifted.path)
    assert other.now() - START >= timedelta(hours=1)
    shifted.close()
    other.close()
