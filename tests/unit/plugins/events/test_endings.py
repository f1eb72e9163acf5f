"""Cancelled, done, and thanked for."""

from __future__ import annotations

import pytest

from classroom_matrix.testing.conversation import Conversation
from classroom_plugins.events.plugin import plugin

from .stage import ON_SATURDAY, card, desk_of, letters, lines, on, options, room_noise, writes
from .toy_duties.plugin import RoleRow


def test_cancelled_event_tells_everybody_who_promised_and_frees_everything(whole: Conversation):
    whole.teacher.says(ON_SATURDAY + "; дела: чай 1", room="events")
    thread = whole.card("Каток", room="events").event_id
    whole.guardian(0).reacts("Каток", "✅", room="events")
    whole.guardian(2).reacts("Каток", "❌", room="events")
    whole.guardian(4).says("!беру 1", room=desk_of(whole, 4))
    whole.teacher.says("!придут Исаев", room="staff")
    whole.guardian(2).says("Предлагаю санки", room="events", thread=thread)
    whole.guardian(2).says("Предлагаю лыжи", room="events", thread=thread)
    whole.teacher.says("!идеи опрос 1 2", room="staff")
    whole.teacher.says("!событие отменить нет льда", room="events")
    letter = "«Каток» (сб, 21 ноября, 12:00) — отменено: нет льда. Приходить не нужно, всё, что вы обещали, снято."
    for number in (0, 4, 5):
        assert letters(whole, number)[-1] == letter
    assert letter not in letters(whole, 2)
    assert whole.card("Каток ·", room="events").body == "Каток · событие №1 отменено\nнет льда"
    assert whole.texts("events")[-1] == "Отменено: «Каток» (сб, 21 ноября, 12:00). Причина: нет льда"
    assert "№1 «Каток» отменено. Эти семьи без приложения, предупредите сами: Максим Исаев." in whole.texts("staff")
    assert RoleRow.get().family_id == ""
    assert "Опрос №1 отменён" in whole.card("Опрос №1", room="events").body
    assert all("Снято." in text for text in whole.texts("staff") if text.startswith("Идея №"))
    before = len(letters(whole, 2))
    whole.advance(days=10)  # no reminder, no thanks
    assert whole.texts("events")[-1].startswith("Отменено")
    assert len(letters(whole, 2)) == before


def test_event_is_cancelled_and_thanked_for_by_its_title(rink: Conversation):
    rink.teacher.says("!событие Музей 5 декабря 10:00", room="events")
    rink.teacher.says("!событие отменить каток нет льда", room="staff")
    assert rink.texts("events")[-1] == "Отменено: «Каток» (сб, 21 ноября, 12:00). Причина: нет льда"
    assert rink.teacher.says("!событие отменить Музей", room="staff") == "№2 «Музей»: отменено. Предупреждать никого не нужно."
    assert rink.texts("events")[-1] == "Отменено: «Музей» (сб, 5 декабря, 10:00)."


def test_cancelling_late_in_the_evening_wakes_those_who_would_come_in_vain(rink: Conversation):
    rink.teacher.says("!событие изменить когда: завтра 8:00", room="events")
    rink.guardian(0).reacts("Каток", "✅", room="events")
    rink.advance(hours=13)
    rink.teacher.says("!событие отменить", room="events")
    assert rink.desk(rink.guardian(0))[-1].body.endswith("Приходить не нужно, всё, что вы обещали, снято.")
    assert rink.desk(rink.guardian(0))[-1].loud


def test_cancelling_something_far_away_waits_for_the_morning(rink: Conversation):
    rink.guardian(0).reacts("Каток", "✅", room="events")
    rink.advance(hours=13)
    rink.teacher.says("!событие отменить", room="events")
    assert letters(rink, 0) == []
    assert rink.texts("staff") == ["Сейчас тихие часы: письма дойдут вт, 17 ноября, 07:00."]
    rink.advance(hours=9)
    assert len(letters(rink, 0)) == 1


def test_cancelled_event_cannot_be_changed(rink: Conversation):
    rink.teacher.says("!событие отменить 1", room="events")
    assert rink.teacher.says("!план №1 Сбор", room="staff") == "Событие №1 «Каток» отменено."
    assert rink.teacher.says("!событие отменить", room="staff") == "Событий впереди пока нет."


def test_event_ends_by_itself_and_is_thanked_for_once(whole: Conversation):
    whole.teacher.says("!событие Каток в субботу с 12:00 до 14:00; дела: чай 1, фото 1", room="events")
    whole.guardian(0).reacts("Каток", "✅", room="events")
    whole.guardian(2).says("!беру 1", room=desk_of(whole, 2))
    whole.guardian(4).says("!беру 2", room=desk_of(whole, 4))
    whole.move_to(on(21, 14, 30))
    assert "прошло" in card(whole).split("\n")[0]
    assert "Была 1 семья — 1 взрослый и 1 ученик" in card(whole)
    whole.advance(days=2)
    thanks = [text for text in whole.texts("events") if text.startswith("Спасибо")]
    assert thanks == ["Спасибо всем, кто пришёл («Каток»), и особенно: guardian2, guardian4!"]
    assert room_noise(whole) == 2


