"""Configuration, roster and what teachers decided about a class → its design."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from ..config import ClassConfig, Config
from ..domain.blueprint import Design
from ..domain.ids import ClassId, HouseholdId, UserId
from ..domain.people import Roster
from ..domain.rooms import RoomConfig
from ..storage import archive, handovers, installation, register
from ..storage.database import Database

ADDRESS_KEY = "address-key"
"""Name of the secret in `storage.installation` that addresses of desks are made with."""

RosterOf = Callable[[ClassId], Roster]
"""Reads a class's roster; called in the database's thread."""


def design_of(
    config: Config,
    klass: ClassConfig,
    roster: Roster,
    *,
    desks: Iterable[HouseholdId] = (),
    rooms: Mapping[str, RoomConfig] | None = None,
    handed_over: Mapping[HouseholdId, frozenset[UserId]] | None = None,
    archived: bool = False,
    departed: frozenset[UserId] = frozenset(),
    address_key: bytes = b"",
) -> Design:
    """The class's design.

    Args:
        config: for the homeserver's and the bot's names.
        klass: the class.
        roster: its people.
        desks: households that have a desk.
        rooms: in place of the configured ones, for instance with avatars that are uploaded.
        handed_over: see `Design`.
        archived: see `Design`.
        departed: see `Blueprint`.
        address_key: see `Design`.
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
        handed_over=handed_over or {},
        archived=archived,
        departed=departed,
        address_key=address_key,
        desks_encrypted=klass.desks_encrypted,
    )


def present_design(
    config: Config,
    database: Database,
    klass: ClassConfig,
    roster: Roster,
    *,
    desks: Iterable[HouseholdId] = (),
    rooms: Mapping[str, RoomConfig] | None = None,
) -> Design:
    """`design_of` with what else is known: desks that were handed over, who has left, whether the year is over.

    In the database's thread.
    """
    accounts = {person.id: person.user_id for person in roster.staff if person.user_id}
    handed_over = {
        household_id: frozenset(accounts[person_id] for person_id in people if person_id in accounts)
        for household_id, people in handovers.of_class(database, klass.id).items()
    }
    return design_of(
        config,
        klass,
        roster,
        desks=desks,
        rooms=rooms,
        handed_over=handed_over,
        archived=archive.is_archived(database, klass.id),
        departed=_departed(database, klass),
        address_key=bytes.fromhex(installation.get(database, ADDRESS_KEY) or ""),
    )


def _departed(database: Database, klass: ClassConfig) -> frozenset[UserId]:
    """Last year's people too: the desks come along, and its teacher may not."""
    departed = register.departed(database, klass.id)
    if klass.continues is None:
        return departed
    return departed | register.departed(database, klass.continues) | register.accounts(database, klass.continues)
