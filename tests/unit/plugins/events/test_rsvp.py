"""How families say whether they come, whichever way, and what is counted."""

from __future__ import annotations

import pytest

from classroom_matrix.testing.conversation import Conversation
from classroom_matrix.testing.invented_class import FamilySpec
from classroom_plugins.events.plugin import plugin

from .stage import ON_SATURDAY, card, desk_of, letters, lines, looking, on, options, writes


def coming(talk: Conversation) -> str:
    return lines(talk, "Придут", "Придёт", "Пока никто")[0]


def who(talk: Conversation, *marks: str) -> list[str]:
    """Lines of the teacher's list."""
    answer = talk.teacher.says("!событие кто", room="staff")
    return [line.removeprefix("• ") for line in answer.split("\n") if line.startswith("•")]


def test_tap_means_all_pupils_and_one_adult_and_gets_no_answer(rink: Conversation):
    before = rink.count_of_bot()
    rink.guardian(2).reacts("Каток", "✅", room="events")
    assert rink.bot_messages_since(before) == []
    assert coming(rink) == "Придёт 1 семья — 1 взрослый и 2 ученика"
    assert who(rink)[0] == "Таисия Беляева, Семён Беляев — 1 взрослый, Таисия, Семён"


@pytest.mark.parametrize("key", ["✅", "☑️", "✔️", "👍", "✅ Да, приду"])
def test_other_marks_for_yes_count_too(rink: Conversation, key: str):
    rink.guardian(0).reacts("Каток", key, room="events")
    assert coming(rink) == "Придёт 1 семья — 1 взрослый и 1 ученик"


def test_maybe_and_no_are_counted_and_nobody_is_named(rink: Conversation):
    rink.guardian(0).reacts("Каток", "❔", room="events")
    rink.guardian(2).reacts("Каток", "❌", room="events")
    assert lines(rink, "Может быть:") == ["Может быть: 1. Ответили 2 из 4."]
    for name in ("Калинин", "Белям", "Беляев", "guardian"):
        assert name not in card(rink)


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("придём", "придёте: 1 взрослый, Таисия, Семён"),
        ("Придем, 2 взрослых!", "придёте: 2 взрослых, Таисия, Семён"),
        ("будем втроём", "придёте: 1 взрослый, Таисия, Семён"),
        ("2 взрослых, Семён", "придёте: 2 взрослых, Семён"),
        ("Будет только Семён с папой", "придёте: 1 взрослый, Семён"),
        ("мы будем вчетвером", "придёте: 2 взрослых, Таисия, Семён"),
        ("yes, 2 adults", "придёте: 2 взрослых, Таисия, Семён"),
        ("Придём на каток с Таисией", "придёте: 1 взрослый, Таисия"),
        ("придут двое детей и двое взрослых", "придёте: 2 взрослых, Таисия, Семён"),
        ("Мы с мужем и Таисией будем", "придёте: 2 взрослых, Таисия"),
        ("нас будет трое", "придёте: 1 взрослый, Таисия, Семён"),
        ("Будем, 4 человека", "придёте: 2 взрослых, Таисия, Семён"),
        ("нет, в субботу не сможем", "не придёте"),
        ("К сожалению, на каток не придём", "не придёте"),
        ("может быть придём", "может быть, придёте"),
    ],
)
def test_plain_words_in_the_desk_are_echoed(rink: Conversation, said: str, answer: str):
    assert writes(rink, 2, said).startswith(f"Записали: «Каток» (сб, 21 ноября, 12:00) — {answer}.")


@pytest.mark.parametrize(
    "said",
    [
        "Придём завтра за справкой к врачу",
        "Здравствуйте, Семён заболел",
        "да",
        "нет",
        "2",
        "может быть",
        "папа",
        "бабушка с дедушкой",
        "Спасибо!",
        "Таисия не придёт сегодня, заболела",
        "Можно мы придём на консультацию в четверг?",
        "мы будем в школе в 8",
        "Завтра Семёна не будет, болеет",
        "Анна Сергеевна, мы не будем заказывать учебники, у нас есть",
    ],
)
def test_other_talk_in_the_desk_is_left_alone(rink: Conversation, said: str):
    assert writes(rink, 2, said) == ""
    assert coming(rink) == "Пока никто не записался"


def test_unsure_words_are_asked_back(rink: Conversation):
    assert writes(rink, 2, "Каток: не сможем, болеем") == "Понял так: «Каток»: не придёте. Верно? Ответьте «да» или «нет»."
    assert writes(rink, 2, "да").startswith("Записали: «Каток»")


