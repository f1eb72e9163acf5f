"""The school office's class list → rows in the roster's own terms, and what is unclear about them. Pure."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ..errors import ConfigError
from .cells import DELIMITERS, Cells, decode, split
from .headings import Column, column_of, recognise
from .names import FullName, parse_full_name

_HEADING_WITHIN = 20  # rows; above the headings stand a title, the school's name, a date


class Relation(StrEnum):
    MOTHER = "mother"
    FATHER = "father"
    GUARDIAN = "guardian"


class About(StrEnum):
    """What a question is about. Only `DECISION` waits for somebody; the others are good to know."""

    DECISION = "decision"
    PHOTOS = "photos"
    SIBLING = "sibling"
    LANGUAGE = "language"


@dataclass(frozen=True, slots=True)
class Question:
    """Something in a list that a person should see, mostly to decide it.

    `row`: as the spreadsheet counts, 0 for the whole file; `sentence`: English, for IT.
    """

    row: int
    sentence: str
    about: About = About.DECISION

    @property
    def open(self) -> bool:
        """Whether somebody has to decide something."""
        return self.about is About.DECISION

    def __str__(self) -> str:
        return f"row {self.row}: {self.sentence}" if self.row else self.sentence


@dataclass(frozen=True, slots=True)
class Adult:
    """As written in the list; `name` is not empty, the others may be."""

    relation: Relation
    name: str
    phone: str
    mail: str


@dataclass(frozen=True, slots=True)
class Row:
    """One pupil's line.

    Args:
        row: its number in the spreadsheet.
        number: its number in the list.
        name: the pupil's.
        born: birth date as written, perhaps empty; used for telling pupils apart and kept nowhere.
        adults: whom the list names, mother first.
        lives: with whom, in words.
        language: of the family, in words.
        note: anything.
    """

    row: int
    number: int
    name: FullName
    born: str
    adults: tuple[Adult, ...]
    lives: str
    language: str
    note: str


@dataclass(frozen=True, slots=True)
class Export:
    """A class list that was read."""

    rows: tuple[Row, ...]
    questions: tuple[Question, ...]


def read_export(name: str, data: bytes) -> Export:
    """Read a class list: cp1251 or UTF-8; semicolons, tabs or commas; a title above the headings; Russian or English.

    Args:
        name: the file's, for messages.
        data: its content.

    Raises:
        ConfigError: it is no class list, or a pupil stands in it twice.
    """
    text = decode(name, data)
    if not text.strip("\ufeff \t\r\n;,"):
        raise ConfigError(name, "the file is empty")
    table, heading, places = _table(name, text)
    questions: list[Question] = []
    for place, cell in enumerate(table[heading][1]):
        if cell and column_of(cell) is None:
            questions.append(Question(table[heading][0], f"the column {place + 1} (“{cell}”) is not known and was left out"))
    rows = tuple(_rows(table[heading + 1 :], places, questions))
    if not rows:
        raise ConfigError(name, "no pupil stands under the headings")
    _refuse_doubles(name, rows)
    return Export(rows, tuple(questions))


def _table(name: str, text: str) -> tuple[Cells, int, Mapping[Column, int]]:
    """The rows, the index of the heading row, and its columns, with the delimiter that recognises the most columns."""
    best: tuple[Cells, int, Mapping[Column, int]] | None = None
    for delimiter in DELIMITERS:
        try:
            table = split(text, delimiter)
        except csv.Error:
            continue
        for index, (_, cells) in enumerate(table[:_HEADING_WITHIN]):
            places = recognise(cells)
            if places is not None:
                if best is None or len(places) > len(best[2]):
                    best = (table, index, places)
                break
    if best is None:
        raise ConfigError(name, "no heading row was found (expected columns such as “Фамилия”, “Имя”, “Мать”, “Отец”)")
    return best


def _rows(table: Cells, places: Mapping[Column, int], questions: list[Question]) -> Iterator[Row]:
    count = 0
    for number, cells in table:
        found = {column: cells[place] if place < len(cells) else "" for column, place in places.items()}
        pupil = _pupil(found)
        if pupil is None:
            questions.append(Question(number, "no pupil's surname and name stand here; the row was left out"))
            continue
        count += 1
        written = found.get(Column.NUMBER, "").rstrip(".")
        yield Row(
            row=number,
            number=int(written) if written.isascii() and written.isdigit() and len(written) < 6 else count,
            name=pupil,
            born=found.get(Column.BORN, ""),
            adults=tuple(_adults(number, found, questions)),
            lives=found.get(Column.LIVES, ""),
            language=found.get(Column.LANGUAGE, ""),
            note=found.get(Column.NOTE, ""),
        )


def _pupil(found: Mapping[Column, str]) -> FullName | None:
    if Column.SURNAME in found and Column.GIVEN in found:
        surname, given = found[Column.SURNAME], found[Column.GIVEN]
        return FullName(surname, given, found.get(Column.PATRONYMIC, "")) if surname and given else None
    return parse_full_name(found.get(Column.PUPIL, ""))


_ADULT_COLUMNS = (
    (Relation.MOTHER, Column.MOTHER, Column.MOTHER_PHONE, Column.MOTHER_MAIL),
    (Relation.FATHER, Column.FATHER, Column.FATHER_PHONE, Column.FATHER_MAIL),
    (Relation.GUARDIAN, Column.GUARDIAN, Column.GUARDIAN_PHONE, Column.GUARDIAN_MAIL),
)


def _adults(row: int, found: Mapping[Column, str], questions: list[Question]) -> Iterator[Adult]:
    for relation, name, phone, mail in _ADULT_COLUMNS:
        adult = Adult(relation, found.get(name, ""), found.get(phone, ""), found.get(mail, ""))
        if any(char.isalpha() for char in adult.name):
            yield adult
        elif adult.phone or adult.mail:
            questions.append(Question(row, f"a phone or e-mail of the {relation} stands here, but no name; it was left out"))


def _refuse_doubles(name: str, rows: Sequence[Row]) -> None:
    seen: dict[tuple[FullName, str], int] = {}
    for row in rows:
        first = seen.setdefault((row.name, row.born), row.row)
        if first != row.row:
            raise ConfigError(name, f"row {row.row}: the same pupil stands in row {first} already")
