"""The rules by which rows become families and households."""

from __future__ import annotations

from importlib.resources import files

import pytest

from classroom_matrix.domain.people import Reach
from classroom_matrix.roster.families import ListedFamily, families_of
from classroom_matrix.roster.office_export import Question, read_export

HEADING = "Фамилия;Имя;Дата рождения;Мать;Телефон матери;Отец;Телефон отца;Проживает;Язык семьи;Примечание"


def read(*rows: str) -> tuple[list[ListedFamily], list[Question]]:
    return families_of(read_export("list.csv", "\n".join([HEADING, *rows]).encode()).rows)


def row(
    given: str = "Анна", *, mother: str = "Ким Ольга;1111110", father: str = "Ким Олег;2222220", lives: str = "с родителями",
    language: str = "", note: str = "",
) -> str:  # fmt: skip
    return f"Ким;{given};1.1.2017;{mother};{father};{lives};{language};{note}"


def homes(family: ListedFamily) -> list[list[str]]:
    return [[guardian.name for guardian in home] for home in family.households]


def test_sample_list_is_the_class_of_the_product() -> None:
    data = files("classroom_matrix.demo").joinpath("roster.csv").read_bytes()
    export = read_export("roster.csv", data)
    families, questions = families_of(export.rows)
    households = [home for family in families for home in family.households]
    assert export.questions == ()
    assert (len(export.rows), len(families), len(households)) == (28, 27, 31)
    assert sum(len(home) for home in households) == 47
    assert [guardian.name for home in households for guardian in home if guardian.limited] == ["Дмитрий Алексеевич Панов"]
    assert {family.pupils[0].number: family.reach for family in families if family.reach is not Reach.APP} == {
        13: Reach.PHONE,
        20: Reach.PAPER,
    }
    assert [[pupil.name.given for pupil in family.pupils] for family in families if len(family.pupils) > 1] == [
        ["Таисия", "Семён"]
    ]
    assert [question.row for question in questions] == [5, 7, 11, 13, 17, 20, 24, 26]
    assert [question.row for question in questions if question.open] == [24]
    assert "“то?ик?” cannot be read" in questions[6].sentence


def test_twins_are_one_family() -> None:
    (family,), questions = read(row("Анна"), row("Пётр"))
    assert [pupil.name.given for pupil in family.pupils] == ["Анна", "Пётр"]
    assert homes(family) == [["Ольга Ким", "Олег Ким"]]
    assert questions == []


def test_twins_whose_parents_share_a_phone_are_one_family() -> None:
    (family,), _ = read(row("Анна", father="Ким Олег;1111110"), row("Пётр", father="Ким Олег;1111110"))
    assert [pupil.name.given for pupil in family.pupils] == ["Анна", "Пётр"]


def test_pupils_of_one_mother_and_two_fathers_stay_two_families_and_are_asked_about() -> None:
    families, questions = read(row("Анна"), row("Пётр", father="Лев Иван;3333330"))
    assert len(families) == 2
    assert [question.row for question in questions] == [3]
    assert "same name as in row 2" in questions[0].sentence


def test_namesakes_with_other_phones_stay_two_families() -> None:
    families, questions = read(row("Анна"), row("Пётр", mother="Ким Ольга;9999990"))
    assert (len(families), len(questions)) == (2, 1)


def test_siblings_without_phones_are_not_guessed() -> None:
    families, questions = read(row("Анна", father=";", mother="Ким Ольга;"), row("Пётр", father=";", mother="Ким Ольга;"))
    assert (len(families), len(questions)) == (2, 1)


@pytest.mark.parametrize("lives", ["раздельно: с мамой / с папой", "раздельно", "родители в разводе", "separately"])
def test_parents_who_live_apart_are_two_households(lives: str) -> None:
    (family,), questions = read(row(lives=lives))
    assert homes(family) == [["Ольга Ким"], ["Олег Ким"]]
    assert questions == []


@pytest.mark.parametrize(
    ("lives", "households"),
    [("", 1), ("с мамой", 2), ("с бабушкой", 2)],
)
def test_unclear_living_is_asked_about(lives: str, households: int) -> None:
    (family,), questions = read(row(lives=lives))
    assert (len(family.households), len(questions)) == (households, 1)


def test_court_limit_holds_for_the_adult_it_names() -> None:
    (family,), questions = read(row(lives="раздельно", note="ограничение суда: отец не получает сведений об обучении"))
    assert [(one.name, one.limited) for home in family.households for one in home] == [("Ольга Ким", False), ("Олег Ким", True)]
    assert [(question.key, question.open) for question in questions] == [("roster-court-father", False)]


def test_court_limit_on_nobody_named_keeps_all_out_and_asks() -> None:
    (family,), questions = read(row(note="есть решение суда"))
    assert [one.limited for home in family.households for one in home] == [True, True]
    assert "does not plainly say whom" in questions[0].sentence
    assert questions[0].open


def test_court_limit_on_somebody_who_is_not_listed_limits_nobody() -> None:
    (family,), questions = read(row(father=";", lives="с мамой", note="отец лишён родительских прав"))
    assert [one.limited for home in family.households for one in home] == [False]
    assert [question.key for question in questions] == ["roster-court-father"]


@pytest.mark.parametrize(
    ("note", "reach"),
    [
        ("нет смартфона, звонить", Reach.PHONE),
        ("Только бумага", Reach.PAPER),
        ("no smartphone", Reach.PHONE),
        ("", Reach.APP),
    ],
)
def test_note_tells_how_the_family_is_reached(note: str, reach: Reach) -> None:
    (family,), questions = read(row(note=note))
    assert (family.reach, questions) == (reach, [])


@pytest.mark.parametrize(
    ("language", "code", "questions"),
    [("", None, 0), ("English", "en", 0), ("Русский язык", "ru", 0), ("узбекский", None, 1), ("то?ик?", None, 1)],
)
def test_language_is_read_or_asked_about(language: str, code: str | None, questions: int) -> None:
    (family,), asked = read(row(language=language))
    assert [one.language for home in family.households for one in home] == [code, code]
    assert len(asked) == questions


def test_note_in_other_words_is_asked_about() -> None:
    _, questions = read(row(note='"аллергия на орехи; фото только для класса; брат в 1А"'))
    assert [question.sentence.split("”")[0] for question in questions] == [
        "the note “аллергия на орехи",
        "“фото только для класса",
        "“брат в 1А",
    ]


def test_pupil_without_adults_is_a_family_that_is_asked_about() -> None:
    (family,), questions = read(row(mother=";", father=";", lives=""))
    assert (family.households, len(questions)) == ((), 1)