def test_twins_alone_or_one_with_an_adult_is_asked_back(rink: Conversation):
    assert writes(rink, 2, "на каток будем вдвоём").startswith("Понял так: «Каток»: придёте: Таисия, Семён.")


def test_one_of_the_twins_stays_at_home(rink: Conversation):
    writes(rink, 2, "придём, 2 взрослых")
    assert "придёте: 2 взрослых, Таисия" in writes(rink, 2, "Семён не придёт")


def test_bare_yes_keeps_who_was_said_before(rink: Conversation):
    writes(rink, 2, "будем: 2 взрослых, Семён")
    rink.guardian(3).reacts("Каток", "✅", room="events")
    assert coming(rink) == "Придёт 1 семья — 2 взрослых и 1 ученик"


def test_last_act_of_the_family_counts_and_both_hear_of_it_at_most_once_an_hour(rink: Conversation):
    mother, father = rink.guardian(4), rink.guardian(5)  # two households
    mother.reacts("Каток", "✅", room="events")
    father.reacts("Каток", "❌", room="events")
    assert coming(rink) == "Пока никто не записался"
    said = "«Каток» (сб, 21 ноября, 12:00): в вашей семье ответили по-разному. Считается последний ответ: не придёте."
    assert (letters(rink, 4), letters(rink, 5)) == ([said], [said])
    mother.reacts("Каток", "✅", room="events")
    assert len(letters(rink, 4)) == 1
    rink.advance(hours=2)
    father.reacts("Каток", "👎", room="events")
    assert len(letters(rink, 4)) == 2


def test_tap_that_is_taken_back_lets_the_answer_before_speak(rink: Conversation):
    writes(rink, 0, "на каток не придём")
    tap = rink.guardian(0).reacts("Каток", "✅", room="events")
    assert coming(rink).startswith("Придёт 1")
    rink.guardian(0).takes_back(tap, room="events")
    assert coming(rink) == "Пока никто не записался"
    assert lines(rink, "Ответили") == ["Может быть: 0. Ответили 1 из 4."]


def test_answer_that_was_taken_back_before_it_came_is_none(rink: Conversation):
    """The redaction overtakes its answer by the network."""
    with rink.at_once():
        tap = rink.guardian(0).reacts("Каток", "✅", room="events")
        rink.guardian(0).takes_back(tap, room="events")
    assert coming(rink) == "Пока никто не записался"


def test_several_events_are_told_apart_by_name_or_by_asking(rink: Conversation):
    rink.teacher.says("!событие Музей 5 декабря 10:00", room="events")
    assert "«Музей»" in writes(rink, 0, "в музей придём")
    answer = writes(rink, 2, "придём")
    assert answer.split("\n") == [
        "К чему это? Ответьте номером:",
        "1. «Каток»: придёте: 1 взрослый, Таисия, Семён",
        "2. «Музей»: придёте: 1 взрослый, Таисия, Семён",
    ]
    assert writes(rink, 2, "2").startswith("Записали: «Музей»")


def test_teacher_answers_for_a_family_without_the_app(rink: Conversation):
    assert rink.teacher.says("!придут Исаев 2", room="staff") == "Записано: Максим Исаев — №1 «Каток»: 2 взрослых, Максим."
    assert coming(rink) == "Придёт 1 семья — 2 взрослых и 1 ученик"
    assert who(rink)[0].startswith("Максим Исаев — 2 взрослых, Максим (записал(а) Анна Сергеевна, пн, 16 ноября, ")
    assert rink.teacher.says("!придут Исаев нет", room="staff") == "Записано: Максим Исаев — №1 «Каток»: не придут."
    assert rink.teacher.says("!придут Калинина", room="staff").endswith("1 взрослый, Ксения.")
    assert "Не понимаю ответ" in rink.teacher.says("!придут Исаев как получится у них там", room="staff")


def test_proxy_entry_is_not_read_by_families(rink: Conversation):
    rink.teacher.says("!придут Исаев нет", room="events")
    assert all("Исаев" not in message.body for message in rink.room("events"))


def test_family_hears_when_the_teacher_enters_something_else(rink: Conversation):
    rink.guardian(0).reacts("Каток", "✅", room="events")
    rink.teacher.says("!придут Калинина нет", room="staff")
    assert letters(rink, 0)[-1] == (
        "«Каток» (сб, 21 ноября, 12:00): учитель записал ответ вашей семьи — не придёте. Если это не так, просто напишите."
    )


