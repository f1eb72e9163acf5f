"""Questions in desks, answered by simply writing; the bot keeps still."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from classroom_matrix.api import Context, Meaning, Plugin, Subject, View, on
from classroom_matrix.domain.facts import MessageSent
from classroom_matrix.domain.people import Person, Role
from classroom_matrix.runtime.batch import Batch
from classroom_matrix.runtime.view import ClassView
from classroom_matrix.testing.conversation import BOT, CLASS, Conversation
from classroom_matrix.testing.voice import Voice
from classroom_plugins.consultations.config import ConsultationsConfig
from classroom_plugins.consultations.plugin import plugin

from .conftest import OFFICE, colleague, everything, hand_over, open_desks, waiting

DESK = "family0-0"


def agenda(talk: Conversation, desk: str) -> str:
    home = talk.roster.household(desk)  # type: ignore[arg-type]
    assert home is not None
    voice = next(one for one in talk._guardians if one.person in home.guardians)
    return voice.says("что нового?", room=desk)


def photo(voice: Voice, room: str) -> str:
    content = {"msgtype": "m.image", "body": "справка.jpg", "url": "mxc://school.localhost/abc", "info": {"size": 1}}
    return voice.sends("m.room.message", content, room=room)


def edits(voice: Voice, event_id: str, text: str, room: str) -> None:
    relation = {"rel_type": "m.replace", "event_id": event_id}
    new = {"msgtype": "m.text", "body": text}
    voice.sends(
        "m.room.message", {"msgtype": "m.text", "body": f"* {text}", "m.new_content": new, "m.relates_to": relation}, room=room
    )


def last_event(talk: Conversation, room: str) -> str:
    return talk.room(room)[-1].event_id


def test_question_opens_and_any_word_of_the_teacher_answers(talk: Conversation) -> None:
    parent = talk.guardian(0)
    assert parent.says("Можно завтра прийти попозже?", room=DESK) == ""
    assert waiting(talk) == ["1. Ксения Калинина, guardian0 — с пн, 16 ноября, 10:00 (1 минута)."]
    assert parent.says("И забрать пораньше", room=DESK) == ""
    assert len(waiting(talk)) == 1
    talk.teacher.says("Да, конечно", room=DESK)
    assert waiting(talk) == []
    assert everything(talk) == ["1. Ксения Калинина, Анна Сергеевна — отвечено пн, 16 ноября, 10:00."]
    parent.says("А справка нужна?", room=DESK)
    assert len(waiting(talk)) == 1
    talk.teacher.says("Нет", room=DESK)
    parent.says("Спасибо!", room=DESK)
    assert everything(talk) == ["1. Ксения Калинина, guardian0 — закрыто пн, 16 ноября, 10:00."]
    assert talk.texts(DESK) == []  # not a word of the bot


def test_same_dialogue_in_english() -> None:
    with Conversation(plugin, language="en") as talk:
        open_desks(talk)
        talk.guardian(0).says("Could we come later tomorrow?", room=DESK)
        assert waiting(talk) == ["1. Ксения Калинина, guardian0 — since Mon, 16 November, 10:00 (1 minute)."]
        assert agenda(talk, DESK).split("\n")[-1] == "Your question (Mon, 16 November, 10:00) waits for the teacher's answer."
        talk.teacher.says("Sure", room=DESK)
        assert talk.teacher.says("!consultations", room="staff") == "No question waits for an answer."
        talk.guardian(0).says("Thank you very much!", room=DESK)
        assert talk.teacher.says("!consultations closed", room="staff").startswith("1 consultation:\n1. Ксения Калинина")
        assert talk.teacher.says("!close", room=DESK) == "There is no open question here."


def test_oldest_stands_first(talk: Conversation) -> None:
    talk.guardian(2).says("Вопрос про обед", room="family1-0")
    talk.advance(hours=2)
    talk.guardian(0).says("Вопрос про тетрадь", room=DESK)
    talk.advance(hours=30)
    assert waiting(talk) == [
        "1. Таисия Беляева, Семён Беляев, guardian2 — с пн, 16 ноября, 10:00 (1 день).",
        "2. Ксения Калинина, guardian0 — с пн, 16 ноября, 12:00 (1 день).",
    ]


def test_link_leads_to_the_first_question_without_an_answer(talk: Conversation) -> None:
    talk.guardian(0).says("Вопрос", room=DESK)
    event = last_event(talk, DESK)
    talk.guardian(0).says("Ещё вопрос", room=DESK)
    assert f"https://matrix.to/#/{talk.room_id(DESK)}/{event}" in talk.teacher.says("!обращения", room="staff")


def test_photo_or_file_counts_for_both(talk: Conversation) -> None:
    photo(talk.guardian(0), DESK)
    assert len(waiting(talk)) == 1
    photo(talk.teacher, DESK)
    assert waiting(talk) == []


@pytest.mark.parametrize("text", ["Спасибо!", "Здравствуйте, Анна Сергеевна", "👍", "!помощь"])
def test_thanks_greetings_and_commands_open_nothing(talk: Conversation, text: str) -> None:
    talk.guardian(0).says(text, room=DESK)
    assert everything(talk) == []


def test_what_means_something_else_opens_nothing(talk: Conversation) -> None:
    talk.guardian(0).says("Что нового?", room=DESK)
    assert everything(talk) == []


def guess(view: View, person: Person, message: MessageSent) -> list[Meaning]:
    return [Meaning(Subject("away", "1"), "", "Ксения болеет", sure=False)] if "болеет" in message.body else []


@on(MessageSent)
def nothing(ctx: Context, message: MessageSent) -> None:
    """A plugin's texts are found beside its first handler."""


