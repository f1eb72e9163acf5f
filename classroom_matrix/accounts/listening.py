"""The Unix socket: who may knock is decided by the file system."""

from __future__ import annotations

import os
import socket
import stat
from pathlib import Path

from ..errors import ClassroomError, ConfigError

MODE = 0o660  # the bot's process has to be in the socket's group
_WHERE = "accounts.socket"
_LONGEST = 107  # bytes; unix(7): sun_path


def listen(path: Path) -> socket.socket:
    """Listen at `path`. A socket that nobody listens on any more is replaced.

    Raises:
        ConfigError: another program listens there, something else has that name, or others may write the folder.
        ClassroomError: it cannot be made.
    """
    if len(os.fsencode(path)) > _LONGEST:
        raise ConfigError(_WHERE, f"{path} is too long for a socket: at most {_LONGEST} bytes")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
        _require_safe_folder(path.parent)
        _remove_stale(path)
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        before = os.umask(0o777 & ~MODE)  # from its first moment on nobody else may connect
        try:
            listener.bind(str(path))
        except BaseException:
            listener.close()
            raise
        finally:
            os.umask(before)
    except OSError as error:
        raise ClassroomError(f"{_WHERE}: {path} cannot be made: {error.strerror}") from error
    listener.listen(128)
    listener.setblocking(False)
    return listener


def _require_safe_folder(folder: Path) -> None:
    mode = folder.stat().st_mode
    if mode & stat.S_IWOTH and not mode & stat.S_ISVTX:
        raise ConfigError(_WHERE, f"everybody may write {folder} and replace the socket; run: chmod o-w {folder}")


def _remove_stale(path: Path) -> None:
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return
    if not stat.S_ISSOCK(mode):
        raise ConfigError(_WHERE, f"{path} exists and is no socket")
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        probe.settimeout(2.0)
        try:
            probe.connect(str(path))
        except ConnectionRefusedError:
            path.unlink()
            return
        except FileNotFoundError:
            return
    raise ConfigError(_WHERE, f"another process listens on {path}")
