"""`!audit`, the audit of the morning, and names that imitate staff."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from classroom_matrix.domain.ids import ClassId, UserId
from classroom_matrix.runtime.core.audit import begin_daily_audits, next_morning
from classroom_matrix.storage import archive
from classroom_matrix.testing.conversation import CLASS, Conversation

MOSCOW = ZoneInfo("Europe/Moscow")


def tasks_of(talk: Conversation) -> list[tuple[str, str]]:
    rows = talk._runner.run(
        talk.database.call(lambda: list(talk.database.execute("SELECT name, arguments FROM task ORDER BY id")))
    )
    return [(name, arguments) for name, arguments in rows]


def begin(talk: Conversation) -> None:
    talk._runner.run(talk.database.call(begin_daily_audits, talk.database, talk.registry.setups, talk.clock.seconds()))


def jobs_of(talk: Conversation) -> list[datetime]:
    rows = talk._runner.run(talk.database.call(lambda: list(talk.database.execute("SELECT due FROM job"))))
    return [datetime.fromtimestamp(row[0], MOSCOW) for row in rows]


def call_oneself(talk: Conversation, user_id: UserId, name: str, room: str = "talk") -> None:
    async def rename() -> None:
        content = {"membership": "join", "displayname": name}
        talk.homeserver.append(talk.homeserver.rooms[talk.room_id(room)], user_id, "m.room.member", content, user_id)

    talk.do(rename())


@pytest.mark.parametrize("command", ["!сверка", "!audit", "!проверка"])
def test_teacher_asks_for_an_audit(command: str) -> None:
    with Conversation({}) as talk:
        talk.teacher.says(command, room="staff")
        assert tasks_of(talk) == [("audit", '["asked","ru"]')]


def test_audit_is_asked_for_in_the_language_of_the_person() -> None:
    with Conversation({}) as talk:
        talk.teacher.says("!language english", room="staff")
        talk.teacher.says("!audit", room="staff")
        assert tasks_of(talk) == [("audit", '["asked","en"]')]


def test_audit_that_was_asked_for_elsewhere_is_marked_as_heard() -> None:
    with Conversation({}) as talk:
        talk.teacher.says("!сверка", room="talk")
        reactions = [e for e in talk.homeserver.rooms[talk.room_id("talk")].events if e["type"] == "m.reaction"]
        assert [e["content"]["m.relates_to"]["event_id"] for e in reactions] == [talk.event_of("!сверка", "talk")]
        assert talk.texts("talk") == []


def test_guardian_may_not_ask_for_an_audit() -> None:
    with Conversation({}) as talk:
        talk.guardian(0).says("!сверка", room="talk")
        assert tasks_of(talk) == []


def test_audit_comes_every_morning() -> None:
    with Conversation({}) as talk:
        begin(talk)
        assert [one.date().isoformat() for one in jobs_of(talk)] == ["2026-11-17"]
        talk.advance(days=3)
        assert tasks_of(talk) == [("audit", '["daily"]')] * 3
        assert [one.date().isoformat() for one in jobs_of(talk)] == ["2026-11-20"]


def test_another_start_moves_no_audit() -> None:
    with Conversation({}, start=datetime(2026, 11, 16, 7, 0)) as talk:
        begin(talk)
        talk.clock.move_to(datetime(2026, 11, 16, 9, 0, tzinfo=MOSCOW))
        begin(talk)
        assert [one.date().isoformat() for one in jobs_of(talk)] == ["2026-11-16"]
        talk.settle()
        assert tasks_of(talk) == [("audit", '["daily"]')]


def test_archived_class_is_not_audited() -> None:
    with Conversation({}) as talk:
        begin(talk)
        talk._runner.run(talk.database.call(archive.archive, talk.database, CLASS, CLASS))
        talk.advance(days=2)
        begin(talk)
        assert (tasks_of(talk), jobs_of(talk)) == ([], [])


def test_morning_comes_once_on_nights_when_clocks_change() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    for day in (datetime(2026, 3, 28, 8, 0, tzinfo=berlin), datetime(2026, 10, 24, 8, 0, tzinfo=berlin)):
        morning = next_morning(day, CLASS)
        assert (morning.day, morning.hour) == (day.day + 1, 7)
        assert next_morning(morning, CLASS).day == day.day + 2
    assert next_morning(datetime(2026, 3, 28, 7, 29, 59, tzinfo=berlin), CLASS).day == 28


def test_classes_of_a_school_are_spread_over_the_time_before_school() -> None:
    night = datetime(2026, 11, 16, 3, 0, tzinfo=MOSCOW)
    mornings = [next_morning(night, ClassId(f"{year}{letter}")) for year in range(1, 12) for letter in "abcd"]
    assert {(one.hour, one.minute // 10) for one in mornings} == {(7, 3), (7, 4)}
    assert len(set(mornings)) > 30


def test_guardian_who_takes_the_teachers_name_is_told_to_staff_once() -> None:
    with Conversation({}) as talk:
        teacher = next(person.name for person in talk.roster.staff)
        guardian = talk.guardian(0)
        for room in ("talk", "space", "homework"):
            call_oneself(talk, guardian.user_id, teacher.upper(), room)
        assert guardian.person
        (told,) = talk.texts("staff")
        assert [name for name in (guardian.person.name, teacher, teacher.upper()) if name not in told] == []


def test_another_imitating_name_is_told_again() -> None:
    with Conversation({}) as talk:
        for name in ("Учитель", "Администрация", "Учитель"):
            call_oneself(talk, talk.guardian(0).user_id, name)
        assert len(talk.texts("staff")) == 2


def test_stranger_who_takes_the_teachers_name_is_told_by_account() -> None:
    with Conversation({}) as talk:
        stranger = UserId("@stranger:school.localhost")
        call_oneself(talk, stranger, next(person.name for person in talk.roster.staff))
        (told,) = talk.texts("staff")
        assert stranger in told


def test_honest_names_are_nobodys_business() -> None:
    with Conversation({}) as talk:
        guardian = talk.guardian(0)
        assert guardian.person
        for name in (guardian.person.name, "Мама", "Наташа 🌸", ""):
            call_oneself(talk, guardian.user_id, name)
        call_oneself(talk, talk.teacher.user_id, "Учитель")
        assert talk.texts("staff") == []
