"""A school in memory with two classes, people in their rooms, and hands that can be killed at any request."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from classroom_matrix.config import Config, load
from classroom_matrix.domain.ids import ClassId, EventId, HouseholdId, PersonId, RoomId, UserId
from classroom_matrix.domain.people import Reach, Role
from classroom_matrix.errors import PermanentError
from classroom_matrix.lifecycle.house import House
from classroom_matrix.provisioning import Provisioner
from classroom_matrix.provisioning.provision import Report
from classroom_matrix.roster.staff import import_staff
from classroom_matrix.school import load_plugins
from classroom_matrix.storage import invitations, people, register
from classroom_matrix.storage.database import Database
from classroom_matrix.storage.tasks import Task
from classroom_matrix.testing.fake_accounts import FakeAccounts
from classroom_matrix.testing.fake_homeserver import FakeGateway, FakeHomeserver

BOT = UserId("@classroom:school.localhost")
TEACHER = UserId("@teacher:school.localhost")
ROOMS = "{albums: false, events: false, library: false, homework: false, meetings: false, publications: false}"
CONFIG = f"""
homeserver: {{url: "http://127.0.0.1:1", server_name: school.localhost}}
plugins: {{polls: {{}}}}
rooms: {ROOMS}
classes:
  - {{id: 3b, name: 3Б, staff: [{{name: Смирнова Ольга, user: "{TEACHER}"}}]}}
  - {{id: 1a, name: 1А}}
  - {{id: 4b, name: 4Б, continues: 3b, staff: [{{name: Смирнова Ольга, user: "{TEACHER}"}}]}}
