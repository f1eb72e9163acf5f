"""Exports and erasures where people write in encrypted rooms."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import Any

from classroom_matrix.domain.content import MediaContent
from classroom_matrix.domain.facts import FileKey, Media
from classroom_matrix.domain.ids import ClassId, RoomId, UserId
from classroom_matrix.encryption.history import readable
from classroom_matrix.encryption.keyring import KeyRing
from classroom_matrix.encryption.reading import Reader
from classroom_matrix.lifecycle.export import export_class, export_family
from classroom_matrix.lifecycle.house import House
from classroom_matrix.matrix.encrypted_files import encrypt
from classroom_matrix.matrix.render import render
from tests.unit.encryption.pen import Pen

from .conftest import NewStage
from .scene import BOT, Stage
from .test_erasure import erase
from .test_export import MOTHER, PNG, data_of, family_of, sums_hold


class Sealed:
    """A stage on which some write encrypted, and the service has the keys that it was given."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.reader = Reader(stage.database, KeyRing.in_memory())
        self.mother = stage.adults[MOTHER]
        self.desk, self.talk = stage.desk(MOTHER), stage.room("talk")

    def house(self) -> House:
        house = self.stage.house()
        return replace(house, gateway=readable(house.gateway, self.stage.database, self.reader))

    def pen(self, user_id: UserId, room: RoomId, *, given: bool = True) -> Pen:
        pen = Pen(room, user_id)
        if given:
            pen.give_to(self.reader)
        return pen

    async def send(self, pen: Pen, content: dict[str, Any]) -> None:
        gateway = self.stage.homeserver.gateway(pen.user_id)
        await gateway.send(pen.room_id, "m.room.encrypted", json.dumps(content).encode(), content["ciphertext"])

    async def send_file(self, pen: Pen, data: bytes, name: str, mimetype: str, *, spoilt: bool = False) -> str:
        sealed, key = encrypt(data)
        gateway = self.stage.homeserver.gateway(pen.user_id)
        address = await gateway.upload(sealed, "application/octet-stream", "")
        if spoilt:
            key = FileKey(key.key, key.iv, encrypt(b"another")[1].sha256)
        _, content = render(MediaContent(Media(address, name, mimetype, len(data), key), "file"))
        await self.send(pen, pen.write("m.room.message", json.loads(content)))
        return address


async def test_family_gets_what_was_said_in_its_encrypted_desk(new_stage: NewStage) -> None:
    there = Sealed(await new_stage())
    pen, bot = there.pen(there.mother.user_id, there.desk), there.pen(BOT, there.desk)
    await there.send(pen, pen.text("только для учителя"))
    await there.send(bot, bot.text("ответ помощника"))
    await there.send_file(pen, PNG, "../кот.png", "image/png")
    await there.send_file(pen, b"<script>", "страница.html", "text/html")
    await there.send_file(pen, b"gone", "чужой.txt", "text/plain", spoilt=True)
    lost = there.pen(there.mother.user_id, there.desk, given=False)
    await there.send(lost, lost.text("без ключа"))
    folder = there.stage.folder / "out"
    (exported,) = await export_family(there.house(), family_of(there.stage, "Ксения Калинина"), folder)
    assert (exported.files, exported.gone, exported.unseen, exported.unread) == (2, 1, 0, 1)
    page = (folder / "index.html").read_text("utf-8")
    assert [
        word for word in ("только для учителя", "ответ помощника", "прочитать его сервис не может") if word not in page
    ] == []
    names = sorted(path.name for path in (folder / "media").iterdir())
    assert names == sorted(
        [hashlib.sha256(PNG).hexdigest()[:32] + ".png", hashlib.sha256(b"<script>").hexdigest()[:32] + ".bin"]
    )
    assert sums_hold(folder)
    (room,) = [room for room in data_of(folder)["rooms"] if room["id"] == there.desk]
    files = [entry["file"] for entry in room["messages"] if "file" in entry]
    assert [set(file) - {"name", "address", "path", "size", "picture"} for file in files] == [set()] * 3


