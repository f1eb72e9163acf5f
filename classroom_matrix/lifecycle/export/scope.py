"""What an export is about."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from ...domain.ids import ClassId, HouseholdId, PersonId, UserId
from ...domain.people import Role
from ...domain.rooms import DESK, STAFF_ROOM
from ...storage.database import Database
from ..family_file import FamilyFile, FiledRoom, rooms_where


@dataclass(frozen=True, slots=True)
class ExportedRoom:
    """A room, and whose words of it belong to the export: everybody's where `of` is None."""

    room: FiledRoom
    of: frozenset[UserId] | None


@dataclass(frozen=True, slots=True)
class Part:
    """What one folder holds.

    Args:
        classes: newest first.
        family: None for whole classes.
        household: the one that it is handed to; None where the family has just one, or has none.
        pupils: the family's pupils that it is about.
        accounts: whose words it holds.
        rooms: in the order of the page.
    """

    classes: tuple[ClassId, ...]
    family: FamilyFile | None
    household: HouseholdId | None
    pupils: frozenset[PersonId]
    accounts: frozenset[UserId]
    rooms: tuple[ExportedRoom, ...]


def class_part(database: Database, class_id: ClassId) -> Part:
    """All rooms of the class but desks, which are private to their households. In the database's thread."""
    rooms = [room for room in rooms_where(database, "class_id = ? AND role <> 'space'", class_id) if room.role != DESK]
    rooms.sort(key=lambda room: room.role == STAFF_ROOM)
    return Part((class_id,), None, None, frozenset(), frozenset(), tuple(ExportedRoom(room, None) for room in rooms))


def family_parts(
    database: Database,
    family: FamilyFile,
    *,
    classes: Collection[ClassId] | None = None,
    pupils: Collection[PersonId] | None = None,
    only: Collection[PersonId] | None = None,
) -> list[Part]:
    """One part for each household, to be handed to that household alone: separated parents do not see each other's desk.

    Adults with a court limit are in none. In the database's thread.

    Args:
        classes: only these; all that the family is or was in.
        pupils: only these, as far as it can be told.
        only: the words of these people only, and no desk: what a single adult takes along.
    """
    chosen = [each for each in family.classes if classes is None or each in classes]
    children = frozenset(p.id for p in family.pupils if p.class_id in chosen and (pupils is None or p.id in pupils))
    free = [p for p in family.people if not p.limited and (only is None or p.id in only)]
    homes = [home for home in family.households if any(p.household_id == home for p in free)]
    parts = []
    places: list[HouseholdId | None] = [*homes] if homes else [None]
    for home in places:
        # Relatives and pupils' own accounts live in no household that the list knows.
        adults = {p.id: p for p in free if p.household_id == home or (p.household_id is None and len(homes) < 2)}
        adults |= {p.id: p for p in free if p.role is Role.PUPIL and p.id in children}
        accounts = frozenset(p.user_id for p in adults.values() if p.user_id)
        desks = rooms_where(database, "role = 'desk' AND household_id = ?", home) if home and only is None else []
        rooms = [ExportedRoom(room, None) for room in desks if classes is None or room.class_id in chosen]
        for person_id in adults:
            rooms += [
                ExportedRoom(room, None) for room in rooms_where(database, "role = 'private' AND person_id = ?", person_id)
            ]
        for class_id in chosen:
            shared = rooms_where(database, "class_id = ? AND role <> 'desk' AND role <> 'space'", class_id)
            own_desks = [room for room in rooms_where(database, "household_id = ?", home or "") if room.class_id == class_id]
            rooms += [ExportedRoom(room, accounts) for room in [*shared, *(own_desks if only is not None else [])]]
        household = home if len(family.households) > 1 else None
        parts.append(Part(tuple(chosen), family, household, children, accounts, tuple(rooms)))
    return parts
