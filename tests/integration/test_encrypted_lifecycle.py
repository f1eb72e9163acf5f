"""Files, export and erasure where desk and staff room are encrypted, by the program itself, beside a running service."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
import yaml

from classroom_matrix.domain.ids import RoomId
from classroom_matrix.errors import PermanentError
from classroom_matrix.testing.accounts_process import AccountsProcess
from classroom_matrix.testing.homeserver import EmbeddedHomeserver
from classroom_matrix.testing.person import Event
from tests.integration.engine_client import EngineClient, Engines

from .school import SchoolOnStage
from .test_lifecycle import PASSWORD, PNG, Place, gone

NAMES = ("секрет", "Ксения", "Калинин", "Наталья")


class EncryptedPlace(Place):
    """With announcements, whose photos and files come out of an encrypted room and go into one."""

    def configure(self, *more: dict[str, Any]) -> None:
        super().configure(*more)
        config = yaml.safe_load(self.school.config_file.read_text("utf-8"))
        config["plugins"]["announcements"] = {}
        self.school.config_file.write_text(yaml.safe_dump(config, allow_unicode=True), "utf-8")


@pytest.fixture
async def place(
    homeserver: EmbeddedHomeserver, registration_file: Path, tmp_path: Path, engines: Engines
) -> AsyncIterator[Place]:
    """Teacher and mother have Element's engine and trust signed devices only; the other parents are not at home."""
    async with AsyncExitStack() as stack:
        school = SchoolOnStage(homeserver, tmp_path, registration_file, encrypted=("desk", "private", "staff"), engines=engines)
        await stack.enter_async_context(school)
        accounts = AccountsProcess(tmp_path / "accounts", homeserver, school.bot, child=False)
        await stack.enter_async_context(accounts)
        place = EncryptedPlace(school, accounts, await school.person(f"t-{school.registration.localpart}"), stack)
        await place.stand()
        mother = await engines.instead_of(place.clients["Калинина"], PASSWORD, isolation="signed")
        place.clients["Калинина"] = mother
        yield place


def of_tables(place: Place, user_id: str, desk: RoomId) -> dict[str, int]:
    """How many rows of encryption are about the person or the desk."""
    found = {}
    for table, column in (
        ("user", "user_id"), ("device", "user_id"), ("share", "user_id"), ("room_key", "user_id"), ("room_key", "room_id"),
        ("member", "user_id"), ("member", "room_id"), ("room", "room_id"), ("outbound", "room_id"), ("kept", "user_id"),
    ):  # fmt: skip
        query = f"SELECT COUNT(*) FROM e2e_{table} WHERE {column} = ?"
        found[f"{table}.{column}"] = place.school.rows(query, user_id if column == "user_id" else desk)[0][0]
    return {name: count for name, count in found.items() if count}


def is_file(event: Event, sender: str, kind: str) -> bool:
    return event.get("sender") == sender and event["content"].get("msgtype") == kind


async def files_come_and_go(place: Place, teacher: EngineClient) -> None:
    """A photo from the encrypted staff room goes on into a room that everybody reads; a file of ours comes into the encrypted
    one. The teacher's client opens both.
    """
    staff, bot = place.room("staff"), place.school.bot
    announcements = await teacher.join(place.room("announcements"))
    photo = await teacher.send_file(staff, "план.png", PNG, "image/png", msgtype="m.image")
    await teacher.say(staff, "!важно Маршрут похода", reply_to=photo)
    copy = await teacher.wait_for(lambda event: is_file(event, bot, "m.image"), room=announcements)
    assert await teacher.fetch_file(copy) == PNG
    await place.school.drained()
    await teacher.say(staff, "!важно таблица 1")
    table = await teacher.wait_for(lambda event: is_file(event, bot, "m.file"), room=staff)
    assert (table["encrypted"], table["content"]["info"]["mimetype"]) == (True, "text/csv")
    assert "Калинина" in (await teacher.fetch_file(table)).decode("utf-8-sig")


async def test_what_was_encrypted_is_exported_in_clear_and_erased_with_its_keys(place: Place) -> None:
    mother, teacher, desk, staff = place.clients["Калинина"], place.teacher, place.desk_of("Калинина"), place.room("staff")
    assert isinstance(mother, EngineClient)
    assert isinstance(teacher, EngineClient)
    await place.school.start()
    assert (await mother.is_encrypted(desk), await teacher.is_encrypted(staff)) == (True, True)
    await mother.wait_for_device(place.school.bot, place.school.rows("SELECT device_id FROM e2e_own_device")[0][0], signed=True)
    await mother.say(desk, "!помощь")
    answer = await mother.wait_for(lambda event: event.get("sender") == place.school.bot and event.get("encrypted"), room=desk)
    await mother.say(desk, "личное")
    photo = await mother.send_file(desk, "Ксения.png", PNG, "image/png", msgtype="m.image")
    await teacher.say(desk, "ответ учителя")
    await teacher.say(staff, "!опрос Куда едем? Музей; Зоопарк")
    await place.school.drained()
    await teacher.say(staff, "!опрос голос Калинина 1")
    named = await teacher.wait_for_text("Ксения Калинина", room=staff)
    assert named["encrypted"]
    await place.school.drained()
    await files_come_and_go(place, teacher)
    address = (await mother.event(desk, photo))["content"]["file"]["url"]

    output = await place.program("export", "--family", "Калинина", "-o", "out")
    assert "1 файл" in output
    folder = place.school.folder / "out"
    data = json.loads((folder / "data.json").read_text("utf-8"))
    (room,) = [room for room in data["rooms"] if room["id"] == desk]
    said = [message.get("text") for message in room["messages"]]
    assert [words in said for words in ("личное", "ответ учителя", answer["content"]["body"])] == [True, True, True]
    assert "unreadable" not in {message["kind"] for message in room["messages"]}
    assert [path.read_bytes() for path in (folder / "media").iterdir()] == [PNG]

    assert of_tables(place, mother.user_id, desk).keys() >= {"user.user_id", "room_key.room_id", "outbound.room_id"}
    await place.program("erase", "Ксения", "--yes", "--proof", "proof.json")
    proof = json.loads((place.school.folder / "proof.json").read_text("utf-8"))
    assert (proof["check"]["nothing_found"], proof["check"]["events_that_cannot_be_read"]) == (True, {})
    assert (proof["deleted_files"], proof["deleted_rooms"]) == (1, [desk])
    left = [json.dumps(event, ensure_ascii=False) for event in await teacher.history(staff)]
    assert [event for event in left if any(word in event for word in NAMES)] == []
    assert any("Куда едем?" in event for event in left)
    with pytest.raises(PermanentError):
        await teacher.state(desk)
    await gone(place, address)
    assert of_tables(place, mother.user_id, desk) == {}
