"""Making a request until the homeserver has answered it one way or the other."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

from ..errors import TemporaryError

T = TypeVar("T")
Waiting = Callable[[TemporaryError], None]
"""Is told each time an attempt failed and another will follow."""

log = logging.getLogger(__name__)


def log_waiting(error: TemporaryError) -> None:
    log.info("provisioning waits: %s", error)


async def patiently(attempt: Callable[[], Awaitable[T]], waiting: Waiting = log_waiting) -> T:
    """Repeat `attempt` while its error is temporary. The gateway's pacing decides when the next one really happens.

    Raises:
        PermanentError: the homeserver said no.
    """
    while True:
        try:
            return await attempt()
        except TemporaryError as error:
            waiting(error)
            await asyncio.sleep(0)  # a gateway without pacing must not starve the loop
