"""Whether the accounts process answers."""

from __future__ import annotations

import socket
from pathlib import Path

from ..config import Config
from .words import Words

_ANSWER_SECONDS = 3.0


def silence(config: Config | None, say: Words) -> str | None:
    """What is wrong, and what to do; None where the process answers or there is to be none."""
    if config is None or config.accounts is None:
        return None
    why = _why(config.accounts.socket)
    return why and say("accounts-silent", socket=str(config.accounts.socket), why=why)


def _why(path: Path) -> str | None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(_ANSWER_SECONDS)
        try:
            connection.connect(str(path))
            connection.sendall(b"GET / HTTP/1.0\r\n\r\n")  # refused, which is an answer, counted nowhere
            if connection.recv(5) == b"HTTP/":
                return None
        except OSError as error:
            return error.strerror or type(error).__name__
    return "?"
