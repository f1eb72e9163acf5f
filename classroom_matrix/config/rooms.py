"""Rooms of config.yaml: the built-in ones renamed, rewritten or switched off, and rooms of the school's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from ..domain.rooms import BUILT_IN, RESERVED, ROLES, SPACE, STAFF_ROOM, RoomConfig, Write
from .node import Node, suggestion
from .values import slug

_KEYS: Final = ("name", "topic", "avatar", "write")


@dataclass(frozen=True, slots=True)
class RoomChange:
    """What one place of config.yaml says about a room; None where it says nothing."""

    node: Node
    on: bool | None = None
    name: str | None = None
    topic: str | None = None
    avatar: str | None = None
    write: Write | None = None


def read_changes(node: Node) -> dict[str, RoomChange]:
    """``rooms:`` as it stands at one place."""
    return {role: _change(role, entry) for role, entry in node.entries()}


def _change(role: str, node: Node) -> RoomChange:
    if role in RESERVED:
        node.fail(f'the role "{role}" is made by the service itself; choose another name for a room of your own')
    elif role not in ROLES:
        try:
            slug(role)
        except ValueError:
            node.fail("a role is written in lower-case Latin letters, digits and hyphens")
    if node.value is True:
        return RoomChange(node, on=True)
    if node.value is False:
        if role in (SPACE, STAFF_ROOM):
            reason = "it is the class itself" if role == SPACE else "the service reports there"
            node.fail(f'the room "{role}" cannot be switched off: {reason}')
        return RoomChange(node, on=False)
    if node.value is None:
        return RoomChange(node)
    if not isinstance(node.value, dict):
        node.fail("expected false (no such room) or a mapping with name, topic, avatar, write")
        return RoomChange(node)
    known = tuple(key for key in _KEYS if role != SPACE or key != "write")
    node.mapping(known)
    return RoomChange(
        node,
        on=True,
        name=node["name"].text() if node["name"].given else None,
        topic=str(node["topic"].value)
        if node["topic"].value == ""
        else node["topic"].text(longest=1000)
        if node["topic"].given
        else None,
        avatar=_avatar(node["avatar"]),
        write=node["write"].choice(Write) if node["write"].given and role != SPACE else None,
    )


def _avatar(node: Node) -> str | None:
    if not node.given:
        return None
    if isinstance(node.value, str) and node.value.startswith("mxc://"):
        return node.value
    file = node.file()
    if file is not None and not file.is_file():
        node.fail(f"there is no file {file}")
    return str(file) if file else None


def merged(
    language: str, class_name: str, defaults: Mapping[str, RoomChange], changes: Mapping[str, RoomChange]
) -> dict[str, RoomConfig]:
    """A class's rooms in their order: built-in ones first, with the staff room after the school's own.

    Notes a problem for a room of one's own without a name, or one that is switched off but was never on: mostly a built-in role
    with a typing error.
    """
    rooms: dict[str, RoomConfig] = {}
    own = [role for role in {**defaults, **changes} if role not in ROLES]
    for role in (*(room.role for room in BUILT_IN if room.role != STAFF_ROOM), *own, STAFF_ROOM):
        said = [place[role] for place in (defaults, changes) if role in place]
        if (next((change.on for change in reversed(said) if change.on is not None), True)) is False:
            if role not in ROLES and not any(change.name for change in said):
                said[-1].node.fail(f'there is no room "{role}" to switch off{suggestion(role, ROLES)}')
            continue
        room = ROLES[role].configured(language) if role in ROLES else RoomConfig(role, "", "", Write.EVERYONE)
        if role == SPACE:
            room = replace(room, name=class_name)
        for change in said:
            room = _changed(room, change)
        if not room.name and role not in ROLES and said:
            said[-1].node["name"].fail(f'is missing: "{role}" is no built-in room and needs a name{suggestion(role, ROLES)}')
        rooms[role] = room
    return rooms


def _changed(room: RoomConfig, change: RoomChange) -> RoomConfig:
    return replace(
        room,
        name=room.name if change.name is None else change.name,
        topic=room.topic if change.topic is None else change.topic,
        write=room.write if change.write is None else change.write,
        avatar=room.avatar if change.avatar is None else change.avatar,
    )
