"""How many families were reached, and how: counted honestly."""

from __future__ import annotations

from datetime import datetime

import pytest

from classroom_matrix.storage.tables import InvitationRow
from classroom_matrix.testing.conversation import Conversation
from classroom_matrix.testing.invented_class import FamilySpec
from classroom_plugins.announcements.plugin import plugin

from .seeing import opens, said


@pytest.fixture
def told(talk: Conversation) -> Conversation:
    talk.teacher.says("!объявление Завтра каток", room="staff")
    return talk


def test_delivery_counts_families_by_the_way_they_were_reached(told: Conversation):
    assert told.teacher.says("!объявление доставка", room="staff").split("\n") == [
        "Объявление №1 «Завтра каток» дошло до 3 из 4 семей: 3 в приложении.",
        "Передать лично: Максим Исаев (на бумаге).",
    ]
    told.teacher.says("!передано Исаев", room="staff")
    answer = told.teacher.says("!объявление доставка", room="staff")
    assert answer == "Объявление №1 «Завтра каток» дошло до 4 из 4 семей: 3 в приложении, 1 на бумаге."


def test_delivery_by_phone_and_in_person():
    families = [FamilySpec(("Ксения Калинина",)), *(FamilySpec((name,), reach="phone") for name in ("Пётр Ильин", "Ян Орлов"))]
    with Conversation(plugin, families=families) as talk:
        talk.teacher.says("!объявление Завтра каток", room="staff")
        talk.teacher.says("!передано Ильин созвонились", room="staff")
        talk.teacher.says("!передано Орлов у школы", room="staff")
        answer = talk.teacher.says("!объявление доставка", room="staff")
        assert answer.endswith("дошло до 3 из 3 семей: 1 в приложении, 2 по телефону.")


def test_account_that_nobody_has_used_reaches_nobody(told: Conversation):
    for voice in (told.guardian(0), told.guardian(1)):
        assert voice.person is not None
        InvitationRow.create(person_id=voice.person.id, user_id=voice.user_id, created_at=1.0, handle=voice.person.id)
    answer = told.teacher.says("!объявление доставка", room="staff")
    assert "дошло до 2 из 4 семей: 2 в приложении." in answer
    assert "Передать лично: Ксения Калинина; Максим Исаев (на бумаге)." in answer


def test_delivery_says_how_many_families_have_opened_the_room(told: Conversation):
    told.advance(minutes=5)
    opens(told, told.guardian(0), told.guardian(1), told.guardian(4))
    assert "Комнату с тех пор открывали 2 семьи. Это ещё не подтверждение." in told.teacher.says(
        "!объявление доставка", room="staff"
    )


def test_receipts_from_before_it_was_sent_do_not_count(talk: Conversation):
    opens(talk, talk.guardian(0))
    talk.advance(minutes=5)
    talk.teacher.says("!объявление Завтра каток", room="staff")
    assert "открывали" not in talk.teacher.says("!объявление доставка", room="staff")


def test_receipts_in_other_rooms_are_not_kept(told: Conversation):
    told.advance(minutes=5)
    opens(told, told.guardian(0), room="talk")
    assert "открывали" not in told.teacher.says("!объявление доставка", room="staff")


def test_phone_that_is_off_for_a_week_is_named_to_the_teacher(told: Conversation):
    told.advance(minutes=5)
    opens(told, told.guardian(0), told.guardian(2), told.guardian(4))
    told.move_to(datetime(2026, 11, 24, 10))
    opens(told, told.guardian(0), told.guardian(2))
    told.teacher.says("!объявление Принести краски", room="staff")
    answer = told.teacher.says("!объявление доставка", room="staff")
    assert "Больше недели не заходили" not in answer  # guardian 4 was there six days and 23 hours after... the first one
    told.move_to(datetime(2026, 12, 2, 10))
    opens(told, told.guardian(0), told.guardian(2))
    answer = told.teacher.says("!объявление доставка", room="staff")
    assert "Больше недели не заходили: Марк Чернов. Может быть, телефон выключен." in answer
    assert not any("Чернов" in text for text in said(told))


def test_nothing_is_said_of_phones_where_no_receipts_come(told: Conversation):
    told.move_to(datetime(2026, 12, 2, 10))
    assert "не заходили" not in told.teacher.says("!объявление доставка", room="staff")


def test_delivery_of_the_teachers_own_message(talk: Conversation):
    talk.teacher.says("Завтра каток")
    original = talk.event_of("Завтра каток", "announcements")
    talk.advance(minutes=5)
    opens(talk, talk.guardian(0))
    talk.teacher.says("!объявление доставка", reply_to=original)
    assert said(talk, "staff")[-1].split("\n") == [
        "Объявление №1 «Завтра каток» дошло до 3 из 4 семей: 3 в приложении.",
        "Передать лично: Максим Исаев (на бумаге).",
        "Комнату с тех пор открывали 1 семья. Это ещё не подтверждение.",
    ]
