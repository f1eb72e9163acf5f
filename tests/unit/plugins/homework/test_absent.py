"""Families of pupils who are away get the list by themselves."""

from __future__ import annotations

from datetime import datetime

from classroom_matrix.testing.conversation import Conversation
from tests.unit.plugins.homework.scene import ROOM, desk, media, photo

TITLE = "Ксения: что задали, пока вас нет в школе."


def letters(talk: Conversation, household: str = "family0-0", since: int = 0) -> list[list[str]]:
    return [text.split("\n") for text in talk.texts(household) if "что задали, пока вас нет" in text][since:]


def ill(talk: Conversation, said: str = "болеет до среды") -> None:
    assert talk.guardian(0).says(said, room=desk(talk)).startswith("Записано")


def test_list_comes_on_each_evening_with_what_is_new(both: Conversation):
    ill(both)
    both.teacher.says("!дз математика № 4 на завтра\nрусский упр. 5 к пятнице", room=ROOM)
    both.move_to(datetime(2026, 11, 16, 17, 59))
    assert letters(both) == []
    both.move_to(datetime(2026, 11, 16, 18, 1))
    assert letters(both) == [[TITLE, "На вт, 17 ноября", "• Математика: № 4", "На пт, 20 ноября", "• Русский язык: упр. 5"]]
    both.move_to(datetime(2026, 11, 17, 12, 0))
    both.teacher.says("!дз окр. мир с. 7 на завтра", room=ROOM)
    both.move_to(datetime(2026, 11, 17, 22, 0))
    assert letters(both, since=1) == [[TITLE, "На ср, 18 ноября", "• Окружающий мир: с. 7"]]
    both.move_to(datetime(2026, 11, 20, 22, 0))
    assert len(letters(both)) == 2


def test_letter_is_loud_and_comes_to_both_households(both: Conversation):
    both.teacher.says("!дз математика № 4 на завтра", room=ROOM)
    both.guardian(4).says("болеет сегодня", room=desk(both, "family2-0"))
    both.move_to(datetime(2026, 11, 16, 18, 1))
    assert [letters(both, home)[0][1:] for home in ("family2-0", "family2-1")] == [
        ["На вт, 17 ноября", "• Математика: № 4"]
    ] * 2
    assert both.room("family2-1")[-1].loud


def test_nothing_new_is_no_letter(both: Conversation):
    ill(both)
    both.move_to(datetime(2026, 11, 19, 22, 0))
    assert letters(both) == []


def test_correction_afterwards_is_one_more_letter(both: Conversation):
    ill(both, "болеет сегодня")
    both.teacher.says("!дз математика № 4 к пятнице\nрусский упр. 5 к пятнице", room=ROOM)
    both.move_to(datetime(2026, 11, 16, 19, 0))
    both.teacher.says("!дз исправить математика № 40", room=ROOM)
    both.teacher.says("!дз отменить русский", room=ROOM)
    both.move_to(datetime(2026, 11, 16, 20, 0))
    assert letters(both, since=1) == [[TITLE, "На пт, 20 ноября", "• Математика: № 40", "• Русский язык — снято"]]
    both.move_to(datetime(2026, 11, 20, 22, 0))
    assert len(letters(both)) == 2


def test_absence_told_in_the_evening_brings_the_list_at_once(both: Conversation):
    both.teacher.says("!дз математика № 4 на завтра", room=ROOM)
    both.move_to(datetime(2026, 11, 16, 19, 0))
    both.guardian(0).says("болеет до среды", room=desk(both))
    assert [text.split(":")[0] for text in both.texts("family0-0")] == ["Записано", "Ксения"]


def test_list_waits_for_the_end_of_quiet_hours(both: Conversation):
    both.teacher.says("!дз математика № 4 на завтра", room=ROOM)
    both.move_to(datetime(2026, 11, 16, 22, 0))
    ill(both, "болеет до среды")
    assert letters(both) == []
    both.move_to(datetime(2026, 11, 17, 7, 1))
    assert len(letters(both)) == 1


