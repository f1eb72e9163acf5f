"""Groups A and B: families hear of their own."""

from __future__ import annotations

import pytest

from classroom_matrix.testing.conversation import Conversation
from tests.unit.plugins.homework.scene import ROOM, cards, desk, view_of

TASKS = "!дз английский на завтра\nА: упр. 3\nБ: упр. 5\nматематика № 4 на завтра"


@pytest.fixture
def grouped(talk: Conversation) -> Conversation:
    talk.teacher.says("!группа английский А Калинина, Беляев Семён", room="staff")
    talk.teacher.says("!группа английский Б Таисия и Чернов", room="staff")
    talk.teacher.says(TASKS, room=ROOM)
    return talk


def asked(talk: Conversation, number: int, household: str) -> list[str]:
    return talk.guardian(number).says("что задали на завтра", room=desk(talk, household)).split("\n")[1:]


def test_card_shows_both_groups(grouped: Conversation):
    assert cards(grouped)[0][1:] == [
        "Математика: № 4",
        "Английский язык, группа А: упр. 3",
        "Английский язык, группа Б: упр. 5",
    ]


def test_family_hears_of_its_own_group(grouped: Conversation):
    assert asked(grouped, 0, "family0-0") == ["• Математика: № 4", "• Английский язык, группа А: упр. 3"]
    assert asked(grouped, 4, "family2-0") == ["• Математика: № 4", "• Английский язык, группа Б: упр. 5"]


def test_twins_in_different_groups_are_told_apart(grouped: Conversation):
    assert asked(grouped, 2, "family1-0") == [
        "• Математика: № 4",
        "• Английский язык, группа А (Семён): упр. 3",
        "• Английский язык, группа Б (Таисия): упр. 5",
    ]


def test_digest_and_calendar_hold_the_own_group_only(grouped: Conversation):
    plugin = grouped.registry.plugins["homework"].plugin
    view = view_of(grouped)
    home = grouped.family("Калинина").households[0]
    tomorrow = view.now.date().replace(day=17)
    assert plugin.coming is not None
    assert plugin.calendar is not None
    assert [line.spans for line in plugin.coming(view, home, tomorrow)] == [
        ("Математика: № 4",),
        ("Английский язык, группа А: упр. 3",),
    ]
    (entry,) = plugin.calendar(view, home)
    assert "группа Б" not in entry.description
    (whole,) = plugin.calendar(view, None)
    assert "группа Б" in whole.description


def test_pupil_in_no_group_gets_all(grouped: Conversation):
    grouped.teacher.says("!группа английский нет Калинина", room="staff")
    assert len(asked(grouped, 0, "family0-0")) == 3


def test_letters_of_either_alphabet_mean_one_group(talk: Conversation):
    talk.teacher.says("!group English A Kalinina", room="staff")
    talk.teacher.says("!группа английский а Чернов", room="staff")
    answer = talk.teacher.says("!группа английский", room="staff")
    assert answer.split("\n")[1] == "• A: Ксения Калинина, Марк Чернов"


def test_rest_of_the_class_and_a_move(grouped: Conversation):
    grouped.teacher.says("!группа английский Б остальные", room="staff")
    answer = grouped.teacher.says("!группа английский Б Калинина", room="staff")
    assert answer.split("\n") == [
        "Английский язык, группы:",
        "• А: Семён Беляев",
        "• Б: Таисия Беляева, Максим Исаев, Ксения Калинина, Марк Чернов",
    ]


def test_command_that_names_pupils_is_taken_away_where_families_read(talk: Conversation):
    talk.teacher.says("!группа английский А Калинина", room=ROOM)
    assert [m.body for m in talk.room(ROOM)] == []


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("плавание А Калинина", "Не нахожу предмета «плавание». Например: !группа английский А Калинина, Чернов"),
        ("английский А", "Кто в этой группе? Например: !группа английский А Калинина, Чернов"),
        (
            "английский первая Калинина",
            "Название группы — буква или номер, а не «первая». Например: !группа английский А Калинина, Чернов",
        ),
        ("английский А Пушкин", "Не нахожу в классе «Пушкин». Напишите фамилию ученика или его номер в списке."),
        ("музыка", "Музыка: групп пока нет. Например: !группа английский А Калинина, Чернов"),
    ],
)
def test_wrong_commands_get_one_sentence(talk: Conversation, text: str, answer: str):
    assert talk.teacher.says(f"!группа {text}", room="staff") == answer


def test_correction_of_a_subject_with_groups_asks_which(grouped: Conversation):
    answer = grouped.teacher.says("!дз исправить английский упр. 7", room="staff")
    assert answer.startswith("Английский язык: в этот день задано группам по отдельности.")
    grouped.teacher.says("!дз исправить английский группа Б упр. 7", room=ROOM)
    assert cards(grouped)[0][3] == "Английский язык, группа Б: упр. 7 (исправлено 10:00)"
