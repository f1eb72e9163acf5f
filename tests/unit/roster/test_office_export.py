"""Reading class lists: encodings, delimiters, headings, rows that are no pupils, files that are no lists."""

from __future__ import annotations

import pytest

from classroom_matrix.errors import ConfigError
from classroom_matrix.roster.names import FullName
from classroom_matrix.roster.office_export import Relation, read_export

HEADING = "№;Фамилия;Имя;Мать (ФИО);Телефон матери;Отец (ФИО);Проживает"
ROW = "1;Ким;Анна;Ким Ольга Петровна;+7 999 000-00-01;Ким Олег Ильич;с родителями"
TABLE = f"Список 3Б;;;;;;\r\n{HEADING}\r\n{ROW}\r\n"


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(TABLE.encode("cp1251"), id="cp1251"),
        pytest.param(TABLE.encode(), id="utf-8"),
        pytest.param(TABLE.encode("utf-8-sig"), id="utf-8 with its mark"),
        pytest.param(TABLE.encode("utf-16"), id="utf-16, Excel's Unicode text"),
        pytest.param(TABLE.replace(";", "\t").encode(), id="tabs"),
        pytest.param(TABLE.replace(";", ",").encode("cp1251"), id="commas"),
        pytest.param(TABLE.replace("\r\n", "\n").encode(), id="newlines"),
        pytest.param(f"\r\n\r\n{TABLE}".encode(), id="blank lines above"),
        pytest.param(TABLE.split("\r\n", 1)[1].encode(), id="no title"),
        pytest.param(TABLE.replace("Фамилия", '"Фамилия"').encode(), id="quotation marks"),
        pytest.param(
            TABLE.replace(HEADING, "No;Surname;First name;Mother;Mother's phone;Father;Lives with").encode(),
            id="English headings",
        ),
    ],
)
def test_export_is_read_however_it_was_saved(data: bytes) -> None:
    export = read_export("list.csv", data)
    assert export.questions == ()
    (row,) = export.rows
    assert (row.number, row.name, row.lives) == (1, FullName("Ким", "Анна"), "с родителями")
    assert [(adult.relation, adult.name, adult.phone) for adult in row.adults] == [
        (Relation.MOTHER, "Ким Ольга Петровна", "+7 999 000-00-01"),
        (Relation.FATHER, "Ким Олег Ильич", ""),
    ]


def test_export_takes_the_whole_name_from_one_cell() -> None:
    (row,) = read_export("list.csv", "№;ФИО ребёнка;Мама\n1;Ким Анна Олеговна;Ким Ольга".encode()).rows
    assert row.name == FullName("Ким", "Анна", "Олеговна")


def test_export_counts_rows_as_a_spreadsheet_does() -> None:
    text = f'Список\n\n"в двух\nстроках";;;;;;\n{HEADING}\n\n{ROW}\n'
    assert read_export("list.csv", text.encode()).rows[0].row == 6


def test_export_asks_about_rows_without_a_pupil_and_unknown_columns() -> None:
    text = f"{HEADING};СНИЛС\n{ROW};\nИтого: 1;;;;;;;\n2;Лев;Пётр;;+7 999 000-00-02;;с мамой;\n"
    export = read_export("list.csv", text.encode())
    assert [row.name.given for row in export.rows] == ["Анна", "Пётр"]
    assert [str(question) for question in export.questions] == [
        "row 1: the column 8 (“СНИЛС”) is not known and was left out",
        "row 3: no pupil's surname and name stand here; the row was left out",
        "row 4: a phone or e-mail of the mother stands here, but no name; it was left out",
    ]


def test_export_without_numbers_counts_by_itself() -> None:
    text = "Фамилия;Имя;Мать\nКим;Анна;Ким Ольга\nЛев;Пётр;Лев Инна\n"
    assert [row.number for row in read_export("list.csv", text.encode()).rows] == [1, 2]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        pytest.param(b"", "the file is empty", id="empty"),
        pytest.param(b"\xef\xbb\xbf \r\n;;\r\n", "the file is empty", id="only delimiters"),
        pytest.param(b"PK\x03\x04rest", "workbook", id="xlsx"),
        pytest.param(bytes(range(256)) * 8, "not a text table", id="binary"),
        pytest.param(b"\x98\x98", "not a text table", id="no cp1251 either"),
        pytest.param("Добрый день!\nСписок вышлю завтра.".encode(), "no heading row", id="a letter"),
        pytest.param(HEADING.encode(), "no pupil stands under the headings", id="headings only"),
        pytest.param(f"{HEADING}\n{ROW}\n{ROW}".encode(), "row 3: the same pupil stands in row 2", id="pupil twice"),
        pytest.param(f'{HEADING}\n1;"{"x" * 20_000}'.encode(), "no heading row", id="quotation mark never closed"),
    ],
)
def test_export_refuses_what_is_no_class_list(data: bytes, problem: str) -> None:
    with pytest.raises(ConfigError, match=problem) as caught:
        read_export("list.csv", data)
    assert caught.value.path == "list.csv"
