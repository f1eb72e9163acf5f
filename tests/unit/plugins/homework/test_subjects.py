from __future__ import annotations

import pytest

from classroom_matrix.i18n import Catalogue
from classroom_plugins.homework.subjects import Subjects, read_subjects

TEXTS = Catalogue.of_package("classroom_plugins.homework", strict=True)
LISTED = [(language, TEXTS.text("homework-subjects", language)) for language in ("ru", "en")]


@pytest.fixture(scope="module")
def subjects() -> Subjects:
    return read_subjects(LISTED, ())


@pytest.mark.parametrize(
    ("said", "key", "words"),
    [
        ("математика с. 12", "maths", 1),
        ("матем. № 4", "maths", 1),
        ("Мат № 4", "maths", 1),
        ("русский упр. 5", "russian", 1),
        ("русский язык упр. 5", "russian", 2),
        ("рус. яз. упр. 5", "russian", 2),
        ("чтение с. 40", "reading", 1),
        ("лит. чтение с. 40", "reading", 2),
        ("литературному чтению", "reading", 2),
        ("окр. мир с. 7", "world", 2),
        ("окружающему миру", "world", 2),
        ("англ: p. 5", "english", 1),
        ("ИЗО краски", "art", 1),
        ("физ-ра форма", "sport", 1),
        ("maths p. 12", "maths", 1),
        ("PE kit", "sport", 1),
    ],
)
def test_subject_is_found_however_it_is_shortened(subjects: Subjects, said: str, key: str, words: int):
    found = subjects.at_start(said.split())
    assert found is not None
    assert (found[0].key, found[1]) == (key, words)


@pytest.mark.parametrize("said", ["принести краски", "ма", "матрица", "труднее", "и № 7", "", "читать с. 12"])
def test_other_words_are_no_subject(subjects: Subjects, said: str):
    assert subjects.at_start(said.split()) is None


def test_strict_reading_takes_only_listed_names(subjects: Subjects):
    assert subjects.at_start(["русские", "слова"], strict=True) is None
    assert subjects.at_start(["русские", "слова"]) is not None
    found = subjects.at_start(["матем.", "№"], strict=True)
    assert found is not None


def test_configured_order_comes_first_and_keeps_short_names():
    ordered = read_subjects(LISTED, ("русский язык", "Шахматный клуб: клуб", "математика: счёт"))
    assert [subject.key for subject in ordered.known][:3] == ["russian", "шахматный клуб", "maths"]
    assert [(s[0].key if (s := ordered.at_start([word])) else None) for word in ("рус", "счет", "клуб", "чтение")] == [
        "russian",
        "maths",
        "шахматный клуб",
        "reading",
    ]
    club = ordered.get("шахматный клуб")
    assert club is not None
    assert (club.name("ru"), club.name("en")) == ("Шахматный клуб", "Шахматный клуб")