def test_only_the_own_group_and_twins_together(both: Conversation):
    both.teacher.says("!группа английский А Беляев Семён", room="staff")
    both.teacher.says("!группа английский Б Беляева Таисия", room="staff")
    both.teacher.says("!дз английский\nА: упр. 3\nБ: упр. 5", room=ROOM)
    both.guardian(2).says("Семён болеет сегодня", room=desk(both, "family1-0"))
    both.move_to(datetime(2026, 11, 16, 18, 1))
    assert letters(both, "family1-0") == [
        ["Семён: что задали, пока вас нет в школе.", "На вт, 17 ноября", "• Английский язык, группа А: упр. 3"]
    ]


def test_photos_come_with_the_letter(both: Conversation):
    ill(both, "болеет сегодня")
    photo(both.teacher, caption="!дз математика на завтра")
    both.move_to(datetime(2026, 11, 16, 18, 1))
    assert [copy["url"] for copy in media(both, "family0-0")] == ["mxc://school.localhost/IMG_1.jpg"]


def test_family_without_the_app_is_told_to_the_teacher_once(both: Conversation):
    both.teacher.says("!отсутствует Исаев до среды", room="staff")
    both.teacher.says("!дз математика № 4 на завтра", room=ROOM)
    before = len(both.texts("staff"))
    both.move_to(datetime(2026, 11, 16, 22, 0))
    assert both.texts("staff")[before:] == [
        (
            "Этих учеников нет в школе, а семьи без приложения: Максим Исаев."
            " Задания передайте им, пожалуйста, сами; список: !дз что"
        )
    ]


def test_who_is_back_gets_no_more(both: Conversation):
    ill(both)
    both.teacher.says("!дз математика № 4 на завтра", room=ROOM)
    both.guardian(0).says("выздоровела, завтра придём", room="family0-0")
    both.move_to(datetime(2026, 11, 17, 12, 0))
    both.teacher.says("!дз русский упр. 5", room=ROOM)
    both.move_to(datetime(2026, 11, 18, 22, 0))
    assert [letter[1:] for letter in letters(both)] == [["На вт, 17 ноября", "• Математика: № 4"]]


def test_task_set_after_the_evening_letter_is_not_missed(both: Conversation):
    ill(both)
    both.teacher.says("!дз математика № 4 на завтра", room=ROOM)
    both.move_to(datetime(2026, 11, 16, 19, 0))
    both.teacher.says("!дз русский упр. 5 на завтра", room=ROOM)
    both.teacher.says("!дз окр. мир с. 7 на завтра", room=ROOM)
    both.move_to(datetime(2026, 11, 16, 20, 0))
    assert letters(both, since=1) == [[TITLE, "На вт, 17 ноября", "• Русский язык: упр. 5", "• Окружающий мир: с. 7"]]


def test_task_set_on_sunday_comes_on_sunday(both: Conversation):
    both.move_to(datetime(2026, 11, 20, 7, 30))
    ill(both, "болеет до вторника")
    both.move_to(datetime(2026, 11, 22, 12, 0))
    both.teacher.says("!дз математика № 4 на завтра", room=ROOM)
    both.move_to(datetime(2026, 11, 22, 18, 1))
    assert letters(both) == [[TITLE, "На пн, 23 ноября", "• Математика: № 4"]]


def test_correction_for_who_is_back_says_so(both: Conversation):
    ill(both, "болеет сегодня")
    both.teacher.says("!дз математика № 4 к пятнице", room=ROOM)
    both.move_to(datetime(2026, 11, 17, 12, 0))
    both.teacher.says("!дз исправить математика № 40", room=ROOM)
    both.move_to(datetime(2026, 11, 17, 18, 1))
    assert both.texts("family0-0")[-1].split("\n") == [
        "Ксения: задания, которые вам присылали, изменились.",
        "На пт, 20 ноября",
        "• Математика: № 40",
    ]


def test_homework_of_an_illness_is_a_question_and_no_absence(both: Conversation):
    both.teacher.says("!дз математика № 4 к пятнице", room=ROOM)
    desk(both)
    assert both.guardian(0).says("что было задано пока болели 3-7 марта", room="family0-0") == (
        "С вт, 3 марта по сб, 7 марта: ничего не задано."
    )
    assert both.guardian(0).says("что в субботу?", room="family0-0") == ""
    assert both.guardian(0).says("мы болеем, скиньте домашку", room="family0-0").split("\n")[1:] == [
        "1. что задано",
        "2. Ксения: не будет в школе пн, 16 ноября",
    ]
