"""The demo's people: from class lists to accounts, and into their rooms."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from ..config import ClassConfig
from ..domain.ids import ClassId, RoomId, UserId
from ..domain.people import Person, Role, Roster
from ..roster.whole_class import import_class
from ..storage import people, rooms
from ..storage.database import Database
from ..testing import person as client
from ..testing.homeserver import EmbeddedHomeserver
from .accounts import Accounts
from .cast import cast_of
from .stage import Stage
from .visit import come_in, hold_a_poll

Rooms = Mapping[str, RoomId]
"""Role → room."""

_AT_ONCE = 4  # more only makes Synapse wait


@dataclass(frozen=True, slots=True)
class Player:
    """Somebody with an account: the person as the class knows them, and how to be them."""

    person: Person
    user_id: UserId
    password: str
    access_token: str


@dataclass(frozen=True, slots=True)
class Cast:
    """A class on stage: who has an account, and its rooms."""

    klass: ClassConfig
    players: Sequence[Player]
    rooms: Rooms


@dataclass(frozen=True, slots=True)
class Listed:
    """A class after its import: everybody, how many questions the office's list leaves open, and who gets an account."""

    roster: Roster
    undecided: int
    cast: Sequence[Person]


async def import_people(database: Database, klass: ClassConfig, columns: Mapping[str, str]) -> Listed:
    """Bring the tables up to date with the class's list and staff, and choose who gets an account.

    Args:
        columns: `roster_columns` of config.yaml.

    Raises:
        ConfigError: the list is no class list.
    """
    outcome = await database.call(import_class, database, klass, columns)
    roster = await database.call(people.load_roster, database, klass.id)
    return Listed(roster, sum(question.open for question in outcome.questions), cast_of(roster))


async def make_account(stage: Stage, homeserver: EmbeddedHomeserver, database: Database, person: Person) -> Player:
    """Make the person's account if it is missing, and say in the tables whose it is."""
    account = await Accounts(stage.accounts).ensure(homeserver, person)
    user_id = UserId(f"@{account.localpart}:{stage.config.homeserver.server_name}")
    await database.call(people.set_account, database, person.id, user_id)
    return Player(replace(person, user_id=user_id), user_id, account.password, account.access_token)


async def rooms_of(database: Database, class_id: ClassId) -> Rooms:
    """The rooms that were made, desks left out."""
    known = await database.call(rooms.rooms_of_class, database, class_id)
    return {room.role: room.room_id for room in known if room.household_id is None}


async def move_in(homeserver: str, cast: Cast, joined: Callable[[], None]) -> None:
    """Let everybody join their rooms; `joined` is called after each."""

    async def one(player: Player) -> None:
        async with client.Person(homeserver, player.user_id, player.access_token) as person:
            await come_in(person, cast.rooms)
        joined()

    for start in range(0, len(cast.players), _AT_ONCE):
        await asyncio.gather(*[one(player) for player in cast.players[start : start + _AT_ONCE]])


async def first_poll(homeserver: str, cast: Cast) -> bool:
    """Let the teacher open a poll and a guardian vote, so that there is something to look at.

    Returns:
        Whether there was a teacher, a guardian, a room and the plugin for it.

    Raises:
        ClassroomError: the bot did not answer.
    """
    teacher = next((player for player in cast.players if player.person.role is Role.TEACHER), None)
    guardian = next((player for player in cast.players if player.person.role is Role.GUARDIAN), None)
    room = cast.rooms.get("announcements") or cast.rooms.get("talk")
    if teacher is None or guardian is None or room is None or "polls" not in cast.klass.plugins:
        return False
    async with (
        client.Person(homeserver, teacher.user_id, teacher.access_token) as asking,
        client.Person(homeserver, guardian.user_id, guardian.access_token) as voting,
    ):
        await hold_a_poll(asking, voting, room, cast.klass.language)
    return True
