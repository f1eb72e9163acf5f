"""How polls end, and the reminders before."""

from __future__ import annotations

from datetime import datetime

import pytest

from classroom_matrix.storage.tables import PersonRow
from classroom_matrix.testing.conversation import Conversation
from classroom_plugins.polls.config import PollsConfig
from classroom_plugins.polls.plugin import plugin


def vote(talk: Conversation, *options: str) -> None:
    """The families Калинина, Беляевы and Чернов vote, in this order."""
    for guardian, option in zip((0, 2, 4), options, strict=False):
        talk.guardian(guardian).votes("Когда", option)


def ends(talk: Conversation) -> int:
    return sum(event["type"].endswith("poll.end") for event in talk.homeserver.rooms[talk.room_id("announcements")].events)


def test_poll_closes_by_itself_and_the_result_is_announced(talk: Conversation):
    talk.teacher.says("!опрос Когда едем? Пятница; Суббота до пятницы 18:00 кворум 50%")
    vote(talk, "Пятница", "Суббота", "Суббота")
    talk.move_to(datetime(2026, 11, 20, 17, 59))
    assert ends(talk) == 0
    talk.advance(minutes=2)
    result = talk.room("announcements")[-1]
    assert result.body.split("\n") == [
        "Опрос №1 завершён: Когда едем?",
        "1️⃣ Пятница — 1",
        "2️⃣ Суббота — 2",
        "Проголосовало семей: 3 из 4 (75\xa0%).",
        "Кворум 50\xa0% набран.",
        "Решение: Суббота",
    ]
    card = talk.room("announcements")[-2]
    assert (result.loud, ends(talk), card.body) == (True, 1, result.body)
    assert "m.relates_to" not in result.content  # a quoted card would say everything twice
    assert [line for line in card.content["formatted_body"].split("<br>") if "<strong>2" in line]


def test_the_same_in_english(english: Conversation):
    english.teacher.says("!poll When do we go? Friday; Saturday quorum all")
    english.guardian(0).votes("When", "Friday")
    english.teacher.says("!poll close 1")
    assert english.room("announcements")[-1].body.split("\n") == [
        "Poll no. 1 has ended: When do we go?",
        "1️⃣ Friday — 1",
        "2️⃣ Saturday — 0",
        "1 of 4 families voted (25%).",
        "The quorum of 100% was not reached: 4 families were needed.",
        "Without the quorum nothing is decided.",
    ]


@pytest.mark.parametrize(
    ("options", "outcome"),
    [
        (("Пятница", "Суббота"), "Поровну: «Пятница», «Суббота». Решения нет."),
        ((), "Никто не проголосовал. Решения нет."),
        (("Суббота",), "Больше всего голосов: Суббота"),
    ],
)
def test_outcome_is_said_plainly(talk: Conversation, options: tuple[str, ...], outcome: str):
    talk.teacher.says("!опрос Когда едем? Пятница; Суббота; Воскресенье")
    vote(talk, *options)
    talk.teacher.says("!опрос закрыть")
    assert talk.room("announcements")[-1].body.split("\n")[-1] == outcome


def test_closing_from_elsewhere_is_answered_there(talk: Conversation):
    talk.teacher.says("!опрос Когда едем? Пятница; Суббота")
    talk.teacher.says("!опрос закрыть", room="staff")
    assert talk.texts("staff") == ["Опрос №1 «Когда едем?» закрыт, итог объявлен."]


def test_closed_poll_cannot_be_closed_or_cancelled(talk: Conversation):
    talk.teacher.says("!опрос Когда едем? Пятница; Суббота")
    talk.teacher.says("!опрос закрыть")
    for command in ("закрыть", "отменить"):
        assert talk.teacher.says(f"!опрос {command} 1") == "Опрос №1 «Когда едем?» уже завершён."
    assert ends(talk) == 1


def test_poll_is_named_by_replying_to_it(talk: Conversation):
    talk.teacher.says("!опрос Когда едем? Пятница; Суббота")
    talk.teacher.says("!опрос Куда? Музей; Театр")
    assert talk.teacher.says("!опрос закрыть").startswith("Открыто несколько опросов: №1 «Когда едем?», №2 «Куда?».")
    talk.teacher.says("!опрос закрыть", reply_to=talk.card("Опрос №1").event_id)
    talk.teacher.says("!опрос отменить", reply_to=talk.poll("Куда").event_id)
    assert talk.teacher.says("!опрос список").split("\n")[1:] == [
        "• №2 «Куда?» — отменён",
        "• №1 «Когда едем?» — завершён, решения нет",
    ]


