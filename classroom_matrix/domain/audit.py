"""Who is in a class's rooms, compared with who should be. Pure: blueprint × snapshot × roster → findings."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from .blueprint import Blueprint
from .ids import PersonId, UserId
from .imitation import imitates
from .people import Person, Roster
from .rooms import SPACE
from .snapshot import Snapshot

_PRESENT = ("join", "invite", "knock")
_GONE = ("leave", "ban")
_LONGEST = 60  # characters of a foreign name that are repeated


@dataclass(frozen=True, slots=True)
class Stranger:
    """An account in rooms where it does not belong. `name`: what they are called, plain text without tricks; may be empty.

    `rooms`: names of the rooms, of which the account is in `keys`; `removed`: whether the configuration wants them out.
    """

    user_id: UserId
    name: str
    keys: tuple[str, ...]
    rooms: tuple[str, ...]
    removed: bool


@dataclass(frozen=True, slots=True)
class Imitation:
    """A member who shows the name of somebody else. `name`: who it is; `taken_for`: "" where a title alone makes them staff."""

    user_id: UserId
    name: str
    shown: str
    taken_for: str


@dataclass(frozen=True, slots=True)
class Findings:
    """Of one class.

    Args:
        expected: how many people with an account belong there.
        strangers: see `Stranger`.
        missing: names of those who have come in at some time and are not there.
        waiting: names of those who have an account, and mostly a slip, and have never come in.
        without_account: names of those who belong there and have no account yet.
        imitations: see `Imitation`.
        unseen: names of rooms that the bot could not look into.
    """

    expected: int
    strangers: tuple[Stranger, ...] = ()
    missing: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    without_account: tuple[str, ...] = ()
    imitations: tuple[Imitation, ...] = ()
    unseen: tuple[str, ...] = ()

    @property
    def problems(self) -> int:
        """How many things differ from what should be; whoever has not come in yet is none."""
        return len(self.strangers) + len(self.missing) + len(self.imitations) + len(self.unseen)

    def fingerprint(self) -> str:
        """Changes whenever something differs in another way. Empty where nothing does."""
        if not self.problems:
            return ""
        plain = [
            [[one.user_id, one.keys] for one in self.strangers],
            self.missing,
            [[one.user_id, one.shown] for one in self.imitations],
            self.unseen,
        ]
        return hashlib.blake2b(json.dumps(plain).encode(), digest_size=16).hexdigest()


def audit(
    blueprint: Blueprint,
    snapshot: Snapshot,
    roster: Roster,
    bot_name: str,
    *,
    came: Mapping[PersonId, bool] = MappingProxyType({}),
) -> Findings:
    """Compare.

    Args:
        blueprint: the class as it should be.
        snapshot: the class as it is, all rooms looked at.
        roster: names and accounts; without people under a court limit being expected.
        bot_name: what the bot is called; nobody else may be.
        came: whether they have ever come in, of those whose accounts we made. Others have if the rooms say so.
    """
    people = {person.user_id: person for person in roster.people() if person.user_id}
    shown = _shown_names(blueprint, snapshot)
    strangers = _strangers(blueprint, snapshot, people, shown)
    expected, missing, waiting = _expected(blueprint, snapshot, roster, came)
    return Findings(
        expected,
        strangers,
        missing,
        waiting,
        tuple(person.name for person in roster.entitled() if not person.user_id),
        tuple(_imitations(blueprint, roster, people, shown, bot_name)),
        tuple(blueprint.rooms[key].name for key in blueprint.rooms if key not in snapshot.rooms),
    )


def names_of_staff(roster: Roster, bot_name: str) -> tuple[str, ...]:
    """Names that nobody else may bear."""
    return (*(person.name for person in roster.staff), bot_name)


def plain_name(name: str) -> str:
    """A name from outside in one short line, without characters that are not seen or turn the line round."""
    seen = "".join(" " if unicodedata.category(letter)[0] in "CZ" else letter for letter in name[: 4 * _LONGEST])
    short = " ".join(seen.split())
    return short if len(short) <= _LONGEST else short[: _LONGEST - 1] + "…"


def _shown_names(blueprint: Blueprint, snapshot: Snapshot) -> dict[UserId, list[str]]:
    """What people in the rooms call themselves, each name once."""
    found: dict[UserId, list[str]] = {}
    for key in blueprint.rooms:
        for user_id, member in snapshot.rooms[key].members.items() if key in snapshot.rooms else ():
            names = found.setdefault(user_id, [])
            if member.membership in _PRESENT and member.name and member.name not in names:
                names.append(member.name)
    return found


def _strangers(
    blueprint: Blueprint,
    snapshot: Snapshot,
    people: Mapping[UserId, Person],
    shown: Mapping[UserId, Sequence[str]],
) -> tuple[Stranger, ...]:
    rooms: dict[UserId, list[str]] = {}
    for key, room in blueprint.rooms.items():
        for user_id, member in snapshot.rooms[key].members.items() if key in snapshot.rooms else ():
            if member.membership in _PRESENT and user_id not in room.allowed:
                rooms.setdefault(user_id, []).append(key)
    return tuple(
        Stranger(
            user_id,
            people[user_id].name if user_id in people else plain_name(next(iter(shown[user_id]), "")),
            tuple(keys),
            tuple(blueprint.rooms[key].name for key in keys),
            blueprint.strangers == "remove" or user_id in blueprint.departed,
        )
        for user_id, keys in sorted(rooms.items())
    )


def _expected(
    blueprint: Blueprint, snapshot: Snapshot, roster: Roster, came: Mapping[PersonId, bool]
) -> tuple[int, tuple[str, ...], tuple[str, ...]]:
    """How many people belong there, and who of them is not in the space; pupils, who have none, in the first of their rooms.

    Returns:
        Their number, names of those who have come in at some time, and of those who never have.
    """
    homes: dict[UserId, str] = {}
    for key, room in blueprint.rooms.items():
        for user_id in room.members:
            homes.setdefault(user_id, SPACE if user_id in blueprint.rooms[SPACE].members else key)
    seen: set[PersonId] = set()
    missing, waiting = list[str](), list[str]()
    for person in roster.entitled():
        home = homes.get(person.user_id) if person.user_id else None
        if home is None or person.user_id is None or person.id in seen:
            continue
        seen.add(person.id)
        member = snapshot.rooms[home].members.get(person.user_id) if home in snapshot.rooms else None
        if member is not None and member.membership == "join":
            continue
        was_there = member is not None and member.membership in _GONE
        (missing if came.get(person.id, was_there) else waiting).append(person.name)
    return len(seen), tuple(missing), tuple(waiting)


def _imitations(
    blueprint: Blueprint,
    roster: Roster,
    people: Mapping[UserId, Person],
    shown: Mapping[UserId, Sequence[str]],
    bot_name: str,
) -> Iterable[Imitation]:
    """Admins of config.yaml are in every room's `allowed` and in no roster: they may be called what they like."""
    staff = {person.user_id for person in roster.staff}
    admins = frozenset.intersection(*(room.allowed for room in blueprint.rooms.values())) - set(people)
    names = names_of_staff(roster, bot_name)
    for user_id, said in sorted(shown.items()):
        if user_id in staff or user_id in admins:
            continue
        own = people[user_id].name if user_id in people else ""
        for name in said:
            taken_for = imitates(name, names, own)
            if taken_for is not None:
                yield Imitation(user_id, own, plain_name(name), taken_for)
