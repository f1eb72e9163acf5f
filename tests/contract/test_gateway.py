"""One suite for the Gateway's verbs, over the fake homeserver and the real one."""

from __future__ import annotations

import io
import json
import secrets
from collections.abc import AsyncIterator
from dataclasses import dataclass

import aiohttp
import pytest

from classroom_matrix.domain.content import FileContent
from classroom_matrix.domain.ids import RoomAlias, RoomId, UserId
from classroom_matrix.errors import PermanentError
from classroom_matrix.matrix.client import HttpGateway
from classroom_matrix.matrix.encrypted_files import MIMETYPE, decrypt, encrypt
from classroom_matrix.matrix.gateway import Gateway
from classroom_matrix.matrix.parcel import pack, unpack
from classroom_matrix.matrix.registration import DEVICE, Registration, ensure_registered, read_registration
from classroom_matrix.testing.fake_homeserver import FakeGateway, FakeHomeserver
from classroom_matrix.testing.homeserver import EmbeddedHomeserver
from tests.conftest import Registrations


@dataclass
class Pair:
    """Two accounts of one homeserver."""

    bot: Gateway
    parent: Gateway


@pytest.fixture(params=["fake", "account", "appservice"])
async def pair(
    request: pytest.FixtureRequest, homeserver: EmbeddedHomeserver, registration_in_common: Registration
) -> AsyncIterator[Pair]:
    if request.param == "fake":
        fake = FakeHomeserver()
        yield Pair(fake.gateway("@bot:school.localhost"), fake.gateway("@parent:school.localhost"))
        return
    async with aiohttp.ClientSession() as session:
        logins = [await homeserver.register(f"g{secrets.token_hex(6)}", "correct horse") for _ in range(2)]
        bot, parent = (HttpGateway(session, homeserver.url, login.access_token, login.user_id) for login in logins)
        if request.param == "appservice":
            known = registration_in_common
            await ensure_registered(session, homeserver.url, known)
            bot = HttpGateway(session, homeserver.url, known.as_token, known.user_id, act_as=True, device_id=DEVICE)
        yield Pair(bot, parent)


@pytest.fixture(scope="module")
def registration_in_common(registrations: Registrations) -> Registration:
    return read_registration(registrations.keep())


async def room_of(gateway: Gateway, **request: object) -> RoomId:
    return await gateway.create_room({"room_version": "12", **request}, secrets.token_hex(8))


def alias(gateway: Gateway) -> str:
    """In the namespace of an application service; others may use it too."""
    return f"{gateway.user_id[1:].split(':')[0]}.a{secrets.token_hex(6)}"


BODY = b'{"msgtype":"m.text","body":"hello"}'


async def test_send_with_the_same_transaction_id_is_one_event(pair: Pair) -> None:
    room = await room_of(pair.bot)
    first = await pair.bot.send(room, "m.room.message", BODY, "t1")
    assert first == await pair.bot.send(room, "m.room.message", BODY, "t1")
    assert first != await pair.bot.send(room, "m.room.message", BODY, "t2")


async def test_send_to_a_foreign_room_is_refused_for_good(pair: Pair) -> None:
    room = await room_of(pair.bot)
    with pytest.raises(PermanentError) as refused:
        await pair.parent.send(room, "m.room.message", BODY, "t1")
    assert refused.value.errcode == "M_FORBIDDEN"


async def test_send_of_a_huge_event_is_refused_for_good(pair: Pair) -> None:
    room = await room_of(pair.bot)
    with pytest.raises(PermanentError) as refused:
        await pair.bot.send(room, "m.room.message", b'{"msgtype":"m.text","body":"' + b"x" * 70_000 + b'"}', "t1")
    assert refused.value.errcode == "M_TOO_LARGE"


async def test_send_needs_the_power_of_the_room(pair: Pair) -> None:
    room = await room_of(pair.bot, power_level_content_override={"events_default": 50, "users": {}, "users_default": 0})
    await pair.bot.invite(room, pair.parent.user_id)
    await pair.parent.join(room)
    with pytest.raises(PermanentError) as refused:
        await pair.parent.send(room, "m.room.message", BODY, "t1")
    assert refused.value.errcode == "M_FORBIDDEN"
    assert await pair.bot.send(room, "m.room.message", BODY, "t2")  # the creator is above all levels


