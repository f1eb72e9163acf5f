from __future__ import annotations

from collections.abc import Iterator

import pytest

from classroom_matrix.domain.ids import PersonId, UserId
from classroom_matrix.storage import invitations
from classroom_matrix.testing.conversation import SERVER, Conversation
from classroom_matrix.testing.invented_class import FamilySpec
from tests.unit.runtime.toy.plugin import plugin

FAMILIES = (
    FamilySpec(("Семён Беляев", "Таисия Беляева"), households=(2,)),
    FamilySpec(("Лев Ким",), households=(1,)),
    FamilySpec(("Нина Попова",), households=(1, 1)),
    FamilySpec(("Иван Орлов",), households=(1,), reach="paper"),
)
NAMES = ("Анна Беляева", "Павел Беляев", "Ольга Ким", "Вера Попова", "Юрий Попов")


@pytest.fixture
def talk() -> Iterator[Conversation]:
    with Conversation(plugin, families=FAMILIES) as talk:
        for n, name in enumerate(NAMES):
            talk.database.execute("UPDATE person SET name = ?, user_id = NULL WHERE id = ?", (name, f"guardian{n}"))
        yield talk


def issue(talk: Conversation, number: int, *, days: float = 14) -> PersonId:
    person, now = PersonId(f"guardian{number}"), talk.clock.seconds()
    invitations.reserve(talk.database, person, UserId(f"@u{number}:{SERVER}"))
    invitations.created(talk.database, person, now)
    invitations.issue(talk.database, person, handle=f"h{number}", secret="s", now=now, expires_at=now + days * 86_400)
    return person


def test_everybody_is_grouped_by_where_they_are_stuck(talk: Conversation):
    now = talk.clock.seconds()
    invitations.opened(talk.database, issue(talk, 1), now)
    for _ in range(3):
        invitations.failed(talk.database, issue(talk, 2) if _ == 0 else PersonId("guardian2"), now)
    issue(talk, 3, days=-1)
    person = issue(talk, 4)
    invitations.arrived(talk.database, person, now)
    invitations.admitted(talk.database, person, now)
    talk.teacher.says("!вход", room="staff")
    said = talk.texts("staff")[-1]
    assert said.split("\n")[0] == "В чате 2 из 6 человек, семей — 1 из 3."
    assert "Без приложения — 1 семья." in said
    groups = said[said.index("Слова не подошли") :]
    assert [line for line in groups.replace("• ", "").replace("- ", "").split("\n") if line] == [
        "Слова не подошли: 1 человек",
        "Лев Ким: Ольга Ким (3 раза)",
        "Открыли страницу, но не ввели слова: 1 человек",
        "Семён Беляев, Таисия Беляева: Павел Беляев",
        "Пропуск просрочен: 1 человек",
        "Нина Попова: Вера Попова (до 15.11.)",
        "Пропуска ещё нет: 1 человек",
        "Семён Беляев, Таисия Беляева: Анна Беляева",
        "Новый пропуск: !пропуск и фамилия ученика.",
    ]


def test_the_list_stands_in_the_staff_room_wherever_the_teacher_asks(talk: Conversation):
    talk.teacher.says("!arrivals", room="talk")
    assert "1 из 6" in talk.texts("staff")[-1]
    assert not any("из 6" in text for text in talk.texts("talk"))


def test_a_family_whose_adults_are_all_somewhere_stands_in_one_line(talk: Conversation):
    talk.teacher.says("!вход", room="staff")
    assert "Семён Беляев, Таисия Беляева: Анна Беляева, Павел Беляев" in talk.texts("staff")[-1]
    assert "5 человек" in talk.texts("staff")[-1]


def test_a_guardian_sees_nothing(talk: Conversation):
    talk.database.execute("UPDATE person SET user_id = ? WHERE id = 'guardian0'", (f"@guardian0:{SERVER}",))
    talk.guardian(0).says("!вход")
    assert not any("из 6" in text for room in ("talk", "staff") for text in talk.texts(room))
