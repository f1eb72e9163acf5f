"""What an export holds, and what it must not."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from classroom_matrix.domain.ids import ClassId, RoomId
from classroom_matrix.errors import ConfigError
from classroom_matrix.lifecycle.export import export_class, export_family
from classroom_matrix.lifecycle.export.messages import entries_of, polls_of
from classroom_matrix.lifecycle.family_file import FamilyFile, family_file
from classroom_matrix.lifecycle.house import House
from classroom_matrix.lifecycle.whom import find

from .conftest import NewStage
from .scene import BOT, Stage, killed_everywhere

MOTHER, OTHER = "Калинина Наталья Ивановна", "Зайцева Ольга Андреевна"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40
EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>"


def family_of(stage: Stage, pupil: str) -> FamilyFile:
    family_id = find(stage.database, pupil)[0].family_id
    assert family_id
    return family_file(stage.database, family_id)


async def with_words(new_stage: NewStage) -> Stage:
    stage = await new_stage()
    mother, other, talk, desk = stage.adults[MOTHER], stage.adults[OTHER], stage.room("talk"), stage.desk(MOTHER)
    first = await mother.say(talk, f"добрый день {EVIL}")
    answer = {"m.relates_to": {"m.in_reply_to": {"event_id": first}}}
    await other.say(talk, f"> <{mother.user_id}> добрый день\n\nи вам", **answer)
    theirs = await other.say(talk, "тайна Зайцевых")
    await mother.say(
        talk, f"> <{other.user_id}> тайна Зайцевых\n\nответ", **{"m.relates_to": {"m.in_reply_to": {"event_id": theirs}}}
    )
    await mother.say(desk, "только для учителя")
    await stage.homeserver.gateway(BOT).send(desk, "m.room.message", b'{"msgtype":"m.notice","body":"bot says"}', "b1")
    for name, data, mimetype in (("../../кот.png", PNG, "image/png"), ("страница.html", b"<script>", "text/html")):
        address = await mother.gateway.upload(data, mimetype, "x")
        await mother.say(talk, name, msgtype="m.file", url=address)
    await mother.say(talk, "нет", msgtype="m.file", url="mxc://school.localhost/gone")
    return stage


def data_of(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "data.json").read_text("utf-8"))
    return found


def sums_hold(folder: Path) -> bool:
    lines = [line.split("  ") for line in (folder / "SHA256SUMS").read_text("utf-8").splitlines()]
    listed = {name for _, name in lines}
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} - {"SHA256SUMS"}
    right = all(hashlib.sha256((folder / name).read_bytes()).hexdigest() == checksum for checksum, name in lines)
    return right and listed == there


async def test_family_gets_its_own_words_its_desk_and_nothing_of_others(new_stage: NewStage) -> None:
    stage = await with_words(new_stage)
    folder = stage.folder / "out"
    (exported,) = await export_family(stage.house(), family_of(stage, "Ксения Калинина"), folder)
    text = (folder / "data.json").read_text("utf-8") + (folder / "index.html").read_text("utf-8")
    assert [word for word in ("тайна", "Зайцев", "Беляев", "Мороз", "и вам") if word in text] == []
    assert [word for word in ("добрый день", "ответ", "только для учителя", "bot says", "Кирилл") if word not in text] == []
    assert (exported.files, exported.gone, exported.unseen) == (2, 1, 0)
    family = data_of(folder)["families"][0]
    assert {pupil["name"]: pupil["consents"][0]["given"] for pupil in family["pupils"]} == {
        "Кирилл Калинин": True, "Ксения Калинина": True,
    }  # fmt: skip


async def test_page_is_escaped_and_loads_nothing(new_stage: NewStage) -> None:
    stage = await with_words(new_stage)
    folder = stage.folder / "out"
    await export_family(stage.house(), family_of(stage, "Ксения Калинина"), folder)
    page = (folder / "index.html").read_text("utf-8")
    assert ("<script" in page, "&lt;script&gt;" in page, "onerror=alert(2)&gt;" in page) == (False, True, True)
    assert ("http://" in page, "https://" in page, "default-src 'none'" in page) == (False, False, True)


async def test_files_are_named_by_checksum_and_harmless(new_stage: NewStage) -> None:
    stage = await with_words(new_stage)
    folder = stage.folder / "out"
    await export_family(stage.house(), family_of(stage, "Ксения Калинина"), folder)
    names = sorted(path.name for path in (folder / "media").iterdir())
    assert names == sorted(
        [hashlib.sha256(PNG).hexdigest()[:32] + ".png", hashlib.sha256(b"<script>").hexdigest()[:32] + ".bin"]
    )
    assert sums_hold(folder)
    assert folder.stat().st_mode & 0o077 == 0


async def test_repeated_export_fetches_no_file_again(new_stage: NewStage) -> None:
    stage = await with_words(new_stage)
    folder, family = stage.folder / "out", family_of(stage, "Ксения Калинина")
    await export_family(stage.house(), family, folder)
    stage.homeserver.media.clear()
    await stage.adults[MOTHER].say(stage.room("talk"), "и ещё")
    (again,) = await export_family(stage.house(), family, folder)
    assert (again.files, sums_hold(folder), "и ещё" in (folder / "index.html").read_text("utf-8")) == (2, True, True)
    assert sorted(path.name for path in stage.folder.iterdir() if path.name.startswith("out")) == ["out"]


async def test_separated_parents_get_a_folder_each(new_stage: NewStage) -> None:
    stage = await new_stage()
    await stage.adults["Орлова Мария Львовна"].say(stage.desk("Орлова Мария Львовна"), "мамина тайна")
    await stage.adults["Орлов Глеб Юрьевич"].say(stage.desk("Орлов Глеб Юрьевич"), "папина тайна")
    exported = await export_family(stage.house(), family_of(stage, "Лев Орлов"), stage.folder / "out")
    pages = [(one.folder / "index.html").read_text("utf-8") for one in exported]
    assert [("мамина" in page, "папина" in page, "Глеб" in page) for page in pages] == [
        (True, False, False),
        (False, True, True),
    ]


async def test_adults_with_a_court_limit_get_none(new_stage: NewStage) -> None:
    stage = await new_stage()
    stage.database.execute("UPDATE member SET limited = 1 WHERE person_id = ?", (stage.adults["Орлов Глеб Юрьевич"].id,))
    (one,) = await export_family(stage.house(), family_of(stage, "Лев Орлов"), stage.folder / "out")
    assert "Глеб" not in (one.folder / "index.html").read_text("utf-8")


async def test_class_is_exported_without_desks(new_stage: NewStage) -> None:
    stage = await with_words(new_stage)
    folder = stage.folder / "class"
    await export_class(stage.house(), ClassId("3b"), folder)
    text = (folder / "data.json").read_text("utf-8") + (folder / "index.html").read_text("utf-8")
    assert ("тайна Зайцевых" in text, "только для учителя" in text, "Яна Мороз" in text) == (True, False, False)
    assert len(data_of(folder)["families"]) == 4
    assert sums_hold(folder)


async def test_something_else_is_not_overwritten(new_stage: NewStage) -> None:
    stage = await new_stage()
    (stage.folder / "out").mkdir()
    (stage.folder / "out" / "letter.txt").write_text("dear diary")
    with pytest.raises(ConfigError):
        await export_class(stage.house(), ClassId("3b"), stage.folder / "out")


async def test_export_survives_a_kill_at_every_request(new_stage: NewStage) -> None:
    async def work(stage: Stage, house: House) -> None:
        await export_family(house, family_of(stage, "Ксения Калинина"), stage.folder / "out")

    async def check(stage: Stage) -> None:
        assert sums_hold(stage.folder / "out")
        assert len(list((stage.folder / "out" / "media").iterdir())) == 2

    async def make() -> Stage:
        return await with_words(new_stage)

    assert await killed_everywhere(make, work, check, points=10) > 5


def event(number: int, sender: str, content: dict[str, Any], kind: str = "m.room.message") -> dict[str, Any]:
    return {
        "event_id": f"${number}",
        "sender": sender,
        "type": kind,
        "content": content,
        "origin_server_ts": number,
        "room_id": RoomId("!r"),
    }


def test_edits_reactions_votes_and_redactions_are_what_people_saw() -> None:
    start = {"question": {"body": "Куда?"}, "answers": [{"id": "a", "org.matrix.msc1767.text": "Музей"}]}
    related = {"m.relates_to": {"rel_type": "m.annotation", "event_id": "$1", "key": "✅"}}
    vote = {
        "m.relates_to": {"rel_type": "m.reference", "event_id": "$5"},
        "org.matrix.msc3381.poll.response": {"answers": ["a"]},
    }
    new = {
        "m.new_content": {"body": "исправлено"},
        "body": "* исправлено",
        "m.relates_to": {"rel_type": "m.replace", "event_id": "$1"},
    }
    events = [
        event(1, "@a:s", {"msgtype": "m.text", "body": "опечатка"}),
        event(2, "@a:s", {"msgtype": "m.text", **new}),
        event(3, "@b:s", {"msgtype": "m.text", **new, "m.new_content": {"body": "чужая правка"}}),
        event(4, "@b:s", related, "m.reaction"),
        event(5, "@b:s", {"org.matrix.msc3381.poll.start": start}, "org.matrix.msc3381.poll.start"),
        event(6, "@a:s", vote, "org.matrix.msc3381.poll.response"),
        event(7, "@a:s", {}),
        event(8, "@a:s", {"msgtype": 5, "body": ["?"], "m.relates_to": "nonsense"}),
    ]
    found = entries_of(events, {}, polls_of(events))
    assert [(entry.kind, entry.text, entry.options) for entry in found] == [
        ("message", "исправлено", ()),
        ("poll", "Куда?", ("Музей",)),
        ("vote", "", ("Музей",)),
        ("message", "", ()),
    ]
    assert (found[0].edited, found[0].reactions, found[2].question) == (True, {"✅": ["@b:s"]}, "Куда?")
