"""Plain words in the desk: what counts at once, what is asked back, what is left alone; late, deleted and edited words."""

from __future__ import annotations

from datetime import datetime

import pytest

from classroom_matrix.testing.conversation import Conversation
from classroom_matrix.testing.invented_class import FamilySpec
from classroom_matrix.testing.voice import Voice
from classroom_plugins.duties.config import DutiesConfig
from classroom_plugins.duties.plugin import plugin

from .stage import Stage
from .talking import desks, roles

WHAT = "«чай» («Каток», сб, 5 декабря, 12:00)"


def says(talk: Conversation, text: str, number: int = 0) -> str:
    return talk.guardian(number).says(text, room="family0-0" if number < 2 else "family1-0")


@pytest.fixture
def tea(opened: Conversation) -> Conversation:
    """Калинина has tea."""
    desks(opened)
    says(opened, "чай")
    return opened


@pytest.mark.parametrize(
    "said",
    [
        "отмените чай", "чай не смогу", "отмена чай", "sorry, I can't bring чай", "чай, к сожалению, не сможем", "чай: отмена",
        "не сможем чай", "не беру чай", "мы чай принести не сможем", "отменить чай", "Здравствуйте, чай мы не сможем",
        "с чаем не получится", "Отмените, пожалуйста, чай", "вычеркните нас из чая", "передумали, чай не берём",
        "откажусь от чая",
        "Добрый вечер! Чай принести не сможем, извините", "please cancel the чай", "we won't be able to bring чай after all",
        "мы не сможем, извините", "I'm sorry, I can't make it",
        "не придём", "не приду", "не сможем", "не получится", "отмена", "can't make it", "cancel", "Sorry, we can't come",
    ],
)  # fmt: skip
def test_giving_up_in_whatever_order_of_words(tea: Conversation, said: str):
    assert says(tea, said) == f"Хорошо, место свободно: {WHAT}."


@pytest.mark.parametrize(
    "said",
    [
        "отмена консультации", "на каток не придём", "не смогли вчера", "чай остыл", "чай не нужен", "не смогу на консультацию",
        "не будет чая", "чай брали в прошлый раз",
    ],
)  # fmt: skip
def test_what_is_about_something_else_is_left_alone(tea: Conversation, said: str):
    assert says(tea, said) == ""
    assert "guardian0" in roles(tea)[0]


@pytest.mark.parametrize("said", ["чай взять не смогу, заболели", "не сможем чай, поменяйте нас на что-нибудь"])
def test_giving_up_beside_words_that_nobody_knows_is_asked_back(tea: Conversation, said: str):
    assert says(tea, said).startswith(f"Понял так: отказаться: {WHAT}. Верно?")
    assert "guardian0" in roles(tea)[0]


@pytest.mark.parametrize(
    "said",
    ["чай возьмём мы", "чай за нами", "с меня чай", "чай — мы", "чай, пожалуйста", "Добрый день, чай можем взять", "мы чай"],
)
def test_taking_in_whatever_order_of_words(opened: Conversation, said: str):
    desks(opened)
    assert says(opened, said).startswith(f"Записал за вами: {WHAT}.")


@pytest.mark.parametrize("said", ["можем взять чай, но только зелёный", "Мария Ивановна, возьмём чай"])
def test_taking_beside_words_that_nobody_knows_is_asked_back(opened: Conversation, said: str):
    desks(opened)
    assert says(opened, said).startswith(f"Понял так: взять: {WHAT}. Верно?")


@pytest.mark.parametrize("said", ["хочу спросить про чай", "спасибо за чай", "кто взял чай", "чай можем не брать"])
def test_talk_about_a_role_takes_nothing(opened: Conversation, said: str):
    desks(opened)
    assert says(opened, said) == ""


@pytest.mark.parametrize("said", ["чай?", "можно чай?", "а чай ещё можно взять?", "можем ли взять чай", "чай не смогу?"])
def test_question_takes_nothing_and_gives_nothing_back(opened: Conversation, said: str):
    desks(opened)
    if "не смогу" in said:
        says(opened, "чай")
    before = roles(opened)
    answer = says(opened, said)
    assert answer == "" or "Верно?" in answer
    assert roles(opened) == before


@pytest.mark.parametrize("said", ["1", "1️⃣", "№1"])
def test_bare_number_counts_where_the_numbers_were_shown_here(opened: Conversation, said: str):
    desks(opened)
    assert says(opened, said).startswith(f"Понял так: взять: {WHAT}. Верно?")
    assert says(opened, "нет")
    assert says(opened, "!дела").startswith("«Каток» (№12)\n1️⃣ чай")
    assert says(opened, said).startswith("Записал за вами")


def test_shown_numbers_are_forgotten_in_a_day(opened: Conversation):
    desks(opened)
    says(opened, "!дела")
    opened.advance(hours=25)
    assert "Верно?" in says(opened, "1")


@pytest.mark.parametrize("said", ["беру", "Берём!", "I'll take it", "мы возьмём", "поможем"])
def test_taking_without_a_name_is_asked_which(opened: Conversation, said: str):
    desks(opened)
    says(opened, "машина", 2)
    answer = says(opened, said)
    assert answer.split("\n")[1:] == [
        f"1. взять: {WHAT}",
        "2. взять: «машина» («Каток», сб, 5 декабря, 12:00)",
        "3. взять: «фото» («Каток», сб, 5 декабря, 12:00)",
    ]
    assert says(opened, "3").startswith("Записал за вами: «фото»")


