"""Letting somebody in who has arrived: every room where they belong, at once and without a click.

The space first, because it is what lets people into the shared rooms; the desk last, so that it stands on top of their list.
Memberships are what joining a school costs the homeserver, one event each; nothing else is sent here but invitations that are
missing and, once for each household, a welcome.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from ..config import ClassConfig, Config
from ..domain.blueprint import Blueprint, RoomBlueprint
from ..domain.ids import ClassId, HouseholdId, PersonId, RoomId, UserId
from ..domain.people import Roster
from ..domain.rooms import DESK, SPACE
from ..errors import PermanentError, TemporaryError
from ..matrix.accounts import Accounts
from ..matrix.gateway import Gateway
from ..storage import archive, invitations, people, rooms
from ..storage.database import Database
from ..storage.tasks import Task
from .design import RosterOf, present_design
from .desk import Desks
from .patience import patiently

log = logging.getLogger(__name__)

Welcome = Callable[[ClassId, HouseholdId, RoomId], None]
"""Say hello in a new desk, once. Called in the database's thread within a transaction."""

_UNTIL_MADE = 10.0
"""Seconds to wait for a class's rooms that are being made."""


@dataclass(frozen=True, slots=True)
class _Door:
    """A room to let somebody into. `home`: it is the desk of their own household."""

    room_id: RoomId
    class_id: ClassId
    blueprint: RoomBlueprint
    home: HouseholdId | None


@dataclass(frozen=True, slots=True)
class _Way:
    """What lies before somebody. `homes`: classes where their household has to have a desk."""

    user_id: UserId
    doors: tuple[_Door, ...]
    homes: tuple[tuple[ClassId, HouseholdId], ...]


