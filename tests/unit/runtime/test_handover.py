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

BOTH = {"family1-0"}


@pytest.fixture
def talk() -> Iterator[Conversation]:
    with Conversation(plugin) as conversation:
        colleague("sub", "Анна Сидорова", Role.SUBSTITUTE)
        colleague("psy", "Вера Ильина", Role.SPECIALIST)
        yield conversation


def colleague(person_id: str, name: str, role: Role) -> None:
    PersonRow.create(id=person_id, name=name, user_id=f"@{person_id}:{SERVER}")
    MemberRow.create(class_id=CLASS, person_id=person_id, role=role)


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
        "Личная комната семьи (Ксения Калинина) не передана: Анна Сидорова её не видит.",
        "Кому именно: «Кто»? Можно: Анна Сидорова; Вера Ильина",
    ]
