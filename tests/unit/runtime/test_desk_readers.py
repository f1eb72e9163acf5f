"""Who may know what is said in a desk, and who sent an event: what plugins ask the runtime."""

from __future__ import annotations

import pytest

from classroom_matrix.api import Room
from classroom_matrix.domain.ids import EventId, HouseholdId, PersonId
from classroom_matrix.domain.people import Person, Role
from classroom_matrix.runtime.batch import Batch
from classroom_matrix.runtime.context import HandlerContext
from classroom_matrix.runtime.view import ClassView
from classroom_matrix.storage import handovers
from classroom_matrix.testing.conversation import CLASS, Conversation

from .test_private_hello import private_chat

HOME = HouseholdId("family2-0")  # of separated parents


def may_read(talk: Conversation, person: Person) -> bool:
    view = ClassView(Batch(talk.database, talk.registry, talk.clock.seconds()), talk.registry.core, CLASS)
    household = talk.roster.household(HOME)
    assert household
    return view.may_read_desk(person, household)


@pytest.mark.parametrize(
    ("role", "household", "limited", "expected"),
    [
        (Role.TEACHER, None, False, True),
        (Role.SUBSTITUTE, None, False, False),
        (Role.SPECIALIST, None, False, False),
        (Role.GUARDIAN, HOME, False, True),
        (Role.GUARDIAN, HOME, True, False),
        (Role.GUARDIAN, HouseholdId("family2-1"), False, False),
        (Role.RELATIVE, HOME, False, False),
        (Role.PUPIL, HOME, False, False),
    ],
)
def test_desk_is_read_by_its_adults_the_teacher_and_nobody_else(
    role: Role, household: HouseholdId | None, limited: bool, expected: bool
) -> None:
    with Conversation({}) as talk:
        assert may_read(talk, Person(PersonId("p"), "p", role, household_id=household, limited=limited)) is expected


@pytest.mark.parametrize("role", [Role.SUBSTITUTE, Role.SPECIALIST])
def test_desk_that_is_handed_over_is_read_until_it_is_taken_back(role: Role) -> None:
    with Conversation({}) as talk:
        colleague = Person(PersonId("p"), "p", role)
        handovers.give(talk.database, CLASS, HOME, colleague.id, 0.0)
        assert may_read(talk, colleague)
        assert not may_read(talk, Person(PersonId("other"), "p", role))
        handovers.take_back(talk.database, CLASS, HOME, colleague.id)
        assert not may_read(talk, colleague)


def author(talk: Conversation, event_id: str) -> str:
    """The ID of who sent an event, as a handler sees it."""

    def look() -> str:
        batch = Batch(talk.database, talk.registry, talk.clock.seconds())
        room = Room(talk.room_id("staff"), "staff")
        context = HandlerContext(batch, talk.registry.core, CLASS, cause="$cause", handler="test", room=room)
        person = context.author_of(EventId(event_id))
        return person.id if person else "nobody"

    return talk._runner.run(talk.database.call(look))


def test_author_of_an_event_is_somebody_of_the_class_in_its_rooms() -> None:
    with Conversation({}) as talk:
        talk.guardian(5).says("шапка", room="talk")
        assert author(talk, talk.event_of("шапка", "talk")) == "guardian5"
        chat = private_chat(talk, talk.guardian(0))
        talk.guardian(0).says("секрет", room=chat)
        assert author(talk, talk.event_of("секрет", chat)) == "nobody"  # a chat is no room of the class
        stranger = talk.stranger()
        stranger.says("реклама", room="talk")
        assert author(talk, talk.event_of("реклама", "talk")) == "nobody"
        assert author(talk, "$nothing") == "nobody"