guesser = Plugin("guesser", listeners=(nothing,), understand=guess, take=lambda _ctx, _meaning: None)


def test_what_was_taken_for_something_else_is_a_question_once_that_is_denied() -> None:
    with Conversation({plugin: ConsultationsConfig(), guesser: None}) as talk:
        open_desks(talk)
        assert "Верно?" in talk.guardian(0).says("Ксения болеет животом, что делать?", room=DESK)
        event = talk.event_of("животом", DESK)
        assert everything(talk) == []
        talk.advance(minutes=1)
        talk.guardian(0).says("нет", room=DESK)
        assert waiting(talk) == ["1. Ксения Калинина, guardian0 — с пн, 16 ноября, 10:00 (1 минута)."]
        assert event in talk.texts("staff")[-1]
        talk.guardian(0).says("Ксения болеет", room=DESK)
        talk.guardian(0).says("да", room=DESK)
        assert len(waiting(talk)) == 1


def test_words_elsewhere_open_nothing(talk: Conversation) -> None:
    talk.guardian(0).says("Кто видел шапку?", room="talk")
    talk.teacher.says("Кто видел шапку?", room="staff")
    assert everything(talk) == []


def test_tick_of_the_teacher_closes_and_taking_it_back_opens_again(talk: Conversation) -> None:
    talk.guardian(0).says("Завтра заберу в 12", room=DESK)
    tick = talk.teacher.reacts("Завтра заберу", "✅", room=DESK)
    assert waiting(talk) == []
    assert "закрыто" in everything(talk)[0]
    talk.teacher.takes_back(tick, room=DESK)
    assert len(waiting(talk)) == 1


def test_thumb_of_the_teacher_answers_and_of_the_parent_closes(talk: Conversation) -> None:
    talk.guardian(0).says("Завтра заберу в 12", room=DESK)
    talk.teacher.reacts("Завтра заберу", "👍", room=DESK)
    assert "отвечено" in everything(talk)[0]
    talk.guardian(0).says("Хорошо ли она поела?", room=DESK)
    talk.teacher.says("Да, всё съела", room=DESK)
    talk.guardian(1).reacts("всё съела", "❤️", room=DESK)
    assert "закрыто" in everything(talk)[0]


