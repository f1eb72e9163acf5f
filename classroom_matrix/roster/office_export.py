"""The school office's class list → rows in the roster's own terms, and what is unclear about them. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ..domain.people import PhotoUse
from ..errors import ConfigError, ConfigErrors
from .adults import MOST_LETTERS, Adult, Relation, adults_of, relatives_of
from .birth import birth_date
from .cells import Cells, Sheet, refuse_other_kinds, text_tables
from .class_column import class_key, is_class
from .formulas import is_formula
from .headings import Column, column_of, heading_key, lacking, own_columns, recognise
from .names import FullName, alike, parse_full_name
from .photo_consents import photo_consents
from .question import About, Question
from .workbook import SIGNATURE, read_workbook

__all__ = ["About", "Adult", "Expected", "Export", "Question", "Relation", "Row", "read_export"]

MOST_PUPILS = 200
"""Of one class; a list with more is another kind of list."""

_WORKBOOKS = (".xlsx", ".xlsm")
_HEADING_WITHIN = 20  # rows; above the headings stand a title, the school's name, a date


@dataclass(frozen=True, slots=True)
class Expected:
    """What is known of a list before it is read.

    Args:
        class_name: whose rows are wanted where the list has a column for the class; empty for all.
        columns: `roster_columns` of config.yaml: heading → the value of a `Column`.
    """

    class_name: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Row:
    """One pupil's line.

    Args:
        row: its number in the spreadsheet.
        number: its number in the list.
        name: the pupil's.
        born: birth date, perhaps empty; used for telling pupils apart and kept nowhere.
        adults: whom the list names, mother first.
        lives: with whom, in words.
        language: of the family, in words.
        note: anything.
        relatives: grandparents and others.
        photos: what columns say about pictures, see `photo_consents.Said`.
    """

    row: int
    number: int
    name: FullName
    born: str
    adults: tuple[Adult, ...]
    lives: str
    language: str
    note: str
    relatives: tuple[Adult, ...] = ()
    photos: Mapping[PhotoUse, bool | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Export:
    """A class list that was read."""

    rows: tuple[Row, ...]
    questions: tuple[Question, ...]


def read_export(name: str, data: bytes, expected: Expected | None = None) -> Export:
    """Read a class list: .xlsx, or text in cp1251, UTF-8 or UTF-16 with semicolons, tabs or commas; a title above the headings.

    Args:
        name: the file's, for messages.
        data: its content.
        expected: the class, and headings of the office's own.

    Raises:
        ConfigError: it is no class list, a pupil stands in it twice, or `roster_columns` does not fit it.
    """
    expected = expected or Expected()
    own = own_columns(expected.columns)
    refuse_other_kinds(name, data)
    questions: list[Question] = []
    table, heading, places = _table(name, data, own, expected.class_name, questions)
    headings = table[heading][1]
    _refuse_missing(expected.columns, headings)
    _ask_about_headings(table[heading][0], headings, places, own, questions)
    body = _of_class(name, table[heading + 1 :], places, expected.class_name, questions)
    rows = tuple(_rows(body, headings, places, questions))
    if not rows:
        raise ConfigError(name, "no pupil stands under the headings")
    if len(rows) > MOST_PUPILS:
        problem = f"{len(rows)} pupils were found, but a class has at most {MOST_PUPILS}"
        raise ConfigError(name, f"{problem}; if this is the whole school's list, it needs a column “Класс”")
    _refuse_doubles(name, rows)
    if len({row.number for row in rows}) < len(rows):
        rows = tuple(replace(row, number=number) for number, row in enumerate(rows, 1))
        questions.append(Question(0, "roster-numbers", about=About.LIST))
    return Export(rows, tuple(questions))


_Found = tuple[Cells, int, Mapping[Column, int]]
"""Rows, the index of the heading row, its columns."""


def _table(
    name: str, data: bytes, own: Mapping[str, Column], class_name: str, questions: list[Question]
) -> _Found:  # fmt: skip
    if not data.startswith(SIGNATURE):
        if name.casefold().endswith(_WORKBOOKS):
            raise ConfigError(name, "the workbook is damaged, or is none: open it in Excel and save it anew as .xlsx")
        sheets = text_tables(name, data)
        tables = [found for sheet in sheets if (found := _headed(sheet, own))]
        if tables:
            return max(tables, key=lambda found: len(found[2]))  # with the delimiter that recognises the most columns
    else:
        sheets = read_workbook(name, data)
        if not sheets:
            raise ConfigError(name, "the file is empty")
        headed = {sheet.title: found for sheet in sheets if (found := _headed(sheet, own))}
        if len(headed) > 1:
            title = _own_sheet(name, headed, class_name)
            questions.append(Question(0, "roster-sheet", {"sheet": title}, About.LIST))
            return headed[title]
        if headed:
            return next(iter(headed.values()))
    for sheet in sheets:
        for number, cells in sheet.cells[:_HEADING_WITHIN]:
            if missing := lacking(cells):
                raise ConfigError(name, f"row {number} looks like the headings, but lacks a column {missing}")
    raise ConfigError(name, "no heading row was found (expected columns such as “Фамилия”, “Имя”, “Мать”, “Отец”)")


def _headed(sheet: Sheet, own: Mapping[str, Column]) -> _Found | None:
    for index, (_, cells) in enumerate(sheet.cells[:_HEADING_WITHIN]):
        places = recognise(cells, own)
        if places is not None:
            return sheet.cells, index, places
    return None


def _own_sheet(name: str, titles: Mapping[str, object], class_name: str) -> str:
    """The one sheet of several that is named like the class."""
    same = [title for title in titles if class_name and class_key(title) == class_key(class_name)]
    if len(same) != 1:
        listed = ", ".join(f"“{title}”" for title in titles)
        raise ConfigError(name, f"several sheets hold a list: {listed}; leave one, or name one like the class")
    return same[0]


def _refuse_missing(columns: Mapping[str, str], headings: Sequence[str]) -> None:
    present = {heading_key(heading) for heading in headings}
    for heading in columns:
        if heading_key(heading) not in present:
            listed = ", ".join(f"“{each}”" for each in headings if each)
            raise ConfigError(f"roster_columns.{heading}", f"the list has no such heading; it has {listed}")


def _ask_about_headings(
    row: int, headings: Sequence[str], places: Mapping[Column, int], own: Mapping[str, Column], questions: list[Question]
) -> None:
    used = set(places.values())
    for place, heading in enumerate(headings):
        if not heading or place in used or own.get(heading_key(heading)) is Column.IGNORED:
            continue
        key = "roster-column-unknown" if column_of(heading) is None else "roster-column-twice"
        shown = "…" if is_formula(heading) else heading[:60]
        questions.append(Question(row, key, {"column": str(place + 1), "heading": shown}))


def _of_class(
    name: str, table: Cells, places: Mapping[Column, int], class_name: str, questions: list[Question]
) -> Cells:  # fmt: skip
    """The rows of the class, where the list says of which class each is."""
    place = places.get(Column.CLASS)
    if place is None or not class_name:
        return table

    def written(cells: Sequence[str]) -> str:
        return cells[place] if place < len(cells) else ""

    wanted = class_key(class_name)
    named = {class_key(cell): cell for _, cells in table if (cell := written(cells))}
    if not named:
        return table
    if wanted not in named:
        listed = ", ".join(sorted(cell for cell in named.values() if is_class(cell))[:12])
        says = f"the column for the class says: {listed}" if listed else "the column for the class says something else"
        raise ConfigError(name, f"no row is of the class {class_name}; {says}")
    ours: list[tuple[int, Sequence[str]]] = []
    others = 0
    for number, cells in table:
        cell = written(cells)
        if not cell and len(named) > 1:
            if _named_pupil(cells, places):
                questions.append(Question(number, "roster-class-missing"))
        elif cell and class_key(cell) != wanted:
            others += 1
        else:
            ours.append((number, cells))
    if others:
        questions.append(Question(0, "roster-other-classes", {"count": others}, About.LIST))
    return ours


def _named_pupil(cells: Sequence[str], places: Mapping[Column, int]) -> bool:
    return _pupil({column: cells[place] if place < len(cells) else "" for column, place in places.items()}) is not None


def _rows(
    table: Cells, headings: Sequence[str], places: Mapping[Column, int], questions: list[Question]
) -> Iterator[Row]:  # fmt: skip
    count = 0
    for number, cells in table:
        found: dict[Column, str] = {}
        for column, place in places.items():
            found[column] = cells[place] if place < len(cells) else ""
            if is_formula(found[column]):
                found[column] = ""
                questions.append(Question(number, "roster-formula", {"heading": headings[place][:60]}))
        if not any(found.values()):
            continue
        pupil = _pupil(found)
        if pupil is None:
            questions.append(Question(number, "roster-no-pupil"))
            continue
        count += 1
        written = found.get(Column.NUMBER, "").rstrip(".")
        yield Row(
            row=number,
            number=int(written) if written.isascii() and written.isdigit() and len(written) < 6 else count,
            name=pupil,
            born=birth_date(found.get(Column.BORN, "")),
            adults=tuple(adults_of(number, found, questions)),
            lives=found.get(Column.LIVES, ""),
            language=found.get(Column.LANGUAGE, ""),
            note=found.get(Column.NOTE, ""),
            relatives=tuple(relatives_of(number, found, questions)),
            photos=photo_consents(number, found, questions),
        )


def _pupil(found: Mapping[Column, str]) -> FullName | None:
    name: FullName | None = None
    if Column.SURNAME in found and Column.GIVEN in found:
        surname, given = found[Column.SURNAME], found[Column.GIVEN]
        name = FullName(surname, given, found.get(Column.PATRONYMIC, "")) if surname and given else None
    else:
        name = parse_full_name(found.get(Column.PUPIL, ""))
    if name is None or len(name.spoken) > MOST_LETTERS or not any(char.isalpha() for char in name.spoken):
        return None
    return name


def _refuse_doubles(name: str, rows: Sequence[Row]) -> None:
    seen: dict[tuple[str, str], int] = {}
    doubles: list[ConfigError] = []
    for row in rows:
        first = seen.setdefault((alike(row.name.spoken), row.born), row.row)
        if first != row.row:
            doubles.append(ConfigError(name, f"row {row.row}: the same pupil stands in row {first} already"))
    if len(doubles) > 1:
        raise ConfigErrors(doubles)
    if doubles:
        raise doubles[0]
