"""What a class should look like on the homeserver: its rooms, and who belongs into them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from .ids import ClassId, HouseholdId, RoomAlias, RoomId, UserId
from .people import STAFF, Role, Roster
from .rooms import DESK, ENCRYPTION, PUPIL_ROOMS, ROLES, SPACE, STAFF_ROOM, RoomConfig, Write, archived_name, desk_config

Content = Mapping[str, Any]
StateKey = tuple[str, str]
"""Type and state key of a state event."""

ROOM_VERSION = "12"
THE_SPACE = RoomId("!the-space")
"""Stands for the space's room ID where it is not known yet; `with_space` puts the real one in."""

MARKER = "org.classroom_matrix.room"
"""The state event by which a room is recognised as ours: ``{class, role}``, for a desk its household, too."""

PARENT: StateKey = ("m.space.parent", THE_SPACE)
POWER_LEVELS: StateKey = ("m.room.power_levels", "")
ENCRYPTED: StateKey = ("m.room.encryption", "")

_OPEN_TO_ALL = ("m.reaction", "m.room.redaction", "org.matrix.msc3381.poll.response", "m.poll.response")
_STAFF_POWER, _BOT_POWER, _CREATOR_POWER = 50, 100, 150
_TEACHERS = frozenset({Role.TEACHER})
_LEADERS = frozenset({Role.TEACHER, Role.SUBSTITUTE})
_ADULTS = STAFF | {Role.GUARDIAN, Role.RELATIVE}
_EVENTS_DEFAULT = {Write.EVERYONE: 0, Write.THREADS: 0, Write.STAFF: _STAFF_POWER, Write.BOT: _BOT_POWER}


@dataclass(frozen=True, slots=True)
class RoomBlueprint:
    """One room.

    Args:
        key: names the room within the class: its role, or ``desk.<household>``.
        state: what is kept as it is here; `THE_SPACE` stands for the space.
        invited: who gets an invitation, in this order.
        members: people of the class who belong there, invited or let in by the space; nobody new once the year is over.
        allowed: who may be there; everybody else is a stranger. Always includes `invited`, `members` and the bot.
        order: sorts the room among its siblings in the space; None for rooms outside of it.
        direct: whether clients list it among people.
    """

    key: str
    role: str
    alias: RoomAlias
    state: Mapping[StateKey, Content]
    invited: tuple[UserId, ...]
    members: tuple[UserId, ...]
    allowed: frozenset[UserId]
    order: str | None = None
    direct: bool = False
    household_id: HouseholdId | None = None

    @property
    def is_space(self) -> bool:
        return self.role == SPACE

    @property
    def name(self) -> str:
        """What clients show. The desk of a household that has left keeps the name it has."""
        return str(self.state.get(("m.room.name", ""), {"name": self.role})["name"])

    @property
    def marker(self) -> Content:
        return self.state[MARKER, ""]


@dataclass(frozen=True, slots=True)
class Blueprint:
    """One class.

    Args:
        rooms: by key, the space first.
        strangers: what becomes of people who belong to no part of the class.
        departed: accounts of people who did and do not any more: they are no guests, whatever `strangers` says.
    """

    class_id: ClassId
    server_name: str
    bot: UserId
    rooms: Mapping[str, RoomBlueprint]
    strangers: Literal["remove", "report"] = "remove"
    departed: frozenset[UserId] = frozenset()

    def fingerprint(self) -> str:
        """Changes whenever anything in here does."""
        plain = [
            [
                room.key,
                room.order,
                sorted((kind, key, content) for (kind, key), content in room.state.items()),
                sorted(room.invited),
                sorted(room.allowed),
            ]
            for room in self.rooms.values()
        ]
        text = json.dumps([self.class_id, self.server_name, self.bot, self.strangers, plain], sort_keys=True)
        return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True)