def test_teacher_closes_by_command_in_the_desk_and_from_the_staff_room(talk: Conversation) -> None:
    talk.guardian(0).says("Вопрос", room=DESK)
    assert talk.teacher.says("!закрыть", room=DESK) == ""
    assert talk.room(DESK)[-1].reactions.keys() == {"✅"}
    assert waiting(talk) == []
    talk.guardian(0).says("Ещё вопрос", room=DESK)
    assert talk.teacher.says("!обращения закрыть Калинина", room="staff") == "Обращение закрыто: Ксения Калинина."
    assert waiting(talk) == []
    assert talk.teacher.says("!обращения закрыть Калинина", room="staff") == (
        "У этой семьи (Ксения Калинина) нет открытого обращения."
    )
    assert "личной комнате семьи" in talk.teacher.says("!закрыть", room="staff")


def test_command_that_names_a_family_is_taken_away_where_families_read(talk: Conversation) -> None:
    talk.guardian(0).says("Вопрос", room=DESK)
    talk.teacher.says("!обращения закрыть Калинина", room="talk")
    assert not [message for message in talk.room("talk") if "Калинина" in message.body]
    assert waiting(talk) == []


def test_parents_cannot_list_or_close(talk: Conversation) -> None:
    talk.guardian(0).says("Вопрос", room=DESK)
    for command in ("!обращения", "!закрыть", "!обращения закрыть Калинина", "!на встречу"):
        assert talk.guardian(0).says(command, room=DESK).startswith("Эта команда — для учителя")
    assert len(waiting(talk)) == 1


def test_edit_of_a_question_stays_one_and_thanks_edited_into_a_question_open_again(talk: Conversation) -> None:
    talk.guardian(0).says("Можно попозже?", room=DESK)
    question = last_event(talk, DESK)
    talk.advance(hours=1)
    edits(talk.guardian(0), question, "Можно завтра попозже?", DESK)
    assert waiting(talk) == ["1. Ксения Калинина, guardian0 — с пн, 16 ноября, 10:00 (1 час)."]
    talk.teacher.says("Да", room=DESK)
    talk.guardian(0).says("Спасибо", room=DESK)
    thanks = last_event(talk, DESK)
    assert waiting(talk) == []
    talk.advance(minutes=5)
    edits(talk.guardian(0), thanks, "Спасибо, а в среду?", DESK)
    assert len(waiting(talk)) == 1


def test_somebody_else_s_edit_changes_nothing(talk: Conversation) -> None:
    talk.guardian(0).says("Можно попозже?", room=DESK)
    edits(talk.guardian(1), last_event(talk, DESK), "Спасибо", DESK)
    assert len(waiting(talk)) == 1


def test_question_that_is_taken_back_is_none_and_an_answer_taken_back_was_none(talk: Conversation) -> None:
    talk.guardian(0).says("Можно попозже?", room=DESK)
    question = last_event(talk, DESK)
    talk.teacher.says("Нет", room=DESK)
    answer = last_event(talk, DESK)
    assert waiting(talk) == []
    talk.teacher.takes_back(answer, room=DESK)
    assert len(waiting(talk)) == 1
    talk.guardian(0).takes_back(question, room=DESK)
    assert everything(talk) == []


def test_what_arrives_twice_and_out_of_order_leads_to_the_same(talk: Conversation) -> None:
    def event(n: int, sender: str, body: str) -> dict[str, object]:
        at = int(talk.clock.seconds() * 1000) + n
        content = {"msgtype": "m.text", "body": body}
        return {
            "event_id": f"$late{n}",
            "room_id": talk.room_id(DESK),
            "sender": sender,
            "type": "m.room.message",
            "origin_server_ts": at,
            "content": content,
        }

    asked = event(1, talk.guardian(0).user_id, "Можно попозже?")
    answered = event(2, talk.teacher.user_id, "Да")
    for batch in ([answered], [asked], [answered, asked]):
        talk._runner.run(talk.receive(batch))
        talk.settle()
    assert waiting(talk) == []
    assert "отвечено" in everything(talk)[0]


