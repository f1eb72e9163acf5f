"""`Conversation`: a class in memory, for testing plugins as dialogues.

    with Conversation(plugin) as talk:
        talk.teacher.says("!опрос Куда едем? Музей; Зоопарк")
        talk.guardian(0).votes("Куда едем?", "Музей")
        assert "1 из 4" in talk.card("Куда едем?").body

The whole way of an event is real (inbox, decisions, outbox, sender); the homeserver is a `FakeHomeserver` and the time a
`FakeClock`, which moves one second with every act.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from types import TracebackType
from typing import Any, Self
from zoneinfo import ZoneInfo

import msgspec

from ..api import Klass, Plugin
from ..domain.ids import ClassId, EventId, HouseholdId, RoomId, UserId
from ..domain.people import Family, Person, Role, Roster
from ..domain.time import OfficeHours, QuietHours
from ..i18n import Catalogue
from ..matrix.translate import read_events
from ..runtime.cards import SPACINGS, CardEditor
from ..runtime.core import core_plugin
from ..runtime.dispatch import Dispatcher
from ..runtime.engine import leave_sealed_out
from ..runtime.letters import LetterBox
from ..runtime.registry import ClassSetup, LoadedPlugin, Registry
from ..runtime.sender import Sender
from ..storage import inbox, jobs, people
from ..storage.database import Database
from ..storage.tables import RoomRow
from .fake_clock import FakeClock
from .fake_homeserver import FakeHomeserver
from .invented_class import FAMILIES, FamilySpec, invent_people
from .seen import Shown, messages_of
from .voice import Voice

SERVER = "school.localhost"
BOT = UserId(f"@classroom:{SERVER}")
SITE = "https://school.example"
CLASS = ClassId("3b")
ROOMS = ("space", "announcements", "homework", "events", "albums", "meetings", "library", "publications", "talk", "staff")


class Conversation:
    """A class with a teacher and some families.

    Args:
        plugins: under test, with their options (or None) as values; or just one plugin.
        families: to invent; guardians are numbered through all families (`guardian(n)`).
        start: the local time at which it begins (naive, in `zone`).
        strict: whether a missing text is an error.
        failures_expected: otherwise a handler that failed fails the conversation at its end.
        office: when staff answer.
    """

    def __init__(
        self,
        plugins: Plugin | Mapping[Plugin, Any],
        *,
        language: str = "ru",
        families: Sequence[FamilySpec] = FAMILIES,
        start: datetime = datetime(2026, 11, 16, 10, 0),  # noqa: DTZ001 - local to the class
        zone: str = "Europe/Moscow",
        strict: bool = True,
        failures_expected: bool = False,
        office: OfficeHours | None = None,
    ) -> None:
        if isinstance(plugins, Plugin):
            plugins = {plugins: plugins.config() if plugins.config else None}
        self.zone = ZoneInfo(zone)
        self._failures_expected = failures_expected
        self.clock = FakeClock(start.replace(tzinfo=self.zone))
        self.homeserver = FakeHomeserver(SERVER)
        self._feed = self.homeserver.feed(BOT)
        self.database = Database(":memory:")
        self.klass = Klass(CLASS, "3Б", language, self.zone, QuietHours(time(21), time(7)), office)
        core = core_plugin(strict=strict, site=SITE)
        loaded = {p.name: LoadedPlugin(p, _catalogue(p, core.catalogue, strict=strict)) for p in plugins}
        options = {plugin.name: given for plugin, given in plugins.items()}
        self.registry = Registry(core, loaded, [ClassSetup(self.klass, options)])
        self._runner = asyncio.Runner()
        self._rooms: dict[str, RoomId] = {}
        self._batches = 0
        self._holding = 0
        self.registry.prepare_tables(self.database)
        invent_people(CLASS, SERVER, families)
        self._runner.run(self._make_rooms())
        self.dispatcher = Dispatcher(self.database, self.registry, self.clock, BOT)
        self.editor = CardEditor(self.database, self.registry, self.clock)
        self.letters = LetterBox(self.database, self.registry, self.clock)
        self.sender = Sender(self.database, self.homeserver.gateway(BOT), self._desk_of, lambda _woken, _cards: None)
        self._sending = self._runner.get_loop().create_task(self.sender.run())
        self._feed.clear()
        self.teacher = Voice(self, UserId(f"@teacher:{SERVER}"), self._person(Role.TEACHER))
        self._guardians = [
            Voice(self, guardian.user_id, guardian)
            for family in self.roster.families
            for guardian in family.guardians
            if guardian.user_id
        ]

    # ── The stage ───────────────────────────────────────────────────────────────────────────────────────────────────

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        failed = self.set_aside()
        self._sending.cancel()
        self._runner.run(asyncio.sleep(0))
        self._runner.close()
        self.database.close()
        if kind is None and failed and not self._failures_expected:
            raise AssertionError(f"handlers failed: {failed}")

    async def _make_rooms(self) -> None:
        gateway = self.homeserver.gateway(BOT)
        accounts = [person for person in people.load_roster(self.database, CLASS).people() if person.user_id]
        for role in ROOMS:
            room_id = await gateway.create_room({"room_version": "12"}, role)
            RoomRow.create(room_id=room_id, class_id=CLASS, role=role)
            self._rooms[role] = room_id
            for person in accounts:
                if role != "staff" or person.role.is_staff:
                    await self._put_in(room_id, person)

    async def _put_in(self, room_id: RoomId, person: Person) -> None:
        assert person.user_id
        await self.homeserver.gateway(BOT).invite(room_id, person.user_id)
        await self.homeserver.gateway(person.user_id).join(room_id)

    async def _desk_of(self, _class_id: ClassId, household_id: HouseholdId) -> RoomId:
        if household_id not in self._rooms:
            room_id = await self.homeserver.gateway(BOT).create_room({"room_version": "12"}, household_id)
            self._rooms[household_id] = room_id
            for person in self.roster.people():
                if person.user_id and (person.household_id == household_id or person.role.is_staff):
                    await self._put_in(room_id, person)

            def remember() -> None:
                RoomRow.create(room_id=room_id, class_id=CLASS, role="desk", household_id=household_id)

            await self.database.call(remember)
        return self._rooms[household_id]

    # ── The people ──────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def roster(self) -> Roster:
        return people.load_roster(self.database, CLASS)

    def _person(self, role: Role) -> Person:
        return next(person for person in self.roster.people() if person.role is role)

    def guardian(self, number: int) -> Voice:
        """The guardian of that number, through all families, those without accounts left out."""
        return self._guardians[number]

    def guardians_of(self, pupil: str) -> list[Voice]:
        """The guardians of the pupil whose name contains `pupil`."""
        family = self.family(pupil)
        return [voice for voice in self._guardians if voice.person in family.guardians]

    def family(self, pupil: str) -> Family:
        return next(family for family in self.roster.families if pupil in family.label)

    def stranger(self, name: str = "stranger") -> Voice:
        """Somebody who is in the rooms but not in the roster."""
        voice = Voice(self, UserId(f"@{name}:{SERVER}"), None)
        for role in ROOMS:
            if role != "staff":
                self._runner.run(self.homeserver.gateway(BOT).invite(self._rooms[role], voice.user_id))
                self._runner.run(self.homeserver.gateway(voice.user_id).join(self._rooms[role]))
        self._feed.clear()
        return voice

    # ── The course of things ────────────────────────────────────────────────────────────────────────────────────────

    def do(self, act: Any) -> Any:
        """Let somebody act, one second later, and the service answer."""
        self.homeserver.time = int(self.clock.seconds() * 1000)
        result = self._runner.run(act)
        if not self._holding:
            self.clock.advance(timedelta(seconds=1))
            self.settle()
        return result

    def at_once(self) -> _Holding:
        """What is done inside arrives together, when the block ends."""
        return _Holding(self)

    def settle(self) -> None:
        """Let the service do everything that it has to do now."""
        self._runner.run(self._settle())

    async def _settle(self) -> None:
        while True:
            events, self._feed[:] = list(self._feed), []
            if events:
                await self.receive(events)
            count = await self.database.call(self._step)
            effects = await self.database.call(self.dispatcher.new_effects)
            self.sender.take(effects)
            await self.sender.idle()
            if not events and not count and not effects and not self._feed:
                return

    async def receive(self, events: Sequence[Mapping[str, Any]]) -> None:
        """Store events as the homeserver would push them."""
        self._batches += 1
        raws = msgspec.json.decode(msgspec.json.encode(events), type=list[msgspec.Raw])
        read = read_events(raws, BOT)
        facts = leave_sealed_out(read.facts, ())
        told = [(bad.event_id, bad.error) for bad in read.unreadable]
        mark = inbox.Mark("txn", str(self._batches))
        await self.database.call(self.dispatcher.receive, mark, facts, told)

    def _step(self) -> int:
        self.dispatcher.retry()
        return self.dispatcher.decide() + self.dispatcher.run_jobs() + self.editor.edit_due() + self.letters.release_due()

    def advance(self, **by: float) -> None:
        """Let time pass (arguments of `timedelta`); what falls due on the way happens at its own time."""
        self.move_to(self.clock.now() + timedelta(**by))

    def move_to(self, moment: datetime) -> None:
        """Let time pass until `moment` (aware, or naive in the class's zone)."""
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=self.zone)
        self.settle()
        while (due := self._next_due()) is not None and due <= moment.timestamp():
            self.clock.advance(timedelta(seconds=max(0.0, due - self.clock.seconds())))
            self.homeserver.time = int(self.clock.seconds() * 1000)
            self.settle()
        self.clock.move_to(moment)
        self.settle()

    def _next_due(self) -> float | None:
        def look() -> float | None:
            moments = (self.editor.next_due(), self.letters.next_due(), jobs.next_due(self.database))
            return min((m for m in moments if m is not None), default=None)

        return self._runner.run(self.database.call(look))

    # ── What people see ─────────────────────────────────────────────────────────────────────────────────────────────

    def room_id(self, room: str) -> RoomId:
        return self._rooms[room] if room in self._rooms else RoomId(room)

    def desk(self, voice: Voice) -> list[Shown]:
        """What stands in the desk of somebody's household."""
        household = voice.person.household_id if voice.person else None
        return self.room(household) if household in self._rooms else []

    def room(self, room: str) -> list[Shown]:
        """The messages of a room, cards brought up to date."""
        while (due := self._runner.run(self.database.call(self.editor.next_due))) is not None:
            wait = due - self.clock.seconds()
            if wait > SPACINGS[0]:  # only counts: nobody has to wait for them here
                self._runner.run(self.database.call(self.editor.edit_due, (SPACINGS[0],)))
                self.clock.advance(timedelta(seconds=SPACINGS[0]))
            else:
                self.clock.advance(timedelta(seconds=max(0.001, wait + 0.001)))
            self.settle()
        return messages_of(self.homeserver.rooms[self.room_id(room)])

    def texts(self, room: str) -> list[str]:
        """Bodies of the service's messages in a room."""
        return [message.body for message in self.room(room) if message.sender == BOT]

    def card(self, part: str, room: str = "announcements") -> Shown:
        """The service's newest message that is not a poll and whose text contains `part`."""
        return next(m for m in reversed(self.room(room)) if m.sender == BOT and part in m.body and not m.is_poll)

    def poll(self, question: str, room: str = "announcements") -> Shown:
        """The newest native poll whose question contains `question`."""
        found = [
            m
            for m in messages_of(self.homeserver.rooms[self.room_id(room)])
            if m.is_poll and question in json.dumps(m.content, ensure_ascii=False)
        ]
        return found[-1]

    def event_of(self, what: str, room: str) -> EventId:
        if what.startswith("$"):
            return EventId(what)
        return next(
            m.event_id
            for m in reversed(messages_of(self.homeserver.rooms[self.room_id(room)]))
            if what in m.body and not m.is_poll
        )

    def count_of_bot(self) -> int:
        return len(self._of_bot())

    def bot_messages_since(self, count: int) -> list[str]:
        return [event["content"].get("body", "") for event in self._of_bot()[count:]]

    def _of_bot(self) -> list[dict[str, Any]]:
        events = [e for room in self.homeserver.rooms.values() for e in room.events if e["sender"] == BOT]
        told = [e for e in events if e["type"] == "m.room.message" and "m.new_content" not in e["content"]]
        return sorted(told, key=lambda event: int(re.sub(r"\D", "", event["event_id"])))

    def set_aside(self) -> list[tuple[str, str, str]]:
        """(cause, handler, error) of what handlers could not handle."""

        def look() -> list[tuple[str, str, str]]:
            return list(self.database.execute("SELECT cause, handler, error FROM set_aside"))

        return self._runner.run(self.database.call(look))


class _Holding:
    def __init__(self, talk: Conversation) -> None:
        self._talk = talk

    def __enter__(self) -> None:
        self._talk._holding += 1  # noqa: SLF001 - two halves of one thing

    def __exit__(self, *_: object) -> None:
        self._talk._holding -= 1  # noqa: SLF001
        self._talk.clock.advance(timedelta(seconds=1))
        self._talk.settle()


def _catalogue(plugin: Plugin, core: Catalogue, *, strict: bool) -> Catalogue:
    """A plugin's texts stand beside the module that its first handler is defined in."""
    modules = [each.handler.__module__ for each in plugin.commands]
    modules += [each.handler.__module__ for each in plugin.listeners]
    modules += [each.render.__module__ for each in plugin.cards]
    package = modules[0].rpartition(".")[0]
    return Catalogue.of_package(package, parent=core, strict=strict)
