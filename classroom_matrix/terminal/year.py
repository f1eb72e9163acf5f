"""`rollover`."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

from ..config import ClassConfig, Config
from ..errors import UserError
from ..lifecycle import rollover
from ..lifecycle.export.run import is_complete
from ..lifecycle.house import House
from ..lifecycle.leaving import Departure
from ..lifecycle.rollover import Turn
from ..provisioning.lock import provisioning_lock
from .agreeing import agreed
from .opening import complain, open_house
from .output import console
from .words import Words, words


async def roll_over(config: Config, old: str, new: str, *, dry_run: bool, yes: bool) -> int:
    """Show what the new year means, ask, and carry it out.

    Returns:
        How many things went wrong; 1 where nothing was done.

    Raises:
        ClassroomError: something is configured wrongly, or the homeserver is not there.
    """
    out, say = console(), words()
    async with open_house(config, dry_run=dry_run) as house:
        try:
            before, after = rollover.classes_of(config, old, new)
            expected = await house.database.call(rollover.rehearse, house.database, config, before, after, house.clock())
        except UserError as problem:
            return complain(out, say, problem, config)
        _show(out, say, before, after, expected)
        if dry_run:
            return 0
        if not agreed(out, say, yes=yes):
            return 1
        await _hand_over(house, out, say, before, expected)
        async with provisioning_lock(config.database, lambda: out.print(say("leave-busy"))):
            try:
                turned = await house.database.call(rollover.turn, house.database, config, before, after, house.clock())
            except UserError as problem:
                return complain(out, say, problem, config)
            done = await rollover.carry_out(house, before, after, turned)
    out.print(say("rollover-done", old=before.name, new=after.name, made=done.made, people=done.let_in))
    if done.waiting:
        out.print("  " + say("rollover-waiting", count=done.waiting))
    for what in done.refused:
        out.print("  " + say("leave-refused", what=what))
    return len(done.refused)


async def _hand_over(house: House, out: Console, say: Words, before: ClassConfig, expected: Turn) -> None:
    """Exports of those who leave, before they do."""
    from .leaving import hand_over, show_exported  # noqa: PLC0415 - that module is the entry to this one

    for departure in expected.leaving:
        folder = _folder(before, departure)
        if departure.family is not None and not (expected.again and is_complete(folder)):
            show_exported(out, say, await hand_over(house, departure, folder))


def _folder(before: ClassConfig, departure: Departure) -> Path:
    numbers = (
        [pupil.number for _, pupil_id in departure.pupils for pupil in departure.family.pupils if pupil.id == pupil_id]
        if departure.family
        else []
    )
    return Path(f"leavers-{before.id}") / str(abs(min(numbers, default=0)))


def _show(out: Console, say: Words, before: ClassConfig, after: ClassConfig, expected: Turn) -> None:
    out.print(say("rollover-again" if expected.again else "rollover-what", old=before.name, new=after.name))
    if expected.again:
        return
    out.print("  " + say("rollover-going", count=expected.going, new=after.name))
    out.print("  " + say("rollover-desks", count=expected.desks))
    out.print("  " + say("rollover-archive", old=before.name))
    if expected.new:
        out.print("  " + say("rollover-new", count=len(expected.new), names=expected.new))
    if expected.leaving:
        names = [departure.name for departure in expected.leaving]
        out.print("  " + say("rollover-leaving", count=len(names), names=names, folder=f"leavers-{before.id}"))
    if after.roster is None:
        out.print("  " + say("rollover-no-list", new=after.name))
    if expected.dropped:
        out.print("  " + say("rollover-dropped", count=expected.dropped, old=before.name))
