"""A configured class on a homeserver in memory, with a service that can be killed at any request."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from classroom_matrix.config import Config, load
from classroom_matrix.domain.ids import ClassId, FamilyId, HouseholdId, PersonId, UserId
from classroom_matrix.domain.people import Family, Household, Person, Pupil, Role, Roster
from classroom_matrix.provisioning.provision import Provisioner
from classroom_matrix.storage.database import Database
from classroom_matrix.testing.fake_homeserver import FakeHomeserver

BOT = UserId("@classroom:school.localhost")
TEACHER = UserId("@teacher:school.localhost")
MOTHER = UserId("@mother:school.localhost")

CONFIG = """
homeserver: {url: "http://127.0.0.1:1", server_name: school.localhost}
classes:
  - {id: 3b, name: 3Б}
  - {id: 4a, name: 4А, language: en}
"""


class Killed(BaseException):
    """Kill -9: nothing in the program catches it."""


class MortalGateway:
    """Passes verbs on, and dies before or after the request with a certain number."""

    def __init__(self, gateway: Any, *, at: int | None = None, after: bool = False) -> None:
        self._gateway = gateway
        self._at = at
        self._after = after
        self.count = 0
        self.verbs: list[str] = []

    @property
    def user_id(self) -> UserId:
        return self._gateway.user_id

    def __getattr__(self, verb: str) -> Callable[..., Awaitable[Any]]:
        async def request(*arguments: Any, **named: Any) -> Any:
            self.count += 1
            number = self.count
            self.verbs.append(verb)
            if number == self._at and not self._after:
                raise Killed
            try:
                return await getattr(self._gateway, verb)(*arguments, **named)
            finally:
                if number == self._at:
                    raise Killed

        return request


@dataclass
class Scene:
    folder: Path
    homeserver: FakeHomeserver = field(default_factory=FakeHomeserver)
    told: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)
    roster: dict[str, Roster] = field(default_factory=dict)
    config: Config = field(init=False)

    def __post_init__(self) -> None:
        self.configure(CONFIG)
        self.roster = {"3b": a_roster("3b", TEACHER, MOTHER), "4a": a_roster("4a", None, None)}

    def configure(self, text: str) -> None:
        (self.folder / "config.yaml").write_text(text, "utf-8")
        self.config = load(self.folder / "config.yaml")

    def open(self) -> Database:
        return Database(self.config.database)

    def provisioner(self, database: Database, gateway: Any = None) -> Provisioner:
        return Provisioner(
            self.config,
            database,
            gateway or self.homeserver.gateway(BOT),
            lambda class_id: self.roster[class_id],
            tell=lambda class_id, _key, text, values: self.told.append((class_id, text, dict(values))),
            settle=0.0,
        )

    async def apply(self, class_id: str = "3b", gateway: Any = None, **options: Any) -> Any:
        database = self.open()
        try:
            return await self.provisioner(database, gateway).apply(self.config.klass(class_id), **options)
        finally:
            database.close()

    async def actions(self, class_id: str = "3b") -> tuple[Any, ...]:
        database = self.open()
        try:
            return (await self.provisioner(database).plan(self.config.klass(class_id))).actions
        finally:
            database.close()

    def living_rooms(self, class_id: str = "3b") -> list[str]:
        """Roles of the rooms that carry the class's marker and that the bot is in, tombstoned ones left out."""
        found = []
        for room in self.homeserver.rooms.values():
            marker = room.state.get(("org.classroom_matrix.room", ""))
            if (
                marker
                and marker["content"]["class"] == class_id
                and room.membership(BOT) == "join"
                and ("m.room.tombstone", "") not in room.state
            ):
                found.append(marker["content"]["role"])
        return sorted(found)

    def children(self, class_id: str = "3b") -> int:
        (space,) = [
            room
            for room in self.homeserver.rooms.values()
            if room.state.get(("org.classroom_matrix.room", ""), {}).get("content") == {"class": class_id, "role": "space"}
            and room.membership(BOT) == "join"
        ]
        return len([1 for (kind, _), event in space.state.items() if kind == "m.space.child" and event["content"]])

    def room(self, role: str, class_id: str = "3b") -> Any:
        return self.homeserver.rooms[self.homeserver.aliases[f"#classroom.{class_id}.{role}:school.localhost"]]  # type: ignore[index]


def a_roster(class_id: str, teacher: UserId | None, mother: UserId | None) -> Roster:
    guardian = Person(PersonId("p2"), "Калинина Наталья", Role.GUARDIAN, mother, None, FamilyId("f1"), HouseholdId("h1"))
    family = Family(
        FamilyId("f1"),
        (Pupil(PersonId("c1"), FamilyId("f1"), "Ксения Калинина", "Калинина", 1),),
        (Household(HouseholdId("h1"), FamilyId("f1"), (guardian,)),),
    )
    return Roster(ClassId(class_id), (family,), (Person(PersonId("p1"), "Смирнова Ольга", Role.TEACHER, teacher),))
