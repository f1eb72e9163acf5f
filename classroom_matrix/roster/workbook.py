"""A workbook (.xlsx) → its sheets' cells as text, as a spreadsheet shows them. Pure: nothing in the file is evaluated."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from ..errors import ConfigError
from .cells import MOST_ROWS, Cells, Sheet
from .formulas import FORMULA
from .names import clean

SIGNATURE = b"PK\x03\x04"
_MOST_UNPACKED = 64 * 2**20  # bytes; 20,000 rows take 20 MB
_MOST_PARTS = 500
_MOST_COLUMNS = 100
_MOST_SHEETS = 100
_DOCUMENTS = {
    "application/vnd.oasis.opendocument.spreadsheet": "this is an .ods table: open it, choose “Save as” and “.xlsx” or “CSV”",
    "application/vnd.oasis.opendocument.text": "this is a text document: ask the office for the table as .xlsx or CSV",
}
_MOST_ELEMENTS = 1_500_000  # rows, cells, texts; 20,000 rows have half a million
_ELEMENT = re.compile(rb"<(?:\w+:)?(f|c|si|row)[\s/>]")
_ENTITIES = tuple(
    mark.encode(encoding) for mark in ("<!DOCTYPE", "<!ENTITY") for encoding in ("utf-8", "utf-16-le", "utf-16-be")
)


def read_workbook(name: str, data: bytes) -> list[Sheet]:
    """The visible sheets that hold something. Cells with a formula count as what they showed when the file was saved.

    Raises:
        ConfigError: it is no workbook, is damaged, or unpacks to an absurd size; `name` is the file's.
    """
    has_formulas = _examine(name, data)
    try:
        shown = _sheets(name, data, values=True)
        if not has_formulas:
            return shown
        written = {sheet.title: dict(sheet.cells) for sheet in _sheets(name, data, values=False)}
    except ConfigError:
        raise
    except Exception as error:  # openpyxl says of damaged files whatever broke first
        raise ConfigError(name, "the workbook cannot be read; open it in Excel and save it anew") from error
    return [Sheet(sheet.title, _merged(dict(sheet.cells), written.get(sheet.title, {}))) for sheet in shown]


def _merged(shown: dict[int, Any], written: dict[int, Any]) -> Cells:
    """What cells show, and `FORMULA` where one stands that shows nothing."""
    rows: list[tuple[int, list[str]]] = []
    for number in sorted(shown.keys() | written.keys()):
        values, formulas = shown.get(number, ()), written.get(number, ())
        width = max(len(values), len(formulas))
        rows.append((number, [_either(_at(values, place), _at(formulas, place)) for place in range(width)]))
    return rows


def _at(cells: Any, place: int) -> str:
    return str(cells[place]) if place < len(cells) else ""


def _either(shown: str, written: str) -> str:
    return FORMULA if not shown and written == FORMULA else shown


def _examine(name: str, data: bytes) -> bool:
    """Look at the archive before anything interprets it. Returns whether formulas stand in it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _refuse_other_kinds(name, archive)
            return _holds_formulas(name, archive)
    except ConfigError:
        raise
    except Exception as error:  # zipfile says of damaged and encrypted archives whatever broke first
        raise ConfigError(name, "the workbook cannot be read; open it in Excel and save it anew") from error


def _refuse_other_kinds(name: str, archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_UNPACKED:
        raise ConfigError(name, "the workbook unpacks to more than a class list can hold")
    if "mimetype" in names:
        kind = archive.read("mimetype")[:100].decode("ascii", "replace")
        raise ConfigError(name, _DOCUMENTS.get(kind, "this is no workbook; expected .xlsx or CSV"))
    if "word/document.xml" in names:
        raise ConfigError(name, "this is a text document (.docx): ask the office for the table as .xlsx or CSV")
    if not any(part.startswith("xl/") for part in names):
        raise ConfigError(name, "this is an archive, not a workbook; expected .xlsx or CSV")


def _holds_formulas(name: str, archive: zipfile.ZipFile) -> bool:
    """Whether there are formulas. What would take minutes to read is refused: much repetition makes a small archive."""
    found = False
    elements = 0
    for part in archive.infolist():
        if not part.filename.endswith((".xml", ".rels")):
            continue
        content = archive.read(part)
        if any(mark in content for mark in _ENTITIES):
            raise ConfigError(name, "the workbook defines XML entities, which Excel never does; it is not read")
        for element in _ELEMENT.finditer(content):
            elements += 1
            found = found or element[1] == b"f"
            if elements > _MOST_ELEMENTS:
                raise ConfigError(name, "the workbook holds more cells than a class list can")
    return found


def _sheets(name: str, data: bytes, *, values: bool) -> list[Sheet]:
    from openpyxl import load_workbook  # noqa: PLC0415 - 10 MB and 200 ms that only an import of a workbook needs

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # on styles and extensions that nobody here looks at
        workbook = load_workbook(io.BytesIO(data), read_only=True, data_only=values, keep_links=False)
        try:
            visible = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"][:_MOST_SHEETS]
            sheets = [Sheet(clean(sheet.title)[:60], list(_rows(name, sheet))) for sheet in visible]
        finally:
            workbook.close()
    return [sheet for sheet in sheets if sheet.cells]


def _rows(name: str, sheet: Any) -> Iterator[tuple[int, list[str]]]:
    sheet.reset_dimensions()  # what the file says of its own size is often wrong
    rows = sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=_MOST_COLUMNS)
    for number, row in enumerate(rows, 1):
        cells = [_text(cell) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            continue
        if number > MOST_ROWS:
            raise ConfigError(name, f"there are more than {MOST_ROWS} rows; a class list is shorter")
        yield number, cells


def _text(cell: Any) -> str:
    """A cell as text: dates as ``20.08.2017``, whole numbers without a point."""
    value = cell.value
    if value is None:
        return ""
    if cell.data_type in ("f", "e"):  # a formula, or the error that one ended in
        return FORMULA
    if isinstance(value, datetime | date):
        return value.strftime("%d.%m.%Y") if value.year >= 1000 else ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e18:
        value = int(value)
    return clean(str(value))
