"""Workbooks: what their cells show, which sheet is the list, and files that only look like one."""

from __future__ import annotations

import io
import time
import zipfile
from datetime import date, datetime

import pytest

from classroom_matrix.errors import ConfigError
from classroom_matrix.roster.names import FullName, phone_digits
from classroom_matrix.roster.office_export import Expected, Export, read_export

from .school_lists import SAMPLE, workbook

HEADING = ("№", "Фамилия", "Имя", "Дата рождения", "Мать", "Телефон матери", "Согласие на фото")


def read(*rows: tuple[object, ...]) -> Export:
    return read_export("list.xlsx", workbook([HEADING, *rows]))


def test_cells_are_read_as_they_are_shown() -> None:
    export = read(
        (1.0, "Ким", "Анна", datetime(2017, 8, 20), "Ким Ольга", 79990000001, True),
        (2, "Лев", "Борис", date(2017, 2, 2), "Лев Инна", 89990000002.0, None),
    )
    assert export.questions == ()
    assert [(row.row, row.number, row.name, row.born) for row in export.rows] == [
        (2, 1, FullName("Ким", "Анна"), "20.08.2017"),
        (3, 2, FullName("Лев", "Борис"), "02.02.2017"),
    ]
    assert [phone_digits(row.adults[0].phone) for row in export.rows] == ["79990000001", "79990000002"]


def test_workbook_and_text_of_one_list_are_the_same_rows() -> None:
    text = SAMPLE.read_bytes()
    rows = [line.split(";") for line in text.decode("cp1251").splitlines()]
    assert read_export("list.xlsx", workbook(rows)).rows == read_export("list.csv", text).rows


def test_rows_and_columns_may_be_merged_or_blank() -> None:
    wide = (
        ("Список 3Б", None, None),
        (),
        ("№", None, "Фамилия", "Имя", None, "Мать"),
        (1, None, "Ким", "Анна", None, "Ким Ольга"),
    )
    (row,) = read_export("list.xlsx", workbook(wide)).rows
    assert (row.row, row.adults[0].name) == (4, "Ким Ольга")


def test_formula_shows_what_it_showed_when_saved_and_is_asked_about_where_it_shows_nothing() -> None:
    data = workbook([HEADING, (1, "Ким", "Анна", None, '="Ким "&"Ольга"', "=1+1", None)])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2222220</v>").replace(
        b"<f>1+1</f><v />", b"<f>1+1</f><v>2222220</v>"
    )
    assert parts["xl/worksheets/sheet1.xml"] != sheet
    export = read_export("list.xlsx", zipped(parts))
    assert [str(question) for question in export.questions] == [
        "row 2: a formula stands under “Мать”; it is not calculated and was left out. Write the value itself",
        "row 2: a phone or e-mail of the mother stands here, but no name; it was left out",
    ]
    assert export.rows[0].adults == ()


def test_sheet_with_the_headings_is_the_list() -> None:
    data = workbook([["Расписание"], ["Пн", "Вт"]], [HEADING, (1, "Ким", "Анна", None, "Ким Ольга")])
    assert [row.name.given for row in read_export("list.xlsx", data).rows] == ["Анна"]


def test_of_several_lists_the_one_named_like_the_class_is_read() -> None:
    rows = [HEADING, (1, "Ким", "Анна", None, "Ким Ольга")], [HEADING, (1, "Лев", "Борис", None, "Лев Инна")]
    data = workbook(*rows, titles=["3А", "3 Б класс"])
    export = read_export("list.xlsx", data, Expected("3Б, 2026/27"))
    assert [row.name.given for row in export.rows] == ["Борис"]
    assert [str(question) for question in export.questions] == [
        "of several sheets with a list the one named “3 Б класс” was read"
    ]
    with pytest.raises(ConfigError, match="several sheets hold a list: “3А”, “3 Б класс”; leave one"):
        read_export("list.xlsx", data, Expected("4В"))


def zipped(parts: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


def bomb() -> bytes:
    return zipped({"xl/workbook.xml": b"", "xl/worksheets/sheet1.xml": b"0" * 70 * 2**20})


def entities() -> bytes:
    data = workbook([HEADING])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/workbook.xml"] = b'<!DOCTYPE x [<!ENTITY a "b">]>' + parts["xl/workbook.xml"]
    return zipped(parts)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, r"old Excel \(\.xls\)", id="xls"),
        pytest.param(zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), r"\.ods", id="ods"),
        pytest.param(zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}), "text document", id="odt"),
        pytest.param(zipped({"word/document.xml": b""}), r"\.docx", id="docx"),
        pytest.param(zipped({"photo.jpg": b""}), "an archive, not a workbook", id="zip"),
        pytest.param(b"%PDF-1.7", "this is a PDF", id="pdf"),
        pytest.param(b"\x89PNG\r\n\x1a\n", "this is a picture", id="png"),
        pytest.param(b"\xff\xd8\xff\xe0", "this is a picture", id="jpeg"),
        pytest.param(b"<html><table><tr><td>", "this is a page", id="html named xls"),
        pytest.param(b"Rar!\x1a", "this is an archive", id="rar"),
        pytest.param(workbook([HEADING])[:-200], "cannot be read", id="cut off"),
        pytest.param(zipped({"xl/workbook.xml": b"<x"}), "cannot be read", id="no workbook inside"),
        pytest.param(workbook([]), "the file is empty", id="empty"),
        pytest.param(workbook([["Привет"]]), "no heading row", id="no list"),
        pytest.param(workbook([HEADING]), "no pupil stands under", id="headings only"),
        pytest.param(b"x" * (10 * 2**20 + 1), "larger than 10 MB", id="too large"),
    ],
)
def test_what_is_no_workbook_gets_a_sentence(data: bytes, problem: str) -> None:
    with pytest.raises(ConfigError, match=problem):
        read_export("list.xlsx", data)


def many_cells() -> bytes:
    return zipped({"xl/workbook.xml": b"", "xl/worksheets/sheet1.xml": b"<c/>" * 1_500_001})


@pytest.mark.parametrize(
    ("make", "problem"), [(bomb, "unpacks to more"), (entities, "XML entities"), (many_cells, "more cells than")]
)
def test_hostile_workbook_is_refused_before_it_is_read(make: object, problem: str) -> None:
    data = make()  # type: ignore[operator]
    started = time.monotonic()
    with pytest.raises(ConfigError, match=problem):
        read_export("list.xlsx", data)
    assert time.monotonic() - started < 5


def test_cell_at_the_far_end_of_a_sheet_costs_no_million_rows() -> None:
    data = workbook([HEADING, (1, "Ким", "Анна", None, "Ким Ольга")])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    far = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace(b"</sheetData>", far)
    started = time.monotonic()
    export = read_export("list.xlsx", zipped(parts))
    assert [row.name.given for row in export.rows] == ["Анна"]
    assert time.monotonic() - started < 5
