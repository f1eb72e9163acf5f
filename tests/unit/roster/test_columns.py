"""Columns beside pupils and parents: class, relatives, consents, formulas, and headings of the office's own."""

from __future__ import annotations

import pytest

from classroom_matrix.domain.people import PhotoUse
from classroom_matrix.errors import ConfigError
from classroom_matrix.roster.class_column import class_key
from classroom_matrix.roster.families import ListedFamily, families_of
from classroom_matrix.roster.formulas import is_formula
from classroom_matrix.roster.headings import Column, column_of
from classroom_matrix.roster.office_export import Expected, Export, read_export
from classroom_matrix.roster.question import Question


def read(heading: str, *rows: str, class_name: str = "3Б", columns: dict[str, str] | None = None) -> Export:
    return read_export("list.csv", "\n".join([heading, *rows]).encode(), Expected(class_name, columns or {}))


def families(heading: str, *rows: str) -> tuple[list[ListedFamily], list[Question]]:
    return families_of(read(f"Фамилия;Имя;Мать;{heading}", *[f"Ким;Анна;Ким Ольга;{row}" for row in rows]).rows)


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Класс", Column.CLASS),
        ("Согласие на фото (да/нет)", Column.PHOTO),
        ("Согласие на фото- и видеосъёмку", Column.PHOTO),
        ("Photo consent", Column.PHOTO),
        ("Фото в альбом класса", Column.PHOTO_ALBUM),
        ("Публикация фото на сайте школы", Column.PHOTO_PUBLIC),
        ("Публикация фото", Column.PHOTO_PUBLICATION),
        ("Скачивание фото", Column.PHOTO_DOWNLOAD),
        ("Photos: public", Column.PHOTO_PUBLIC),
        ("Бабушка (ФИО)", Column.GRANDMOTHER),
        ("Телефон бабушки", Column.GRANDMOTHER_PHONE),
        ("Другие родственники", Column.RELATIVES),
        ("Grandfather's phone", Column.GRANDFATHER_PHONE),
        ("ФИО законного представителя", Column.GUARDIAN),
        ("Родитель (законный представитель)", Column.GUARDIAN),
        ("СНИЛС", None),
        ("", None),
        ("=1+1", None),
    ],
)
def test_heading_is_recognised(heading: str, column: Column | None) -> None:
    assert column_of(heading) is column


@pytest.mark.parametrize(
    "written", ["3Б", "3 Б", "3-б", "3 «Б»", "3Б класс", "3 класс Б", "03Б", "3Б, 2026/27", '3 "Б" класса']
)
def test_class_is_the_same_however_it_is_written(written: str) -> None:
    assert class_key(written) == class_key("3Б, 2026/27")


@pytest.mark.parametrize("written", ["3А", "13Б", "3", "4Б", "3Бв", ""])
def test_other_classes_are_others(written: str) -> None:
    assert class_key(written) != class_key("3Б, 2026/27")


def test_rows_of_other_classes_are_left_out_and_counted() -> None:
    export = read(
        "Класс;Фамилия;Имя;Мать", "3А;Ким;Анна;Ким Ольга", "3 Б;Лев;Борис;Лев Инна", "3В;Ош;Вера;Ош Ия", ";Юн;Ия;Юн Яна"
    )
    assert [row.name.given for row in export.rows] == ["Борис"]
    assert [str(question) for question in export.questions] == [
        "row 5: no class is said here; the row was left out",
        "2 rows of other classes were left out",
    ]


def test_column_that_names_only_the_class_holds_for_all_rows() -> None:
    export = read("Класс;Фамилия;Имя;Мать", "3Б;Ким;Анна;Ким Ольга", ";Лев;Борис;Лев Инна")
    assert [row.name.given for row in export.rows] == ["Анна", "Борис"]


def test_list_without_a_row_of_the_class_is_refused() -> None:
    with pytest.raises(ConfigError, match="no row is of the class 3Б; the column for the class says: 3А, 4Б"):
        read("Класс;Фамилия;Имя", "3А;Ким;Анна", "4Б;Лев;Борис")
    with pytest.raises(ConfigError, match="the column for the class says something else"):  # names are for no log
        read("Класс;Фамилия;Имя", "Ким Анна;Ким;Анна")


def test_whole_schools_list_is_read_for_one_class_and_refused_without_a_column_for_it() -> None:
    rows = [f"{number % 800}Б;Ким;Анна {number};Ким Ольга" for number in range(1, 20_001)]
    assert len(read("Класс;Фамилия;Имя;Мать", *rows).rows) == 25
    with pytest.raises(
        ConfigError, match="20000 pupils were found, but a class has at most 200; if this is the whole school's"
    ):
        read("Группа;Фамилия;Имя;Мать", *rows)


