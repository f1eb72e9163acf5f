"""The service by a clock that a test moves: ``python -m classroom_matrix.testing.shifted_service CLOCK_FILE CONFIG``.

Everything else is as in ``classroom-matrix run``.
"""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
from contextlib import suppress
from pathlib import Path

from ..config import load
from ..serving import serve
from .shifted_time import ShiftedTime


async def _run(clock_file: Path, config_file: Path) -> None:
    task = asyncio.current_task()
    assert task is not None
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    await serve(load(config_file), clock=ShiftedTime(clock_file))


def main() -> None:
    """Run until SIGTERM."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s", stream=sys.stderr)
    with suppress(asyncio.CancelledError):
        asyncio.run(_run(Path(sys.argv[1]), Path(sys.argv[2])))


if __name__ == "__main__":
    main()
