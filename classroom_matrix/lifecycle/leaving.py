"""Somebody leaves a class: their access ends now, what was said stays for the school until it is erased.

First it is written down who is not of the class any more, in one transaction; from then on a running service does the same as
we. Then accounts that belong nowhere are locked, which ends all access at once, and everybody is removed from the rooms.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial

from ..config import Config
from ..domain.ids import ClassId, HouseholdId, PersonId, RoomId, UserId
from ..domain.people import Role
from ..domain.rooms import DESK
from ..errors import PermanentError, TemporaryError
from ..provisioning.patience import patiently
from ..storage import begun, drift, invitations, leavers
from ..storage.database import Database
from .family_file import FamilyFile, FiledPerson, family_file, rooms_where
from .house import House
from .whom import Match


@dataclass(frozen=True, slots=True)
class Departure:
    """What leaving comes to.

    Args:
        classes: the class, and the earlier years of it that can still be read.
        pupils: who goes, by class.
        people: accounts and adults who go; nobody where a sibling stays.
        staying: names of the family's pupils who stay in the class.
        closing: people who belong to no class afterwards; their accounts are locked.
        elsewhere: classes that the family stays in.
        desks: households whose desk closes for them.
    """

    name: str
    classes: tuple[ClassId, ...]
    pupils: tuple[tuple[ClassId, PersonId], ...]
    people: tuple[FiledPerson, ...]
    staying: tuple[str, ...]
    closing: tuple[FiledPerson, ...]
    elsewhere: tuple[ClassId, ...]
    desks: tuple[HouseholdId, ...]
    family: FamilyFile | None = None

    @property
    def accounts(self) -> tuple[UserId, ...]:
        return tuple(dict.fromkeys(person.user_id for person in self.people if person.user_id))

    @property
    def sharing(self) -> tuple[str, ...]:
        """Names of the others at home who stay in the class, and keep its desk."""
        if self.family is None:
            return ()
        ids = {person.id for person in self.people}
        there = [
            person.name
            for person in self.family.people
            if person.class_id == self.classes[0] and person.household_id in self.desks
            and person.id not in ids and not person.left and not person.limited
        ]  # fmt: skip
        return tuple(dict.fromkeys(there))

    @property
    def begun(self) -> begun.Leave | None:
        """What is kept of it until it is done."""
        ids = [pupil_id for _, pupil_id in self.pupils] or [person.id for person in self.people]
        if not ids:
            return None
        numbers = [pupil.number for pupil in self.family.pupils if not self.pupils or pupil.id in ids] if self.family else []
        return begun.Leave(self.classes[0], ids[0], min(numbers, default=0))


@dataclass(slots=True)
class Left:
    """What was done.

    Args:
        rooms: in how many somebody was.
        locked: how many accounts are.
        foreign: accounts that somebody else made, which we cannot lock.
        unlocked: accounts that are not locked yet, because the accounts process does not answer.
        refused: what the homeserver refused.
    """

    rooms: int = 0
    locked: int = 0
    foreign: list[UserId] = field(default_factory=list)
    unlocked: list[UserId] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def years_of(config: Config, class_id: ClassId) -> tuple[ClassId, ...]:
    """The class, then the classes that it continues, back to the first one that config.yaml knows."""
    continues = {klass.id: klass.continues for klass in config.classes}
    years = [class_id]
    while (before := continues.get(years[-1])) is not None and before in continues and before not in years:
        years.append(before)
    return tuple(years)


def departure_of(database: Database, config: Config, match: Match) -> Departure:
    """What it means that somebody leaves; also of somebody who has left, for making sure. In the database's thread."""
    years = years_of(config, match.class_id)
    family = family_file(database, match.family_id) if match.family_id else None
    if family is None:
        own = [person for person in _people(database, match.id) if person.class_id in years]
        return _departure(database, match.name, years, (), own, (), None)
    if not match.is_pupil:
        own = [person for person in family.people if person.id == match.id and person.class_id in years]
        return _departure(database, match.name, years, (), own, (), family)
    mine = [p for p in family.pupils if p.class_id in years and _is_same(p.name, match.name)]
    staying = tuple(p.name for p in family.pupils if p.class_id == match.class_id and p not in mine and not p.left)
    gone = [person for person in family.people if person.class_id in years]
    if staying:
        ids = {pupil.id for pupil in mine}  # a pupil's own account has the pupil's ID
        gone = [person for person in gone if person.role is Role.PUPIL and person.id in ids]
    return _departure(database, match.name, years, tuple((p.class_id, p.id) for p in mine), gone, staying, family)


def _is_same(name: str, other: str) -> bool:
    return name.split() == other.split()


