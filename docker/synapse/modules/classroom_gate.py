"""A Synapse module for schools: accounts take part in the rooms that the class's bot has made, and make none themselves.

Everybody but the bot, the homeserver's admins and the accounts named in `unrestricted` is kept from

- making rooms, except a private chat with the bot alone,
- inviting anybody, except the bot into such a chat,
- giving rooms addresses or publishing them,
- opening a room: public, knock or restricted join rules, world-readable history, guests, replacing a room,
- finding people in the user directory.

Class rooms refuse most of that by their power levels; this holds for everything else, and for accounts with power in a room.

homeserver.yaml::

    modules:
      - module: classroom_gate.ClassroomGate
        config:
          bot: "@classroom:school.example"
          unrestricted: ["@it:school.example"]

One file, Python's standard library and Synapse's module API only. Facts from the source of Synapse 1.163: admins are not asked
about rooms, invitations and state; what a new room begins with comes with user_may_create_room, what is put into it later with
user_may_send_state_event. check_event_allowed sees everything, and costs a look at the room's whole state for every message.
"""
# ruff: noqa: INP001 - Synapse loads this file by its name; it belongs to no package

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from synapse.module_api import NOT_SPAM, ModuleApi, errors

log = logging.getLogger(__name__)

Refused = tuple[errors.Codes, dict[str, Any]]
Verdict = Literal["NOT_SPAM"] | Refused

_REFUSED: Refused = (errors.Codes.FORBIDDEN, {})

_CHAT_KEYS = {
    "creation_content",
    "initial_state",
    "invite",
    "invite_3pid",
    "is_direct",
    "name",
    "power_level_content_override",
    "preset",
    "room_version",
    "topic",
    "visibility",
}
"""What a client may ask for when it opens a private chat; anything else is not known to be harmless."""

_CHAT_STATE = {"m.room.encryption", "m.room.guest_access", "m.room.history_visibility", "m.room.join_rules"}
"""What a client may put into a private chat, as long as it opens nothing."""

_OPENING = {
    "m.room.canonical_alias",
    "m.room.server_acl",
    "m.room.third_party_invite",
    "m.room.tombstone",
    "m.space.child",
}
"""Addresses, servers, invitations of others, replacements, rooms in a space: nobody else's to write, whatever they say."""


@dataclass(frozen=True)
class Settings:
    """`bot`: the account that makes rooms and invites; `unrestricted`: others that may, such as IT's."""

    bot: str
    unrestricted: frozenset[str] = field(default_factory=frozenset)


