"""Families say who is away; the teacher has the list."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from classroom_matrix.api.contracts import PupilsAway
from classroom_matrix.domain.ids import HouseholdId
from classroom_matrix.errors import ConfigError
from classroom_matrix.runtime.batch import Batch
from classroom_matrix.runtime.view import ClassView
from classroom_matrix.testing.conversation import CLASS, Conversation
from classroom_matrix.testing.voice import Voice
from classroom_plugins.absence.config import AbsenceConfig
from classroom_plugins.absence.plugin import plugin
from classroom_plugins.consultations.plugin import plugin as consultations
from classroom_plugins.events.plugin import plugin as events

UNTIL_FRIDAY = (
    "Записано: Ксения — болезнь, с пн, 16 ноября по пт, 20 ноября. Ждём в школе пн, 23 ноября."
    " Если что-то изменится, просто напишите сюда."
)
LIST = ["пн, 16 ноября: нет 1 ученика", "• Ксения Калинина — болезнь; ждём пн, 23 ноября"]


def desk(talk: Conversation, household: str = "family0-0") -> str:
    talk._runner.run(talk._desk_of(CLASS, HouseholdId(household)))
    return household


def says(talk: Conversation, text: str, number: int = 0, household: str = "family0-0") -> str:
    return talk.guardian(number).says(text, room=desk(talk, household))


def view_of(talk: Conversation) -> ClassView:
    return ClassView(Batch(talk.database, talk.registry, talk.clock.seconds()), talk.registry.plugins["absence"], CLASS)


def away(talk: Conversation, day: date) -> dict[str, date]:
    return dict(view_of(talk).ask(PupilsAway(day)) or {})  # type: ignore[arg-type]


def test_sentence_is_recorded_and_the_list_comes_at_half_past_eight(talk: Conversation):
    assert says(talk, "Ксения заболела, до пятницы") == UNTIL_FRIDAY
    assert talk.texts("staff") == []
    talk.move_to(datetime(2026, 11, 16, 8, 29))
    assert talk.texts("staff") == []
    talk.move_to(datetime(2026, 11, 16, 8, 31))
    assert [text.split("\n") for text in talk.texts("staff")] == [LIST]
    assert talk.room("staff")[-1].loud
    talk.move_to(datetime(2026, 11, 25, 12, 0))
    assert [text.split(":")[0] for text in talk.texts("staff")] == [
        "пн, 16 ноября", "вт, 17 ноября", "ср, 18 ноября", "чт, 19 ноября", "пт, 20 ноября"
    ]  # fmt: skip


def test_same_dialogue_in_english(english: Conversation):
    assert says(english, "Kseniya is ill until Friday") == (
        "Noted: Ксения — ill, from Mon, 16 November to Fri, 20 November. We expect you back on Mon, 23 November."
        " If anything changes, just write here."
    )
    english.move_to(datetime(2026, 11, 16, 8, 31))
    assert english.texts("staff") == [
        "Mon, 16 November: 1 pupil is away\n• Ксения Калинина — ill; expected on Mon, 23 November"
    ]
    assert says(english, "recovered, back tomorrow") == "Good! We expect Ксения on Tue, 17 November."
    answer = english.teacher.says("!who's away", room="staff")
    assert answer == "Mon, 16 November: 1 pupil is away\n• Ксения Калинина — ill; expected on Tue, 17 November"


def test_nobody_away_is_no_list(talk: Conversation):
    talk.move_to(datetime(2026, 11, 20, 12, 0))
    assert talk.texts("staff") == []
    assert talk.teacher.says("!кто болеет", room="staff") == "пт, 20 ноября: об отсутствии никто не сообщал."


def test_planned_absence_is_in_the_list_of_its_days(talk: Conversation):
    says(talk, "отсутствует 3–7 декабря по семейным")
    talk.move_to(datetime(2026, 12, 3, 8, 31))
    assert talk.texts("staff") == [
        "чт, 3 декабря: нет 1 ученика\n• Ксения Калинина — по семейным обстоятельствам; ждём вт, 8 декабря"
    ]


def test_after_the_cut_off_the_teacher_is_told_at_once(talk: Conversation):
    talk.move_to(datetime(2026, 11, 16, 8, 16))
    says(talk, "болеет сегодня")
    late = "Сообщили сейчас: Ксения Калинина — сегодня не придёт (болезнь), ждём вт, 17 ноября."
    assert talk.texts("staff") == [late]
    says(talk, "болеет сегодня")
    talk.move_to(datetime(2026, 11, 16, 10, 0))
    assert [text.split("\n")[0] for text in talk.texts("staff")] == [late, LIST[0]]
    says(talk, "выздоровела, сегодня придём")
    assert talk.texts("staff")[-1] == "Сообщили сейчас: Ксения Калинина — сегодня всё же придёт."


def test_evening_word_means_the_next_school_day_and_is_asked_back(talk: Conversation):
    talk.move_to(datetime(2026, 11, 16, 19, 0))
    assert says(talk, "Ксения заболела") == "Понял так: Ксения: не будет в школе вт, 17 ноября. Верно? Ответьте «да» или «нет»."
    assert away(talk, date(2026, 11, 17)) == {}
    assert says(talk, "да").startswith("Записано: Ксения — болезнь, вт, 17 ноября.")
    assert list(away(talk, date(2026, 11, 17))) == ["pupil1"]


def test_friday_evening_means_monday():
    with Conversation(plugin, start=datetime(2026, 11, 20, 19, 0)) as talk:
        says(talk, "Ксения заболела")
        assert says(talk, "да").startswith("Записано: Ксения — болезнь, пн, 23 ноября.")


def test_shorter_word_lengthens_nothing_and_a_return_ends(talk: Conversation):
    says(talk, "болеет до пятницы")
    assert says(talk, "болеет сегодня").startswith("Это уже записано: Ксения — болезнь, с пн, 16 ноября по пт, 20 ноября.")
    assert says(talk, "болеет до среды").startswith("Записано: Ксения — болезнь, с пн, 16 ноября по ср, 18 ноября.")
    assert says(talk, "выздоровела, завтра придём") == "Хорошо! Ждём: Ксения — вт, 17 ноября."
    assert (away(talk, date(2026, 11, 16)), away(talk, date(2026, 11, 17))) == ({"pupil1": date(2026, 11, 16)}, {})
    talk.move_to(datetime(2026, 11, 17, 12, 0))
    assert len(talk.texts("staff")) == 1


def test_return_later_than_expected_is_a_longer_absence(talk: Conversation):
    says(talk, "болеет до среды")
    assert says(talk, "в понедельник придём").startswith("Записано: Ксения — болезнь, с пн, 16 ноября по пт, 20 ноября.")
    assert away(talk, date(2026, 11, 20)) == {"pupil1": date(2026, 11, 20)}


def test_return_that_nobody_waits_for_is_other_talk(talk: Conversation):
    assert says(talk, "завтра придём") == ""
    assert says(talk, "!выздоровел") == "Отсутствие не было записано. Ждём в школе!"


def test_twins_are_asked_which_and_both_may_be_meant(talk: Conversation):
    assert says(talk, "болеет сегодня", 2, "family1-0").split("\n") == [
        "К чему это? Ответьте номером:",
        "1. Таисия: не будет в школе пн, 16 ноября",
        "2. Семён: не будет в школе пн, 16 ноября",
        "3. Таисия, Семён: не будет в школе пн, 16 ноября",
    ]
    assert says(talk, "2", 2, "family1-0").startswith("Записано: Семён — болезнь, пн, 16 ноября.")
    assert says(talk, "оба болеют до среды", 3, "family1-0").startswith("Записано: Таисия, Семён — болезнь, с пн, 16 ноября")
    assert says(talk, "Таисия выздоровела, завтра придёт", 2, "family1-0") == "Хорошо! Ждём: Таисия — вт, 17 ноября."
    assert list(away(talk, date(2026, 11, 17))) == ["pupil3"]
    assert says(talk, "!болеет сегодня", 2, "family1-0") == (
        "Кого не будет: Таисия, Семён или оба? Например: !болеет Таисия сегодня"
    )


def test_other_household_of_separated_parents_is_told_in_one_line(talk: Conversation):
    says(talk, "болеет до среды", 4, "family2-0")
    assert talk.texts("family2-1") == [
        "Марк: записано отсутствие с пн, 16 ноября по ср, 18 ноября, ждём в школе чт, 19 ноября."
    ]
    assert len(talk.texts("family2-0")) == 1
    says(talk, "выздоровел, завтра придём", 5, "family2-1")
    assert talk.texts("family2-0")[-1] == "Марк: отсутствие снято, ждём в школе вт, 17 ноября."


def test_adult_with_a_court_limit_hears_nothing(talk: Conversation):
    desk(talk, "family2-1")
    talk._runner.run(
        talk.database.call(lambda: talk.database.execute("UPDATE member SET limited = 1 WHERE person_id = 'guardian5'"))
    )
    says(talk, "болеет до среды", 4, "family2-0")
    assert talk.texts("family2-1") == []


def test_teacher_enters_for_a_family_that_called(talk: Conversation):
    answer = talk.teacher.says("!отсутствует Исаев до пятницы по семейным", room="staff")
    assert answer == (
        "Записано: Максим Исаев — по семейным обстоятельствам, с пн, 16 ноября по пт, 20 ноября, ждём пн, 23 ноября."
    )
    talk.teacher.says("!болеет Калининой до вторника", room="staff")
    assert talk.texts("family0-0") == [
        "Ксения: записано отсутствие с пн, 16 ноября по вт, 17 ноября, ждём в школе ср, 18 ноября."
    ]
    talk.teacher.says("!отсутствует Беляевы оба завтра", room="staff")
    assert len(away(talk, date(2026, 11, 17))) == 4
    assert talk.teacher.says("!выздоровел Исаев, завтра придёт", room="staff") == (
        "Записано: Максим Исаев — снова в школе вт, 17 ноября."
    )


def test_entry_in_a_room_where_families_read_is_taken_away(talk: Conversation):
    talk.teacher.says("!отсутствует Исаев до пятницы", room="talk")
    assert [m.body for m in talk.room("talk")] == []
    assert talk.texts("staff")[0].startswith("Записано: Максим Исаев — причина не указана")


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("!отсутствует", "пн, 16 ноября: об отсутствии никто не сообщал."),
        ("!отсутствует Пушкин до пятницы", "Не нахожу в классе «Пушкин». Напишите фамилию ученика или его номер в списке."),
        ("!выздоровел Исаев", "Максим Исаев: отсутствие не было записано."),
    ],
)
def test_wrong_entries_get_one_sentence(talk: Conversation, command: str, answer: str):
    assert talk.teacher.says(command, room="staff") == answer


def test_list_any_time_is_private(talk: Conversation):
    says(talk, "болеет до пятницы")
    talk.teacher.says("!отсутствует Исаев 19 ноября", room="staff")
    talk.teacher.says("!кто болеет", room="announcements")
    assert talk.texts("announcements") == []
    assert talk.texts("staff")[-1].split("\n") == [*LIST, "С чт, 19 ноября: Максим Исаев; ждём пт, 20 ноября"]
    assert "чт, 19 ноября: нет 2 учеников" in talk.teacher.says("!кто болеет в четверг", room="staff")
    talk.guardian(0).says("!кто болеет", room="talk")
    assert "Исаев" not in "".join(talk.texts("talk") + talk.texts("family0-0"))


def test_deleted_message_takes_back_what_it_said(talk: Conversation):
    says(talk, "болеет до пятницы")
    talk.guardian(0).takes_back(talk.event_of("болеет до", "family0-0"), room="family0-0")
    assert talk.texts("family0-0")[-1] == "Ксения: сообщение удалено, и запись об отсутствии снята."
    assert away(talk, date(2026, 11, 16)) == {}
    talk.move_to(datetime(2026, 11, 16, 9, 0))
    assert talk.texts("staff") == []


def test_command_in_a_shared_room_is_answered_in_the_desk(talk: Conversation):
    talk.guardian(0).says("!болеет до пятницы", room="talk")
    assert (talk.texts("talk"), talk.texts("family0-0")) == ([], [UNTIL_FRIDAY])


def test_relatives_strangers_and_questions_record_nothing(talk: Conversation):
    talk.stranger().says("болеет сегодня", room="talk")
    for text in ("Ксения болеет?", "мама болеет", "не придём на собрание завтра"):
        assert says(talk, text) == ""
    assert away(talk, date(2026, 11, 16)) == {}


@pytest.mark.parametrize("day", ["1 июля 2027", "1 июля"])
def test_day_that_is_far_away_is_a_slip(talk: Conversation, day: str):
    answer = says(talk, f"!болеет {day}")
    assert "1 июля" in answer
    assert answer.endswith(" — это слишком далеко отсюда. Например: !болеет сегодня, !болеет с 3 по 7 марта")
    assert (away(talk, date(2027, 7, 1)), away(talk, date(2026, 7, 1))) == ({}, {})


def test_days_without_school_are_no_absence(talk: Conversation):
    assert says(talk, "не придём в субботу") == ""
    assert says(talk, "!болеет в субботу") == "сб, 21 ноября — в эти дни нет уроков, записывать нечего."


def test_words_are_not_kept_and_export_and_erasure_are_whole(talk: Conversation):
    says(talk, "У Ксении ангина, болеет до пятницы")
    rows = talk._runner.run(talk.database.call(lambda: list(talk.database.execute("SELECT * FROM absence_statement"))))
    assert "ангина" not in str(rows)
    mine = talk.family("Калинина")
    assert plugin.export is not None
    assert plugin.erase is not None
    (row,) = plugin.export(view_of(talk), mine)["Что сообщали"]
    assert (row["Ученик"], row["Что"], row["С"], row["По"]) == (
        "Ксения Калинина", "отсутствует, болезнь", "16.11.2026", "20.11.2026"
    )  # fmt: skip
    assert plugin.export(view_of(talk), talk.family("Чернов")) == {}
    plugin.erase(view_of(talk), mine)
    plugin.erase(view_of(talk), mine)
    assert plugin.export(view_of(talk), mine) == {}


def test_agenda_names_the_absence_without_its_reason(talk: Conversation):
    says(talk, "болеет до пятницы")
    assert plugin.agenda is not None
    (line,) = plugin.agenda(view_of(talk), talk.family("Калинина").households[0])
    assert line.spans == ("Ксения: записано отсутствие с пн, 16 ноября по пт, 20 ноября, ждём в школе пн, 23 ноября.",)


@pytest.mark.parametrize("options", [{"school_days": ()}, {"list_at": datetime(2026, 1, 1, 8, 0).time()}])
def test_impossible_options_are_refused(options: dict[str, object]):
    with pytest.raises(ConfigError):
        AbsenceConfig(**options)  # type: ignore[arg-type]


def edit(talk: Conversation, voice: Voice, what: str, text: str, room: str = "family0-0") -> str:
    new = {"msgtype": "m.text", "body": text}
    relation = {"rel_type": "m.replace", "event_id": talk.event_of(what, room)}
    before = talk.count_of_bot()
    voice.sends("m.room.message", {**new, "body": f"* {text}", "m.new_content": new, "m.relates_to": relation}, room=room)
    return "\n".join(talk.bot_messages_since(before))


def test_edited_sentence_takes_the_place_of_what_it_said(talk: Conversation):
    says(talk, "болеет до пятницы")
    sent = talk.event_of("болеет до пятницы", "family0-0")
    assert edit(talk, talk.guardian(0), sent, "болеет до среды").startswith(
        "Записано: Ксения — болезнь, с пн, 16 ноября по ср, 18 ноября. Ждём в школе чт, 19 ноября."
    )
    assert away(talk, date(2026, 11, 19)) == {}
    assert edit(talk, talk.guardian(0), sent, "Болеет до среды!") == ""
    assert edit(talk, talk.guardian(0), sent, "болеет до понедельника, наверное").startswith("Правку не понимаю")
    assert edit(talk, talk.guardian(1), sent, "болеет до четверга") == ""
    talk.guardian(0).takes_back(sent, room="family0-0")
    assert away(talk, date(2026, 11, 17)) == {}


def test_edited_sentence_of_twins_may_name_the_other(talk: Conversation):
    says(talk, "Таисия болеет сегодня", 2, "family1-0")
    answer = edit(talk, talk.guardian(2), "Таисия болеет", "Семён болеет сегодня", "family1-0")
    assert answer.endswith("Записано: Семён — болезнь, пн, 16 ноября. Ждём в школе вт, 17 ноября. Если что-то изменится, просто"
                           " напишите сюда.")  # fmt: skip
    assert list(away(talk, date(2026, 11, 16))) == ["pupil3"]


def test_edit_that_makes_talk_an_absence_is_not_passed_over(talk: Conversation):
    says(talk, "Добрый вечер")
    talk.advance(minutes=20)
    assert edit(talk, talk.guardian(0), "Добрый вечер", "Ксения болеет").startswith("Правку сообщения я не вижу как новое.")
    assert away(talk, date(2026, 11, 16)) == {}
    says(talk, "Добрый день")
    assert edit(talk, talk.guardian(0), "Добрый день", "Ксения болеет").startswith("Записано: Ксения — болезнь")
    assert len(away(talk, date(2026, 11, 16))) == 1
    says(talk, "Спасибо")
    assert edit(talk, talk.guardian(0), "Спасибо", "Спасибо большое") == ""


def test_edited_entry_of_staff_is_followed(talk: Conversation):
    talk.teacher.says("!отсутствует Исаев до пятницы по семейным", room="staff")
    sent = talk.event_of("!отсутствует Исаев", "staff")
    assert edit(talk, talk.teacher, sent, "!отсутствует Исаев до среды по семейным", "staff") == (
        "Записано: Максим Исаев — по семейным обстоятельствам, с пн, 16 ноября по ср, 18 ноября, ждём чт, 19 ноября."
    )
    assert edit(talk, talk.teacher, sent, "!отсутствует до среды", "staff").startswith("Правку не понимаю")
    assert list(away(talk, date(2026, 11, 18))) == ["pupil5"]


def test_sentence_that_was_asked_back_can_be_taken_back(talk: Conversation):
    talk.move_to(datetime(2026, 11, 16, 19, 0))
    says(talk, "Ксения заболела")
    sent = talk.event_of("Ксения заболела", "family0-0")
    says(talk, "да")
    talk.guardian(0).takes_back(sent, room="family0-0")
    assert away(talk, date(2026, 11, 17)) == {}


def test_last_week_is_asked_and_nobody_is_waited_for(talk: Conversation):
    desk(talk, "family2-1")
    assert says(talk, "мы болели на прошлой неделе", 4, "family2-0").startswith(
        "Понял так: Марк: не будет в школе с пн, 9 ноября по пт, 13 ноября. Верно?"
    )
    assert says(talk, "да", 4, "family2-0") == "Записано: Марк — болезнь, с пн, 9 ноября по пт, 13 ноября."
    assert talk.texts("family2-1") == ["Марк: записано отсутствие с пн, 9 ноября по пт, 13 ноября."]
    assert says(talk, "заболел", 4, "family2-0").startswith(
        "Записано: Марк — болезнь, пн, 16 ноября. Ждём в школе вт, 17 ноября."
    )


def test_question_about_homework_of_an_illness_records_nothing(talk: Conversation):
    desk(talk, "family2-1")
    assert says(talk, "что было задано пока болели 3-7 марта", 4, "family2-0") == ""
    assert talk.texts("family2-1") == []


def test_temperature_that_is_gone_is_a_return_or_nothing(talk: Conversation):
    assert says(talk, "температура прошла") == ""
    says(talk, "болеет до пятницы")
    assert says(talk, "температуры нет, завтра придём") == "Хорошо! Ждём: Ксения — вт, 17 ноября."


def test_who_was_away_on_friday_may_come_later_on_sunday():
    with Conversation(plugin, start=datetime(2026, 11, 20, 7, 30)) as talk:
        says(talk, "болеет сегодня")
        talk.move_to(datetime(2026, 11, 22, 19, 0))
        assert says(talk, "придём в среду").startswith("Записано: Ксения — болезнь, с пт, 20 ноября по вт, 24 ноября.")
        assert says(talk, "выздоровела, завтра придём") == "Хорошо! Ждём: Ксения — пн, 23 ноября."


def test_feeling_bad_is_asked_back(talk: Conversation):
    assert says(talk, "Ксения плохо себя чувствует") == (
        "Понял так: Ксения: не будет в школе пн, 16 ноября. Верно? Ответьте «да» или «нет»."
    )


def test_reply_that_does_not_name_school_is_asked_back(talk: Conversation):
    says(talk, "болеет сегодня")
    letter = talk.event_of("Записано", "family0-0")
    answer = talk.guardian(0).says("завтра не придём", room="family0-0", reply_to=letter)
    assert answer.startswith("Понял так: Ксения: не будет в школе вт, 17 ноября.")
    answer = talk.guardian(0).says("завтра в школу не придём", room="family0-0", reply_to=letter)
    assert answer.startswith("Записано: Ксения — болезнь, с пн, 16 ноября по вт, 17 ноября.")


def test_twin_is_told_of_by_name_alone(talk: Conversation):
    says(talk, "Семён", 2, "family1-0")
    assert talk.texts("family1-0") == []
    says(talk, "Семён заболел, до среды", 2, "family1-0")
    assert says(talk, "Таисия тоже", 3, "family1-0").startswith("Записано: Таисия — болезнь, с пн, 16 ноября по ср, 18 ноября.")
    assert says(talk, "Семён", 2, "family1-0") == ""
    assert len(away(talk, date(2026, 11, 18))) == 2


def test_bare_name_of_a_twin_is_asked_and_forgotten_after_an_hour(talk: Conversation):
    says(talk, "Семён заболел, до среды", 2, "family1-0")
    assert says(talk, "Таисия", 2, "family1-0").startswith(
        "Понял так: Таисия: не будет в школе с пн, 16 ноября по ср, 18 ноября."
    )
    says(talk, "нет", 2, "family1-0")
    talk.advance(hours=2)
    assert says(talk, "Таисия тоже", 2, "family1-0") == ""


def test_reason_that_is_added_is_no_second_letter(talk: Conversation):
    desk(talk)
    talk.teacher.says("!отсутствует Калинина до пятницы", room="staff")
    talk.teacher.says("!болеет Калинина до пятницы", room="staff")
    assert len(talk.texts("family0-0")) == 1
    assert "болезнь" in talk.texts("staff")[-1]


def test_tomorrow_in_a_message_that_comes_late_is_the_day_after_it_was_written(talk: Conversation):
    room = talk.room_id(desk(talk))
    said = int(datetime(2026, 11, 16, 23, 55, tzinfo=talk.zone).timestamp() * 1000)
    talk.move_to(datetime(2026, 11, 17, 7, 30))  # the service was down in the night
    sender = talk.guardian(0).user_id
    event = {"type": "m.room.message", "event_id": "$late", "room_id": room, "sender": sender, "origin_server_ts": said}
    talk._runner.run(talk.receive([{**event, "content": {"msgtype": "m.text", "body": "болеет завтра"}}]))
    talk.settle()
    assert talk.texts("family0-0")[-1].startswith("Записано: Ксения — болезнь, вт, 17 ноября.")


def test_deleted_message_leaves_what_was_said_before_it(talk: Conversation):
    desk(talk, "family2-1")
    says(talk, "болеет до пятницы", 4, "family2-0")
    says(talk, "болеет до среды", 4, "family2-0")
    talk.guardian(4).takes_back(talk.event_of("болеет до среды", "family2-0"), room="family2-0")
    assert talk.texts("family2-0")[-1].startswith("Записано: Марк — болезнь, с пн, 16 ноября по пт, 20 ноября.")
    assert talk.texts("family2-1")[-1] == (
        "Марк: записано отсутствие с пн, 16 ноября по пт, 20 ноября, ждём в школе пн, 23 ноября."
    )
    says(talk, "выздоровел, завтра придём", 4, "family2-0")
    talk.guardian(4).takes_back(talk.event_of("выздоровел", "family2-0"), room="family2-0")
    assert talk.texts("family2-0")[-1].startswith("Записано: Марк — болезнь, с пн, 16 ноября по пт, 20 ноября.")


def test_deleted_message_of_twins_gets_one_line(talk: Conversation):
    says(talk, "оба болеют до среды", 2, "family1-0")
    talk.guardian(2).takes_back(talk.event_of("оба болеют", "family1-0"), room="family1-0")
    assert talk.texts("family1-0")[1:] == ["Таисия, Семён: сообщение удалено, и запись об отсутствии снята."]


def test_deleted_on_a_later_day_nobody_is_waited_for_in_the_past(talk: Conversation):
    desk(talk, "family2-1")
    says(talk, "болеет до пятницы", 4, "family2-0")
    talk.move_to(datetime(2026, 11, 18, 12, 0))
    talk.guardian(4).takes_back(talk.event_of("болеет до", "family2-0"), room="family2-0")
    assert talk.texts("family2-1")[-1] == "Марк: отсутствие снято, ждём в школе ср, 18 ноября."


def test_deleted_entry_of_staff_is_answered_and_leaves_the_other(talk: Conversation):
    talk.teacher.says("!отсутствует Исаев до пятницы", room="staff")
    talk.teacher.says("!болеет Исаев до среды", room="staff")
    talk.teacher.takes_back(talk.event_of("!болеет Исаев", "staff"), room="staff")
    assert talk.texts("staff")[-1].startswith("Записано: Максим Исаев — причина не указана, с пн, 16 ноября по пт, 20 ноября")
    talk.teacher.takes_back(talk.event_of("!отсутствует Исаев", "staff"), room="staff")
    assert talk.texts("staff")[-1] == "Сообщение удалено, запись об отсутствии снята: Максим Исаев."


def test_edit_of_an_entry_that_was_refused_is_not_passed_over(talk: Conversation):
    talk.teacher.says("!отсутствует Калинена до пятницы", room="staff")
    sent = talk.event_of("!отсутствует Калинена", "staff")
    assert edit(talk, talk.teacher, sent, "!отсутствует Калинина до пятницы", "staff").startswith("Правку сообщения я не вижу")
    talk.teacher.says("Завтра педсовет", room="staff")
    assert edit(talk, talk.teacher, "Завтра педсовет", "Завтра нет педсовета", "staff") == ""


def test_answer_to_a_reminder_of_something_else_is_no_absence():
    with Conversation({consultations: consultations.config(), plugin: AbsenceConfig()}) as talk:  # type: ignore[misc]
        talk.teacher.says("!запись чт 16:00–18:00 по 15 мин", room="staff")
        desk(talk)
        says(talk, "запись 3")
        assert says(talk, "в четверг не сможем").split("\n")[1:] == [
            "1. отменить консультацию чт, 19 ноября, 16:30, Анна Сергеевна",
            "2. Ксения: не будет в школе чт, 19 ноября",
        ]
        talk.move_to(datetime(2026, 11, 18, 19, 30))
        assert says(talk, "завтра не придём").count("\n") == 2
        reminder = talk.event_of("Напоминаем о консультации", "family0-0")
        talk.guardian(0).says("завтра не придём", room="family0-0", reply_to=reminder)
        assert "Запись отменена: чт, 19 ноября, 16:30, Анна Сергеевна." in talk.texts("family0-0")
        assert away(talk, date(2026, 11, 19)) == {}


def test_twins_are_answered_by_name_or_together(talk: Conversation):
    says(talk, "заболел сегодня", 2, "family1-0")
    assert says(talk, "Семён", 3, "family1-0").startswith("Записано: Семён — болезнь, пн, 16 ноября.")
    talk.move_to(datetime(2026, 11, 17, 7, 30))
    says(talk, "заболели", 2, "family1-0")
    assert says(talk, "оба", 2, "family1-0").startswith("Записано: Таисия, Семён — болезнь,")
    assert len(away(talk, date(2026, 11, 17))) == 2


def test_other_parent_may_answer(talk: Conversation):
    assert says(talk, "кашель, останемся дома").startswith("Понял так: Ксения: не будет в школе пн, 16 ноября.")
    assert says(talk, "да", 1).startswith("Записано: Ксения — причина не указана, пн, 16 ноября.")


def test_return_is_read_beside_a_past_illness(talk: Conversation):
    says(talk, "болеет до среды")
    assert says(talk, "вчера болели, завтра придём") == "Хорошо! Ждём: Ксения — вт, 17 ноября."


def test_class_does_something_that_day_so_it_is_asked():
    with Conversation({plugin: AbsenceConfig(), events: events.config()}) as talk:  # type: ignore[misc]
        talk.teacher.says("!событие Каток в пятницу 15:00", room="staff")
        desk(talk)
        says(talk, "в пятницу не придём")
        assert away(talk, date(2026, 11, 20)) == {}
        assert says(talk, "болеем до пятницы").startswith("Записано: Ксения — болезнь")


def test_saturday_is_left_to_others(talk: Conversation):
    for text in ("в субботу не сможем", "в субботу не придём", "sorry, can't come on Saturday", "не сможем", "can't make it"):
        assert says(talk, text) == ""


def test_help_shows_families_their_own_words_and_staff_theirs(talk: Conversation):
    assert "!болеет до пятницы" in says(talk, "!помощь болеет")
    assert "!болеет Калинина до пятницы" in talk.teacher.says("!помощь болеет", room="staff")


@pytest.mark.parametrize("why", ["сломал ключицу", "звонила мама, лечиться уехали", "температура 38.5"])
def test_staff_may_add_why_in_any_words(talk: Conversation, why: str):
    answer = talk.teacher.says(f"!отсутствует Исаев до пятницы, {why}", room="staff")
    assert answer.startswith("Записано: Максим Исаев — ")
    assert list(away(talk, date(2026, 11, 20))) == ["pupil5"]


@pytest.mark.parametrize("until", ["до пятнцы", "до 45", "until Fridya", "с 31.02"])
def test_misspelled_day_of_an_entry_is_not_today(talk: Conversation, until: str):
    answer = talk.teacher.says(f"!отсутствует Исаев {until}", room="staff")
    assert answer.startswith("Не понимаю, какие это дни")
    assert says(talk, f"!болеет {until}").startswith("Не понимаю, какие это дни")
    assert away(talk, date(2026, 11, 16)) == {}
