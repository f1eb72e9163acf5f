"""A month of the sample class on a real Synapse, in fast time: 27 families as plain clients, all plugins, all counted twice.

The month is played by `parts`; the clock of homeserver and service is moved from one thing that is due to the next
(`testing.timelapse`), nobody sleeps. At the end every count that the service shows is compared with one made from the
homeserver's own history (`tallies`), and how much was said is compared with the least that could have been (`noise`).
"""

from __future__ import annotations

import time
from pathlib import Path

from rich.console import Console

from .noise import LIMIT
from .play import compare, play_month


async def test_month_is_counted_right_and_quiet(tmp_path: Path) -> None:
    began = time.monotonic()
    async with play_month(tmp_path) as month:
        console = Console(width=140)
        month.noise.show(console)
        console.print(
            f"{len(month.script.acts)} acts, {month.stage.sent_by_people} events of people, {month.kills} kills,"
            f" {month.stage.lapse.moves} moves of the clock, {time.monotonic() - began:.0f} s"
        )
        assert month.kills >= 2
        assert month.failures == []
        for name, expected, shown in compare(month):
            assert expected == shown, name
        assert month.noise.ratio < LIMIT