def test_staff_relatives_strangers_and_court_limited_people_do_not_count(rink: Conversation):
    rink.teacher.reacts("Каток", "✅", room="events")
    rink.stranger().reacts("Каток", "✅", room="events")
    rink.database.execute("UPDATE member SET limited = 1 WHERE person_id = 'guardian0'")
    rink.guardian(0).reacts("Каток", "✅", room="events")
    assert coming(rink) == "Пока никто не записался"


def test_limited_guardian_hears_nothing(rink: Conversation):
    rink.guardian(4).reacts("Каток", "✅", room="events")
    rink.database.execute("UPDATE member SET limited = 1 WHERE person_id = 'guardian5'")
    rink.teacher.says("!событие изменить когда: воскресенье 12:00", room="events")
    assert letters(rink, 5) == []
    assert len(letters(rink, 4)) == 1


def test_chase_list_shows_everybody_privately(rink: Conversation):
    rink.guardian(0).reacts("Каток", "✅", room="events")
    rink.guardian(2).reacts("Каток", "❌", room="events")
    rink.teacher.says("!событие кто", room="events")
    assert rink.texts("staff")[-1].split("\n") == [
        "№1 «Каток»:",
        "Придут: 1",
        "• Ксения Калинина — 1 взрослый, Ксения",
        "Не придут: 1",
        "• Таисия Беляева, Семён Беляев",
        "Не ответили: 2",
        "• Марк Чернов",
        "• Максим Исаев (на бумаге)",
    ]
    assert all("Калинин" not in text for text in rink.texts("events"))


def test_change_after_the_deadline_is_told_to_staff(rink: Conversation):
    rink.teacher.says("!событие изменить ответить до среды 12:00", room="events")
    rink.guardian(0).reacts("Каток", "✅", room="events")
    assert rink.texts("staff") == []
    rink.advance(days=3)
    staff = len(rink.texts("staff"))
    rink.guardian(0).reacts("Каток", "❌", room="events")
    assert rink.texts("staff")[staff:] == ["После срока: Ксения Калинина — №1 «Каток»: не придут."]
    rink.guardian(1).reacts("Каток", "❌", room="events")
    assert len(rink.texts("staff")) == staff + 1


def test_reminder_goes_to_the_silent_only_and_is_one_event(rink: Conversation):
    rink.teacher.says("!событие изменить ответить до четверга 18:00", room="events")
    rink.guardian(0).reacts("Каток", "✅", room="events")
    rink.move_to(on(18, 19))
    assert letters(rink, 0) == []
    for number in (2, 4, 5):
        shown = rink.desk(rink.guardian(number))[-1]
        assert shown.body.startswith(
            "«Каток» — сб, 21 ноября, 12:00, парк Сокольники. Вы придёте? Ответьте до чт, 19 ноября, 18:00"
        )
        assert shown.reactions == {}
        assert shown.loud
    assert rink.texts("staff")[-1].startswith(
        "№1 «Каток»: до чт, 19 ноября, 18:00 ещё не ответили семьи без приложения: Максим"
    )


def test_reminders_of_several_events_knock_once(rink: Conversation):
    rink.teacher.says("!событие Музей в субботу 12:00", room="events")
    rink.move_to(on(20, 13))
    for number in (0, 2, 4, 5):
        shown = [message for message in rink.desk(rink.guardian(number)) if "Вы придёте?" in message.body]
        assert [message.loud for message in shown] == [True, False]


def test_news_of_a_place_is_no_question(rink: Conversation):
    """It may be answered by a bare word, and does not take for itself what may be about something else."""
    rink.teacher.says("!событие Музей 5 декабря 10:00", room="events")
    rink.teacher.says("!событие изменить №1 мест: 2", room="events")
    writes(rink, 4, "каток: да")
    writes(rink, 0, "каток: да")
    writes(rink, 0, "музей: да")
    writes(rink, 4, "каток: нет")
    assert "место освободилось" in letters(rink, 0)[-1]
    assert writes(rink, 0, "не сможем").startswith("К чему это?")
    assert writes(rink, 0, "1").startswith("Записали: «Каток» (сб, 21 ноября, 12:00) — не придёте.")


