"""Actions → requests: one function for each kind of action, each of which may be repeated."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from ..domain.blueprint import MARKER, Blueprint, child_content, with_space
from ..domain.ids import RoomAlias, RoomId
from ..domain.plan import (
    Action,
    CreateRoom,
    CreateSpace,
    FollowTombstone,
    Invite,
    PutInSpace,
    RemoveStranger,
    ReportStranger,
    SetPowerLevels,
    SetState,
    TakeOutOfSpace,
)
from ..domain.rooms import SPACE
from ..errors import PermanentError
from ..matrix.gateway import Gateway
from ..storage import journal, rooms
from ..storage.database import Database
from .creation import RoomMaker
from .patience import Waiting, log_waiting, patiently

ADDRESS = "address "
"""Journal: a room gives up the address in the step's note."""


@dataclass(slots=True)
class Site:
    """Where actions are carried out.

    Args:
        room_ids: by key; grows as rooms are made.
        addresses: the main address that a room has now, by key.
        look_again: set when the class has to be observed once more, because more is known now.
        resumed: keys of rooms whose creation an earlier run had begun.
    """

    database: Database
    gateway: Gateway
    maker: RoomMaker
    blueprint: Blueprint
    room_ids: dict[str, RoomId]
    waiting: Waiting = log_waiting
    addresses: Mapping[str, str] = field(default_factory=dict)
    look_again: bool = False
    resumed: list[str] = field(default_factory=list)

    @property
    def space(self) -> RoomId:
        return self.room_ids[SPACE]


async def perform(site: Site, action: Action) -> None:
    """Carry out one action.

    Raises:
        PermanentError: the homeserver refuses.
    """
    await _FUNCTIONS[type(action)](site, action)


async def create_room(site: Site, action: CreateSpace | CreateRoom) -> None:
    room = site.blueprint.rooms[action.key]
    made = await site.maker.ensure_room(site.blueprint.class_id, room, None if room.is_space else site.space)
    site.room_ids[action.key] = made.room_id
    if not made.fresh:
        site.look_again = True
        site.resumed.append(action.key)


async def set_state(site: Site, action: SetState) -> None:
    """Idempotent on the homeserver: the same content again makes no event."""
    wanted = {(action.type, action.state_key): action.content}
    ((kind, key), content), *_ = (with_space(wanted, site.space) if SPACE in site.room_ids else wanted).items()
    if kind == "m.room.canonical_alias":
        await _change_address(site, action.key, content)
    else:
        await _put(site, action.key, kind, key, content)


async def set_power_levels(site: Site, action: SetPowerLevels) -> None:
    await _put(site, action.key, "m.room.power_levels", "", action.content)


async def put_in_space(site: Site, action: PutInSpace) -> None:
    content = child_content(site.blueprint.server_name, action.order)
    await _put(site, SPACE, "m.space.child", site.room_ids[action.key], content)


async def take_out_of_space(site: Site, action: TakeOutOfSpace) -> None:
    await _put(site, SPACE, "m.space.child", action.room_id, {})


async def invite(site: Site, action: Invite) -> None:
    direct = site.blueprint.rooms[action.key].direct
    await _patiently(site, partial(site.gateway.invite, site.room_ids[action.key], action.user_id, direct=direct))


async def remove_stranger(site: Site, action: RemoveStranger) -> None:
    await _patiently(site, partial(site.gateway.kick, site.room_ids[action.key], action.user_id, ""))


async def report_stranger(site: Site, action: ReportStranger) -> None:
    """Nothing is done; the report is what the staff room is told."""


async def follow_tombstone(site: Site, action: FollowTombstone) -> None:
    """The new room takes the old one's place: marker, address, and our memory. The plan made afterwards does the rest.

    The old room stays as it is and links to the new one.
    """
    await _patiently(site, partial(site.gateway.join, action.new))
    room = site.blueprint.rooms[action.key]
    site.room_ids[action.key] = action.new
    await _put(site, action.key, MARKER, "", room.marker)
    await _ensure_alias(site, action.key)
    if room.order is not None and SPACE in site.room_ids:
        await _put(site, SPACE, "m.space.child", action.old, {})
    await site.database.call(rooms.replace_room, site.database, action.old, action.new)
    site.look_again = True


async def _change_address(site: Site, key: str, content: Any) -> None:
    """The room gets its reserved address; another one of ours, from the class that had the room before, is given up."""
    old = site.addresses.get(key, "")
    step = None
    if old.startswith(f"#{site.blueprint.bot[1:].partition(':')[0]}.") and old != content["alias"]:
        begin = partial(journal.begin, site.database, site.blueprint.class_id, ADDRESS + key, old)
        step = await site.database.call(begin)
    await _ensure_alias(site, key)
    await _put(site, key, "m.room.canonical_alias", "", content)
    if step is not None:
        await give_up_address(site, step)


async def give_up_address(site: Site, step: journal.Step) -> None:
    """Delete the address that `step` notes, unless it leads elsewhere by now."""
    key, alias = step.name.removeprefix(ADDRESS), RoomAlias(step.note or "")
    if alias and await _patiently(site, partial(site.gateway.resolve, alias)) == site.room_ids.get(key):
        await _patiently(site, partial(site.gateway.delete_alias, alias))
    await site.database.call(journal.finish, site.database, step)


async def _ensure_alias(site: Site, key: str) -> None:
    """The room's reserved address leads to it. A homeserver may have moved it along when the room was replaced."""
    room_id, alias = site.room_ids[key], site.blueprint.rooms[key].alias
    found = await _patiently(site, partial(site.gateway.resolve, alias))
    if found == room_id:
        return
    if found is not None:
        await _patiently(site, partial(site.gateway.delete_alias, alias))
    try:
        await _patiently(site, partial(site.gateway.set_alias, alias, room_id))
    except PermanentError as error:
        if error.status != 409:  # a repeat of a request that was answered with a cut connection
            raise


async def _put(site: Site, key: str, kind: str, state_key: str, content: Any) -> None:
    await _patiently(site, partial(site.gateway.set_state, site.room_ids[key], kind, state_key, content))


async def _patiently(site: Site, attempt: Callable[[], Awaitable[Any]]) -> Any:
    return await patiently(attempt, site.waiting)


_FUNCTIONS: dict[type[Action], Callable[[Site, Any], Awaitable[None]]] = {
    CreateSpace: create_room,
    CreateRoom: create_room,
    SetState: set_state,
    SetPowerLevels: set_power_levels,
    PutInSpace: put_in_space,
    TakeOutOfSpace: take_out_of_space,
    Invite: invite,
    RemoveStranger: remove_stranger,
    ReportStranger: report_stranger,
    FollowTombstone: follow_tombstone,
}
