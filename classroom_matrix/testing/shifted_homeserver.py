"""Synapse whose wall clock a test moves: ``python -m classroom_matrix.testing.shifted_homeserver CLOCK_FILE [ARGUMENT …]``.

Synapse asks one class for the time (`synapse.util.clock.Clock`, 1.163): what it stamps events with, judges validity and cleans
up by. Its timers are Twisted's and stay on the machine's clock, so no request times out when a day is skipped.
"""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

from .shifted_time import ShiftedTime


def main() -> None:
    """Move Synapse's clock to the file's, and become Synapse."""
    shifted = ShiftedTime(Path(sys.argv.pop(1)))
    from synapse.util.clock import Clock  # noqa: PLC0415 - here and nowhere else

    def seconds(_clock: Clock) -> float:
        return shifted.seconds()

    Clock.time = seconds  # type: ignore[method-assign, assignment]
    sys.argv[0] = "synapse.app.homeserver"
    runpy.run_module("synapse.app.homeserver", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
