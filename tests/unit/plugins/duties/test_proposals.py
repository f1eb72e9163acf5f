"""Empty places proposed: found, shown, changed, sent, answered."""

from __future__ import annotations

from datetime import datetime

import pytest

from classroom_matrix.testing.conversation import Conversation
from classroom_matrix.testing.invented_class import FAMILIES, FamilySpec
from classroom_plugins.duties.config import DutiesConfig
from classroom_plugins.duties.plugin import plugin

from .stage import Stage
from .talking import desks, roles

FOUR = [FamilySpec((name,), households=(1,)) for name in ("Анна Ким", "Борис Орлов", "Вера Панова", "Глеб Ершов")]
TEA = "«чай» («Каток», сб, 5 декабря, 12:00)"


@pytest.fixture
def four(stage: Stage):
    """Families of one guardian each: Ким (0), Орлов (1), Панова (2), Ершов (3)."""
    with Conversation({plugin: DutiesConfig(), stage.plugin: None}, families=FOUR) as talk:
        desks(talk)
        talk.teacher.says("!дела №12 чай 1; фото 1", room="staff")
        yield talk


def proposal(talk: Conversation) -> list[str]:
    """The rows of the newest proposal in the staff room."""
    return [line for line in talk.card("Предложение", room="staff").body.split("\n") if line.startswith("• ")]


def asked(talk: Conversation) -> list[int]:
    """Guardians whose desk holds a letter that asks for help."""
    return [n for n in range(len(talk._guardians)) if any("Сможете помочь?" in m.body for m in talk.desk(talk.guardian(n)))]


def test_proposal_is_shown_to_the_teacher_and_sent_to_nobody(four: Conversation):
    four.teacher.says("!дело Ким чай", room="staff")
    four.teacher.says("!дело снять Ким чай", room="staff")
    four.teacher.says("!дела предложить №12 жребий 42", room="events")
    card = four.card("Предложение", room="staff")
    assert card.body.startswith("Предложение: «Каток» (№12). Жребий №42\n• чай — ")
    assert all("(дел 0 → 1): дел меньше всех" in row for row in proposal(four))
    assert len({row.split(" — ")[1] for row in proposal(four)}) == 2
    assert card.reactions == {"✅": ["@classroom:school.localhost"]}
    assert asked(four) == []
    assert "Предложение" not in "".join(four.texts("events"))


def test_same_seed_proposes_the_same_families(four: Conversation):
    four.teacher.says("!дела предложить 12 жребий 7", room="staff")
    first = proposal(four)
    four.teacher.says("!дела предложить 12 жребий 7", room="staff")
    assert proposal(four) == first
    assert "больше не действует" in four.texts("staff")[-2]


def test_who_has_done_least_is_proposed(four: Conversation):
    for name in ("Ким", "Орлов"):
        four.teacher.says(f"!дела №12 {name}роль 1", room="staff")
        four.teacher.says(f"!дело {name} {name}роль", room="staff")
    four.teacher.says("!дела предложить", room="staff")
    assert {row.split(" — ")[1].split(" (")[0] for row in proposal(four)} == {"Вера Панова", "Глеб Ершов"}


@pytest.mark.parametrize("how", ["reaction", "command"])
def test_teacher_s_yes_sends_the_letters(four: Conversation, how: str):
    four.teacher.says("!дела предложить", room="staff")
    if how == "reaction":
        four.teacher.reacts("Предложение", "✅", room="staff")
    else:
        four.teacher.says("!дела отправить", room="staff")
    assert len(asked(four)) == 2
    (letter,) = [m for m in four.desk(four.guardian(asked(four)[0])) if "Сможете" in m.body]
    assert letter.body.split("\n")[1:] == [
        "Дошёл черёд вашей семьи: в этом учебном году у вас ещё не было дел.",
        "✅ — да, ❌ — не получится; можно и словами. Жду до ср, 18 ноября, 10:00; без ответа попрошу других.",
    ]
    assert (letter.loud, sorted(letter.reactions)) == (True, ["✅", "❌"])
    assert all(row.endswith("ждём ответа") for row in proposal(four))
    assert four.teacher.says("!дела отправить", room="staff").startswith("Нет предложения, которое ждёт отправки.")