async def test_repeated_export_fetches_no_encrypted_file_again(new_stage: NewStage) -> None:
    there = Sealed(await new_stage())
    await there.send_file(there.pen(there.mother.user_id, there.desk), PNG, "кот.png", "image/png")
    folder, family = there.stage.folder / "out", family_of(there.stage, "Ксения Калинина")
    await export_family(there.house(), family, folder)
    there.stage.homeserver.media.clear()
    (again,) = await export_family(there.house(), family, folder)
    assert (again.files, again.gone, sums_hold(folder)) == (1, 0, True)


async def test_an_address_without_its_key_opens_no_file_of_an_earlier_export(new_stage: NewStage) -> None:
    there = Sealed(await new_stage())
    address = await there.send_file(there.pen(there.mother.user_id, there.talk), PNG, "кот.png", "image/png")
    folder = there.stage.folder / "out"
    await export_class(there.house(), ClassId("3b"), folder)
    other = there.stage.adults["Зайцева Ольга Андреевна"]
    await other.say(there.talk, "моё", msgtype="m.file", url=address)
    (exported,) = await export_class(there.house(), ClassId("3b"), folder)
    (room,) = [room for room in data_of(folder)["rooms"] if room["id"] == there.talk]
    sizes = {entry["name"]: entry["file"]["size"] for entry in room["messages"] if "file" in entry}
    assert exported.files == 2
    assert len(set((folder / "media").iterdir())) == 2
    assert set(sizes.values()) == {len(PNG)}


async def test_encrypted_words_about_the_family_are_taken_back(new_stage: NewStage) -> None:
    there = Sealed(await new_stage())
    talk = there.pen(there.mother.user_id, there.talk)
    await there.send(talk, talk.text("мой секрет"))
    address = await there.send_file(talk, PNG, "кот.png", "image/png")
    bot, teacher = there.pen(BOT, there.talk), there.pen(UserId("@teacher:school.localhost"), there.talk)
    await there.send(bot, bot.text("Нет ответа: Ксения Калинина"))
    await there.send(bot, bot.text("Завтра каток"))
    await there.send(teacher, teacher.text("всем привет"))
    lost = there.pen(BOT, there.talk, given=False)
    await there.send(lost, lost.text("кто здесь?"))
    record, left = await erase(there.stage, house=there.house())
    assert (left.count, left.unread, record.addresses) == (0, {there.talk: 1}, [address])
    page = await there.house().gateway.messages(there.talk, backwards=False)
    said = [event["content"]["body"] for event in page.events if event["type"] == "m.room.message"]
    assert said == ["Завтра каток", "всем привет"]
    proof = json.loads((there.stage.folder / "proof.json").read_text("utf-8"))
    assert proof["check"]["events_that_cannot_be_read"] == {there.talk: 1}


async def test_keys_go_with_the_desk_and_the_people(new_stage: NewStage) -> None:
    there = Sealed(await new_stage())
    database, mother = there.stage.database, there.mother.user_id
    for user in (mother, "@u3:school.localhost"):
        database.execute("INSERT INTO e2e_user (user_id, dirty) VALUES (?, 1)", (user,))
    for room, user in ((there.desk, BOT), (there.talk, mother), (there.talk, BOT)):
        there.pen(UserId(user), room)
        database.execute("INSERT INTO e2e_member VALUES (?, ?, 'join')", (room, user))
    record, left = await erase(there.stage, house=there.house())
    assert left.rows == {}
    assert (record.rows["e2e_user"], record.rows["e2e_room_key"], record.rows["e2e_member"]) == (1, 2, 2)
    keys = database.execute("SELECT room_id, user_id FROM e2e_room_key").fetchall()
    assert keys == [(there.talk, BOT)]
    assert database.execute("SELECT user_id FROM e2e_user").fetchall() == [("@u3:school.localhost",)]
