"""Whatever is given for a class list: one sentence or a list, never another error, and nothing half-written."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from classroom_matrix.domain.people import PhotoUse
from classroom_matrix.errors import ConfigError
from classroom_matrix.roster.families import families_of
from classroom_matrix.roster.headings import Column, recognise
from classroom_matrix.roster.importer import import_families
from classroom_matrix.roster.names import clean
from classroom_matrix.roster.office_export import Expected, read_export
from classroom_matrix.roster.question import Question, gathered
from classroom_matrix.roster.reading import read_roster
from classroom_matrix.roster.whole_class import carry_out_import, rehearse_import
from classroom_matrix.storage import people
from classroom_matrix.storage.database import Database

from .school_lists import ANNA, HEADING, HERE, class_list, dump, klass, load, workbook

WIDE = (
    "№;Класс;Фамилия;Имя;Отчество;Дата рождения;Мать;Телефон матери;E-mail матери;Отец;Телефон отца;Опекун;Бабушка;"
    "Другие родственники;Фото;Фото на сайте;Проживает;Язык;Примечание"
)
WRITTEN = st.sampled_from(
    [
        "", "-", "3Б", "Ким", "Анна", "Ким Анна", "Ким Ольга Петровна", "+7 999 000-00-01", "=1+1", "@SUM(1)", "да", "нет",
        "с родителями", "раздельно", "ограничение суда", "ограничение суда: отец", "ограничение суда снято", "только бумага",
        "не фотографировать", "English", "то?ик?", "брат в 1А", "\u202eанна", "نور علي", "e" + "\u0301" * 6, "👩‍👧", "x" * 300,
        '"', "a@x.org", "20.08.2017", "42000", "1e9", "0",
    ]
)  # fmt: skip
CELL = st.one_of(WRITTEN, st.text(max_size=40))
ROWS = st.lists(st.lists(CELL, max_size=20), max_size=12)
FEW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
MARKS = st.sampled_from([b"PK\x03\x04", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", HEADING.encode() + b"\n"])


def read(data: bytes, name: str = "list.csv") -> None:
    problem = ""
    try:
        export = read_export(name, data, Expected("3Б"))
    except ConfigError as error:
        problem = str(error)
    if problem:
        assert problem.isprintable()
        return
    families, questions = families_of(export.rows)
    assert sum(len(family.pupils) for family in families) == len(export.rows)
    for question in (*export.questions, *questions):
        assert question.said("ru") != question.said("en")
        assert all(unicodedata.category(char) not in ("Cc", "Cf", "Cs") or char in "\u200c\u200d" for char in str(question))


@FEW
@given(st.binary(max_size=2000))
def test_arbitrary_bytes_are_a_list_or_a_sentence(data: bytes) -> None:
    read(data)


@FEW
@given(st.binary(max_size=400), MARKS)
def test_arbitrary_bytes_behind_a_known_beginning_are_a_list_or_a_sentence(data: bytes, beginning: bytes) -> None:
    read(beginning + data)


@FEW
@given(st.integers(min_value=0), st.integers(min_value=0, max_value=255))
def test_workbook_with_one_wrong_byte_is_a_list_or_a_sentence(place: int, byte: int) -> None:
    data = bytearray(workbook([HEADING.split(";"), ANNA.split(";")]))
    data[place % len(data)] = byte
    read(bytes(data), "list.xlsx")


@FEW
@given(ROWS, st.sampled_from([";", "\t", ","]), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_arbitrary_cells_are_imported_twice_the_same_or_refused(
    rows: list[list[str]], delimiter: str, encoding: str
) -> None:  # fmt: skip
    quoted = [[f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row] for row in [WIDE.split(";"), *rows]]
    data = "\n".join(delimiter.join(row) for row in quoted).encode(encoding, "replace")
    database = Database(":memory:")
    try:
        before = dump(database)
        try:
            export = read_export("list.csv", data, Expected("3Б"))
        except ConfigError:
            assert dump(database) == before
            return
        families, _ = families_of(export.rows)
        import_families(database, HERE, families, now=1.0)
        once = dump(database)
        again = import_families(database, HERE, families, now=2.0)
        assert not again.changed
        assert dump(database) == once
        roster = people.load_roster(database, HERE)
        assert sum(len(family.pupils) for family in roster.families) == len(export.rows)
        limited = {one.name for family in families for one in family.guardians if one.limited}
        assert limited <= {person.name for person in roster.people() if person.limited}
    finally:
        database.close()


@FEW
@given(st.text(max_size=30))
def test_cleaning_leaves_nothing_that_reorders_and_is_done_once(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert not any("\u202a" <= char <= "\u202e" or "\u2066" <= char <= "\u2069" or ord(char) < 32 for char in once)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        pytest.param(b"", "the file is empty", id="empty"),
        pytest.param(HEADING.encode(), "no pupil stands under the headings", id="headings only"),
        pytest.param(bytes(range(1, 256)) * 40, "not a text table", id="junk without a zero"),
        pytest.param(f"{HEADING}\n{ANNA}\n{ANNA}".encode(), "row 3: the same pupil stands in row 2 already", id="pupil twice"),
        pytest.param(
            f"{HEADING}\n{ANNA}\n{ANNA.replace('Ким;Анна', 'Kим;Аннa')}".encode(), "row 3: the same", id="in Latin letters"
        ),
        pytest.param(b"x" * (10 * 2**20 + 1), "larger than 10 MB", id="too large"),
    ],
)
def test_bad_file_is_one_sentence_and_changes_nothing(database: Database, tmp_path: Path, data: bytes, problem: str) -> None:
    load(database, ANNA)
    before = dump(database)
    (tmp_path / "list.csv").write_bytes(data)
    with pytest.raises(ConfigError, match=problem) as caught:
        carry_out_import(database, klass(), read_roster(tmp_path / "list.csv"), 1.0)
    assert "\n" not in str(caught.value)
    assert dump(database) == before


def test_folder_is_no_list(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="this is no file"):
        read_roster(tmp_path)


def test_failure_in_the_middle_undoes_all(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    load(database, ANNA)
    before = dump(database)

    def full(*_: object, **__: object) -> int:
        raise OSError

    monkeypatch.setattr("classroom_matrix.storage.consents.list_says", full)
    rows = [ANNA, "2;Лев;Борис;2.2.2017;Лев Инна;3333330;;;с мамой;не фотографировать"]
    for work in (rehearse_import, carry_out_import):
        with pytest.raises(OSError):  # noqa: PT011 - what is raised is what the test put there
            work(database, klass(), class_list(*rows), 1.0)
        assert dump(database) == before


def test_names_of_every_script_come_in_as_they_are(database: Database) -> None:
    load(database, "1;علي;نور;1.1.2017;علي \u202eسارة;1111110;;;с мамой;")
    (family,) = people.load_roster(database, HERE).families
    assert (family.label, family.guardians[0].name) == ("نور علي", "سارة علي")


def test_refusals_hold_for_every_use(database: Database) -> None:
    load(database, ANNA + "НЕ ФОТОГРАФИРОВАТЬ")
    assert database.execute("SELECT use, given FROM consent ORDER BY use").fetchall() == [
        (use.value, 0) for use in sorted(PhotoUse)
    ]


def test_headings_are_recognised_without_a_mapping() -> None:
    places = recognise(WIDE.split(";"), {})
    assert places is not None
    assert len(places) == len(WIDE.split(";"))
    assert places[Column.PHOTO_PUBLIC] == 15


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("list.csv", "Фамилия;Дата рождения;Мать\nКим;01.01.2017;Ким Ольга\n", "lacks a column “Имя”"),
        ("list.csv", "Имя;Дата рождения;Мать\nАнна;01.01.2017;Ким Ольга\n", "lacks a column “Фамилия”"),
        ("junk.xlsx", "no workbook", "open it in Excel"),
        ("list.csv", f"{HEADING}\n" + "Ким;Анна;20.08.2017\n" * 3, "row 4: the same pupil"),
    ],
)
def test_the_sentence_says_what_is_wrong_with_the_list(name: str, data: str, said: str) -> None:
    heading = "Фамилия;Имя;Дата рождения"
    text = data.replace(HEADING, heading)
    with pytest.raises(ConfigError) as told:
        read_export(name, text.encode(), Expected())
    assert said in str(told.value)


def test_the_same_question_about_many_rows_is_said_once() -> None:
    questions = [Question(row, "roster-no-pupil") for row in (*range(2, 30), 31)] + [Question(0, "roster-numbers")]
    assert [where for where, _, _ in gathered(questions, "en")] == ["2–29, 31", ""]