def test_cancelled_poll_has_no_result(talk: Conversation):
    talk.teacher.says("!опрос Когда едем? Пятница; Суббота до пятницы 18:00")
    vote(talk, "Пятница")
    assert talk.teacher.says("!опрос отменить") == "Опрос №1 «Когда едем?» отменён."
    talk.advance(days=6)
    assert talk.texts("announcements")[0] == "Опрос №1 отменён: Когда едем?"
    assert ("Больше" in "".join(talk.texts("announcements")), ends(talk)) == (False, 0)
    assert not [message for message in talk.room("announcements") if message.is_poll]  # removed: its votes are not shown
    assert talk.teacher.says("!опрос закрыть 1") == "Опрос №1 «Когда едем?» уже отменён."


def test_cancelled_poll_of_the_teacher_is_ended(talk: Conversation):
    talk.teacher.starts_poll("Когда едем?", "Пятница", "Суббота")
    talk.teacher.says("!опрос отменить")
    assert (ends(talk), len([m for m in talk.room("announcements") if m.is_poll])) == (1, 1)


DIFFERS = "Считаем семьи; число под самим опросом считает людей и может отличаться."


def test_result_says_why_the_native_poll_shows_other_numbers(talk: Conversation):
    talk.teacher.says("!опрос Когда едем? Пятница; Суббота")
    talk.guardian(0).votes("Когда", "Пятница")
    talk.guardian(1).votes("Когда", "Пятница")
    assert DIFFERS not in talk.card("Опрос №1").body
    talk.teacher.says("!опрос закрыть")
    messages = talk.room("announcements")
    assert [DIFFERS in message.body for message in (messages[2], messages[-1])] == [True, True]


def test_result_says_nothing_about_the_native_poll_where_the_numbers_agree(talk: Conversation):
    talk.teacher.says("!опрос Когда едем? Пятница; Суббота")
    vote(talk, "Пятница", "Суббота")
    talk.guardian(0).votes("Когда", "Суббота")
    talk.teacher.says("!опрос закрыть")
    assert DIFFERS not in "".join(talk.texts("announcements"))


def test_nothing_is_shown_as_decided_without_quorum_or_in_a_tie(talk: Conversation):
    talk.teacher.says("!опрос Когда едем? Пятница; Суббота кворум 100%")
    vote(talk, "Пятница")
    talk.teacher.says("!опрос закрыть")
    talk.teacher.says("!опрос Когда поедем? Пятница; Суббота")
    vote(talk, "Пятница", "Суббота")
    talk.teacher.says("!опрос закрыть")
    assert talk.teacher.says("!опрос список").split("\n")[1:] == [
        "• №2 «Когда поедем?» — завершён, решения нет",
        "• №1 «Когда едем?» — завершён, решения нет",
    ]
    for message in talk.room("announcements"):
        assert "<strong>1" not in message.content.get("formatted_body", "")


def test_teacher_ends_the_native_poll_with_the_menu(talk: Conversation):
    talk.teacher.says("!опрос Когда едем? Пятница; Суббота")
    vote(talk, "Пятница")
    talk.teacher.ends_poll("Когда")
    assert "Больше всего голосов: Пятница" in talk.room("announcements")[-1].body
    assert ends(talk) == 1  # the teacher's


def test_guardian_ends_nothing(talk: Conversation):
    talk.teacher.says("!опрос Когда едем? Пятница; Суббота")
    talk.guardian(0).ends_poll("Когда")
    assert "завершён" not in talk.card("Опрос №1").body


def test_end_of_the_native_poll_after_the_deadline_does_not_move_it(talk: Conversation):
    """The service was down from before the deadline until the teacher had ended the poll by hand."""
    talk.teacher.says("!опрос Когда едем? Пятница; Суббота до 18:00")
    vote(talk, "Пятница")
    with talk.at_once():
        talk.clock.move_to(datetime(2026, 11, 16, 18, 10, tzinfo=talk.zone))
        talk.guardian(2).votes("Когда", "Суббота")
        talk.clock.move_to(datetime(2026, 11, 16, 18, 30, tzinfo=talk.zone))
        talk.teacher.ends_poll("Когда")
    assert "1️⃣ Пятница — 1\n2️⃣ Суббота — 0" in talk.card("завершён").body
    assert "уже закончился" in talk.desk(talk.guardian(2))[-1].body


