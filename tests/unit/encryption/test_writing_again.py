"""Who cannot be read is told to write again: then they must be heard once, and told once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from classroom_matrix.domain.facts import AnyFact, MessageSent, MessageUndecryptable
from classroom_matrix.encryption.opening import ASK_AFTER, TELL_AFTER
from classroom_matrix.matrix.source import SealedEvent
from classroom_matrix.storage import inbox
from classroom_matrix.storage.encryption import kept, unread

from .outsider import Outsider, hear
from .participant import FallibleDatabase, Participant
from .scripted_server import USERS, ScriptedServer

ANNA = "@anna_too:school.localhost"


@pytest.fixture
async def bot() -> AsyncIterator[Participant]:
    database = FallibleDatabase(":memory:")
    machine = Participant(ScriptedServer(), USERS[0], database)
    await machine.sign_in()
    yield machine
    database.close()


def comes(bot: Participant, *events: SealedEvent) -> None:
    """What arrives in the room, as the engine stores it."""
    facts = bot.machine.open(events, [])
    inbox.store(bot.database, inbox.Mark("txn", "1"), facts, [], bot.clock.seconds())
    bot.clock.advance(timedelta(seconds=1))


def wait(bot: Participant, seconds: float = TELL_AFTER + 1) -> None:
    bot.clock.advance(timedelta(seconds=seconds))
    bot.machine._look_at_kept()
    bot.clock.advance(timedelta(seconds=1))


def to_handle(bot: Participant) -> list[str]:
    """What is to be handled, in its order: texts of messages, and "told"."""

    def name(fact: AnyFact) -> str:
        return "told" if isinstance(fact, MessageUndecryptable) else fact.body if isinstance(fact, MessageSent) else "?"

    return [name(item.fact) for item in inbox.waiting(bot.database, 100, 0.0)]


async def test_what_was_said_once_more_is_not_handled_when_its_key_comes_after_all(bot: Participant) -> None:
    phone, tablet = Outsider(ANNA, "PHONE"), Outsider(ANNA, "TABLET")
    hear(bot, phone.room_key(bot))
    comes(bot, tablet.says("cancel the trip", at=7_000))
    wait(bot)
    comes(bot, phone.says("please cancel the trip"))
    hear(bot, tablet.room_key(bot))
    assert to_handle(bot) == ["told", "please cancel the trip"]
    fact = inbox.fact_of(bot.database, "$cancel the trip")
    assert isinstance(fact, MessageSent)  # kept, as what was handled
    assert fact.at == 7_000


async def test_without_another_message_it_is_handled_with_its_own_time(bot: Participant) -> None:
    tablet = Outsider(ANNA, "TABLET")
    comes(bot, tablet.says("one", at=7_000), tablet.says("two", at=8_000))
    wait(bot)
    hear(bot, tablet.room_key(bot))
    assert to_handle(bot) == ["told", "one", "two"]
    facts = [inbox.fact_of(bot.database, event) for event in ("$one", "$two")]
    assert [fact.at for fact in facts if fact is not None] == [7_000, 8_000]


async def test_what_nobody_was_told_of_is_always_handled(bot: Participant) -> None:
    """What was written after they were told, and what came while its key was on its way."""
    phone, tablet, watch = Outsider(ANNA, "PHONE"), Outsider(ANNA, "TABLET"), Outsider(ANNA, "WATCH")
    hear(bot, phone.room_key(bot))
    comes(bot, tablet.says("a"))
    wait(bot)
    comes(bot, watch.says("b"))
    wait(bot)
    comes(bot, phone.says("c"))
    hear(bot, watch.room_key(bot), tablet.room_key(bot))
    assert to_handle(bot) == ["told", "c", "b"]


async def test_an_old_message_that_becomes_readable_is_not_the_new_one(bot: Participant) -> None:
    tablet, watch = Outsider(ANNA, "TABLET"), Outsider(ANNA, "WATCH")
    comes(bot, tablet.says("a"), watch.says("b"))
    wait(bot)
    hear(bot, watch.room_key(bot))
    hear(bot, tablet.room_key(bot))
    assert to_handle(bot) == ["told", "b", "a"]


async def test_a_key_that_is_known_to_be_withheld_holds_nothing_back(bot: Participant) -> None:
    phone, tablet = Outsider(ANNA, "PHONE"), Outsider(ANNA, "TABLET")
    hear(bot, phone.room_key(bot), tablet.withholds())
    comes(bot, tablet.says("a"), phone.says("b"))
    assert to_handle(bot) == ["told", "b"]
    facts = [item.fact for item in inbox.waiting(bot.database, 1, 0.0)]
    assert [fact.reason for fact in facts if isinstance(fact, MessageUndecryptable)] == ["m.unverified"]
    comes(bot, tablet.says("c"), phone.says("d"))
    wait(bot)
    assert to_handle(bot) == ["told", "b", "d"]


async def test_who_has_a_device_that_can_be_read_is_told_once_a_day(bot: Participant) -> None:
    phone, tablet = Outsider(ANNA, "PHONE"), Outsider(ANNA, "TABLET")
    hear(bot, phone.room_key(bot))
    for number in range(5):
        comes(bot, tablet.says(f"tablet {number}"))
        wait(bot)
        comes(bot, phone.says(f"phone {number}"))
    assert to_handle(bot) == ["told", *[f"phone {number}" for number in range(5)]]
    assert unread.people_told(bot.database) == 0
    wait(bot, 86_400)
    comes(bot, tablet.says("next day"))
    wait(bot)
    assert to_handle(bot)[-1] == "told"
    assert unread.people_told(bot.database) == 1


async def test_a_message_that_comes_twice_is_told_of_once(bot: Participant) -> None:
    phone, tablet = Outsider(ANNA, "PHONE"), Outsider(ANNA, "TABLET")
    hear(bot, phone.room_key(bot), tablet.withholds())
    said = tablet.says("a")
    comes(bot, said)
    comes(bot, phone.says("b"))
    wait(bot, 86_401)
    comes(bot, said)
    assert to_handle(bot) == ["told", "b"]
    assert unread.people_told(bot.database) == 0


async def test_a_key_is_asked_for_of_each_who_is_said_to_have_used_it(bot: Participant) -> None:
    """Somebody else can name Anna's session first."""
    anna, mallory = Outsider(ANNA), Outsider("@mallory:school.localhost")
    mallory.session = anna.session
    comes(bot, mallory.says("first"), anna.says("second"))
    wait(bot, ASK_AFTER)
    asked = [row[0] for row in bot.database.execute("SELECT messages FROM e2e_to_device WHERE kind = 'm.room_key_request'")]
    assert sorted(b"mallory" in letter for letter in asked) == [False, True]
    assert kept.to_ask_for(bot.database, bot.clock.seconds()) == []


async def test_content_that_is_too_deep_is_left_out_and_the_others_come(bot: Participant) -> None:
    phone = Outsider(ANNA)
    deep: list[object] = []
    for _ in range(5_000):
        deep = [deep]
    spoilt = phone.says("a")
    spoilt.content["more"] = deep
    comes(bot, spoilt, phone.says("b"))
    assert [item.event_id for item in bot.kept()] == []
    hear(bot, phone.room_key(bot))
    assert to_handle(bot) == ["b"]