def test_taking_without_a_name_is_asked_where_there_is_one(talk: Conversation):
    desks(talk)
    talk.teacher.says("!дела чай 1", room="staff")
    assert says(talk, "беру").startswith(f"Понял так: взять: {WHAT}. Верно?")
    assert says(talk, "да").startswith("Записал за вами")
    assert says(talk, "беру", 2) == ""  # nothing is free any more


# ── Deleted and edited ──────────────────────────────────────────────────────────────────────────────────────────────────


def event_of(talk: Conversation, body: str, room: str = "family0-0") -> str:
    return next(m.event_id for m in talk.room(room) if m.body == body)


def edits(talk: Conversation, before: str, after: str, *, voice: Voice | None = None, room: str = "family0-0") -> None:
    content = {
        "msgtype": "m.text",
        "body": f"* {after}",
        "m.new_content": {"msgtype": "m.text", "body": after},
        "m.relates_to": {"rel_type": "m.replace", "event_id": event_of(talk, before, room)},
    }
    (voice or talk.guardian(0)).sends("m.room.message", content, room=room)


def test_deleted_word_gives_the_place_back_with_one_line(tea: Conversation):
    tea.guardian(0).takes_back(event_of(tea, "чай"), room="family0-0")
    assert "0 из 2" in roles(tea)[0]
    assert tea.texts("family0-0")[1:] == [f"Хорошо, место свободно: {WHAT}."]


def test_deleted_word_beside_another_one_says_that_the_place_stays(tea: Conversation):
    first = event_of(tea, "чай")
    tea.guardian(1).reacts("Дела", "1️⃣", room="events")
    tea.guardian(0).takes_back(first, room="family0-0")
    assert tea.texts("family0-0")[-1] == f"Это уже за вашей семьёй: {WHAT}."
    assert "1 из 2" in roles(tea)[0]


@pytest.mark.parametrize("after", ["фото", "чай не смогу", "спасибо", "2"])
def test_edited_word_counts_as_it_was_and_that_is_said_once(tea: Conversation, after: str):
    edits(tea, "чай", after)
    assert tea.texts("family0-0")[1:] == [
        f"Правку в сообщении не учитываю: за вами по-прежнему {WHAT}. Если нужно иначе, напишите новым сообщением."
    ]
    assert ["1 из 2" in roles(tea)[0], "0 из 1" in roles(tea)[2]] == [True, True]


def test_edited_command_is_told_to_be_written_anew(opened: Conversation):
    before = roles(opened)
    opened.teacher.says("!дела №12 чай 3 в 25:00", room="staff")
    edits(opened, "!дела №12 чай 3 в 25:00", "!дела №12 чай 3", voice=opened.teacher, room="staff")
    assert opened.texts("staff")[-1] == "Правок в командах я не вижу. Напишите, пожалуйста, новым сообщением."
    assert roles(opened) == before


@pytest.mark.parametrize("after", ["чай!", "беру чай", "1"])
def test_corrected_slip_of_the_pen_is_not_answered(tea: Conversation, after: str):
    edits(tea, "чай", after)
    assert len(tea.texts("family0-0")) == 1


# ── Late ────────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def silent(stage: Stage):
    """Nobody answered what they were asked; Орлов (1) has taken the place since."""
    families = [FamilySpec((name,), households=(1,)) for name in ("Анна Ким", "Борис Орлов")]
    with Conversation({plugin: DutiesConfig(), stage.plugin: None}, families=families) as talk:
        desks(talk)
        talk.teacher.says("!дела №12 чай 1", room="staff")
        talk.teacher.says("!освободить Орлов", room="staff")
        talk.teacher.says("!дела предложить", room="staff")
        talk.teacher.says("!дела отправить", room="staff")
        talk.move_to(datetime(2026, 11, 18, 12, 0))
        yield talk


def test_late_yes_to_a_place_that_is_gone_gets_one_kind_line(silent: Conversation):
    silent.guardian(1).says("чай", room="family1-0")
    assert silent.guardian(0).says("да", room="family0-0") == f"Помощь уже нашлась: {WHAT}. Спасибо!"


def test_late_yes_to_a_place_that_is_free_is_asked_back(silent: Conversation):
    assert silent.guardian(0).says("да", room="family0-0").startswith(f"Понял так: согласиться: {WHAT}. Верно?")
    assert silent.guardian(0).says("да", room="family0-0").startswith("Записал за вами")


@pytest.mark.parametrize("said", ["хорошо", "ок", "ok"])
def test_politeness_is_no_late_yes(silent: Conversation, said: str):
    assert silent.guardian(0).says(said, room="family0-0") == ""


def test_yes_of_days_later_is_about_something_else(silent: Conversation):
    silent.move_to(datetime(2026, 11, 21, 12, 0))
    assert silent.guardian(0).says("да", room="family0-0") == ""


def test_teacher_is_not_thanked_for_offering(opened: Conversation):
    opened.teacher.says("!дело Калинина фото", room="staff")
    answer = opened.teacher.says("!дело Исаев фото", room="staff")
    assert answer == "Мест больше нет: «фото» («Каток», сб, 5 декабря, 12:00). Не записано: Максим Исаев."


def test_card_of_what_is_over_thanks_only_who_did_something(opened: Conversation, stage: Stage):
    stage.ends(opened)
    assert opened.card("Каток", room="events").body.endswith("Мероприятие прошло.")
