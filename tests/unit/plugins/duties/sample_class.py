"""The families of the sample class, from the office's list that comes with the demo."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import classroom_matrix.demo
from classroom_matrix.testing.invented_class import FamilySpec

ROSTER = Path(classroom_matrix.demo.__file__).parent / "roster.csv"


def families() -> Sequence[FamilySpec]:
    """27 of them: twins are one family."""
    lines = ROSTER.read_text("cp1251").splitlines()
    rows = list(csv.DictReader(lines[1:], delimiter=";"))
    by_mother: dict[str, list[str]] = {}
    for row in rows:
        by_mother.setdefault(row["E-mail матери"] or row["Мать (ФИО)"], []).append(f"{row['Имя']} {row['Фамилия']}")
    return [FamilySpec(tuple(pupils), households=(1,)) for pupils in by_mother.values()]
