"""Erasing a family, or one adult: what they wrote, their files, accounts, desks, and everything that is kept about them.

The order of the steps is such that nobody can come back in between, and that what is needed to go on after an interruption
goes last: out of the rooms; messages; desks; accounts with their files; rows; a look whether anything is left; the proof.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO
from operator import methodcaller

from ..domain.ids import FamilyId, RoomId, UserId
from ..domain.people import Family
from ..errors import PermanentError
from ..provisioning.patience import patiently
from ..runtime.batch import Batch
from ..runtime.view import ClassView
from ..storage import erasure
from ..storage.database import Database
from . import record as records
from .family_file import family_file
from .house import House
from .leaving import Left, lock_account, remove_from
from .record import Record
from .redaction import Wanted, look, redact

_LOOKS = 3
"""A room is looked at until nothing is found; more often than that, somebody is writing anew what we take back."""

Report = Callable[[str], None]
"""Is told the name of each step that begins."""


@dataclass(slots=True)
class Leftovers:
    """What a look afterwards has found. All empty: nothing is left.

    Args:
        events: by room, how many events still have content.
        unseen: rooms where the bot is not any more, so that it cannot look.
        unread: by room, how many events of the bot's (in the staff room, of anybody's) are encrypted and have lost their key,
            so that it cannot be told whom they name.
        desks: which are still there.
        files: how many can still be fetched.
        rows: by ``table.column``, how many values in the database.
        file: whether the database's file itself holds none of the names any more; None where that could not be told.
    """

    events: dict[RoomId, int] = field(default_factory=dict)
    unseen: list[RoomId] = field(default_factory=list)
    unread: dict[RoomId, int] = field(default_factory=dict)
    desks: list[RoomId] = field(default_factory=list)
    files: int = 0
    rows: dict[str, int] = field(default_factory=dict)
    file: bool | None = None

    @property
    def count(self) -> int:
        return sum(self.events.values()) + len(self.desks) + self.files + sum(self.rows.values()) + (self.file is False)


async def carry_out(house: House, record: Record, report: Report = lambda _step: None) -> Leftovers:
    """Go through all steps, those that an earlier run has done left out, and look at what is left.

    Hold the provisioning lock: else a service that runs would make the deleted desks anew.

    Raises:
        TemporaryError: the accounts process does not answer, or its quota for today is used up; repeat later.
    """
    work = _Work(house, record)
    steps: tuple[tuple[str, Callable[[], Awaitable[None]]], ...] = (
        ("doors", work.close_doors),
        ("messages", work.redact_everything),
        ("desks", work.delete_desks),
        ("accounts", work.erase_accounts),
        ("traces", work.redact_everything),  # leaving for good is an event with a name, too
        ("rows", work.remove_rows),
    )
    for name, step in steps:
        if name not in record.steps:
            report(name)
            await step()
            record.steps[name] = house.clock()
            await work.keep()
    report("check")
    return await work.look_for_leftovers()


async def finish(house: House, record: Record, leftovers: Leftovers) -> None:
    """The proof is written: forget what was erased, on the disk too, and look into the file once more.

    Where something is left, the erasure stays begun, so that repeating it goes after that.
    """
    if not leftovers.count:
        await house.database.call(_forget, house.database, record)
        leftovers.file = await house.database.call(_file_is_clean, house.database, record)
    if leftovers.count:
        again = {"traces": True, "rows": True, "desks": bool(leftovers.desks), "accounts": bool(leftovers.files)}
        record.steps = {name: at for name, at in record.steps.items() if not again.get(name)}
        await house.database.call(records.keep, house.database, record)


@dataclass(slots=True)
class _Work:
    house: House
    record: Record

    async def keep(self) -> None:
        await self.house.database.call(records.keep, self.house.database, self.record)

    # ── Out ─────────────────────────────────────────────────────────────────────────────────────────────────────────

    async def close_doors(self) -> None:
        record, left = self.record, Left()
        for user_id in record.accounts:
            await lock_account(self.house, user_id, left)
        for room_id, room in record.rooms.items():
            staying = await self.house.database.call(_members, self.house.database, room.class_id or "")
            await remove_from(self.house, room_id, [*record.accounts, *(u for u in record.kept if u not in staying)], left)
        for room_id in record.desks:
            await remove_from(self.house, room_id, [*record.accounts, *record.kept], left)
        self._refused(left.refused)

    # ── What was said ───────────────────────────────────────────────────────────────────────────────────────────────

    async def redact_everything(self) -> None:
        for room_id, room in self.record.rooms.items():
            room.redacted += await self._clean(room_id, self._wanted(records.is_staff_room(room)))
            await self.keep()
        for room_id in self.record.chats:
            await self._clean(room_id, self._wanted(thoroughly=True, chat=True))

    def _wanted(self, thoroughly: bool, *, chat: bool = False) -> Wanted:
        """In a private chat everything goes, what the bot said too."""
        bot = self.house.gateway.user_id
        accounts = frozenset({*self.record.accounts, *([bot] if chat else [])})
        return Wanted(accounts, self.record.names, bot, thoroughly)

    async def _clean(self, room_id: RoomId, wanted: Wanted) -> int:
        """Redact until nothing is found. Returns how many events."""
        count = 0
        for _ in range(_LOOKS):
            found = await look(self.house, room_id, wanted)
            if found is None or not found.events:
                break
            self.record.addresses = list(dict.fromkeys([*self.record.addresses, *found.addresses]))
            await self.keep()  # before they are taken back: afterwards nobody knows the files' addresses
            refused = await redact(self.house, room_id, found.events, f"erase|{self.record.id}")
            count += len(found.events) - refused
            if refused:
                self._refused([f"{room_id}: {refused} events"])
                break
        return count

    def _refused(self, what: list[str]) -> None:
        self.record.refused = list(dict.fromkeys([*self.record.refused, *what]))

    # ── Desks and accounts ──────────────────────────────────────────────────────────────────────────────────────────

    async def delete_desks(self) -> None:
        await self.house.database.call(_forget_rooms, self.house.database, self.record)
        for room_id in self.record.desks:
            await self._delete(room_id)
        for room_id in self.record.chats:
            await patiently(partial(self.house.gateway.leave, room_id), self.house.waiting)

    async def erase_accounts(self) -> None:
        files = 0
        for user_id in self.record.accounts:
            try:
                files += await self.house.of_accounts(methodcaller("erase", user_id))
            except PermanentError as error:
                if error.errcode == "M_NOT_OURS":
                    self.record.foreign = list(dict.fromkeys([*self.record.foreign, user_id]))
                else:
                    self._refused([f"account: {error.errcode}"])
        self.record.files = files  # the accounts process counts what earlier calls deleted, too

    async def _delete(self, room_id: RoomId) -> None:
        try:
            await self.house.of_accounts(methodcaller("purge", room_id))
        except PermanentError as error:
            if error.errcode != "M_NOT_FOUND":
                self._refused([f"desk {room_id}: {error.errcode}"])

    # ── Rows ────────────────────────────────────────────────────────────────────────────────────────────────────────

    async def remove_rows(self) -> None:
        await self.house.database.call(_remove_rows, self.house, self.record)

    # ── Looking ─────────────────────────────────────────────────────────────────────────────────────────────────────

    async def look_for_leftovers(self) -> Leftovers:
        """Really look: into the rooms, for the desks and files, into every table."""
        left = Leftovers()
        for room_id, room in self.record.rooms.items():
            found = await look(self.house, room_id, self._wanted(records.is_staff_room(room)))
            if found is None:
                left.unseen.append(room_id)
                continue
            if found.events:
                left.events[room_id] = len(found.events)
            if found.unread:
                left.unread[room_id] = found.unread
        for room_id in self.record.desks:
            if await self._is_there(room_id):
                left.desks.append(room_id)
        for address in self.record.addresses:
            left.files += await self._can_be_fetched(address)
        words = await self.house.database.call(_sweep_words, self.house.database, self.record)
        self.record.add_rows(words)
        left.rows = await self.house.database.call(_search, self.house.database, self.record)
        return left

    async def _is_there(self, room_id: RoomId) -> bool:
        try:
            await patiently(partial(self.house.gateway.state, room_id), self.house.waiting)
        except PermanentError:
            return False
        return True

    async def _can_be_fetched(self, address: str) -> bool:
        try:
            await patiently(partial(self.house.gateway.download, address, BytesIO()), self.house.waiting)
        except PermanentError:
            return False
        return True


# ── In the database's thread ────────────────────────────────────────────────────────────────────────────────────────────


def _members(database: Database, class_id: str) -> set[UserId]:
    rows = database.execute(
        "SELECT person.user_id FROM member JOIN person ON person.id = member.person_id"
        " WHERE member.class_id = ? AND NOT member.limited AND person.user_id IS NOT NULL",
        (class_id,),
    )
    return {UserId(row[0]) for row in rows}


def _forget_rooms(database: Database, record: Record) -> None:
    """Before they are deleted: a service that runs looks for rooms that it knows, and makes them anew."""
    with database.transaction():
        record.add_rows({"room": erasure.remove_rooms(database, record.traces)})
        records.keep(database, record)


def _remove_rows(house: House, record: Record) -> None:
    """Plugins first, while the tables still say whose their rows are; all in one transaction with the step's being done."""
    database = house.database
    with database.transaction():
        if record.family:
            _ask_plugins(house, FamilyId(record.family))
        record.add_rows(erasure.remove_people(database, record.traces))
        record.add_rows(erasure.remove_words(database, record.traces, record.names.found_in))
        record.add_rows(erasure.remove_keys(database, record.traces))
        record.steps["rows"] = house.clock()
        records.keep(database, record)


