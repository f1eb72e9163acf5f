"""What the plugins of a class make of a message in a desk, without writing it."""

from __future__ import annotations

from classroom_matrix.api import Meaning
from classroom_matrix.domain.facts import MessageSent
from classroom_matrix.domain.ids import EventId, RoomId, UserId
from classroom_matrix.runtime.batch import Batch
from classroom_matrix.runtime.view import ClassView
from classroom_matrix.testing.conversation import CLASS, Conversation


def meant(talk: Conversation, number: int, text: str) -> dict[str, list[Meaning]]:
    """What a guardian's words mean, by plugin; plugins to which they mean nothing are left out."""
    person = talk.guardian(number).person
    assert person is not None
    at = round(talk.clock.seconds() * 1000)
    message = MessageSent(
        event_id=EventId("$said:test"), room_id=RoomId("!desk:test"), sender=UserId("@somebody:test"), at=at, body=text
    )

    def inside() -> dict[str, list[Meaning]]:
        batch = Batch(talk.database, talk.registry, talk.clock.seconds())
        found = {}
        with talk.database.transaction():
            for loaded in talk.registry.plugins_of(CLASS):
                if loaded.plugin.understand is not None:
                    view = ClassView(batch, loaded, CLASS, person.language)
                    found[loaded.name] = list(loaded.plugin.understand(view, person, message))
        return {name: meanings for name, meanings in found.items() if meanings}

    return talk._runner.run(talk.database.call(inside))


def sure(talk: Conversation, number: int, text: str) -> dict[str, list[bool]]:
    """The same, and only whether each meaning is sure."""
    return {name: [each.sure for each in meanings] for name, meanings in meant(talk, number, text).items()}