def test_reminder_is_answered_by_a_bare_word_or_a_tap(rink: Conversation):
    rink.move_to(on(20, 13))
    assert writes(rink, 0, "Да, 2 взрослых").startswith(
        "Записали: «Каток» (сб, 21 ноября, 12:00) — придёте: 2 взрослых, Ксения."
    )
    rink.guardian(2).reacts("Вы придёте?", "❌", room=desk_of(rink, 2))
    assert writes(rink, 4, "нет").startswith("Записали: «Каток»")
    assert lines(rink, "Ответили") == ["Может быть: 0. Ответили 3 из 4."]


def test_late_joiner_can_answer_and_leaver_drops_out(rink: Conversation):
    rink.guardian(0).reacts("Каток", "✅", room="events")
    rink.database.execute("UPDATE pupil SET class_id = 'left 3b' WHERE family_id = 'family0'")
    rink.guardian(2).reacts("Каток", "✅", room="events")
    assert coming(rink) == "Придёт 1 семья — 1 взрослый и 2 ученика"
    assert lines(rink, "Ответили") == ["Может быть: 0. Ответили 1 из 3."]


def test_same_tap_twice_and_late_taps_are_harmless(rink: Conversation):
    tap = rink.guardian(0).reacts("Каток", "✅", room="events")
    event = next(e for e in rink.homeserver.rooms[rink.room_id("events")].events if e["event_id"] == tap)
    rink._runner.run(rink.receive([event]))
    assert coming(rink) == "Придёт 1 семья — 1 взрослый и 1 ученик"
    rink.teacher.says("!событие отменить", room="events")
    rink.guardian(2).reacts("событие №1", "✅", room="events")
    assert "отменено, поэтому приходить не нужно" in writes(rink, 2, "на каток придём")


def test_words_in_english(english: Conversation):
    english.teacher.says("!event Ice rink on Saturday 12:00; where: the park", room="events")
    assert writes(english, 2, "yes, we will come, 2 adults") == (
        "Noted: “Ice rink” (Sat, 21 November, 12:00) — you're coming: 2 adults, Таисия, Семён. If that changes, just write."
    )
    assert writes(english, 0, "Sorry, we can't make it to the rink").startswith(
        "Noted: “Ice rink” (Sat, 21 November, 12:00) — you're not coming."
    )
    english.guardian(4).reacts("Ice rink", "❔", room="events")
    body = card(english, "Ice rink")
    assert "1 family is coming — 2 adults and 2 pupils" in body
    assert "Maybe: 1. Answered: 3 of 4." in body
    assert (
        english.teacher.says("!rsvp Исаев 2 adults", room="staff")
        == "Noted: Максим Исаев — no. 1 “Ice rink”: 2 adults, Максим."
    )
    assert "Coming: 2" in english.teacher.says("!event who", room="staff")


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("Hello! We'll be at the rink", "you're coming: 1 adult, Ксения"),
        ("we'd love to come", "you're coming: 1 adult, Ксения"),
        ("there will be three of us", "you're coming: 2 adults, Ксения"),
        ("See you at the rink!", "you're coming: 1 adult, Ксения"),
        ("we won't be coming to the rink", "you're not coming"),
        ("on Saturday I'm not coming", "you're not coming"),
        ("on the 21st we can't", "you're not coming"),
        ("can't do Saturday", "you're not coming"),
        ("sorry, can't come Sat", "you're not coming"),
        ("we might not come", "you might come"),
    ],
)
def test_more_words_in_english(english: Conversation, said: str, answer: str):
    english.teacher.says("!event Ice rink on Saturday 12:00; where: the park", room="events")
    assert writes(english, 0, said).startswith(f"Noted: “Ice rink” (Sat, 21 November, 12:00) — {answer}.")


@pytest.mark.parametrize("said", ["will we be at the rink?", "see you", "probably", "dad", "on the 20th we can't"])
def test_other_talk_in_english_is_left_alone(english: Conversation, said: str):
    english.teacher.says("!event Ice rink on Saturday 12:00; where: the park", room="events")
    assert writes(english, 0, said) == ""


