"""A command of the teacher's that names a pupil, and did not work or is not for everybody, does not stay in a shared room."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import entry_points

import pytest

from classroom_matrix.api import Plugin
from classroom_matrix.runtime.registry import GROUP
from classroom_matrix.testing.conversation import Conversation

PLUGINS: list[Plugin] = [point.load() for point in entry_points(group=GROUP) if point.module.startswith("classroom_plugins.")]


@pytest.fixture(scope="module")
def talk() -> Iterator[Conversation]:
    with Conversation({plugin: plugin.config() if plugin.config else None for plugin in PLUGINS}) as talk:
        yield talk


@pytest.mark.parametrize(
    "typed",
    [
        "!важно кто Калинина",
        "!важно Калинина подтвердила",
        "!подтвердил Калинена",
        "!объявление список Калинина",
        "!опрос голос Беляевой",
        "!запись снять Беляева",
        "!запись са Беляеву 4",
        "!записать Беляеву 4",
        "!закрыть Калинина",
        "!на встречу Калинина",
        "!дела снять Калинина чай",
        "!ответить 1 Ксения права",
        "!комитет события Калинина",
        "!неведомое Калинина",
        "!важн кто калинина",
        "!сверка Калинина",
        "!Калинина болеет",
        "!mustread who Kalinina",
    ],
)
def test_failed_command_that_names_a_pupil_is_taken_away(talk: Conversation, typed: str) -> None:
    talk.teacher.says(typed, room="talk")
    assert [message.body for message in talk.room("talk")] == []
    assert talk.texts("announcements") == []
    assert "Команда в той комнате убрана" in talk.texts("staff")[-1]


@pytest.mark.parametrize("typed", ["!сверка завтра", "!важно кто 77", "!опрос закрыть 5"])
def test_failed_command_that_names_nobody_stays(talk: Conversation, typed: str) -> None:
    talk.teacher.says(typed, room="talk")
    assert talk.room("talk")[-1].body == typed
    talk.teacher.takes_back(talk.room("talk")[-1].event_id, room="talk")


def test_published_text_that_names_a_pupil_stays() -> None:
    with Conversation({plugin: plugin.config() if plugin.config else None for plugin in PLUGINS}) as talk:
        typed = "!опрос Поздравим Ксению Калинину? Да; Нет"
        talk.teacher.says(typed, room="talk")
        assert talk.room("talk")[0].body == typed


def test_what_guardians_say_is_left_alone(talk: Conversation) -> None:
    talk.guardian(0).says("!неведомое Калинина", room="talk")
    assert talk.room("talk")[-1].body == "!неведомое Калинина"
