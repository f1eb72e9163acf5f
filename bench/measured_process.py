"""A program under measurement: started, watched through /proc, stopped."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections.abc import Mapping
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_POLL = 0.002  # seconds between two attempts to connect to a port


class MeasuredProcess:
    """``python <arguments>`` with these environment variables, in a folder of its own. Linux only."""

    def __init__(self, arguments: tuple[str, ...], environment: Mapping[str, str], log: Path) -> None:
        self._arguments = arguments
        self._environment = dict(environment)
        self._log = log
        self._process: asyncio.subprocess.Process | None = None
        self.started_at = 0.0
        """`time.monotonic()` just before the process was made."""

    async def start(self) -> None:
        with self._log.open("ab") as output:
            self.started_at = time.monotonic()
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, *self._arguments, env={**os.environ, **self._environment}, stdout=output, stderr=output
            )

    async def accepts(self, port: int, *, seconds: float = 30.0) -> float:
        """Wait until it listens; returns the seconds since its start.

        Raises:
            RuntimeError: it ended, or does not listen in time.
        """
        assert self._process is not None
        while time.monotonic() - self.started_at < seconds:
            if self._process.returncode is not None:
                break
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(_POLL)
            else:
                writer.close()
                return time.monotonic() - self.started_at
        raise RuntimeError(f"{self._arguments} does not listen on {port}: {self._log.read_text()[-2_000:]}")

    def cpu_seconds(self) -> float:
        """User and system time of all its threads so far; resolution 10 ms."""
        return _cpu_seconds(self._proc("stat"))

    def memory_mib(self) -> float:
        """Resident memory now."""
        return self._status("VmRSS") / 1024

    def peak_memory_mib(self) -> float:
        """The most resident memory that it ever had."""
        return self._status("VmHWM") / 1024

    async def rest(self, *, seconds: float = 0.3) -> None:
        """Wait until it uses no processor time any more."""
        before = -1.0
        while before != (now := self.cpu_seconds()):
            before = now
            await asyncio.sleep(seconds)

    async def stop(self) -> None:
        if self._process is not None and self._process.returncode is None:
            self._process.terminate()
            try:
                async with asyncio.timeout(10):
                    await self._process.wait()
            except TimeoutError:
                self._process.kill()
                await self._process.wait()

    def _status(self, name: str) -> float:
        line = next(line for line in self._proc("status").splitlines() if line.startswith(name))
        return float(line.split()[1])

    def _proc(self, name: str) -> str:
        assert self._process is not None
        try:
            return Path(f"/proc/{self._process.pid}/{name}").read_text("ascii", "replace")
        except FileNotFoundError:
            raise RuntimeError(f"{self._arguments} has ended: {self._log.read_text()[-2_000:]}") from None


def cpu_seconds_of(pid: int) -> float:
    """User and system time of a process that runs, all its threads; resolution 10 ms."""
    return _cpu_seconds(Path(f"/proc/{pid}/stat").read_text("ascii", "replace"))


def _cpu_seconds(stat: str) -> float:
    fields = stat.rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS
