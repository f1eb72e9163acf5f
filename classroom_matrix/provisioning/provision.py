"""A class from configuration and roster to rooms: observe, plan, carry out, and once more where that brought news."""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import time
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ..config import ClassConfig, Config
from ..domain.blueprint import Blueprint, RoomBlueprint
from ..domain.ids import ClassId, RoomId
from ..domain.people import Roster
from ..domain.plan import Action, CreateRoom, CreateSpace, FollowTombstone, ReportStranger, plan
from ..domain.rooms import DESK, ROLES, RoomConfig, Write
from ..domain.snapshot import Snapshot
from ..errors import PermanentError
from ..matrix.gateway import Gateway
from ..storage import drift, installation, journal, reported, rooms
from ..storage.database import Database
from ..storage.drift import Drift
from ..storage.rooms import KnownRoom
from .apply import ADDRESS, Site, give_up_address, perform
from .arrived import admit_to_missing
from .avatars import with_avatars
from .creation import RoomMaker
from .describe import Notice, notice
from .design import RosterOf, design_of, present_design
from .observe import observe
from .patience import Waiting, log_waiting
from .staff_room import Tell

log = logging.getLogger(__name__)

Progress = Callable[[int, int, Action], None]
"""(actions done, actions of this round, the one that was just done)."""

_ROUNDS = 5
_TELL = "tell "


async def _at_once() -> None:
    """Nobody else has to go first."""


@dataclass(frozen=True, slots=True)
class Planned:
    """`lost`: keys of rooms that the bot cannot see any more; the plan makes them anew."""

    blueprint: Blueprint
    snapshot: Snapshot
    actions: tuple[Action, ...]
    lost: tuple[str, ...] = ()


@dataclass(slots=True)
class Report:
    """What was done, and what the homeserver refused. `made`: rooms that are new, by key; nobody has joined them yet."""

    done: list[Action] = field(default_factory=list)
    refused: list[tuple[Action, PermanentError]] = field(default_factory=list)
    snapshot: Snapshot = field(default_factory=Snapshot)
    blueprint: Blueprint | None = None
    made: dict[str, RoomId] = field(default_factory=dict)


