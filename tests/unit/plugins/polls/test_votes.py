"""How families vote, and what they are told."""

from __future__ import annotations

from datetime import datetime

import pytest

from classroom_matrix.testing.conversation import Conversation
from classroom_matrix.testing.invented_class import FamilySpec
from classroom_plugins.polls.plugin import plugin


def counts(talk: Conversation, room: str = "announcements") -> list[str]:
    """The lines of the options on the card."""
    return [line for line in talk.card("Опрос №1", room=room).body.split("\n") if " — " in line and "Одна семья" not in line]


@pytest.fixture
def asked(talk: Conversation) -> Conversation:
    talk.teacher.says("!опрос Когда едем? Пятница; Суббота")
    return talk


def test_vote_counts_once_per_family(asked: Conversation):
    asked.guardian(0).votes("Когда", "Пятница")
    asked.guardian(1).votes("Когда", "Пятница")
    asked.guardian(2).votes("Когда", "Суббота")
    assert counts(asked) == ["1️⃣ Пятница — 1", "2️⃣ Суббота — 1"]
    assert "Проголосовало семей: 2 из 4 (50\xa0%)." in asked.card("Опрос №1").body


def test_last_vote_counts(asked: Conversation):
    for option in ("Пятница", "Суббота", "Пятница"):
        asked.guardian(0).votes("Когда", option)
    assert counts(asked) == ["1️⃣ Пятница — 1", "2️⃣ Суббота — 0"]


def test_reaction_is_a_vote(asked: Conversation):
    asked.guardian(0).reacts("Опрос №1", "2️⃣")
    asked.guardian(2).reacts(asked.poll("Когда").event_id, "1\N{COMBINING ENCLOSING KEYCAP}")
    assert counts(asked) == ["1️⃣ Пятница — 1", "2️⃣ Суббота — 1"]


@pytest.mark.parametrize("key", ["👍", "3️⃣", "0", "2️⃣2️⃣2️⃣"])
def test_other_reactions_are_no_votes(asked: Conversation, key: str):
    asked.guardian(0).reacts("Опрос №1", key)
    assert counts(asked) == ["1️⃣ Пятница — 0", "2️⃣ Суббота — 0"]


def test_reactions_to_other_messages_are_no_votes(asked: Conversation):
    asked.teacher.says("Завтра каток")
    asked.guardian(0).reacts("Завтра каток", "1️⃣")
    asked.teacher.says("!опрос список")
    asked.guardian(0).reacts("Последние опросы", "1️⃣")
    assert counts(asked) == ["1️⃣ Пятница — 0", "2️⃣ Суббота — 0"]


def test_guardians_who_choose_differently_are_both_told_once(asked: Conversation):
    mother, father = asked.guardian(4), asked.guardian(5)  # two households
    mother.votes("Когда", "Пятница")
    father.votes("Когда", "Суббота")
    father.votes("Когда", "Суббота")
    told = "В вашей семье по опросу «Когда едем?» выбрали по-разному. От семьи считается последний голос: «Суббота»."
    assert [[m.body for m in asked.desk(voice)] for voice in (mother, father)] == [[told], [told]]
    assert counts(asked) == ["1️⃣ Пятница — 0", "2️⃣ Суббота — 1"]


def test_guardians_who_change_it_back_and_forth_are_told_once_an_hour(asked: Conversation):
    mother, father = asked.guardian(4), asked.guardian(5)
    for _ in range(3):
        mother.votes("Когда", "Пятница")
        father.votes("Когда", "Суббота")
    assert [len(asked.desk(voice)) for voice in (mother, father)] == [1, 1]
    asked.advance(minutes=61)
    mother.votes("Когда", "Пятница")
    father.votes("Когда", "Суббота")
    assert [len(asked.desk(voice)) for voice in (mother, father)] == [2, 2]
    assert counts(asked) == ["1️⃣ Пятница — 0", "2️⃣ Суббота — 1"]


