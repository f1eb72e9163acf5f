"""A real Synapse as a child process, for tests and the demo: SQLite, loopback, no federation.

Cold it starts in about four seconds, again in about two (matrix-facts). It never outlives the process that started it.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import importlib.util
import os
import random
import re
import signal
import socket
import sqlite3
import sys
from collections.abc import Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import aiohttp

from ..domain.ids import UserId
from ..errors import ClassroomError, ConfigError, PermanentError
from .homeserver_config import HomeserverOptions, Limits, ensure_secrets, write_config

_POLL = 0.05  # seconds between two looks at a homeserver that is starting
_ERROR = re.compile(r"[\w.]*(Error|Exception)\b.*")  # the last line of a traceback, or Synapse's "Error in configuration"
_STOP = 15.0  # seconds that a stopping homeserver is given


@dataclass(frozen=True, slots=True)
class Login:
    """An account that is logged in."""

    user_id: UserId
    access_token: str
    device_id: str


class EmbeddedHomeserver:
    """One Synapse in one folder. ``async with EmbeddedHomeserver(folder) as homeserver: …``, or `start` and `stop`.

    Args:
        folder: keeps the state; starting again in the same folder goes on from it.
        server_name: the part of every ID after the colon; fixed for the life of the folder.
        port: on 127.0.0.1; None takes a free one at the first start and keeps it.
        registrations: registration files of application services; they have to exist at `start`.
        limits: "lifted" for tests, "default" for Synapse's own rate limits, "generated" for those of a school's homeserver.
        bcrypt_rounds: cost of password hashes (4 to 31).
        module_folder: holds classroom_gate.py, see `HomeserverOptions`; None loads no module.
        auto_accept: whether the homeserver accepts invitations on people's behalf.
        instead: top-level keys of homeserver.yaml to put in place of ours.
        clock_file: of a `ShiftedTime`, whose time the homeserver follows; None: the machine's.
    """

    def __init__(
        self,
        folder: Path,
        *,
        server_name: str = "school.localhost",
        port: int | None = None,
        registrations: Sequence[Path] = (),
        limits: Limits = "lifted",
        bcrypt_rounds: int = 12,
        module_folder: Path | None = None,
        auto_accept: bool = False,
        instead: Mapping[str, Any] | None = None,
        clock_file: Path | None = None,
    ) -> None:
        self.folder = folder
        self.server_name = server_name
        self.port = port or free_port()
        self.registrations = list(registrations)
        self.limits: Limits = limits
        self.bcrypt_rounds = bcrypt_rounds
        self.module_folder = module_folder
        self.auto_accept = auto_accept
        self.instead = dict(instead or {})
        self.clock_file = clock_file
        self._process: asyncio.subprocess.Process | None = None

    @property
    def url(self) -> str:
        """Base address of the client API, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        """The child's process ID, which is also its process group."""
        return self._running().pid

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.returncode is None

    # ── Life ────────────────────────────────────────────────────────────────────────────────────────────────────────

    async def start(self, *, seconds: float = 60.0) -> None:
        """Start and wait until it answers.

        Raises:
            ConfigError: the port is taken, or matrix-synapse is not installed.
            ClassroomError: it ended while starting, cannot write its folder, or did not answer in time.
        """
        if self.running:
            return
        if importlib.util.find_spec("synapse") is None:
            raise ConfigError("homeserver", 'matrix-synapse is not installed: pip install "classroom-matrix[homeserver]"')
        require_free(self.port)
        try:
            config = write_config(self._options())
            with (self.folder / "start.log").open("wb") as output:
                self._process = await asyncio.create_subprocess_exec(
                    sys.executable,
                    "-m",
                    "classroom_matrix.testing.tied_process",
                    *self._program(),
                    "--config-path",
                    str(config),
                    stdin=asyncio.subprocess.PIPE,
                    stdout=output,
                    stderr=output,
                    start_new_session=True,  # Ctrl-C in a terminal reaches us, and we stop it in order
                    env=self._environment(),
                )
        except OSError as error:
            raise ClassroomError(f"the homeserver's folder {self.folder} cannot be written: {error.strerror}") from error
        try:
            await self._wait_until_it_answers(seconds)
        except BaseException:
            await self.kill()
            raise

    def _program(self) -> Sequence[str]:
        """The module that is Synapse, with its first arguments."""
        if self.clock_file is None:
            return ["synapse.app.homeserver"]
        return ["classroom_matrix.testing.shifted_homeserver", str(self.clock_file.resolve())]

    def _options(self) -> HomeserverOptions:
        return HomeserverOptions(
            self.folder,
            self.server_name,
            self.port,
            self.registrations,
            self.limits,
            self.bcrypt_rounds,
            self.module_folder,
            self.auto_accept,
            self.instead,
        )

    def _environment(self) -> dict[str, str]:
        """Ours, with the module's folder where Python looks for modules."""
        if self.module_folder is None:
            return dict(os.environ)
        places = [str(self.module_folder.resolve()), *filter(None, [os.environ.get("PYTHONPATH")])]
        return {**os.environ, "PYTHONPATH": os.pathsep.join(places)}

    async def stop(self) -> None:
        """End it cleanly; nothing happens if it does not run."""
        process = self._process
        if process is None:
            return
        if process.returncode is None:
            _signal(process.pid, signal.SIGTERM)
            try:
                async with asyncio.timeout(_STOP):
                    await process.wait()
            except TimeoutError:
                _signal(process.pid, signal.SIGKILL)
        await self._reap(process)

    async def kill(self) -> None:
        """Kill -9, as when the power fails."""
        process = self._process
        if process is None:
            return
        _signal(process.pid, signal.SIGKILL)
        await self._reap(process)

    async def restart(self) -> None:
        """Stop and start on the same state."""
        await self.stop()
        await self.start()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def _reap(self, process: asyncio.subprocess.Process) -> None:
        await process.wait()
        if process.stdin is not None:
            process.stdin.close()
        self._process = None

    def _running(self) -> asyncio.subprocess.Process:
        if self._process is None or self._process.returncode is not None:
            raise ClassroomError("the homeserver does not run")
        return self._process

    async def _wait_until_it_answers(self, seconds: float) -> None:
        async with aiohttp.ClientSession() as session:
            try:
                async with asyncio.timeout(seconds):
                    while self.running:
                        try:
                            async with session.get(f"{self.url}/_matrix/client/versions") as response:
                                if response.status == 200:
                                    return
                        except aiohttp.ClientError:
                            pass
                        await asyncio.sleep(_POLL)
            except TimeoutError:
                raise ClassroomError(f"the homeserver did not answer on port {self.port} within {seconds:.0f} s") from None
        raise ClassroomError(f"the homeserver ended while starting: {self._last_words()}")

    def _last_words(self) -> str:
        """Why it ended, as far as its logs say, in one line."""
        for name in ("start.log", "homeserver.log"):
            path = self.folder / name
            text = path.read_text("utf-8", "replace") if path.exists() else ""
            lines = [
                " ".join(line.split()) for line in text.split("\n") if line.strip(" *\t") and "more information" not in line
            ]
            starts = [place for place, line in enumerate(lines) if _ERROR.match(line)]
            if lines:
                last = starts[-1] if starts else -1
                return " ".join(lines[last:][:3])[:300]
        return "it said nothing"

    # ── Accounts ────────────────────────────────────────────────────────────────────────────────────────────────────

    async def register(self, localpart: str, password: str, *, admin: bool = False, name: str | None = None) -> Login:
        """Make an account with the shared secret (Synapse's ``/_synapse/admin/v1/register``) and log in.

        Raises:
            PermanentError: ``M_USER_IN_USE`` where the account exists.
        """
        url = f"{self.url}/_synapse/admin/v1/register"
        nonce = (await self.request("GET", url))["nonce"]
        fields = [nonce, localpart, password, "admin" if admin else "notadmin"]
        secret = ensure_secrets(self.folder).registration_shared_secret
        mac = hmac.new(secret.encode(), "\0".join(fields).encode(), hashlib.sha1).hexdigest()
        body = {"nonce": nonce, "username": localpart, "password": password, "admin": admin, "mac": mac}
        if name is not None:
            body["displayname"] = name
        return _login(await self.request("POST", url, body))

    async def login(self, localpart: str, password: str) -> Login:
        """Log in with a password; makes a new device.

        Raises:
            PermanentError: ``M_FORBIDDEN`` where the password is wrong.
        """
        identifier = {"type": "m.id.user", "user": localpart}
        body = {"type": "m.login.password", "identifier": identifier, "password": password}
        return _login(await self.request("POST", f"{self.url}/_matrix/client/v3/login", body))

    async def wait_for_background_updates(self, *, seconds: float = 120.0) -> None:
        """Wait until a fresh database has its indexes, so that what is measured afterwards is the usual case.

        Looks into the database: the admin API's status is empty between two updates, too.

        Raises:
            TimeoutError: they took longer.
        """
        database = (self.folder / "homeserver.db").resolve().as_uri() + "?mode=ro"
        async with asyncio.timeout(seconds):
            while True:
                with closing(sqlite3.connect(database, uri=True, timeout=seconds)) as connection:
                    left: int = connection.execute("SELECT count(*) FROM background_updates").fetchone()[0]
                if not left:
                    return
                await asyncio.sleep(_POLL)

    async def request(
        self, method: str, url: str, body: dict[str, Any] | None = None, *, token: str | None = None
    ) -> dict[str, Any]:
        """One plain request, for what no other verb covers.

        Raises:
            PermanentError: the answer is not 200.
        """
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        async with (
            aiohttp.ClientSession() as session,
            session.request(method, url, json=body, headers=headers) as response,
        ):
            answer: dict[str, Any] = await response.json()
            if response.status != 200:
                raise PermanentError(answer.get("errcode", "M_UNKNOWN"), response.status, answer.get("error", ""))
            return answer


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on at this moment.

    Below the range that Linux takes for outgoing connections (32768 and up), so that it is still free a while later.
    """
    while True:
        port = random.randrange(20_000, 32_768)  # noqa: S311 - no secret
        try:
            require_free(port)
        except ConfigError:
            continue
        return port


def require_free(port: int) -> None:
    """Make sure that `port` of 127.0.0.1 can be listened on.

    Raises:
        ConfigError: it is taken, or may not be used.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise ConfigError(f"port {port}", f"another program uses it ({error.strerror}); choose another one") from error


def _login(answer: dict[str, Any]) -> Login:
    return Login(UserId(answer["user_id"]), answer["access_token"], answer["device_id"])


def _signal(group: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.killpg(group, number)