class Provisioner:
    """Makes classes look like their blueprints.

    Args:
        roster_of: see `RosterOf`.
        tell: see `Tell`; without it the staff rooms are told nothing.
        settle: seconds, see `creation.SETTLE_SECONDS`.
    """

    def __init__(
        self,
        config: Config,
        database: Database,
        gateway: Gateway,
        roster_of: RosterOf,
        *,
        tell: Tell | None = None,
        waiting: Waiting = log_waiting,
        settle: float | None = None,
    ) -> None:
        self._config = config
        self._database = database
        self._gateway = gateway
        self._roster_of = roster_of
        self._tell = tell
        self._waiting = waiting
        self.maker = RoomMaker(database, gateway, waiting=waiting, **({} if settle is None else {"settle": settle}))

    async def plan(
        self, klass: ClassConfig, *, only: Collection[RoomId] | None = None, in_flight: int = 1, upload: bool = False
    ) -> Planned:
        """What would have to be done. Asks the homeserver, changes nothing (but uploads avatars if told to)."""
        configured = await with_avatars(self._database, self._gateway if upload else None, klass.rooms, self._waiting)
        known, blueprint = await self._database.call(self._blueprint, klass, configured)
        seen = await observe(self._gateway, blueprint, known, only=only, in_flight=in_flight, waiting=self._waiting)
        return Planned(blueprint, seen.snapshot, plan(blueprint, seen.snapshot), seen.lost)

    async def apply(
        self,
        klass: ClassConfig,
        *,
        only: Collection[RoomId] | None = None,
        in_flight: int = 1,
        progress: Progress | None = None,
        my_turn: Callable[[], Awaitable[None]] = _at_once,
    ) -> Report:
        """Bring the class to its blueprint. Safe to repeat and to kill at any point.

        Args:
            only: rooms that may differ; None to look at all.
            in_flight: requests at a time.
            my_turn: awaited before each action; returns when nothing more urgent waits.

        Raises:
            PermanentError: the space cannot be made.
            StorageError: the database failed.
        """
        report = Report()
        marks = await self._database.call(self._marks, klass.id) if only is None else []
        resumed: list[str] = []
        whole = False
        for _ in range(_ROUNDS):
            planned = await self.plan(klass, only=only, in_flight=in_flight, upload=True)
            whole = only is None
            report.blueprint, report.snapshot = planned.blueprint, planned.snapshot
            site = Site(
                self._database,
                self._gateway,
                self.maker,
                planned.blueprint,
                _room_ids(planned.snapshot),
                self._waiting,
                _addresses(planned.snapshot),
            )
            await self._settle(klass, planned, site)
            work = _Work(self, klass, site, planned, report, in_flight, progress, my_turn)
            await work.carry_out()
            resumed += site.resumed
            only = None
            if not site.look_again:
                break
        for room_id in await self.maker.sweep(klass.id, resumed):
            log.warning("left %s, a second room from an interrupted creation", room_id)
        if report.blueprint is not None:  # before the seal, so that an interruption here is made good
            await self._database.call(self._let_in, report)
        if whole and not report.refused and report.blueprint is not None:
            await self._database.call(self._settled, klass.id, report.blueprint, marks)
        return report

    def _marks(self, class_id: ClassId) -> list[Drift]:
        return [mark for mark in drift.marked(self._database) if mark.class_id == class_id]

    def _settled(self, class_id: ClassId, blueprint: Blueprint, marks: Sequence[Drift]) -> None:
        """Whatever was marked before has been looked at, by whichever program."""
        with self._database.transaction():
            installation.put(self._database, _seal(class_id), blueprint.fingerprint())
            for mark in marks:
                drift.unmark(self._database, mark)

    def _let_in(self, report: Report) -> None:
        assert report.blueprint is not None
        with self._database.transaction():
            admit_to_missing(self._database, report.blueprint, report.snapshot, report.made, time.time())

    async def is_settled(self, klass: ClassConfig) -> bool:
        """Whether the class was brought to exactly this blueprint before and nothing was interrupted since. Asks nobody."""
        configured = await with_avatars(self._database, None, klass.rooms)
        return await self._database.call(self._is_settled, klass, configured)

    def _is_settled(self, klass: ClassConfig, configured: Mapping[str, RoomConfig]) -> bool:
        _, blueprint = self._blueprint(klass, configured)
        sealed = installation.get(self._database, _seal(klass.id))
        return sealed == blueprint.fingerprint() and not journal.unfinished(self._database, klass.id)

    def _blueprint(self, klass: ClassConfig, configured: Mapping[str, RoomConfig]) -> tuple[list[KnownRoom], Blueprint]:
        known = rooms.rooms_of_class(self._database, klass.id)
        desks = [room.household_id for room in known if room.role == DESK and room.household_id]
        roster = self._roster_of(klass.id)
        design = present_design(self._config, self._database, klass, roster, desks=desks, rooms=configured)
        return known, design.blueprint()

    async def _settle(self, klass: ClassConfig, planned: Planned, site: Site) -> None:
        """Finish what an interrupted run began and this plan does not repeat."""
        dropped = _Dropped(self._config, klass, planned.blueprint)
        await self.maker.adopt_abandoned(klass.id, planned.blueprint.rooms, dropped.room)
        again = {_tell_step(told) for told in (notice(action, planned.blueprint) for action in planned.actions) if told}
        for step in await self._database.call(journal.unfinished, self._database, klass.id, _TELL):
            if step.name not in again and step.note:
                await self._database.call(self.say, klass, step, _notice_from(step.note))
        for step in await self._database.call(journal.unfinished, self._database, klass.id, ADDRESS):
            if site.addresses.get(step.name.removeprefix(ADDRESS)) != step.note:
                await give_up_address(site, step)

    def begin_telling(self, klass: ClassConfig, told: Notice) -> journal.Step:
        """Note what will have to be told, before it is done. In the database's thread."""
        return journal.begin(self._database, klass.id, _tell_step(told), json.dumps([told.key, told.values, told.people]))

    def say(self, klass: ClassConfig, step: journal.Step | None, told: Notice) -> None:
        """Tell the staff room, and note that this is done. In the database's thread."""
        with self._database.transaction():
            step = step or self.begin_telling(klass, told)
            if self._tell is not None:
                names = {str(person.user_id): person.name for person in self._roster_of(klass.id).people() if person.user_id}
                values = told.named(lambda user_id: names.get(user_id, user_id))
                self._tell(klass.id, f"{klass.id}|{step.name}|{step.attempts}|{step.begun}", told.key, values)
            journal.finish(self._database, step)


