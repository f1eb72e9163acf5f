"""Run a Python module that ends when whoever started it ends, however that happened.

``python -m classroom_matrix.testing.tied_process MODULE [ARGUMENT …]`` with a pipe as standard input: the writing end is
held by the parent, so the pipe closes when the parent is gone, also after kill -9. (Linux's PR_SET_PDEATHSIG would follow
the parent's *thread*, and exists on Linux only.)
"""

from __future__ import annotations

import os
import runpy
import signal
import sys
import threading
import time

GRACE = 10.0
"""Seconds between SIGTERM and SIGKILL."""


def _watch() -> None:
    while os.read(0, 4096):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE)
    os.kill(os.getpid(), signal.SIGKILL)


def main() -> None:
    """Replace ourselves by the module named on the command line."""
    threading.Thread(target=_watch, daemon=True, name="watch-parent").start()
    del sys.argv[0]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
