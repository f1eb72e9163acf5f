"""One line of the table, and the table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from rich.console import Console
from rich.table import Table

Sense = Literal["at most", "at least"]


@dataclass(frozen=True, slots=True)
class Aim:
    """What a figure should be. `of`: the service's own value, or its ratio to the baseline's."""

    sense: Sense
    value: float
    of: Literal["value", "ratio"] = "value"

    def is_met(self, value: float) -> bool:
        return value <= self.value if self.sense == "at most" else value >= self.value

    def __str__(self) -> str:
        sign = "≤" if self.sense == "at most" else "≥"
        return f"{sign} {self.value:g}{' ×' if self.of == 'ratio' else ''}"


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured value, the baseline's in the same run where there is one, and the aims beside them."""

    name: str
    value: float
    unit: str
    baseline: float | None = None
    aims: tuple[Aim, ...] = ()

    @property
    def ratio(self) -> float | None:
        return self.value / self.baseline if self.baseline else None

    def verdict(self, aim: Aim) -> bool:
        measured = self.value if aim.of == "value" else self.ratio
        return measured is not None and aim.is_met(measured)


@dataclass(frozen=True, slots=True)
class Check:
    """Something that has to be right, however fast it was."""

    name: str
    right: bool
    found: str


Line = Figure | Check


def show(lines: Iterable[Line], console: Console) -> None:
    """Print the table; aims that are missed are marked."""
    table = Table(title="classroom-matrix: what it costs", title_justify="left")
    for heading in ("figure", "service", "baseline", "ratio", "aim", ""):
        table.add_column(heading, justify="left" if heading in ("figure", "aim", "") else "right")
    for line in lines:
        if isinstance(line, Check):
            table.add_row(line.name, line.found, "", "", "", "[green]right[/]" if line.right else "[bold red]WRONG[/]")
        else:
            table.add_row(*_cells(line))
    console.print(table)


def _cells(figure: Figure) -> tuple[str, ...]:
    baseline = "" if figure.baseline is None else _number(figure.baseline)
    ratio = "" if figure.ratio is None else f"{figure.ratio:.2f} ×"
    met = [figure.verdict(aim) for aim in figure.aims]
    verdict = "" if not met else "[green]met[/]" if all(met) else "[yellow]missed[/]"
    aims = ", ".join(str(aim) for aim in figure.aims)
    return figure.name, f"{_number(figure.value)} {figure.unit}".strip(), baseline, ratio, aims, verdict


def _number(value: float) -> str:
    if value >= 1_000 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"