def test_thanks_wait_for_the_morning(rink: Conversation):
    rink.teacher.says("!событие изменить когда: суббота 20:30", room="events")
    rink.guardian(0).reacts("Каток", "✅", room="events")
    rink.move_to(on(22, 6))
    assert room_noise(rink) == 1
    rink.advance(hours=2)
    assert rink.texts("events")[-1] == "Спасибо всем, кто пришёл («Каток»)!"


def test_teacher_s_own_thanks_take_the_place_of_ours(rink: Conversation):
    rink.guardian(0).reacts("Каток", "✅", room="events")
    rink.move_to(on(21, 15, 10))
    rink.teacher.says("!событие спасибо Было чудесно!", room="events")
    assert rink.texts("events")[-1] == "«Каток»: Было чудесно!"
    rink.advance(days=2)
    assert room_noise(rink) == 2


def test_thanks_can_be_left_to_the_teacher_and_name_nobody():
    with Conversation({plugin: options(thanks=False, thanks_names=False)}) as talk:
        desk_of(talk, 0)
        talk.teacher.says(ON_SATURDAY, room="events")
        talk.guardian(0).reacts("Каток", "✅", room="events")
        talk.advance(days=10)
        assert room_noise(talk) == 1


def test_what_was_counted_stays_when_a_family_leaves_or_is_erased(rink: Conversation):
    rink.guardian(0).reacts("Каток", "✅", room="events")
    rink.guardian(2).reacts("Каток", "✅", room="events")
    rink.move_to(on(21, 11))
    rink.teacher.says("!событие готово", room="events")
    rink.database.execute("UPDATE pupil SET class_id = 'left 3b' WHERE family_id = 'family0'")
    rink.guardian(2).reacts("Каток", "❌", room="events")
    rink.teacher.says("!событие спасибо", room="events")
    assert lines(rink, "Были") == ["Были 2 семьи — 2 взрослых и 3 ученика"]


def test_late_answer_gets_one_kind_line(rink: Conversation):
    rink.move_to(on(21, 11))  # the reminder has asked
    rink.teacher.says("!событие готово", room="staff")
    too_late = "«Каток» (сб, 21 ноября, 12:00): уже позади, поэтому ответ не записываю. Спасибо!"
    assert writes(rink, 0, "на каток придём") == too_late
    assert writes(rink, 2, "да") == too_late
    assert writes(rink, 2, "Спасибо") == ""
    rink.advance(days=2)
    assert writes(rink, 0, "да") == ""


def test_late_answer_to_what_is_cancelled_says_so(rink: Conversation):
    rink.move_to(on(20, 13))
    rink.teacher.says("!событие отменить", room="staff")
    assert writes(rink, 0, "да, 2 взрослых") == (
        "«Каток» (сб, 21 ноября, 12:00): отменено, поэтому приходить не нужно. Спасибо, что ответили!"
    )


@pytest.mark.parametrize("command", ["!событие готово 1", "!событие спасибо 1 Было чудесно!", "!событие готово"])
def test_event_that_lies_ahead_is_not_ended_by_a_slip(rink: Conversation, command: str):
    answer = rink.teacher.says(command, room="staff")
    assert answer == (
        "«Каток» (сб, 21 ноября, 12:00) ещё впереди. Когда начнётся: !событие готово 1. Если его не будет: !событие отменить 1"
    )
    assert "прошло" not in card(rink).split("\n")[0]


def test_reminder_and_end_move_with_the_event(rink: Conversation):
    rink.teacher.says("!событие изменить когда: 28 ноября 12:00", room="events")
    rink.move_to(on(24))
    assert letters(rink, 0) == []
    assert "прошло" not in card(rink).split("\n")[0]
    rink.move_to(on(27, 13))
    assert len(letters(rink, 0)) == 1


def test_endings_in_english(english: Conversation):
    english.teacher.says("!event Ice rink on Saturday 12:00", room="events")
    english.guardian(0).reacts("Ice rink", "✅", room="events")
    english.teacher.says("!event cancel no ice", room="events")
    assert letters(english, 0)[-1] == (
        "“Ice rink” (Sat, 21 November, 12:00) is cancelled: no ice. You need not come, and whatever you promised is off."
    )
    assert english.texts("events")[-1] == "Cancelled: “Ice rink” (Sat, 21 November, 12:00). Reason: no ice"
