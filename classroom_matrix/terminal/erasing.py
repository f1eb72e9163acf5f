"""`erase`."""

from __future__ import annotations

import time
from pathlib import Path

from rich.console import Console

from ..config import Config
from ..errors import UserError
from ..lifecycle import erasure
from ..lifecycle import record as records
from ..lifecycle.house import House
from ..lifecycle.proof import proof_of, write_proof
from ..lifecycle.record import Record
from ..lifecycle.whom import Match
from ..provisioning.lock import provisioning_lock
from .agreeing import agreed
from .opening import Unclear, class_names, complain, open_house, the_one
from .output import console, table
from .words import Words, words


async def erase(config: Config, who: str | None, *, class_id: str | None, proof: Path | None, dry_run: bool, yes: bool) -> int:
    """Show what would be erased, ask, erase it, look whether anything is left, and write the proof.

    An erasure that was interrupted is gone on with, whoever is meant now; if nobody is, that is all.

    Returns:
        How many things were refused or are left; 1 where nothing was done.

    Raises:
        ClassroomError: something is configured wrongly, or the homeserver or the accounts process is not there.
    """
    out, say = console(), words()
    async with open_house(config, dry_run=dry_run) as house:
        problems = 0
        begun = await house.database.call(records.unfinished, house.database)
        for record in begun:
            out.print(say("begun-erasure" if dry_run else "erase-unfinished", id=record.id, classes=list(record.classes)))
            if not dry_run and house.accounts is not None:
                problems += await _carry_out(house, out, say, record)
        if begun and house.accounts is None:
            return complain(out, say, Unclear("erase-needs-accounts"), config)
        if who is None and not begun:
            out.print(say("erase-nothing-begun"))
        if who is None or any(records.is_for(record, who) for record in begun):
            return problems
        try:
            record, match = await _begin(house, who, class_id, proof, certain=yes)
        except UserError as problem:
            return problems if begun and problem.key == "whom-nobody" else complain(out, say, problem, config)
        _show(out, say, config, match, record)
        if dry_run:
            return problems
        if not agreed(out, say, yes=yes):
            return 1
        await house.of_accounts(lambda accounts: accounts.logged_in(()))  # is it there? Better now than half-way
        return problems + await _carry_out(house, out, say, record)


async def _begin(
    house: House, who: str, class_id: str | None, proof: Path | None, *, certain: bool
) -> tuple[Record, Match]:  # fmt: skip
    if house.accounts is None:
        raise Unclear("erase-needs-accounts")
    match = await the_one(house, who, class_id, families=True, certain=certain)
    if not match.is_pupil and await house.database.call(_is_staff, house, match):
        raise Unclear("whom-staff", who=match.name)
    path = (proof or Path(f"erased-{time.strftime('%Y-%m-%d')}-{match.number}.json")).absolute()
    if path.exists():
        raise Unclear("erase-proof-there", file=path)
    record = await house.database.call(records.record_for, house.database, match, path, house.clock())
    record.asked = who
    return record, match


def _is_staff(house: House, match: Match) -> bool:
    query = "SELECT 1 FROM member WHERE person_id = ? AND role IN ('teacher', 'substitute', 'specialist')"
    return house.database.execute(query, (match.id,)).fetchone() is not None


async def _carry_out(house: House, out: Console, say: Words, record: Record) -> int:
    async with provisioning_lock(house.config.database, lambda: out.print(say("leave-busy"))):
        if not record.steps:
            await house.database.call(records.begin, house.database, record, house.clock())
        left = await erasure.carry_out(house, record, lambda step: out.print("  " + say(f"erase-step-{step}")))
        write_proof(proof_of(record, left, house.clock()), Path(record.proof))
        await erasure.finish(house, record, left)
        proof = proof_of(record, left, house.clock())
        write_proof(proof, Path(record.proof))
    _show_proof(out, say, record, left)
    return left.count + len(record.refused) + len(record.foreign)


def _show(out: Console, say: Words, config: Config, match: Match, record: Record) -> None:
    name = class_names(config)
    out.print(say("erase-family" if record.family else "erase-adult", name=record.label))
    classes = [name(class_id) for class_id in record.classes]
    if len(classes) > 1:
        out.print("  " + say("erase-classes", count=len(classes), classes=classes))
    out.print("  " + say("erase-accounts", count=len(record.accounts)))
    out.print("  " + say("erase-messages", rooms=len(record.rooms)))
    if record.desks:
        out.print("  " + say("erase-desks", count=len(record.desks)))
    if not record.family:
        out.print("  " + say("erase-adult-stays"))
    if record.kept:
        out.print("  " + say("erase-kept", count=len(record.kept)))
    out.print("  " + say("erase-rows"))
    if not match.left:
        out.print("  " + say("erase-not-exported"))
    out.print("  " + say("erase-final", proof=record.proof))


def _show_proof(out: Console, say: Words, record: Record, left: erasure.Leftovers) -> None:
    redacted = sum(room.redacted for room in record.rooms.values())
    rows = [
        (say("erase-row-messages"), redacted),
        (say("erase-row-desks"), len(record.desks)),
        (say("erase-row-accounts"), len(record.accounts) - len(record.foreign)),
        (say("erase-row-files"), record.files),
        (say("erase-row-rows"), sum(record.rows.values())),
        (say("erase-row-left"), left.count),
    ]
    out.print(table(say("erase-done"), (say("erase-what"), say("erase-count")), rows))
    for user_id in record.foreign:
        out.print("  " + say("leave-foreign", account=user_id))
    for what in record.refused:
        out.print("  " + say("leave-refused", what=what))
    for place, count in [*left.events.items(), *left.rows.items()]:
        out.print("  " + say("erase-left-in", place=place, count=count))
    for room_id, count in left.unread.items():
        out.print("  " + say("erase-unread", place=room_id, count=count))
    if left.count:
        out.print("  " + say("erase-not-through"))
    if left.file is None:
        out.print("  " + say("erase-file-busy"))
    out.print(say("erase-duties", proof=record.proof))