def test_what_the_teacher_enters_is_told_although_the_guardians_have_just_disagreed(asked: Conversation):
    asked.guardian(0).votes("Когда", "Пятница")
    asked.guardian(1).votes("Когда", "Суббота")
    asked.teacher.says("!опрос голос Калинина 1", room="staff")
    assert "учитель записал голос" in asked.desk(asked.guardian(0))[-1].body


def test_guardians_who_agree_are_told_nothing(asked: Conversation):
    asked.guardian(0).votes("Когда", "Пятница")
    asked.guardian(1).reacts("Опрос №1", "1️⃣")
    assert asked.desk(asked.guardian(0)) == []


def test_families_are_told_in_their_own_language():
    with Conversation(plugin, families=[FamilySpec(("Ульяна Шестакова",), language="en")]) as talk:
        talk.teacher.says("!опрос Когда едем? Пятница; Суббота")
        talk.guardian(0).votes("Когда", "Пятница")
        talk.guardian(1).votes("Когда", "Суббота")
        assert talk.desk(talk.guardian(0))[0].body.startswith("Your family chose differently in the poll “Когда едем?”.")


def test_emptied_vote_gives_the_word_back_to_the_other_guardian(asked: Conversation):
    asked.guardian(0).votes("Когда", "Пятница")
    asked.guardian(1).votes("Когда", "Суббота")
    asked.guardian(1).votes("Когда")
    assert counts(asked) == ["1️⃣ Пятница — 1", "2️⃣ Суббота — 0"]
    asked.guardian(0).votes("Когда")
    assert counts(asked) == ["1️⃣ Пятница — 0", "2️⃣ Суббота — 0"]


def test_redacted_vote_and_reaction_are_taken_back(asked: Conversation):
    asked.guardian(0).votes("Когда", "Пятница")
    changed = asked.guardian(0).votes("Когда", "Суббота")
    asked.guardian(0).takes_back(changed)
    button = asked.guardian(2).reacts("Опрос №1", "2️⃣")
    asked.guardian(2).takes_back(button)
    assert counts(asked) == ["1️⃣ Пятница — 1", "2️⃣ Суббота — 0"]


def test_vote_for_something_that_is_not_offered_is_taken_back(asked: Conversation):
    asked.guardian(0).votes("Когда", "Пятница")
    content = {
        "m.relates_to": {"rel_type": "m.reference", "event_id": asked.poll("Когда").event_id},
        "org.matrix.msc3381.poll.response": {"answers": ["nonsense"]},
    }
    asked.guardian(0).sends("org.matrix.msc3381.poll.response", content)
    assert counts(asked) == ["1️⃣ Пятница — 0", "2️⃣ Суббота — 0"]


def test_staff_and_strangers_do_not_count(asked: Conversation):
    asked.teacher.votes("Когда", "Пятница")
    asked.teacher.reacts("Опрос №1", "1️⃣")
    asked.stranger().votes("Когда", "Пятница")
    assert counts(asked) == ["1️⃣ Пятница — 0", "2️⃣ Суббота — 0"]


def test_late_vote_does_not_count_and_its_voter_is_told_once(asked: Conversation):
    asked.guardian(4).votes("Когда", "Пятница")
    asked.teacher.says("!опрос закрыть")
    asked.guardian(5).votes("Когда", "Суббота")
    asked.guardian(5).reacts("Опрос №1", "2️⃣")
    assert counts(asked)[:2] == ["1️⃣ Пятница — 1", "2️⃣ Суббота — 0"]
    late = ["Опрос «Когда едем?» уже закончился, поэтому ваш голос не учтён. Спасибо, что откликнулись!"]
    assert [m.body for m in asked.desk(asked.guardian(5))] == late
    assert asked.desk(asked.guardian(4)) == []


def test_many_votes_at_once_are_few_edits(asked: Conversation):
    with asked.at_once():
        for number in range(6):
            asked.guardian(number).votes("Когда", "Суббота")
    card = asked.card("Опрос №1")
    assert ("2️⃣ Суббота — 3" in card.body, card.edits) == (True, 1)


