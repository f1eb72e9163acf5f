"""The real accounts process on an embedded homeserver, for tests and the demo."""

from __future__ import annotations

import asyncio
import contextlib
import os
import secrets
import signal
import socket
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import yaml

from ..accounts import admin_token
from ..accounts.process import serve
from ..config import load
from ..domain.ids import UserId
from ..errors import ClassroomError
from ..matrix.accounts_client import SocketAccounts
from .homeserver import EmbeddedHomeserver

_POLL = 0.02  # seconds between two looks at a process that is starting
_LONGEST = 100  # bytes of a socket's path, with some to spare


class AccountsProcess:
    """``async with AccountsProcess(folder, homeserver, bot) as accounts: await accounts.client.create(…)``.

    It makes an admin's account, writes a configuration and a token file, and runs ``classroom-matrix accounts run``.
    Starting again in the same folder goes on with the same ledger and admin.

    Args:
        folder: keeps everything.
        homeserver: runs already.
        bot: the house's own account.
        url: what the process takes for the homeserver's address: a proxy's, where a test wants one between.
        quotas: in place of the built-in numbers.
        child: False runs it inside the caller's process: quicker, but it cannot be killed.

    Attributes:
        socket: where it listens.
        client: the verbs.
        settings: what stands under ``accounts`` in config.yaml, also for the service's own.
    """

    def __init__(
        self,
        folder: Path,
        homeserver: EmbeddedHomeserver,
        bot: UserId,
        *,
        url: str | None = None,
        quotas: Mapping[str, int] | None = None,
        child: bool = True,
    ) -> None:
        self.folder = folder
        self.homeserver = homeserver
        self.bot = bot
        self.url = url or homeserver.url
        self.quotas = dict(quotas or {})
        self.child = child
        self.socket = _short(folder / "accounts.sock")
        self.token_file = folder / "admin.token"
        self.ledger = folder / "accounts.db"
        self.log = folder / "accounts.log"
        self.config_file = folder / "accounts.yaml"
        self.client = SocketAccounts(self.socket)
        self._process: asyncio.subprocess.Process | None = None
        self._task: asyncio.Task[None] | None = None

    @property
    def settings(self) -> Mapping[str, Any]:
        return {
            "socket": str(self.socket),
            "admin_token_file": str(self.token_file),
            "ledger": str(self.ledger),
            "quotas": self.quotas,
        }

    @property
    def running(self) -> bool:
        if self._process is not None:
            return self._process.returncode is None
        return self._task is not None and not self._task.done()

    @property
    def exit_code(self) -> int | None:
        """Of a child that has ended."""
        return self._process.returncode if self._process is not None else None

    async def start(self, *, seconds: float = 30.0) -> None:
        """Start, and wait until it listens.

        Raises:
            ClassroomError: it ended while starting, or does not listen within `seconds`.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        self.write_config()
        if not self.token_file.exists():
            admin = await self.homeserver.register(f"admin-{secrets.token_hex(4)}", secrets.token_urlsafe(16), admin=True)
            admin_token.write(self.token_file, admin.access_token)
        if self.child:
            with self.log.open("ab") as log:
                self._process = await asyncio.create_subprocess_exec(
                    *(sys.executable, "-m", "classroom_matrix.testing.tied_process", "classroom_matrix"),
                    *("accounts", "run", "--config", str(self.config_file)),
                    stdin=asyncio.subprocess.PIPE,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                )
        else:
            self._task = asyncio.create_task(serve(load(self.config_file)))
        async with asyncio.timeout(seconds):
            while not (self.running and self._listens()):
                if not self.running:
                    raise ClassroomError(f"the accounts process ended while starting: {await self._last_words()}")
                await asyncio.sleep(_POLL)

    def write_config(self) -> None:
        """Write a config.yaml with what the process needs, and no more."""
        config = {
            "homeserver": {"url": self.url, "server_name": self.homeserver.server_name},
            "bot": {"user": str(self.bot)},
            "accounts": dict(self.settings),
            "classes": [{"id": "none", "name": "none"}],
        }
        self.config_file.write_text(yaml.safe_dump(config), "utf-8")

    async def stop(self) -> None:
        """End it cleanly; nothing happens if it does not run."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError, ClassroomError):
                await self._task
            self._task = None
        await self._end(signal.SIGTERM)

    async def kill(self) -> None:
        """Kill -9, as when the power fails."""
        if not self.child:
            raise ClassroomError("only a child process can be killed")
        await self._end(signal.SIGKILL)

    async def __aenter__(self) -> Self:
        try:
            await self.start()
        except BaseException:
            await self.stop()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def _end(self, number: signal.Signals) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, number)
        await process.wait()
        if process.stdin is not None:
            process.stdin.close()

    def _listens(self) -> bool:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
            return probe.connect_ex(str(self.socket)) == 0

    async def _last_words(self) -> str:
        if self._task is not None:
            return str(self._task.exception())
        return self.log.read_text("utf-8", "replace").strip().rpartition("\n")[2]


def _short(path: Path) -> Path:
    """The path, or a shorter one where a socket's may not be that long."""
    if len(os.fsencode(path)) <= _LONGEST:
        return path
    return Path(tempfile.mkdtemp(prefix="accounts-")) / path.name
