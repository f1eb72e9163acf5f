"""How families were reached, and who has opened the room: counted per family, named to staff only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from classroom_matrix.api import View
from classroom_matrix.domain.people import Family, Reach

from . import store
from .cards import target
from .domain import DAY, Announcement, Channel, Confirmation, Via, channel_of, milliseconds

SILENT = 7 * DAY
"""A family of which nobody has opened the room for so long has its phone off, perhaps."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """`reached`: families by the way they were; `left`: those whom the teacher has to tell; `opened`: those of which somebody
    has opened the room since. `silent`: those of which nobody has for a week, as far as it can be known.
    """

    families: int
    reached: dict[Channel, int]
    left: Sequence[Family]
    opened: Sequence[Family]
    silent: Sequence[Family]


def delivered(view: View, announcement: Announcement) -> Delivery:
    """In the app where somebody of the family has come into the rooms; else as the teacher has entered it."""
    entered = {each.family: channel_of(each.how) for each in store.confirmations(announcement) if _is_entered(each)}
    arrived = view.arrived()
    ways = {
        family.id: Channel.APP
        for family in view.roster.families
        if family.reach is Reach.APP and any(person.id in arrived and not person.limited for person in family.guardians)
    }
    for family in view.roster.families:
        if family.id not in ways and family.id in entered:
            ways[family.id] = _channel(family, entered[family.id])
    return Delivery(
        len(view.roster.families),
        dict(Counter(ways.values())),
        [family for family in view.roster.families if family.id not in ways],
        families_that_opened(view, announcement),
        [family for family in _silent(view) if ways.get(family.id) is Channel.APP],
    )


def families_that_opened(view: View, announcement: Announcement) -> list[Family]:
    """Families of which somebody has opened the room since it was sent; empty, too, where receipts are not known."""
    message = target(view, announcement)
    people = view.seen(message) if message is not None else frozenset()
    return [family for family in view.roster.families if any(person.id in people for person in family.guardians)]


def _silent(view: View) -> list[Family]:
    """Families of which nobody has opened the room since the newest announcement that is a week old.

    Nobody where there is none, or where no receipt at all has come since: then they are switched off, or do not arrive.
    """
    old = store.sent_before(view.klass.id, milliseconds(view.now) - SILENT)
    opened = families_that_opened(view, old) if old is not None else []
    known = {family.id for family in opened}
    return [family for family in view.roster.families if family.id not in known] if opened else []


def _is_entered(given: Confirmation) -> bool:
    return given.via is Via.PROXY and given.struck_at is None


def _channel(family: Family, said: Channel) -> Channel:
    """Where the teacher did not say how, as the family wants to be reached."""
    if said is Channel.TALK and family.reach in (Reach.PHONE, Reach.PAPER):
        return Channel(str(family.reach.value))
    return said