def test_two_polls_are_counted_apart(asked: Conversation):
    asked.teacher.says("!опрос Куда? Музей; Театр")
    asked.guardian(0).votes("Куда", "Театр")
    asked.guardian(0).reacts("Опрос №1", "1️⃣")
    assert counts(asked) == ["1️⃣ Пятница — 1", "2️⃣ Суббота — 0"]
    assert "1️⃣ Музей — 0\n2️⃣ Театр — 1" in asked.card("Опрос №2").body


# ── By the teacher, for a family ────────────────────────────────────────────────────────────────────────────────────────


def test_teacher_enters_the_vote_of_a_family_without_the_app(asked: Conversation):
    asked.teacher.says("!опрос голос Исаев 2")
    assert counts(asked) == ["1️⃣ Пятница — 0", "2️⃣ Суббота — 1"]
    assert asked.texts("staff")[0].split("\n")[0] == "Записано: Максим Исаев — «Суббота», опрос №1 «Когда едем?»."
    assert not any("Исаев" in message.body for message in asked.room("announcements"))
    assert "Исаев" not in "".join(asked.texts("announcements"))


def test_proxy_entry_and_guardian_override_each_other_and_the_family_is_told(asked: Conversation):
    asked.guardian(0).votes("Когда", "Пятница")
    asked.teacher.says("!опрос голос Калининой субб", room="staff")
    assert counts(asked) == ["1️⃣ Пятница — 0", "2️⃣ Суббота — 1"]
    assert asked.desk(asked.guardian(0))[0].body.startswith(
        "По опросу «Когда едем?» учитель записал голос вашей семьи: «Суббота»."
    )
    asked.guardian(0).votes("Когда", "Пятница")
    assert counts(asked) == ["1️⃣ Пятница — 1", "2️⃣ Суббота — 0"]


def test_teacher_withdraws_an_entry(asked: Conversation):
    asked.guardian(0).votes("Когда", "Пятница")
    asked.teacher.says("!опрос голос Калинина 2", room="staff")
    answer = asked.teacher.says("!опрос голос Калинина снять", room="staff")
    assert answer == "Записанный голос снят: Ксения Калинина, опрос №1 «Когда едем?»."
    assert counts(asked) == ["1️⃣ Пятница — 1", "2️⃣ Суббота — 0"]


def test_deleting_the_message_of_an_entry_withdraws_it(asked: Conversation):
    asked.teacher.says("!опрос голос Калинина 2", room="staff")
    message = asked.event_of("!опрос голос", "staff")
    asked.teacher.takes_back(message, room="staff")
    assert counts(asked) == ["1️⃣ Пятница — 0", "2️⃣ Суббота — 0"]


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Калинина", "Не хватает: номер варианта. Например: !опрос голос Калинина 2"),
        ("Калинина 3", "Нет варианта «3». Есть: 1. Пятница; 2. Суббота"),
        ("Калинина 2 №5", "В этом классе нет опроса №5. Все опросы: !опрос список"),
        ("Пушкин 2", "Не нахожу в классе «Пушкин». Напишите фамилию ученика или его номер в списке."),
    ],
)
def test_wrong_entries_get_one_sentence(asked: Conversation, text: str, answer: str):
    assert asked.teacher.says(f"!опрос голос {text}", room="staff") == answer


def test_entry_names_the_poll_where_several_are_open(asked: Conversation):
    asked.teacher.says("!опрос Куда? Музей; Театр")
    assert asked.teacher.says("!опрос голос Исаев 2", room="staff").startswith(
        "Открыто несколько опросов: №1 «Когда едем?», №2 «Куда?»."
    )
    asked.teacher.says("!опрос голос Исаев 2 №2", room="staff")
    assert "2️⃣ Театр — 1" in asked.card("Опрос №2").body


@pytest.mark.parametrize(
    ("command", "again"),
    [
        ("!опрос голос Исаеву 2", "!опрос голос Исаев 2 №2"),
        ("!опрос закрыть", "!опрос закрыть 2"),
        ("!опрос отменить", "!опрос отменить 2"),
        ("!опрос итоги", "!опрос итоги 2"),
        ("!опрос кто", "!опрос кто 2"),
    ],
)
def test_command_that_fits_several_polls_is_answered_with_a_better_one(asked: Conversation, command: str, again: str):
    asked.teacher.says("!опрос Куда? Музей; Театр")
    assert asked.teacher.says(command, room="staff").endswith(
        f"Добавьте номер, например: {again}. Или ответьте этой командой на сообщение с опросом."
    )


