"""Whoever has an account can write to our device. They cannot fill the database, the log or the line with it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from classroom_matrix.domain.facts import MessageSent
from classroom_matrix.encryption.inbox import MOST_DECLINED, MOST_OF_STRANGERS
from classroom_matrix.encryption.machine import ANSWERS, HOUSEKEEPING
from classroom_matrix.storage.encryption import outbound, unused
from classroom_matrix.storage.encryption.outbound import GIVEN, Outbound

from .outsider import MEGOLM, Outsider, count, hear, is_followed
from .participant import FallibleDatabase, Participant
from .scripted_server import ROOM, USERS, ScriptedServer

MALLORY, ANNA = "@mallory:school.localhost", "@anna_too:school.localhost"


@pytest.fixture
async def bot() -> AsyncIterator[Participant]:
    database = FallibleDatabase(":memory:")
    machine = Participant(ScriptedServer(), USERS[0], database)
    await machine.sign_in()
    yield machine
    database.close()


def pass_time(bot: Participant, **span: float) -> None:
    bot.clock.advance(timedelta(**span))
    bot.machine._look_at_kept()


def asks_to_verify(outsider: Outsider, number: int) -> dict[str, Any]:
    return outsider.plain("m.key.verification.request", transaction_id=f"{number}", from_device=outsider.device_id)


async def test_only_a_few_verifications_of_known_devices_are_declined(bot: Participant) -> None:
    anna, mallory = Outsider(ANNA), Outsider(MALLORY)
    is_followed(bot, anna)
    hear(bot, *[asks_to_verify(mallory, number) for number in range(20)])
    assert count(bot, "to_device") == 0
    hear(bot, *[asks_to_verify(anna, number) for number in range(20)])
    assert count(bot, "to_device") == MOST_DECLINED
    pass_time(bot, hours=1)
    hear(bot, asks_to_verify(anna, 20))
    assert count(bot, "to_device") == MOST_DECLINED + 1


async def test_a_sessions_keys_wait_for_one_other_letter_at_most(bot: Participant, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[str] = []
    sharing = bot.machine._sharing

    async def send(kind: str, _txn_id: str, _messages: bytes) -> None:
        await asyncio.sleep(0)
        sent.append(kind)

    monkeypatch.setattr(bot.machine._server, "send_to_device", send)
    with bot.database.transaction():
        for number in range(50):
            outbound.queue(bot.database, f"{number}", "other", b"{}")
        outbound.queue(bot.database, "own", "own", b"{}", "session")
    everything = asyncio.create_task(sharing.send_queued())
    while not sent:
        await asyncio.sleep(0)
    await sharing.send_queued("session")
    assert sent.index("own") <= 3
    await everything
    assert len(sent) == 51


async def test_keys_notes_and_channels_of_strangers_are_few_and_forgotten(bot: Participant) -> None:
    for number in range(3):
        flood = [Outsider(MALLORY, f"{number} {device}") for device in range(40)]
        hear(bot, *[each.room_key(bot, f"!{number}") for each in flood])
        hear(bot, *[each.withholds() for each in flood])
        assert count(bot, "olm_session") <= (number + 1) * MOST_OF_STRANGERS
        assert count(bot, "room_key") + count(bot, "withheld") <= (number + 1) * MOST_OF_STRANGERS
        pass_time(bot, hours=1)
    assert count(bot, "room_key") > 0
    pass_time(bot, seconds=unused.KEEP_UNUSED + HOUSEKEEPING)
    assert (count(bot, "room_key"), count(bot, "withheld"), count(bot, "olm_session")) == (0, 0, 0)


async def test_the_first_message_of_a_stranger_is_read_whatever_comes_first(bot: Participant) -> None:
    early, late = Outsider(ANNA), Outsider(MALLORY)
    hear(bot, early.room_key(bot))
    assert [type(fact) for fact in bot.machine.open([early.says("early")], [])] == [MessageSent]
    for _ in range(2 * MOST_OF_STRANGERS):  # their allowance is used up, but this one is waited for
        hear(bot, Outsider(MALLORY).room_key(bot, "!elsewhere"))
    pass_time(bot, hours=1)
    assert bot.machine.open([late.says("late")], []) == []
    assert [fact.event_id for fact in hear(bot, late.room_key(bot)).facts] == ["$late"]


async def test_keys_that_were_used_and_our_own_stay(bot: Participant) -> None:
    anna = Outsider(ANNA)
    hear(bot, anna.room_key(bot))
    bot.machine.open([anna.says("hello")], [])
    bot.machine._sharing._reader.take_key("!gone", bot.user_id, "c", "e", Outsider(ANNA)._key, bot.clock.seconds())
    pass_time(bot, seconds=unused.KEEP_UNUSED * 3)
    assert (count(bot, "room_key"), count(bot, "olm_session")) == (2, 1)


async def test_withheld_notes_have_short_names_or_belong_to_known_devices(bot: Participant) -> None:
    anna, mallory = Outsider(ANNA), Outsider(MALLORY)
    is_followed(bot, anna)
    hear(bot, mallory.withholds("m.no_olm", sender_key=mallory.curve25519))
    assert count(bot, "withheld") == 0
    hear(bot, anna.withholds("m.no_olm", sender_key=anna.curve25519), anna.withholds("x" * 9_000, session_id="s" * 30_000))
    sizes = bot.database.execute("SELECT MAX(LENGTH(session_id)), MAX(LENGTH(code)) FROM e2e_withheld").fetchone()
    assert (count(bot, "withheld"), tuple(sizes)) == (2, (255, 100))


async def test_requests_for_keys_are_answered_once_an_hour_and_in_rounds(bot: Participant) -> None:
    anna = Outsider(ANNA)
    is_followed(bot, anna)
    sessions = [f"session {number}" for number in range(ANSWERS + 10)]
    with bot.database.transaction():
        for session in sessions:
            room = f"!{session}"
            outbound.begin(bot.database, Outbound(session, room, "", "", 1, 0.0), [ANNA])
            outbound.share(bot.database, session, [anna.device], 0, GIVEN)

    def ask(session: str, room: str) -> dict[str, Any]:
        body = {"algorithm": MEGOLM, "room_id": room, "session_id": session}
        return anna.plain("m.room_key_request", action="request", requesting_device_id=anna.device_id, body=body)

    def waiting() -> int:
        return len(outbound.to_answer(bot.database, 1_000))

    assert not hear(bot, ask("nobody's", ROOM), ask(sessions[0], ROOM)).to_tend
    for _ in range(3):
        hear(bot, *[ask(session, f"!{session}") for session in sessions * 3])
    assert waiting() == ANSWERS + 10
    given: list[str] = []

    async def give_again(_room: str, session_id: str, _their: object, _now: float) -> None:
        given.append(session_id)

    bot.machine._sharing.give_again = give_again  # type: ignore[method-assign, assignment]
    await bot.machine._tend_once()
    assert (len(given), waiting(), bot.machine._to_tend.is_set()) == (ANSWERS, 10, True)
    await bot.machine._tend_once()
    assert sorted(given) == sorted(sessions)
    hear(bot, ask(sessions[0], f"!{sessions[0]}"))
    assert waiting() == 0
    pass_time(bot, hours=1, seconds=1)
    hear(bot, ask(sessions[0], f"!{sessions[0]}"))
    assert waiting() == 1


async def test_logs_name_no_account_and_have_one_line_of_a_sender(bot: Participant, caplog: pytest.LogCaptureFixture) -> None:
    mallory, broken = Outsider(MALLORY), {"algorithm": "m.olm.v1.curve25519-aes-sha2", "sender_key": "x\ny", "ciphertext": {}}
    log = logging.getLogger("classroom_matrix.encryption")
    log.setLevel(logging.DEBUG)
    try:
        hear(bot, *[mallory.plain("m.room.encrypted", **broken)] * 30, *[{"type": "m.dummy", "sender": MALLORY}] * 30)
    finally:
        log.setLevel(logging.ERROR)
    assert len(caplog.messages) == 2  # the second kind does not even say whose it is
    assert "mallory" not in caplog.text


async def test_looking_at_what_is_kept_costs_nothing_while_nothing_is(bot: Participant) -> None:
    pass_time(bot, seconds=0)
    before = bot.database.execute("SELECT total_changes()").fetchone()
    statements: list[str] = []
    bot.database._connection.set_trace_callback(statements.append)
    bot.machine._look_at_kept()
    bot.database._connection.set_trace_callback(None)
    assert (statements, before) == (
        ["SELECT 1 FROM e2e_kept LIMIT 1"],
        bot.database.execute("SELECT total_changes()").fetchone(),
    )
