"""Class lists for these tests: as text, as workbooks, and into a database."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import time
from pathlib import Path
from zoneinfo import ZoneInfo

from openpyxl import Workbook

from classroom_matrix.config import ClassConfig
from classroom_matrix.domain.ids import ClassId
from classroom_matrix.domain.people import Person
from classroom_matrix.domain.time import QuietHours
from classroom_matrix.roster.families import families_of
from classroom_matrix.roster.family_import import Outcome
from classroom_matrix.roster.importer import import_families
from classroom_matrix.roster.office_export import read_export
from classroom_matrix.roster.reading import ClassList
from classroom_matrix.storage import people
from classroom_matrix.storage.database import Database
from classroom_matrix.storage.tables import TABLES

SAMPLE = Path(__file__).parents[3] / "classroom_matrix" / "demo" / "roster.csv"
HEADING = "№;Фамилия;Имя;Дата рождения;Мать;Телефон матери;Отец;Телефон отца;Проживает;Примечание"
ANNA = "1;Ким;Анна;1.1.2017;Ким Ольга;1111110;Ким Олег;2222220;с родителями;"
PETER = "1;Ким;Пётр;5.5.2019;Ким Ольга;1111110;Ким Олег;2222220;с родителями;"
BORIS = "2;Лев;Борис;2.2.2017;Лев Инна;3333330;;;с мамой;"
HERE, THERE = ClassId("3b-2026"), ClassId("1a-2026")


def class_list(*rows: str, heading: str = HEADING) -> ClassList:
    export = read_export("list.csv", "\n".join([heading, *rows]).encode())
    families, questions = families_of(export.rows)
    return ClassList(families, [*export.questions, *questions])


def load(database: Database, *rows: str, class_id: ClassId = HERE, heading: str = HEADING) -> Outcome:
    return import_families(database, class_id, class_list(*rows, heading=heading).families, now=1.0)


def klass(class_id: ClassId = HERE, **more: object) -> ClassConfig:
    quiet = QuietHours(time(21), time(7))
    return ClassConfig(class_id, "3Б, 2026/27", "ru", ZoneInfo("Europe/Moscow"), quiet, **more)  # type: ignore[arg-type]


def workbook(*sheets: Sequence[Sequence[object]], titles: Sequence[str] = ()) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets):
        sheet = book.create_sheet(titles[number] if titles else f"Лист{number + 1}")
        for row in rows:
            sheet.append(list(row))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def adults(database: Database, class_id: ClassId = HERE) -> Mapping[str, Person]:
    roster = people.load_roster(database, class_id)
    return {person.name: person for person in roster.people() if person.household_id}


def dump(database: Database) -> list[object]:
    return [list(table.select().tuples()) for table in TABLES]
