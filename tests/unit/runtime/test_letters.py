"""Letters wait for the end of quiet hours: the class's from 21 to 7, or people's own."""

from __future__ import annotations

from datetime import datetime, time

from classroom_matrix.domain.time import QuietHours
from classroom_matrix.runtime.letters import LetterBox
from classroom_matrix.storage import health, held, limits, outbox, people, register
from classroom_matrix.storage.outbox import Effect
from classroom_matrix.testing.conversation import CLASS, Conversation

from .letters_toy.plugin import plugin

EVENING = datetime(2026, 11, 16, 22, 0)


def letters(talk: Conversation, guardian: int = 0) -> list[str]:
    return [message.body for message in talk.desk(talk.guardian(guardian)) if message.sender != talk.guardian(guardian).user_id]


def test_a_loud_letter_waits_for_the_morning_and_the_sender_is_told_when_it_comes():
    with Conversation(plugin, start=EVENING) as talk:
        talk.teacher.says("!письмо Завтра каток", room="staff")
        assert "Будет доставлено вт, 17 ноября, 07:00" in talk.texts("staff")
        waiting = held.count(talk.database)
        assert (letters(talk), waiting > 0, health.backlog(talk.database).letters_held) == ([], True, waiting)
        talk.move_to(datetime(2026, 11, 17, 6, 59))
        assert letters(talk) == []
        talk.move_to(datetime(2026, 11, 17, 7, 0))
        assert letters(talk) == ["Завтра каток"]
        assert talk.desk(talk.guardian(0))[-1].content["msgtype"] == "m.text"
        assert held.count(talk.database) == 0


def test_what_is_urgent_or_not_loud_or_in_the_daytime_goes_at_once():
    with Conversation(plugin, start=EVENING) as talk:
        talk.teacher.says("!письмо срочно: школа закрыта", room="staff")
        talk.teacher.says("!письмо тихо: оценка", room="staff")
        assert letters(talk) == ["срочно: школа закрыта", "тихо: оценка"]
    with Conversation(plugin) as talk:
        talk.teacher.says("!письмо Днём", room="staff")
        assert set(talk.texts("staff")) == {"Отправлено"}


def test_a_held_letter_keeps_its_buttons_and_what_it_is_about():
    with Conversation(plugin, start=EVENING) as talk:
        talk.teacher.says("!письмо Завтра каток", room="staff")
        talk.move_to(datetime(2026, 11, 17, 8, 0))
        voice = talk.guardian(0)
        assert voice.person
        before = talk.count_of_bot()
        room = str(voice.person.household_id)
        letter = talk.desk(voice)[-1]
        events = talk.homeserver.rooms[talk.room_id(room)].events
        taps = [event for event in events if event["type"] == "m.reaction"]
        assert [tap["content"]["m.relates_to"]["event_id"] for tap in taps] == [letter.event_id]
        voice.reacts("каток", "👍", room=room)
        assert talk.bot_messages_since(before) == ["Вижу 1"]


def test_letters_come_in_the_order_in_which_they_were_written():
    with Conversation(plugin, start=EVENING) as talk:
        for text in ("Первое", "Второе", "Третье"):
            talk.teacher.says(f"!письмо {text}", room="staff")
        talk.move_to(datetime(2026, 11, 17, 8, 0))
        assert letters(talk) == ["Первое", "Второе", "Третье"]


def test_letters_of_one_moment_ring_once_and_urgent_ones_always():
    with Conversation(plugin, start=EVENING) as talk:
        for text in ("Первое", "Второе"):
            talk.teacher.says(f"!письмо {text}", room="staff")
        talk.move_to(datetime(2026, 11, 17, 7, 0))
        talk.teacher.says("!письмо срочно: школа закрыта", room="staff")
        assert loud(talk) == [True, False, True]
    with Conversation(plugin) as talk:
        talk.teacher.says("!письмо Днём", room="staff")
        talk.advance(seconds=30)
        talk.teacher.says("!письмо Сразу за ним", room="staff")
        talk.advance(minutes=2)
        talk.teacher.says("!письмо Позже", room="staff")
        assert loud(talk) == [True, False, True]


def loud(talk: Conversation) -> list[bool]:
    return [message.loud for message in talk.desk(talk.guardian(0))]


