"""`!slip`: the whole way from the command to the words in the staff room, and out of it again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from classroom_matrix.errors import TemporaryError
from classroom_matrix.roster.reissue import LASTS
from classroom_matrix.storage import invitations, tasks
from classroom_matrix.testing.conversation import SERVER

from .reissuing_school import School


def test_a_family_gets_one_message_with_words_for_each_of_them(school: School):
    school.talk.teacher.says("!пропуск Беляев", room="staff")
    school.work()
    (message,) = school.slips()
    assert message.count("https://school.example/j/") == 2
    assert (school.open(message, "Анна Беляева"), school.open(message, "Павел Беляев")) == ("right", "right")
    assert len(school.accounts.accounts) == 2


@pytest.mark.parametrize("who", ["Беляева Анне", "Анна Беляева", "1 Анна", "Беляев Анна", "Семён Беляев Анне"])
def test_one_person_is_named_in_any_case(school: School, who: str):
    school.talk.teacher.says(f"!slip {who}", room="staff")
    school.work()
    (message,) = school.slips()
    assert "Анна Беляева" in message
    assert "Павел" not in message


@pytest.mark.parametrize("who", ["Беляев", "Беляевой", "Семён Беляев", "1"])
def test_a_pupil_means_the_whole_family(school: School, who: str):
    school.talk.teacher.says(f"!slip {who}", room="staff")
    school.work()
    assert school.slips()[0].count("https://school.example/j/") == 2


@pytest.mark.parametrize("who", ["", "Никто", "99", "Анна Никто"])
def test_a_family_that_nobody_knows_is_told(school: School, who: str):
    school.talk.teacher.says(f"!пропуск {who}", room="staff")
    assert tasks.next_due(school.talk.database) is None
    assert school.talk.texts("staff")[-1]


def test_the_words_stand_in_the_staff_room_wherever_the_teacher_asks(school: School):
    command = school.talk.teacher.sends("m.room.message", {"msgtype": "m.text", "body": "!пропуск Ким"}, room="talk")
    school.work()
    assert len(school.slips()) == 1
    assert not any("school.example/j/" in text for text in school.talk.texts("talk"))
    redactions = [
        e for e in school.talk.homeserver.rooms[school.talk.room_id("talk")].events if e["type"] == "m.room.redaction"
    ]
    assert [event["content"]["redacts"] for event in redactions] == [command]


def test_the_message_is_in_the_language_of_who_asks(school: School):
    school.talk.teacher.says("!language english", room="staff")
    school.talk.teacher.says("!slip Belyaev", room="staff")
    school.work()
    (message,) = school.slips()
    assert "Pass the address and the five words on in person." in message
    assert school.reissues._text(school.config.classes[0], "slip-where").startswith("Слова пропуска")


@pytest.mark.parametrize(
    ("who", "said"),
    [
        ("Беляев Павел", "По решению суда доступ ограничен: Павел Беляев. Пропуск не выдаётся."),
        ("Павел Беляев", "По решению суда доступ ограничен: Павел Беляев. Пропуск не выдаётся."),
        ("Беляев Ольга", "Кому именно: «Ольга»? В семье (Семён Беляев): Анна Беляева"),
        ("Анна Сергеевна", "Это сотрудник школы: Анна Сергеевна. Пропуск сотруднику выдаёт"),
        ("Сергеевна", "classroom-matrix slips --pupil ФАМИЛИЯ"),
    ],
)
def test_who_gets_no_slip_from_the_chat_is_explained(school: School, who: str, said: str):
    school.talk.database.execute("UPDATE member SET limited = 1 WHERE person_id = 'guardian1'")
    school.talk.teacher.says(f"!пропуск {who}", room="staff")
    assert said in school.talk.texts("staff")[-1]
    assert tasks.next_due(school.talk.database) is None


def test_a_family_under_a_court_limit_alone_gets_no_empty_dash(school: School):
    school.talk.database.execute("UPDATE member SET limited = 1 WHERE person_id = 'guardian2'")
    for who in ("Ким", "Ким Ольга", "Ким Анна"):
        school.talk.teacher.says(f"!пропуск {who}", room="staff")
        assert school.talk.texts("staff")[-1] == "По решению суда доступ ограничен: Ольга Ким. Пропуск не выдаётся."


@pytest.mark.parametrize("who", ["Ким", "Ким Ольга"])
def test_an_account_that_it_made_is_its_business(school: School, who: str):
    school.talk.database.execute("UPDATE person SET user_id = ? WHERE id = 'guardian2'", (f"@kim:{SERVER}",))
    school.talk.teacher.says(f"!пропуск {who}", room="staff")
    assert school.talk.texts("staff")[-1].startswith("Аккаунт создан не через пропуск: Ольга Ким.")


def test_a_guardian_cannot_ask(school: School):
    school.talk.database.execute("UPDATE person SET user_id = ? WHERE id = 'guardian2'", (f"@guardian2:{SERVER}",))
    school.talk.guardian(2).says("!пропуск Ким")
    school.work()
    assert school.slips() == []
    assert tasks.next_due(school.talk.database) is None


def test_a_task_that_is_repeated_makes_nothing_twice(school: School):
    school.talk.teacher.says("!пропуск Беляев", room="staff")
    school.work(killed=True)
    before = school.slips()
    school.work()
    assert school.slips() == before
    assert school.open(before[0], "Анна") == "right"
    assert len(school.accounts.accounts) == 2


def test_the_outbox_keeps_no_words_once_they_are_sent(school: School):
    school.talk.teacher.says("!пропуск Ким", room="staff")
    school.work()
    assert school.outbox("|unkept") == [b""]
    dump = "\n".join(school.talk.database.peewee.connection().iterdump())
    assert [word for word in school.slips()[0].split("\n")[2].split() if len(word) > 4 and word in dump] == []


def test_the_message_goes_when_all_its_words_are_used(school: School):
    school.talk.teacher.says("!пропуск Беляев", room="staff")
    school.work()
    now = school.talk.clock.seconds()
    invitations.arrived(school.talk.database, "guardian0", now)
    school.work()
    assert len(school.slips()) == 1
    invitations.arrived(school.talk.database, "guardian1", now)
    school.work()
    assert school.slips() == []
    assert tasks.next_due(school.talk.database) is None


def test_the_message_goes_when_its_words_expire(school: School):
    school.talk.teacher.says("!пропуск Ким", room="staff")
    school.work()
    (message,) = school.slips()
    school.talk.clock.advance(LASTS - timedelta(seconds=60))
    school.work()
    assert school.slips() == [message]
    school.talk.clock.advance(timedelta(seconds=120))
    school.work()
    assert school.slips() == []
    assert school.open(message, "Ольга") == "expired"


def test_asking_again_replaces_the_words_and_takes_the_first_message_back(school: School):
    for _ in range(2):
        school.talk.teacher.says("!пропуск Ким", room="staff")
        school.work()
    school.work()
    (message,) = school.slips()
    assert school.open(message, "Ольга") == "right"


def test_who_is_in_has_to_be_named_and_is_told_at_home(school: School):
    school.talk.teacher.says("!пропуск Ким", room="staff")
    school.work()
    invitations.arrived(school.talk.database, "guardian2", school.talk.clock.seconds())
    school.work()
    school.talk.teacher.says("!пропуск Ким", room="staff")
    assert "все уже в чате" in school.talk.texts("staff")[-1]
    school.talk.teacher.says("!пропуск Ким Ольга", room="staff")
    school.work()
    assert len(school.slips()) == 1
    household = next(p.household_id for p in school.talk.roster.people() if p.id == "guardian2")
    assert "новый пропуск: Ольга Ким" in school.talk.texts(household)[-1]


def test_a_name_that_is_not_in_the_family_is_told(school: School):
    school.talk.teacher.says("!пропуск Беляев Ольга", room="staff")
    assert "Анна Беляева, Павел Беляев" in school.talk.texts("staff")[-1]


def test_where_nothing_is_set_up_the_teacher_is_told_once(school: School):
    school.reissues = school.with_config(replace(school.config, join=None))
    school.talk.teacher.says("!пропуск Ким", room="staff")
    school.work(killed=True)
    school.work()
    assert [text for text in school.talk.texts("staff") if "не настроена" in text] == [school.talk.texts("staff")[-1]]


def test_a_long_wait_is_told_once_and_the_slip_comes_afterwards(school: School):
    school.accounts.failures["create"] = [TemporaryError("quota", retry_after=3600.0)] * 2
    school.talk.teacher.says("!пропуск Ким", room="staff")
    for _ in range(2):
        with pytest.raises(TemporaryError):
            school.work()
    school.work()
    assert len([text for text in school.talk.texts("staff") if "повторять команду не нужно" in text]) == 1
    assert school.open(school.slips()[0], "Ольга") == "right"


def test_a_court_limit_between_command_and_task_counts(school: School):
    school.talk.teacher.says("!пропуск Ким", room="staff")
    school.talk.database.execute("UPDATE member SET limited = 1 WHERE person_id = 'guardian2'")
    school.work()
    assert school.slips() == []
    assert school.accounts.accounts == {}
