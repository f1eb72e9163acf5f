"""Avatars that config.yaml gives as image files: uploaded once, remembered by their content."""

from __future__ import annotations

import hashlib
import mimetypes
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from ..domain.rooms import RoomConfig
from ..matrix.gateway import Gateway
from ..storage import installation
from ..storage.database import Database
from .patience import Waiting, log_waiting, patiently


async def with_avatars(
    database: Database, gateway: Gateway | None, rooms: Mapping[str, RoomConfig], waiting: Waiting = log_waiting
) -> dict[str, RoomConfig]:
    """`rooms` with ``mxc://`` addresses in place of file names.

    Args:
        gateway: uploads what is not there yet; with None such rooms keep the file's name.
    """
    done = {}
    for role, room in rooms.items():
        avatar = room.avatar
        if avatar and not avatar.startswith("mxc://"):
            avatar = await _address(database, gateway, Path(avatar), waiting) or avatar
        done[role] = room if avatar == room.avatar else replace(room, avatar=avatar)
    return done


async def _address(database: Database, gateway: Gateway | None, file: Path, waiting: Waiting) -> str | None:
    data = file.read_bytes()
    name = f"avatar {hashlib.sha256(data).hexdigest()}"
    known = await database.call(installation.get, database, name)
    if known is not None or gateway is None:
        return known
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    address = await patiently(lambda: gateway.upload(data, kind, f"avatar{file.suffix}"), waiting)
    await database.call(installation.put, database, name, address)
    return address
