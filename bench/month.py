"""How much the service says in a month of the sample class, beside the least that it could: `tests.integration.month.noise`."""

from __future__ import annotations

import time
from pathlib import Path

from tests.integration.month.noise import LIMIT
from tests.integration.month.play import compare, play_month
from tests.integration.month.script import DAYS

from .figure import Aim, Check, Figure, Line


async def measure(folder: Path, *, quick: bool) -> list[Line]:
    """Play the month, the first days of it if `quick`; counts, so that nothing here depends on the machine."""
    folder.mkdir(parents=True)
    began = time.monotonic()
    async with play_month(folder, until=DAYS[4] if quick else None) as month:
        noise, taken = month.noise, time.monotonic() - began
        if quick:
            return [
                Check("events of a month: the first days are played", not month.failures, f"{month.stage.sent_by_people} acts")
            ]
        plugins = sorted({plugin for plugin, *_ in noise.sent})
        wrong = [name for name, expected, shown in compare(month) if expected != shown]
        return [
            Figure(
                "events of a month: sent per class-day (baseline: the minimum)",
                noise.total / noise.days,
                "events",
                noise.ledger.total / noise.days,
                (Aim("at most", LIMIT, "ratio"),),
            ),
            *(
                Figure(f"— {plugin}", noise.of(plugin) / noise.days, "events", (noise.ledger.of(plugin) or 1) / noise.days)
                for plugin in plugins
            ),
            Figure("— people's own events per class-day", month.stage.sent_by_people / noise.days, "events"),
            Figure("— played in", taken, "s"),
            Check("events of a month: every count of the service is right", not wrong, ", ".join(wrong) or "all are"),
        ]