def test_family_with_another_language_is_written_to_in_it():
    families = (FamilySpec(("Anna Smith",), language="en"), FamilySpec(("Марк Чернов",)))
    with Conversation({plugin: options()}, families=families) as talk:
        desk_of(talk, 0)
        talk.teacher.says(ON_SATURDAY, room="events")
        assert writes(talk, 0, "we will come").startswith(
            "Noted: “Каток” (Sat, 21 November, 12:00) — you're coming: 1 adult, Anna."
        )


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("в субботу не сможем", "не придёте"),
        ("в субботу не придём", "не придёте"),
        ("21 ноября не сможем", "не придёте"),
        ("21.11 не получится", "не придёте"),
        ("Придём 21.11. Спасибо!", "придёте: 1 взрослый, Ксения"),
        ("в сб не сможем", "не придёте"),
        ("21-го не придём", "не придёте"),
        ("мы передумали, в субботу не придём", "не придёте"),
        ("sorry can't come on Saturday", "не придёте"),
        ("Sorry, we can't make it on Saturday", "не придёте"),
        ("не сможем прийти на каток", "не придёте"),
        ("на каток не приду", "не придёте"),
        ("не успеем на каток", "не придёте"),
        ("Добрый день! Мы будем на катке", "придёте: 1 взрослый, Ксения"),
        ("Здравствуйте, в субботу придём", "придёте: 1 взрослый, Ксения"),
        ("придём, нас двое", "придёте: 1 взрослый, Ксения"),
        ("нас будет трое", "придёте: 2 взрослых, Ксения"),
        ("придём на каток, нас будет трое", "придёте: 2 взрослых, Ксения"),
    ],
)
def test_more_sentences_are_understood(rink: Conversation, said: str, answer: str):
    assert writes(rink, 0, said).startswith(f"Записали: «Каток» (сб, 21 ноября, 12:00) — {answer}.")


@pytest.mark.parametrize(
    "said",
    [
        "в пятницу не сможем",
        "20-го не сможем",
        "в вс не придём",
        "завтра не придём",
        "22 ноября не придём",
        "мы будем на катке?",
        "Спасибо! Мы будем на катке?",
        "можно мы придём вдвоём?",
        "а если не сможем прийти",
        "мы вчера были на катке",
        "мы с мужем были на катке",
        "не знаем, придём ли",
        "отмена",
        "cancel",
        "будем в 16:15",
        "приду в четверг",
        "на музыку придём",
    ],
)
def test_questions_other_days_and_the_past_are_left_alone(rink: Conversation, said: str):
    assert writes(rink, 0, said) == ""
    assert coming(rink) == "Пока никто не записался"


def test_twins_who_come_alone_are_asked_back_and_not_left_in_silence(rink: Conversation):
    assert writes(rink, 2, "придём, нас двое").startswith("Понял так: «Каток»: придёте: Таисия, Семён. Верно?")


@pytest.mark.parametrize("said", ["Придём вдвоём! А коньки там есть?", "А можно без коньков?\nМы придём."])
def test_answer_beside_a_question_is_asked_back(rink: Conversation, said: str):
    assert writes(rink, 0, said).startswith("Понял так: «Каток»: придёте: 1 взрослый, Ксения. Верно?")


@pytest.mark.parametrize(
    "said",
    [
        "ещё папа придёт",
        "придёт ещё бабушка",
        "папа также придёт",
        "папа тоже будет",
        "+1 взрослый",
        "плюс папа",
        "one more adult",
        "dad is coming too",
    ],
)
def test_somebody_else_is_added_to_who_comes(rink: Conversation, said: str):
    rink.guardian(0).reacts("Каток", "✅", room="events")
    assert writes(rink, 0, said).startswith("Записали: «Каток» (сб, 21 ноября, 12:00) — придёте: 2 взрослых, Ксения.")


@pytest.mark.parametrize(("said", "adults"), [("мы тоже придём, 2 взрослых", 2), ("мы тоже будем", 1), ("+ 2 взрослых", 3)])
def test_who_says_too_is_not_always_somebody_else(rink: Conversation, said: str, adults: int):
    writes(rink, 0, "придём")
    word = "взрослый" if adults == 1 else "взрослых"
    assert f"придёте: {adults} {word}, Ксения." in writes(rink, 0, said)


@pytest.mark.parametrize("said", ["папа не придёт", "бабушка не сможет", "dad can't come"])
def test_one_adult_stays_at_home(rink: Conversation, said: str):
    assert writes(rink, 0, said).startswith("Понял так: «Каток»: не придёте. Верно?")
    writes(rink, 2, "придём, 2 взрослых")
    assert "придёте: 1 взрослый, Таисия, Семён." in writes(rink, 2, said)
    assert writes(rink, 2, said).startswith("Понял так: «Каток»: не придёте. Верно?")


def test_somebody_else_beside_nobody_is_asked_back(rink: Conversation):
    assert writes(rink, 0, "ещё папа придёт").startswith("Понял так: «Каток»: придёте: 2 взрослых, Ксения. Верно?")