@pytest.mark.parametrize("how", ["✅", "да", "беру"])
def test_yes_takes_the_place(four: Conversation, how: str):
    four.teacher.says("!дела предложить", room="staff")
    four.teacher.says("!дела отправить", room="staff")
    number = asked(four)[0]
    voice = four.guardian(number)
    before = len(four.desk(voice))
    if how == "✅":
        voice.reacts("Сможете помочь", "✅", room=f"family{number}-0")
        assert len(four.desk(voice)) == before  # no text answer to a button
    else:
        assert voice.says(how, room=f"family{number}-0").startswith("Записал за вами")
    assert sum(f"guardian{number}" in line for line in roles(four)) == 1
    assert sum(row.endswith("согласие") for row in proposal(four)) == 1


@pytest.mark.parametrize("how", ["❌", "нет", "не смогу"])
def test_no_leads_to_the_next_in_turn_with_the_teacher_s_yes(four: Conversation, how: str):
    four.teacher.says("!дела предложить", room="staff")
    four.teacher.says("!дела отправить", room="staff")
    first = asked(four)
    voice, desk = four.guardian(first[0]), f"family{first[0]}-0"
    if how == "❌":
        voice.reacts("Сможете помочь", "❌", room=desk)
    else:
        assert voice.says(how, room=desk).startswith("Хорошо, попрошу других")
    line = four.texts("staff")[-1]
    assert "не получится" in line
    assert "Следующий черёд: " in line
    assert asked(four) == first  # not before the teacher says so
    four.teacher.reacts("Следующий черёд", "✅", room="staff")
    four.teacher.reacts("Следующий черёд", "✅", room="staff")
    after = asked(four)
    assert len(after) == 3
    assert set(first) < set(after)


@pytest.mark.parametrize("how", ["word", "reaction", "❌"])
def test_who_agreed_and_cannot_after_all_leads_to_the_next_in_turn(four: Conversation, how: str):
    four.teacher.says("!дела предложить", room="staff")
    four.teacher.says("!дела отправить", room="staff")
    number = asked(four)[0]
    voice, desk = four.guardian(number), f"family{number}-0"
    event = voice.reacts("Сможете помочь", "✅", room=desk)
    if how == "word":
        voice.says("не смогу", room=desk)
    elif how == "❌":
        voice.reacts("Сможете помочь", "❌", room=desk)
    else:
        voice.takes_back(event, room=desk)
    assert not any(f"guardian{number}" in line for line in roles(four))
    assert "Следующий черёд: " in four.texts("staff")[-1]


def test_who_declined_is_not_asked_for_the_same_again(four: Conversation):
    four.teacher.says("!дела убрать №12 фото", room="staff")
    seen: list[int] = []
    for _ in range(4):
        four.teacher.says("!дела предложить", room="staff")
        four.teacher.says("!дела отправить", room="staff")
        (new,) = set(asked(four)) - set(seen)
        seen.append(new)
        four.guardian(new).reacts("Сможете помочь", "❌", room=f"family{new}-0")
    assert four.texts("staff")[-1].endswith("Предложить больше некому.")
    assert four.teacher.says("!дела предложить", room="staff").startswith("Предложить некому")


def test_silence_counts_as_declined_and_is_told(four: Conversation):
    four.teacher.says("!дела убрать №12 фото", room="staff")
    four.teacher.says("!дела предложить", room="staff")
    four.teacher.says("!дела отправить", room="staff")
    (number,) = asked(four)
    four.move_to(datetime(2026, 11, 18, 10, 1))
    assert four.desk(four.guardian(number))[-1].body == f"Ответа не было, попрошу других: {TEA}. Ничего делать не нужно."
    assert "нет ответа" in four.texts("staff")[-1]
    assert "Следующий черёд" in four.texts("staff")[-1]
    four.guardian(number).reacts("Сможете помочь", "✅", room=f"family{number}-0")  # late, but nobody was quicker
    assert f"guardian{number}" in roles(four)[0]


