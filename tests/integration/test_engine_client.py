"""The clients of our tests for encrypted rooms themselves: Element's engine, and a bot that nobody signed."""

from __future__ import annotations

import json
import secrets
from pathlib import Path

import pytest

from classroom_matrix.domain.ids import UserId
from classroom_matrix.errors import PermanentError
from classroom_matrix.testing.homeserver import EmbeddedHomeserver
from classroom_matrix.testing.person import Person, text_of
from tests.conftest import PASSWORD
from tests.integration.engine_client import EngineClient, Engines
from tests.integration.engine_process import EngineError
from tests.integration.unsigned_bot import UnsignedBot


async def account(homeserver: EmbeddedHomeserver) -> str:
    localpart = f"u{secrets.token_hex(6)}"
    await homeserver.register(localpart, PASSWORD)
    return localpart


async def private_chat(one: EngineClient, other: EngineClient):
    room = await one.create_dm(other.user_id)
    await other.wait_for_invite(room)
    await other.join(room)
    return room


async def test_two_engines_read_each_other_and_a_second_device_reads_what_is_new(
    homeserver: EmbeddedHomeserver, engines: Engines
) -> None:
    parent_name = await account(homeserver)
    parent = await engines.log_in(homeserver.url, parent_name, PASSWORD, isolation="signed")
    teacher = await engines.log_in(homeserver.url, await account(homeserver), PASSWORD, isolation="signed")
    room = await private_chat(parent, teacher)
    assert await parent.is_encrypted(room)

    asked = await parent.say(room, "Когда собрание?")
    heard = await teacher.wait_for_text("собрание", room=room)
    assert (heard["encrypted"], heard["shield"]) == (True, {"colour": "none", "reason": None})
    await teacher.say(room, "В среду", reply_to=asked)
    answer = await parent.wait_for_text("В среду", room=room)
    assert answer["content"]["m.relates_to"]["m.in_reply_to"]["event_id"] == asked
    poll = await teacher.start_poll(room, "Придёте?", "Да", "Нет")
    await parent.wait_for(lambda event: event.get("event_id") == poll, room=room)
    vote = await parent.vote(room, poll, "a1")
    await teacher.wait_for(lambda event: event.get("event_id") == vote and event["type"].endswith("poll.response"))
    await teacher.edit(room, await teacher.say(room, "В 18:00"), "В 19:00")
    await parent.wait_for_text("В 19:00", room=room)
    note = await parent.send_file(room, "справка.txt", b"healthy" * 1000)
    received = await teacher.event(room, note)
    assert received["content"]["file"]["v"] == "v2"
    assert await teacher.fetch_file(received) == b"healthy" * 1000

    # What left the devices: nothing of it is clear.
    async with Person(homeserver.url, parent.user_id, parent.access_token) as plain:
        on_the_server = json.dumps(await plain.history(room), ensure_ascii=False)
    assert "m.megolm.v1.aes-sha2" in on_the_server
    assert not [word for word in ("собрание", "среду", "Придёте", "справка", "19:00") if word in on_the_server]

    phone = await engines.log_in(homeserver.url, parent_name, PASSWORD, isolation="signed")
    await teacher.wait_for_device(parent.user_id, phone.device_id, signed=True)
    await teacher.say(room, "Кабинет 12")
    assert (await phone.wait_for_text("Кабинет 12", room=room))["shield"]["colour"] == "none"
    old = {event["event_id"]: event for event in await phone.history(room)}[asked]
    assert (old["type"], old["failure"]) == ("m.room.encrypted", "HISTORICAL_MESSAGE_NO_KEY_BACKUP")
    await phone.take_room_keys(parent)
    await phone.wait_for_text("собрание", room=room)


async def test_two_people_compare_emoji_and_one_device_is_blocked(homeserver: EmbeddedHomeserver, engines: Engines) -> None:
    name = await account(homeserver)
    one, other = [await engines.log_in(homeserver.url, each, PASSWORD) for each in (await account(homeserver), name)]
    room = await private_chat(one, other)
    assert not (await one.trust(other.user_id))["verified"]
    await one.compare_emoji(other, room)
    assert (await one.trust(other.user_id))["verified"]
    assert (await other.trust(one.user_id))["devices"][one.device_id]["verified"]
    await one.block_device(other.user_id, other.device_id)
    await one.say(room, "не сюда")
    shut = await other.wait_for(lambda event: event.get("failure"), room=room)
    assert shut["failure"] == "MEGOLM_KEY_WITHHELD"


