"""One YAML case per rule of the plan: `rule` in words; `class`, `people` and `world` make the situation; `plan` is expected.

`world` is "nothing", or a class as the blueprint has it with `changes`: later state events, members, and missing rooms.
"""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest
import yaml

from classroom_matrix.domain.blueprint import THE_SPACE, Blueprint, Design, child_content, creation_request, with_space
from classroom_matrix.domain.ids import ClassId, FamilyId, HouseholdId, PersonId, RoomId, UserId
from classroom_matrix.domain.people import Family, Household, Person, Pupil, Role, Roster
from classroom_matrix.domain.plan import Action, plan
from classroom_matrix.domain.rooms import ROLES, RoomConfig, Write
from classroom_matrix.domain.snapshot import Member, RoomSnapshot, Snapshot, State

CASES = sorted((Path(__file__).parent / "cases").glob("*.yaml"))
BOT = UserId("@bot:s")


def a_person(number: int, said: dict[str, Any]) -> Person:
    return Person(
        PersonId(f"p{number}"),
        said.get("name", f"Person {number}"),
        Role(said["role"]),
        UserId(said["user"]) if "user" in said else None,
        family_id=FamilyId("f"),
        household_id=HouseholdId(said.get("household", "h1")),
        limited=said.get("limited", False),
    )


def a_design(case: dict[str, Any]) -> Design:
    people = [a_person(number, said) for number, said in enumerate(case.get("people", []), 1)]
    homes: dict[str, list[Person]] = {}
    for person in people:
        if person.role is Role.GUARDIAN:
            homes.setdefault(str(person.household_id), []).append(person)
    households = tuple(Household(HouseholdId(key), FamilyId("f"), tuple(guardians)) for key, guardians in homes.items())
    pupil = Pupil(PersonId("c1"), FamilyId("f"), "Ксения Калинина", "Калинина", 1)
    families = (Family(FamilyId("f"), (pupil,), households),) if households else ()
    staff = tuple(person for person in people if person.role.is_staff)
    relatives = tuple(person for person in people if person.role is Role.RELATIVE)
    klass = case.get("class", {})
    rooms = {}
    for role in ("space", *klass.get("rooms", ["talk", "staff"])):
        said = ROLES[role].configured("ru")
        changed: dict[str, Any] = {key: Write(value) if key == "write" else value for key, value in klass.get(role, {}).items()}
        rooms[role] = dataclasses.replace(
            said if role != "space" else RoomConfig("space", "3Б", said.topic, said.write), **changed
        )
    return Design(
        ClassId("3b"),
        "s",
        BOT,
        "ru",
        rooms,
        Roster(ClassId("3b"), families, staff, relatives, tuple(person for person in people if person.role is Role.PUPIL)),
        tuple(klass.get("admins", ())),
        klass.get("strangers", "remove"),
        tuple(klass.get("desks", ())),
        {HouseholdId(home): frozenset(users) for home, users in klass.get("handed_over", {}).items()},
        klass.get("archived", False),
        frozenset(klass.get("departed", ())),
        desks_encrypted=klass.get("desks_encrypted", False),
    )


def as_it_should_be(blueprint: Blueprint) -> dict[str, RoomSnapshot]:
    """Rooms named after their keys, everybody invited or joined who should be."""
    rooms = {}
    for key, room in blueprint.rooms.items():
        state = {place: State(content, BOT) for place, content in with_space(room.state, RoomId("!space")).items()}
        if room.is_space:
            for other in blueprint.rooms.values():
                if other.order is not None:
                    state["m.space.child", f"!{other.key}"] = State(child_content("s", other.order), BOT)
        members = {user_id: Member("join", user_id) for user_id in room.invited} | {BOT: Member("join", BOT)}
        rooms[key] = RoomSnapshot(RoomId(f"!{key}"), state, members)
    return rooms