async def test_send_is_one_event_also_when_the_homeserver_is_killed_in_between(
    pair: Pair, homeserver: EmbeddedHomeserver
) -> None:
    """Synapse forgets the transaction IDs of an application service without a device at its restart."""
    room = await room_of(pair.bot)
    first = await pair.bot.send(room, "m.room.message", BODY, "t1")
    if not isinstance(pair.bot, FakeGateway):
        await homeserver.kill()
        await homeserver.start()
    assert first == await pair.bot.send(room, "m.room.message", BODY, "t1")


async def test_redact_with_the_same_transaction_id_is_one_event(pair: Pair) -> None:
    room = await room_of(pair.bot)
    event = await pair.bot.send(room, "m.room.message", BODY, "t1")
    first = await pair.bot.redact(room, event, "a slip", "t2")
    assert first == await pair.bot.redact(room, event, "a slip", "t2")


async def test_set_state_again_makes_no_new_event(pair: Pair) -> None:
    room = await room_of(pair.bot)
    first = await pair.bot.set_state(room, "m.room.topic", "", {"topic": "school"})
    assert first == await pair.bot.set_state(room, "m.room.topic", "", {"topic": "school"})
    topics = [event.content for event in await pair.bot.state(room) if event.type == "m.room.topic"]
    assert [topic["topic"] for topic in topics] == ["school"]


async def encryption_of(gateway: Gateway, room: RoomId) -> list[dict[str, object]]:
    return [dict(event.content) for event in await gateway.state(room) if event.type == "m.room.encryption"]


async def test_room_is_encrypted_once_and_keeps_the_encryption_it_has(pair: Pair) -> None:
    plain, slow = await room_of(pair.bot), {"algorithm": "m.megolm.v1.aes-sha2", "rotation_period_msgs": 7}
    state = {"type": "m.room.encryption", "state_key": "", "content": slow}
    encrypted = await room_of(pair.bot, initial_state=[state])
    assert await encryption_of(pair.bot, plain) == []
    for _ in range(2):
        for room in (plain, encrypted):
            await pair.bot.ensure_encrypted(room)
    assert await encryption_of(pair.bot, plain) == [{"algorithm": "m.megolm.v1.aes-sha2"}]
    assert await encryption_of(pair.bot, encrypted) == [slow]
    page = await pair.bot.messages(plain)
    assert len([event for event in page.events if event["type"] == "m.room.encryption"]) == 1


async def test_room_without_the_right_to_encrypt_it_stays_as_it_is(pair: Pair) -> None:
    room = await room_of(pair.bot, preset="private_chat")
    with pytest.raises(PermanentError) as refused:
        await pair.parent.ensure_encrypted(room)
    assert refused.value.errcode == "M_FORBIDDEN"
    await pair.bot.invite(room, pair.parent.user_id)
    await pair.parent.join(room)
    await pair.parent.ensure_encrypted(room)
    assert await encryption_of(pair.bot, room) == []


async def test_create_room_keeps_initial_state_and_alias(pair: Pair) -> None:
    name = alias(pair.bot)
    marker = {"type": "org.classroom_matrix.room", "state_key": "", "content": {"role": "talk"}}
    room = await room_of(pair.bot, room_alias_name=name, initial_state=[marker])
    state = {event.type: event.content for event in await pair.bot.state(room)}
    assert state["org.classroom_matrix.room"] == {"role": "talk"}
    assert await pair.bot.resolve(RoomAlias(f"#{name}:school.localhost")) == room
    assert room in await pair.bot.joined_rooms()


async def test_create_room_with_a_taken_alias_is_refused(pair: Pair) -> None:
    name = alias(pair.bot)
    await room_of(pair.bot, room_alias_name=name)
    with pytest.raises(PermanentError) as refused:
        await room_of(pair.bot, room_alias_name=name)
    assert refused.value.errcode == "M_ROOM_IN_USE"


async def test_create_room_with_the_same_transaction_id_is_one_room(pair: Pair) -> None:
    txn_id = secrets.token_hex(8)
    first = await pair.bot.create_room({"room_version": "12"}, txn_id)
    assert first == await pair.bot.create_room({"room_version": "12"}, txn_id)


async def test_resolve_of_an_unknown_alias_is_none(pair: Pair) -> None:
    assert await pair.bot.resolve(RoomAlias(f"#{alias(pair.bot)}:school.localhost")) is None


