from __future__ import annotations

from collections.abc import Iterator
from datetime import time

import pytest

from classroom_matrix.domain.people import Role
from classroom_matrix.domain.time import OfficeHours
from classroom_matrix.storage import handovers
from classroom_matrix.storage.tables import MemberRow, PersonRow
from classroom_matrix.testing.conversation import CLASS, SERVER, Conversation
from classroom_matrix.testing.voice import Voice
from classroom_plugins.consultations.plugin import plugin

OFFICE = OfficeHours(frozenset(range(5)), time(14), time(17))
"""Monday to Friday."""


@pytest.fixture
def talk() -> Iterator[Conversation]:
    """Monday, 16 November, 10:00. Families: Калинина (guardians 0, 1), Беляевы (2, 3), Чернов (4, 5, apart), Исаев (paper)."""
    with Conversation(plugin) as conversation:
        open_desks(conversation)
        yield conversation


def open_desks(talk: Conversation) -> None:
    for family in talk.roster.families:
        for household in family.households:
            talk._runner.run(talk._desk_of(talk.klass.id, household.id))
    talk._feed.clear()


def colleague(talk: Conversation, role: Role = Role.SUBSTITUTE, name: str = "Ольга Сидорова") -> Voice:
    """Somebody more; of the staff: in the staff room, with no desk handed over."""
    PersonRow.create(id=role.value, name=name, user_id=f"@{role.value}:{SERVER}", language=None)
    MemberRow.create(class_id=CLASS, person_id=role.value, role=role, family_id=None, household_id=None)
    person = next(one for one in talk.roster.people() if one.role is role)
    assert person.user_id
    if role.is_staff:
        talk._runner.run(talk._put_in(talk.room_id("staff"), person))
    talk._feed.clear()
    return Voice(talk, person.user_id, person)


def hand_over(talk: Conversation, household: str, to: Voice) -> None:
    assert to.person
    person = to.person

    def give() -> None:
        handovers.give(talk.database, CLASS, household, person.id, talk.clock.seconds())  # type: ignore[arg-type]

    talk._runner.run(talk.database.call(give))
    talk._runner.run(talk._put_in(talk.room_id(household), person))
    talk._feed.clear()


def waiting(talk: Conversation) -> list[str]:
    """What the teacher is told to be waiting, one line each, without the link; most urgent first."""
    said = talk.teacher.says("!обращения" if talk.klass.language == "ru" else "!consultations", room="staff")
    return [line.rpartition(" https://")[0] for line in said.split("\n") if "https://" in line]


def everything(talk: Conversation) -> list[str]:
    said = talk.teacher.says("!обращения все", room="staff")
    return [line.rpartition(" https://")[0] for line in said.split("\n") if "https://" in line]
