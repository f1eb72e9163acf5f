"""Handing desks over, as a dialogue. What becomes of it in the rooms: tests/unit/domain/cases, tests/integration."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from classroom_matrix.domain.ids import ClassId
from classroom_matrix.domain.people import Role
from classroom_matrix.storage import drift, handovers
from classroom_matrix.storage.tables import MemberRow, PersonRow
from classroom_matrix.testing.conversation import CLASS, SERVER, Conversation
from classroom_matrix.testing.voice import Voice

from .toy.plugin import plugin

REMOVED = "Команда в той комнате убрана: семьи прочли бы, о ком она. Такие команды лучше писать здесь."


@pytest.fixture
def talk() -> Iterator[Conversation]:
    with Conversation(plugin) as conversation:
        colleague("sub", "Анна Сидорова", Role.SUBSTITUTE)
        colleague("psy", "Вера Ильина", Role.SPECIALIST)
        yield conversation


def colleague(person_id: str, name: str, role: Role) -> None:
    PersonRow.create(id=person_id, name=name, user_id=f"@{person_id}:{SERVER}")
    MemberRow.create(class_id=CLASS, person_id=person_id, role=role)


def words(talk: Conversation, room: str) -> list[str]:
    """Messages of people that still stand in a room."""
    return [message.body for message in talk.room(room) if message.body not in talk.texts(room)]


def reactions(talk: Conversation, room: str) -> list[str]:
    events = talk.homeserver.rooms[talk.room_id(room)].events
    return [event["content"]["m.relates_to"]["key"] for event in events if event["type"] == "m.reaction"]


def handed_over(talk: Conversation) -> dict[str, set[str]]:
    found = handovers.of_class(talk.database, ClassId(CLASS))
    return {str(home): {str(person) for person in people} for home, people in found.items()}


def voice(talk: Conversation, name: str) -> Voice:
    person = next(person for person in talk.roster.people() if name in person.name)
    assert person.user_id is not None
    talk._runner.run(talk._put_in(talk.room_id("staff"), person))
    return Voice(talk, person.user_id, person)


def test_teacher_hands_a_family_s_desks_over_and_takes_them_back(talk: Conversation) -> None:
    talk.teacher.says("!передать Беляев Сидоровой", room="staff")
    talk.teacher.says("!передать Чернов Вера Ильина", room="staff")
    assert handed_over(talk) == {"family1-0": {"sub"}, "family2-0": {"psy"}, "family2-1": {"psy"}}
    talk.teacher.says("!забрать Чернов Ильина", room="staff")
    talk.teacher.says("!забрать Чернов Ильина", room="staff")
    assert handed_over(talk) == {"family1-0": {"sub"}}
    later = "и видит то, что будет сказано дальше. Забрать обратно: !забрать"
    family = "Таисия Беляева, Семён Беляев"
    assert talk.texts("staff") == [
        f"Анна Сидорова теперь в личной комнате семьи ({family}) {later}",
        f"Вера Ильина теперь в личной комнате семьи (Марк Чернов) {later}",
        "Вера Ильина больше не в личной комнате семьи (Марк Чернов).",
        "Личная комната семьи (Марк Чернов) не передана: Вера Ильина её не видит.",
    ]


def test_the_same_in_english() -> None:
    with Conversation(plugin, language="en") as talk:
        colleague("sub", "Anna Sidorova", Role.SUBSTITUTE)
        talk.teacher.says("!handover Калинина Sidorova", room="staff")
        talk.teacher.says("!takeback Калинина Sidorova", room="staff")
        assert [text.split(" (")[0] for text in talk.texts("staff")] == [
            "Anna Sidorova is in the family's private room now",
            "Anna Sidorova is not in the family's private room any more",
        ]


def test_desk_that_is_there_is_looked_at_at_once(talk: Conversation) -> None:
    talk.teacher.says("!передать Калинина Ильина", room="staff")
    assert drift.marked(talk.database) == []
    talk.guardian(2).says("!help", room="talk")
    desk = talk._runner.run(talk._desk_of(CLASS, "family1-0"))  # type: ignore[arg-type]
    talk.teacher.says("!передать Беляев Ильина", room="staff")
    assert [mark.room_id for mark in drift.marked(talk.database)] == [desk]
    assert talk.database.execute("SELECT name FROM task").fetchall() == [("look",), ("look",)]


def test_substitute_cannot_let_themselves_in(talk: Conversation) -> None:
    voice(talk, "Сидорова").says("!передать Беляев Сидорова", room="staff")
    assert handed_over(talk) == {}
    assert talk.texts("staff") == ["Личную комнату может передать и забрать только сам учитель класса."]


def test_guardian_cannot_hand_over(talk: Conversation) -> None:
    talk.guardian(0).says("!передать Беляев Сидорова", room="talk")
    assert handed_over(talk) == {}


def test_unclear_colleague_is_asked_about(talk: Conversation) -> None:
    talk.teacher.says("!передать Беляев Петрова", room="staff")
    assert talk.texts("staff") == ["Кому именно: «Петрова»? Можно: Анна Сидорова; Вера Ильина"]
    assert handed_over(talk) == {}


def test_class_without_colleagues_says_so() -> None:
    with Conversation(plugin) as talk:
        talk.teacher.says("!передать Беляев Петрова", room="staff")
        assert talk.texts("staff") == ["В классе нет ни замены, ни специалистов: передать личную комнату некому."]


def test_question_that_names_people_is_not_asked_in_front_of_others(talk: Conversation) -> None:
    talk.teacher.says("!забрать Калинина Сидорова", room="talk")
    talk.teacher.says("!передать Калинина Кто", room="talk")
    assert talk.texts("talk") == []
    assert talk.texts("staff") == [
        f"Личная комната семьи (Ксения Калинина) не передана: Анна Сидорова её не видит.\n{REMOVED}",
        f"Кому именно: «Кто»? Можно: Анна Сидорова; Вера Ильина\n{REMOVED}",
    ]


@pytest.mark.parametrize("room", ["announcements", "talk"])
@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("!передать Беляев Ильина", "Вера Ильина теперь в личной комнате семьи"),
        ("!забрать Беляев Ильина", "не передана"),
        ("!передать Никто Ильина", "Не нахожу в классе «Никто»"),
        ("!предать Беляев Ильина", "Не знаю команды «!предать». Может быть, !передать?"),
    ],
)
def test_command_that_names_people_does_not_stay_where_families_read(
    talk: Conversation, command: str, answer: str, room: str
) -> None:
    talk.teacher.says(command, room=room)
    assert words(talk, room) == []
    assert reactions(talk, room) == []
    (said,) = talk.texts("staff")
    assert answer in said
    assert said.endswith("\n" + REMOVED)


def test_command_that_names_people_stays_in_the_staff_room(talk: Conversation) -> None:
    talk.teacher.says("!передать Беляев Ильина", room="staff")
    assert words(talk, "staff") == ["!передать Беляев Ильина"]


def test_command_in_a_family_s_own_room_is_removed_there_too(talk: Conversation) -> None:
    desk = talk._runner.run(talk._desk_of(CLASS, "family1-0"))  # type: ignore[arg-type]
    talk.teacher.says("!пропуск Чернов", room=desk)
    assert words(talk, desk) == []
    assert talk.texts("staff")[-1].endswith(REMOVED)


def test_slip_asked_for_where_families_read_leaves_no_name_there(talk: Conversation) -> None:
    talk.database.execute("UPDATE person SET user_id = NULL WHERE id = 'guardian0'")
    talk.teacher.says("!пропуск Калинина", room="announcements")
    assert words(talk, "announcements") == []
    assert talk.texts("staff") == [REMOVED], "the words come by themselves"


def test_other_commands_stay_where_they_were_written(talk: Conversation) -> None:
    talk.teacher.says("!вход", room="talk")
    assert words(talk, "talk") == ["!вход"]


def test_guardian_s_forbidden_command_is_answered_at_home_and_stays_theirs(talk: Conversation) -> None:
    talk.guardian(0).says("!передать Беляев Ильина", room="talk")
    assert words(talk, "talk") == ["!передать Беляев Ильина"]
    assert reactions(talk, "talk") == ["❔"]
    assert talk.texts("family0-0") == ["Эта команда — для учителя. Если вам нужно то, что она делает, напишите учителю."]


def test_relative_s_forbidden_command_gets_a_mark_and_no_sentence(talk: Conversation) -> None:
    colleague("granny", "Бабушка", Role.RELATIVE)
    person = next(one for one in talk.roster.people() if one.id == "granny")
    assert person.user_id
    talk._runner.run(talk._put_in(talk.room_id("talk"), person))
    count = talk.count_of_bot()
    Voice(talk, person.user_id, person).says("!вход", room="talk")
    assert (reactions(talk, "talk"), talk.count_of_bot()) == (["❔"], count)


@pytest.mark.parametrize("wrong", ["!опрссс", "!вхд", "!передать"])
def test_slip_of_the_pen_is_not_answered_before_all_families(talk: Conversation, wrong: str) -> None:
    talk.teacher.says(wrong, room="talk")
    assert talk.texts("talk") == []
    assert len(talk.texts("staff")) == 1