def _departure(
    database: Database,
    name: str,
    years: tuple[ClassId, ...],
    pupils: tuple[tuple[ClassId, PersonId], ...],
    gone: Sequence[FiledPerson],
    staying: tuple[str, ...],
    family: FamilyFile | None,
) -> Departure:
    kept = {
        row[0]
        for person in gone
        for row in database.execute("SELECT person_id, class_id FROM member WHERE person_id = ?", (person.id,)).fetchall()
        if not leavers.is_former(row[1]) and row[1] not in years
    }
    closing = {person.id: person for person in gone if person.id not in kept and person.user_id}
    there = {pupil.class_id for pupil in family.pupils if not pupil.left} if family else set()
    return Departure(
        name,
        years,
        pupils,
        tuple(gone),
        staying,
        tuple(closing.values()),
        tuple(sorted(there - set(years))),
        tuple(dict.fromkeys(person.household_id for person in gone if person.household_id)),
        family,
    )


def _people(database: Database, person_id: PersonId) -> list[FiledPerson]:
    """Somebody without a family: a relative of whom the list does not say whose."""
    rows = database.execute(
        "SELECT person.id, member.class_id, person.name, person.user_id, person.language, member.role, member.household_id,"
        " member.limited FROM member JOIN person ON person.id = member.person_id WHERE person.id = ?",
        (person_id,),
    )
    return [
        FiledPerson(
            PersonId(row[0]), leavers.plain(row[1]), row[2], UserId(row[3]) if row[3] else None, row[4], Role(row[5]),
            HouseholdId(row[6]) if row[6] else None, bool(row[7]), leavers.is_former(row[1]),
        )
        for row in rows
    ]  # fmt: skip


def write_down(database: Database, departure: Departure, now: float) -> None:
    """Take them out of the class, in one transaction with whatever else is open. In the database's thread; repeatable."""
    with database.transaction():
        for class_id, pupil_id in departure.pupils:
            leavers.take_out_pupil(database, class_id, pupil_id)
        for person in departure.people:
            leavers.take_out_person(database, person.class_id, person.id)
        for person in departure.closing:
            invitations.void(database, person.id)
        for class_id in departure.classes:
            drift.mark(database, class_id, None, now)
        if departure.begun is not None:
            begun.begin(database, departure.begun)


async def close_doors(house: House, departure: Departure) -> Left:
    """Lock what belongs nowhere, and remove from rooms. Returns when the access is gone; every request is repeatable.

    Hold the provisioning lock. What the homeserver refuses is reported, and the rest is done.
    """
    left = Left()
    for person in departure.closing:
        await lock_account(house, person.user_id, left)
    for room_id in await house.database.call(_rooms, house.database, departure):
        left.rooms += await remove_from(house, room_id, departure.accounts, left)
    if departure.begun is not None and not left.refused and not left.unlocked:
        await house.database.call(begun.end, house.database, departure.begun)
    return left


async def lock_account(house: House, user_id: UserId | None, left: Left) -> None:
    """Lock an account, if it is ours. Without an answer the rooms have to do for now: they are closed all the same."""
    if user_id is None:
        return
    if house.accounts is None:
        left.foreign.append(user_id)
        return
    if left.unlocked:  # once was enough to wait
        left.unlocked.append(user_id)
        return
    try:
        await house.of_accounts(lambda accounts: accounts.lock(user_id))
    except PermanentError as error:
        if error.errcode == "M_NOT_OURS":
            left.foreign.append(user_id)
        else:
            left.refused.append(error.errcode)
    except TemporaryError:
        left.unlocked.append(user_id)
    else:
        left.locked += 1


async def remove_from(house: House, room_id: RoomId, users: Iterable[UserId], left: Left) -> bool:
    """Remove people from a room, invitations included. Returns whether anybody was there."""
    found = False
    for user_id in users:
        try:
            membership = await patiently(partial(house.gateway.membership, room_id, user_id), house.waiting)
            if membership in ("join", "invite", "knock"):
                found = True
                await patiently(partial(house.gateway.kick, room_id, user_id, ""), house.waiting)
        except PermanentError as error:
            if error.errcode not in ("M_FORBIDDEN", "M_NOT_FOUND") or found:
                left.refused.append(f"{room_id}: {error.errcode}")
            else:
                return False  # the bot is not there any more: nothing of ours
    return found


def _rooms(database: Database, departure: Departure) -> list[RoomId]:
    found = []
    for class_id in departure.classes:
        for room in rooms_where(database, "class_id = ?", class_id):
            if room.role != DESK or room.household_id in departure.desks:
                found.append(room.room_id)  # noqa: PERF401 - two loops and a condition
    return found