def test_removal_of_the_native_poll_after_the_deadline_cancels_nothing(talk: Conversation):
    talk.teacher.says("!опрос Когда едем? Пятница; Суббота до 18:00")
    vote(talk, "Пятница")
    with talk.at_once():
        talk.clock.move_to(datetime(2026, 11, 16, 18, 10, tzinfo=talk.zone))
        talk.teacher.takes_back(talk.poll("Когда").event_id)
    assert "Больше всего голосов: Пятница" in talk.room("announcements")[-1].body


def test_deleting_an_adopted_poll_cancels_it(talk: Conversation):
    poll = talk.teacher.starts_poll("Когда едем?", "Пятница", "Суббота")
    talk.teacher.takes_back(poll)
    assert talk.card("Опрос №1").body == "Опрос №1 отменён: Когда едем?"


def test_result_waits_for_the_end_of_the_quiet_hours(talk: Conversation):
    talk.teacher.says("!опрос Когда едем? Пятница; Суббота до завтра 22:00")
    vote(talk, "Пятница")
    talk.move_to(datetime(2026, 11, 18, 6, 59))
    assert (ends(talk), "Больше всего голосов: Пятница" in talk.card("Опрос №1").body) == (1, True)
    assert not any(message.loud for message in talk.room("announcements")[3:])
    talk.advance(minutes=2)
    assert talk.room("announcements")[-1].loud


def test_closing_in_quiet_hours_says_when_the_result_comes(talk: Conversation):
    talk.move_to(datetime(2026, 11, 16, 22, 0))
    talk.teacher.says("!опрос Когда едем? Пятница; Суббота")
    assert talk.teacher.says("!опрос закрыть") == "Опрос №1 закрыт. Сейчас тихие часы, итог объявлю вт, 17 ноября, 07:00."


def test_votes_given_in_time_count_although_they_arrive_late(talk: Conversation):
    talk.teacher.says("!опрос Когда едем? Пятница; Суббота до 18:00")
    vote(talk, "Пятница")
    in_time = int(talk.clock.seconds() * 1000)
    with talk.at_once():
        talk.move_to(datetime(2026, 11, 16, 18, 5))
    poll = talk.poll("Когда").event_id
    for number in (2, 4):
        event = {
            "event_id": f"$late{number}",
            "room_id": talk.room_id("announcements"),
            "sender": talk.guardian(number).user_id,
            "type": "org.matrix.msc3381.poll.response",
            "origin_server_ts": in_time,
            "content": {
                "m.relates_to": {"rel_type": "m.reference", "event_id": poll},
                "org.matrix.msc3381.poll.response": {"answers": ["2"]},
            },
        }
        talk._feed.append(event)
        talk.settle()
    said = [message.body.split("\n") for message in talk.room("announcements") if message.body.startswith("Уточнение")]
    assert [(lines[0], lines[-1]) for lines in said] == [
        (
            "Уточнение по опросу №1 «Когда едем?»: дошли голоса, отданные вовремя.",
            "Поровну: «Пятница», «Суббота». Решения нет.",
        ),
        ("Уточнение по опросу №1 «Когда едем?»: дошли голоса, отданные вовремя.", "Больше всего голосов: Суббота"),
    ]
    assert "2️⃣ Суббота — 2" in talk.room("announcements")[2].body


# ── Reminders ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def reminded(talk: Conversation) -> list[int]:
    """Guardians in whose desk there is a reminder."""
    return [n for n in range(6) if any("ещё не голосовала" in message.body for message in talk.desk(talk.guardian(n)))]


def test_only_families_that_have_not_voted_are_reminded_a_day_before(talk: Conversation):
    talk.teacher.says("!опрос Когда едем? Пятница; Суббота до пятницы 18:00")
    vote(talk, "Пятница")
    talk.move_to(datetime(2026, 11, 19, 17, 59))
    assert reminded(talk) == []
    talk.advance(minutes=2)
    assert reminded(talk) == [2, 3, 4, 5]
    (said,) = talk.texts("staff")
    assert said.startswith(
        "По опросу №1 «Когда едем?» (до пт, 20 ноября, 18:00) ещё не голосовали семьи без приложения: Максим Исаев. Записать"
    )


