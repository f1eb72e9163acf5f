"""`Batch`: what is shared by the facts that are decided in one transaction.

Look-ups are remembered for the length of the transaction only; between transactions the database is the only memory.
"""

from __future__ import annotations

from datetime import datetime

from ..domain.ids import ClassId, RoomId
from ..domain.people import Person, Roster
from ..storage import outbox, people, whereabouts
from ..storage.database import Database
from ..storage.outbox import Effect
from ..storage.whereabouts import Place
from .clock import moment
from .registry import Registry


class Batch:
    """Look-ups and effects of one transaction. `seconds`: the time of decision (UTC), the same for all of its facts."""

    def __init__(self, database: Database, registry: Registry, seconds: float) -> None:
        self.database = database
        self.registry = registry
        self.seconds = seconds
        self.timetable_changed = False
        self._effects: list[Effect] = []
        self._places: dict[RoomId, Place | None] = {}
        self._rooms: dict[tuple[ClassId, str], RoomId | None] = {}
        self._people: dict[tuple[ClassId, str], Person | None] = {}
        self._rosters: dict[ClassId, Roster] = {}

    @property
    def now(self) -> datetime:
        return moment(self.seconds)

    def add(self, effects: list[Effect]) -> None:
        """Keep effects for `flush`: not stored yet, so that a later handler's savepoint cannot undo them."""
        self._effects += effects

    def flush(self) -> None:
        """Store the effects; the last thing before the commit."""
        if self._effects:
            outbox.add(self.database, self._effects, self.seconds)
            self._effects = []

    def keys_about(self, plugin: str, class_id: ClassId, about: str) -> list[str]:
        """Keys of a plugin's messages about something, stored or about to be."""
        stored = outbox.keys_about(self.database, plugin, class_id, about)
        fresh = [e.key for e in self._effects if (e.plugin, e.class_id, e.about) == (plugin, class_id, about)]
        return stored + fresh

    def awaits_answer(self, room_id: RoomId) -> bool:
        """Whether a message that facts may refer to is on its way to this room."""
        if any(e.about is not None and e.room_id == room_id for e in self._effects):
            return True
        return outbox.awaits_answer(self.database, room_id)

    def place(self, room_id: RoomId) -> Place | None:
        if room_id not in self._places:
            self._places[room_id] = whereabouts.place(self.database, room_id)
        return self._places[room_id]

    def room_with_role(self, class_id: ClassId, role: str) -> RoomId | None:
        if (class_id, role) not in self._rooms:
            self._rooms[class_id, role] = whereabouts.room_with_role(self.database, class_id, role)
        return self._rooms[class_id, role]

    def person(self, class_id: ClassId, user_id: str) -> Person | None:
        if (class_id, user_id) not in self._people:
            self._people[class_id, user_id] = whereabouts.person(self.database, class_id, user_id)
        return self._people[class_id, user_id]

    def roster(self, class_id: ClassId) -> Roster:
        if class_id not in self._rosters:
            self._rosters[class_id] = people.load_roster(self.database, class_id)
        return self._rosters[class_id]

    def people_changed(self) -> None:
        """A handler changed what is known of people: look again."""
        self._people.clear()
        self._rosters.clear()