def test_entry_may_end_with_the_number_of_the_poll(asked: Conversation):
    asked.teacher.says("!опрос Куда? Музей; Театр 2")
    asked.teacher.says("!опрос голос Исаев 2 2", room="staff")
    assert "2️⃣ Театр 2 — 1" in asked.card("Опрос №2").body
    asked.teacher.says("!опрос голос Исаев музей 2", room="staff")
    assert "1️⃣ Музей — 1" in asked.card("Опрос №2").body
    asked.teacher.says("!опрос голос Исаев снять 2", room="staff")
    assert "1️⃣ Музей — 0" in asked.card("Опрос №2").body
    assert asked.teacher.says("!опрос голос Исаев 2 7", room="staff").startswith("В этом классе нет опроса №7.")


def test_number_at_the_end_of_an_option_is_part_of_it(talk: Conversation):
    talk.teacher.says("!опрос Куда? Музей; Театр 1; Театр 2")
    talk.teacher.says("!опрос голос Исаев театр 1", room="staff")
    assert counts(talk) == ["1️⃣ Музей — 0", "2️⃣ Театр 1 — 1", "3️⃣ Театр 2 — 0"]


# ── In the desk ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def desk(asked: Conversation) -> Conversation:
    """The desk of Чернов's mother (guardian 4) exists, because the family has disagreed."""
    asked.guardian(4).votes("Когда", "Пятница")
    asked.guardian(5).votes("Когда", "Суббота")
    asked.guardian(5).votes("Когда")
    return asked


@pytest.mark.parametrize("said", ["2", " 2. ", "2️⃣"])
def test_number_in_the_desk_that_nobody_asked_for_is_asked_back(desk: Conversation, said: str):
    asked = desk.guardian(4).says(said, room="family2-0")
    assert asked.startswith("Понял так: опрос №1 «Когда едем?»: «Суббота». Верно?")
    assert counts(desk) == ["1️⃣ Пятница — 1", "2️⃣ Суббота — 0"]
    desk.guardian(4).says("да", room="family2-0")
    assert counts(desk) == ["1️⃣ Пятница — 0", "2️⃣ Суббота — 1"]


def test_yes_to_the_teacher_is_no_vote(desk: Conversation):
    desk.teacher.says("!опрос Едем? Да; Нет")
    desk.teacher.says("Учебники не забудете?", room="family2-0")
    assert "Верно?" in desk.guardian(4).says("да", room="family2-0")
    assert "Да — 0" in desk.card("Опрос №2").body


def test_one_word_may_be_a_vote_in_two_polls(desk: Conversation):
    desk.teacher.says("!опрос Куда? Музей; Суббота")
    desk.guardian(4).says("суббота", room="family2-0")
    desk.guardian(4).says("оба", room="family2-0")
    both = desk.event_of("оба", "family2-0")
    assert ["Суббота — 1" in desk.card(f"Опрос №{number}").body for number in (1, 2)] == [True, True]
    desk.guardian(4).takes_back(both, room="family2-0")
    assert ["Суббота — 1" in desk.card(f"Опрос №{number}").body for number in (1, 2)] == [False, False]


@pytest.mark.parametrize("said", ["суббота", "СУББОТА!"])
def test_option_in_the_desk_is_a_vote(desk: Conversation, said: str):
    assert desk.guardian(4).says(said, room="family2-0") == (
        "Голос вашей семьи по опросу «Когда едем?»: «Суббота». Считается последний голос."
    )
    assert counts(desk) == ["1️⃣ Пятница — 0", "2️⃣ Суббота — 1"]


@pytest.mark.parametrize("said", ["Добрый день", "суб", "2 мы поедем", "21", "0", "2/3", ""])
def test_other_talk_in_the_desk_is_left_alone(desk: Conversation, said: str):
    assert desk.guardian(4).says(said, room="family2-0") == ""
    assert counts(desk) == ["1️⃣ Пятница — 1", "2️⃣ Суббота — 0"]


