"""What the work on leavers, years, erasures and exports is done with."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from ..config import Config
from ..matrix.accounts import Accounts
from ..matrix.gateway import Gateway
from ..provisioning import Provisioner
from ..provisioning.patience import Waiting, log_waiting
from ..runtime.registry import Registry
from ..runtime.tasks import TaskFunction
from ..storage.database import Database


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
