"""A small file on its way: what a row of the outbox of the kind "file" holds until the file is uploaded.

It is JSON: the event that will be sent, without the file's address, and the file itself in base64.
"""

from __future__ import annotations

from typing import Any

import msgspec

from ..domain.content import FileContent
from ..domain.facts import FileKey
from .encrypted_files import file_object


class Parcel(msgspec.Struct, frozen=True):
    """`event`: the content of the message, complete but for "url", or "file" where the room is encrypted."""

    event: dict[str, Any]
    data: bytes

    @property
    def filename(self) -> str:
        return str(self.event["filename"])

    @property
    def mimetype(self) -> str:
        return str(self.event["info"]["mimetype"])

    def at(self, address: str, key: FileKey | None = None) -> bytes:
        """The JSON of the message, once the file is there.

        Args:
            address: where it is.
            key: what it is read with, if it was encrypted.
        """
        where = {"url": address} if key is None else {"file": file_object(address, key)}
        return msgspec.json.encode({**self.event, **where})


def pack(content: FileContent) -> bytes:
    event: dict[str, Any] = {
        "msgtype": "m.file",
        "body": content.filename,
        "filename": content.filename,
        "info": {"mimetype": content.mimetype, "size": len(content.data)},
        "m.mentions": {},
    }
    if content.thread is not None:
        event["m.relates_to"] = {"rel_type": "m.thread", "event_id": content.thread}
    return msgspec.json.encode(Parcel(event, content.data))


unpack = msgspec.json.Decoder(Parcel).decode