def test_number_that_is_not_offered_is_answered(desk: Conversation):
    assert desk.guardian(4).says("3", room="family2-0") == "Нет варианта «3». Есть: 1. Пятница; 2. Суббота"


def test_number_in_another_room_or_of_the_teacher_is_no_vote(desk: Conversation):
    assert desk.guardian(4).says("2", room="talk") == ""
    assert desk.teacher.says("2", room="family2-0") == ""
    assert counts(desk) == ["1️⃣ Пятница — 1", "2️⃣ Суббота — 0"]


def test_number_that_fits_several_polls_is_asked_back_and_a_text_that_fits_one_is_not(desk: Conversation):
    desk.teacher.says("!опрос Куда? Музей; Театр")
    asked = desk.guardian(4).says("2", room="family2-0")
    assert "1. опрос №1 «Когда едем?»: «Суббота»" in asked
    assert "2. опрос №2 «Куда?»: «Театр»" in asked
    assert desk.guardian(4).says("2", room="family2-0").startswith("Голос вашей семьи по опросу «Куда?»: «Театр».")
    assert "2️⃣ Театр — 1" in desk.card("Опрос №2").body
    assert "по опросу «Куда?»: «Музей»" in desk.guardian(4).says("Музей", room="family2-0")
    assert desk.guardian(4).says("Спасибо", room="family2-0") == ""
    desk.teacher.says("!опрос закрыть 1")
    desk.guardian(4).says("2", room="family2-0")
    desk.guardian(4).says("да", room="family2-0")
    assert "2️⃣ Театр — 1" in desk.card("Опрос №2").body
    desk.teacher.says("!опрос закрыть 2")
    assert desk.guardian(4).says("1", room="family2-0") == ""


def test_number_means_the_poll_that_the_family_was_reminded_of_last(talk: Conversation):
    talk.teacher.says("!опрос Когда едем? Пятница; Суббота до четверга 18:00")
    talk.teacher.says("!опрос Куда? Музей; Театр до пятницы 18:00")
    talk.move_to(datetime(2026, 11, 18, 19, 0))
    assert "по опросу «Когда едем?»: «Суббота»" in talk.guardian(0).says("2", room="family0-0")
    talk.move_to(datetime(2026, 11, 19, 17, 59))
    assert "по опросу «Когда едем?»: «Пятница»" in talk.guardian(0).says("1", room="family0-0")
    talk.move_to(datetime(2026, 11, 19, 18, 30))
    assert "по опросу «Куда?»: «Театр»" in talk.guardian(0).says("2", room="family0-0")


def test_reply_to_a_reminder_means_its_poll_and_so_does_a_reaction_on_it(talk: Conversation):
    talk.teacher.says("!опрос Когда едем? Пятница; Суббота до пятницы 18:00")
    talk.teacher.says("!опрос Куда? Музей; Театр до пятницы 18:30")
    talk.move_to(datetime(2026, 11, 19, 19, 0))
    first = next(m for m in talk.desk(talk.guardian(0)) if "Когда едем?" in m.body)
    assert "по опросу «Когда едем?»: «Суббота»" in talk.guardian(0).says("2", room="family0-0", reply_to=first.event_id)
    talk.guardian(0).reacts(first.event_id, "1️⃣", room="family0-0")
    assert "1️⃣ Пятница — 1" in talk.card("Опрос №1").body


def test_deleted_reminder_ends_no_poll(talk: Conversation):
    talk.teacher.says("!опрос Когда едем? Пятница; Суббота до пятницы 18:00")
    talk.move_to(datetime(2026, 11, 19, 19, 0))
    talk.teacher.takes_back(talk.desk(talk.guardian(0))[-1].event_id, room="family0-0")
    assert "отменён" not in talk.card("Опрос №1").body


def test_deleted_message_in_the_desk_takes_its_vote_back(desk: Conversation):
    desk.guardian(4).says("суббота", room="family2-0")
    desk.guardian(4).takes_back(desk.event_of("суббота", "family2-0"), room="family2-0")
    assert counts(desk) == ["1️⃣ Пятница — 1", "2️⃣ Суббота — 0"]