class Design:
    """Everything a blueprint is made from.

    Args:
        desks: households that have a desk.
        handed_over: substitutes and specialists whom the teacher has let into a desk.
        archived: the year is over. The rooms can be read, nobody but the bot writes, nobody new comes in; the desks belong to
            the class that goes on.
        departed: see `Blueprint`.
        address_key: secret of this installation, see `desk_address`; without it a desk's address names the household.
        desks_encrypted: whether desks are encrypted; other rooms say it themselves.
    """

    class_id: ClassId
    server_name: str
    bot: UserId
    language: str
    rooms: Mapping[str, RoomConfig]
    roster: Roster
    admins: Sequence[UserId] = ()
    strangers: Literal["remove", "report"] = "remove"
    desks: Iterable[HouseholdId] = field(default_factory=tuple)
    handed_over: Mapping[HouseholdId, frozenset[UserId]] = field(default_factory=dict)
    archived: bool = False
    departed: frozenset[UserId] = frozenset()
    address_key: bytes = b""
    desks_encrypted: bool = False

    def blueprint(self) -> Blueprint:
        """The class as it should be."""
        rooms: dict[str, RoomBlueprint] = {}
        adults, staff = self._accounts(_ADULTS), self._accounts(STAFF)
        for role, config in self.rooms.items():
            order = None if role == SPACE else self._order(role)
            if role in (SPACE, STAFF_ROOM):
                people = adults if role == SPACE else staff
                rooms[role] = self._room(role, config, people, people, order=order)
            else:
                pupils = self._pupils(adults) if role in PUPIL_ROOMS else ()
                rooms[role] = self._room(role, config, pupils, adults + pupils, order=order)
        for household_id in () if self.archived else self.desks:
            desk = self.desk(household_id) or self._closed_desk(household_id)
            rooms[desk.key] = desk
        return Blueprint(self.class_id, self.server_name, self.bot, rooms, self.strangers, self.departed)

    def _order(self, role: str) -> str:
        """Where clients list the room: built-in ones first, the staff room last. A room that is switched off moves no other."""
        built_in = tuple(ROLES)
        if role == STAFF_ROOM:
            return "900"
        if role in ROLES:
            return f"{built_in.index(role):03}"
        return f"{500 + [own for own in self.rooms if own not in ROLES].index(role)}"

    def desk(self, household_id: HouseholdId) -> RoomBlueprint | None:
        """The private room of a household with the class's teachers, and whoever it was handed over to; None if the household
        has left the class.

        It stands outside the space, where others would see that it exists.
        """
        for family in self.roster.families:
            for household in family.households:
                if household.id == household_id:
                    guardians = tuple(p.user_id for p in household.guardians if p.user_id and not p.limited)
                    people = guardians + self._desk_staff(household_id)
                    config = self._desk_config(family.label, family.home_label(household))
                    return self._room(f"{DESK}.{household_id}", config, people, people, household_id=household_id)
        return None

    def _closed_desk(self, household_id: HouseholdId) -> RoomBlueprint:
        """The desk of a household that has left the class: nobody of it is there any more; it keeps its name."""
        staff = self._desk_staff(household_id)
        desk = self._room(f"{DESK}.{household_id}", self._desk_config(""), staff, staff, household_id=household_id)
        kept = {place: content for place, content in desk.state.items() if place != ("m.room.name", "")}
        return replace(desk, state=kept)

    def _desk_config(self, pupils: str, home: str = "") -> RoomConfig:
        return desk_config(self.language, pupils, home, encrypted=self.desks_encrypted)

    def _desk_staff(self, household_id: HouseholdId) -> tuple[UserId, ...]:
        handed_over = self.handed_over.get(household_id, frozenset())
        others = self._accounts(STAFF - {Role.TEACHER})
        return self._accounts(_TEACHERS) + tuple(user_id for user_id in others if user_id in handed_over)

    def _accounts(self, roles: frozenset[Role]) -> tuple[UserId, ...]:
        """Accounts of the entitled who are one of these, each once."""
        people = (p.user_id for p in self.roster.entitled() if p.role in roles and p.user_id != self.bot)
        return tuple(dict.fromkeys(user_id for user_id in people if user_id))

    def _pupils(self, adults: Sequence[UserId]) -> tuple[UserId, ...]:
        """Pupils' own accounts; none where a pupil would be alone with one adult."""
        accounts = (p.user_id for p in self.roster.pupil_people if not p.limited and p.user_id != self.bot)
        return tuple(dict.fromkeys(user_id for user_id in accounts if user_id)) if len(adults) > 1 else ()

    def _room(
        self,
        key: str,
        config: RoomConfig,
        invited: tuple[UserId, ...],
        members: tuple[UserId, ...],
        *,
        order: str | None = None,
        household_id: HouseholdId | None = None,
    ) -> RoomBlueprint:
        place = desk_address(self.address_key, self.class_id, household_id) if household_id and self.address_key else key
        alias = RoomAlias(f"#{alias_localpart(self.bot, self.class_id, place)}:{self.server_name}")
        private = config.role in (STAFF_ROOM, DESK)
        marker = {"class": self.class_id, "role": config.role}
        if household_id is not None:
            marker["household"] = household_id
        state: dict[StateKey, Content] = {
            POWER_LEVELS: self._archived_power_levels() if self.archived else self._power_levels(config),
            ("m.room.name", ""): {"name": archived_name(self.language, config.name) if self.archived else config.name},
            ("m.room.canonical_alias", ""): {"alias": alias},
            ("m.room.join_rules", ""): (
                {"join_rule": "invite"}
                if private or config.role == SPACE
                else {"join_rule": "restricted", "allow": [{"type": "m.room_membership", "room_id": THE_SPACE}]}
            ),
            # Who comes later reads what the class wrote before; of a private room only what was said since the invitation, so
            # that a substitute is not shown last year and nothing that was said while a guardian was on the way is lost.
            ("m.room.history_visibility", ""): {"history_visibility": "invited" if private else "shared"},
            ("m.room.guest_access", ""): {"guest_access": "forbidden"},
            (MARKER, ""): marker,
        }
        # Matrix knows no way back: a room that is encrypted stays so, whatever is said here later. In an archived one nobody
        # writes any more.
        if config.encrypted and not self.archived:
            state[ENCRYPTED] = ENCRYPTION
        if config.topic:
            state["m.room.topic", ""] = {"topic": config.topic}
        if config.avatar:
            state["m.room.avatar", ""] = {"url": config.avatar}
        if order is not None:
            state[PARENT] = {"via": [self.server_name], "canonical": True}
        return RoomBlueprint(
            key,
            config.role,
            alias,
            state,
            () if self.archived else invited,
            () if self.archived else members,
            frozenset({*members, *self.admins, self.bot}),
            order,
            config.role == DESK,
            household_id,
        )

    def _power_levels(self, config: RoomConfig) -> Content:
        """Power levels of room version 12: the creator, which is the bot, stands above all and must not be listed.

        Only the creator may replace a room (tombstone): in a room that somebody else made in its place the bot had no rights.
        A substitute stands above others in the class's rooms but not in desks, few of which they ever see: their coming and
        going would be an event in each.
        """
        users = dict.fromkeys(self._accounts(_TEACHERS if config.role == DESK else _LEADERS), _STAFF_POWER)
        users |= self._admin_powers()
        default = _BOT_POWER if config.role == SPACE else _EVENTS_DEFAULT[config.write]
        events = {"m.room.pinned_events": _STAFF_POWER, "m.room.tombstone": _CREATOR_POWER}
        if default > 0 and config.role != SPACE:
            events |= dict.fromkeys(_OPEN_TO_ALL, 0)
        return _powers(users, events, default)

    def _archived_power_levels(self) -> Content:
        """Nobody but the bot says, shows or answers anything; what is one's own may still be taken back."""
        users = dict.fromkeys(self._accounts(_LEADERS), _STAFF_POWER) | self._admin_powers()
        return _powers(users, {"m.room.redaction": 0, "m.room.tombstone": _CREATOR_POWER}, _CREATOR_POWER)

    def _admin_powers(self) -> dict[UserId, int]:
        return dict.fromkeys((admin for admin in self.admins if admin != self.bot), _BOT_POWER)


