"""Who is where, compared with who should be."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import pytest

from classroom_matrix.domain.audit import Findings, audit, plain_name
from classroom_matrix.domain.ids import UserId
from classroom_matrix.domain.snapshot import Member, RoomSnapshot, Snapshot

from .test_plan import BOT, a_design, as_it_should_be

STRANGER = UserId("@stranger:s")
PEOPLE = [
    {"role": "teacher", "user": "@anna:s"},
    {"role": "guardian", "user": "@g1:s", "household": "h1"},
    {"role": "guardian", "user": "@g2:s", "household": "h2"},
    {"role": "guardian", "household": "h2"},
]


def the_class(**more: Any) -> tuple[Any, dict[str, RoomSnapshot], Any]:
    """A class in which everybody is where they belong; people are named after their accounts."""
    design = a_design({"people": PEOPLE, "class": more})
    blueprint = design.blueprint()
    rooms = {}
    for key, room in as_it_should_be(blueprint).items():
        members = {user_id: Member("join", user_id) for user_id in blueprint.rooms[key].members} | {BOT: Member("join", BOT)}
        rooms[key] = RoomSnapshot(room.room_id, room.state, members)
    return blueprint, rooms, design.roster


def found(
    *changes: tuple[str, UserId, Member | None],
    gone: tuple[str, ...] = (),
    came: Mapping[UserId, bool | None] = MappingProxyType({}),
    **more: Any,
) -> Findings:
    """What the audit finds after changes of members: (room, account, what became of it)."""
    blueprint, rooms, roster = the_class(**more)
    for key, user_id, member in changes:
        members = dict(rooms[key].members)
        members.pop(user_id, None)
        if member is not None:
            members[user_id] = member
        rooms[key] = dataclasses.replace(rooms[key], members=members)
    seen = {key: room for key, room in rooms.items() if key not in gone}
    ours = {one.id: came[one.user_id] for one in roster.people() if came.get(one.user_id) is not None}
    return audit(blueprint, Snapshot(seen), roster, "Помощник класса", came=ours)


def test_audit_of_a_class_as_it_should_be_finds_nothing() -> None:
    findings = found()
    assert (findings.expected, findings.problems, findings.fingerprint()) == (3, 0, "")


def test_person_without_account_is_neither_expected_nor_missing() -> None:
    findings = found()
    assert (len(findings.without_account), findings.missing) == (1, ())


@pytest.mark.parametrize(
    ("membership", "came", "missing"),
    [
        *((membership, True, 1) for membership in ("invite", "leave", "ban", None)),
        *((membership, False, 0) for membership in ("invite", "leave", "ban", None)),
        *((membership, None, 1) for membership in ("leave", "ban")),  # an account of IT's: the rooms say that they were there
        *((membership, None, 0) for membership in ("invite", None)),
    ],
)
def test_person_who_is_not_in_the_space_is_missing_if_they_have_come_at_all(
    membership: str | None, came: bool | None, missing: int
) -> None:
    guardian = UserId("@g1:s")
    findings = found(("space", guardian, Member(membership, guardian) if membership else None), came={guardian: came})
    assert (len(findings.missing), len(findings.waiting), findings.problems) == (missing, 1 - missing, missing)
    assert (findings.expected, findings.fingerprint() == "") == (3, not missing)


def test_person_who_left_a_room_of_their_own_will_is_not_missing() -> None:
    assert found(("talk", UserId("@g1:s"), None)).problems == 0


@pytest.mark.parametrize("membership", ["join", "invite", "knock"])
def test_stranger_is_named_once_with_all_rooms(membership: str) -> None:
    member = Member(membership, UserId("@anna:s"), "Вася")
    findings = found(("talk", STRANGER, member), ("space", STRANGER, member))
    (stranger,) = findings.strangers
    assert (stranger.user_id, stranger.name, stranger.keys, stranger.removed) == (STRANGER, "Вася", ("space", "talk"), True)
    assert findings.problems == 1


def test_stranger_who_was_banned_or_left_is_none() -> None:
    assert found(("talk", STRANGER, Member("ban", BOT)), ("space", STRANGER, Member("leave", STRANGER))).problems == 0


def test_stranger_is_let_be_where_the_class_says_so() -> None:
    (stranger,) = found(("talk", STRANGER, Member("join", STRANGER)), strangers="report").strangers
    assert not stranger.removed


def test_guardian_in_the_staff_room_is_a_stranger_there() -> None:
    (stranger,) = found(("staff", UserId("@g1:s"), Member("join", UserId("@g1:s")))).strangers
    assert (stranger.keys, stranger.user_id) == (("staff",), "@g1:s")


def test_bot_and_admins_are_no_strangers() -> None:
    admin = UserId("@it:s")
    assert found(("talk", admin, Member("join", admin, "Администратор")), admins=["@it:s"]).problems == 0


def test_room_that_cannot_be_looked_into_is_named() -> None:
    findings = found(gone=("talk",))
    assert (len(findings.unseen), findings.problems) == (1, 1)


def test_member_with_the_name_of_a_teacher_is_noticed() -> None:
    _, _, roster = the_class()
    teacher = roster.staff[0].name
    findings = found(("talk", UserId("@g1:s"), Member("join", UserId("@g1:s"), f"  {teacher.upper()}\u200b ")))
    (imitation,) = findings.imitations
    assert (imitation.user_id, imitation.taken_for) == ("@g1:s", teacher)


def test_member_with_the_name_of_the_bot_is_noticed() -> None:
    (imitation,) = found(("talk", UserId("@g1:s"), Member("join", UserId("@g1:s"), "Помощник Класса"))).imitations
    assert imitation.taken_for == "Помощник класса"


def test_teacher_and_bot_may_bear_their_names() -> None:
    teacher = UserId("@anna:s")
    _, _, roster = the_class()
    name = roster.staff[0].name
    assert (
        found(("talk", teacher, Member("join", teacher, name)), ("talk", BOT, Member("join", BOT, "Помощник класса"))).problems
        == 0
    )


def test_fingerprint_changes_with_every_difference_and_not_with_who_waits_for_an_account() -> None:
    guardian = UserId("@g1:s")
    prints = [
        found().fingerprint(),
        found(("talk", STRANGER, Member("join", STRANGER))).fingerprint(),
        found(("space", STRANGER, Member("join", STRANGER))).fingerprint(),
        found(("space", guardian, Member("leave", guardian))).fingerprint(),
        found(("talk", guardian, Member("join", guardian, "Учитель"))).fingerprint(),
        found(gone=("talk",)).fingerprint(),
    ]
    assert len(set(prints)) == len(prints)
    assert found().without_account


def test_foreign_names_are_one_short_line() -> None:
    assert plain_name("Вася\n\u202eПупкин\x00 \u200b  !") == "Вася Пупкин !"
    assert len(plain_name("ы" * 10_000)) == 60
