"""What was set, for whoever asks."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from classroom_matrix.testing.conversation import Conversation
from classroom_matrix.testing.invented_class import FamilySpec
from classroom_plugins.homework.plugin import plugin
from tests.unit.plugins.homework.scene import ROOM, desk, edit, view_of


@pytest.fixture
def set_(talk: Conversation) -> Conversation:
    """On Monday for Tuesday and Friday, on Wednesday for Thursday; it is Wednesday, 10:00."""
    talk.teacher.says("!дз математика № 4 на завтра\nрусский упр. 5 к пятнице", room=ROOM)
    talk.move_to(datetime(2026, 11, 18, 10, 0))
    talk.teacher.says("!дз окр. мир с. 7 на завтра", room=ROOM)
    return talk


def says(talk: Conversation, text: str, room: str = "") -> list[str]:
    return talk.guardian(0).says(text, room=room or desk(talk)).split("\n")


def test_days_in_the_past_are_answered_by_day(set_: Conversation):
    assert says(set_, "что задали 16–17 ноября?") == [
        "На вт, 17 ноября",
        "• Математика: № 4",
        "На пт, 20 ноября",
        "• Русский язык: упр. 5",
    ]


def test_sentence_without_days_means_what_is_coming(set_: Conversation):
    expected = ["На чт, 19 ноября", "• Окружающий мир: с. 7", "На пт, 20 ноября", "• Русский язык: упр. 5"]
    assert says(set_, "дз") == says(set_, "Что задали?") == expected


def test_what_was_set_on_a_day_and_what_is_due_on_it_are_two_things(set_: Conversation):
    assert says(set_, "что задали в понедельник 16 ноября")[0] == "На вт, 17 ноября"
    assert says(set_, "что задали на пятницу") == ["На пт, 20 ноября", "• Русский язык: упр. 5"]
    assert says(set_, "что задали сегодня") == ["На чт, 19 ноября", "• Окружающий мир: с. 7"]


def test_one_subject_may_be_asked_for(set_: Conversation):
    assert says(set_, "что задали по русскому?") == ["На пт, 20 ноября", "• Русский язык: упр. 5"]


def test_nothing_is_said_to_be_nothing(set_: Conversation):
    assert says(set_, "что задали на 30 ноября?") == ["пн, 30 ноября: ничего не задано."]
    assert says(set_, "что задали 1–5 октября") == ["С чт, 1 октября по пн, 5 октября: ничего не задано."]
    assert says(set_, "что задали по музыке?") == ["На ближайшие дни пока ничего не задано."]


def test_withdrawn_tasks_are_not_told(set_: Conversation):
    set_.teacher.says("!дз отменить русский", room=ROOM)
    assert says(set_, "дз") == ["На чт, 19 ноября", "• Окружающий мир: с. 7"]


def test_command_is_for_everybody(set_: Conversation):
    assert says(set_, "!дз что на завтра") == ["На чт, 19 ноября", "• Окружающий мир: с. 7"]
    assert set_.teacher.says("!дз что 16-18 ноября", room="staff").split("\n")[0] == "На вт, 17 ноября"
    assert says(set_, "!дз что по русскому") == ["На пт, 20 ноября", "• Русский язык: упр. 5"]
    assert says(set_, "!дз что когда-нибудь")[0].startswith("Не понимаю, какие это дни: «когда-нибудь».")


def test_guardian_who_asks_in_a_shared_room_is_answered_in_the_desk(set_: Conversation):
    before = len(set_.texts(ROOM))
    says(set_, "!дз что на завтра", ROOM)
    assert len(set_.texts(ROOM)) == before
    assert set_.texts("family0-0")[-1] == "На чт, 19 ноября\n• Окружающий мир: с. 7"


def test_other_talk_in_the_desk_is_left_alone(set_: Conversation):
    for text in ("спасибо за домашку", "дз сделали", "завтра принесём"):
        assert says(set_, text) == [""]


def test_family_is_answered_in_its_language():
    with Conversation(plugin, families=[FamilySpec(("Ульяна Шестакова",), language="en")]) as talk:
        talk.teacher.says("!дз математика p. 12 на завтра", room=ROOM)
        assert talk.guardian(0).says("What's due tomorrow?", room=desk(talk)) == "For Tue, 17 November\n• Maths: p. 12"


def test_digest_agenda_and_calendar(set_: Conversation):
    view, home = view_of(set_), set_.family("Калинина").households[0]
    assert plugin.coming is not None
    assert plugin.agenda is not None
    assert plugin.calendar is not None
    assert [line.spans for line in plugin.coming(view, home, date(2026, 11, 19))] == [("Окружающий мир: с. 7",)]
    assert [line.spans for line in plugin.agenda(view, home)] == [("Домашнее задание на чт, 19 ноября: Окружающий мир: с. 7",)]
    english = view_of(set_, language="en")
    assert [line.spans for line in plugin.coming(english, home, date(2026, 11, 19))] == [("The world around us: с. 7",)]
    before = {entry.uid: entry for entry in plugin.calendar(view, home)}
    assert sorted(before) == ["day/2026-11-17", "day/2026-11-19", "day/2026-11-20"]
    assert (before["day/2026-11-20"].starts, before["day/2026-11-20"].description) == (
        date(2026, 11, 20),
        "Русский язык: упр. 5",
    )
    set_.teacher.says("!дз отменить русский", room=ROOM)
    after = {entry.uid: entry for entry in plugin.calendar(view_of(set_), home)}
    assert after["day/2026-11-20"].cancelled
    assert after["day/2026-11-20"].sequence > before["day/2026-11-20"].sequence


def test_moved_task_leaves_its_day_in_the_calendar_without_going_back_in_sequence(talk: Conversation):
    assert plugin.calendar is not None
    talk.teacher.says("!дз математика № 4 к пятнице\nрусский упр. 5 к пятнице", room=ROOM)
    message = talk.event_of("!дз", ROOM)
    edit(talk.teacher, message, "!дз математика № 4 к пятнице\nрусский упр. 5 к четвергу")
    entries = {entry.uid: entry for entry in plugin.calendar(view_of(talk), None)}
    assert (entries["day/2026-11-20"].description, entries["day/2026-11-20"].sequence) == ("Математика: № 4", 1)
    edit(talk.teacher, message, "!дз математика № 4 к четвергу\nрусский упр. 5 к четвергу")
    entries = {entry.uid: entry for entry in plugin.calendar(view_of(talk), None)}
    assert (entries["day/2026-11-20"].cancelled, entries["day/2026-11-20"].sequence) == (True, 2)
    assert entries["day/2026-11-19"].description == "Математика: № 4\nРусский язык: упр. 5"