async def test_isolation_refuses_a_device_that_its_owner_did_not_sign(homeserver: EmbeddedHomeserver, engines: Engines) -> None:
    careful = await engines.log_in(homeserver.url, await account(homeserver), PASSWORD, isolation="signed")
    careless = await engines.log_in(homeserver.url, await account(homeserver), PASSWORD, cross_sign=False)
    room = await private_chat(careful, careless)
    await careless.say(room, "кто я?")
    shut = await careful.wait_for(lambda event: event.get("failure"), room=room)
    assert shut["failure"] == "UNSIGNED_SENDER_DEVICE"
    await careful.say(room, "не скажу")
    locked_out = await careless.wait_for(lambda event: event.get("failure"), room=room)
    assert locked_out["failure"] == "MEGOLM_KEY_WITHHELD_FOR_UNVERIFIED_DEVICE"

    await careless.make_identity(PASSWORD)  # signs the device, and everything is well
    await careful.wait_for_device(careless.user_id, careless.device_id, signed=True)
    await careful.say(room, "теперь скажу")
    await careless.wait_for_text("теперь скажу", room=room)
    await careless.discard_session(room)
    await careless.say(room, "спасибо")
    await careful.wait_for_text("спасибо", room=room)


async def test_bot_that_nobody_signed_is_neither_read_nor_given_keys(
    homeserver: EmbeddedHomeserver, engines: Engines, tmp_path: Path
) -> None:
    careful = await engines.log_in(homeserver.url, await account(homeserver), PASSWORD, isolation="signed")
    name = await account(homeserver)
    async with UnsignedBot(homeserver.url, UserId(f"@{name}:{homeserver.server_name}"), PASSWORD, tmp_path) as bot:
        room = await careful.create_dm(bot.user_id)
        await bot.join(room)
        said = await bot.say(room, "я бот")
        shut = await careful.wait_for(lambda event: event.get("event_id") == said, room=room)
        assert (shut["failure"], text_of(shut)) == ("UNSIGNED_SENDER_DEVICE", "")
        secret = await careful.say(room, "не для бота")
        await bot.wait_until(lambda bot: secret in bot.unreadable and bot.withheld)
        assert (bot.withheld, bot.read) == (["m.unverified"], ["я бот"])

        await careful.set_isolation("all")  # the control: it is the signature that was missing, nothing else
        await careful.discard_session(room)
        await careful.say(room, "и для бота")
        await bot.wait_until(lambda bot: "и для бота" in bot.read)
        assert (await bot_words(careful, room, bot))["shield"] == {"colour": "red", "reason": "UNSIGNED_DEVICE"}


async def bot_words(person: EngineClient, room, bot: UnsignedBot):
    said = await bot.say(room, "снова я")
    return await person.wait_for(lambda event: event.get("event_id") == said, room=room)


async def test_engine_tells_what_went_wrong(homeserver: EmbeddedHomeserver, engines: Engines) -> None:
    person = await engines.log_in(homeserver.url, await account(homeserver), PASSWORD, cross_sign=False)
    with pytest.raises(PermanentError, match="M_FORBIDDEN"):
        await engines.log_in(homeserver.url, person.user_id, "wrong")
    with pytest.raises(PermanentError, match="M_"):
        await person.join(person.user_id)  # type: ignore[arg-type]
    with pytest.raises(EngineError, match="there is no verb fly"):
        await person.ask("fly")
    with pytest.raises(TimeoutError):
        await person.wait_for_text("nobody says this", seconds=0.05)


async def test_engine_that_died_is_told_and_one_without_a_parent_ends() -> None:
    async with Engines() as engines:
        with pytest.raises(EngineError, match="there is no client nobody"):
            await engines.ask("trust", "nobody")
    assert engines._process.returncode == 0  # its standard input was closed, nothing else
    async with Engines() as engines:
        engines._process.kill()
        with pytest.raises(EngineError, match="ended"):
            await engines.ask("trust", "nobody")
