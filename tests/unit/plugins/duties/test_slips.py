"""Commands nearly right: nothing of them is published as a role or a rota."""

from __future__ import annotations

import pytest

from classroom_matrix.testing.conversation import Conversation

from .talking import desks, roles


@pytest.mark.parametrize(
    "command",
    [
        "!дела заменить Калинина Беляева",
        "!дела замнить Калинина на Беляеву",
        "!дела снять Калинина чай",
        "!дела №12 снять Калинину чай",
        "!дела снять Пушкина",
        "!дела №12 убрать чай; фото 3",
        "!дела освободить Беляева, мать болеет",
        "!дела кто",
        "!дела список",
        "!дела №12 список",
        "!дела №12 список 3",
        "!дела №12 список семей",
        "!дела №12 жребий 7",
        "!дела №12 отменить чай 2",
        "!дела №12 заменить шторы",
        "!дела №12 заменить Пушкина 2",
        "!дела Калинина чай",
        "!дела чай Калинина",
        "!дела Ксения чай",
        "!дела Ксению 2",
        "!дела Калинина: чай 2",
        "!дела Снять: чай",
        "!дела №12 чай 2; Беляевым фото",
        "!дела отпраить",
        "!дела не пришли Калинина чай",
        "!дела добавить чай 3",
        "!duties drop Kalinina tea",
        "!duties who",
        "!дежурство снять Калинина",
        "!дежурство список",
        "!дежурство заменить Калинина на Беляеву",
        "!дежурство Калинина 7 декабря",
        "!дежурство распредилить",
        "!rota list",
    ],
)
def test_command_gone_wrong_becomes_no_role_and_gets_an_example(opened: Conversation, command: str):
    before = (opened.texts("events"), roles(opened))
    answer = opened.teacher.says(command, room="staff")
    assert "!" in answer
    assert (opened.texts("events"), roles(opened)) == before


@pytest.mark.parametrize(
    "role",
    [
        "снять видео",
        "убрать класс после чая",
        "чёрный кофе",
        "запись на камеру",
        "закрыть зал",
        "дежурство у двери",
        "списать оценки",
        "семена",
        "список гостей",
        "Список покупок",
        "заменить шторы",
        "не забыть свечи",
        "кто встречает гостей",
        "освободить класс",
        "отправить открытки",
        "guest list",
        "list of guests",
        "счёт очков",
    ],
)
def test_role_that_only_sounds_like_it_is_opened(opened: Conversation, role: str):
    if role == "убрать класс после чая":  # the role of that name is there already
        opened.teacher.says("!дела убрать №12 чай", room="staff")
    opened.teacher.says(f"!дела №12 {role} 2", room="staff")
    assert f"4️⃣ {role} — 0 из 2." in roles(opened)


def test_name_of_a_family_is_taken_away_where_families_read(opened: Conversation):
    opened.teacher.says("!дела освободить Беляева, мать болеет", room="talk")
    assert not any("Беляев" in message.body for message in opened.room("talk"))
    assert "«освободить Беляева» — это о семье" in "".join(opened.texts("staff"))
    assert len(roles(opened)) == 3


def test_roles_asked_for_by_another_plugin_are_looked_at_too(both_plugins: Conversation):
    for wrong in ("чай -2", "чай 10000", "чай 2-3", "снять Калинина"):
        both_plugins.teacher.says(f"!событие Каток 5 декабря 12:00; дела: {wrong}", room="staff")
    assert "Дела: «" not in "".join(both_plugins.texts("events"))


@pytest.mark.parametrize("wrong", ["чай -2", "чай 10000", "чай 10002", "чай 2-3", "чай 2.5", "чай 0", "чай −1", "чай +2"])
def test_number_that_is_none_of_places_opens_nothing(opened: Conversation, wrong: str):
    answer = opened.teacher.says(f"!дела №12 пирог 1; {wrong}", room="staff")
    assert answer == f"«{wrong}»: мест может быть от 1 до 100."
    assert len(roles(opened)) == 3


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("!дежурства пн-пт", "Как назвать дежурство? Например: !дежурство по классу пн–пт с 1 декабря до 31 мая"),
        ("!дежурство пн, ср с 1 декабря", "Как назвать дежурство?"),
    ],
)
def test_rota_without_a_title_is_asked_for_one(talk: Conversation, command: str, answer: str):
    assert talk.teacher.says(command, room="staff").startswith(answer)
    assert talk.texts("events") == []


def test_to_is_read_in_english(english: Conversation):
    english.teacher.says("!rota classroom Mon-Fri from 1 December to 31 May", room="staff")
    assert "1 December – 31 May" in english.texts("staff")[-1]
    assert "to 31 May" not in "".join(english.texts("events"))


@pytest.mark.parametrize(
    "command",
    ["!дела №12 гирлянда 2", "!дела убрать №12 чай", "!дежурство по классу пн–пт", "!дежурство закончить"],
)
def test_shared_rooms_get_no_confirmation(opened: Conversation, command: str):
    if "закончить" in command:
        opened.teacher.says("!дежурство по классу пн–пт", room="staff")
    before = len(opened.texts("staff"))
    opened.teacher.says(command, room="talk")
    assert opened.texts("talk") == []
    assert len(opened.texts("staff")) == before + 1


def test_guardians_help_shows_their_own_example(opened: Conversation):
    desks(opened)
    shown = opened.guardian(0).says("!помощь дела", room="family0-0")
    assert "!дела №12" not in shown
    assert "где ещё нужна помощь" in shown


def test_list_of_guests_is_a_role_also_by_another_plugin(both_plugins: Conversation):
    both_plugins.teacher.says("!событие Каток 5 декабря 12:00; дела: список гостей 1, чай 2", room="events")
    assert roles(both_plugins, "Дела")[0].startswith("1️⃣ список гостей — 0 из 1")