def a_snapshot(case: dict[str, Any], blueprint: Blueprint) -> Snapshot:
    world = case["world"]
    if world == "nothing":
        return Snapshot()
    rooms = as_it_should_be(blueprint)
    for key in world.get("missing", ()):
        del rooms[key]
    for change in world.get("changes", ()):
        room = rooms[change["room"]]
        state, members = dict(room.state), dict(room.members)
        if "member" in change:
            if change["membership"] is None:
                del members[change["member"]]
            else:
                members[UserId(change["member"])] = Member(change["membership"], UserId(change["by"]))
        elif change["content"] is None:
            del state[change["type"], change.get("key", "")]
        else:
            old = state.get((change["type"], change.get("key", "")))
            content = {**(old.content if old and change.get("merge") else {}), **change["content"]}
            state[change["type"], change.get("key", "")] = State(content, UserId(change["by"]))
        rooms[change["room"]] = RoomSnapshot(room.room_id, state, members)
    unseen = {key: rooms.pop(key).room_id for key in world.get("unseen", ())}
    return Snapshot(rooms, unseen, {role: RoomId(room_id) for role, room_id in world.get("switched_off", {}).items()})


def as_yaml(action: Action) -> dict[str, Any]:
    """An action as the cases write it: what is None is left out."""
    plain = {
        field.name: getattr(action, field.name)
        for field in dataclasses.fields(action)
        if getattr(action, field.name) is not None
    }
    return {type(action).__name__: plain}


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_plan_follows_rule(path: Path) -> None:
    case = yaml.safe_load(path.read_text("utf-8"))
    blueprint = a_design(case).blueprint()
    actions = plan(blueprint, a_snapshot(case, blueprint))
    assert [as_yaml(action) for action in actions] == case["plan"]


def test_every_case_names_its_rule() -> None:
    assert [path.name for path in CASES if not yaml.safe_load(path.read_text("utf-8")).get("rule")] == []


def test_plan_of_a_class_as_it_should_be_is_empty() -> None:
    blueprint = a_design({"people": [{"role": "teacher", "user": "@anna:s"}, {"role": "guardian", "user": "@g:s"}]}).blueprint()
    assert plan(blueprint, Snapshot(as_it_should_be(blueprint))) == ()


def test_blueprint_says_nothing_with_the_stand_in_once_the_space_is_known() -> None:
    blueprint = a_design({}).blueprint()
    assert str(THE_SPACE) not in str(with_space(blueprint.rooms["talk"].state, RoomId("!space")))


def test_encrypted_room_is_made_so_and_no_other() -> None:
    said = {"desks": ["h1"], "desks_encrypted": True, "talk": {"encrypted": True}}
    blueprint = a_design({"class": said, "people": [{"role": "guardian", "user": "@mum:s", "household": "h1"}]}).blueprint()
    made = {key: creation_request(room, RoomId("!space"))["initial_state"] for key, room in blueprint.rooms.items()}
    encryption = {"type": "m.room.encryption", "state_key": "", "content": {"algorithm": "m.megolm.v1.aes-sha2"}}
    assert {key for key, events in made.items() if encryption in events} == {"talk", "desk.h1"}
    assert "m.room.encryption" not in {event["type"] for key in ("space", "staff") for event in made[key]}


def test_archived_class_has_no_desks() -> None:
    said = {"desks": ["h1"], "archived": True}
    blueprint = a_design({"class": said, "people": [{"role": "guardian", "user": "@mum:s", "household": "h1"}]}).blueprint()
    assert list(blueprint.rooms) == ["space", "talk", "staff"]


def test_members_of_a_room_are_whom_it_is_for() -> None:
    people = [
        {"role": "teacher", "user": "@anna:s"},
        {"role": "guardian", "user": "@mum:s", "household": "h1"},
        {"role": "guardian", "user": "@dad:s", "household": "h2", "limited": True},
        {"role": "relative", "user": "@nana:s"},
        {"role": "pupil", "user": "@kid:s"},
    ]
    klass = {"rooms": ["homework", "talk", "staff"], "desks": ["h1"], "admins": ["@it:s"]}
    blueprint = a_design({"class": klass, "people": people}).blueprint()
    members = {key: room.members for key, room in blueprint.rooms.items()}
    adults = ("@anna:s", "@mum:s", "@nana:s")
    assert members == {
        "space": adults,
        "homework": (*adults, "@kid:s"),
        "talk": adults,
        "staff": ("@anna:s",),
        "desk.h1": ("@mum:s", "@anna:s"),
    }
