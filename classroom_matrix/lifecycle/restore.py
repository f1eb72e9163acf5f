"""Putting a backup back: onto an empty machine, or, if somebody says so, over what is there."""

from __future__ import annotations

import os
import re
import shutil
import tarfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

import msgspec

from ..config import Config
from ..encryption.keyring import SECRETS
from ..errors import ClassroomError
from ..storage import snapshot
from .backup import CONFIG, DATABASE, FORMAT, LIST, MANIFEST, Manifest, Part, checksum, parts

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_OVERWRITTEN = (SECRETS, DATABASE)
"""What --force replaces; everything else may have been adapted to this machine, and stays."""


class NoBackup(ClassroomError):
    """The file is no backup, or it is damaged."""


class Occupied(ClassroomError):
    """There is something in the places of what has to be put back. `places`: where."""

    def __init__(self, places: Sequence[Path]) -> None:
        super().__init__(", ".join(map(str, places)))
        self.places = places


class InUse(ClassroomError):
    """A program has the database open."""


class Outcome(Enum):
    """What became of a file. The values end keys of texts in ``terminal/locales``."""

    PUT = "put"
    SAME = "same"
    KEPT = "kept"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Unpacked:
    """A backup in a folder, checked. `files`: by name in the backup."""

    manifest: Manifest
    files: Mapping[str, Path]


def unpack(archive: Path, folder: Path) -> Unpacked:
    """Take everything out into `folder`, and compare the checksums.

    Raises:
        NoBackup: this is none of ours, or a file in it is damaged or missing.
        OSError: the folder cannot be written, or there is no such file.
    """
    files: dict[str, Path] = {}
    try:
        with tarfile.open(archive, "r:") as found:
            for member in found:
                content = found.extractfile(member)
                if content is None or not _NAME.fullmatch(member.name):
                    raise NoBackup(f"{archive} is no backup: {member.name} has no business there")
                path = files[member.name] = folder / member.name
                with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                    shutil.copyfileobj(content, file)
                path.chmod(member.mode & 0o777)
        manifest = msgspec.json.decode(files.pop(MANIFEST).read_bytes(), type=Manifest)
    except (tarfile.TarError, msgspec.DecodeError, KeyError) as error:
        raise NoBackup(f"{archive} is no backup, or it was cut off") from error
    if manifest.format != FORMAT:
        raise NoBackup(f"{archive} was written by a newer release (format {manifest.format}, this one knows {FORMAT})")
    for name, described in manifest.files.items():
        if name not in files or checksum(files[name]) != described.sha256:
            raise NoBackup(f"{archive} is damaged: {name}")
    if DATABASE not in manifest.files:
        raise NoBackup(f"{archive} has no database in it")
    return Unpacked(manifest, {name: files[name] for name in manifest.files})


def put_config(config_path: Path, unpacked: Unpacked) -> bool:
    """Put config.yaml where there is none, and first the class lists that it cannot be read without, if they lay beside it or
    below.

    Returns:
        Whether it comes from the backup.

    Raises:
        OSError: a folder cannot be written.
    """
    if config_path.exists() or CONFIG not in unpacked.files:
        return False
    for name, staged in unpacked.files.items():
        origin = Path(unpacked.manifest.files[name].origin)
        target = config_path.absolute().parent / origin
        inside = not origin.is_absolute() and ".." not in origin.parts
        if name.startswith(LIST) and inside and not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            place(staged, target)
    place(unpacked.files[CONFIG], config_path)
    return True


def put_back(config: Config, unpacked: Unpacked, *, force: bool) -> Sequence[tuple[Part, Outcome]]:
    """Put the files where config.yaml says. May be repeated when it was interrupted, then with `force`.

    Args:
        config: of this machine.
        unpacked: the backup.
        force: replace database and key.

    Raises:
        Occupied: they are there, and `force` is not said; nothing was changed.
        InUse: a service runs with them; nothing was changed.
        OSError: a folder cannot be written.
    """
    wanted = list(parts(config))
    occupied = [part.path for part in wanted if part.name in _OVERWRITTEN and _is_in_the_way(part, unpacked)]
    if occupied and not force:
        raise Occupied(occupied)
    if config.database.exists() and snapshot.is_open_elsewhere(config.database):
        raise InUse(str(config.database))
    return [(part, _put(part, unpacked.files.get(part.name))) for part in wanted]


def _is_in_the_way(part: Part, unpacked: Unpacked) -> bool:
    staged = unpacked.files.get(part.name)
    return staged is not None and part.path.exists() and (part.database or checksum(staged) != checksum(part.path))


def _put(part: Part, staged: Path | None) -> Outcome:
    if staged is None:
        return Outcome.ABSENT
    if part.path.exists() and part.name not in _OVERWRITTEN:
        same = not part.database and checksum(staged) == checksum(part.path)
        return Outcome.SAME if same else Outcome.KEPT
    if part.name == SECRETS:
        part.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part.path.parent.mkdir(parents=True, exist_ok=True)
    place(staged, part.path, forget=[f"{part.path}{ending}" for ending in ("-wal", "-shm")] if part.database else ())
    return Outcome.PUT


def place(source: Path, target: Path, forget: Sequence[str] = ()) -> None:
    """Copy a file, with who may read it, to where it is whole or not at all, also across a power cut.

    Args:
        forget: files that belong to what was there; with a new database an old log would be taken for its own.
    """
    fresh = target.with_name(target.name + ".new")
    fresh.unlink(missing_ok=True)
    fresh.touch(mode=0o600)
    shutil.copyfile(source, fresh)
    fresh.chmod(source.stat().st_mode & 0o777)
    _sync(fresh)
    for old in forget:
        Path(old).unlink(missing_ok=True)
    fresh.replace(target)
    _sync(target.parent)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