def _powers(users: Mapping[UserId, int], events: Mapping[str, int], events_default: int) -> Content:
    return {
        "users": users,
        "users_default": 0,
        "events": events,
        "events_default": events_default,
        "state_default": _BOT_POWER,
        "invite": _STAFF_POWER,  # lower, and every parent sees large Invite buttons
        "kick": _STAFF_POWER,
        "ban": _STAFF_POWER,
        "redact": _STAFF_POWER,
        "notifications": {"room": _STAFF_POWER},
    }


def alias_localpart(bot: UserId, class_id: ClassId, key: str) -> str:
    """The reserved address of a room, without "#" and server: ``<bot>.<class>.<role>``.

    It begins with the bot's name so that one namespace in the application service's registration holds the addresses of all
    classes, those to come included. Dots separate because neither class IDs nor roles have any.
    """
    return f"{bot[1:].partition(':')[0]}.{class_id}.{key}"


def desk_address(key: bytes, class_id: ClassId, household_id: HouseholdId) -> str:
    """What stands for a household in the address of its desk.

    A homeserver tells everybody whether an address exists. The household's ID is known to its teacher, who could ask for the
    desk of the same household in another class: so the address cannot be worked out without the installation's secret `key`.
    """
    token = hashlib.blake2b(f"{class_id}|{household_id}".encode(), key=key, digest_size=12).hexdigest()
    return f"{DESK}.{token}"


