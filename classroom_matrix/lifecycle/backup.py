"""A backup: everything that a school's service is, in one file, but for what must never be restored.

What is bound to this machine's device stays out: a ratchet that goes on from a copy would use keys twice. A restored service
gets a new device, signed by the same identity.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import shutil
import tarfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import msgspec

from ..config import Config
from ..encryption.cross_signing import Identity
from ..encryption.keyring import SECRETS, KeyRing
from ..errors import ConfigError, StorageError
from ..storage import snapshot
from ..storage.database import Database
from ..storage.encryption import own_device

FORMAT = 1
MANIFEST = "manifest.json"
CONFIG, DATABASE, REGISTRATION = "config.yaml", "classroom.db", "registration.yaml"
LEDGER, ADMIN_TOKEN = "accounts.db", "admin.token"
LIST = "list-"
"""Begins the names of class lists."""
Progress = Callable[[str, int, int], None]
"""(step, done, of). Steps: copy (pages of the database), pack (files)."""


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a school. `name`: in the backup. `foreign`: the accounts process's, which may be another user."""

    name: str
    path: Path
    database: bool = False
    foreign: bool = False


class File(msgspec.Struct):
    """What the manifest says of a file. `origin`: where it lay; relative where it was in config.yaml's folder or below.
    `sha256`: hexadecimal digits.
    """

    origin: str
    sha256: str


class Manifest(msgspec.Struct):
    """`made`: UTC seconds since 1970."""

    format: int
    made: float
    user: str
    files: dict[str, File]


@dataclass(frozen=True, slots=True)
class Written:
    """`size`: bytes. `missing`: not there. `refused`: there, but not for this user to read."""

    size: int
    missing: Sequence[Part]
    refused: Sequence[Part]


def parts(config: Config) -> Iterator[Part]:
    """Everything that config.yaml names, in the order in which it is put back: no database without its key."""
    if config.path is not None:
        yield Part(CONFIG, config.path)
    yield Part(SECRETS, KeyRing.folder_of(config.database) / SECRETS)
    yield Part(DATABASE, config.database, database=True)
    if config.connection.registration is not None:
        yield Part(REGISTRATION, config.connection.registration)
    if config.accounts is not None:
        yield Part(LEDGER, config.accounts.ledger, database=True, foreign=True)
        yield Part(ADMIN_TOKEN, config.accounts.admin_token_file, foreign=True)
    for klass in config.classes:
        if klass.roster is not None:
            yield Part(f"{LIST}{re.sub(r'[^A-Za-z0-9-]', '_', klass.id)}{klass.roster.suffix}", klass.roster)


def write_backup(config: Config, target: Path, progress: Progress) -> Written:
    """Write the backup; the service may be running. The file is for its owner only, and whole or not there.

    Args:
        config: the school's.
        target: replaced where it exists.
        progress: told how far it is.

    Raises:
        ConfigError: there is no database yet, or secrets.key is missing.
        WrongKey: secrets.key does not fit the database: the backup would be worthless.
        StorageError: the database cannot be copied.
        OSError: the target's folder cannot be written.
    """
    if not config.database.is_file():
        raise ConfigError("database", f"there is no {config.database}; the service has never run with this configuration")
    with workplace(target) as folder:
        staged: list[tuple[Part, Path]] = []
        missing: list[Part] = []
        refused: list[Part] = []
        for part in parts(config):
            try:
                staged.append((part, _staged(part, folder, progress)))
            except FileNotFoundError:
                missing.append(part)
            except (PermissionError, StorageError):
                if not part.foreign:
                    raise
                refused.append(part)
        found = {part.name: path for part, path in staged}
        _strip(found[DATABASE], found.get(SECRETS))
        size = _pack(config, staged, target, progress)
    return Written(size, missing, refused)


@contextmanager
def workplace(beside: Path) -> Iterator[Path]:
    """A folder for this user only, gone afterwards. What a killed run left in it goes first: it is a whole database."""
    folder = beside.absolute().with_name(f".{beside.name}.work")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _staged(part: Part, folder: Path, progress: Progress) -> Path:
    """Where the part is to be read: a copy, if it is a database.

    Raises:
        OSError: it is not there, or not for this user.
        StorageError: it cannot be copied.
    """
    with part.path.open("rb"):
        pass
    if not part.database:
        return part.path
    copy = folder / part.name
    copy.touch(mode=0o600)
    snapshot.take(part.path, copy, partial(progress, "copy"))
    if part.foreign:
        snapshot.compact(copy)
    return copy


def _strip(copy: Path, secrets: Path | None) -> None:
    """Take what is bound to the device out of the copy, but for its name: whoever restores it has to delete the device."""
    database = Database(copy)
    try:
        if secrets is not None:
            Identity.load(database, KeyRing.of_secrets(secrets))
        own = own_device.get(database)
        if own is not None:
            if secrets is None:
                raise ConfigError(SECRETS, "is missing beside the database; a backup without it would be worthless")
            with database.transaction():
                own_device.forget(database)
                own_device.put_new(database, own.device_id, "", "", "")
    finally:
        database.close()
    snapshot.compact(copy)


def _pack(config: Config, staged: Sequence[tuple[Part, Path]], target: Path, progress: Progress) -> int:
    fresh = target.with_name(target.name + ".new")
    fresh.unlink(missing_ok=True)
    manifest = Manifest(FORMAT, time.time(), config.bot.user, {})
    try:
        with os.fdopen(os.open(fresh, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600), "w+b") as file:
            with tarfile.open(fileobj=file, mode="w") as archive:
                for done, (part, path) in enumerate(staged):
                    progress("pack", done, len(staged))
                    member = _member(part.name, path.stat().st_size, manifest.made)
                    member.mode = 0o600 if part.database else part.path.stat().st_mode & 0o777
                    with path.open("rb") as content:
                        archive.addfile(member, content)
                    manifest.files[part.name] = File(_origin(part.path, config), checksum(path))
                _add_manifest(archive, manifest)
            file.flush()
            os.fsync(file.fileno())
            size = file.tell()
        fresh.replace(target)
    finally:
        fresh.unlink(missing_ok=True)
    progress("pack", len(staged), len(staged))
    return size


def _origin(path: Path, config: Config) -> str:
    home = config.path.parent if config.path else None
    return str(path.relative_to(home) if home and path.is_relative_to(home) else path)


def _add_manifest(archive: tarfile.TarFile, manifest: Manifest) -> None:
    content = msgspec.json.encode(manifest)
    archive.addfile(_member(MANIFEST, len(content), manifest.made), io.BytesIO(content))


def _member(name: str, size: int, made: float) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size, member.mtime, member.mode = size, int(made), 0o600
    return member


def checksum(path: Path) -> str:
    """SHA-256 in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
