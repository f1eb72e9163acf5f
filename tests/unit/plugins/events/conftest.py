from __future__ import annotations

from collections.abc import Iterator

import pytest

from classroom_matrix.testing.conversation import Conversation
from classroom_plugins.events.plugin import plugin
from classroom_plugins.polls.config import PollsConfig
from classroom_plugins.polls.plugin import plugin as polls

from .stage import ON_SATURDAY, desk_of, options
from .toy_duties.plugin import plugin as duties


@pytest.fixture
def talk() -> Iterator[Conversation]:
    """Monday, 10:00. Families: Калинина (guardians 0, 1), Беляевы (2, 3), Чернов (4 and 5, apart), Исаев (paper)."""
    with Conversation({plugin: options()}) as conversation:
        yield conversation


@pytest.fixture
def rink(talk: Conversation) -> Conversation:
    """With one event, "Каток" on Saturday at 12:00, and a desk for everybody."""
    for number in range(6):
        desk_of(talk, number)
    talk.teacher.says(ON_SATURDAY, room="events")
    return talk


@pytest.fixture
def whole() -> Iterator[Conversation]:
    """Events with polls and with somebody who keeps duties."""
    with Conversation({plugin: options(), polls: PollsConfig(seed_reactions=False), duties: None}) as conversation:
        for number in range(6):
            desk_of(conversation, number)
        yield conversation


@pytest.fixture
def english() -> Iterator[Conversation]:
    with Conversation({plugin: options()}, language="en") as conversation:
        for number in range(6):
            desk_of(conversation, number)
        yield conversation
