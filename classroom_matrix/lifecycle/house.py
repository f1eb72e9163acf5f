"""What the work on leavers, years, erasures and exports is done with."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from ..config import Config
from ..errors import TemporaryError
from ..matrix.accounts import Accounts
from ..matrix.gateway import Gateway
from ..provisioning import Provisioner
from ..provisioning.patience import Waiting, log_waiting
from ..runtime.registry import Registry
from ..runtime.tasks import TaskFunction
from ..storage.database import Database

T = TypeVar("T")

_PATIENCE = 30.0
"""Seconds that the accounts process is waited for: it may be starting. A quota that is used up lasts for hours."""


@dataclass(frozen=True, slots=True)
class House:
    """The parts of a school that are needed here.

    Args:
        registry: its plugins' tables are prepared.
        accounts: None where config.yaml names no accounts process.
        admit: the task "admit" (`provisioning.admission`).
        clock: UTC seconds.
        waiting: told when the homeserver makes us wait.
    """

    config: Config
    database: Database
    gateway: Gateway
    provisioner: Provisioner
    registry: Registry
    accounts: Accounts | None
    admit: TaskFunction
    clock: Callable[[], float] = time.time
    waiting: Waiting = log_waiting

    async def of_accounts(self, attempt: Callable[[Accounts], Awaitable[T]]) -> T:
        """Ask the accounts process, and once more for a while if it does not answer.

        Raises:
            TemporaryError: it has not answered, or a quota is used up; the command has to be repeated later.
            PermanentError: refused for good.
        """
        assert self.accounts is not None
        deadline = asyncio.get_running_loop().time() + _PATIENCE
        while True:
            try:
                return await attempt(self.accounts)
            except TemporaryError as error:
                pause = 1.0 if error.retry_after is None else error.retry_after
                if asyncio.get_running_loop().time() + pause > deadline:
                    raise
                self.waiting(error)
                await asyncio.sleep(pause)
