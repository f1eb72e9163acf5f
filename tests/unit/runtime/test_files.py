"""Files that we make are uploaded, once if possible, and sent exactly once."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from classroom_matrix.domain.ids import RoomId
from classroom_matrix.errors import TemporaryError
from classroom_matrix.matrix.encrypted_files import decrypt, read_file_object
from classroom_matrix.runtime.sealing import Unsealed
from classroom_matrix.runtime.sender import Sender
from classroom_matrix.storage import outbox
from classroom_matrix.testing.conversation import BOT, Conversation
from classroom_matrix.testing.fake_homeserver import FakeGateway

from .letters_toy.plugin import plugin


def files(talk: Conversation) -> list[dict[str, Any]]:
    home = talk.guardian(0).person
    assert home
    room = talk.homeserver.rooms[talk.room_id(str(home.household_id))]
    return [event["content"] for event in room.events if event["content"].get("msgtype") == "m.file"]


def test_a_file_comes_behind_its_letter() -> None:
    with Conversation(plugin) as talk:
        talk.teacher.says("!письмо Вот файл", room="staff")
        (file,) = files(talk)
        data, mimetype, _ = talk.homeserver.media[file["url"]]
        assert (data.decode(), mimetype, file["filename"]) == ("Вот файл", "text/calendar", "a.ics")


def test_a_held_letter_keeps_its_file() -> None:
    with Conversation(plugin) as talk:
        talk.advance(hours=12)
        talk.teacher.says("!письмо Вот файл", room="staff")
        assert talk.homeserver.media == {}
        talk.advance(hours=12)
        assert len(files(talk)) == 1


class Encrypted(Unsealed):
    """Every room is encrypted; what is said there is left in clear, to be looked at."""

    async def is_encrypted(self, _room_id: RoomId) -> bool:
        return True


def test_a_file_for_an_encrypted_room_is_encrypted_and_nobody_is_told_its_name() -> None:
    uploads: list[tuple[str, str]] = []

    class Telling(FakeGateway):
        async def upload(self, data: bytes, mimetype: str, filename: str) -> str:
            uploads.append((mimetype, filename))
            return str(await super().upload(data, mimetype, filename))

    with Conversation(plugin) as talk:
        talk.sender._gateway, talk.sender._sealing = Telling(talk.homeserver, BOT), Encrypted()
        talk.teacher.says("!письмо Вот файл", room="staff")
        (file,) = files(talk)
        read = read_file_object(file["file"])
        assert read is not None
        assert "Вот файл".encode() not in [data for data, _, _ in talk.homeserver.media.values()]
        assert decrypt(talk.homeserver.media[read[0]][0], read[1]).decode() == "Вот файл"
        assert (set(uploads), "url" in file) == ({("application/octet-stream", "")}, False)
        assert (file["filename"], file["info"]["mimetype"]) == ("a.ics", "text/calendar")


def test_a_room_that_is_encrypted_during_an_upload_gets_the_file_encrypted() -> None:
    class Encrypting(Encrypted):
        asked = 0

        async def is_encrypted(self, _room_id: RoomId) -> bool:
            self.asked += 1
            return self.asked > 1

    with Conversation(plugin) as talk:
        talk.sender._sealing = Encrypting()
        talk.teacher.says("!письмо Вот файл", room="staff")
        (file,) = files(talk)
        read = read_file_object(file["file"])
        assert read is not None
        assert ("url" in file, decrypt(talk.homeserver.media[read[0]][0], read[1]).decode()) == (False, "Вот файл")


class Cut(FakeGateway):
    """Uploads to a new address each time, and loses the answer of the first message about a file."""

    sent = 0

    async def upload(self, data: bytes, mimetype: str, filename: str) -> str:
        address = await super().upload(data + b" " * len(self._homeserver.media), mimetype, filename)
        return str(address)

    async def send(self, room_id: RoomId, event_type: str, content: bytes, txn_id: str) -> Any:
        event_id = await super().send(room_id, event_type, content, txn_id)
        if b"m.file" in content:
            self.sent += 1
            if self.sent == 1:
                raise TemporaryError("the answer was lost")
        return event_id


def test_a_repeat_is_the_same_message_also_after_a_restart() -> None:
    """The answer to the first is lost, then the service stops; the next run sends what is in the database."""
    with Conversation(plugin) as talk:
        gateway = Cut(talk.homeserver, BOT)
        talk.sender._gateway = gateway
        uploads: list[str] = []

        async def stop_behind_the_upload() -> None:
            while gateway.sent == 0:
                await asyncio.sleep(0.001)
            talk._sending.cancel()
            uploads.extend(talk.homeserver.media)

        async def run() -> None:
            stopping = asyncio.create_task(stop_behind_the_upload())
            talk.homeserver.time = 1
            await talk.homeserver.gateway(talk.teacher.user_id).send(
                talk.room_id("staff"), "m.room.message", json.dumps({"msgtype": "m.text", "body": "!письмо файл"}).encode(), "t"
            )
            events, talk._feed[:] = list(talk._feed), []
            await talk.receive(events)
            await talk.database.call(talk._step)
            talk.sender.take(await talk.database.call(talk.dispatcher.new_effects))
            await stopping
            again = Sender(talk.database, gateway, talk._desk_of, lambda _woken, _cards: None)
            waiting = await talk.database.call(outbox.waiting, talk.database, 0, 1000)
            again.take(waiting)
            task = asyncio.create_task(again.run())
            await again.idle(5)
            task.cancel()

        talk._runner.run(run())
        assert len(files(talk)) == 1
        assert files(talk)[0]["url"] in uploads
        talk._sending = talk._runner.get_loop().create_task(asyncio.sleep(0))