def test_entry_is_refused_when_the_poll_is_over(asked: Conversation):
    asked.teacher.says("!опрос закрыть")
    assert asked.teacher.says("!опрос голос Исаев 2 №1", room="staff") == "Опрос №1 «Когда едем?» уже завершён."


def writes(talk: Conversation, text: str, *, guardian: int = 4, room: str = "family2-0") -> str:
    """Returns the event's ID."""
    return talk.guardian(guardian).sends("m.room.message", {"msgtype": "m.text", "body": text}, room=room)


def edits(talk: Conversation, event: str, after: str, *, guardian: int = 4, room: str = "family2-0") -> list[str]:
    """A parent edits what they wrote, as clients do it. Returns what the service says to it."""
    told = talk.count_of_bot()
    content = {
        "msgtype": "m.text",
        "body": f"* {after}",
        "m.new_content": {"msgtype": "m.text", "body": after},
        "m.relates_to": {"rel_type": "m.replace", "event_id": event},
    }
    talk.guardian(guardian).sends("m.room.message", content, room=room)
    return talk.bot_messages_since(told)


def test_edited_word_in_the_desk_is_the_vote_that_it_says_now(desk: Conversation):
    event = writes(desk, "Суббота")
    assert edits(desk, event, "Пятница") == ["Голос вашей семьи по опросу «Когда едем?»: «Пятница». Считается последний голос."]
    assert counts(desk) == ["1️⃣ Пятница — 1", "2️⃣ Суббота — 0"]
    assert edits(desk, event, "пятница!") == []
    assert edits(desk, event, "спасибо")[0].startswith("Правку не понимаю: по опросу «Когда едем?» остаётся голос «Пятница».")
    assert edits(desk, event, "2") == ["Голос вашей семьи по опросу «Когда едем?»: «Суббота». Считается последний голос."]
    desk.guardian(4).takes_back(event, room="family2-0")
    assert counts(desk) == ["1️⃣ Пятница — 1", "2️⃣ Суббота — 0"]


def test_edit_after_the_end_changes_nothing(desk: Conversation):
    event = writes(desk, "Суббота")
    desk.teacher.says("!опрос закрыть 1")
    assert edits(desk, event, "Пятница") == ["Опрос «Когда едем?» уже закончился, голос «Суббота» остаётся."]
    before = desk.count_of_bot()
    desk.guardian(4).takes_back(event, room="family2-0")
    assert desk.bot_messages_since(before) == ["Опрос «Когда едем?» уже закончился, голос «Суббота» остаётся."]
    assert "2️⃣ Суббота — 1" in desk.card("Опрос №1").body


def test_edit_of_a_slip_is_the_first_vote(desk: Conversation):
    event = writes(desk, "Субота")
    assert len(edits(desk, event, "Суббота")) == 1
    assert counts(desk) == ["1️⃣ Пятница — 0", "2️⃣ Суббота — 1"]
    assert len(edits(desk, event, "Пятница")) == 1
    assert counts(desk) == ["1️⃣ Пятница — 1", "2️⃣ Суббота — 0"]


def test_deleted_word_gets_one_line(desk: Conversation):
    desk.guardian(4).reacts("Опрос №1", "1️⃣")
    event = writes(desk, "суббота")
    before = desk.count_of_bot()
    desk.guardian(4).takes_back(event, room="family2-0")
    assert desk.bot_messages_since(before) == [
        "Этот голос снят. По опросу «Когда едем?» от вашей семьи теперь считается «Пятница»."
    ]


def test_deleted_only_vote_gets_one_line_in_english(english: Conversation):
    english.teacher.says("!poll When? Friday; Saturday")
    english.do(english._desk_of(english.klass.id, english.roster.families[0].households[0].id))
    event = writes(english, "Saturday", guardian=0, room="family0-0")
    before = english.count_of_bot()
    english.guardian(0).takes_back(event, room="family0-0")
    assert english.bot_messages_since(before) == ["Your family's vote in the poll “When?” is taken back."]