async def test_alias_can_move_to_another_room(pair: Pair) -> None:
    name = alias(pair.bot)
    full = RoomAlias(f"#{name}:school.localhost")
    await room_of(pair.bot, room_alias_name=name)
    other = await room_of(pair.bot)
    await pair.bot.delete_alias(full)
    await pair.bot.delete_alias(full)  # twice is no error
    await pair.bot.set_alias(full, other)
    assert await pair.bot.resolve(full) == other


async def test_invite_twice_and_after_joining_is_no_error(pair: Pair) -> None:
    room = await room_of(pair.bot)
    await pair.bot.invite(room, pair.parent.user_id)
    await pair.bot.invite(room, pair.parent.user_id)
    assert await pair.parent.join(room) == room
    await pair.bot.invite(room, pair.parent.user_id)
    assert room in await pair.parent.joined_rooms()


async def test_direct_invitation_says_so_and_is_no_error_twice(pair: Pair) -> None:
    room = await room_of(pair.bot)
    assert await pair.bot.membership(room, pair.parent.user_id) is None
    await pair.bot.invite(room, pair.parent.user_id, direct=True)
    (invitation,) = [e for e in await pair.bot.state(room) if e.state_key == pair.parent.user_id]
    assert (invitation.content["membership"], invitation.content["is_direct"]) == ("invite", True)
    await pair.parent.join(room)
    await pair.bot.invite(room, pair.parent.user_id, direct=True)
    assert await pair.bot.membership(room, pair.parent.user_id) == "join"


async def test_join_without_invitation_is_refused(pair: Pair) -> None:
    room = await room_of(pair.bot, preset="private_chat")
    with pytest.raises(PermanentError) as refused:
        await pair.parent.join(room)
    assert refused.value.errcode == "M_FORBIDDEN"


async def test_join_of_a_restricted_room_needs_its_space(pair: Pair) -> None:
    space = await room_of(pair.bot, preset="private_chat", creation_content={"type": "m.space"})
    rule = {"join_rule": "restricted", "allow": [{"type": "m.room_membership", "room_id": space}]}
    room = await room_of(pair.bot, initial_state=[{"type": "m.room.join_rules", "state_key": "", "content": rule}])
    with pytest.raises(PermanentError):
        await pair.parent.join(room)
    await pair.bot.invite(space, pair.parent.user_id)
    await pair.parent.join(space)
    assert await pair.parent.join(room) == room


async def test_kick_takes_invitation_and_membership_and_is_no_error_otherwise(pair: Pair) -> None:
    room = await room_of(pair.bot)
    await pair.bot.kick(room, pair.parent.user_id, "not of this class")
    await pair.bot.invite(room, pair.parent.user_id)
    await pair.bot.kick(room, pair.parent.user_id, "not of this class")
    with pytest.raises(PermanentError):
        await pair.parent.join(room)


async def test_leave_is_no_error_twice_and_declines_an_invitation(pair: Pair) -> None:
    room = await room_of(pair.bot)
    await pair.bot.invite(room, pair.parent.user_id)
    await pair.parent.leave(room)
    await pair.parent.leave(room)
    with pytest.raises(PermanentError):
        await pair.parent.join(room)


async def test_whoami_is_the_account(pair: Pair) -> None:
    assert await pair.bot.whoami() == pair.bot.user_id


async def test_profile_can_be_set_twice(pair: Pair) -> None:
    await pair.bot.set_profile("Помощник")
    await pair.bot.set_profile("Помощник")


async def test_kick_of_somebody_who_was_never_there_is_no_error(pair: Pair) -> None:
    room = await room_of(pair.bot)
    await pair.bot.kick(room, UserId("@nobody:school.localhost"), "")
    members = {event.state_key for event in await pair.bot.state(room) if event.type == "m.room.member"}
    assert {pair.bot.user_id} == members


def text(body: str) -> bytes:
    return json.dumps({"msgtype": "m.text", "body": body}).encode()


async def history(gateway: Gateway, room: RoomId, **only: object) -> list[str]:
    """Bodies of messages, newest first, page by page."""
    bodies: list[str] = []
    start = None
    while True:
        page = await gateway.messages(room, start=start, limit=3, **only)  # type: ignore[arg-type]
        bodies += [event["content"].get("body", "") for event in page.events if event["type"] == "m.room.message"]
        if page.end is None:
            return bodies
        start = page.end


