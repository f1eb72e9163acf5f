"""Exemptions where specialists are members of the class's staff room: only teachers read who is exempt."""

from __future__ import annotations

import pytest

from classroom_matrix.domain.ids import RoomId
from classroom_matrix.storage.tables import MemberRow, PersonRow
from classroom_matrix.testing.conversation import CLASS, Conversation


@pytest.fixture
def observed(opened: Conversation) -> Conversation:
    """A psychologist reads the staff room."""

    def add() -> None:
        PersonRow.create(id="psychologist", name="Ирина Львовна", user_id="@psychologist:school.localhost")
        MemberRow.create(class_id=CLASS, person_id="psychologist", role="specialist")

    opened._runner.run(opened.database.call(add))
    return opened


@pytest.fixture
def chat(observed: Conversation) -> RoomId:
    """The teacher's private chat with the bot."""
    gateway = observed.homeserver.gateway(observed.teacher.user_id)
    room_id = observed._runner.run(
        gateway.create_room({"room_version": "12", "invite": ["@classroom:school.localhost"]}, "chat")
    )
    observed.settle()
    return room_id


def test_exemption_in_the_staff_room_is_entered_and_taken_away(observed: Conversation):
    observed.teacher.says("!освободить Калинина до 1 марта", room="staff")
    assert not any("Калинин" in message.body for message in observed.room("staff"))
    assert observed.texts("staff")[-1].startswith("Записано. Сообщение убираю")
    observed.teacher.says("!дела предложить №12", room="staff")
    assert "Калинин" not in observed.card("Предложение", room="staff").body


def test_list_is_refused_kindly_in_the_staff_room(observed: Conversation):
    observed.teacher.says("!освободить Калинина", room="staff")
    assert observed.teacher.says("!освободить список", room="staff") == (
        "Об освобождениях знают только учителя, а здесь читают и специалисты. Спросите меня в личном чате: !освободить список"
    )


def test_loads_in_the_staff_room_do_not_tell_who_is_exempt(observed: Conversation):
    observed.teacher.says("!освободить Калинина", room="staff")
    shown = observed.teacher.says("!дела нагрузка", room="staff")
    assert "Ксения Калинина" in shown
    assert "освобождена" not in shown
    assert shown.endswith("От 0 до 0. Кто освобождён, покажу в личном чате.")


def test_private_chat_tells_the_teacher_everything(observed: Conversation, chat: RoomId):
    assert observed.teacher.says("!освободить Калинина до 1 марта", room=chat).startswith("По 1 марта включительно")
    assert "Ксения Калинина — по 1 марта" in observed.teacher.says("!освободить список", room=chat)
    assert "освобождена" in observed.teacher.says("!дела нагрузка", room=chat)
    assert observed.teacher.says("!освободить снять Калинина", room=chat) == "Снова предлагаю дела: Ксения Калинина."
    assert not any("Калинин" in text for text in observed.texts("staff"))
