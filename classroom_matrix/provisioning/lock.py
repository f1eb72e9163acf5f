"""One provisioner at a time: `apply` in a terminal and the running service take turns."""

from __future__ import annotations

import asyncio
import fcntl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from ..errors import StorageError

_POLL = 0.2  # seconds


@asynccontextmanager
async def provisioning_lock(database: Path, busy: Callable[[], None] = lambda: None) -> AsyncIterator[None]:
    """Hold the lock beside the database. It ends with the process, however that ends.

    Args:
        busy: called once if somebody else holds it.

    Raises:
        StorageError: the folder cannot be written.
    """
    try:
        database.parent.mkdir(parents=True, exist_ok=True)
        file = (database.parent / "provisioning.lock").open("w")
    except OSError as error:
        raise StorageError(f"{database.parent} cannot be written: {error.strerror}") from error
    with file:
        told = False
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if not told:
                    busy()
                    told = True
                await asyncio.sleep(_POLL)
        yield