class ClassroomGate:
    """See the module's text."""

    def __init__(self, config: Settings, api: ModuleApi) -> None:
        self._api = api
        self._bot = config.bot
        self._free = config.unrestricted | {config.bot}
        api.register_spam_checker_callbacks(
            user_may_create_room=self.user_may_create_room,
            user_may_create_room_alias=self.user_may_create_room_alias,
            user_may_invite=self.user_may_invite,
            user_may_publish_room=self.user_may_publish_room,
            user_may_send_3pid_invite=self.user_may_send_3pid_invite,
            user_may_send_state_event=self.user_may_send_state_event,
            check_username_for_spam=self.check_username_for_spam,
        )

    @staticmethod
    def parse_config(config: Mapping[str, Any]) -> Settings:
        """Synapse calls this at its start; a mistake here keeps it from starting, and says why.

        Raises:
            ValueError: a key is unknown, missing, or not what it should be.
        """
        unknown = set(config) - {"bot", "unrestricted"}
        if unknown:
            raise ValueError(f"classroom_gate: unknown keys: {', '.join(sorted(map(str, unknown)))}")
        bot, unrestricted = config.get("bot"), config.get("unrestricted", [])
        if not isinstance(bot, str) or not _is_user_id(bot):
            raise ValueError("classroom_gate: `bot` has to be a user ID such as @classroom:school.example")
        if not isinstance(unrestricted, list) or not all(map(_is_user_id, unrestricted)):
            raise ValueError("classroom_gate: `unrestricted` has to be a list of user IDs")
        return Settings(bot, frozenset(unrestricted))

    # ── Rooms ───────────────────────────────────────────────────────────────────────────────────────────────────────

    async def user_may_create_room(self, user_id: str, room: dict[str, Any]) -> Verdict:
        """Also asked when a room is replaced; such a request names nobody to invite."""
        if await self._is_free(user_id) or self._is_chat_with_bot(room):
            return NOT_SPAM
        return _REFUSED

    def _is_chat_with_bot(self, room: dict[str, Any]) -> bool:
        """Whether the request opens a private room for the asking person and the bot, and for nobody else."""
        state = room.get("initial_state") or []
        creation = room.get("creation_content") or {}
        return (
            set(room) <= _CHAT_KEYS
            and room.get("invite") == [self._bot]
            and not room.get("invite_3pid")
            and room.get("visibility", "private") == "private"
            and room.get("preset", "private_chat") in ("private_chat", "trusted_private_chat")
            and isinstance(creation, dict)
            and set(creation) <= {"m.federate"}
            and isinstance(state, list)
            and all(map(_is_harmless, state))
        )

    async def user_may_create_room_alias(self, user_id: str, _alias: Any) -> Verdict:
        """Not asked for the addresses of an application service."""
        return NOT_SPAM if await self._is_free(user_id) else _REFUSED

    async def user_may_publish_room(self, user_id: str, _room_id: str) -> Verdict:
        return NOT_SPAM if await self._is_free(user_id) else _REFUSED

    # ── People ──────────────────────────────────────────────────────────────────────────────────────────────────────

    async def user_may_invite(self, inviter: str, invitee: str, room_id: str) -> Verdict:
        """Ordinary people may invite the bot, into a room that they are alone in: the private chat that they are opening."""
        if await self._is_free(inviter):
            return NOT_SPAM
        if invitee == self._bot and await self._is_alone(inviter, room_id):
            return NOT_SPAM
        return _REFUSED

    async def _is_alone(self, user_id: str, room_id: str) -> bool:
        state = await self._api.get_room_state(room_id, [("m.room.member", None)])
        there = {key for (_, key), event in state.items() if event.content.get("membership") in ("join", "invite", "knock")}
        return there <= {user_id, self._bot}

    async def user_may_send_3pid_invite(self, inviter: str, _medium: str, _address: str, _room_id: str) -> Verdict:
        return NOT_SPAM if await self._is_free(inviter) else _REFUSED

    async def check_username_for_spam(self, _profile: Mapping[str, Any], requester: str) -> bool:
        """True leaves the person out of what `requester` finds."""
        return not await self._is_free(requester)

    # ── What a room is like ─────────────────────────────────────────────────────────────────────────────────────────

    async def user_may_send_state_event(
        self, user_id: str, _room_id: str, kind: str, _state_key: str, content: Mapping[str, Any]
    ) -> Verdict:
        """Asked for what a client puts into a room that exists; about members `user_may_invite` decides."""
        if not _opens(kind, content) or await self._is_free(user_id):
            return NOT_SPAM
        log.info("refused %s of %s", kind, user_id)
        return _REFUSED

    async def _is_free(self, user_id: str) -> bool:
        return user_id in self._free or bool(await self._api.is_user_admin(user_id))


def _is_harmless(event: object) -> bool:
    """Whether somebody may put this into the private chat that they open. Presets and Element say that guests can join it; with
    guests switched off in homeserver.yaml there are none.
    """
    if not isinstance(event, dict) or event.get("type") not in _CHAT_STATE or not isinstance(event.get("content"), dict):
        return False
    return event["type"] == "m.room.guest_access" or not _opens(event["type"], event["content"])


def _opens(kind: str, content: Mapping[str, Any]) -> bool:
    """Whether such a state event lets somebody in, or shows something, that a closed room does not."""
    match kind:
        case "m.room.join_rules":
            return content.get("join_rule") != "invite" or bool(content.get("allow"))
        case "m.room.history_visibility":
            return content.get("history_visibility") not in ("shared", "invited", "joined")
        case "m.room.guest_access":
            return content.get("guest_access") != "forbidden"
    return kind in _OPENING


def _is_user_id(value: object) -> bool:
    return isinstance(value, str) and value.startswith("@") and ":" in value
