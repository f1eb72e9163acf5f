"""The versioned plan, and asking those again who have promised something."""

from __future__ import annotations

from classroom_matrix.testing.conversation import Conversation
from classroom_plugins.events.plugin import plugin

from .stage import ON_SATURDAY, card, desk_of, letters, lines, on, options, room_noise, writes


def test_every_version_is_kept_with_who_and_when(rink: Conversation):
    rink.teacher.says("!план Сбор у входа\n- Катаемся до двух\n2. Чай", room="events")
    rink.teacher.says("!план строка 2 Катаемся до трёх", room="events")
    rink.teacher.says("!план добавить Фото на память", room="events")
    rink.teacher.says("!план убрать 1", room="events")
    assert lines(rink, "1. ", "2. ", "3. ", "Версия") == [
        "1. Катаемся до трёх",
        "2. Чай",
        "3. Фото на память",
        "Версия 5, изменено пн, 16 ноября, 10:00",
    ]
    history = rink.teacher.says("!план история", room="staff").split("\n")
    assert history[0] == "Как менялся план: №1 «Каток»"
    assert history[1].startswith("Версия 1 — пн, 16 ноября, 10:0")
    assert history[1].endswith(", Анна Сергеевна")
    assert history[-1] == "• Убрано: Сбор у входа"
    assert "• Добавлено: Катаемся до трёх" in history
    assert room_noise(rink) == 1


def test_plan_is_shown_when_nothing_is_written(rink: Conversation):
    rink.teacher.says("!план Сбор у входа; Чай", room="events")
    assert rink.teacher.says("!план", room="staff").split("\n") == [
        "План события №1 «Каток», версия 2:",
        "1. Сбор у входа",
        "2. Чай",
    ]


def test_changed_time_asks_those_again_who_promised_something(whole: Conversation):
    whole.teacher.says(ON_SATURDAY + "; дела: чай 1", room="events")
    whole.guardian(0).reacts("Каток", "✅", room="events")
    whole.guardian(2).reacts("Каток", "❌", room="events")
    whole.guardian(4).says("!беру 1", room=desk_of(whole, 4))  # a duty, and no answer
    whole.teacher.says("!событие перенести на воскресенье 13:00", room="events")
    letter = (
        "Изменилось: «Каток»\n"
        "Когда: было — сб, 21 ноября, 12:00, стало — вс, 22 ноября, 13:00\n"
        "Теперь: вс, 22 ноября, 13:00, парк Сокольники. Вы по-прежнему придёте? Ответьте «да», «нет» или «может быть»."
    )
    assert letters(whole, 0) == [letter]
    assert letters(whole, 2) == []
    assert letters(whole, 4)[-1] == letter
    assert letters(whole, 5) == [letter]  # the other household of the same family
    assert lines(whole, "до изменения") == ["1 семья ответила до изменения; мы её переспросим."]
    assert whole.texts("staff")[-1] == (
        "№1 «Каток»: версия 2 на карточке. Тех, кто обещал прийти или помочь, спрашиваю ещё раз: 2 семьи.\n"
        "Когда: было — сб, 21 ноября, 12:00, стало — вс, 22 ноября, 13:00"
    )
    assert writes(whole, 0, "да").startswith("Записали: «Каток» (вс, 22 ноября, 13:00) — придёте")
    assert lines(whole, "до изменения") == []
    assert room_noise(whole) == 1


def test_answer_stays_marked_until_it_is_confirmed(rink: Conversation):
    rink.guardian(0).reacts("Каток", "✅", room="events")
    rink.teacher.says("!событие изменить где: школа", room="events")
    assert "Ксения Калинина — 1 взрослый, Ксения (до изменения)" in rink.teacher.says("!событие кто", room="staff")
    rink.guardian(1).reacts("Изменилось", "✅", room=desk_of(rink, 1))
    assert "до изменения" not in rink.teacher.says("!событие кто", room="staff")


def test_unimportant_change_asks_nobody_and_an_important_one_does(rink: Conversation):
    rink.guardian(0).reacts("Каток", "✅", room="events")
    rink.teacher.says("!событие изменить взять: коньки и шлем", room="events")
    rink.teacher.says("!план Сбор у входа", room="events")
    assert letters(rink, 0) == []
    rink.teacher.says("!план добавить Без шлема не пускают важно", room="events")
    assert letters(rink, 0)[-1].split("\n")[:2] == ["Изменилось: «Каток»", "Взять: было — коньки, стало — коньки и шлем"]
    assert "Добавлено: Без шлема не пускают" in letters(rink, 0)[-1]


def test_several_changes_are_one_letter_and_a_slip_put_right_is_none():
    with Conversation({plugin: options(settle=2)}) as talk:
        desk_of(talk, 0)
        talk.teacher.says(ON_SATURDAY, room="events")
        talk.guardian(0).reacts("Каток", "✅", room="events")
        talk.teacher.says("!событие изменить когда: воскресенье 12:00", room="events")
        talk.teacher.says("!событие изменить где: школа", room="events")
        assert talk.texts("staff")[-1].split("\n") == [
            "№1 «Каток»: версия 3 на карточке. Через 2 мин ещё раз спрошу тех, кто обещал прийти или помочь: 1 семья.",
            "Где: было — парк Сокольники, стало — школа",
        ]
        talk.advance(minutes=5)
        assert len(letters(talk, 0)) == 1
        assert "Где: было — парк Сокольники, стало — школа" in letters(talk, 0)[0]
        talk.teacher.says("!событие изменить где: парк", room="events")
        talk.teacher.says("!событие изменить где: школа", room="events")
        talk.advance(minutes=5)
        assert len(letters(talk, 0)) == 1