async def test_messages_pages_through_the_whole_history(pair: Pair) -> None:
    room = await room_of(pair.bot)
    for number in range(7):
        await pair.bot.send(room, "m.room.message", text(str(number)), f"t{number}")
    assert await history(pair.bot, room) == [str(number) for number in range(6, -1, -1)]
    assert await history(pair.bot, room, backwards=False) == [str(number) for number in range(7)]


async def test_messages_can_be_those_of_some_senders_and_types_only(pair: Pair) -> None:
    room = await room_of(pair.bot)
    await pair.bot.invite(room, pair.parent.user_id)
    await pair.parent.join(room)
    for number in range(4):
        await pair.bot.send(room, "m.room.message", text("bot"), f"t{number}")
        await pair.parent.send(room, "m.room.message", text("parent"), f"t{number}")
    assert await history(pair.bot, room, senders=[pair.parent.user_id]) == ["parent"] * 4
    assert await history(pair.bot, room, types=["m.room.member"]) == []


async def test_messages_of_a_foreign_room_are_refused(pair: Pair) -> None:
    room = await room_of(pair.bot)
    with pytest.raises(PermanentError) as refused:
        await pair.parent.messages(room)
    assert refused.value.errcode == "M_FORBIDDEN"


async def test_redaction_leaves_membership_and_takes_the_rest(pair: Pair) -> None:
    room = await room_of(pair.bot)
    message = await pair.bot.send(room, "m.room.message", text("a slip"), "t1")
    await pair.bot.kick(room, pair.parent.user_id, "never there")
    await pair.bot.invite(room, pair.parent.user_id)
    await pair.parent.join(room)
    page = await pair.bot.messages(room, types=["m.room.member"])
    joined = next(event for event in page.events if event["state_key"] == pair.parent.user_id)
    await pair.bot.redact(room, joined["event_id"], "", "t2")
    await pair.bot.redact(room, message, "", "t3")
    found = {event["event_id"]: event["content"] for event in (await pair.bot.messages(room)).events}
    assert (found[joined["event_id"]], found[message]) == ({"membership": "join"}, {})
    assert room in await pair.parent.joined_rooms()


async def test_download_is_what_was_uploaded(pair: Pair) -> None:
    address = await pair.bot.upload(b"a picture" * 20_000, "image/png", "a.png")
    into = io.BytesIO(b"what an attempt that failed has left there" * 10_000)
    assert await pair.bot.download(address, into) == "image/png"
    assert into.getvalue() == b"a picture" * 20_000


async def test_a_file_of_ours_is_sent_once_and_can_be_fetched(pair: Pair) -> None:
    room = await pair.bot.create_room({"room_version": "12"}, secrets.token_hex(8))
    parcel = unpack(pack(FileContent("встреча.ics", "text/calendar", b"BEGIN:VCALENDAR")))
    message = parcel.at(await pair.bot.upload(parcel.data, parcel.mimetype, parcel.filename))
    sent = [await pair.bot.send(room, "m.room.message", message, "t1") for _ in range(2)]
    assert sent[0] == sent[1]
    page = await pair.bot.messages(room, types=["m.room.message"])
    (content,) = [event["content"] for event in page.events]
    assert (content["msgtype"], content["filename"]) == ("m.file", "встреча.ics")
    into = io.BytesIO()
    assert (await pair.bot.download(content["url"], into), into.getvalue()) == ("text/calendar", b"BEGIN:VCALENDAR")


async def test_an_encrypted_file_has_no_name_and_comes_back_unchanged(pair: Pair) -> None:
    sealed, key = encrypt(b"a picture" * 20_000)
    address, into = await pair.bot.upload(sealed, MIMETYPE, ""), io.BytesIO()
    assert await pair.bot.download(address, into) == MIMETYPE
    assert decrypt(into.getvalue(), key) == b"a picture" * 20_000


@pytest.mark.parametrize(
    "address", ["mxc://school.localhost/nothing", "mxc://elsewhere.example/abc", "mxc://school.localhost/../x", "x"]
)
async def test_download_of_nothing_of_ours_is_refused_for_good(pair: Pair, address: str) -> None:
    with pytest.raises(PermanentError) as refused:
        await pair.bot.download(address, io.BytesIO())
    assert refused.value.status == 404
