"""Letting people in on a homeserver in memory. MOTHER's account is ours; FATHER is the other guardian of her household."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from classroom_matrix.domain.ids import ClassId, FamilyId, HouseholdId, PersonId, RoomId, UserId
from classroom_matrix.domain.people import Family, Household, Person, Pupil, Role, Roster
from classroom_matrix.errors import PermanentError, TemporaryError
from classroom_matrix.provisioning.admission import Admission
from classroom_matrix.provisioning.arrived import ADMIT
from classroom_matrix.provisioning.desk import Desks
from classroom_matrix.storage import archive, handovers, invitations, register, rooms, tasks
from classroom_matrix.storage.database import Database
from classroom_matrix.storage.tasks import Task
from classroom_matrix.testing.fake_accounts import FakeAccounts

from .scene import BOT, CONFIG, MOTHER, TEACHER, Killed, MortalGateway, Scene

FATHER = UserId("@father:school.localhost")
NANA = UserId("@nana:school.localhost")
SUBSTITUTE = UserId("@substitute:school.localhost")
LIMITED = UserId("@limited:school.localhost")
OTHER_TEACHER = UserId("@other-teacher:school.localhost")
NOW = 1_000.0
DESK_NAME = "Ксения Калинина · личная · Guardian, Guardian"  # of two households, so this one's adults are named
SHARED = ["announcements", "homework", "events", "albums", "meetings", "library", "publications", "talk"]


def guardian(id_: str, user_id: UserId, home: str = "h1", *, limited: bool = False) -> Person:
    return Person(PersonId(id_), f"Guardian {id_}", Role.GUARDIAN, user_id, None, FamilyId("f1"), HouseholdId(home), limited)


def a_class(class_id: str, *people: Person) -> Roster:
    homes: dict[HouseholdId, list[Person]] = {}
    for person in people:
        if person.role is Role.GUARDIAN and person.household_id:
            homes.setdefault(person.household_id, []).append(person)
    households = tuple(Household(home, FamilyId("f1"), tuple(adults)) for home, adults in homes.items())
    pupil = Pupil(PersonId(f"c-{class_id}"), FamilyId("f1"), "Ксения Калинина", "Калинина", 1)
    relatives = tuple(person for person in people if person.role is Role.RELATIVE)
    staff = tuple(person for person in people if person.role.is_staff)
    children = tuple(person for person in people if person.role is Role.PUPIL)
    return Roster(ClassId(class_id), (Family(FamilyId("f1"), (pupil,), households),), staff, relatives, children)


PEOPLE = (
    Person(PersonId("t"), "Teacher", Role.TEACHER, TEACHER),
    guardian("m", MOTHER),
    guardian("f", FATHER),
    guardian("x", LIMITED, "h2", limited=True),
    Person(PersonId("n"), "Nana", Role.RELATIVE, NANA, None, FamilyId("f1")),
    Person(PersonId("s"), "Substitute", Role.SUBSTITUTE, SUBSTITUTE),
)


@dataclass
class House:
    """A class that stands, and what lets people into it."""

    scene: Scene
    database: Database
    accounts: FakeAccounts
    welcomed: list[tuple[str, str, RoomId]] = field(default_factory=list)

    def admission(self, *, gateway: Any = None, accounts: bool = True) -> Admission:
        gateway = gateway or self.scene.homeserver.gateway(BOT)
        roster_of: Callable[[ClassId], Roster] = lambda class_id: self.scene.roster[class_id]  # noqa: E731
        maker = self.scene.provisioner(self.database, gateway).maker
        return Admission(
            self.scene.config,
            self.database,
            gateway,
            Desks(self.scene.config, self.database, gateway, maker, roster_of),
            roster_of,
            accounts=self.accounts if accounts else None,
            welcome=lambda *said: self.welcomed.append(said),
            now=lambda: NOW,
        )

    async def enroll(self, class_id: str, *people: Person) -> None:
        """Into roster and tables, with an account of ours."""
        self.scene.roster[class_id] = a_class(class_id, *people)
        for person in people:
            assert person.user_id
            if person.user_id not in self.accounts.accounts:
                await self.accounts.create(person.user_id, person.name, person.id)
            await self.database.call(self._enroll, class_id, person)

    def _enroll(self, class_id: str, person: Person) -> None:
        assert person.user_id
        register.set_member(self.database, ClassId(class_id), person.id, person.role, limited=person.limited)
        if invitations.of_person(self.database, person.id) is None:
            register.add_person(self.database, person.name, user_id=person.user_id, person_id=person.id)
            invitations.reserve(self.database, person.id, person.user_id)

    async def arrive(self, *people: str) -> None:
        for person_id in people:
            await self.database.call(invitations.arrived, self.database, PersonId(person_id), NOW)

    async def admit(self, *people: str, **options: Any) -> None:
        await self.arrive(*people)
        for person_id in people:
            await self.admission(**options).admit(task(person_id))

    async def waiting(self) -> list[Task]:
        return [each for each in await self.database.call(tasks.due, self.database, 1e12, 100) if each.name == ADMIT]

    async def do_tasks(self) -> None:
        for each in await self.waiting():
            await self.admission().admit(each)
            await self.database.call(tasks.done, self.database, each)

    def joined(self, user_id: UserId, membership: str = "join") -> list[str]:
        """Keys of the rooms that somebody is in, as class and address say."""
        found = []
        for alias, room_id in self.scene.homeserver.aliases.items():
            if self.scene.homeserver.rooms[room_id].membership(user_id) == membership:
                found.append(alias.partition(":")[0].removeprefix("#classroom."))
        return found

    def changes_of(self, user_id: UserId, key: str) -> list[str]:
        events = self.scene.room(key).events
        return [e["content"]["membership"] for e in events if e["type"] == "m.room.member" and e.get("state_key") == user_id]


def task(person_id: str, *only: RoomId) -> Task:
    return Task(1, f"admit|{person_id}|1", ADMIT, None, (person_id, *only), 0)


def rooms_of(class_id: str, *keys: str) -> list[str]:
    return [f"{class_id}.{key}" for key in keys]


@pytest.fixture
async def house(scene: Scene) -> AsyncIterator[House]:
    database = scene.open()
    house = House(scene, database, FakeAccounts(scene.homeserver, bot=BOT))
    await house.enroll("3b", *PEOPLE)
    await scene.provisioner(database).apply(scene.config.klass("3b"))
    yield house
    database.close()


async def test_guardian_enters_the_space_then_rooms_then_the_desk(house: House) -> None:
    await house.admit("m")
    entered = [
        house.scene.homeserver.rooms[room].state["m.room.name", ""]["content"]["name"]
        for room in house.accounts.entered[MOTHER]
    ]
    assert (entered[0], entered[-1], len(entered)) == ("3Б", DESK_NAME, 10)
    desk = house.scene.room("desk.h1").id
    assert house.accounts.accounts[MOTHER].direct == {desk}
    assert house.welcomed == [("3b", "h1", desk)]
    assert (await house.database.call(invitations.of_person, house.database, PersonId("m"))).admitted_at == NOW


async def test_admission_costs_one_call_and_no_event_but_joins(house: House) -> None:
    await house.admit("m")
    before = {room.id: len(room.events) for room in house.scene.homeserver.rooms.values()}
    gateway = MortalGateway(house.scene.homeserver.gateway(BOT))
    house.accounts.calls.clear()
    await house.admit("f", gateway=gateway)
    grown = {house.scene.homeserver.rooms[room].membership(FATHER) for room, count in before.items()
             if len(house.scene.homeserver.rooms[room].events) == count + 1}  # fmt: skip
    assert (gateway.verbs, house.accounts.calls, grown) == ([], [("let_in", FATHER)], {"join"})


async def test_who_has_not_arrived_is_let_in_nowhere(house: House) -> None:
    await house.admission().admit(task("m"))
    assert (house.accounts.entered, house.joined(MOTHER), house.welcomed) == ({}, [], [])


async def test_account_made_by_others_is_not_admitted_by_us(house: House) -> None:
    await house.arrive("m")
    await house.database.call(invitations.remove, house.database, PersonId("m"))
    await house.admission().admit(task("m"))
    assert house.accounts.entered == {}


async def test_court_limited_adult_gets_no_room_and_no_desk(house: House) -> None:
    await house.admit("x")
    assert (house.accounts.entered, house.joined(LIMITED, "invite"), house.welcomed) == ({}, [], [])
    assert "#classroom.3b.desk.h2:school.localhost" not in house.scene.homeserver.aliases


async def test_relative_gets_the_shared_rooms_only(house: House) -> None:
    await house.admit("m", "n")
    assert house.joined(NANA) == rooms_of("3b", "space", *SHARED)
    assert house.welcomed == [("3b", "h1", house.scene.room("desk.h1").id)]


async def test_pupil_gets_into_three_rooms_and_no_desk(house: House) -> None:
    kid = Person(PersonId("k"), "Kid", Role.PUPIL, UserId("@kid:school.localhost"), None, FamilyId("f1"), HouseholdId("h1"))
    await house.enroll("3b", *PEOPLE, kid)
    await house.scene.provisioner(house.database).apply(house.scene.config.klass("3b"))
    await house.admit("k")
    assert house.joined(UserId("@kid:school.localhost")) == rooms_of("3b", "homework", "albums", "publications")
    assert house.welcomed == []


async def test_teacher_who_comes_late_gets_into_the_desks_that_are_there(house: House) -> None:
    await house.admit("m")
    assert house.joined(TEACHER) == []
    await house.admit("t")
    assert house.joined(TEACHER) == rooms_of("3b", "space", *SHARED, "staff", "desk.h1")


async def test_teacher_who_has_arrived_gets_into_a_new_desk(house: House) -> None:
    await house.admit("t")
    await house.admit("m")
    (started,) = await house.waiting()
    assert started.arguments == ("t", house.scene.room("desk.h1").id)
    await house.do_tasks()
    assert "3b.desk.h1" in house.joined(TEACHER)


async def test_substitute_gets_into_handed_over_desks_only(house: House) -> None:
    await house.admit("m", "s")
    assert house.joined(SUBSTITUTE) == rooms_of("3b", "space", *SHARED, "staff")
    await house.database.call(handovers.give, house.database, ClassId("3b"), HouseholdId("h1"), PersonId("s"), NOW)
    await house.scene.provisioner(house.database).apply(house.scene.config.klass("3b"))
    await house.do_tasks()
    assert "3b.desk.h1" in house.joined(SUBSTITUTE)


async def test_missing_invitation_is_made_good(house: House) -> None:
    space = house.scene.room("space")
    del space.state["m.room.member", MOTHER]
    await house.admit("m")
    assert house.joined(MOTHER) == rooms_of("3b", "space", *SHARED, "desk.h1")


async def test_banned_person_stays_out_of_that_room(house: House) -> None:
    await house.admit("m")
    house.scene.homeserver.append(house.scene.room("desk.h1"), TEACHER, "m.room.member", {"membership": "ban"}, FATHER)
    await house.admit("f")
    assert house.joined(FATHER) == rooms_of("3b", "space", *SHARED)


async def test_refusal_that_is_no_missing_invitation_is_an_error(house: House) -> None:
    house.accounts.failures["let_in"] = [PermanentError("M_USER_LOCKED", 403, "locked")]
    with pytest.raises(PermanentError, match="M_USER_LOCKED"):
        await house.admit("m")
    assert house.welcomed == []


async def test_without_accounts_process_everybody_is_invited_everywhere_once(house: House) -> None:
    await house.admit("m", accounts=False)
    await house.admit("m", accounts=False)
    assert house.joined(MOTHER, "invite") == rooms_of("3b", "space", *SHARED, "desk.h1")
    assert [house.changes_of(MOTHER, key) for key in ("space", "talk", "desk.h1")] == [["invite"]] * 3
    assert house.scene.room("desk.h1").state["m.room.member", MOTHER]["content"]["is_direct"]


async def test_account_that_the_accounts_process_does_not_know_is_invited_everywhere(house: House) -> None:
    del house.accounts.accounts[MOTHER]
    await house.admit("m")
    assert house.joined(MOTHER, "invite") == rooms_of("3b", "space", *SHARED, "desk.h1")


async def test_admission_waits_for_rooms_that_are_being_made(house: House) -> None:
    await house.enroll("4a", guardian("y", UserId("@y:school.localhost"), "h9"))
    with pytest.raises(TemporaryError):
        await house.admit("y")


async def test_guardian_of_two_classes_has_a_desk_in_each_with_its_own_staff(house: House) -> None:
    other = Person(PersonId("o"), "Other", Role.TEACHER, OTHER_TEACHER)
    await house.enroll("4a", other, guardian("m", MOTHER))
    await house.scene.provisioner(house.database).apply(house.scene.config.klass("4a"))
    await house.admit("m", "t", "o")
    assert {"3b.desk.h1", "4a.desk.h1", "3b.talk", "4a.talk"} <= set(house.joined(MOTHER))
    assert [key for key in house.joined(TEACHER) if "4a" in key] == []
    assert [key for key in house.joined(OTHER_TEACHER) if "3b" in key] == []
    assert [said[:2] for said in house.welcomed] == [("3b", "h1"), ("4a", "h1")]


async def test_class_that_comes_later_opens_its_rooms_and_desk_without_a_click(house: House) -> None:
    await house.admit("m")
    await house.enroll("4a", guardian("m", MOTHER))
    await house.scene.provisioner(house.database).apply(house.scene.config.klass("4a"))
    await house.do_tasks()
    assert [key for key in house.joined(MOTHER) if "4a" in key] == rooms_of("4a", "space", *SHARED, "desk.h1")
    assert house.welcomed[-1][:2] == ("4a", "h1")


async def test_class_whose_year_is_over_lets_nobody_in(house: House) -> None:
    await house.database.call(archive.archive, house.database, ClassId("3b"), ClassId("4a"))
    await house.admit("m")
    assert house.accounts.entered == {}


async def test_desk_moves_to_the_next_class_with_marker_address_and_people(house: House) -> None:
    await house.admit("m", "t")
    desk = house.scene.room("desk.h1")
    other = Person(PersonId("o"), "Other", Role.TEACHER, OTHER_TEACHER)
    await house.enroll("4a", other, guardian("m", MOTHER), guardian("f", FATHER))

    def move() -> None:
        archive.archive(house.database, ClassId("3b"), ClassId("4a"))
        rooms.remember_room(house.database, desk.id, ClassId("4a"), "desk", HouseholdId("h1"))

    await house.database.call(move)
    for class_id in ("3b", "4a"):
        await house.scene.provisioner(house.database).apply(house.scene.config.klass(class_id))
    await house.do_tasks()
    marker = {"class": "4a", "role": "desk", "household": "h1"}
    assert desk.state["org.classroom_matrix.room", ""]["content"] == marker
    assert desk.state["m.room.canonical_alias", ""]["content"] == {"alias": "#classroom.4a.desk.h1:school.localhost"}
    addresses = [alias for alias, room_id in house.scene.homeserver.aliases.items() if room_id == desk.id]
    assert addresses == ["#classroom.4a.desk.h1:school.localhost"]
    assert (desk.membership(MOTHER), desk.membership(TEACHER), desk.membership(OTHER_TEACHER)) == ("join", "leave", "invite")


async def test_new_room_opens_for_those_who_are_in_and_nobody_else(house: House) -> None:
    await house.admit("m")
    parts = "rooms: {chess: {name: Шахматы}}"
    house.scene.configure(CONFIG.replace("name: 3Б", f"name: 3Б, {parts}"))
    await house.scene.provisioner(house.database).apply(house.scene.config.klass("3b"))
    (started,) = await house.waiting()
    assert started.arguments == ("m", house.scene.room("chess").id)
    await house.do_tasks()
    assert ("3b.chess" in house.joined(MOTHER), "3b.chess" in house.joined(FATHER)) == (True, False)


async def test_who_left_a_room_by_themselves_stays_out(house: House) -> None:
    await house.admit("m")
    await house.scene.homeserver.gateway(MOTHER).leave(house.scene.room("talk").id)
    await house.scene.provisioner(house.database).apply(house.scene.config.klass("3b"))
    assert await house.waiting() == []


async def test_leaver_is_removed_from_everything_in_silence_and_may_come_back(house: House) -> None:
    await house.admit("m", "f")
    await house.database.call(register.remove_member, house.database, ClassId("3b"), PersonId("m"))
    house.scene.roster["3b"] = a_class("3b", *(person for person in PEOPLE if person.id != "m"))
    await house.scene.provisioner(house.database).apply(house.scene.config.klass("3b"))
    assert (house.joined(MOTHER), house.scene.told) == ([], [])
    await house.enroll("3b", *PEOPLE)
    await house.scene.provisioner(house.database).apply(house.scene.config.klass("3b"))
    await house.do_tasks()
    assert house.joined(MOTHER) == rooms_of("3b", "space", *SHARED, "desk.h1")


async def test_household_that_left_loses_its_desk(house: House) -> None:
    await house.admit("m", "f")
    for person in ("m", "f"):
        await house.database.call(register.remove_member, house.database, ClassId("3b"), PersonId(person))
    house.scene.roster["3b"] = a_class("3b", PEOPLE[0])
    await house.scene.provisioner(house.database).apply(house.scene.config.klass("3b"))
    desk = house.scene.room("desk.h1")
    assert (desk.membership(MOTHER), desk.membership(FATHER), desk.membership(BOT)) == ("leave", "leave", "join")
    assert desk.state["m.room.name", ""]["content"]["name"] == DESK_NAME


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("at", [1, 2, 3])  # the desk, a look at the membership that is missing, the invitation
async def test_killed_admission_repeats_nothing(house: House, at: int, after: bool) -> None:
    space = house.scene.room("space")
    del space.state["m.room.member", MOTHER]
    space.events[:] = [e for e in space.events if e.get("state_key") != MOTHER]
    gateway = MortalGateway(house.scene.homeserver.gateway(BOT), at=at, after=after)
    with pytest.raises(Killed):
        await house.admit("m", gateway=gateway)
    await house.admit("m")
    assert [house.changes_of(MOTHER, key) for key in ("space", "talk", "desk.h1")] == [
        ["invite", "join"],
        ["join"],
        ["invite", "join"],
    ]
    assert len(house.joined(MOTHER)) == 10


async def test_second_teacher_gets_power_and_every_desk(house: House) -> None:
    await house.admit("m")
    second = Person(PersonId("t2"), "Second", Role.TEACHER, OTHER_TEACHER)
    await house.enroll("3b", *PEOPLE, second)
    await house.scene.provisioner(house.database).apply(house.scene.config.klass("3b"))
    await house.admit("t2")
    desk = house.scene.room("desk.h1")
    assert desk.membership(OTHER_TEACHER) == "join"
    assert desk.state["m.room.power_levels", ""]["content"]["users"] == {TEACHER: 50, OTHER_TEACHER: 50}


async def test_teacher_who_was_taken_out_and_renamed_people_stay(house: House) -> None:
    """Nothing but the roster decides: another display name changes nothing."""
    await house.admit("m")
    renamed = replace(PEOPLE[1], name="Учитель Ольга Петровна")
    await house.enroll("3b", PEOPLE[0], renamed, PEOPLE[2])
    await house.scene.provisioner(house.database).apply(house.scene.config.klass("3b"))
    assert "3b.staff" not in house.joined(MOTHER)


async def test_court_limit_that_comes_while_somebody_is_let_in_holds(house: House) -> None:
    await house.arrive("m")
    enter = house.accounts.let_in

    async def limited_meanwhile(user_id: UserId, rooms: Sequence[RoomId], *, direct: Collection[RoomId] = ()) -> None:
        people = [replace(person, limited=True) if person.id == "m" else person for person in PEOPLE]
        house.scene.roster["3b"] = a_class("3b", *people)
        await house.database.call(house.database.execute, "UPDATE member SET limited = 1 WHERE person_id = 'm'")
        await house.scene.apply()
        await enter(user_id, rooms, direct=direct)

    house.accounts.let_in = limited_meanwhile  # type: ignore[method-assign]
    await house.admission().admit(task("m"))
    assert house.joined(MOTHER) == house.joined(MOTHER, "invite") == []
