from __future__ import annotations

from collections.abc import Iterator

import pytest

from classroom_matrix.testing.conversation import Conversation
from classroom_plugins.duties.config import DutiesConfig
from classroom_plugins.duties.plugin import plugin
from classroom_plugins.events.config import EventsConfig
from classroom_plugins.events.plugin import plugin as events

from .stage import Stage


@pytest.fixture
def stage() -> Stage:
    return Stage()


@pytest.fixture
def talk(stage: Stage) -> Iterator[Conversation]:
    """Monday, 10:00. Families: Калинина (guardians 0, 1), Беляевы (2, 3), Чернов (4 and 5, apart), Исаев (paper).
    Event 12, "Каток", is on Saturday, 5 December, 12:00.
    """
    with Conversation({plugin: DutiesConfig(), stage.plugin: None}) as conversation:
        yield conversation


@pytest.fixture
def opened(talk: Conversation) -> Conversation:
    talk.teacher.says("!дела №12 чай 2; машина 3 (нужна машина); фото 1", room="staff")
    return talk


@pytest.fixture
def english(stage: Stage) -> Iterator[Conversation]:
    with Conversation({plugin: DutiesConfig(), stage.plugin: None}, language="en") as conversation:
        yield conversation


@pytest.fixture
def both_plugins() -> Iterator[Conversation]:
    """With the plugin that keeps occasions itself."""
    with Conversation({events: EventsConfig(), plugin: DutiesConfig()}) as conversation:
        yield conversation
