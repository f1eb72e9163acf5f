"""`!на встречу`: what is better said than written."""

from __future__ import annotations

from classroom_matrix.testing.conversation import Conversation
from classroom_plugins.consultations.plugin import plugin

from .conftest import colleague, everything, hand_over, open_desks, waiting

DESK = "family0-0"
OPEN = "!запись чт 16:00–17:00 по 15 мин, каб. 12"


def test_household_is_offered_free_slots_and_the_consultation_says_so(talk: Conversation) -> None:
    talk.teacher.says(OPEN, room="staff")
    talk.guardian(0).says("Как нам быть с математикой?", room=DESK)
    before = len(talk.texts(DESK))
    talk.teacher.says("!на встречу", room=DESK)
    (letter,) = talk.texts(DESK)[before:]
    assert "16:00" in letter
    assert [message.reactions.keys() for message in talk.room(DESK) if message.body == "!на встречу"] == [{"✅"}]
    assert waiting(talk) == []
    assert everything(talk) == ["1. Ксения Калинина, Анна Сергеевна — предложена встреча, пн, 16 ноября, 10:00."]
    talk.guardian(0).says("1", room=DESK)  # picks a slot: no new question
    assert waiting(talk) == []
    talk.teacher.says("!запись лист чт", room="staff")
    assert any("по обращению от пн, 16 ноября" in text for text in talk.texts("staff"))
    talk.guardian(0).says("А нужно взять тетрадь?", room=DESK)
    assert len(waiting(talk)) == 1


def test_same_in_english() -> None:
    with Conversation(plugin, language="en") as talk:
        open_desks(talk)
        talk.teacher.says("!slots Thu 16:00-18:00 every 15 min, room 12", room="staff")
        talk.guardian(0).says("What about maths?", room=DESK)
        assert talk.teacher.says("!consultations meet Kalinina", room="staff") == "A meeting was offered: Ксения Калинина."
        assert "16:00" in talk.texts(DESK)[-1]


def test_without_free_slots_there_is_a_clear_sentence_and_nothing_else(talk: Conversation) -> None:
    talk.guardian(0).says("Как нам быть с математикой?", room=DESK)
    said = "Свободного времени для встреч сейчас нет. Сначала откройте приём."
    talk.teacher.says("!на встречу", room=DESK)
    assert said in talk.texts("staff")[-1] or said in talk.texts(DESK)[-1]
    assert len(waiting(talk)) == 1


def test_thread_becomes_a_consultation_in_the_desk_of_who_wrote(talk: Conversation) -> None:
    talk.teacher.says(OPEN, room="staff")
    desks = ("family0-0", "family1-0", "family2-0", "family2-1")
    before = {desk: len(talk.texts(desk)) for desk in desks}
    talk.guardian(5).says("У Марка не получается № 4, и так весь месяц", room="talk")
    talk.teacher.says("!на встречу", room="talk", reply_to=talk.event_of("У Марка", "talk"))
    assert [len(talk.texts(desk)) - before[desk] for desk in desks] == [0, 0, 0, 1]
    assert [line.split(" — ")[1] for line in everything(talk)] == ["предложена встреча, пн, 16 ноября, 10:00."]


def test_reply_to_staff_or_to_nobody_says_how_it_works(talk: Conversation) -> None:
    talk.teacher.says(OPEN, room="staff")
    for reply_to in (None, talk.event_of("!запись", "staff")):
        assert "ответом на сообщение родителя" in talk.teacher.says("!на встречу", room="staff", reply_to=reply_to)


def test_substitute_may_offer_it_only_in_desks_that_are_handed_over(talk: Conversation) -> None:
    talk.teacher.says(OPEN, room="staff")
    talk.guardian(0).says("Вопрос?", room=DESK)
    substitute = colleague(talk)
    assert substitute.says("!обращения на встречу Калинина", room="staff").startswith(
        "Личная комната этой семьи вам не передана."
    )
    hand_over(talk, DESK, substitute)
    assert substitute.says("!обращения на встречу Калинина", room="staff") == "Предложена встреча: Ксения Калинина."


def test_separated_family_is_asked_about_and_a_family_without_the_app_gets_a_call(talk: Conversation) -> None:
    talk.teacher.says(OPEN, room="staff")
    assert "две личные комнаты" in talk.teacher.says("!обращения на встречу Чернов", room="staff")
    talk.guardian(4).says("Вопрос?", room="family2-0")
    said = talk.teacher.says("!обращения на встречу Чернов", room="staff")
    assert said == "Предложена встреча: Марк Чернов (guardian4)."
    assert "по телефону" in talk.teacher.says("!обращения на встречу Исаев", room="staff")