def test_silence_may_count_as_agreement(stage: Stage):
    with Conversation({plugin: DutiesConfig(silence_takes=True), stage.plugin: None}, families=FOUR) as talk:
        desks(talk)
        talk.teacher.says("!дела №12 чай 1", room="staff")
        talk.teacher.says("!дела предложить", room="staff")
        talk.teacher.says("!дела отправить", room="staff")
        (number,) = asked(talk)
        talk.move_to(datetime(2026, 11, 18, 10, 1))
        assert talk.desk(talk.guardian(number))[-1].body.startswith(f"Ответа не было, записал за вами: {TEA}.")
        assert "1 из 1" in roles(talk)[0]


def test_volunteer_is_quicker_than_who_was_asked(four: Conversation):
    four.teacher.says("!дела убрать №12 фото", room="staff")
    four.teacher.says("!дела предложить", room="staff")
    four.teacher.says("!дела отправить", room="staff")
    (number,) = asked(four)
    other = (number + 1) % 4
    four.guardian(other).reacts("Дела", "1️⃣", room="events")
    assert four.desk(four.guardian(number))[-1].body == f"Помощь уже нашлась: {TEA}. Спасибо!"
    four.guardian(number).reacts("Сможете помочь", "✅", room=f"family{number}-0")
    assert roles(four) == [f"1️⃣ чай — 1 из 1: guardian{other}."]


def test_teacher_replaces_by_the_next_or_by_a_named_family(four: Conversation):
    four.teacher.says("!дела убрать №12 фото", room="staff")
    four.teacher.says("!дела предложить", room="staff")
    first = proposal(four)[0].split(" — ")[1].split(" (")[0]
    four.teacher.says(f"!дела заменить {first.split()[1]}", room="staff")
    second = proposal(four)[0].split(" — ")[1].split(" (")[0]
    assert second != first
    named = next(spec.pupils[0] for spec in FOUR if spec.pupils[0] not in (first, second))
    four.teacher.says(f"!дела заменить {second.split()[1]} на {named.split()[1]}", room="staff")
    assert proposal(four) == [f"• чай — {named} (дел 0 → 1): выбор учителя"]
    four.teacher.says("!дела отправить", room="staff")
    (number,) = asked(four)
    assert "Учитель просит вашу семью." in four.desk(four.guardian(number))[-1].body
    assert FOUR[number].pupils[0] == named


def test_nobody_gets_two_roles_at_one_time(four: Conversation):
    four.teacher.says("!дела №12 чай 2; фото 2", room="staff")
    four.teacher.says("!дела предложить", room="staff")
    assert len({row.split(" — ")[1].split(" (")[0] for row in proposal(four)}) == 4


def test_who_is_busy_at_that_time_elsewhere_is_not_proposed(four: Conversation, stage: Stage):
    stage.plans(13, "Театр", datetime(2026, 12, 5, 13, 0))
    four.teacher.says("!дела №13 билеты 3", room="staff")
    for name in ("Ким", "Орлов", "Панова"):
        four.teacher.says(f"!дело {name} билеты №13", room="staff")
    four.teacher.says("!дела предложить №12", room="staff")
    card = four.card("Предложение", room="staff").body
    assert [row.split(" — ")[1].split(" (")[0] for row in proposal(four)] == ["Глеб Ершов"]
    assert "дел меньше всех" in card
    assert "не нашлось никого, свободных мест 1." in card


def test_declared_car_is_proposed_for_the_car_and_no_car_never(four: Conversation):
    four.teacher.says("!дела №12 машина 1 (нужна машина)", room="staff")
    for name in ("чай", "фото"):
        four.teacher.says(f"!дела убрать №12 {name}", room="staff")
    four.teacher.says("!дело есть Панова машина", room="staff")
    four.teacher.says("!дела №12 флаг 1", room="staff")
    four.teacher.says("!дело Панова флаг", room="staff")
    four.teacher.says("!дело снять Панова флаг", room="staff")
    four.teacher.says("!дела убрать №12 флаг", room="staff")
    four.teacher.says("!дела предложить", room="staff")
    assert proposal(four) == ["• машина — Вера Панова (дел 0 → 1): есть то, что нужно"]
    assert four.guardian(2).says("у нас нет машины", room="family2-0") == ("Запомнил: машина — нет. С таким просить не буду.")
    assert four.guardian(0).says("У нас есть машина!", room="family0-0").startswith("Запомнил: машина — есть.")
    four.teacher.says("!дела предложить", room="staff")
    assert proposal(four) == ["• машина — Анна Ким (дел 0 → 1): есть то, что нужно"]


