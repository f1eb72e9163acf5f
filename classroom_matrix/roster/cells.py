"""Bytes of a spreadsheet's export → rows of cells: encoding and delimiter are recognised. Pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from contextlib import suppress

from ..errors import ConfigError
from .names import clean

DELIMITERS = (";", "\t", ",")
_LONGEST = 10_000  # characters of one cell; more is not a class list

Cells = Sequence[tuple[int, Sequence[str]]]
"""(row number as a spreadsheet shows it, cells), blank rows left out."""


def decode(name: str, data: bytes) -> str:
    """The text of an export: UTF-8 and UTF-16 with their marks, UTF-8 without, else cp1251 (Russian Excel's "CSV").

    Raises:
        ConfigError: `data` is no text; `name` is the file's.
    """
    if data.startswith(b"PK\x03\x04"):
        raise ConfigError(name, "this is a workbook, not a text table: in Excel choose “Save as” and “CSV”")
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    if wide or b"\0" not in data:
        for encoding in ("utf-16",) if wide else ("utf-8-sig", "cp1251"):
            with suppress(UnicodeDecodeError):
                return data.decode(encoding)
    raise ConfigError(name, "this is not a text table (expected a CSV file in cp1251 or UTF-8)")


def split(text: str, delimiter: str) -> Cells:
    """Rows of cleaned cells.

    Raises:
        csv.Error: a cell is longer than any office writes, for example after a lost quotation mark.
    """
    csv.field_size_limit(_LONGEST)
    table = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows = [(number, [clean(cell) for cell in row]) for number, row in enumerate(table, 1)]
    return [(number, row) for number, row in rows if any(row)]
