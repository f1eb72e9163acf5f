"""Actions in words: a line for the terminal of IT (English), and what the staff room is told (by text key)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..config import ClassConfig
from ..domain.blueprint import ENCRYPTED, MARKER, Blueprint
from ..domain.ids import UserId
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
from ..domain.rooms import DESK, STAFF_ROOM
from ..domain.snapshot import Snapshot

_KINDS = {
    "m.room.name": "name",
    "m.room.topic": "topic",
    "m.room.avatar": "avatar",
    "m.room.join_rules": "join-rule",
    "m.room.history_visibility": "history",
    "m.room.guest_access": "guests",
    "m.room.canonical_alias": "address",
    "m.room.encryption": "encryption",
    "m.space.parent": "place",
    MARKER: "marker",
}
"""Variants of the texts ``rooms-put-back`` and of the terminal's lines."""


def describe(action: Action, blueprint: Blueprint) -> str:  # noqa: C901, PLR0911 - a line for each kind of action
    """What the action does, for the terminal."""
    match action:
        case CreateSpace(key):
            return f"create the space “{blueprint.rooms[key].name}”"
        case CreateRoom(key):
            return f"create the room “{blueprint.rooms[key].name}” ({key})"
        case SetState(key, kind, _, _, by):
            return f"{'put back' if by else 'set'} the {_KINDS.get(kind, kind)} of {key}{_by(by)}"
        case SetPowerLevels(key, _, by):
            return f"{'put back' if by else 'set'} the power levels of {key}{_by(by)}"
        case PutInSpace(key, _, by):
            return f"put {key} into the space{_by(by)}"
        case TakeOutOfSpace(room_id):
            return f"take {room_id} out of the space (switched off in config.yaml)"
        case Invite(key, user_id, removed_by):
            return f"invite {user_id} to {key}{_by(removed_by)}"
        case RemoveStranger(key, user_id, _) if user_id in blueprint.departed:
            return f"remove {user_id} from {key} (left the class)"
        case RemoveStranger(key, user_id, by):
            return f"remove the stranger {user_id} from {key}{_by(by)}"
        case ReportStranger(key, user_id, by):
            return f"report the stranger {user_id} in {key}{_by(by)}"
        case FollowTombstone(key, old, new, by):
            return f"follow {key} from {old} to {new}{_by(by)}"


def _by(user_id: UserId | None) -> str:
    return f" (by {user_id})" if user_id else ""


def encrypted_for_good(klass: ClassConfig, snapshot: Snapshot) -> tuple[str, ...]:
    """Keys of rooms that are encrypted though config.yaml does not ask for it: by somebody, or by an earlier config.yaml."""

    def asked(key: str) -> bool:
        return klass.desks_encrypted if key.startswith(f"{DESK}.") else key in klass.rooms and klass.rooms[key].encrypted

    return tuple(key for key, room in snapshot.rooms.items() if ENCRYPTED in room.state and not asked(key))


@dataclass(frozen=True, slots=True)
class Notice:
    """A line for the staff room. `people`: values that are user IDs and should be said as names where they are known."""

    key: str
    values: dict[str, str]
    people: tuple[str, ...] = ()

    def named(self, name_of: Callable[[str], str]) -> dict[str, str]:
        return {name: name_of(value) if name in self.people else value for name, value in self.values.items()}


def notice(action: Action, blueprint: Blueprint) -> Notice | None:  # noqa: PLR0911 - a line for each kind of action
    """What the staff room is told about an action; None where nobody else than configuration and roster caused it."""

    def room() -> str:
        return blueprint.rooms[action.key].name if not isinstance(action, TakeOutOfSpace) else ""

    match action:
        case SetState(_, kind, _, _, by) if by:
            return Notice("rooms-put-back", {"room": room(), "kind": _KINDS.get(kind, "other"), "who": by}, ("who",))
        case SetPowerLevels(_, _, by) if by:
            return Notice("rooms-put-back", {"room": room(), "kind": "power", "who": by}, ("who",))
        case PutInSpace(_, _, by) if by:
            return Notice("rooms-put-back", {"room": room(), "kind": "place", "who": by}, ("who",))
        case Invite(_, user_id, removed_by) if removed_by:
            return Notice("rooms-invited-again", {"room": room(), "person": user_id, "who": removed_by}, ("person", "who"))
        case RemoveStranger(key, user_id, by) if by in (user_id, blueprint.bot) and _belonged(blueprint, key, user_id):
            return None
        case RemoveStranger(_, user_id, by):
            return Notice(
                _who("rooms-stranger-removed", user_id, by), {"room": room(), "person": user_id, "who": by}, ("person", "who")
            )
        case ReportStranger(_, user_id, by):
            return Notice(
                _who("rooms-stranger-reported", user_id, by), {"room": room(), "person": user_id, "who": by}, ("person", "who")
            )
        case FollowTombstone(_, _, _, by):
            return Notice("rooms-followed", {"room": room(), "who": by}, ("who",))
    return None


def _belonged(blueprint: Blueprint, key: str, user_id: UserId) -> bool:
    """Whether somebody had a right to be there: who left the class, colleagues from whom a desk was taken back."""
    staff = blueprint.rooms.get(STAFF_ROOM)
    colleague = staff is not None and user_id in staff.members
    return user_id in blueprint.departed or (colleague and blueprint.rooms[key].role == DESK)


def _who(key: str, user_id: UserId, by: UserId) -> str:
    """Whether somebody let the stranger in, or they came by themselves."""
    return f"{key}-alone" if by == user_id else key
