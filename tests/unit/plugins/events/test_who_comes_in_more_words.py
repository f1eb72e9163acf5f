"""Who comes, in sentences that were not understood once; several events in one; questions that the plan answers."""

from __future__ import annotations

import pytest

from classroom_matrix.testing.conversation import Conversation

from ..meanings import meant, sure
from .stage import ON_SATURDAY, lines, writes


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("приду одна с Ксенией", "1 взрослый, Ксения"),
        ("Буду один с Ксенией", "1 взрослый, Ксения"),
        ("придём все вместе", "1 взрослый, Ксения"),
        ("мы с бабушкой придём", "2 взрослых, Ксения"),
        ("мы оба придём", "2 взрослых, Ксения"),
        ("придёт мой муж с Ксенией", "1 взрослый, Ксения"),
        ("dad will come", "1 взрослый, Ксения"),
        ("I'm in", "1 взрослый, Ксения"),
        ("just me and Ксения", "1 взрослый, Ксения"),
        ("both of us are coming", "2 взрослых, Ксения"),
    ],
)
def test_who_comes_is_understood(rink: Conversation, said: str, answer: str):
    assert writes(rink, 0, said).startswith(f"Записали: «Каток» (сб, 21 ноября, 12:00) — придёте: {answer}.")


BESIDE = ["муж тоже придёт", "с нами бабушка", "вместе с нами бабушка", "жена тоже будет", "my husband is coming too",
          "grandma is with us"]  # fmt: skip


def test_adult_beside_those_who_come_is_added(rink: Conversation):
    for said in BESIDE:
        assert sure(rink, 0, said) == {"events": [False]}, said
        assert "придёте: 2 взрослых, Ксения" in meant(rink, 0, said)["events"][0].label, said
    writes(rink, 0, "придём")
    for said in BESIDE:
        assert sure(rink, 0, said) == {"events": [True]}, said
        assert "придёте: 2 взрослых, Ксения" in meant(rink, 0, said)["events"][0].label, said


def test_guest_of_no_class_is_asked_back(rink: Conversation):
    for said in ("придём с братом", "придём с сестрёнкой", "we are coming with her brother", "придём с подругой"):
        (meaning,) = meant(rink, 0, said)["events"]
        assert (meaning.sure, "2 взрослых, Ксения" in meaning.label) == (False, True), said
    (meaning,) = meant(rink, 2, "Семён придёт с сестрой")["events"]  # a twin
    assert (meaning.sure, "1 взрослый" in meaning.label) == (False, True)


@pytest.mark.parametrize("said", ["я тоже приду", "Я тоже буду", "I'm coming too", "I'll come as well"])
def test_other_guardian_who_comes_too_is_one_more(rink: Conversation, said: str):
    assert "1 взрослый, Ксения" in writes(rink, 0, "придём вдвоём")
    assert "придёте: 2 взрослых, Ксения." in writes(rink, 1, said)
    assert "придёте: 2 взрослых, Ксения" in meant(rink, 1, said)["events"][0].label  # and not one more each time


def test_who_says_too_of_themselves_is_counted_already(rink: Conversation):
    writes(rink, 0, "придём вдвоём")
    assert "придёте: 1 взрослый, Ксения." in writes(rink, 0, "я тоже приду")


def test_what_is_not_an_event_s_is_not_given_up(rink: Conversation):
    writes(rink, 0, "придём")
    for said in ("отменить обмен", "отмените обмен", "отмена завтрака", "cancel the swap"):
        assert meant(rink, 0, said) == {}, said
    assert sure(rink, 0, "отмена") == {"events": [True]}


# ── Several events ──────────────────────────────────────────────────────────────────────────────────────────────────────


APART = ["на каток придём, в театр нет", "в театр нет, на каток придём", "на каток придём, а в театр не пойдём",
         "Добрый день! На каток придём. В театр не сможем.", "на каток придём, но не в театр", "каток: да, театр: нет",
         "coming to каток, but not to театр"]  # fmt: skip


def test_each_event_has_its_own_part_of_the_words(rink: Conversation):
    rink.teacher.says("!событие Театр 5 декабря 18:00", room="events")
    for said in APART:
        assert [each.label for each in meant(rink, 0, said)["events"]] == [
            "«Каток»: придёте: 1 взрослый, Ксения", "«Театр»: не придёте"
        ], said  # fmt: skip
    assert writes(rink, 0, "на каток придём, в театр нет").startswith("К чему это?")
    writes(rink, 0, "оба")
    assert lines(rink, "Придёт")[0].startswith("Придёт 1 семья")
    assert lines(rink, "Ответили", title="Театр") == ["Может быть: 0. Ответили 1 из 4."]
    assert lines(rink, "Пока никто", title="Театр") != []


def test_words_for_both_events_are_never_sure_of_one(rink: Conversation):
    rink.teacher.says("!событие Театр 5 декабря 18:00", room="events")
    for said in ("придём на каток и в театр", "на каток, в театр придём"):
        assert len(meant(rink, 0, said)["events"]) == 2, said
    two = [each.label for each in meant(rink, 0, "на каток под вопросом, в театр идём")["events"]]
    assert two == ["«Каток»: может быть, придёте", "«Театр»: придёте: 1 взрослый, Ксения"]


def test_each_event_has_its_own_part_in_english(english: Conversation):
    english.teacher.says("!event Skating on Saturday 12:00", room="events")
    english.teacher.says("!event Theatre 5 December 18:00", room="events")
    for said in (
        "we'll come to skating but not to the theatre",
        "skating yes, theatre no",
        "coming to skating, can't do theatre",
    ):
        assert [each.label for each in meant(english, 0, said)["events"]] == [
            "“Skating”: you're coming: 1 adult, Ксения", "“Theatre”: you're not coming"
        ], said  # fmt: skip


# ── Questions ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "said",
    ["во сколько каток?", "Здравствуйте! Подскажите, во сколько каток?", "что взять на каток?", "когда каток", "где каток?",
     "во сколько начало катка?", "где и когда каток?", "when is каток?", "what should we bring to каток?"],
)  # fmt: skip
def test_question_that_the_plan_answers_is_answered(rink: Conversation, said: str):
    assert writes(rink, 0, said) == "«Каток»: сб, 21 ноября, 12:00, парк Сокольники. Взять с собой: коньки."
    assert lines(rink, "Ответили") == ["Может быть: 0. Ответили 0 из 4."]


def test_question_in_english_is_answered(english: Conversation):
    english.teacher.says("!event Skating on Saturday 12:00; where: park; bring: skates; cost: 5 euros", room="events")
    shown = "“Skating”: Sat, 21 November, 12:00, park. To bring: skates."
    assert writes(english, 0, "when is skating?") == shown
    assert writes(english, 0, "What should we bring to skating?") == shown
    assert writes(english, 0, "how much is skating?").startswith(shown)


@pytest.mark.parametrize(
    "said",
    ["когда контрольная?", "во сколько?", "что взять?", "сколько стоит каток?", "кто будет на катке?",
     "где на катке раздевалка?", "во сколько закрывается каток зимой"],
)  # fmt: skip
def test_what_the_plan_does_not_say_is_left_to_people(rink: Conversation, said: str):
    assert writes(rink, 0, said) == ""


def test_question_after_the_letter_needs_no_name(rink: Conversation):
    rink.advance(hours=99)
    assert "Вы придёте?" in "".join(message.body for message in rink.desk(rink.guardian(0)))
    assert writes(rink, 0, "а во сколько?").startswith("«Каток»: сб, 21 ноября, 12:00")
    assert ON_SATURDAY.startswith("!событие Каток")
