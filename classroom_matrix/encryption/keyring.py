"""The two keys that lie outside the database, and the count that betrays a database that was put back.

In the folder ``<database's stem>.keys`` beside the database:

- ``secrets.key`` encrypts what has to outlive this machine: identity, keys of rooms. It belongs into backups.
- ``device.key`` encrypts what must never be restored: the device's account, its sessions. An Olm ratchet that goes backwards
  uses a key twice. It belongs into no backup.
- ``device.generation`` counts the transactions in which a ratchet advanced, and says whether the last one is committed. A
  database that is behind it was put back.

Where ``secrets.key`` is gone or another one, though something in the database needs it, a key that follows from ``device.key``
stands in for it: nothing is written over, and what is encrypted meanwhile can be read both now and after the right file was put
back.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from ..errors import ConfigError, StorageError, WrongKey

SECRETS = "secrets.key"
DEVICE = "device.key"
GENERATION = "device.generation"
KEY_SIZE = 32  # bytes
_NONCE_SIZE = 12  # bytes
_DIGITS = 20  # of a generation: always as long, so that it is overwritten in place by one write


class KeyRing:
    """Keys of one installation. Made by `open` or `in_memory`. Use it in one thread at a time."""

    def __init__(self, secrets_key: bytes, device_key: bytes, folder: Path | None) -> None:
        self.secrets = secrets_key
        """What is new is encrypted under it; for what is there already see `readings`."""
        self.device = device_key
        self._folder = folder
        self._file_key = secrets_key
        self._counter: int | None = None  # file descriptor of the generation
        self._remembered, self._settled = 0, True  # in memory only

    @staticmethod
    def folder_of(database: Path) -> Path:
        """Where the keys of a database lie: ``var/classroom.db`` → ``var/classroom.keys``."""
        return database.with_suffix(".keys")

    @classmethod
    def open(cls, folder: Path, *, make: bool = True, draw_secrets: bool = True) -> Self:
        """Read the keys.

        Args:
            folder: see `folder_of`.
            make: draw what is missing, and write it for this user only.
            draw_secrets: whether that goes for ``secrets.key``, too; otherwise another one stands in for it.

        Raises:
            ConfigError: a file or the folder cannot be read or written, or holds something else, or is missing.
        """
        if not make:
            for name in (SECRETS, DEVICE, GENERATION) if draw_secrets else (DEVICE, GENERATION):
                if not (folder / name).exists():
                    raise ConfigError(str(folder / name), "is missing; the service makes it when it starts")
        with _translated(folder), _alone(folder):
            device = _key(folder / DEVICE)
            has_secrets = draw_secrets or (folder / SECRETS).exists()
            secrets_key = _key(folder / SECRETS) if has_secrets else _stand_in(device)
            if not (folder / GENERATION).exists():
                _write(folder / GENERATION, _digits(0))
        return cls(secrets_key, device, folder)

    @classmethod
    def of_secrets(cls, file: Path) -> Self:
        """For what outlives the machine only: no device, nothing is written.

        Raises:
            ConfigError: the file is no key, or cannot be read.
        """
        with _translated(file):
            return cls(_read(file), b"", None)

    @classmethod
    def in_memory(cls) -> Self:
        """Keys that end with the process, for databases that do, too."""
        return cls(secrets.token_bytes(KEY_SIZE), secrets.token_bytes(KEY_SIZE), None)

    def close(self) -> None:
        if self._counter is not None:
            os.close(self._counter)
            self._counter = None

    # ── What outlives the machine ───────────────────────────────────────────────────────────────────────────────────

    def seal(self, data: bytes) -> bytes:
        """Encrypt under the secrets' key. The same data never look the same twice."""
        nonce = secrets.token_bytes(_NONCE_SIZE)
        return nonce + AESGCM(self.secrets).encrypt(nonce, data, None)

    @property
    def readings(self) -> tuple[bytes, ...]:
        """Keys that what is in the database may be encrypted under: the file's, and the one that may have stood in for it.
        First the one that is used now.
        """
        if not self.device:
            return (self.secrets,)
        return tuple(sorted((self._file_key, _stand_in(self.device)), key=lambda key: key != self.secrets))

    def stand_in(self) -> None:
        """The file does not fit the database: what is new from now on is encrypted under another key than the file's."""
        self.secrets = _stand_in(self.device)

    def take_file(self) -> None:
        """The file is right, whatever it fits: there will be new secrets. One is drawn where there is none.

        Raises:
            ConfigError: it cannot be written.
        """
        if self._folder is not None:
            with _translated(self._folder), _alone(self._folder):
                self._file_key = _key(self._folder / SECRETS)
        self.secrets = self._file_key

    def unseal(self, data: bytes) -> bytes:
        """
        Raises:
            WrongKey: it was encrypted under another key, or is damaged.
        """
        for key in self.readings:
            with suppress(InvalidTag, ValueError):  # ValueError: too short to be anything
                return AESGCM(key).decrypt(data[:_NONCE_SIZE], data[_NONCE_SIZE:], None)
        where = self._folder / SECRETS if self._folder else SECRETS
        raise WrongKey(f"{where} does not fit this database; put the file back that was kept together with it")

    # ── What must not ───────────────────────────────────────────────────────────────────────────────────────────────

    def generation(self) -> int:
        """The count, as it stands on the disk.

        Raises:
            ConfigError: the file holds something else, or cannot be read.
        """
        return self._remembered if self._folder is None else int(self._counted()[:-1])

    def is_settled(self) -> bool:
        """Whether the transaction that the count is of is known to be committed."""
        return self._settled if self._folder is None else self._counted().endswith(b"\n")

    def _counted(self) -> bytes:
        assert self._folder is not None
        with _translated(self._folder):
            text = os.pread(self._open_counter(), _DIGITS + 2, 0)
        if len(text) != _DIGITS + 1 or not text[:-1].isdigit():
            raise ConfigError(str(self._folder / GENERATION), f"this is no count; expected {_DIGITS} digits")
        return text

    def settle(self) -> None:
        """The transaction that was noted last is committed. Without this a database that was put back by exactly one of them
        would look like one that was killed before its commit. Not synced: that costs as much again, and to be of any harm a
        power cut would have to come in between, and just that copy be put back after it.
        """
        self._settled = True
        if self._folder is not None:
            with suppress(OSError):  # what it follows is committed all the same
                os.pwrite(self._open_counter(), b"\n", _DIGITS)

    def note(self, generation: int) -> None:
        """Write the count of a transaction down, before its commit; when this returns it outlives a power cut. One write and
        one sync, because every sending into an encrypted room waits for it.

        Raises:
            StorageError: the disk is full or broken.
        """
        if self._folder is None:
            self._remembered, self._settled = generation, False
            return
        try:
            counter = self._open_counter()
            os.pwrite(counter, b"%0*d?" % (_DIGITS, generation), 0)
            os.fdatasync(counter)
        except OSError as error:
            raise StorageError(f"{self._folder / GENERATION} cannot be written: {error.strerror}") from error

    def fresh_device(self) -> None:
        """Draw another device's key and count from 0. Whatever was encrypted under the old one is lost.

        Raises:
            ConfigError: the folder cannot be written.
        """
        key = secrets.token_bytes(KEY_SIZE)
        if self._folder is None:
            self._remembered, self._settled = 0, True
        else:
            with _translated(self._folder), _alone(self._folder):
                # The key first: cut off here, the old account is unreadable and yet another device is made. The other way
                # round a database that was put back would look as if it were up to date.
                _write(self._folder / DEVICE, key)
                self.close()
                _write(self._folder / GENERATION, _digits(0))
        stands_in = self.secrets == _stand_in(self.device)
        self.device = key
        if stands_in:
            self.stand_in()

    def _open_counter(self) -> int:
        assert self._folder is not None
        if self._counter is None:
            self._counter = os.open(self._folder / GENERATION, os.O_RDWR | os.O_CLOEXEC)
        return self._counter


def _stand_in(device_key: bytes) -> bytes:
    """As good as random to whoever does not know the device's key, and the same whenever it is asked for."""
    return hashlib.blake2b(b"in place of secrets.key", key=device_key, digest_size=KEY_SIZE).digest()


def _digits(generation: int) -> bytes:
    return b"%0*d\n" % (_DIGITS, generation)


def _key(path: Path) -> bytes:
    if not path.exists():
        _write(path, secrets.token_bytes(KEY_SIZE))
    return _read(path)


def _read(path: Path) -> bytes:
    key = path.read_bytes()
    if len(key) != KEY_SIZE:
        raise ConfigError(str(path), f"this is no key: {len(key)} bytes, expected {KEY_SIZE}; put it back from a backup")
    return key


def _write(path: Path, content: bytes) -> None:
    """All of it or nothing, also across a power cut."""
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(descriptor)
    fresh.replace(path)
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Make the folder, and keep other programs of ours from drawing the same missing keys."""
    if not folder.is_dir():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _sync_folder(folder.parent)
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


@contextmanager
def _translated(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ConfigError(str(error.filename or folder), f"cannot be used for keys: {error.strerror}") from error