def test_answered_one_is_closed_by_a_week_of_silence(talk: Conversation) -> None:
    talk.guardian(0).says("Можно попозже?", room=DESK)
    talk.teacher.says("Да", room=DESK)
    talk.advance(days=8)
    assert everything(talk) == ["1. Ксения Калинина, Анна Сергеевна — закрыто пн, 16 ноября, 10:00."]


# ── Who sees what ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_separated_parents_have_consultations_of_their_own(talk: Conversation) -> None:
    talk.guardian(4).says("Можно забрать Марка в среду?", room="family2-0")
    assert waiting(talk) == ["1. Марк Чернов (guardian4), guardian4 — с пн, 16 ноября, 10:00 (1 минута)."]
    assert "ждёт ответа учителя" in agenda(talk, "family2-0")
    assert "ждёт ответа учителя" not in agenda(talk, "family2-1")
    talk.guardian(5).says("Спасибо", room="family2-1")
    talk.teacher.says("Здравствуйте!", room="family2-1")
    assert len(waiting(talk)) == 1
    talk.guardian(5).says("Можно забрать Марка в четверг?", room="family2-1")
    said = talk.teacher.says("!обращения закрыть Чернов", room="staff")
    assert said == "У этой семьи (Марк Чернов) две личные комнаты. Напишите команду в той, о которой речь."
    talk.teacher.says("!закрыть", room="family2-0")
    assert [line.split(" — ")[0] for line in waiting(talk)] == ["1. Марк Чернов (guardian5), guardian5"]
    assert "guardian4" not in "".join(talk.texts("family2-1"))
    assert "guardian5" not in "".join(talk.texts("family2-0"))


def test_substitute_sees_only_what_is_handed_over(talk: Conversation) -> None:
    talk.guardian(0).says("Вопрос Калининых", room=DESK)
    talk.guardian(2).says("Вопрос Беляевых", room="family1-0")
    substitute = colleague(talk)
    assert substitute.says("!обращения", room="staff") == "Обращений без ответа нет."
    hand_over(talk, DESK, substitute)
    said = substitute.says("!обращения", room="staff")
    assert "Ксения Калинина" in said
    assert "Беляев" not in said
    assert said.count("https://") == 1
    assert substitute.says("!обращения закрыть Беляев", room="staff").endswith("нет открытого обращения.")
    substitute.says("Отвечаю за Анну Сергеевну", room=DESK)
    assert substitute.says("!обращения", room="staff") == "Обращений без ответа нет."


def test_list_for_the_teacher_names_no_family_that_somebody_in_the_staff_room_may_not_know(talk: Conversation) -> None:
    talk.guardian(0).says("Вопрос Калининых", room=DESK)
    talk.advance(minutes=10)
    talk.guardian(2).says("Вопрос Беляевых", room="family1-0")
    hand_over(talk, DESK, colleague(talk))
    said = talk.teacher.says("!обращения", room="staff").split("\n")
    assert said[1].startswith("1. Ксения Калинина, guardian0 — с пн, 16 ноября, 10:00")
    assert said[2].startswith("2. семья по ссылке — с пн, 16 ноября, 10:10 (1 минута). https://matrix.to/#/")
    assert said[3].startswith("Без имени — семьи")
    assert "Беляев" not in "\n".join(said)


def test_list_asked_in_a_desk_or_shared_room_comes_in_the_staff_room(talk: Conversation) -> None:
    talk.guardian(0).says("Вопрос", room=DESK)
    for room in ("family1-0", "talk"):
        before = len(talk.texts("staff"))
        talk.teacher.says("!обращения", room=room)
        assert len(talk.texts("staff")) == before + 1
        assert not [text for text in talk.texts(room) if "Калинина" in text]