def test_family_without_the_app_is_asked_by_the_teacher(stage: Stage):
    with Conversation({plugin: DutiesConfig(), stage.plugin: None}, families=FAMILIES[3:]) as talk:
        talk.teacher.says("!дела №12 чай 1", room="staff")
        talk.teacher.says("!дела предложить", room="staff")
        answer = talk.teacher.says("!дела отправить", room="staff")
        assert answer == ("Без приложения, предложите лично: Максим Исаев — чай. Согласие записать: !дело <фамилия> <роль>")
        talk.teacher.says("!дело Исаев чай", room="staff")
        assert proposal(talk)[0].endswith("согласие")


def test_letter_of_the_evening_waits_for_the_morning(stage: Stage):
    start = datetime(2026, 11, 16, 22, 0)
    with Conversation({plugin: DutiesConfig(), stage.plugin: None}, families=FOUR, start=start) as talk:
        desks(talk)
        talk.teacher.says("!дела №12 чай 1", room="staff")
        talk.teacher.says("!дела предложить", room="staff")
        talk.teacher.says("!дела отправить", room="staff")
        assert asked(talk) == []
        talk.move_to(datetime(2026, 11, 17, 7, 1))
        (number,) = asked(talk)
        assert "Жду до чт, 19 ноября, 07:00" in talk.desk(talk.guardian(number))[-1].body


def test_proposed_places_count_in_the_next_proposal(four: Conversation, stage: Stage):
    stage.plans(13, "Театр", datetime(2026, 12, 12, 13, 0))
    four.teacher.says("!дела предложить №12", room="staff")
    four.teacher.says("!дела отправить", room="staff")
    first = {row.split(" — ")[1].split(" (")[0] for row in proposal(four)}
    four.teacher.says("!дела №13 билеты 2", room="staff")
    four.teacher.says("!дела предложить №13", room="staff")
    second = {row.split(" — ")[1].split(" (")[0] for row in proposal(four)}
    assert (first & second, len(first | second)) == (set(), 4)


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("!дела предложить №7", "Для события №7 дел нет."),
        ("!дела заменить Ким", "Нет предложения, которое ждёт отправки."),
        ("!дела отправить", "Нет предложения, которое ждёт отправки."),
    ],
)
def test_wrong_command_gets_one_sentence(four: Conversation, command: str, answer: str):
    assert four.teacher.says(command, room="staff").startswith(answer)


def test_all_filled_is_said(four: Conversation):
    four.teacher.says("!дело Ким чай", room="staff")
    four.teacher.says("!дело Орлов фото", room="staff")
    assert four.teacher.says("!дела предложить", room="staff") == "Все места заняты или предложены: «Каток» (№12)."


def test_proposal_in_english(stage: Stage):
    with Conversation({plugin: DutiesConfig(), stage.plugin: None}, families=FOUR, language="en") as talk:
        desks(talk)
        talk.teacher.says("!duties no 12 tea 1", room="staff")
        talk.teacher.says("!duties propose 12 seed 5", room="staff")
        card = talk.card("Proposal", room="staff").body
        assert card.startswith("Proposal: “Каток” (no. 12). Draw no. 5\n• tea — ")
        assert "(load 0 → 1): the fewest duties" in card
        talk.teacher.says("!duties send", room="staff")
        (number,) = [n for n in range(4) if talk.desk(talk.guardian(n))]
        letter = talk.desk(talk.guardian(number))[0].body.split("\n")
        assert letter[:2] == [
            "Could you help? “tea” (“Каток”, Sat, 5 December, 12:00).",
            "It is your family's turn: this school year you have had no duties.",
        ]
        assert talk.guardian(number).says("yes", room=f"family{number}-0").startswith("It is yours: “tea”")
