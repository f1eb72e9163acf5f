"""Desks: the private room of a household, made the first time that something has to be said to it."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import partial

from ..config import Config
from ..domain.blueprint import RoomBlueprint
from ..domain.ids import ClassId, HouseholdId, PersonId, RoomId, UserId
from ..matrix.gateway import Gateway
from ..storage import archive, rooms
from ..storage.database import Database
from .arrived import admit_to_desk
from .creation import RoomMaker
from .design import RosterOf, present_design
from .observe import snapshot_of
from .patience import patiently


class Desks:
    """Finds and makes desks.

    Args:
        maker: shared with the provisioner, so that nothing is made twice at once.
        roster_of: see `RosterOf`.
        started: called when people who have arrived are being let in (tasks).
    """

    def __init__(
        self,
        config: Config,
        database: Database,
        gateway: Gateway,
        maker: RoomMaker,
        roster_of: RosterOf,
        *,
        started: Callable[[], None] = lambda: None,
    ) -> None:
        self._config = config
        self._database = database
        self._gateway = gateway
        self._maker = maker
        self._roster_of = roster_of
        self._started = started

    async def ensure_desk(
        self, class_id: ClassId, household_id: HouseholdId, *, besides: PersonId | None = None
    ) -> RoomId | None:
        """The household's room with the teachers of this class; None where nobody of the household has an account, or the
        class's year is over.

        Args:
            class_id: the class.
            household_id: the household.
            besides: somebody who is being let in anyway.

        Raises:
            PermanentError: the homeserver refuses.
            StorageError: the database failed.
        """
        known, room = await self._database.call(self._look_up, class_id, household_id)
        if known is not None or room is None:
            return known
        made = await self._maker.ensure_room(class_id, room, None)
        missing: Sequence[UserId] = room.invited[10:]
        if not made.fresh:
            members = snapshot_of(made.room_id, await patiently(lambda: self._gateway.state(made.room_id))).members
            missing = [user_id for user_id in room.invited if user_id not in members]
        for user_id in missing:
            await patiently(partial(self._gateway.invite, made.room_id, user_id, direct=True))
        if await self._database.call(self._let_in, class_id, made.room_id, room.members, besides):
            self._started()
        return made.room_id

    def _let_in(self, class_id: ClassId, room_id: RoomId, people: Sequence[UserId], besides: PersonId | None) -> int:
        with self._database.transaction():
            return admit_to_desk(self._database, class_id, room_id, people, time.time(), besides=besides)

    def _look_up(self, class_id: ClassId, household_id: HouseholdId) -> tuple[RoomId | None, RoomBlueprint | None]:
        known = rooms.room_of_household(self._database, class_id, household_id)
        if known is not None or archive.is_archived(self._database, class_id):
            return known, None
        roster = self._roster_of(class_id)
        households = (household for family in roster.families for household in family.households)
        if not any(p.user_id and not p.limited for h in households if h.id == household_id for p in h.guardians):
            return None, None
        design = present_design(self._config, self._database, self._config.klass(class_id), roster)
        return None, design.desk(household_id)