def test_stranger_and_relative_in_a_desk_open_nothing(talk: Conversation) -> None:
    relative = colleague(talk, Role.RELATIVE, "Бабушка Калининой")
    assert relative.person
    talk._runner.run(talk._put_in(talk.room_id(DESK), relative.person))
    stranger = talk.stranger()
    talk._runner.run(talk.homeserver.gateway(BOT).invite(talk.room_id(DESK), stranger.user_id))
    talk._runner.run(talk.homeserver.gateway(stranger.user_id).join(talk.room_id(DESK)))
    talk._feed.clear()
    relative.says("Можно забрать?", room=DESK)
    stranger.says("Можно забрать?", room=DESK)
    assert everything(talk) == []


def test_parent_of_the_other_household_who_got_into_a_desk_opens_nothing_there(talk: Conversation) -> None:
    other = talk.guardian(5)
    assert other.person
    talk._runner.run(talk._put_in(talk.room_id("family2-0"), other.person))
    talk._feed.clear()
    other.says("Можно забрать Марка?", room="family2-0")
    assert everything(talk) == []


# ── Office hours, and what waits too long ───────────────────────────────────────────────────────────────────────────────


def test_outside_office_hours_one_line_a_day_says_when() -> None:
    with Conversation({plugin: ConsultationsConfig(urgent="звоните в школу, 123-45-67.")}, office=OFFICE) as talk:
        open_desks(talk)
        assert talk.guardian(0).says("Можно попозже?", room=DESK) == (
            "Учитель увидит ваше сообщение. Ответы — в рабочие часы, ближайшие: пн, 16 ноября, 14:00."
            " Если срочно: звоните в школу, 123-45-67."
        )
        assert talk.guardian(1).says("И справка нужна?", room=DESK) == ""
        talk.move_to(datetime(2026, 11, 16, 15, 0))
        assert talk.guardian(2).says("Можно попозже?", room="family1-0") == ""
        talk.move_to(datetime(2026, 11, 20, 20, 0))
        assert "пн, 23 ноября, 14:00" in talk.guardian(0).says("Можно в понедельник попозже?", room=DESK)
        assert talk.guardian(0).says("Спасибо!", room=DESK) == ""


def test_line_in_english_and_without_urgent() -> None:
    with Conversation(plugin, office=OFFICE, language="en") as talk:
        open_desks(talk)
        assert talk.guardian(0).says("Could we talk?", room=DESK) == (
            "The teacher will see your message. Answers come in office hours, next on Mon, 16 November, 14:00."
        )


def test_staff_room_hears_of_what_waits_too_long_and_again_each_week(talk: Conversation) -> None:
    talk.guardian(0).says("Можно попозже?", room=DESK)
    talk.guardian(2).says("Можно попозже?", room="family1-0")
    talk.move_to(datetime(2026, 11, 19, 7, 59))
    assert talk.texts("staff") == []
    talk.move_to(datetime(2026, 11, 19, 20, 0))
    line = "2 обращения ждут ответа дольше 2 рабочих дней, самое давнее — с пн, 16 ноября, 10:00. Посмотреть: !обращения"
    assert talk.texts("staff") == [line]
    talk.teacher.says("Да", room=DESK)
    talk.move_to(datetime(2026, 11, 22, 20, 0))
    assert len(talk.texts("staff")) == 1
    talk.move_to(datetime(2026, 11, 23, 20, 0))
    assert talk.texts("staff")[1:] == [
        "1 обращение ждёт ответа дольше 2 рабочих дней, самое давнее — с пн, 16 ноября, 10:00. Посмотреть: !обращения"
    ]
    talk.teacher.says("Да", room="family1-0")
    talk.move_to(datetime(2026, 12, 4, 20, 0))
    assert len(talk.texts("staff")) == 2


