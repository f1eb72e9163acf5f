"""Rows as a file that spreadsheets open: with the mark by which Excel knows UTF-8, and nothing that it would calculate."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def spreadsheet(rows: Iterable[Sequence[str]], *, separator: str) -> bytes:
    """The file's content. What looks like a formula gets an apostrophe, so that it is a text (OWASP, "CSV Injection")."""
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=separator).writerows([_harmless(cell) for cell in row] for row in rows)
    return file.getvalue().encode("utf-8-sig")


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.lstrip(" \n").startswith(_FORMULA) or cell.startswith(_FORMULA) else cell
