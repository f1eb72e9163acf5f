"""The whole course of a must-read in each language: every answer is in it, and nothing but people's names in another."""

from __future__ import annotations

import re
from datetime import datetime

import pytest

from classroom_matrix.testing.conversation import BOT, Conversation
from classroom_matrix.testing.invented_class import FamilySpec
from classroom_plugins.announcements.plugin import plugin

from .seeing import desk_of, desk_texts, opens

WORDS = {
    "ru": {
        "open": "!важно Lessons at 9:00. Подтвердить до среды 18:00",
        "later": "!объявление Skating. Отправить в пятницу 8:00",
        "move": "!объявление перенести 2 на субботу 9:00",
        "list": "!объявление список",
        "cancel": "!объявление отменить 2",
        "proxy": "!подтвердил Isaev по телефону",
        "correct": "!исправить №1 9:00 → 10:00",
        "who": "!важно кто",
        "delivery": "!объявление доставка 1",
        "file": "!важно выгрузка",
        "word": "прочитали",
        "withdraw": "!объявление отозвать 1",
    },
    "en": {
        "open": "!mustread Lessons at 9:00. Confirm by Wednesday 18:00",
        "later": "!announce Skating. Send on Friday 8:00",
        "move": "!announce move 2 to Saturday 9:00",
        "list": "!announce list",
        "cancel": "!announce cancel 2",
        "proxy": "!confirmed Isaev by phone",
        "correct": "!correct #1 9:00 → 10:00",
        "who": "!mustread who",
        "delivery": "!announce delivery 1",
        "file": "!mustread export",
        "word": "read",
        "withdraw": "!announce withdraw 1",
    },
}
FAMILIES = (
    FamilySpec(("Ksenia Kalinina",)),
    FamilySpec(("Mark Chernov",), households=(1, 1)),
    FamilySpec(("Ivan Isaev",), reach="paper"),
)


def answers(talk: Conversation, language: str) -> list[str]:
    """Everything that the service says in the course of a must-read, wherever."""
    say = WORDS[language]
    mother = talk.guardian(0)
    for word in ("open", "later", "move", "list", "cancel", "proxy"):
        talk.teacher.says(say[word], room="staff")
    talk.guardian(0).reacts("Lessons", "✅")
    opens(talk, mother)
    for word in ("correct", "who", "delivery", "file"):
        talk.teacher.says(say[word], room="staff")
    mother.says(say["word"], room=desk_of(mother))
    mother.says(say["word"], room=desk_of(mother))
    talk.move_to(datetime(2026, 11, 18, 19))
    talk.guardian(2).says(say["word"], room=desk_of(talk.guardian(2)))
    talk.teacher.says(say["withdraw"], room="staff")
    rooms = [message.body for room in ("announcements", "staff") for message in talk.room(room) if message.sender == BOT]
    return rooms + [text for number in (0, 2, 3) for text in desk_texts(talk, talk.guardian(number))]


@pytest.mark.parametrize(("language", "foreign"), [("ru", "[A-Za-z]{2,}"), ("en", "[А-Яа-яЁё]{2,}")])
def test_everything_is_said_in_the_language_of_the_class(language: str, foreign: str):
    with Conversation(plugin, language=language, families=FAMILIES) as talk:
        said = answers(talk, language)
    assert len(said) > 18
    known = r"Lessons at|Skating|Ksenia Kalinina|Mark Chernov|Ivan Isaev|Isaev|guardian\d|Анна Сергеевна|csv"
    left = [re.sub(known, "", text) for text in said]
    assert [text for text in left if re.search(foreign, text)] == []


def test_both_languages_say_equally_much():
    found = []
    for language in WORDS:
        with Conversation(plugin, language=language, families=FAMILIES) as talk:
            found.append(len(answers(talk, language)))
    assert found[0] == found[1]