def test_after_days_without_the_service_one_line_is_enough(talk: Conversation) -> None:
    talk.guardian(0).says("Можно попозже?", room=DESK)
    talk.advance(hours=26)
    talk.guardian(2).says("Можно попозже?", room="family1-0")
    talk.clock.move_to(datetime(2026, 11, 24, 7, 0, tzinfo=talk.zone))  # nobody works while time passes
    talk.settle()
    assert talk.texts("staff") == []
    talk.move_to(datetime(2026, 11, 24, 20, 0))
    assert len(talk.texts("staff")) == 1


def test_nothing_is_said_of_waiting_where_that_is_switched_off() -> None:
    with Conversation({plugin: ConsultationsConfig(waiting_days=0)}) as talk:
        open_desks(talk)
        talk.guardian(0).says("Можно попозже?", room=DESK)
        talk.advance(days=30)
        assert talk.texts("staff") == []


def test_holiday_of_office_hours_does_not_count() -> None:
    """Office hours on Mondays and Thursdays: two of them pass before the staff room hears of it."""
    with Conversation(plugin, office=replace(OFFICE, days=frozenset({0, 3}))) as talk:
        open_desks(talk)
        talk.guardian(0).says("Можно попозже?", room=DESK)
        talk.move_to(datetime(2026, 11, 26, 7, 0))
        assert talk.texts("staff") == []
        talk.move_to(datetime(2026, 11, 26, 9, 0))
        assert len(talk.texts("staff")) == 1


# ── Private ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_no_text_is_kept(talk: Conversation) -> None:
    talk.guardian(0).says("Секретный вопрос", room=DESK)
    talk.teacher.says("Секретный ответ", room=DESK)
    for table in plugin.tables:
        rows = [dict(row) for row in table.select().dicts()]
        assert "екретный" not in json.dumps(rows, ensure_ascii=False, default=str)


def test_export_has_dates_and_states_of_the_own_household_only(talk: Conversation) -> None:
    talk.guardian(4).says("Можно попозже?", room="family2-0")
    talk.teacher.says("Да", room="family2-0")
    talk.guardian(4).says("Спасибо", room="family2-0")
    talk.guardian(5).says("А мне?", room="family2-1")
    family = talk.family("Чернов")

    def export(family: object) -> Any:
        view = ClassView(
            Batch(talk.database, talk.registry, talk.clock.seconds()), talk.registry.plugins["consultations"], CLASS
        )
        assert plugin.export
        return plugin.export(view, family)  # type: ignore[arg-type]

    first, second = ({"Кто": "guardian4", "Состояние": "закрыто"}, {"Кто": "guardian5", "Состояние": "ждёт ответа"})
    whole = export(family)
    said = {home: [{key: row[key] for key in first} for row in kept["Обращения"]] for home, kept in whole.items()}
    assert said == {"guardian4": [first], "guardian5": [second]}
    alone = export(replace(family, households=family.households[1:]))["Обращения"]
    assert [{key: row[key] for key in first} for row in alone] == [second]


def test_erased_family_leaves_no_row(talk: Conversation) -> None:
    talk.guardian(0).says("Вопрос", room=DESK)
    talk.guardian(0).takes_back(last_event(talk, DESK), room=DESK)
    talk.guardian(0).says("Вопрос", room=DESK)
    talk.guardian(2).says("Вопрос", room="family1-0")
    view = ClassView(Batch(talk.database, talk.registry, talk.clock.seconds()), talk.registry.plugins["consultations"], CLASS)
    assert plugin.erase
    for _ in range(2):
        plugin.erase(view, talk.family("Калинина"))
    left = json.dumps([[dict(row) for row in table.select().dicts()] for table in plugin.tables], default=str)
    assert "family0" not in left
    assert "family1-0" in left
    assert [line.split(",")[0] for line in waiting(talk)] == ["1. Таисия Беляева"]
