"""How things look in a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text


def console() -> Console:
    """Standard output. Nothing in what is printed is read as markup or coloured by guessing."""
    return Console(highlight=False, markup=False, soft_wrap=True)


def table(title: str, header: Sequence[str], rows: Sequence[Sequence[Any]]) -> Table:
    made = Table(title=Text(title), title_justify="left")
    for name in header:
        made.add_column(name, overflow="fold")
    for row in rows:
        made.add_row(*(Text(str(cell)) for cell in row))
    return made


def progress_bar(out: Console) -> Progress:
    """For work of known length; gone when it is done."""
    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(elapsed_when_finished=True),
        console=out,
        transient=True,
    )


def moment(seconds: float) -> str:
    """UTC seconds since 1970 as local time."""
    return datetime.fromtimestamp(seconds, UTC).astimezone().strftime("%Y-%m-%d %H:%M:%S")


def span(seconds: float) -> str:
    """A duration, roughly."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    if seconds < 5400:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.1f} h"


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """``1 room``, ``2 rooms``."""
    return f"{number} {noun}" if number == 1 else f"{number} {plural or noun + 's'}"