def test_more_than_any_list_is_refused() -> None:
    with pytest.raises(ConfigError, match="more than 50000 rows"):
        read("Фамилия;Имя;Мать", *["Ким;Анна;Ким Ольга"] * 50_001)


def test_numbers_that_come_twice_are_given_anew() -> None:
    export = read("№;Фамилия;Имя", "1;Ким;Анна", "1;Лев;Борис")
    assert [row.number for row in export.rows] == [1, 2]
    assert [question.key for question in export.questions] == ["roster-numbers"]


# ── roster_columns ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_headings_of_the_offices_own_are_mapped() -> None:
    export = read(
        "Дитя;Код;Мама-папа;Имя", "Ким Анна;7;Ким Ольга;-", columns={"дитя": "pupil", "Мама-Папа ": "Mother", "Код": "ignore"}
    )
    assert (export.rows[0].name.given, export.rows[0].adults[0].name) == ("Анна", "Ким Ольга")
    assert [question.key for question in export.questions] == []


def test_wrong_mapping_names_its_place_in_the_yaml() -> None:
    with pytest.raises(ConfigError, match=r'roster_columns\.Дитя: "pupli" is no column; expected one of: number, surname'):
        read("Дитя;Мать;№", "Ким Анна;;1", columns={"Дитя": "pupli"})
    with pytest.raises(ConfigError, match=r"roster_columns\.Дитё: the list has no such heading; it has “ФИО”, “Мать”, “№”"):
        read("ФИО;Мать;№", "Ким Анна;;1", columns={"Дитё": "pupil"})


# ── Relatives ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_relatives_come_from_their_columns_and_from_words() -> None:
    (family,), questions = families(
        "Бабушка;Телефон бабушки;Другие родственники",
        "Ким Нина Ильинична;+7 999 000-00-09;дед Лев Олег +7 999 000-00-08, Юн Яна Олеговна (тётя)",
    )
    assert [(one.name, one.phone) for one in family.relatives] == [
        ("Нина Ильинична Ким", "79990000009"),
        ("Олег Лев", "79990000008"),
        ("Яна Олеговна Юн", ""),
    ]
    assert [question.key for question in questions] == []


def test_relative_who_cannot_be_read_is_asked_about() -> None:
    _, questions = families("Бабушка;Телефон бабушки;Родственники", ";+7 999 000-00-09;+7 999 000-00-08")
    assert [question.key for question in questions if "relative" in question.key] == []
    export = read("Фамилия;Имя;Бабушка;Телефон бабушки;Родственники", "Ким;Анна;;+7 999 000-00-09;+7 999 000-00-08")
    assert [question.key for question in export.questions] == ["roster-no-name-relative", "roster-relative-unclear"]


def test_court_limit_on_a_relative_keeps_relatives_out() -> None:
    (family,), _ = families("Бабушка;Примечание", "Ким Нина;ограничение суда: бабушка")
    assert ([one.limited for one in family.relatives], [one.limited for one in family.guardians]) == ([True], [False])


# ── Pictures ────────────────────────────────────────────────────────────────────────────────────────────────────────


def photos(heading: str, row: str) -> tuple[dict[str, bool | None], list[str]]:
    export = read(f"Фамилия;Имя;Мать;{heading}", f"Ким;Анна;Ким Ольга;{row}")
    (family,), questions = families_of(export.rows)
    keys = [question.key for question in (*export.questions, *questions) if question.open]
    return {use.value: answer for use, answer in family.pupils[0].photos.items()}, keys


ALL_NO = dict.fromkeys([use.value for use in PhotoUse], False)


@pytest.mark.parametrize(
    ("heading", "row", "said", "asked"),
    [
        ("Согласие на фото", "да", {"album": True}, []),
        ("Согласие на фото", "ДА.", {"album": True}, []),
        ("Согласие на фото", "", {"album": None}, []),
        ("Согласие на фото", "нет", ALL_NO, []),
        ("Согласие на фото", "наверное", {"album": None}, ["roster-photos-unclear"]),
        ("Согласие на фото", "да, но не в интернете", {"album": None}, ["roster-photos-unclear"]),
        ("Фото: альбом;Фото: сайт", "да;нет", {"album": True, "public": False}, []),
        ("Photo album;Photo download", "yes;no", {"album": True, "download": False}, []),
        ("Фото;Фото в альбом", "нет;да", ALL_NO, ["roster-photos-both"]),
        ("Фото;Примечание", "да;не фотографировать", ALL_NO, ["roster-photos-both"]),
        ("Примечание", "фото не публиковать", ALL_NO, []),
        ("Примечание", "не публиковать работы", {"publication": False, "public": False}, []),
        ("Примечание", "фото только для класса", {"publication": False, "public": False}, []),
        ("Примечание", "фото можно", {}, []),
    ],
)
def test_only_a_clear_yes_is_a_yes(heading: str, row: str, said: dict[str, bool | None], asked: list[str]) -> None:
    assert photos(heading, row) == (said, asked)


