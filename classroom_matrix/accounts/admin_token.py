"""The admin's access token: one file that nobody but the accounts process may read."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from ..errors import ConfigError

WHERE = "accounts.admin_token_file"


class AdminToken:
    """The token in a file. It is read again whenever the file has changed, so that a new login needs no restart.

    Raises:
        ConfigError: there is no such file, it is empty, or others may read it.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read_at: tuple[int, int] | None = None
        self._token = ""
        self.read()

    def read(self) -> str:
        """The token as it stands in the file now.

        Raises:
            ConfigError: as above.
        """
        try:
            with self._path.open("rb") as file:
                status = os.fstat(file.fileno())
                _require_private(self._path, status)
                version = (status.st_mtime_ns, status.st_ino)
                if version != self._read_at:
                    self._token, self._read_at = file.read(4096).decode("ascii", "replace").strip(), version
        except FileNotFoundError:
            raise ConfigError(WHERE, f"there is no {self._path}; run: classroom-matrix accounts login <admin>") from None
        except OSError as error:
            raise ConfigError(WHERE, f"{self._path} cannot be read: {error.strerror}") from error
        if not self._token or not self._token.isascii() or not self._token.isprintable():
            raise ConfigError(WHERE, f"{self._path} holds no access token; run: classroom-matrix accounts login <admin>")
        return self._token


def _require_private(path: Path, status: os.stat_result) -> None:
    if status.st_mode & 0o077:
        mode = stat.filemode(status.st_mode)
        raise ConfigError(WHERE, f"{path} may be read by others than its owner ({mode}); run: chmod 600 {path}")
    if status.st_uid not in (os.geteuid(), 0):
        raise ConfigError(
            WHERE, f"{path} belongs to user {status.st_uid}, who could replace it; run: chown {os.geteuid()} {path}"
        )


def write(path: Path, token: str) -> None:
    """Keep a token; a crash leaves the old file or the new one.

    Raises:
        OSError: the file cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(token + "\n")
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
