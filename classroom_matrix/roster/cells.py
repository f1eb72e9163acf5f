"""Bytes of an office's file → tables of cells: kind, encoding and delimiter are recognised. Pure."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from ..errors import ConfigError
from .names import clean

MOST_BYTES = 10 * 2**20
MOST_ROWS = 50_000
"""A whole district's pupils; beyond that it is another kind of table."""

_DELIMITERS = (";", "\t", ",")
_LONGEST = 10_000  # characters of one cell; more is not a class list
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_EXPECTED = "expected a class list as .xlsx or CSV"

Cells = Sequence[tuple[int, Sequence[str]]]
"""(row number as a spreadsheet shows it, cells), blank rows left out."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of a file. `title`: of a workbook's sheet, empty for a text table."""

    title: str
    cells: Cells


_OTHER_KINDS: Sequence[tuple[bytes, str]] = (
    (b"\xd0\xcf\x11\xe0", "this is a workbook of an old Excel (.xls): open it, choose “Save as” and “.xlsx” or “CSV”"),
    (b"%PDF", "this is a PDF: ask the office for the table that it was made from, as .xlsx or CSV"),
    (b"{\\rtf", "this is a text document: ask the office for the table as .xlsx or CSV"),
    *(
        (mark, "this is a picture: ask the office for the table as .xlsx or CSV")
        for mark in (b"\x89PNG", b"\xff\xd8\xff", b"GIF8")
    ),
    *((mark, f"this is an archive: unpack it first; {_EXPECTED}") for mark in (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")),
    (b"SQLite format 3", f"this is a database; {_EXPECTED}"),
    (b"\x7fELF", f"this is a program; {_EXPECTED}"),
)


def refuse_other_kinds(name: str, data: bytes) -> None:
    """Say what a file is that is no table, and what to do with it.

    Raises:
        ConfigError: `data` is of a kind that cannot be read; `name` is the file's.
    """
    if len(data) > MOST_BYTES:
        raise ConfigError(name, f"the file is larger than {MOST_BYTES // 2**20} MB; a class list is not")
    for mark, sentence in _OTHER_KINDS:
        if data.startswith(mark):
            raise ConfigError(name, sentence)
    if data[:1024].lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith((b"<html", b"<!doctype", b"<?xml", b"<table", b"<meta")):
        raise ConfigError(name, "this is a page, not a table: open it in Excel, choose “Save as” and “.xlsx” or “CSV”")


def decode(name: str, data: bytes) -> str:
    """The text of an export: UTF-8 and UTF-16 with their marks, UTF-8 without, else cp1251 (Russian Excel's "CSV").

    Raises:
        ConfigError: `data` is no text; `name` is the file's.
    """
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    if wide or b"\0" not in data:
        for encoding in ("utf-16",) if wide else ("utf-8-sig", "cp1251"):
            with suppress(UnicodeDecodeError):
                text = data.decode(encoding)
                if len(_CONTROLS.findall(text)) * 200 <= len(text):  # a stray one stands in real exports
                    return text
    raise ConfigError(name, "this is not a text table (expected a CSV file in cp1251 or UTF-8)")


def text_tables(name: str, data: bytes) -> list[Sheet]:
    """A text table, read with each delimiter that can be.

    Raises:
        ConfigError: it is no text, is empty, or is longer than any list.
    """
    text = decode(name, data)
    if not text.strip("\ufeff \t\r\n;,"):
        raise ConfigError(name, "the file is empty")
    tables: list[Sheet] = []
    for delimiter in _DELIMITERS:
        if delimiter in text:
            with suppress(csv.Error):  # a cell is longer than any office writes, for example after a lost quotation mark
                tables.append(Sheet("", _split(name, text, delimiter)))
    return tables


def _split(name: str, text: str, delimiter: str) -> Cells:
    csv.field_size_limit(_LONGEST)
    found: list[tuple[int, Sequence[str]]] = []
    for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), 1):
        if number > MOST_ROWS:
            raise ConfigError(name, f"there are more than {MOST_ROWS} rows; a class list is shorter")
        cells = [clean(cell) for cell in row]
        if any(cells):
            found.append((number, cells))
    return found
