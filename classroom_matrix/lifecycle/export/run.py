"""One export from beginning to end: gather, fetch, write, sign with checksums, and only then give it its name."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from ...config import ClassConfig
from ...domain.ids import ClassId, PersonId, UserId
from ...domain.rooms import DESK
from ...errors import ConfigError, PermanentError
from ...matrix.gateway import Json
from ..family_file import FamilyFile
from ..house import House
from ..redaction import history
from .media import MediaFolder, sha256_of, write_atomically
from .messages import UNREADABLE, Entry, entries_of, polls_of
from .page import Page, RoomOnPage, render_page, words
from .roster import names_by_account, plugins_part, roster_part
from .scope import ExportedRoom, Part, class_part, family_parts

SUMS = "SHA256SUMS"


@dataclass(frozen=True, slots=True)
class Exported:
    """One folder.

    Args:
        gone: files that the homeserver has no more, or that are not what they were.
        unseen: rooms where the bot is not any more.
        unread: encrypted messages whose key is not there.
    """

    folder: Path
    messages: int
    files: int
    gone: int
    unseen: int
    unread: int = 0


async def export_class(house: House, class_id: ClassId, output: Path) -> list[Exported]:
    """A whole class, without desks.

    Raises:
        ConfigError: something else is at `output`.
    """
    part = await house.database.call(class_part, house.database, class_id)
    return [await _write(house, part, output)]


async def export_family(
    house: House,
    family: FamilyFile,
    output: Path,
    *,
    classes: Collection[ClassId] | None = None,
    pupils: Collection[PersonId] | None = None,
    only: Collection[PersonId] | None = None,
) -> list[Exported]:
    """A family, or a part of it; with two households a folder ``household-1``, ``household-2`` for each.

    Raises:
        ConfigError: something else is at `output`.
    """

    def parts() -> list[Part]:
        return family_parts(house.database, family, classes=classes, pupils=pupils, only=only)

    found = await house.database.call(parts)
    if len(found) == 1:
        return [await _write(house, found[0], output)]
    return [await _write(house, part, output / f"household-{number}") for number, part in enumerate(found, 1)]


async def _write(house: House, part: Part, output: Path) -> Exported:
    work, earlier = _begin(output)
    media = MediaFolder(house, work, earlier)
    names = await house.database.call(names_by_account, house.database)
    names = {**names, house.gateway.user_id: house.config.bot.name}
    rooms: list[tuple[ExportedRoom, list[Entry]]] = []
    unseen = 0
    for room in part.rooms:
        entries = await _read(house, room, names)
        unseen += entries is None
        rooms.append((room, entries or []))
    attachments = [entry.file for _, entries in rooms for entry in entries if entry.file]
    for attachment in attachments:
        await media.fetch(attachment)
    media.used({attachment.mark for attachment in attachments if attachment.path})
    for attachment in attachments:
        attachment.key, attachment.mimetype = None, ""  # what the homeserver has is not to be opened with an export
    data = await house.database.call(_data, house, part)
    klass = next((klass for klass in house.config.classes if klass.id in part.classes), house.config.classes[0])
    made = datetime.fromtimestamp(house.clock(), klass.zone)
    titles = _titles(house, klass, part)
    page = _page(
        house, part, klass, made, data, [(title, room, entries) for title, (room, entries) in zip(titles, rooms, strict=True)]
    )
    data["rooms"] = [
        {
            "role": room.room.role,
            "class": room.room.class_id,
            "id": room.room.room_id,
            "whole": room.of is None,
            "messages": entries,
        }
        for room, entries in rooms
    ]
    document = {"format": 1, "made": made.isoformat(), **data}
    write_atomically(work / "data.json", msgspec.json.format(msgspec.json.encode(document), indent=1))
    write_atomically(work / "index.html", render_page(page).encode())
    _sign(work)
    _put_in_place(work, output)
    fetched = [attachment for attachment in attachments if attachment.path]
    count = sum(len(entries) for _, entries in rooms)
    unread = sum(entry.kind == UNREADABLE for _, entries in rooms for entry in entries)
    return Exported(output, count, len(fetched), len(attachments) - len(fetched), unseen, unread)


# ── The folder ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _begin(output: Path) -> tuple[Path, Path | None]:
    """The folder to work in, and an earlier export that stands where this one shall.

    Raises:
        ConfigError: something else stands there.
    """
    work = output.with_name(output.name + ".part")
    earlier = output if (output / SUMS).is_file() else None
    if earlier is None and output.exists() and (not output.is_dir() or any(output.iterdir())):
        raise ConfigError(str(output), "is there already and is no export; name another folder")
    work.mkdir(mode=0o700, parents=True, exist_ok=True)
    return work, earlier


def _sign(folder: Path) -> None:
    """``sha256sum -c SHA256SUMS`` checks everything else."""
    (folder / "media.json.new").unlink(missing_ok=True)
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != SUMS)
    lines = [f"{sha256_of(path)}  {path.relative_to(folder).as_posix()}\n" for path in files]
    write_atomically(folder / SUMS, "".join(lines).encode())


def _put_in_place(work: Path, output: Path) -> None:
    """An earlier export is replaced; killed in between, its files are there under another name and the next run goes on."""
    old = output.with_name(output.name + ".old")
    if output.exists():
        shutil.rmtree(old, ignore_errors=True)
        output.replace(old)
    work.replace(output)
    with suppress(OSError):
        shutil.rmtree(old)


def is_complete(output: Path) -> bool:
    """Whether an export stands there; of several households, all of them."""
    return (output / SUMS).is_file() or (
        output.is_dir() and any(output.glob("household-*/" + SUMS)) and not any(output.glob("*.part"))
    )


# ── What is in it ───────────────────────────────────────────────────────────────────────────────────────────────────────


async def _read(house: House, room: ExportedRoom, names: dict[UserId, str]) -> list[Entry] | None:
    """What was said in a room; None where the bot cannot look."""
    events: list[Json] = []
    try:
        async for event in history(house, room.room.room_id):
            events.append(event)  # noqa: PERF401 - an `async for` in brackets would keep nothing of a room that is refused half-way
    except PermanentError:
        return None
    events.reverse()
    mine = events if room.of is None else [event for event in events if event.get("sender") in room.of]
    return entries_of(mine, names, polls_of(events))


def _data(house: House, part: Part) -> dict[str, Any]:
    return {
        "classes": list(part.classes),
        "families": roster_part(house, part),
        "plugins": plugins_part(house, part),
    }


def _titles(house: House, klass: ClassConfig, part: Part) -> list[str]:
    say = words(klass.language)
    classes = {each.id: each for each in house.config.classes}
    titles = []
    for room in part.rooms:
        found = classes.get(room.room.class_id) if room.room.class_id else None
        role = room.room.role
        known = say(f"export-{role}") if role in (DESK, "private") else ""
        name = known or (found.rooms[role].name if found and role in found.rooms else role)
        titles.append(f"{name} · {found.name}" if found and len(part.classes) > 1 else name)
    return titles


def _page(
    house: House,
    part: Part,
    klass: ClassConfig,
    made: datetime,
    data: dict[str, Any],
    rooms: Sequence[tuple[str, ExportedRoom, list[Entry]]],
) -> Page:
    say: Callable[..., str] = words(klass.language)
    classes = {each.id: each.name for each in house.config.classes}
    notes = []
    if part.household is not None:
        notes.append(say("export-one-household"))
    if part.family is None:
        title = say("export-title-class", klass=klass.name)
        notes.append(say("export-no-desks"))
    else:
        pupils = list(dict.fromkeys(pupil["name"] for pupil in data["families"][0]["pupils"]))
        title = say("export-title-family", pupils=pupils or [adult["name"] for adult in data["families"][0]["adults"]])
    zone: ZoneInfo = klass.zone
    return Page(
        title,
        klass.language,
        zone,
        made,
        notes,
        data["families"],
        {str(key): value for key, value in classes.items()},
        [RoomOnPage(name, room.of is None, entries) for name, room, entries in rooms],
        data["plugins"],
    )
