"""`!quiet`: own quiet hours."""

from __future__ import annotations

from classroom_matrix.domain.time import QuietHours
from classroom_matrix.testing.conversation import Conversation


def quiet(talk: Conversation) -> str:
    person = next(one for one in talk.roster.people() if one.user_id == talk.guardian(0).user_id)
    return str(person.quiet) if person.quiet else ""


def desk_of(talk: Conversation) -> str:
    person = talk.guardian(0).person
    assert person
    assert person.household_id
    talk._runner.run(talk._desk_of(talk.klass.id, person.household_id))
    return person.household_id


def test_hours_are_chosen_shown_and_given_up() -> None:
    with Conversation({}) as talk:
        room, guardian = desk_of(talk), talk.guardian(0)
        assert "как у класса: 21:00–07:00" in guardian.says("!тихо", room=room)
        assert "22:00–08:00 вас не беспокою" in guardian.says("!тихо с 22 до 8", room=room)
        assert quiet(talk) == "22:00-08:00"
        assert "Ваши тихие часы: 22:00–08:00" in guardian.says("!тихо", room=room)
        assert "пишу вам в любое время" in guardian.says("!тихо никогда", room=room)
        assert QuietHours.of(quiet(talk)).start == QuietHours.of(quiet(talk)).end
        assert "теперь тихие часы у вас как у класса: 21:00–07:00" in guardian.says("!тихо как у класса", room=room)
        assert quiet(talk) == ""


def test_hours_are_chosen_in_english() -> None:
    with Conversation({}, language="en") as talk:
        room, guardian = desk_of(talk), talk.guardian(0)
        assert "Your quiet hours are the class's: 21:00–07:00" in guardian.says("!quiet", room=room)
        assert "I will not disturb you 22:00–08:00" in guardian.says("!quiet 10 pm - 8 am", room=room)
        assert "are the class's now" in guardian.says("!quiet as the class", room=room)


def test_wrong_hours_get_one_sentence_with_an_example() -> None:
    with Conversation({}) as talk:
        room, guardian = desk_of(talk), talk.guardian(0)
        assert guardian.says("!тихо ночью", room=room) == "Не понимаю, какие это часы: «ночью». Например: 22:00–8:00"
        assert "не больше 16 часов" in guardian.says("!тихо 8:00–7:00", room=room)
        assert quiet(talk) == ""


def test_staff_have_no_use_for_it_and_shared_rooms_are_left_in_peace() -> None:
    with Conversation({}) as talk:
        assert "без звука" in talk.teacher.says("!тихо 22–8", room="staff")
        before = len(talk.texts("talk"))
        talk.guardian(0).says("!тихо 22–8", room="talk")
        assert (len(talk.texts("talk")), quiet(talk)) == (before, "22:00-08:00")
