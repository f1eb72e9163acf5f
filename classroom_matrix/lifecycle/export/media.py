"""Files of an export: fetched once, named by their checksum, so that no name that somebody gave a file gets onto the disk."""

from __future__ import annotations

import hashlib
import os
import shutil
from contextlib import suppress
from functools import partial
from pathlib import Path

import msgspec

from ...domain.facts import FileKey
from ...errors import PermanentError
from ...matrix.encrypted_files import SpoiltFile, decrypt_file
from ...provisioning.patience import patiently
from ..house import House
from .messages import Attachment

PICTURES = {"image/jpeg": "jpg", "image/png": "png", "image/gif": "gif", "image/webp": "webp"}
"""What the page shows; nothing in these can be a program."""
_OTHERS = {
    "application/pdf": "pdf", "video/mp4": "mp4", "video/quicktime": "mov", "video/webm": "webm", "audio/mpeg": "mp3",
    "audio/mp4": "m4a", "audio/ogg": "ogg", "text/plain": "txt", "text/csv": "csv", "application/zip": "zip",
    "application/msword": "doc", "application/vnd.ms-excel": "xls", "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx", "image/heic": "heic",
}  # fmt: skip
_MAGIC = {"jpg": b"\xff\xd8\xff", "png": b"\x89PNG\r\n", "gif": b"GIF8", "webp": b"RIFF"}
_BLOCK = 1 << 20


class Fetched(msgspec.Struct):
    """A file that is there. `path`: within the export."""

    path: str
    size: int
    sha256: str


class MediaFolder:
    """The folder ``media`` of an export that is being written.

    Args:
        folder: of the export.
        earlier: of an earlier export of the same; its files are taken over.
    """

    def __init__(self, house: House, folder: Path, earlier: Path | None) -> None:
        self._house = house
        self._folder = folder
        self._index = folder / "media.json"
        self._known: dict[str, Fetched] = {}  # by `Attachment.mark`
        for place in (earlier, folder):
            if place is not None:
                with suppress(OSError, msgspec.DecodeError):
                    self._known |= msgspec.json.decode((place / "media.json").read_bytes(), type=dict[str, Fetched])
        self._earlier = earlier
        (folder / "media").mkdir(mode=0o700, parents=True, exist_ok=True)
        self.fetched = 0

    async def fetch(self, attachment: Attachment) -> None:
        """Put the file into the folder and its path into `attachment`; the path stays None where there is no such file, or
        where it is not the one that its key is for.
        """
        known = self._known.get(attachment.mark)
        if known is None or not self._is_there(known):
            known = await self._download(attachment)
        if known is not None:
            attachment.path, attachment.size = known.path, known.size
            attachment.picture = known.path.rpartition(".")[2] in PICTURES.values()

    def _is_there(self, known: Fetched) -> bool:
        path = self._folder / known.path
        if not path.exists() and self._earlier is not None and (self._earlier / known.path).is_file():
            try:
                os.link(self._earlier / known.path, path)
            except OSError:  # a file system without links
                shutil.copy2(self._earlier / known.path, path)
        return path.is_file() and path.stat().st_size == known.size and sha256_of(path) == known.sha256

    async def _download(self, attachment: Attachment) -> Fetched | None:
        part = self._folder / "media" / "download.part"
        try:
            with part.open("w+b") as file:
                mimetype = await patiently(partial(self._house.gateway.download, attachment.address, file), self._house.waiting)
            if attachment.key is not None:
                mimetype = attachment.mimetype
                _decrypt(part, attachment.key)
        except (PermanentError, SpoiltFile):
            part.unlink(missing_ok=True)
            return None
        checksum = sha256_of(part)
        path = f"media/{checksum[:32]}.{_ending(mimetype, part)}"
        known = Fetched(path, part.stat().st_size, checksum)
        part.replace(self._folder / path)
        self._known[attachment.mark] = known
        self.fetched += 1
        write_atomically(self._index, msgspec.json.encode(self._known))
        return known

    def used(self, marks: set[str]) -> None:
        """Keep the files with these marks and remove what else an earlier run has left."""
        self._known = {mark: known for mark, known in self._known.items() if mark in marks}
        paths = {known.path for known in self._known.values()}
        for path in (self._folder / "media").iterdir():
            if f"media/{path.name}" not in paths:
                path.unlink()
        write_atomically(self._index, msgspec.json.encode(self._known))


def _decrypt(path: Path, key: FileKey) -> None:
    """In its place.

    Raises:
        SpoiltFile: it is another file.
    """
    opened = path.with_name(path.name + ".new")
    with path.open("rb") as source, opened.open("wb") as into:
        decrypt_file(source, into, key)
    opened.replace(path)


def _ending(mimetype: str, path: Path) -> str:
    """By the type that the sender said, from a list of harmless ones; a picture has to begin like one."""
    picture = PICTURES.get(mimetype)
    if picture is not None:
        with path.open("rb") as file:
            return picture if file.read(12).startswith(_MAGIC[picture]) else "bin"
    return _OTHERS.get(mimetype, "bin")


def sha256_of(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def write_atomically(path: Path, data: bytes) -> None:
    """All of it or nothing, for the owner's eyes only."""
    part = path.with_name(path.name + ".new")
    part.touch(mode=0o600)
    part.write_bytes(data)
    part.replace(path)