def test_family_without_any_account_is_told_to_staff(talk: Conversation):
    accounts = [guardian.person.id for guardian in (talk.guardian(2), talk.guardian(3)) if guardian.person]

    def lose_accounts() -> None:
        PersonRow.update(user_id=None).where(PersonRow.id.in_(accounts)).execute()

    talk._runner.run(talk.database.call(lose_accounts))
    talk.teacher.says("!опрос Когда едем? Пятница; Суббота до пятницы 18:00")
    talk.move_to(datetime(2026, 11, 19, 18, 1))
    (said,) = talk.texts("staff")
    assert "без приложения: Таисия Беляева, Семён Беляев, Максим Исаев. Записать" in said
    assert reminded(talk) == [0, 1, 4, 5]


def test_each_household_is_reminded_once(talk: Conversation):
    talk.teacher.says("!опрос Когда едем? Пятница; Суббота до пятницы 18:00")
    talk.move_to(datetime(2026, 11, 20, 17, 0))
    assert [len(talk.desk(talk.guardian(n))) for n in (0, 2, 4, 5)] == [1, 1, 1, 1]


def test_short_polls_have_no_reminder(talk: Conversation):
    talk.teacher.says("!опрос Когда едем? Пятница; Суббота до 18:00")
    talk.advance(days=1)
    assert reminded(talk) == []


def test_reminder_names_the_options_and_takes_the_answer(talk: Conversation):
    talk.teacher.says("!опрос Когда едем? Пятница; Суббота до пятницы 18:00")
    talk.move_to(datetime(2026, 11, 20, 9, 0))
    assert talk.desk(talk.guardian(0))[-1].body == (
        "Опрос «Когда едем?» идёт до пт, 20 ноября, 18:00. Ваша семья ещё не голосовала. Варианты: 1. Пятница; 2. Суббота. "
        "Проголосуйте в опросе или ответьте сюда номером варианта."
    )
    talk.guardian(0).says("2", room="family0-0")
    assert "2️⃣ Суббота — 1" in talk.card("Опрос №1").body


def test_reminder_waits_for_the_household_s_own_quiet_hours(talk: Conversation):
    for number in (0, 1):
        talk.guardian(number).says("!тихо 17:00–8:00", room="talk")
    talk.teacher.says("!опрос Когда едем? Пятница; Суббота до пятницы 18:00")
    talk.move_to(datetime(2026, 11, 20, 7, 59))
    assert reminded(talk) == [2, 3, 4, 5]
    talk.move_to(datetime(2026, 11, 20, 8, 0))
    assert reminded(talk) == [0, 1, 2, 3, 4, 5]


def test_reminder_that_waited_is_not_sent_to_who_has_voted_meanwhile(talk: Conversation):
    for number in (0, 1):
        talk.guardian(number).says("!тихо 17:00–8:00", room="talk")
    talk.teacher.says("!опрос Когда едем? Пятница; Суббота до пятницы 18:00")
    talk.move_to(datetime(2026, 11, 19, 22, 0))
    talk.guardian(1).votes("Когда едем?", "Суббота")
    talk.move_to(datetime(2026, 11, 20, 12, 0))
    assert reminded(talk) == [2, 3, 4, 5]


def test_reminder_comes_without_a_sound_where_quiet_hours_last_until_the_end():
    with Conversation({plugin: PollsConfig(remind_before=1)}) as talk:
        for number in (0, 1):
            talk.guardian(number).says("!тихо 17:00–8:00", room="talk")
        talk.teacher.says("!опрос Когда едем? Пятница; Суббота до среды 7:30")
        talk.move_to(datetime(2026, 11, 18, 7, 15))
        letters = [next(m for m in talk.desk(talk.guardian(n)) if "ещё не голосовала" in m.body) for n in (0, 2)]
        assert [letter.content["msgtype"] for letter in letters] == ["m.notice", "m.text"]


