"""`leave`; and the entry to `rollover`, `erase` and `export`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from ..config import Config
from ..errors import UserError
from ..lifecycle import leaving
from ..lifecycle.export import Exported, export_family
from ..lifecycle.export.run import is_complete
from ..lifecycle.house import House
from ..lifecycle.leaving import Departure, Left, departure_of
from ..lifecycle.record import refuse_unfinished
from ..lifecycle.whom import Match
from ..provisioning.lock import provisioning_lock
from ..storage import begun
from ..storage.database import Database
from .agreeing import agreed
from .erasing import erase
from .exporting import export
from .opening import class_names, complain, open_house, the_one
from .output import console
from .words import Words, words
from .year import roll_over

__all__ = ["erase", "export", "leave", "roll_over"]


async def leave(config: Config, who: str, *, class_id: str | None, output: Path | None, dry_run: bool, yes: bool) -> int:
    """Show what leaving means, ask, export, and take the access away.

    Args:
        who: a pupil's name or number in the list, or an adult's name.
        class_id: only there.
        output: folder of the export.

    Returns:
        How many things went wrong; 1 where nothing was done.

    Raises:
        ClassroomError: something is configured wrongly, or the homeserver is not there.
    """
    out, say = console(), words()
    async with open_house(config, dry_run=dry_run) as house:
        try:
            match = await the_one(house, who, class_id, certain=yes)
            departure = await house.database.call(departure_of, house.database, config, match)
            await house.database.call(_refuse_erased, house.database, match, departure)
        except UserError as problem:
            return complain(out, say, problem, config)
        folder = output or Path(f"export-{match.number}")
        going_on = await house.database.call(begun.leaves, house.database) if match.left else []
        if match.left and departure.begun not in going_on:
            out.print(say("leave-already", name=match.name, klass=class_names(config)(match.class_id)))
        else:
            _show(out, say, config, match, departure, folder, with_accounts=house.accounts is not None)
        if dry_run:
            return 0
        if not match.left and not agreed(out, say, yes=yes):
            return 1
        if departure.family is not None and not (match.left and (output is None or is_complete(folder))):
            show_exported(out, say, await hand_over(house, departure, folder))
        async with provisioning_lock(config.database, lambda: out.print(say("leave-busy"))):
            await house.database.call(leaving.write_down, house.database, departure, house.clock())
            left = await leaving.close_doors(house, departure)
            if departure.staying:  # the desk is called after the pupils who are left
                await house.provisioner.apply(config.klass(match.class_id))
        return show_left(out, say, departure, left)


def _refuse_erased(database: Database, match: Match, departure: Departure) -> None:
    """Raises `UserError` where an erasure of the family is not through: nothing of it may be handed over."""
    family = [departure.family.id] if departure.family else []
    refuse_unfinished(database, people=[match.id, *family])


async def hand_over(house: House, departure: Departure, folder: Path) -> list[Exported]:
    """The export of what leaves: the family's, one pupil's where a sibling stays, or one adult's."""
    assert departure.family is not None
    pupils = [pupil_id for _, pupil_id in departure.pupils]
    only = None if pupils else [person.id for person in departure.people]
    return await export_family(
        house, departure.family, folder, classes=departure.classes, pupils=pupils if departure.staying else None, only=only
    )


def _show(
    out: Console, say: Words, config: Config, match: Match, departure: Departure, folder: Path, *, with_accounts: bool
) -> None:
    name = class_names(config)
    out.print(say("leave-again" if match.left else "leave-who", name=match.name, klass=name(match.class_id)))
    if departure.family is not None:
        out.print("  " + say("leave-export", folder=folder))
    if departure.staying:
        out.print("  " + say("leave-sibling", names=departure.staying))
    for person in {person.id: person for person in departure.people}.values():
        closing = any(person.id == other.id for other in departure.closing)
        key = "leave-adult-closed" if closing and with_accounts else "leave-adult"
        out.print("  " + say(key if person.user_id else "leave-adult-no-account", name=person.name))
    if departure.elsewhere:
        out.print("  " + say("leave-elsewhere", classes=[name(class_id) for class_id in departure.elsewhere]))
    if departure.desks and not departure.staying:
        stay = departure.sharing
        out.print("  " + (say("leave-desk-stays", names=stay) if stay else say("leave-desk")))
    if departure.closing and not with_accounts:
        out.print("  " + say("leave-no-accounts"))
    out.print("  " + say("leave-kept"))


def show_left(out: Console, say: Words, departure: Departure, left: Left) -> int:
    """Returns how much went wrong."""
    key = "leave-half" if left.unlocked else "leave-done"
    out.print(say(key, name=departure.name, rooms=left.rooms, locked=left.locked))
    for user_id in left.foreign:
        out.print("  " + say("leave-foreign", account=user_id))
    for user_id in left.unlocked:
        out.print("  " + say("leave-unlocked", account=user_id))
    for what in left.refused:
        out.print("  " + say("leave-refused", what=what))
    return len(left.refused) + len(left.unlocked)


def show_exported(out: Console, say: Words, exported: Sequence[Exported]) -> int:
    """Returns in how many rooms the bot could not look."""
    for one in exported:
        out.print(say("export-written", folder=one.folder, messages=one.messages, files=one.files))
        if one.gone:
            out.print("  " + say("export-gone", count=one.gone))
        if one.unseen:
            out.print("  " + say("export-unseen", count=one.unseen))
        if one.unread:
            out.print("  " + say("export-unread", count=one.unread))
    if len(exported) > 1:
        out.print("  " + say("export-households"))
    return sum(one.unseen for one in exported)
