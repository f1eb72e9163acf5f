"""The month from beginning to end, and what has to be equal then."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from .acts import Players
from .history import History, read_history
from .noise import Noise, measure
from .parts import PARTS, month
from .script import DAYS, FIRST, Script
from .stage import PLUGINS, MonthOnStage, month_on_stage
from .tallies import Roll, absence, announcements, consultations, events, homework, polls


@dataclass(frozen=True, slots=True)
class Month:
    """A month that is over. `failures`: what handlers could not handle."""

    stage: MonthOnStage
    script: Script
    history: History
    roll: Roll
    noise: Noise
    kills: int
    failures: Sequence[tuple[Any, ...]]


@asynccontextmanager
async def play_month(
    folder: Path, *, parts: Sequence[str] = tuple(PARTS), plugins: Sequence[str] = PLUGINS, until: datetime | None = None
) -> AsyncIterator[Month]:
    """Build the class on the day before the month, play the month, and read everything back.

    Args:
        folder: for everything that is written.
        parts: of the month.
        plugins: of the class.
        until: aware; what would come later is left out.
    """
    async with month_on_stage(folder, FIRST - timedelta(hours=12), plugins=plugins) as stage:
        await stage.lapse.move_to(FIRST)
        script = month(stage, parts)
        if until is not None:
            script = script.until(until)
        players = Players(stage)
        await players.play(script.acts)
        history = await read_history(stage)
        rows = stage.lapse.rows("SELECT event_id, plugin, key FROM outbox WHERE event_id IS NOT NULL")
        origins = {event: (plugin or "core", key) for event, plugin, key in rows}
        noise = measure(history, origins, script.ledger, len(DAYS), FIRST.timestamp())
        failures = stage.lapse.rows("SELECT cause, handler, error FROM set_aside")
        yield Month(stage, script, history, Roll.of(stage), noise, players.kills, failures)


def compare(done: Month) -> Iterator[tuple[str, Any, Any]]:
    """What was counted here, and what the service shows: (name, the one, the other)."""
    history, roll = done.history, done.roll
    yield "polls: results", polls.polls(history, roll), polls.poll_results(history)
    confirmed = announcements.confirmed(history, roll)
    yield "must-reads: who has confirmed", confirmed, announcements.shown(history, roll)
    counts = {number: len(families) for number, families in confirmed.items()}
    yield "must-reads: counts on the cards", counts, announcements.counts_shown(history, roll)
    yield "homework: tasks of each day", homework.tasks(history, roll), homework.shown(history)
    yield "absence: lists of the mornings", absence.away(history, roll), absence.lists(history, roll)
    booked = consultations.bookings(history, roll)
    yield "slots: the lists of the days", booked, consultations.sheets(history, roll)
    in_app = set(roll.family_of.values())
    promised = {slot: {family} for slot, family in booked.items() if family in in_app}
    yield "slots: what families were told", promised, consultations.promised(history, roll)
    waiting = consultations.waiting(history, roll)
    yield "questions in writing that wait", waiting, consultations.waiting_shown(history, roll)
    yield "event: who comes", events.coming(history, roll), events.coming_shown(history, roll)
    yield "event: who does what", events.duties(history, roll), events.duties_shown(history, roll)