def alias_namespace(bot: UserId) -> str:
    """The regular expression of all addresses that `alias_localpart` makes."""
    localpart, _, server = bot[1:].partition(":")
    return f"^#{_escaped(localpart)}\\..+:{_escaped(server)}$"


def _escaped(text: str) -> str:
    return "".join(letter if letter.isalnum() else f"\\{letter}" for letter in text)


def child_content(server_name: str, order: str) -> Content:
    """``m.space.child`` of a room that stands in the space."""
    return {"via": [server_name], "order": order}


def with_space(state: Mapping[StateKey, Content], space: RoomId) -> dict[StateKey, Content]:
    """`state` with the space's room ID in every place where it belongs."""
    done: dict[StateKey, Content] = {}
    for (kind, key), content in state.items():
        put = content
        if kind == "m.room.join_rules" and "allow" in content:
            put = {**content, "allow": [{**rule, "room_id": space} for rule in content["allow"]]}
        done[kind, space if key == THE_SPACE else key] = put
    return done


def creation_request(room: RoomBlueprint, space: RoomId | None) -> dict[str, Any]:
    """The body of ``POST /createRoom`` with everything in it: each later change would be a line in the room's history.

    `space` is None for the space itself. Source: https://spec.matrix.org/latest/client-server-api/#post_matrixclientv3createroom
    """
    state = with_space(room.state, space) if space else dict(room.state)
    # The address is reserved by room_alias_name, which also writes m.room.canonical_alias.
    del state["m.room.canonical_alias", ""]
    request: dict[str, Any] = {
        "room_version": ROOM_VERSION,
        "visibility": "private",
        "preset": "private_chat",
        "room_alias_name": room.alias[1:].partition(":")[0],
        "name": state.pop(("m.room.name", ""))["name"],
    }
    if ("m.room.topic", "") in state:
        request["topic"] = state.pop(("m.room.topic", ""))["topic"]
    if room.is_space:
        request["creation_content"] = {"type": "m.space"}
    if room.direct:
        request["is_direct"] = True
        request["invite"] = list(room.invited[:10])  # more answer 400
    request["initial_state"] = [{"type": kind, "state_key": key, "content": content} for (kind, key), content in state.items()]
    return request
