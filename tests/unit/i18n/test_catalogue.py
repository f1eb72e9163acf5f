from __future__ import annotations

from datetime import datetime, timedelta
from fractions import Fraction
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from classroom_matrix.i18n import Catalogue, moment, percent, span
from classroom_matrix.i18n.check import differences

MOSCOW = ZoneInfo("Europe/Moscow")
FRIDAY = datetime(2026, 11, 20, 18, 0, tzinfo=MOSCOW)

RU = """
hello = Привет
families = { $count ->
    [one] { $count } семья
    [few] { $count } семьи
   *[other] { $count } семей
 }
until = до { $until }
only-russian = по-русски
command-x = икс
    .help = помощь
"""
EN = """
hello = Hello
families = { $count ->
    [one] { $count } family
   *[other] { $count } families
 }
until = until { $until }
command-x = ex
    .help = help
    .aliases = y
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "ru.ftl").write_text(RU, "utf-8")
    (tmp_path / "en.ftl").write_text(EN, "utf-8")
    return tmp_path


@pytest.fixture
def texts(folder: Path) -> Catalogue:
    return Catalogue(folder, strict=True)


@pytest.mark.parametrize(
    ("language", "count", "said"),
    [
        ("ru", 1, "1 семья"),
        ("ru", 3, "3 семьи"),
        ("ru", 12, "12 семей"),
        ("ru", 21, "21 семья"),
        ("en", 1, "1 family"),
        ("en", 0, "0 families"),
    ],
)
def test_text_has_the_plural_of_its_language(texts: Catalogue, language: str, count: int, said: str):
    assert texts.text("families", language, count=count) == said


@pytest.mark.parametrize(
    ("value", "language", "said"),
    [
        (FRIDAY, "ru", "до пт, 20 ноября, 18:00"),
        (FRIDAY, "en", "until Fri, 20 November, 18:00"),
        (Fraction(1, 2), "en", "until 50%"),
        (timedelta(days=3), "ru", "до 3 дня"),
        (FRIDAY.date(), "ru", "до пт, 20 ноября"),
        (["a", "b"], "ru", "до a, b"),
        ("{ $until }", "ru", "до { $until }"),
    ],
)
def test_text_says_values_as_people_do(texts: Catalogue, value: object, language: str, said: str):
    assert texts.text("until", language, until=value) == said


def test_text_of_unknown_language_is_english(texts: Catalogue):
    assert texts.text("hello", "uz") == "Hello"


def test_attributes_are_those_of_the_language(texts: Catalogue):
    assert texts.attributes("command-x", "en") == {"help": "help", "aliases": "y"}
    assert texts.attributes("nothing", "en") == {}


@pytest.mark.parametrize(("key", "language", "values"), [("nope", "ru", {}), ("only-russian", "en", {}), ("until", "ru", {})])
def test_strict_catalogue_refuses_what_is_missing(texts: Catalogue, key: str, language: str, values: dict[str, object]):
    with pytest.raises(LookupError):
        texts.text(key, language, **values)


@pytest.mark.parametrize(
    ("key", "language", "said"),
    [("nope", "ru", "nope"), ("only-russian", "en", "по-русски"), ("until", "ru", "до until")],
)
def test_catalogue_says_something_and_logs_where_a_text_is_missing(
    folder: Path, caplog: pytest.LogCaptureFixture, key: str, language: str, said: str
):
    assert Catalogue(folder).text(key, language) == said
    assert len(caplog.records) == 1


def test_catalogue_asks_its_parent(texts: Catalogue, tmp_path: Path):
    child = tmp_path / "child"
    child.mkdir()
    (child / "ru.ftl").write_text("hello = Здравствуйте", "utf-8")
    catalogue = Catalogue(child, parent=texts, strict=True)
    assert catalogue.text("hello", "ru") == "Здравствуйте"
    assert catalogue.text("hello", "en") == "Hello"
    assert catalogue.has("families", "ru")
    assert not catalogue.has("nope")


def test_catalogue_without_folder_has_nothing():
    assert not Catalogue(None).has("hello")


def test_broken_file_is_refused_when_strict(tmp_path: Path):
    (tmp_path / "ru.ftl").write_text("hello = Привет\n???\n", "utf-8")
    assert Catalogue(tmp_path).text("hello", "ru") == "Привет"
    with pytest.raises(LookupError):
        Catalogue(tmp_path, strict=True).text("hello", "ru")


def test_differences_of_the_core_are_none():
    assert differences("classroom_matrix.i18n") == []


def test_differences_name_what_is_missing_and_what_varies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    locales = tmp_path / "toy_texts" / "locales"
    locales.mkdir(parents=True)
    (tmp_path / "toy_texts" / "__init__.py").touch()
    (locales / "ru.ftl").write_text("a = { $x }\nb = б\nc = в\n    .help = г\n    .aliases = д\n", "utf-8")
    (locales / "en.ftl").write_text("a = { $y }\nc = c\nc = again\n", "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    assert list(differences("toy_texts")) == [
        "c stands twice in en",
        "a has different variables: ru: ['x'], en: ['y']",
        "b is missing in en",
        "c.help is missing in en",
    ]


def test_moment_is_said_in_its_own_time_zone():
    assert moment(FRIDAY.astimezone(ZoneInfo("Asia/Omsk")), "ru") == "пт, 20 ноября, 21:00"


def test_span_is_said_in_the_largest_fitting_unit():
    assert [span(timedelta(hours=hours), "en") for hours in (1, 23, 24, 72)] == ["1 hour", "23 hours", "1 day", "3 days"]


def test_percent_is_rounded():
    assert percent(Fraction(2, 3), "en") == "67%"
    assert percent(Fraction(2, 3), "ru") == "67\N{NO-BREAK SPACE}%"


@pytest.mark.parametrize(
    ("year", "said"), [(None, "ср, 20 января, 18:00"), (2027, "ср, 20 января, 18:00"), (2026, "ср, 20 января 2027, 18:00")]
)
def test_year_is_said_where_it_is_another_one(year: int | None, said: str):
    assert moment(datetime(2027, 1, 20, 18, tzinfo=ZoneInfo("Europe/Moscow")), "ru", year) == said
