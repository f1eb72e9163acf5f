"""A whole school on the real Synapse, run by our own program as a child process that a test may kill."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AsyncExitStack, closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import yaml
from yarl import URL

from classroom_matrix.config import load
from classroom_matrix.domain.ids import ClassId, EventId, PersonId, RoomId, UserId
from classroom_matrix.domain.people import Family
from classroom_matrix.matrix.registration import Registration, read_registration
from classroom_matrix.roster.whole_class import import_class
from classroom_matrix.school import open_school, sign_in
from classroom_matrix.storage import people
from classroom_matrix.storage.database import Database
from classroom_matrix.testing.faulty_proxy import FaultyProxy
from classroom_matrix.testing.homeserver import EmbeddedHomeserver
from classroom_matrix.testing.person import Person
from tests.integration.engine_client import Engines

ROSTER = Path(__file__).parents[2] / "classroom_matrix" / "demo" / "roster.csv"
PASSWORD = "correct horse"
Event = Mapping[str, Any]


@dataclass
class ClassOnStage:
    """One class: who can act in it, and its rooms by role."""

    id: ClassId
    teacher: Person
    families: list[tuple[Family, list[Person]]]
    rooms: dict[str, RoomId] = field(default_factory=dict)

    @property
    def first_guardians(self) -> list[Person]:
        return [guardians[0] for _, guardians in self.families]


class SchoolOnStage:
    """Config, database and service of one test.

    Args:
        homeserver_url: what the service talks to; a proxy's, where a test wants one between.
        clock_file: of a `ShiftedTime` that the service goes by; None: the machine's time.
        encrypted: roles of rooms that are encrypted, None for what the program does unasked; a `Person` is a plain client and
            can neither read nor write there.
        engines: makes everybody a client with Element's engine that trusts signed devices only.
    """

    def __init__(
        self,
        homeserver: EmbeddedHomeserver,
        folder: Path,
        registration_file: Path,
        *,
        homeserver_url: str | None = None,
        clock_file: Path | None = None,
        encrypted: Sequence[str] | None = (),
        engines: Engines | None = None,
    ) -> None:
        self.encrypted = encrypted
        self.engines = engines
        self.homeserver = homeserver
        self.folder = folder
        self.registration: Registration = read_registration(registration_file)
        self.listen = URL(self.registration.url)  # another one, where a test has a proxy between homeserver and service
        self._registration_file = registration_file
        self.url = homeserver_url or homeserver.url
        self.database = folder / "classroom.db"
        self.config_file = folder / "config.yaml"
        self.clock_file = clock_file
        self.log = folder / "service.log"
        self.classes: dict[str, ClassOnStage] = {}
        self.syncs = False
        self._account: UserId | None = None
        self.token_file = folder / "token"
        self.process: asyncio.subprocess.Process | None = None
        self.proxy: FaultyProxy  # set by tests that have one between service and homeserver
        self.starts = 0
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.kill()
        await self._stack.aclose()
        if kind is not None and self.log.exists():
            print(f"--- the service's log ---\n{self.log.read_text('utf-8')[-6_000:]}")

    @property
    def bot(self) -> UserId:
        return self._account or self.registration.user_id

    async def use_sync(self) -> None:
        """Receive by /sync with an ordinary account, as where no application service can be registered."""
        login = await self.homeserver.register(f"sync-{self.registration.localpart}", PASSWORD)
        self._account, self.syncs = login.user_id, True
        self.token_file.write_text(login.access_token, "utf-8")

    # ── Building ────────────────────────────────────────────────────────────────────────────────────────────────────

    def write_config(self, classes: Sequence[Mapping[str, Any]], **more: Any) -> None:
        connection = {
            "kind": "appservice",
            "listen": f"{self.listen.host}:{self.listen.port}",
            "registration": str(self._registration_file),
        }
        if self.syncs:
            connection = {"kind": "sync", "access_token_file": str(self.token_file)}
        config = {
            "homeserver": {"url": self.url, "server_name": "school.localhost"},
            "bot": {"user": self.bot, "name": "Классный помощник"},
            "connection": connection,
            "database": str(self.database),
            "language": "ru",
            "timezone": "Europe/Moscow",
            "quiet_hours": False,
            **({} if self.encrypted is None else {"encrypted": list(self.encrypted)}),
            "plugins": {"polls": {}},
            "classes": list(classes),
            **more,
        }
        self.config_file.write_text(yaml.safe_dump(config, allow_unicode=True, sort_keys=False), "utf-8")

    async def person(self, localpart: str) -> Person:
        login = await self.homeserver.register(localpart, PASSWORD)
        if self.engines is not None:
            return await self.engines.log_in(self.homeserver.url, localpart, PASSWORD, isolation="signed")
        return await self._stack.enter_async_context(Person(self.homeserver.url, login.user_id, login.access_token))

    async def build(
        self,
        class_ids: Iterable[str] = ("3b",),
        *,
        families: int | None = None,
        guardians: int = 1,
        rosters: Mapping[str, Path] | None = None,
        rooms: Mapping[str, Any] | None = None,
    ) -> None:
        """Write the configuration, import the sample roster, give accounts, make the rooms and let everybody in.

        Args:
            families: how many families get accounts, from the top of the list; all by default.
            guardians: how many accounts each of them gets, as far as it has guardians.
            rosters: class lists other than the sample's.
            rooms: classes' ``rooms`` in config.yaml.
        """
        teachers = {class_id: await self.person(f"t-{class_id}-{self.registration.localpart}") for class_id in class_ids}
        self.write_config(
            [
                {
                    "id": class_id,
                    "name": class_id,
                    "roster": str((rosters or {}).get(class_id, ROSTER)),
                    "staff": [{"name": "Ольга Петровна", "role": "teacher", "user": teacher.user_id}],
                    **({"rooms": dict(rooms)} if rooms else {}),
                }
                for class_id, teacher in teachers.items()
            ]
        )
        config = load(self.config_file)
        database = Database(self.database)
        for klass in config.classes:
            await database.call(import_class, database, klass)
            roster = await database.call(people.load_roster, database, klass.id)
            stage = ClassOnStage(klass.id, teachers[klass.id], [])
            for family in roster.families[:families]:
                acting = []
                for guardian in [g for g in family.guardians if not g.limited][:guardians]:
                    acting.append(await self.person(f"{guardian.id}".lower()))
                    await database.call(_give_account, database, guardian.id, acting[-1].user_id)
                stage.families.append((family, acting))
            self.classes[klass.id] = stage
        database.close()
        async with open_school(config) as school:
            await sign_in(school)
            for klass in config.classes:
                await school.provisioner.apply(klass, in_flight=4)
        self.read_rooms()

    def read_rooms(self) -> None:
        with closing(sqlite3.connect(self.database)) as connection:
            for class_id, role, room_id in connection.execute(
                "SELECT class_id, role, room_id FROM room WHERE replaced_by IS NULL AND household_id IS NULL"
            ):
                if class_id in self.classes:
                    self.classes[class_id].rooms[role] = RoomId(room_id)

    async def let_in(self, class_id: str, *roles: str) -> None:
        """Everybody of a class joins its space and these rooms; the teacher the staff room too."""
        stage = self.classes[class_id]
        for person in [stage.teacher, *(guardian for _, guardians in stage.families for guardian in guardians)]:
            for role in ("space", *roles):
                await person.join(stage.rooms[role])
        await stage.teacher.join(stage.rooms["staff"])

    # ── Running ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def _program(self) -> Sequence[str]:
        if self.clock_file is None:
            return "classroom_matrix", "run", "--config", str(self.config_file)
        return "classroom_matrix.testing.shifted_service", str(self.clock_file), str(self.config_file)

    async def start(self, *, listening: bool = True) -> None:
        """Start the service; with `listening` return when the homeserver can push to it."""
        with self.log.open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "classroom_matrix.testing.tied_process", *self._program(),
                stdin=asyncio.subprocess.PIPE, stdout=log, stderr=log, start_new_session=True,
                env={**os.environ, "NO_COLOR": "1"},
            )  # fmt: skip
        self.starts += 1
        while listening and not self.syncs:
            assert self.process.returncode is None, f"the service ended: {self.log.read_text('utf-8')[-3_000:]}"
            with suppress(OSError):
                _, writer = await asyncio.open_connection(self.listen.host, self.listen.port)
                writer.close()
                return
            await asyncio.sleep(0.02)  # the condition is the open port

    async def kill(self) -> None:
        """kill -9."""
        if self.process is not None and self.process.returncode is None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            await self.process.wait()
        self.process = None

    async def drained(self, *, seconds: float = 60) -> None:
        """Wait until nothing waits in inbox and outbox and no card is out of date, but for counts, which may wait for hours."""
        async with asyncio.timeout(seconds):
            while any(self.counts().values()):
                await asyncio.sleep(0.05)  # the condition is in another process's database

    def counts(self) -> dict[str, int]:
        queries = {
            "inbox": "SELECT COUNT(*) FROM inbox WHERE state <> 1",
            "outbox": "SELECT COUNT(*) FROM outbox WHERE state = 0",
            "cards": "SELECT COUNT(*) FROM card WHERE dirty_at IS NOT NULL AND prompt OR edit_key IS NOT NULL",
        }
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as connection:
            return {name: connection.execute(query).fetchone()[0] for name, query in queries.items()}

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as connection:
            return connection.execute(query, values).fetchall()

    def change(self, statement: str) -> None:
        """Break or mend something behind the service's back."""
        with closing(sqlite3.connect(self.database, timeout=20)) as connection, connection:
            connection.execute(statement)

    # ── Looking ─────────────────────────────────────────────────────────────────────────────────────────────────────

    async def answers_to(self, person: Person, room: RoomId, command: EventId) -> list[Event]:
        """The bot's replies to an event, by the homeserver's own history."""
        return [event for event in await self.of_bot(person, room) if reply_to(event) == command]

    async def of_bot(self, person: Person, room: RoomId, kind: str = "m.room.message") -> list[Event]:
        return [e for e in await person.history(room) if e["sender"] == self.bot and e["type"] == kind and e["content"]]


def reply_to(event: Event) -> str | None:
    return event["content"].get("m.relates_to", {}).get("m.in_reply_to", {}).get("event_id")


def is_edit(event: Event) -> bool:
    return bool(event.get("content", {}).get("m.relates_to", {}).get("rel_type") == "m.replace")


def _give_account(database: Database, person_id: PersonId, user_id: UserId) -> None:
    with database.transaction():
        people.set_account(database, person_id, user_id)
