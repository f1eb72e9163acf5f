"""The teacher edits or deletes the message of a task."""

from __future__ import annotations

from classroom_matrix.testing.conversation import Conversation
from tests.unit.plugins.homework.scene import ROOM, cards, edit

SAID = "!дз математика № 4 к пятнице\nрусский упр. 5 к пятнице"


def say(talk: Conversation, text: str = SAID) -> str:
    talk.teacher.says(text, room=ROOM)
    return talk.event_of(text, ROOM)


def test_edit_corrects_what_is_different(talk: Conversation):
    message = say(talk)
    talk.advance(hours=2)
    edit(talk.teacher, message, "!дз математика № 40 к пятнице\nрусский упр. 5 к пятнице")
    assert cards(talk) == [["Домашнее задание на пт, 20 ноября", "Математика: № 40 (исправлено 12:00)", "Русский язык: упр. 5"]]
    assert talk.texts("staff") == []


def test_edit_moves_a_task_to_another_day(talk: Conversation):
    message = say(talk)
    edit(talk.teacher, message, "!дз математика № 4 к четвергу\nрусский упр. 5 к пятнице")
    assert cards(talk) == [
        ["Домашнее задание на пт, 20 ноября", "Русский язык: упр. 5"],
        ["Домашнее задание на чт, 19 ноября", "Математика: № 4 (исправлено 10:00)"],
    ]


def test_edit_withdraws_adds_and_renames(talk: Conversation):
    message = say(talk)
    edit(talk.teacher, message, "!дз математика № 4 к пятнице\nчтение с. 40 к пятнице")
    assert cards(talk)[0][1:] == ["Математика: № 4", "Литературное чтение: с. 40 (исправлено 10:00)"]
    edit(talk.teacher, message, "!дз чтение с. 40")
    assert cards(talk)[0][1:] == ["Математика — снято 10:00", "Литературное чтение: с. 40 (исправлено 10:00)"]


def test_edit_of_a_correction_counts_for_what_it_corrected(talk: Conversation):
    say(talk)
    talk.teacher.says("!дз исправить математика № 5", room=ROOM)
    edit(talk.teacher, talk.event_of("!дз исправить", ROOM), "!дз исправить математика № 6")
    assert cards(talk)[0][1] == "Математика: № 6 (исправлено 10:00)"


def test_older_edit_that_comes_later_changes_nothing(talk: Conversation):
    message = say(talk)
    edit(talk.teacher, message, "!дз математика № 6 к пятнице\nрусский упр. 5 к пятнице")
    before = cards(talk)
    event = dict(talk.homeserver.rooms[talk.room_id(ROOM)].events[-2])
    late = {**event, "event_id": "$late", "origin_server_ts": event["origin_server_ts"] - 5_000}
    content = {**event["content"], "body": "* !дз математика № 7 к пятнице"}
    assert event["sender"] == talk.teacher.user_id
    talk._runner.run(talk.receive([{**late, "content": content}]))
    talk.settle()
    assert cards(talk) == before


def test_edit_that_overtakes_its_message_counts(talk: Conversation):
    command = {"msgtype": "m.text", "body": "!дз математика № 4 к пятнице"}
    relation = {"rel_type": "m.replace", "event_id": "$first"}
    corrected = {**command, "body": "* !дз математика № 5 к пятнице", "m.relates_to": relation}
    base = {"type": "m.room.message", "sender": talk.teacher.user_id, "room_id": talk.room_id(ROOM)}
    now = int(talk.clock.seconds() * 1000)
    edited = {**base, "event_id": "$second", "origin_server_ts": now, "content": corrected}
    first = {**base, "event_id": "$first", "origin_server_ts": now - 1_000, "content": command}
    talk._runner.run(talk.receive([edited, first]))
    talk.settle()
    assert talk.texts(ROOM)[0].split("\n")[1] == "Математика: № 5"


def test_others_cannot_edit_the_teachers_message(talk: Conversation):
    message = say(talk)
    edit(talk.guardian(0), message, "!дз математика ничего")
    assert cards(talk)[0][1] == "Математика: № 4"


def test_wrong_edit_is_answered_privately_and_changes_nothing(talk: Conversation):
    message = say(talk)
    edit(talk.teacher, message, "!дз")
    assert (cards(talk)[0][1], talk.texts("staff")) == (
        "Математика: № 4",
        ["Что задано? Например: !дз математика с. 12 № 4 к пятнице"],
    )


def test_deleted_message_withdraws_its_tasks_and_says_so(talk: Conversation):
    message = say(talk)
    talk.teacher.takes_back(message, room=ROOM)
    assert cards(talk)[0][1:] == ["Математика — снято 10:00", "Русский язык — снято 10:00"]
    assert talk.texts("staff") == [
        (
            "Сообщение с заданием удалено, поэтому на пт, 20 ноября снято: Математика, Русский язык."
            " Если оно всё же нужно, отправьте его ещё раз."
        )
    ]


def test_tomorrow_in_an_edited_message_is_the_day_after_it_was_written(talk: Conversation):
    talk.teacher.says("!дз математика № 4 на завтра", room=ROOM)
    talk.advance(hours=20)  # Tuesday morning
    edit(talk.teacher, talk.event_of("!дз", ROOM), "!дз математика № 5 на завтра")
    assert cards(talk) == [["Домашнее задание на вт, 17 ноября", "Математика: № 5 (исправлено вт, 17 ноября, 06:00)"]]


def test_edit_that_does_not_fit_changes_nothing(talk: Conversation):
    message = say(talk)
    edit(talk.teacher, message, f"!дз математика № 9 к пятнице\nрусский {'а' * 1001} к пятнице")
    assert cards(talk)[0][1:] == ["Математика: № 4", "Русский язык: упр. 5"]
    assert talk.texts("staff")[0].startswith("Слишком длинно")


def test_edit_of_a_refused_command_is_followed(talk: Conversation):
    talk.teacher.says("!дз Калинина заболела", room="staff")
    message = talk.event_of("!дз Калинина", "staff")
    edit(talk.teacher, message, "!дз физкультура форма на среду", room="staff")
    assert cards(talk) == [["Домашнее задание на ср, 18 ноября", "Физкультура: форма"]]
    edit(talk.teacher, message, "!дз физкультура кроссовки на среду", room="staff")
    assert cards(talk)[0][1] == "Физкультура: кроссовки (исправлено 10:00)"
    edit(talk.teacher, message, "!дз Калинина заболела", room="staff")
    assert talk.texts("staff")[-1].startswith("«Калинина» — это не предмет")
    assert cards(talk)[0][1] == "Физкультура: кроссовки (исправлено 10:00)"


def test_edit_of_another_command_is_answered(talk: Conversation):
    talk.teacher.says("!дз что на среду", room="staff")
    edit(talk.teacher, talk.event_of("!дз что", "staff"), "!дз что на четверг", room="staff")
    assert talk.texts("staff")[-1].startswith("Правку команды я не вижу как новую.")
