"""`!slip` takes over nobody's account: who may ask for whom, who is told, and where the words stand."""

from __future__ import annotations

import pytest

from classroom_matrix.domain.ids import HouseholdId, PersonId
from classroom_matrix.domain.people import Role
from classroom_matrix.errors import TemporaryError
from classroom_matrix.storage import archive, handovers, invitations, tasks
from classroom_matrix.testing.conversation import CLASS, SERVER

from .reissuing_school import OTHER, School

OLGA = PersonId("guardian2")
OLGA_IN_WORDS = "Ким Ольга"


@pytest.fixture
def inside(school: School) -> School:
    """Ольга Ким is in, with a phone."""
    school.ask("Ким")
    user_id = next(iter(school.accounts.accounts))
    school.accounts.accounts[user_id].password = "old"
    school.accounts.log_in(user_id, "old")
    school.come_in(OLGA)
    return school


# ── Who may ask ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_substitute_gets_no_slip_for_who_is_in(inside: School):
    inside.teacher_is(Role.SUBSTITUTE)
    inside.ask(OLGA_IN_WORDS)
    assert inside.slips() == []
    assert "только учитель класса" in inside.talk.texts("staff")[-1]
    assert invitations.of_person(inside.talk.database, OLGA).arrived_at is not None


def test_a_substitute_gets_one_for_who_is_not(school: School):
    school.teacher_is(Role.SUBSTITUTE)
    school.ask("Ким")
    assert school.open(school.slips()[0], "Ольга Ким") == "right"


def test_a_substitute_gets_none_into_a_desk_that_is_in_use(school: School):
    school.talk.database.execute(
        "UPDATE member SET household_id = ? WHERE person_id = 'guardian1'", (school.home_of("guardian0"),)
    )
    school.ask("Беляев Анна")
    school.come_in("guardian0")
    school.teacher_is(Role.SUBSTITUTE)
    school.ask("Беляев")
    assert school.slips() == []
    home = HouseholdId(school.home_of("guardian0"))
    handovers.give(school.talk.database, CLASS, home, school.talk.teacher.person.id, school.talk.clock.seconds())
    school.ask("Беляев")
    assert school.open(school.slips()[0], "Павел Беляев") == "right"


@pytest.mark.parametrize("role", [Role.TEACHER, Role.SUBSTITUTE, Role.SPECIALIST])
def test_staff_of_any_class_gets_no_slip_from_a_teacher(school: School, role: Role):
    school.also_in_the_other_class(OLGA, role)
    school.ask(OLGA_IN_WORDS)
    assert school.slips() == []
    assert "slips --pupil" in school.talk.texts("staff")[-1]
    assert school.accounts.calls == []


@pytest.mark.parametrize("here", [Role.GUARDIAN, Role.RELATIVE])
def test_a_desk_of_another_class_is_opened_by_nobody_but_its_teacher(school: School, here: Role):
    school.talk.database.execute("UPDATE member SET role = ? WHERE person_id = ?", (here, OLGA))
    school.also_in_the_other_class(OLGA, Role.GUARDIAN)
    school.ask(OLGA_IN_WORDS)
    assert school.slips() == []
    assert "в другом классе" in school.talk.texts("staff")[-1]
    school.also_in_the_other_class(school.talk.teacher.person.id, Role.TEACHER)
    school.ask(OLGA_IN_WORDS)
    assert school.open(school.slips()[0], "Ольга Ким") == "right"


def test_last_years_class_stands_in_nobodys_way(school: School):
    school.also_in_the_other_class(OLGA, Role.GUARDIAN)
    archive.archive(school.talk.database, OTHER, CLASS)
    school.ask(OLGA_IN_WORDS)
    assert len(school.slips()) == 1


def test_of_a_family_those_get_one_who_may(school: School):
    school.also_in_the_other_class("guardian0", Role.TEACHER)
    school.ask("Беляев")
    (message,) = school.slips()
    assert "Павел" in message
    assert "Анна" not in message
    assert any("Анна Беляева: это ещё и сотрудник" in text for text in school.talk.texts("staff"))


def test_who_may_ask_is_asked_again_when_there_are_words(inside: School):
    inside.talk.teacher.says(f"!пропуск {OLGA_IN_WORDS}", room="staff")
    inside.teacher_is(Role.SUBSTITUTE)
    inside.work()
    assert inside.slips() == []
    assert "только учитель класса" in inside.talk.texts("staff")[-1]


def test_who_comes_in_while_words_are_drawn_keeps_what_they_have(school: School):
    school.ask("Ким")
    school.talk.teacher.says("!пропуск Ким", room="staff")
    find, calls = school.reissues._find, []

    def found(*arguments: object) -> object:
        calls.append(find(*arguments))
        if len(calls) == 1:
            invitations.arrived(school.talk.database, OLGA, school.talk.clock.seconds())
        return calls[-1]

    school.reissues._find = found
    with pytest.raises(TemporaryError):
        school.work()
    school.work()
    assert invitations.of_person(school.talk.database, OLGA).arrived_at is not None
    assert school.slips() == []