class Admission:
    """Lets people in.

    Args:
        config: for classes.
        database: open.
        gateway: the bot's account.
        desks: makes the desk of a household that has none yet.
        roster_of: see `RosterOf`.
        accounts: accepts invitations on people's behalf; without it they are invited to each room, and the homeserver's
            ``auto_accept_invites`` or they themselves do the rest.
        welcome: see `Welcome`.
        now: UTC seconds.
    """

    def __init__(
        self,
        config: Config,
        database: Database,
        gateway: Gateway,
        desks: Desks,
        roster_of: RosterOf,
        *,
        accounts: Accounts | None,
        welcome: Welcome,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._config = config
        self._database = database
        self._gateway = gateway
        self._desks = desks
        self._roster_of = roster_of
        self._accounts = accounts
        self._welcome = welcome
        self._now = now

    async def admit(self, task: Task) -> None:
        """The task "admit": a person's ID, then rooms if it is about new ones only. Safe to repeat.

        Only people whose account is ours and who have arrived are let in; what else somebody is to the school does not matter.

        Raises:
            TemporaryError: rooms are not made yet, or somebody does not answer.
            PermanentError: refused.
        """
        person_id = PersonId(str(task.arguments[0]))
        only = frozenset(RoomId(str(room)) for room in task.arguments[1:])
        way = await self._database.call(self._look_up, person_id, only)
        if way is None:
            return
        made = [await self._desks.ensure_desk(*home, besides=person_id) for home in way.homes]
        if any(made):
            way = await self._database.call(self._look_up, person_id, only)
            if way is None:
                return
        if self._accounts is not None:
            entered = await self._let_in(self._accounts, way, partial(self._look_up, person_id, only))
            if entered is None:
                return
            way = entered
        else:
            for door in way.doors:
                await self._invite(way.user_id, door)
        await self._database.call(self._arrive, person_id, way, not only)

    # ── Where to ────────────────────────────────────────────────────────────────────────────────────────────────────

    def _look_up(self, person_id: PersonId, only: Collection[RoomId]) -> _Way | None:
        """None for somebody who is not ours to let in, or has not arrived: a new slip takes the arrival back."""
        invitation = invitations.of_person(self._database, person_id)
        if invitation is None or (invitation.arrived_at is None and invitation.admitted_at is None):
            return None
        doors: list[_Door] = []
        homes: list[tuple[ClassId, HouseholdId]] = []
        theirs = set(people.classes_of_person(self._database, person_id))
        for klass in self._config.classes:
            if klass.id not in theirs or archive.is_archived(self._database, klass.id):
                continue
            roster = self._roster_of(klass.id)
            own = tuple(_households(roster, person_id))
            blueprint, known = self._rooms(klass, roster, own)
            keys = [key for key, room in blueprint.rooms.items() if invitation.user_id in room.members]
            # A new class is more than new rooms: the household gets its desk there, too.
            wanted = {key for key in keys if key in known and (not only or known[key] in only)}
            if not wanted and only:
                continue
            if not only and keys and (not wanted or (SPACE in keys and SPACE not in wanted)):
                raise TemporaryError(f"rooms of class {klass.id} are not made yet", retry_after=_UNTIL_MADE)
            at_home = {f"{DESK}.{household_id}": household_id for household_id in own}
            if not only or SPACE in wanted:
                homes += [(klass.id, home) for key, home in at_home.items() if key in keys and key not in known]
                wanted |= {key for key in at_home if key in keys and key in known}
            doors += [_Door(known[key], klass.id, blueprint.rooms[key], at_home.get(key)) for key in keys if key in wanted]
        return _Way(invitation.user_id, tuple(sorted(doors, key=_place)), tuple(homes))

    def _rooms(self, klass: ClassConfig, roster: Roster, own: Sequence[HouseholdId]) -> tuple[Blueprint, dict[str, RoomId]]:
        """The class as it should be with a desk for the households in `own`, and the rooms that it has."""
        known = rooms.rooms_of_class(self._database, klass.id)
        desks = dict.fromkeys([*(room.household_id for room in known if room.role == DESK and room.household_id), *own])
        design = present_design(self._config, self._database, klass, roster, desks=desks)
        return design.blueprint(), {room.key: room.room_id for room in known}

    # ── In ──────────────────────────────────────────────────────────────────────────────────────────────────────────

    async def _let_in(self, accounts: Accounts, way: _Way, look_again: Callable[[], _Way | None]) -> _Way | None:
        """Usually everybody is invited where that is needed, and one call does all; else what is missing is made good first.

        An account that the accounts process does not know (its ledger was lost) is invited like everybody without one.

        Args:
            look_again: where the person belongs by now. Who is refused may have been removed in this very moment, because of
                a court limit or because they left; nobody is invited on the strength of what was true before.

        Returns:
            The way that was gone; None if they belong nowhere any more.
        """
        try:
            await self._enter(accounts, way.user_id, way.doors)
        except PermanentError as error:
            if error.errcode not in ("M_FORBIDDEN", "M_NOT_OURS"):
                raise
            log.info("somebody cannot be let in at once: %s", error.errcode)
            now = await self._database.call(look_again)
            if now is None:
                return None
            foreign = error.errcode == "M_NOT_OURS"
            needed = [door for door in now.doors if foreign or door.blueprint.invited]
            closed = {door.room_id for door in needed if not await self._invite(now.user_id, door)}
            if not foreign:
                await self._enter(accounts, now.user_id, [door for door in now.doors if door.room_id not in closed])
            return now
        return way

    async def _enter(self, accounts: Accounts, user_id: UserId, doors: Sequence[_Door]) -> None:
        direct = [door.room_id for door in doors if door.blueprint.direct]
        if doors:
            await accounts.let_in(user_id, [door.room_id for door in doors], direct=direct)

    async def _invite(self, user_id: UserId, door: _Door) -> bool:
        """Invite where that is missing: an invitation that is repeated is another event. Returns whether they may come in."""
        membership = await patiently(partial(self._gateway.membership, door.room_id, user_id))
        if membership == "ban":
            return False  # somebody decided that; the plan does not undo it either
        if membership not in ("invite", "join"):
            await patiently(partial(self._gateway.invite, door.room_id, user_id, direct=door.blueprint.direct))
        return True

    def _arrive(self, person_id: PersonId, way: _Way, whole: bool) -> None:
        with self._database.transaction():
            if whole:
                invitations.admitted(self._database, person_id, self._now())
            for door in way.doors:
                if door.home is not None:
                    self._welcome(door.class_id, door.home, door.room_id)


def _households(roster: Roster, person_id: PersonId) -> Iterator[HouseholdId]:
    for family in roster.families:
        for household in family.households:
            if any(guardian.id == person_id and not guardian.limited for guardian in household.guardians):
                yield household.id


def _place(door: _Door) -> int:
    """Spaces, then rooms, then desks."""
    return 0 if door.blueprint.is_space else 2 if door.blueprint.direct else 1
