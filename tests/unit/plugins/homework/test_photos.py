"""Photos of tasks: none is lost, none costs more than one message."""

from __future__ import annotations

from classroom_matrix.matrix.encrypted_files import encrypt, file_object
from classroom_matrix.testing.conversation import Conversation
from tests.unit.plugins.homework.scene import ROOM, card_event, cards, edit, media, photo, private_chat

ABOVE = "📷 Фото — выше в этой комнате: пн, 16 ноября, 10:00."
THREAD = "📷 Фото — в ветке под этим сообщением."


def test_photo_with_a_command_as_caption_is_a_task(talk: Conversation):
    photo(talk.teacher, caption="!дз математика с. 12 к пятнице")
    assert cards(talk) == [["Домашнее задание на пт, 20 ноября", "Математика: с. 12 📷", ABOVE]]
    assert (media(talk), talk.texts("staff")) == ([], [])


def test_photo_with_plain_words_in_the_homework_room_is_a_task(talk: Conversation):
    photo(talk.teacher, caption="Математика к пятнице")
    assert cards(talk)[0][1:] == ["Математика: смотрите фото 📷", ABOVE]


def test_photo_followed_by_its_task(talk: Conversation):
    photo(talk.teacher, name="1.jpg")
    photo(talk.teacher, name="2.jpg")
    talk.advance(minutes=2)
    talk.teacher.says("!дз математика к пятнице", room=ROOM)
    assert cards(talk)[0][1] == "Математика: смотрите фото 📷×2"
    talk.advance(hours=2)
    assert talk.texts("staff") == []


def test_task_in_reply_to_a_photo_however_old(talk: Conversation):
    picture = photo(talk.teacher)
    talk.advance(hours=3)
    talk.teacher.says("!дз математика № 4 к пятнице", room=ROOM, reply_to=picture)
    assert cards(talk)[0][1] == "Математика: № 4 📷"


def test_photo_that_a_task_announces_is_put_to_it(talk: Conversation):
    talk.teacher.says("!дз математика см. фото к пятнице", room=ROOM)
    photo(talk.teacher)
    assert cards(talk)[0][1] == "Математика: см. фото 📷"
    talk.advance(hours=1)
    assert talk.texts("staff") == []


def test_photo_without_words_gets_one_private_question(talk: Conversation):
    photo(talk.teacher, name="1.jpg")
    talk.advance(minutes=1)
    photo(talk.teacher, name="2.jpg")
    talk.advance(hours=3)
    assert talk.texts("staff") == [
        (
            "В комнате домашних заданий есть 2 фото без слов (пн, 16 ноября, 10:00)."
            " Если это задание, напишите ответом на фото: !дз математика к пятнице"
        )
    ]
    assert talk.texts(ROOM) == []
    talk.teacher.says("!дз математика к пятнице", room=ROOM)
    assert cards(talk)[0][1] == "Математика: смотрите фото 📷×2"


def test_photo_with_other_words_is_left_alone(talk: Conversation):
    photo(talk.teacher, caption="Какие молодцы!")
    talk.advance(hours=1)
    assert (talk.texts(ROOM), talk.texts("staff")) == ([], [])


def test_photo_from_the_staff_room_stands_in_the_cards_thread(talk: Conversation):
    picture = photo(talk.teacher, room="staff", name="2.jpg")
    talk.teacher.says("!дз математика № 4 к пятнице", room="staff", reply_to=picture)
    (copy,) = media(talk)
    assert (copy["url"], copy["m.relates_to"]["rel_type"]) == ("mxc://school.localhost/2.jpg", "m.thread")
    assert copy["m.relates_to"]["event_id"] == card_event(talk)
    assert cards(talk)[0][1:] == ["Математика: № 4 📷", THREAD]


def test_encrypted_photo_is_copied_with_its_key(talk: Conversation):
    file = file_object("mxc://school.localhost/sealed", encrypt(b"picture")[1])
    content = {"msgtype": "m.image", "body": "1.jpg", "info": {"mimetype": "image/jpeg", "size": 7}, "file": file}
    picture = talk.teacher.sends("m.room.message", content, room="staff")
    talk.teacher.says("!дз математика № 4 к пятнице", room="staff", reply_to=picture)
    (copy,) = media(talk)
    assert (copy["file"], copy["info"], "url" in copy) == (file, content["info"], False)


def test_photo_forwarded_to_the_bot(talk: Conversation):
    chat = private_chat(talk, talk.teacher)
    picture = photo(talk.teacher, room=chat)
    assert talk.texts(chat)[-1].startswith("Это к домашнему заданию?")
    talk.teacher.says("!дз математика к пятнице", room=chat, reply_to=picture)
    assert talk.texts(chat)[-1] == "Записано:\nНа пт, 20 ноября\n• Математика: смотрите фото 📷"
    assert len(media(talk)) == 1


def test_photo_in_the_cards_thread_is_counted(talk: Conversation):
    talk.teacher.says("!дз математика № 4 к пятнице", room=ROOM)
    photo(talk.teacher, thread=card_event(talk))
    assert cards(talk)[0][1] == "Математика: № 4 📷"
    assert media(talk) == []


def test_photo_that_is_taken_back_is_gone_everywhere(talk: Conversation):
    picture = photo(talk.teacher, room="staff", caption="!дз математика № 4 к пятнице")
    assert len(media(talk)) == 1
    talk.teacher.takes_back(picture, room="staff")
    assert media(talk) == []
    assert "📷" not in " ".join(cards(talk)[0])


def test_wrong_caption_is_answered_privately(talk: Conversation):
    photo(talk.teacher, caption="!дз математика № 4 к 31 февраля")
    assert (cards(talk), len(talk.texts("staff"))) == ([], 1)


def test_corrected_caption_corrects_the_task(talk: Conversation):
    picture = photo(talk.teacher, caption="!дз математика № 4 к пятнице")
    edit(talk.teacher, picture, "!дз математика № 5 к пятнице")
    assert cards(talk)[0][1] == "Математика: № 5 📷 (исправлено 10:00)"


def test_parents_photos_are_no_tasks(talk: Conversation):
    photo(talk.guardian(0), caption="математика к пятнице")
    talk.advance(hours=1)
    assert (cards(talk), talk.texts("staff")) == ([], [])


def test_photo_in_the_staff_room_is_shown_to_families_only_on_purpose(talk: Conversation):
    photo(talk.teacher, room="staff", name="list-of-pupils.jpg")
    talk.teacher.says("!дз математика № 4 к пятнице", room="staff")
    assert media(talk) == []
    talk.teacher.says("!дз русский на фото, к пятнице", room="staff")
    assert [copy["url"] for copy in media(talk)] == ["mxc://school.localhost/list-of-pupils.jpg"]
