"""`Batch`: what is shared by the facts that are decided in one transaction.

Look-ups are remembered for the length of the transaction only; between transactions the database is the only memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cached_property

from ..domain.facts import AnyFact, points_at
from ..domain.ids import ClassId, EventId, RoomId, UserId
from ..domain.people import Person, Roster
from ..storage import archive, cards, outbox, people, whereabouts
from ..storage.cards import CardName
from ..storage.database import Database
from ..storage.outbox import Effect
from ..storage.whereabouts import Place
from .clock import moment
from .registry import Registry


class Batch:
    """Look-ups and effects of one transaction.

    Args:
        seconds: the time of decision (UTC), the same for all of its facts.
        careful: each handler gets a savepoint; else `attempt` may raise `MustUndo`, and another batch has to be careful.
    """

    def __init__(self, database: Database, registry: Registry, seconds: float, *, careful: bool = True) -> None:
        self.attempt = database.savepoint if careful else database.hopefully
        self.database = database
        self.registry = registry
        self.seconds = seconds
        self.timetable_changed = False
        self._effects: list[Effect] = []
        self._touched: dict[CardName, bool] = {}  # and whether more than counts changed
        self._places: dict[RoomId, Place | None] = {}
        self._rooms: dict[tuple[ClassId, str], RoomId | None] = {}
        self._users: set[UserId] = set()  # whose people are known
        self._people: dict[tuple[ClassId, UserId], Person] = {}
        self._origins: dict[EventId, tuple[str, str] | None] = {}
        self._awaiting: dict[RoomId, bool] = {}
        self._rosters: dict[ClassId, Roster] = {}
        self._archived: dict[ClassId, bool] = {}

    @cached_property
    def now(self) -> datetime:
        return moment(self.seconds)

    def add(self, effects: list[Effect]) -> None:
        """Keep effects for `flush`: not stored yet, so that a later handler's savepoint cannot undo them."""
        self._effects += effects
        for effect in effects:
            if effect.about is not None and effect.room_id is not None:
                self._awaiting[RoomId(effect.room_id)] = True

    def touch(self, names: Mapping[CardName, bool]) -> None:
        """The state behind these cards may have changed, and whether in more than counts; noted once for all facts of the
        batch, in `flush`.
        """
        for name, prompt in names.items():
            self._touched[name] = self._touched.get(name, False) or prompt

    def flush(self) -> list[Effect]:
        """Store the effects and note the changed cards; the last thing before the commit."""
        for name, prompt in self._touched.items():
            cards.touch(self.database, name, self.seconds, prompt=prompt)
            self.timetable_changed = True
        self._touched.clear()
        effects, self._effects = self._effects, []
        if effects:
            self._address_letters([effect for effect in effects if effect.household_id and not effect.room_id])
            outbox.add(self.database, effects, self.seconds)
        return effects

    def _address_letters(self, letters: list[Effect]) -> None:
        """Put in the households' rooms as far as there are any; the sender sees to the others."""
        if letters:
            desks = whereabouts.desks(self.database, {letter.household_id or "" for letter in letters})
            for letter in letters:
                letter.room_id = desks.get((letter.class_id or "", letter.household_id or ""))

    def keys_about(self, plugin: str, class_id: ClassId, about: str) -> list[str]:
        """Keys of a plugin's messages about something, stored or about to be."""
        stored = outbox.keys_about(self.database, plugin, class_id, about)
        fresh = [e.key for e in self._effects if (e.plugin, e.class_id, e.about) == (plugin, class_id, about)]
        return stored + fresh

    def awaits_answer(self, room_id: RoomId) -> bool:
        """Whether a message that facts may refer to is on its way to this room."""
        if room_id not in self._awaiting:
            self._awaiting[room_id] = outbox.awaits_answer(self.database, room_id)
        return self._awaiting[room_id]

    def look_up(self, facts: Iterable[AnyFact]) -> None:
        """Find out at once what each of these facts would ask for."""
        rooms, users, targets = set[RoomId](), set[UserId](), set[EventId]()
        for fact in facts:
            rooms.add(fact.room_id)
            users.add(fact.sender)
            target = points_at(fact)
            if target is not None:
                targets.add(target)
        self._places.update(dict.fromkeys(rooms))
        self._places.update(whereabouts.places(self.database, rooms))
        self._look_up_people(users)
        if targets:
            found = outbox.origins(self.database, targets)
            self._origins.update((target, found.get(target)) for target in targets)

    def origin(self, event_id: EventId) -> tuple[str, str] | None:
        """(plugin, about) of the message of ours that an event is, if it is about something."""
        if event_id not in self._origins:
            self._origins[event_id] = outbox.origins(self.database, (event_id,)).get(event_id)
        return self._origins[event_id]

    def place(self, room_id: RoomId) -> Place | None:
        if room_id not in self._places:
            self._places[room_id] = whereabouts.place(self.database, room_id)
        return self._places[room_id]

    def room_with_role(self, class_id: ClassId, role: str) -> RoomId | None:
        if (class_id, role) not in self._rooms:
            self._rooms[class_id, role] = whereabouts.room_with_role(self.database, class_id, role)
        return self._rooms[class_id, role]

    def is_archived(self, class_id: ClassId) -> bool:
        """Whether the class's year is over: its rooms are kept for reading, and nothing happens there any more."""
        if class_id not in self._archived:
            self._archived[class_id] = archive.is_archived(self.database, class_id)
        return self._archived[class_id]

    def person(self, class_id: ClassId, user_id: UserId) -> Person | None:
        if user_id not in self._users:
            self._look_up_people((user_id,))
        return self._people.get((class_id, user_id))

    def _look_up_people(self, users: Iterable[UserId]) -> None:
        self._users.update(users)
        self._people.update(whereabouts.people(self.database, users))

    def roster(self, class_id: ClassId) -> Roster:
        if class_id not in self._rosters:
            self._rosters[class_id] = people.load_roster(self.database, class_id)
        return self._rosters[class_id]

    def people_changed(self) -> None:
        """A handler changed what is known of people: look again."""
        self._users.clear()
        self._people.clear()
        self._rosters.clear()
