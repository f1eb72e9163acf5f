"""``encrypted:`` of config.yaml: roles of the rooms whose messages only their members can read.

At the top it holds for all classes and for private chats with the service; a class may have a list of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from ..domain.rooms import DESK, PRIVATE, SPACE, RoomConfig, Write
from .node import Node, shown, suggestion

DEFAULT: Final = frozenset({DESK, PRIVATE})
"""Shared rooms are not among them, so that who comes later reads what the class wrote before."""


def read_roles(node: Node, default: frozenset[str]) -> frozenset[str]:
    """The roles as they are written; none for ``false``. See `check_roles`."""
    if not node.given:
        return default
    if node.value is False:
        return frozenset()
    if not isinstance(node.value, list):
        node.fail(f"expected a list of room roles such as [desk, private], or false, got {shown(node.value)}")
        return default
    return frozenset(item.value for item in node.items() if isinstance(item.value, str))


def closed_to_votes(rooms: Mapping[str, RoomConfig]) -> list[str]:
    """Roles of rooms where people cannot vote in polls of their apps, in the class's order.

    What is encrypted is all of one type (``m.room.encrypted``), and power levels are by type: a homeserver that refuses
    people's messages there has to refuse their votes, too. Reactions are never encrypted, and taken.
    """
    return [role for role, room in rooms.items() if role != SPACE and room.encrypted and room.write in (Write.STAFF, Write.BOT)]


def check_roles(node: Node, rooms: Collection[str], *, of_class: bool) -> None:
    """Note a problem for each role that there is not.

    Args:
        node: ``encrypted:`` at one place.
        rooms: roles of rooms that can be named there.
        of_class: whether the place is a class.
    """
    known = [*(role for role in rooms if role != SPACE), DESK, *(() if of_class else (PRIVATE,))]
    for item in node.items() if isinstance(node.value, list) else ():
        if isinstance(item.value, str) and item.value in known:
            continue
        if item.value == SPACE:
            item.fail("the space has no messages; name the rooms in it")
        elif item.value == PRIVATE:
            item.fail('private chats with the service belong to no class; name "private" in the list at the top of the file')
        else:
            owner = "the class has" if of_class else "a class has"
            near = suggestion(item.value, known) or f" (there are {', '.join(known)})"
            item.fail(f"expected the role of a room that {owner}, got {shown(item.value)}{near}")
