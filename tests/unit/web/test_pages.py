from __future__ import annotations

import re
from importlib.resources import files

import pytest

from classroom_matrix.i18n import LANGUAGES, Catalogue
from classroom_matrix.i18n.check import differences
from classroom_matrix.roster.slips.words import COUNT
from classroom_matrix.web import slip, welcome
from classroom_matrix.web.pages import Pages, isolated, preferred

TEMPLATES = sorted(item.name for item in (files("classroom_matrix.web") / "templates").iterdir())


def test_both_languages_say_the_same() -> None:
    assert differences("classroom_matrix.web") == []


def test_texts_are_all_there_and_all_used() -> None:
    package = files("classroom_matrix.web")
    python = [item.read_text("utf-8") for item in package.iterdir() if item.name.endswith(".py")]
    templates = [(package / "templates" / name).read_text("utf-8") for name in TEMPLATES]
    used = set(re.findall(r'"(join-[\w-]+[a-z])"', "\n".join(python + templates)))
    built = {f"join-language-{language}" for language in LANGUAGES} | {"join-words-expired", "join-words-used"}
    texts = set(re.findall(r"^(join-[\w-]+) =", (package / "locales" / "ru.ftl").read_text("utf-8"), re.MULTILINE))
    assert used | built == texts


def test_pages_ask_for_as_many_words_as_a_slip_has() -> None:
    assert slip.WORDS == COUNT


def test_nothing_cuts_a_password_that_is_pasted() -> None:
    source = (files("classroom_matrix.web") / "templates" / "macros.html").read_text("utf-8")
    assert "maxlength=" not in source


@pytest.mark.parametrize(
    ("accept", "language"),
    [
        ("ru-RU,ru;q=0.9,en;q=0.8", "ru"),
        ("en-GB,en;q=0.9", "en"),
        ("uz-UZ,uz;q=0.9,en;q=0.3,ru;q=0.7", "ru"),
        ("ru;q=0,en;q=0.1", "en"),
        ("fr", "school's"),
        ("", "school's"),
        ("ru;q=a lot, ;;,", "school's"),
    ],
)
def test_language_is_the_first_that_the_browser_asks_for(accept: str, language: str) -> None:
    assert preferred(accept, "school's") == language


def test_names_written_from_right_to_left_stay_where_they_are() -> None:
    assert isolated("مريم") == "\u2068مريم\u2069"


@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_values_are_escaped(language: str) -> None:
    pages = Pages(Catalogue.of_package("classroom_matrix.web", strict=True))
    evil = '"><script>alert(1)</script>'
    words = pages.page("words.html", language, handle="a", typed=evil, problem="", minutes=0, switch="/j/a")
    assert words.text is not None
    assert evil not in words.text
    assert "&#34;&gt;&lt;script&gt;" in words.text


@pytest.mark.parametrize("template", TEMPLATES)
def test_templates_need_nothing_from_elsewhere_and_no_script_inside(template: str) -> None:
    source = (files("classroom_matrix.web") / "templates" / template).read_text("utf-8")
    assert not re.findall(r"""https?://|style=|\son\w+=|javascript:|<style""", source)
    assert re.findall(r"<script[^>]*>", source) == (
        ["<script src=\"{{ static['element.js'] }}\" defer>"] if template == "element.html" else []
    )


def test_only_the_picture_is_trusted() -> None:
    """`|safe` switches escaping off."""
    used = {
        name: re.findall(r"\w+\|safe", (files("classroom_matrix.web") / "templates" / name).read_text("utf-8"))
        for name in TEMPLATES
    }
    assert {name: found for name, found in used.items() if found} == {"done.html": ["picture|safe"]}
    assert welcome.qr.__module__ == "classroom_matrix.web.apps"
