"""What the teacher writes without a command, and files that go with an announcement."""

from __future__ import annotations

from typing import Any

from classroom_matrix.matrix.encrypted_files import encrypt, file_object
from classroom_matrix.testing.conversation import BOT, Conversation

from .seeing import edit, events_of, first_lines, said


def photo(url: str, caption: str | None = None) -> dict[str, Any]:
    content: dict[str, Any] = {
        "msgtype": "m.image",
        "body": caption or "photo.jpg",
        "url": url,
        "info": {"mimetype": "image/jpeg"},
    }
    return {**content, "filename": "photo.jpg"} if caption else content


def urls(talk: Conversation, room: str = "announcements") -> list[str]:
    events = talk.homeserver.rooms[talk.room_id(room)].events
    return [event["content"]["url"] for event in events if event["sender"] == BOT and "url" in event["content"]]


def test_plain_message_is_left_alone(talk: Conversation):
    talk.teacher.says("Завтра каток")
    assert events_of(talk) == []
    assert "нет" in talk.teacher.says("!объявление список", room="staff")


def test_plain_message_becomes_a_mustread_by_reply(talk: Conversation):
    talk.teacher.says("Завтра каток, сбор в 8:00")
    original = talk.event_of("Завтра каток", "announcements")
    talk.teacher.says("!обязательно до среды 18:00", reply_to=original)
    (card,) = [message for message in talk.room("announcements") if message.sender == BOT]
    assert card.body.startswith("Подтвердите, пожалуйста, до ср, 18 ноября, 18:00")
    assert card.content["m.relates_to"]["m.in_reply_to"]["event_id"] == original
    talk.guardian(0).reacts("Завтра каток", "✅")  # on the teacher's own message
    talk.guardian(2).reacts("Подтвердите", "✅")  # on the card
    assert "Подтвердили 2 из 4 семей." in talk.card("Подтвердите").body
    assert not any("!обязательно" in message.body for message in talk.room("announcements"))


def test_sent_card_becomes_a_mustread_by_reply(talk: Conversation):
    talk.teacher.says("!объявление Завтра каток", room="staff")
    talk.teacher.says("!важно", reply_to=talk.event_of("Завтра каток", "announcements"))
    assert first_lines(talk)[1].startswith("Подтвердите, пожалуйста, до чт, 19 ноября, 20:00")
    talk.guardian(0).reacts("Завтра каток", "✅")
    assert "Подтвердила 1 из 4 семей." in talk.card("Подтвердите").body


def test_sent_announcement_becomes_a_mustread_by_number(talk: Conversation):
    talk.teacher.says("!объявление Завтра каток", room="staff")
    answer = talk.teacher.says("!важно 1 до среды 18:00", room="staff")
    assert len(first_lines(talk)) == 2
    assert first_lines(talk)[1].startswith("Подтвердите, пожалуйста, до ср, 18 ноября, 18:00")
    talk.teacher.says("!важно №1 до четверга", room="staff")
    assert len(first_lines(talk)) == 2
    assert "до чт, 19 ноября, 20:00" in first_lines(talk)[1]
    assert answer


def test_teachers_message_that_is_removed_withdraws_the_mustread_quietly(talk: Conversation):
    talk.teacher.says("Завтра каток")
    original = talk.event_of("Завтра каток", "announcements")
    talk.teacher.says("!важно", reply_to=original)
    talk.teacher.takes_back(original)
    assert said(talk) == ["Объявление №1 отозвано."]
    talk.advance(days=5)
    assert not any("Срок вышел" in text for text in said(talk, "staff"))


def test_teachers_edit_is_a_new_text_and_nothing_is_said(talk: Conversation):
    talk.teacher.says("Завтра каток, сбор в 8:00")
    original = talk.event_of("Завтра каток", "announcements")
    talk.teacher.says("!важно", reply_to=original)
    talk.guardian(0).reacts(original, "✅")
    edit(talk, original, "Завтра каток, сбор в 9:00")
    assert len(said(talk)) == 1
    assert "старый текст" in talk.teacher.says("!важно кто", room="staff")


def test_edit_of_the_command_corrects_the_announcement(talk: Conversation):
    talk.teacher.says("!объявление Завтра каток, сбор в 8:00", room="staff")
    edit(talk, talk.event_of("!объявление Завтра", "staff"), "!объявление Завтра каток, сбор в 9:00", room="staff")
    assert first_lines(talk) == ["Завтра каток, сбор в 9:00", "Исправлено объявление №1. Было «8:00», стало «9:00»."]


def test_photos_that_are_replied_to_go_with_the_announcement(talk: Conversation):
    talk.teacher.sends("m.room.message", photo("mxc://school.localhost/one"), room="staff")
    second = talk.teacher.sends("m.room.message", photo("mxc://school.localhost/two"), room="staff")
    talk.teacher.says("!объявление Маршрут похода", room="staff", reply_to=second)
    assert first_lines(talk)[0] == "Маршрут похода"
    assert urls(talk) == ["mxc://school.localhost/one", "mxc://school.localhost/two"]


def test_an_encrypted_photo_goes_on_with_its_key(talk: Conversation):
    """Scheduled, so that it is stored in between."""
    file = file_object("mxc://school.localhost/sealed", encrypt(b"picture")[1])
    content = {**photo(""), "file": file}
    del content["url"]
    talk.teacher.sends("m.room.message", content, room="staff")
    talk.teacher.sends("m.room.message", photo("mxc://school.localhost/plain"), room="staff")
    talk.teacher.says(
        "!объявление Маршрут. Отправить завтра в 9:00", room="staff", reply_to=talk.event_of("photo.jpg", "staff")
    )
    talk.advance(days=1)
    posted = [message.content for message in talk.room("announcements") if message.content["msgtype"] == "m.image"]
    assert [(each.get("url"), each.get("file")) for each in posted] == [(None, file), ("mxc://school.localhost/plain", None)]


def test_caption_may_be_the_command(talk: Conversation):
    content = photo("mxc://school.localhost/one", "!важно Маршрут похода. Подтвердить до среды 18:00")
    talk.teacher.sends("m.room.message", content, room="staff")
    assert first_lines(talk)[0] == "Маршрут похода."
    assert urls(talk) == ["mxc://school.localhost/one"]


def test_photos_of_a_scheduled_announcement_come_with_it(talk: Conversation):
    talk.teacher.sends("m.room.message", photo("mxc://school.localhost/one"), room="staff")
    talk.teacher.says(
        "!объявление Маршрут. Отправить завтра в 9:00", room="staff", reply_to=talk.event_of("photo.jpg", "staff")
    )
    assert urls(talk) == []
    talk.advance(days=1)
    assert urls(talk) == ["mxc://school.localhost/one"]


def test_thanks_and_questions_in_threads_are_left_alone(asked: Conversation):
    card = asked.event_of("уроки", "announcements")
    before = said(asked), said(asked, "staff")
    asked.guardian(0).says("Спасибо!", thread=card)
    asked.guardian(0).says("А второй урок будет?", thread=card)
    asked.guardian(0).reacts("уроки", "❤️")
    asked.teacher.says("Да, по расписанию", thread=card)
    assert (said(asked), said(asked, "staff")) == before
