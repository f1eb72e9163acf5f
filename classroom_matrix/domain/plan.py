"""Blueprint and snapshot → the actions that make the second look like the first. One YAML case per rule in
``tests/unit/domain/cases``.

What people decided is left alone: who left by themselves or was banned is not invited again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .blueprint import Blueprint, Content, RoomBlueprint, child_content, with_space
from .ids import RoomId, UserId
from .rooms import SPACE
from .snapshot import RoomSnapshot, Snapshot


@dataclass(frozen=True, slots=True)
class FollowTombstone:
    """The room was replaced: the new one takes its place. Everything else about it is planned afterwards."""

    key: str
    old: RoomId
    new: RoomId
    by: UserId


@dataclass(frozen=True, slots=True)
class CreateSpace:
    key: str = SPACE


@dataclass(frozen=True, slots=True)
class CreateRoom:
    key: str


@dataclass(frozen=True, slots=True)
class SetState:
    """`by`: who made it differ; None where it is missing. `THE_SPACE` in `content` stands for the space."""

    key: str
    type: str
    state_key: str
    content: Content
    by: UserId | None = None


@dataclass(frozen=True, slots=True)
class SetPowerLevels:
    key: str
    content: Content
    by: UserId | None = None


@dataclass(frozen=True, slots=True)
class PutInSpace:
    """`by`: who took it out or reordered it, if it was there before."""

    key: str
    order: str
    by: UserId | None = None


@dataclass(frozen=True, slots=True)
class TakeOutOfSpace:
    """The room stays as it is, with all that was said; the class no longer sees it in its list."""

    room_id: RoomId


@dataclass(frozen=True, slots=True)
class RemoveStranger:
    """`by`: who let them in."""

    key: str
    user_id: UserId
    by: UserId


@dataclass(frozen=True, slots=True)
class ReportStranger:
    key: str
    user_id: UserId
    by: UserId


@dataclass(frozen=True, slots=True)
class Invite:
    """`removed_by`: who removed them, if somebody else than the bot did."""

    key: str
    user_id: UserId
    removed_by: UserId | None = None


Action = (
    FollowTombstone
    | CreateSpace
    | CreateRoom
    | SetState
    | SetPowerLevels
    | PutInSpace
    | TakeOutOfSpace
    | RemoveStranger
    | ReportStranger
    | Invite
)


def plan(blueprint: Blueprint, snapshot: Snapshot) -> tuple[Action, ...]:
    """What has to be done, in an order in which it can be: rooms, strangers out, what rooms are like, people in."""
    followed = [_follow(key, room) for key, room in snapshot.rooms.items() if key in blueprint.rooms and room.replacement]
    # What a new room looks like is not known before it was followed.
    gone = {action.key: action.old for action in followed}
    rest = Snapshot(
        {key: room for key, room in snapshot.rooms.items() if key not in gone},
        {**snapshot.unseen, **gone},
        snapshot.switched_off,
    )
    return (
        *followed,
        *_create(blueprint, rest),
        *_strangers(blueprint, rest),
        *_state(blueprint, rest),
        *_children(blueprint, rest),
        *_invitations(blueprint, rest),
    )


def _follow(key: str, room: RoomSnapshot) -> FollowTombstone:
    assert room.replacement is not None
    return FollowTombstone(key, room.room_id, room.replacement, room.state["m.room.tombstone", ""].sender)


def _create(blueprint: Blueprint, snapshot: Snapshot) -> Iterator[Action]:
    for key, room in blueprint.rooms.items():
        if snapshot.room_id(key) is None:
            yield CreateSpace(key) if room.is_space else CreateRoom(key)


def _strangers(blueprint: Blueprint, snapshot: Snapshot) -> Iterator[Action]:
    for key, room in _observed(blueprint, snapshot):
        for user_id, member in sorted(snapshot.rooms[key].members.items()):
            if member.membership in ("join", "invite", "knock") and user_id not in room.allowed:
                removed = blueprint.strangers == "remove" or user_id in blueprint.departed
                yield (RemoveStranger if removed else ReportStranger)(key, user_id, member.by)


def _state(blueprint: Blueprint, snapshot: Snapshot) -> Iterator[Action]:
    space = snapshot.room_id(SPACE)
    for key, room in _observed(blueprint, snapshot):
        found = snapshot.rooms[key].state
        for (kind, state_key), content in (with_space(room.state, space) if space else room.state).items():
            state = found.get((kind, state_key))
            if state is not None and _same(kind, content, state.content):
                continue
            by = state.sender if state and state.sender != blueprint.bot else None
            if kind == "m.room.power_levels":
                yield SetPowerLevels(key, content, by)
            else:
                yield SetState(key, kind, state_key, content, by)


def _children(blueprint: Blueprint, snapshot: Snapshot) -> Iterator[Action]:
    if SPACE in snapshot.unseen:
        return
    space = snapshot.rooms.get(SPACE)
    for key, room in blueprint.rooms.items():
        if room.order is None:
            continue
        room_id = snapshot.room_id(key)
        state = space.state.get(("m.space.child", room_id)) if space and room_id else None
        if state is None or not _same("m.space.child", child_content(blueprint.server_name, room.order), state.content):
            yield PutInSpace(key, room.order, state.sender if state and state.sender != blueprint.bot else None)
    for room_id in snapshot.switched_off.values():
        if space and space.content("m.space.child", room_id):
            yield TakeOutOfSpace(room_id)


def _invitations(blueprint: Blueprint, snapshot: Snapshot) -> Iterator[Action]:
    for key, room in blueprint.rooms.items():
        if key in snapshot.unseen:
            continue
        members = snapshot.rooms[key].members if key in snapshot.rooms else {}
        for user_id in room.invited:
            member = members.get(user_id)
            if member is None:
                yield Invite(key, user_id)
            elif member.membership == "leave" and member.by != user_id:
                yield Invite(key, user_id, member.by if member.by != blueprint.bot else None)


def _observed(blueprint: Blueprint, snapshot: Snapshot) -> Iterator[tuple[str, RoomBlueprint]]:
    return ((key, room) for key, room in blueprint.rooms.items() if key in snapshot.rooms)


def _same(kind: str, wanted: Content, found: Mapping[str, Any]) -> bool:
    """Whether the event says what it should. Keys that we do not use may be there: homeservers and clients add theirs."""
    if kind == "m.room.power_levels":  # here an additional key of `users` or `events` is a right that nobody gave
        return all(found.get(key) == value for key, value in wanted.items() if key != "notifications")
    return all(found.get(key) == value for key, value in wanted.items())
