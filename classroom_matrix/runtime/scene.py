"""Who did what, and where: what all handlers of a fact share."""

from __future__ import annotations

from dataclasses import dataclass

from ..api import Room
from ..domain.facts import AnyFact
from ..domain.ids import ClassId, EventId
from ..domain.people import Person


@dataclass(frozen=True, slots=True)
class Scene:
    """Who did what, and where. `removed`: a command that is taken away, since families would read whom it names.
    `removed_if_refused`: one that is taken away if it did not work. `confidential`: others of the staff would read whom it
    names. `edit`: the edit that made the message what it is, see `edits`.
    """

    class_id: ClassId
    fact: AnyFact
    person: Person | None
    room: Room
    is_command: bool = False
    confidential: bool = False
    removed: bool = False
    removed_if_refused: bool = False
    edit: EventId | None = None

    @property
    def cause(self) -> EventId:
        """The event that the inbox knows it by."""
        return self.edit or self.fact.event_id