"""


class Killed(BaseException):
    """Kill -9: nothing in the program catches it."""


class Fate:
    """Counts requests of all hands together, and kills before or after one of them."""

    def __init__(self, at: int | None = None, *, after: bool = False) -> None:
        self.at, self.after, self.count = at, after, 0


class Mortal:
    """Passes verbs on until its fate comes."""

    def __init__(self, hand: Any, fate: Fate) -> None:
        self._hand, self._fate = hand, fate

    def __getattr__(self, verb: str) -> Any:
        found = getattr(self._hand, verb)
        if not callable(found):
            return found

        async def request(*arguments: Any, **named: Any) -> Any:
            self._fate.count += 1
            mine = self._fate.count == self._fate.at
            if mine and not self._fate.after:
                raise Killed
            try:
                return await found(*arguments, **named)
            finally:
                if mine:
                    raise Killed

        return request


@dataclass
class Someone:
    """An adult with an account."""

    id: PersonId
    user_id: UserId
    gateway: FakeGateway

    async def say(self, room: RoomId, text: str, **more: Any) -> EventId:
        content = {"msgtype": "m.text", "body": text, **more}
        return await self.gateway.send(room, "m.room.message", json.dumps(content).encode(), f"{room}{text}")

    async def can_say(self, room: RoomId) -> bool:
        try:
            await self.say(room, "?")
        except PermanentError:
            return False
        return True


@dataclass
class Stage:
    """Everything of one test. `config.yaml` stands in `folder`."""

    folder: Path
    homeserver: FakeHomeserver = field(default_factory=FakeHomeserver)
    config: Config = field(init=False)
    accounts: FakeAccounts = field(init=False)
    adults: dict[str, Someone] = field(default_factory=dict)
    admitted: list[str] = field(default_factory=list)
    now: float = 4_000_000_000.0
    closed: bool = False

    def __post_init__(self) -> None:
        self.accounts = FakeAccounts(self.homeserver, bot=BOT)
        self.configure(CONFIG)
        self.database = Database(self.config.database)
        self.registry = load_plugins(self.config)
        self.registry.prepare_tables(self.database)
        import_staff(self.database, self.config.klass("3b"))

    def configure(self, text: str) -> None:
        (self.folder / "config.yaml").write_text(text, "utf-8")
        self.config = load(self.folder / "config.yaml")

    def house(self, fate: Fate | None = None) -> House:
        """New hands, as after a start of the program."""
        fate = fate or Fate()
        gateway = Mortal(self.homeserver.gateway(BOT), fate)
        provisioner = Provisioner(
            self.config, self.database, gateway, lambda class_id: people.load_roster(self.database, class_id), settle=0.0
        )

        async def admit(task: Task) -> None:
            self.admitted.append(str(task.arguments[0]))

        return House(
            self.config,
            self.database,
            gateway,
            provisioner,
            self.registry,
            Mortal(self.accounts, fate),
            admit,
            lambda: self.now,
        )

    # ── People ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def family(self, class_id: str, pupils: dict[str, int], *homes: list[str], reach: Reach = Reach.APP) -> str:
        """A family with pupils (name → number) and its households' adults. Returns its ID."""
        family_id = register.add_family(self.database, reach)
        for name, number in pupils.items():
            self.pupil(class_id, family_id, name, number)
        for home in homes:
            household = register.add_household(self.database, family_id)
            for name in home:
                self.adult(class_id, name, family_id, household)
        return family_id

    def pupil(self, class_id: str, family_id: Any, name: str, number: int) -> PersonId:
        surname = name.rsplit(maxsplit=1)[-1]
        pupil_id = register.add_pupil(self.database, ClassId(class_id), family_id, name=name, surname=surname, number=number)
        key = register.roster_key(self.database, "pupil", name)
        register.recognise(self.database, ClassId(class_id), key, pupil_id)
        self.database.execute("INSERT INTO consent VALUES (?, 'album', 1, 'list', 0)", (pupil_id,))
        return pupil_id

    def adult(
        self, class_id: str, name: str, family_id: Any, household: HouseholdId | None, role: Role = Role.GUARDIAN
    ) -> Someone:
        """A member of the class; somebody known by name is the same person."""
        known = self.adults.get(name)
        if known is None:
            person_id = register.add_person(self.database, name)
            user_id = UserId(f"@u{len(self.adults)}:school.localhost")
            people.set_account(self.database, person_id, user_id)
            invitations.reserve(self.database, person_id, user_id)
            invitations.created(self.database, person_id, self.now)
            invitations.issue(self.database, person_id, handle=f"h{user_id}", secret="s", now=self.now, expires_at=self.now)
            invitations.arrived(self.database, person_id, self.now)
            self.accounts.accounts[user_id] = _account(name)
            known = self.adults[name] = Someone(person_id, user_id, self.homeserver.gateway(user_id))
        register.set_member(self.database, ClassId(class_id), known.id, role, family_id=family_id, household_id=household)
        return known

    async def provision(self, *class_ids: str, desks: bool = True) -> list[Report]:
        """Rooms, desks of all households, and everybody in."""
        house = self.house()
        reports: list[Report] = []
        for class_id in class_ids:
            klass = self.config.klass(class_id)
            await house.provisioner.apply(klass)
            roster = people.load_roster(self.database, klass.id)
            for family in roster.families if desks else ():
                for home in family.households:
                    await self._desk(house, klass.id, home.id)
            reports.append(await house.provisioner.apply(klass))
            await self.everybody_joins(class_id)
        self.database.execute("DELETE FROM task")
        return reports

    async def _desk(self, house: House, class_id: ClassId, household: HouseholdId) -> None:
        from classroom_matrix.provisioning import Desks

        desks = Desks(
            self.config,
            self.database,
            house.gateway,
            house.provisioner.maker,
            lambda each: people.load_roster(self.database, each),
        )
        await desks.ensure_desk(class_id, household)

    async def everybody_joins(self, class_id: str) -> None:
        for room_id in [self.room("space", class_id), *self.rooms(class_id)]:
            room = self.homeserver.rooms[room_id]
            for person in people.load_roster(self.database, ClassId(class_id)).entitled():
                gateway = self.homeserver.gateway(person.user_id or "")
                if person.user_id and room.membership(person.user_id) != "join":
                    try:
                        await gateway.join(room_id)
                    except PermanentError:
                        continue

    # ── Rooms ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def rooms(self, class_id: str) -> list[RoomId]:
        return [RoomId(row[0]) for row in self.database.execute("SELECT room_id FROM room WHERE class_id = ?", (class_id,))]

    def room(self, role: str, class_id: str = "3b") -> RoomId:
        row = self.database.execute("SELECT room_id FROM room WHERE class_id = ? AND role = ?", (class_id, role)).fetchone()
        return RoomId(row[0])

    def desk(self, adult: str, class_id: str = "3b") -> RoomId:
        row = self.database.execute(
            "SELECT room_id FROM room JOIN member ON member.household_id = room.household_id"
            " WHERE member.person_id = ? AND room.class_id = ?",
            (self.adults[adult].id, class_id),
        ).fetchone()
        return RoomId(row[0])

    def is_in(self, adult: str, room: RoomId) -> bool:
        return self.homeserver.rooms[room].membership(self.adults[adult].user_id) in ("join", "invite")

    def texts(self, room: RoomId) -> list[str]:
        """What can still be read there."""
        return [
            event["content"]["body"]
            for event in self.homeserver.rooms[room].events
            if event["type"] == "m.room.message" and event["content"]
        ]

    def everything(self) -> str:
        """All that the homeserver still has, as one text."""
        return "\n".join(
            json.dumps([event["sender"], event.get("state_key"), event["content"]], ensure_ascii=False)
            for room in self.homeserver.rooms.values()
            for event in room.events
        )

    def close(self) -> None:
        if not self.closed:
            self.closed = True
            self.database.close()


def _account(name: str) -> Any:
    from classroom_matrix.testing.fake_accounts import FakeAccount

    return FakeAccount(name, "r", "p", files=1)


async def killed_everywhere(
    make: Callable[[], Awaitable[Stage]],
    work: Callable[[Stage, House], Awaitable[Any]],
    check: Callable[[Stage], Awaitable[None]],
    *,
    points: int = 1_000,
) -> int:
    """Do `work` on a new stage, killed before or after its requests; then again, unharmed; then `check`.

    Args:
        points: at how many moments, spread over the work.

    Returns:
        How many requests the work takes.
    """
    stage = await make()
    fate = Fate()
    await work(stage, stage.house(fate))
    await check(stage)
    stage.close()
    total = fate.count
    moments = [(at, after) for at in range(1, total + 1) for after in (False, True)]
    for at, after in moments[:: -(-len(moments) // points)]:
        stage = await make()
        try:
            await work(stage, stage.house(Fate(at, after=after)))
        except* Killed:
            pass
        await work(stage, stage.house())
        await check(stage)
        stage.close()
    return total


__all__ = ["BOT", "Fate", "Killed", "Stage", "killed_everywhere", "replace"]