def test_letter_waits_for_the_end_of_the_quiet_hours(rink: Conversation):
    rink.guardian(0).reacts("Каток", "✅", room="events")
    rink.advance(hours=12)
    rink.teacher.says("!событие изменить где: школа", room="events")
    assert letters(rink, 0) == []
    assert rink.texts("staff")[-1].split("\n")[0].endswith("1 семья. Сейчас тихие часы: письма дойдут вт, 17 ноября, 07:00.")
    rink.advance(hours=10)
    assert len(letters(rink, 0)) == 1


def test_families_without_the_app_are_named_to_staff(rink: Conversation):
    rink.teacher.says("!придут Исаев", room="staff")
    rink.teacher.says("!событие изменить где: школа", room="events")
    assert any(text.startswith("Изменилось: «Каток»") and "Максим Исаев" in text for text in rink.texts("staff"))


def test_neighbours_hear_of_the_move(whole: Conversation):
    from .toy_duties.plugin import RoleRow

    whole.teacher.says(ON_SATURDAY + "; дела: чай 1", room="events")
    whole.teacher.says("!событие изменить когда: воскресенье 13:00", room="events")
    assert RoleRow.get().starts == "2026-11-22 13:00:00+03:00"


def test_no_of_a_family_with_a_duty_is_told_to_staff(whole: Conversation):
    whole.teacher.says(ON_SATURDAY + "; дела: чай 1", room="events")
    whole.guardian(0).says("!беру 1", room=desk_of(whole, 0))
    whole.guardian(2).reacts("Каток", "❌", room="events")
    assert whole.texts("staff") == []
    whole.guardian(0).reacts("Каток", "❌", room="events")
    whole.guardian(1).reacts("Каток", "❌", room="events")
    assert whole.texts("staff") == ["Ксения Калинина — №1 «Каток»: не придут, а за семьёй записано дело. Найдите, кто заменит."]


def test_moved_event_takes_as_long_as_before(rink: Conversation):
    rink.teacher.says("!событие изменить когда: суббота с 12:00 до 14:30", room="events")
    rink.teacher.says("!событие изменить когда: воскресенье 13:00", room="events")
    assert lines(rink, "Когда") == ["Когда: вс, 22 ноября, 13:00–15:30"]
    rink.teacher.says("!событие изменить когда: воскресенье", room="events")
    assert lines(rink, "Когда") == ["Когда: вс, 22 ноября"]


def test_taken_duty_redraws_the_card(whole: Conversation):
    whole.teacher.says(ON_SATURDAY + "; дела: чай 1, фото 2", room="events")
    whole.guardian(0).says("!беру 1", room=desk_of(whole, 0))
    assert lines(whole, "Дела") == ["Дела: занято 1 из 3 · карточка ниже"]
    assert "guardian0" not in card(whole)
    whole.move_to(on(21, 16))
    assert lines(whole, "Дела") == ["Дела: занято было 1 из 3"]


def test_which_event_is_said_by_number_by_thread_or_asked(rink: Conversation):
    rink.teacher.says("!событие Музей 5 декабря 10:00", room="events")
    assert rink.teacher.says("!план Сбор", room="staff").startswith("Событий несколько: №1 «Каток», №2 «Музей». Добавьте номер")
    rink.teacher.says("!план №2 Сбор у школы №5", room="events")
    assert "1. Сбор у школы №5" in card(rink, "Музей")
    rink.teacher.says("!план Коньки точим заранее", room="events", thread=rink.card("Каток ·", room="events").event_id)
    assert "1. Коньки точим заранее" in card(rink)
    rink.teacher.says("!событие изменить 2 где: Волхонка", room="events")
    rink.teacher.says("!план 2: Сбор в холле\nКасса слева", room="events")
    thread = rink.card("Музей ·", room="events").event_id
    rink.teacher.says("!план строка 2: Касса справа", room="events", thread=thread)
    rink.teacher.says("!план добавить 12:00 обед", room="events", thread=thread)
    assert lines(rink, "1. ", "2. ", "3. ", title="Музей") == ["1. Сбор в холле", "2. Касса справа", "3. 12:00 обед"]
    assert "Где: Волхонка" in card(rink, "Музей")


def test_discussion_is_on_the_card_and_nowhere_else(rink: Conversation):
    rink.teacher.says("!обсуждение до четверга", room="events")
    assert lines(rink, "Обсуждаем") == ["Обсуждаем в ветке до чт, 19 ноября, 20:00."]
    rink.advance(days=4)
    assert lines(rink, "Обсуждаем") == []
    assert room_noise(rink) == 1


def test_line_that_is_not_there_is_one_sentence(rink: Conversation):
    assert rink.teacher.says("!план строка 7 Чай", room="staff").startswith("Нет строки «7 Чай». Строк в плане: 0.")
    assert rink.teacher.says("!план №9 Чай", room="staff").startswith("В этом классе нет события №9.")


def test_plan_in_english(english: Conversation):
    english.teacher.says("!event Ice rink on Saturday 12:00; where: the park", room="events")
    english.guardian(0).reacts("Ice rink", "✅", room="events")
    english.teacher.says("!plan We meet at the gate; Tea", room="events")
    english.teacher.says("!event change when: Sunday 13:00", room="events")
    assert letters(english, 0)[-1].split("\n") == [
        "Changed: “Ice rink”",
        "When: was Sat, 21 November, 12:00, is now Sun, 22 November, 13:00",
        "New: We meet at the gate",
        "New: Tea",
        "Now: Sun, 22 November, 13:00, the park. Are you still coming? Answer “yes”, “no” or “maybe”.",
    ]
    assert writes(english, 0, "yes").startswith("Noted")
    assert "Version 3, changed" in card(english, "Ice rink")