@pytest.mark.parametrize("said", ["отмена", "отмените каток", "cancel", "передумали", "не сможем", "не смогу", "can't make it"])
def test_what_was_promised_is_given_up_in_many_words(rink: Conversation, said: str):
    rink.guardian(0).reacts("Каток", "✅", room="events")
    assert writes(rink, 0, said).startswith("Записали: «Каток» (сб, 21 ноября, 12:00) — не придёте.")
    assert writes(rink, 0, "не сможем") == ""  # there is nothing more to give up


def test_answered_letter_asks_nothing_any_more(rink: Conversation):
    from classroom_matrix.domain.facts import MessageSent
    from classroom_matrix.domain.ids import EventId, RoomId, UserId
    from classroom_plugins.events.desk import understand

    def asked(text: str) -> list[bool]:
        message = MessageSent(
            event_id=EventId("$x"),
            room_id=RoomId("!x"),
            sender=UserId("@x:y"),
            at=round(rink.clock.seconds() * 1000),
            body=text,
        )
        person = rink.guardian(0).person
        assert person is not None
        return [meaning.asked is not None for meaning in looking(rink, lambda view: understand(view, person, message))]

    assert asked("придём") == [False]
    rink.move_to(on(20, 13))
    assert asked("придём") == [True]
    assert writes(rink, 0, "maybe").startswith("Записали")
    assert asked("нет") == [False]  # it may be a correction of a moment ago
    rink.advance(hours=2)
    assert asked("нет") == []


def test_other_household_of_the_family_learns_nothing_of_who_comes_with_the_first(rink: Conversation):
    assert "3 взрослых" in writes(rink, 4, "придём, 3 взрослых")
    assert writes(rink, 5, "придём").startswith("Записали: «Каток» (сб, 21 ноября, 12:00) — придёте: 1 взрослый, Марк.")
    assert letters(rink, 4)[-1].endswith("в вашей семье ответили по-разному. Считается последний ответ: придёте.")
    writes(rink, 4, "придём, 2 взрослых")
    tap = rink.guardian(5).reacts("Каток", "❔", room="events")
    rink.guardian(5).takes_back(tap, room="events")
    assert all("2 взрослых" not in text and "3 взрослых" not in text for text in letters(rink, 5))
    rink.teacher.says("!придут Чернов", room="staff")
    assert all("2 взрослых" not in text and "3 взрослых" not in text for text in letters(rink, 5))


def test_deleted_words_are_no_answer_and_that_is_said_once(rink: Conversation):
    rink.guardian(0).says("придём", room=desk_of(rink, 0))
    sent = rink.event_of("придём", desk_of(rink, 0))
    rink.guardian(0).takes_back(sent, room=desk_of(rink, 0))
    assert coming(rink) == "Пока никто не записался"
    assert letters(rink, 0)[-1] == (
        "«Каток» (сб, 21 ноября, 12:00): вы удалили ответ, теперь вы не записаны. Решите — просто напишите."
    )
    assert not rink.desk(rink.guardian(0))[-1].loud
    rink.guardian(1).reacts("Каток", "❌", room="events")
    rink.guardian(0).says("будем вдвоём", room=desk_of(rink, 0))
    count = len(letters(rink, 0))
    rink.guardian(0).takes_back(rink.event_of("будем вдвоём", desk_of(rink, 0)), room=desk_of(rink, 0))
    assert letters(rink, 0)[count:][-1].endswith("вы удалили ответ. Теперь считается: не придёте.")


def test_deleted_words_that_did_not_count_any_more_are_no_news(rink: Conversation):
    rink.guardian(0).says("будем втроём", room=desk_of(rink, 0))
    rink.guardian(0).says("не придём", room=desk_of(rink, 0))
    count = len(letters(rink, 0))
    rink.guardian(0).takes_back(rink.event_of("будем втроём", desk_of(rink, 0)), room=desk_of(rink, 0))
    assert len(letters(rink, 0)) == count


def test_teacher_s_entry_that_is_deleted_is_told_to_staff(rink: Conversation):
    rink.teacher.says("!придут Исаев 2", room="staff")
    rink.teacher.takes_back(rink.event_of("!придут Исаев 2", "staff"), room="staff")
    assert rink.texts("staff")[-1] == "Запись снята: Максим Исаев — №1 «Каток»: ответа теперь нет."
