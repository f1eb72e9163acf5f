"""The Node process with Element's engine, and how it is spoken to: lines of JSON, see ``tests/engine/client.mjs``."""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import shutil
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pytest

from classroom_matrix.errors import PermanentError

ENGINE = Path(__file__).parents[1] / "engine"

_SECONDS = 60.0  # that one verb may take
_LINE = 64 * 1024 * 1024  # bytes; files travel in one line


class EngineError(Exception):
    """The engine could not do something, or died."""


class EngineProcess:
    """One process for any number of clients, as a context manager.

    Skips the test where Node or the packages are missing, unless the environment says that they have to be there.

    Attributes:
        listeners: by a client's name, who is told what happens to it; None means that the process ended.
    """

    def __init__(self) -> None:
        self.listeners: dict[str, Callable[[Mapping[str, Any] | None], None]] = {}
        self._process: asyncio.subprocess.Process | None = None
        self._numbers = itertools.count(1)
        self._answers: dict[int, asyncio.Future[Any]] = {}
        self._complaints: deque[str] = deque(maxlen=30)
        self._tasks: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> Self:
        require_engine()
        self._process = await asyncio.create_subprocess_exec(
            "node",
            "client.mjs",
            cwd=ENGINE,
            stdin=asyncio.subprocess.PIPE,  # closes when we are gone, whatever the reason, and the process ends by that
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            start_new_session=True,  # Ctrl-C in a terminal reaches us, and we stop it in order
            limit=_LINE,
        )
        self._tasks = [asyncio.create_task(self._listen()), asyncio.create_task(self._collect_complaints())]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        process = self._running()
        assert process.stdin is not None
        process.stdin.close()
        try:
            async with asyncio.timeout(5):
                await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()
        await asyncio.gather(*self._tasks)
        with suppress(BrokenPipeError, ConnectionResetError):
            await process.stdin.wait_closed()

    async def ask(self, verb: str, client: str, seconds: float = _SECONDS, **words: Any) -> Any:
        """Have a verb of the engine's carried out.

        Raises:
            PermanentError: the homeserver refused.
            EngineError: it failed, or the process is gone.
            TimeoutError: it took longer than `seconds`.
        """
        self.check()
        process = self._running()
        assert process.stdin is not None
        number = next(self._numbers)
        answer = self._answers[number] = asyncio.get_running_loop().create_future()
        line = json.dumps({"id": number, "verb": verb, "client": client, **words})
        try:
            process.stdin.write(line.encode() + b"\n")
            async with asyncio.timeout(seconds):
                return await answer
        except TimeoutError as error:
            raise TimeoutError(f"{verb} for {client} took longer than {seconds:.0f} s\n{self._last_words()}") from error
        finally:
            self._answers.pop(number, None)

    @property
    def alive(self) -> bool:
        return self._running().returncode is None and not self._tasks[0].done()

    def check(self) -> None:
        """Raises:
        EngineError: the process is gone.
        """
        if not self.alive:
            raise EngineError(f"the engine ended (status {self._running().returncode})\n{self._last_words()}")

    def _running(self) -> asyncio.subprocess.Process:
        assert self._process is not None, "use it as a context manager"
        return self._process

    def _last_words(self) -> str:
        return "\n".join(self._complaints) or "it said nothing"

    async def _listen(self) -> None:
        process = self._running()
        assert process.stdout is not None
        async for line in process.stdout:
            message = json.loads(line)
            if "event" in message:
                listener = self.listeners.get(message["client"])
                if listener is not None:  # not closed meanwhile
                    listener(message)
                continue
            answer = self._answers.get(message["id"])
            if answer is None or answer.done():
                continue
            if message["ok"]:
                answer.set_result(message["result"])
            else:
                answer.set_exception(self._error(**message["error"]))
        await process.wait()
        for answer in self._answers.values():
            if not answer.done():
                answer.set_exception(EngineError(f"the engine ended (status {process.returncode})\n{self._last_words()}"))
        for listener in self.listeners.values():
            listener(None)

    def _error(self, message: str, errcode: str | None = None, status: int | None = None) -> Exception:
        if errcode is not None and status is not None:  # as `Person` raises it
            return PermanentError(errcode, status, message)
        return EngineError(f"{message}\n{self._last_words()}")

    async def _collect_complaints(self) -> None:
        process = self._running()
        assert process.stderr is not None
        async for line in process.stderr:
            self._complaints.append(line.decode("utf-8", "replace").rstrip()[:300])


def require_engine() -> None:
    """Skip the test without Node or its packages; fail it where ``ENGINE_TESTS=required``."""
    reason = None
    if shutil.which("node") is None:
        reason = "needs Node 20 or newer with npm; on Debian: apt-get install nodejs npm"
    elif not (ENGINE / "node_modules" / "matrix-js-sdk").is_dir():
        reason = "needs the packages of tests/engine: npm ci --prefix tests/engine (`make test` does it)"
    if reason is not None and os.environ.get("ENGINE_TESTS") == "required":
        pytest.fail(reason)
    if reason is not None:
        pytest.skip(reason)