def test_own_quiet_hours_win_both_ways():
    with Conversation(plugin, start=datetime(2026, 11, 16, 20, 0)) as talk:
        early, late = talk.guardian(0), talk.guardian(len(talk._guardians) - 1)
        assert early.person
        assert late.person
        assert early.person.household_id != late.person.household_id
        for guardian in talk.guardians_of(talk.roster.family(early.person.family_id).label):  # type: ignore[union-attr]
            guardian.says("!тихо 19:00–9:00", room="talk")
        for guardian in talk.guardians_of(talk.roster.family(late.person.family_id).label):  # type: ignore[union-attr]
            guardian.says("!тихо нет", room="talk")
        talk.teacher.says("!письмо Добрый вечер", room="staff")
        count = len(talk._guardians) - 1
        assert ("Добрый вечер" in letters(talk), "Добрый вечер" in letters(talk, count)) == (False, True)
        talk.move_to(datetime(2026, 11, 16, 23, 0))
        talk.teacher.says("!письмо Доброй ночи", room="staff")
        assert "Доброй ночи" in letters(talk, count)
        talk.move_to(datetime(2026, 11, 17, 8, 59))
        assert "Доброй ночи" not in letters(talk)
        talk.move_to(datetime(2026, 11, 17, 9, 0))
        assert [text for text in letters(talk) if text.startswith("Добр")] == ["Добрый вечер", "Доброй ночи"]


def test_who_changes_their_hours_meanwhile_gets_held_letters_by_the_new_ones():
    with Conversation(plugin, start=EVENING) as talk:
        guardian = talk.guardian(0)
        assert guardian.person
        others = [voice for voice in talk.guardians_of(talk.roster.family(guardian.person.family_id).label)]  # type: ignore[union-attr] # noqa: C416
        talk.teacher.says("!письмо Завтра каток", room="staff")
        for voice in others:
            voice.says("!тихо 21–10", room="talk")
        talk.move_to(datetime(2026, 11, 17, 8, 0))
        assert "Завтра каток" not in letters(talk)
        for voice in others:
            voice.says("!тихо как у класса", room="talk")
        assert "Завтра каток" in letters(talk)


def test_letters_for_who_left_or_is_limited_meanwhile_are_dropped():
    with Conversation(plugin, start=EVENING) as talk:
        first, other = (talk.guardian(number).person for number in (0, len(talk._guardians) - 1))
        assert first
        assert other
        talk.teacher.says("!письмо Завтра каток", room="staff")
        for person in list(talk.roster.people()):
            if person.household_id == first.household_id:
                talk._runner.run(talk.database.call(register.remove_member, talk.database, CLASS, person.id))
            if person.household_id == other.household_id:
                talk._runner.run(talk.database.call(_limit, talk, person.id))
        talk.move_to(datetime(2026, 11, 17, 8, 0))
        assert (held.count(talk.database), letters(talk), letters(talk, len(talk._guardians) - 1)) == (0, [], [])


def _limit(talk: Conversation, person_id: str) -> None:
    limits.set_elsewhere(talk.database, person_id, None, limited=True)  # type: ignore[arg-type]


def test_a_thousand_letters_are_one_cheap_pass_and_a_kill_in_between_leaves_all_or_nothing():
    with Conversation(plugin, start=EVENING) as talk:
        homes = [home for family in talk.roster.families for home in family.households if home.reachable]

        def fill() -> list[Effect]:
            effects = [
                Effect(
                    f"k{n}", "send", None, "m.room.message", b'{"body":"x"}', homes[n % len(homes)].id, CLASS, plugin="letters"
                )
                for n in range(1240)
            ]
            with talk.database.transaction():
                held.put(talk.database, effects, talk.clock.seconds() - 1)
            return effects

        def release() -> tuple[int, int, list[str]]:
            people.set_quiet(talk.database, homes[0].reachable[0].id, QuietHours(time(0), time(23)))
            statements = 0

            def counting(_sql: str) -> None:
                nonlocal statements
                statements += 1

            connection = talk.database.peewee.connection()
            connection.set_trace_callback(counting)
            for guardian in homes[0].reachable:
                people.set_quiet(talk.database, guardian.id, QuietHours(time(0), time(0)))
            moved = LetterBox(talk.database, talk.registry, talk.clock).release_due()
            connection.set_trace_callback(None)
            return moved, statements, [effect.key for effect in outbox.waiting(talk.database, 0, 2000)]

        talk.clock.move_to(datetime(2026, 11, 17, 8, 0).replace(tzinfo=talk.zone))
        effects = talk._runner.run(talk.database.call(fill))
        moved, statements, keys = talk._runner.run(talk.database.call(release))
        assert (moved, keys) == (1240, [effect.key for effect in effects])
        assert statements < 40
        talk._runner.run(talk.database.call(talk.database.execute, "DELETE FROM outbox"))