@dataclass(slots=True)
class _Work:
    """One round of actions."""

    provisioner: Provisioner
    klass: ClassConfig
    site: Site
    planned: Planned
    report: Report
    in_flight: int
    progress: Progress | None
    my_turn: Callable[[], Awaitable[None]]
    count: int = 0
    news: set[reported.Presence] = field(default_factory=set)  # strangers who are let be, and were not told before

    async def carry_out(self) -> None:
        actions = self.planned.actions
        let_be = [(action.key, action.user_id) for action in actions if isinstance(action, ReportStranger)]
        looked_at = frozenset(self.planned.snapshot.rooms)
        self.news = await self.site.database.call(reported.new_strangers, self.site.database, self.klass.id, looked_at, let_be)
        for one in (action for action in actions if isinstance(action, FollowTombstone | CreateSpace)):
            await self._do(one)  # others depend on each of them
        await self._all(action for action in actions if isinstance(action, CreateRoom))
        await self._all(action for action in actions if not isinstance(action, FollowTombstone | CreateSpace | CreateRoom))

    async def _all(self, actions: Iterable[Action]) -> None:
        gate = asyncio.Semaphore(self.in_flight)

        async def one(action: Action) -> None:
            async with gate:
                await self._do(action)

        try:
            async with asyncio.TaskGroup() as group:
                for action in actions:
                    group.create_task(one(action))
        except BaseExceptionGroup as failures:
            raise failures.exceptions[0] from None

    async def _do(self, action: Action) -> None:
        key = getattr(action, "key", None)
        if key is not None and key not in self.site.room_ids and not isinstance(action, CreateSpace | CreateRoom):
            return  # its room could not be made
        await self.my_turn()
        told = notice(action, self.planned.blueprint)
        database = self.site.database
        if isinstance(action, ReportStranger) and (action.key, action.user_id) not in self.news:
            told = None
        step = await database.call(self.provisioner.begin_telling, self.klass, told) if told else None
        try:
            await perform(self.site, action)
        except PermanentError as error:
            await self._refused(action, step, error)
            return
        if isinstance(action, CreateSpace | CreateRoom) and action.key in self.planned.lost:
            told = Notice("rooms-made-anew", {"room": self.planned.blueprint.rooms[action.key].name})
        if told:
            await database.call(self.provisioner.say, self.klass, step, told)
        if told and isinstance(action, ReportStranger):
            await database.call(reported.tell_strangers, database, self.klass.id, [(action.key, action.user_id)])
        if isinstance(action, CreateSpace | CreateRoom) and action.key not in self.site.resumed:
            self.report.made[action.key] = self.site.room_ids[action.key]
        self.report.done.append(action)
        self._advance(action)

    async def _refused(self, action: Action, step: journal.Step | None, error: PermanentError) -> None:
        log.error("class %s: %s is refused: %s", self.klass.id, type(action).__name__, error)
        if isinstance(action, CreateSpace):
            raise error
        self.report.refused.append((action, error))
        key = getattr(action, "key", "")
        room = self.planned.blueprint.rooms[key].name if key else ""
        told = Notice("rooms-refused", {"room": room, "error": error.errcode})
        await self.site.database.call(self.provisioner.say, self.klass, step, told)
        self._advance(action)

    def _advance(self, action: Action) -> None:
        self.count += 1
        if self.progress is not None:
            self.progress(self.count, len(self.planned.actions), action)


@dataclass(frozen=True, slots=True)
class _Dropped:
    """Blueprints of rooms that config.yaml has no more, as far as finding them needs."""

    config: Config
    klass: ClassConfig
    blueprint: Blueprint

    def room(self, key: str) -> RoomBlueprint | None:
        if key.startswith(f"{DESK}."):
            return None  # whoever waits to write there will ask for it again
        builtin = ROLES.get(key)
        config = builtin.configured(self.klass.language) if builtin else RoomConfig(key, key, "", Write.BOT)
        design = design_of(self.config, self.klass, Roster(self.klass.id, (), ()))
        return replace(design, rooms={key: config}).blueprint().rooms[key]


def _room_ids(snapshot: Snapshot) -> dict[str, RoomId]:
    return {**snapshot.unseen, **{key: room.room_id for key, room in snapshot.rooms.items()}}


def _addresses(snapshot: Snapshot) -> dict[str, str]:
    found = {key: room.content("m.room.canonical_alias") for key, room in snapshot.rooms.items()}
    return {key: str(content.get("alias", "")) for key, content in found.items() if content}


def _seal(class_id: ClassId) -> str:
    return f"provisioned {class_id}"


def _tell_step(told: Notice) -> str:
    return _TELL + hashlib.blake2b(json.dumps([told.key, told.values], sort_keys=True).encode(), digest_size=12).hexdigest()


def _notice_from(note: str) -> Notice:
    key, values, people = json.loads(note)
    return Notice(key, values, tuple(people))
