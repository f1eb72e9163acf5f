"""``python -m bench [--quick] [--only NAME …]``: one run, one table."""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from rich.console import Console

from . import encryption, latency, month, provisioning, start, throughput, votes
from .figure import Line, show

Measure = Callable[..., Coroutine[Any, Any, list[Line]]]
PARTS: dict[str, Measure] = {
    "stub": throughput.measure,
    "votes": votes.measure,
    "start": start.measure,
    "latency": latency.measure,
    "provisioning": provisioning.measure,
    "encryption": encryption.measure,
    "month": month.measure,
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small numbers: shows that it works, measures nothing well")
    parser.add_argument("--only", action="append", choices=PARTS, help="measure this part only; may be repeated")
    options = parser.parse_args()
    console = Console(width=None if Console().is_terminal else 150)
    lines: list[Line] = []
    # Not in memory: commits are synced to a real disk.
    Path("var").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bench-", dir="var") as folder:
        for name in options.only or PARTS:
            with console.status(f"measuring: {name}"):
                lines += asyncio.run(PARTS[name](Path(folder) / name, quick=options.quick))
    show(lines, console)
    return 0 if all(getattr(line, "right", True) for line in lines) else 1


if __name__ == "__main__":
    raise SystemExit(main())