def test_reminders_can_be_switched_off():
    with Conversation({plugin: PollsConfig(remind_before=0)}) as talk:
        talk.teacher.says("!опрос Когда едем? Пятница; Суббота до пятницы 18:00")
        talk.move_to(datetime(2026, 11, 20, 17, 0))
        assert reminded(talk) == []


def test_reminder_waits_for_the_end_of_the_quiet_hours(talk: Conversation):
    talk.teacher.says("!опрос Когда едем? Пятница; Суббота до пятницы 22:00")
    talk.move_to(datetime(2026, 11, 20, 6, 59))
    assert reminded(talk) == []
    talk.advance(minutes=2)
    assert reminded(talk) == [0, 1, 2, 3, 4, 5]


def test_reminder_that_would_come_after_the_end_does_not_come():
    with Conversation({plugin: PollsConfig(remind_before=2)}) as talk:
        talk.teacher.says("!опрос Когда едем? Пятница; Суббота до завтра 6:30")
        talk.advance(days=2)
        assert reminded(talk) == []


def test_closed_poll_reminds_nobody(talk: Conversation):
    talk.teacher.says("!опрос Когда едем? Пятница; Суббота до пятницы 18:00")
    talk.teacher.says("!опрос закрыть")
    talk.move_to(datetime(2026, 11, 20, 19, 0))
    assert reminded(talk) == []


# ── Looking ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_who_has_not_voted_is_told_to_staff_only(talk: Conversation):
    talk.teacher.says("!опрос Когда едем? Пятница; Суббота")
    vote(talk, "Пятница")
    talk.teacher.says("!опрос голос Чернов 2", room="staff")
    talk.teacher.says("!опрос кто")
    assert talk.texts("staff")[-1].split("\n") == [
        "По опросу №1 «Когда едем?» не голосовали 2 семьи:",
        "• Таисия Беляева, Семён Беляев",
        "• Максим Исаев (на бумаге)",
        "Голоса, записанные учителем:",
        "• Марк Чернов — Анна Сергеевна, пн, 16 ноября, 10:00",
    ]
    assert "Беляев" not in "".join(talk.texts("announcements"))


def test_who_has_not_voted_may_be_nobody(talk: Conversation):
    talk.teacher.says("!опрос Когда едем? Пятница; Суббота")
    vote(talk, "Пятница", "Пятница", "Пятница")
    talk.teacher.says("!опрос голос Исаев 1", room="staff")
    assert talk.teacher.says("!опрос кто не голосовал?", room="staff").split("\n")[0] == (
        "По опросу №1 «Когда едем?» проголосовали все семьи."
    )


def test_guardian_may_not_ask_who_has_not_voted(talk: Conversation):
    talk.teacher.says("!опрос Когда едем? Пятница; Суббота")
    assert talk.guardian(0).says("!опрос кто", room="talk").startswith("Эта команда — для учителя")


def test_anybody_may_ask_how_a_poll_stands(talk: Conversation):
    talk.teacher.says("!опрос Когда едем? Пятница; Суббота до пятницы 18:00")
    vote(talk, "Пятница")
    assert talk.guardian(0).says("!poll results", room="talk").split("\n") == [
        "Опрос №1 идёт: Когда едем?",
        "1️⃣ Пятница — 1",
        "2️⃣ Суббота — 0",
        "Проголосовало семей: 1 из 4 (25\xa0%). До пт, 20 ноября, 18:00.",
    ]


def test_results_of_the_last_poll_are_meant_where_none_is_open(talk: Conversation):
    talk.teacher.says("!опрос Когда едем? Пятница; Суббота")
    talk.teacher.says("!опрос закрыть")
    assert talk.teacher.says("!опрос итоги").startswith("Опрос №1 завершён: Когда едем?")


def test_list_shows_the_state_of_each_poll(talk: Conversation):
    talk.teacher.says("!опрос Когда едем? Пятница; Суббота до пятницы 18:00")
    talk.teacher.says("!опрос Куда? Музей; Театр")
    vote(talk, "Пятница")
    talk.teacher.says("!опрос закрыть 1")
    assert talk.teacher.says("!опрос список").split("\n") == [
        "Последние опросы:",
        "• №2 «Куда?» — открыт. Пока никто не проголосовал.",
        "• №1 «Когда едем?» — завершён: «Пятница»",
    ]