# ── Who is in ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_whose_new_slip_is_unused_is_still_in(inside: School):
    inside.ask(OLGA_IN_WORDS)
    inside.ask("Ким")
    assert "все уже в чате" in inside.talk.texts("staff")[-1]
    inside.ask(OLGA_IN_WORDS)
    told = [text for text in inside.talk.texts(inside.home_of(OLGA)) if "новый пропуск: Ольга Ким" in text]
    assert len(told) == 2


def test_the_old_phone_is_out_before_there_are_words(inside: School):
    (account,) = inside.accounts.accounts.values()
    assert account.sessions == 1
    inside.accounts.failures["set_password"] = [TemporaryError("no answer")]
    inside.talk.teacher.says(f"!пропуск {OLGA_IN_WORDS}", room="staff")
    with pytest.raises(TemporaryError):
        inside.work()
    assert inside.slips() == []
    inside.work(killed=True)
    inside.work()
    assert account.sessions == 0
    assert account.password not in (None, "old")
    (message,) = inside.slips()
    assert account.password not in message
    assert inside.open(message, "Ольга Ким") == "right"


def test_who_is_not_in_is_logged_out_of_nothing(school: School):
    school.ask("Ким")
    school.ask("Ким")
    assert [verb for verb, _ in school.accounts.calls if verb == "set_password"] == []


# ── Who is told ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_desk_and_the_other_classes_staff_are_told(school: School):
    other = school.other_class()
    home = school.also_in_the_other_class(OLGA, Role.GUARDIAN)
    school.also_in_the_other_class(school.talk.teacher.person.id, Role.TEACHER)
    school.ask("Ким")
    school.come_in(OLGA)
    school.ask(OLGA_IN_WORDS)
    for desk in (school.home_of(OLGA), str(home)):
        assert [text for text in school.talk.texts(desk) if "новый пропуск: Ольга Ким" in text] != []
    assert "Учитель класса 3Б выдал новый пропуск: Ольга Ким" in school.talk.texts(other)[-1]


def test_a_relative_of_another_class_is_told_to_its_staff(school: School):
    other = school.other_class()
    school.also_in_the_other_class(OLGA, Role.RELATIVE)
    school.ask("Ким")
    assert len(school.slips()) == 1
    assert "Ольга Ким" in school.talk.texts(other)[-1]


# ── Where the words stand ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("role", [Role.SPECIALIST, Role.SUBSTITUTE])
def test_other_staff_does_not_read_the_words(school: School, role: Role):
    school.colleague(role)
    school.ask("Ким")
    assert school.slips() == []
    assert "в личный чат" in school.talk.texts("staff")[-1]
    assert school.accounts.calls == []
    chat = school.private_chat()
    school.ask("Ким")
    assert school.slips() == []
    assert school.open(school.slips(chat)[0], "Ольга Ким") == "right"


def test_they_are_taken_back_from_a_private_chat_too(school: School):
    school.colleague(Role.SPECIALIST)
    chat = school.private_chat()
    school.ask("Ким", room=chat)
    assert len(school.slips(chat)) == 1
    school.come_in(OLGA)
    assert school.slips(chat) == []


def test_a_chat_with_others_is_not_private(school: School):
    specialist = school.colleague(Role.SPECIALIST)
    chat = school.private_chat(specialist)
    school.ask("Ким", room=chat)
    assert school.slips(chat) == []
    assert "в личный чат" in school.talk.texts("staff")[-1]


def test_a_chat_that_the_teacher_has_left_is_none(school: School):
    school.colleague(Role.SPECIALIST)
    chat = school.private_chat()
    school.run(school.talk.homeserver.gateway(school.talk.teacher.user_id).leave(chat))
    school.ask("Ким")
    assert school.slips(chat) == []
    newer = school.private_chat()
    school.ask("Ким")
    assert len(school.slips(newer)) == 1


def test_colleagues_who_are_not_in_the_staff_room_yet_read_nothing(school: School):
    school.colleague(Role.SPECIALIST, joins=())
    school.ask("Ким")
    assert len(school.slips()) == 1


def test_a_second_teacher_may_read_along(school: School):
    school.colleague(Role.TEACHER)
    school.ask("Ким")
    assert len(school.slips()) == 1


# ── Words of those who go ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("go", [invitations.void, invitations.remove])
def test_the_words_of_who_leaves_are_taken_back(school: School, go):
    school.ask("Ким")
    go(school.talk.database, OLGA)
    school.work()
    assert school.slips() == []
    assert tasks.next_due(school.talk.database) is None


def test_nobody_else_asks(school: School):
    school.talk.database.execute("UPDATE person SET user_id = ? WHERE id = ?", (f"@guardian2:{SERVER}", OLGA))
    tasks.put(school.talk.database, "k", "reissue", CLASS, OLGA, 1, "guardian0", due=0.0)
    school.work()
    assert school.slips() == []