def _ask_plugins(house: House, family_id: FamilyId) -> None:
    """Let every plugin of every class forget the family, and show what it shows without them."""
    file = family_file(house.database, family_id)
    registry = house.registry
    batch = Batch(house.database, registry, house.clock())
    for setup in registry.setups:
        for name in setup.options:
            loaded = registry.plugins[name]
            if loaded.plugin.erase is not None:
                family: Family = file.of_class(setup.klass.id)
                loaded.plugin.erase(ClassView(batch, loaded, setup.klass.id), family)
                house.database.execute(
                    "UPDATE card SET dirty_at = COALESCE(dirty_at, ?) WHERE plugin = ? AND class_id = ?",
                    (batch.seconds, name, setup.klass.id),
                )


def _sweep_words(database: Database, record: Record) -> dict[str, int]:
    """Once more what a running service has stored in the meantime: that they left, say."""
    with database.transaction():
        words = erasure.remove_words(database, record.traces, record.names.found_in)
        return {**words, **erasure.remove_keys(database, record.traces)}


def _search(database: Database, record: Record) -> dict[str, int]:
    """Of a single adult plugins' rows keep the opaque ID: what was said for the family stays said."""
    ids = record.traces.ids if record.family else ()
    return {**erasure.search(database, record.names.found_in, ids), **erasure.search_keys(database, record.traces)}


def _forget(database: Database, record: Record) -> None:
    with database.transaction():
        erasure.drop_record(database, record.id)


def _file_is_clean(database: Database, record: Record) -> bool | None:
    """Whether the bytes of the database's files hold no whole name any more; None where another program keeps us from it."""
    try:
        erasure.leave_no_traces_on_disk(database)
    except sqlite3.OperationalError:
        return None
    return erasure.file_holds_none(database, record.names.whole_in)
