"""From a class to a file of slips, so that a kill -9 at any point costs nothing but repeating the command.

Accounts first, each made once. Then words are drawn and printed in memory; the hashes become valid in one transaction that also
notes the people and the file; then the file takes its name, then the note goes. So a file under its name holds words that are
good, and who was noted when it all ended too early gets new ones.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from ...config import ClassConfig, JoinConfig
from ...domain.ids import ClassId, PersonId
from ...domain.newcomers import Newcomer, newcomers
from ...domain.people import Person, Reach, Role, Roster
from ...domain.time import at_local
from ...errors import StorageError
from ...storage import installation, invitations, people
from ...storage.database import Database
from ..invitations import DrawnSlip, draw_slip, issue
from .due import Wanted, good_slips, is_due
from .pdf import Slip, class_and_year, print_slips

_LANGUAGES = ("ru", "en")


@dataclass(frozen=True, slots=True)
class Occasion:
    """What slips are to be made.

    Args:
        due: who gets one, in printing order.
        good: how many more have one that is still good.
        without_app: families who chose to be without the app, left out.
        roster: the class.
        at: when this was found out, UTC seconds.
    """

    due: tuple[Newcomer, ...]
    good: int
    without_app: int
    roster: Roster
    at: float


class _Unwritten(msgspec.Struct, frozen=True):
    """Slips that are valid and whose file may be missing."""

    file: str
    people: tuple[PersonId, ...]


def look(database: Database, class_id: ClassId, only: Collection[PersonId] | None, wanted: Wanted, now: float) -> Occasion:
    """Who needs a slip. In the database's thread."""
    roster = people.load_roster(database, class_id)
    found = newcomers(roster, only)
    known = invitations.of_class(database, class_id)
    unwritten = _unwritten(database, class_id)
    due = tuple(
        one
        for one in found
        if is_due(one.person, known.get(one.person.id), wanted, now, unwritten=unwritten.people if unwritten else ())
    )
    others = {one.person.id for one in found} - {one.person.id for one in due}
    without_app = sum(family.reach is not Reach.APP for family in roster.families) if only is None else 0
    return Occasion(due, good_slips(known, others, now), without_app, roster, now)


def may_write(database: Database, class_id: ClassId, file: Path) -> bool:
    """Whether the file is not there, or is left from a run that was cut off: it may hold the only copy of other words."""
    unwritten = _unwritten(database, class_id)
    return not file.exists() or (unwritten is not None and unwritten.file == str(file.resolve()))


def expiry(now: float, lasts: timedelta, klass: ClassConfig) -> float:
    """The end of the last day on which a slip is good, UTC seconds."""
    last = (datetime.fromtimestamp(now, UTC) + lasts).astimezone(klass.zone).date()
    midnight = datetime.combine(last + timedelta(days=1), datetime.min.time())
    return at_local(midnight, klass.zone).timestamp()


async def make_file(
    database: Database,
    klass: ClassConfig,
    join: JoinConfig,
    occasion: Occasion,
    file: Path,
    now: float,
    *,
    drawn: Callable[[], None] = lambda: None,
) -> None:
    """Draw, print, issue and write. Everybody due has an account.

    Args:
        database: open.
        klass: printed on the slips.
        join: where they lead, and how long.
        occasion: who gets one.
        file: the PDF, readable by its owner only.
        now: UTC seconds.
        drawn: called after each slip.

    Raises:
        OSError: the file cannot be written; the old slips stay good.
        StorageError: somebody else made slips at the same time; theirs stay good.
    """
    slips: list[DrawnSlip] = []
    for one in occasion.due:
        slips.append(await asyncio.to_thread(draw_slip, one.person.id, slip_language(one.person, klass)))
        drawn()
    expires_at = expiry(now, join.expires, klass)
    pages = [_slip(one, slip, klass, join, occasion.roster, now) for one, slip in zip(occasion.due, slips, strict=True)]
    pdf = await asyncio.to_thread(print_slips, pages, klass.name)
    part = file.with_name(f".{file.name}.part")
    await asyncio.to_thread(_write, part, pdf)
    try:
        await database.call(_commit, database, klass.id, slips, occasion.at, now, expires_at, str(file.resolve()))
    except Exception:
        part.unlink()  # its words never became good
        raise
    part.replace(file)
    await database.call(_forget, database, klass.id)


def whom_to_ask(klass: ClassConfig, roster: Roster) -> str:
    teachers = [person.name for person in roster.staff if person.role is Role.TEACHER]
    return klass.contact or (teachers[0] if teachers else "")


def address(join: JoinConfig, handle: str) -> str:
    """What the QR holds, and people type."""
    return f"{join.url}/j/{handle}"


def slip_language(person: Person, klass: ClassConfig) -> str:
    """The person's own, where slips are written in it."""
    return person.language if person.language in _LANGUAGES else klass.language


def _slip(one: Newcomer, drawn: DrawnSlip, klass: ClassConfig, join: JoinConfig, roster: Roster, now: float) -> Slip:
    today = datetime.fromtimestamp(now, UTC).astimezone(klass.zone).date()
    last_day = datetime.fromtimestamp(expiry(now, join.expires, klass) - 1, UTC).astimezone(klass.zone).date()
    return Slip(
        klass=class_and_year(klass.name, today),
        name=one.person.name,
        pupils=tuple(pupil.name for pupil in one.pupils),
        url=address(join, drawn.handle),
        words=drawn.words,
        expires=last_day,
        ask=whom_to_ask(klass, roster),
        language=slip_language(one.person, klass),
        own=one.person.role is Role.PUPIL,
    )


def _write(path: Path, data: bytes) -> None:
    """A file of our own, on the disk when this returns."""
    path.unlink(missing_ok=True)  # not through somebody's link
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _commit(
    database: Database,
    class_id: ClassId,
    slips: Sequence[DrawnSlip],
    looked_at: float,
    now: float,
    expires_at: float,
    file: str,
) -> None:
    note = _Unwritten(file, tuple(slip.person_id for slip in slips))
    with database.transaction():
        if any(_issued_since(database, slip.person_id, looked_at) for slip in slips):
            raise StorageError("somebody else made slips for the same people just now; run the command again")
        issue(database, slips, now, expires_at)
        installation.put(database, _name(class_id), msgspec.json.encode(note).decode())


def _issued_since(database: Database, person_id: PersonId, moment: float) -> bool:
    invitation = invitations.of_person(database, person_id)
    return invitation is not None and (invitation.issued_at or 0) > moment


def _forget(database: Database, class_id: ClassId) -> None:
    database.execute("DELETE FROM installation WHERE name = ?", (_name(class_id),))


def _unwritten(database: Database, class_id: ClassId) -> _Unwritten | None:
    noted = installation.get(database, _name(class_id))
    return msgspec.json.decode(noted, type=_Unwritten) if noted else None


def _name(class_id: ClassId) -> str:
    return f"slips {class_id}"