# ── Formulas, phones, people who look like one ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "cell", ["=1+1", "=cmd|' /C calc'!A0", "+cmd|x", "-SUM(A1)", "@SUM(1)", "+A1", "-2+A3", "=HYPERLINK(1)", "@A1", "= 1"]
)
def test_formula_is_seen(cell: str) -> None:
    assert is_formula(cell)


@pytest.mark.parametrize(
    "cell", ["+7 999 000-00-01", "+7(999)0000001", "-", "—", "@anna", "- нет", "-5", "", "Ким", "анна@x.org"]
)
def test_what_offices_write_is_no_formula(cell: str) -> None:
    assert not is_formula(cell)


def test_formula_is_left_out_asked_about_and_never_echoed() -> None:
    export = read("Фамилия;Имя;Мать;Примечание", "Ким;Анна;=cmd|' /C calc'!A0;@SUM(A1)")
    assert [str(question) for question in export.questions] == [
        "row 2: a formula stands under “Мать”; it is not calculated and was left out. Write the value itself",
        "row 2: a formula stands under “Примечание”; it is not calculated and was left out. Write the value itself",
    ]
    assert (export.rows[0].adults, export.rows[0].note) == ((), "")


def test_phone_that_the_spreadsheet_has_shortened_is_asked_about() -> None:
    export = read("Фамилия;Имя;Мать;Телефон матери", "Ким;Анна;Ким Ольга;7,999E+10")
    assert ([question.key for question in export.questions], export.rows[0].adults[0].phone) == (["roster-phone-shortened"], "")


def asked(heading: str, *rows: str) -> list[tuple[int, str]]:
    _, questions = families_of(read(heading, *rows).rows)
    return [(question.row, question.key) for question in questions]


def test_two_names_with_one_phone_or_mail_stay_two_people_and_are_asked_about() -> None:
    heading = "Фамилия;Имя;Мать;Телефон матери;E-mail матери"
    first = "Ким;Анна;Ким Ольга;+7 999 000-00-01;a@x.org"
    assert asked(heading, first, "Лев;Ия;Лев Инна;8 999 000 00 01;b@x.org") == [(3, "roster-one-phone")]
    assert asked(heading, first, "Лев;Ия;Лев Инна;89990000002;A@x.org") == [(3, "roster-one-mail")]
    assert asked(heading, first, "Лев;Ия;Ким Ольга;89990000001;a@x.org") == []


def test_adult_who_stands_twice_in_a_row_is_taken_once_and_asked_about() -> None:
    heading = "Фамилия;Имя;Мать;Телефон матери;Опекун;Телефон опекуна"
    row = "Ким;Анна;Ким Ольга;1111110;Ким Ольга;1111110"
    assert asked(heading, row) == [(2, "roster-adult-twice")]


def test_one_under_a_court_limit_gets_in_through_no_other_row() -> None:
    heading = "Фамилия;Имя;Мать;Телефон матери;Отец;Телефон отца;Проживает;Примечание"
    both = "Ким Ольга;1111110;Ким Олег;{};раздельно;{}"
    rows = [f"Ким;Анна;{both}".format("2222220", "ограничение суда: отец"), f"Ким;Пётр;{both}".format("2222220", "")]
    (family,), questions = families_of(read(heading, *rows).rows)
    assert [(one.name, one.limited) for one in family.guardians] == [("Ольга Ким", False), ("Олег Ким", True)]
    assert [(question.row, question.key) for question in questions] == [
        (2, "roster-court-father"),
        (3, "roster-limit-elsewhere"),
    ]
    rows[1] = f"Ким;Пётр;{both}".format("", "")
    found, _ = families_of(read(heading, *rows).rows)
    assert [one.limited for family in found for one in family.guardians] == [False, True, False, True]
    rows[1] = f"Ким;Пётр;{both}".format("9999990", "")  # another phone, and the same mother
    found, _ = families_of(read(heading, *rows).rows)
    assert [one.limited for family in found for one in family.guardians] == [False, True, False, True]
    rows[1] = f"Ким;Пётр;{both}".format("9999990", "").replace("Ким Ольга;1111110", "Лев Ия;7777770")  # a namesake
    found, _ = families_of(read(heading, *rows).rows)
    assert [one.limited for family in found for one in family.guardians] == [False, True, False, False]
