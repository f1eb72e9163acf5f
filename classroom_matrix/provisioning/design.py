"""Configuration and roster of a class → its design."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from ..config import ClassConfig, Config
from ..domain.blueprint import Design
from ..domain.ids import ClassId, HouseholdId
from ..domain.people import Roster
from ..domain.rooms import RoomConfig

RosterOf = Callable[[ClassId], Roster]
"""Reads a class's roster; called in the database's thread."""


def design_of(
    config: Config,
    klass: ClassConfig,
    roster: Roster,
    *,
    desks: Iterable[HouseholdId] = (),
    rooms: Mapping[str, RoomConfig] | None = None,
) -> Design:
    """The class's design.

    Args:
        desks: households that have a desk.
        rooms: in place of the configured ones, for instance with avatars that are uploaded.
    """
    return Design(
        class_id=klass.id,
        server_name=config.homeserver.server_name,
        bot=config.bot.user,
        language=klass.language,
        rooms=klass.rooms if rooms is None else rooms,
        roster=roster,
        admins=klass.admins,
        strangers=klass.strangers,
        desks=tuple(desks),
    )
