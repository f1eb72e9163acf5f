"""Exemptions where others of the staff are members of the staff room: only the class's teachers read who is exempt."""

from __future__ import annotations

import pytest

from classroom_matrix.domain.ids import RoomId
from classroom_matrix.storage.tables import MemberRow, PersonRow
from classroom_matrix.testing.conversation import CLASS, Conversation
from classroom_matrix.testing.voice import Voice


@pytest.fixture(params=["specialist", "substitute"])
def observed(opened: Conversation, request: pytest.FixtureRequest) -> Conversation:
    """A psychologist, or a substitute, reads the staff room."""

    def add() -> None:
        PersonRow.create(id="colleague", name="Ирина Львовна", user_id="@colleague:school.localhost")
        MemberRow.create(class_id=CLASS, person_id="colleague", role=request.param)

    opened._runner.run(opened.database.call(add))
    return opened


@pytest.fixture
def chat(observed: Conversation) -> RoomId:
    return chat_of(observed, observed.teacher)


def chat_of(talk: Conversation, voice: Voice) -> RoomId:
    """Somebody's private chat with the bot."""
    gateway = talk.homeserver.gateway(voice.user_id)
    room_id = talk._runner.run(gateway.create_room({"room_version": "12", "invite": ["@classroom:school.localhost"]}, "chat"))
    talk.settle()
    return room_id


def test_substitute_enters_exemptions_and_hears_of_none(opened: Conversation):
    colleague = opened.stranger("colleague")

    def add() -> None:
        PersonRow.create(id="colleague", name="Ирина Львовна", user_id=colleague.user_id)
        MemberRow.create(class_id=CLASS, person_id="colleague", role="substitute")

    opened._runner.run(opened.database.call(add))
    chat = chat_of(opened, colleague)
    opened.teacher.says("!освободить Калинина", room="staff")
    assert colleague.says("!освободить список", room=chat).startswith("Об освобождениях знает только классный учитель.")
    assert "освобождена" not in colleague.says("!дела нагрузка", room=chat)
    said = [colleague.says(f"!освободить снять {family}", room=chat) for family in ("Калинина", "Беляева")]
    assert said == ["Снова предлагаю дела: Ксения Калинина.", "Снова предлагаю дела: Таисия Беляева, Семён Беляев."]
    assert colleague.says("!освободить Исаев до 1 марта", room=chat).startswith("По 1 марта включительно")


def test_exemption_in_the_staff_room_is_entered_and_taken_away(observed: Conversation):
    observed.teacher.says("!освободить Калинина до 1 марта", room="staff")
    assert not any("Калинин" in message.body for message in observed.room("staff"))
    assert observed.texts("staff")[-1].startswith("Записано. Сообщение убираю")
    observed.teacher.says("!дела предложить №12", room="staff")
    assert "Калинин" not in observed.card("Предложение", room="staff").body


def test_list_is_refused_kindly_in_the_staff_room(observed: Conversation):
    observed.teacher.says("!освободить Калинина", room="staff")
    assert observed.teacher.says("!освободить список", room="staff") == (
        "Об освобождениях знает только классный учитель. Покажу их ему в личном чате со мной: !освободить список"
    )


def test_loads_in_the_staff_room_do_not_tell_who_is_exempt(observed: Conversation):
    observed.teacher.says("!освободить Калинина", room="staff")
    shown = observed.teacher.says("!дела нагрузка", room="staff")
    assert "Ксения Калинина" in shown
    assert "освобождена" not in shown
    assert shown.endswith("видит только классный учитель — в личном чате со мной.")


def test_load_that_was_lifted_after_an_exemption_looks_like_any_other(observed: Conversation):
    observed.teacher.says("!освободить Калинина до 20 ноября", room="staff")
    for family in ("Беляева", "Чернов", "Исаев"):
        observed.teacher.says(f"!дела №12 дело{family} 1", room="staff")
        observed.teacher.says(f"!дело {family} дело{family}", room="staff")
    observed.advance(days=7)
    shown = observed.teacher.says("!дела нагрузка", room="staff")
    assert "Ксения Калинина · 1" in shown
    assert "добавлено 1" not in shown


@pytest.mark.parametrize("command", ["!освободить Калинина", "!освободить снять Калинина", "!освободить снять Исаев"])
def test_every_command_about_it_is_answered_without_a_name(observed: Conversation, command: str):
    observed.teacher.says("!освободить Калинина", room="staff")
    before = len(observed.texts("staff"))
    observed.teacher.says(command, room="staff")
    (said,) = observed.texts("staff")[before:]
    assert said.startswith("Записано. Сообщение убираю")
    assert not any(name in message.body for message in observed.room("staff") for name in ("Калинин", "Исаев"))


def test_proposals_and_who_is_next_in_turn_do_not_tell(observed: Conversation):
    for family in ("Беляева", "Чернов", "Исаев"):
        observed.teacher.says(f"!освободить {family}", room="staff")
    observed.teacher.says("!дела предложить", room="staff")
    observed.teacher.says("!дела отправить", room="staff")
    observed.guardian(0).reacts("Сможете помочь", "❌", room="family0-0")
    shown = "".join(message.body for message in observed.room("staff"))
    assert "Предложить больше некому" in shown
    assert not any(name in shown for name in ("Беляев", "Чернов", "Исаев"))


def test_private_chat_tells_the_teacher_everything(observed: Conversation, chat: RoomId):
    assert observed.teacher.says("!освободить Калинина до 1 марта", room=chat).startswith("По 1 марта включительно")
    assert "Ксения Калинина — по 1 марта" in observed.teacher.says("!освободить список", room=chat)
    assert "освобождена" in observed.teacher.says("!дела нагрузка", room=chat)
    assert observed.teacher.says("!освободить снять Калинина", room=chat) == "Снова предлагаю дела: Ксения Калинина."
    assert not any("Калинин" in text for text in observed.texts("staff"))
