"""Every text that people see comes from the catalogues, every name of a text leads to one, and every text is said somewhere.

The rules, and what is allowed, stand in `strays`.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import classroom_plugins
from classroom_matrix.i18n import LANGUAGES
from classroom_matrix.i18n.check import differences

from .strays import keys_of, keys_used, modules, strays

ROOT = Path(__file__).parents[3]
CORE = ROOT / "classroom_matrix"
CHAT = [CORE / part for part in ("runtime", "provisioning", "api", "domain")]
"""Parts of the house that talk to people in rooms; the join page, the terminal and class lists have tests of their own."""
BUILT_IN = Path(next(iter(classroom_plugins.__path__)))
PLUGINS = {file.parent.name: file.parent for file in sorted(BUILT_IN.glob("*/plugin.py"))}
IMPLIED = ("title", "export")
"""Texts that the house asks every plugin for: what the help and a family's file call it."""

FOR_IT = {
    "classroom_matrix/provisioning/creation.py": "an error for the log",
    "classroom_matrix/provisioning/describe.py": "the plan in the terminal",
    "classroom_matrix/provisioning/ratelimit.py": "advice in the log",
}
"""Modules that are not looked at, and why."""
COMPARED = {" without quorum"}
"""Texts that are compared and never shown."""


def found_in(folder: Path) -> list[str]:
    return [
        str(stray)
        for path, source in modules(folder, ROOT).items()
        if path not in FOR_IT
        for stray in strays(source, path)
        if stray.text not in COMPARED
    ]


@pytest.mark.parametrize("folder", CHAT, ids=lambda folder: folder.name)
def test_house_says_nothing_but_texts_of_the_catalogues(folder: Path) -> None:
    assert found_in(folder) == []


@pytest.mark.parametrize("plugin", sorted(PLUGINS))
def test_plugin_says_nothing_but_texts_of_its_catalogues(plugin: str) -> None:
    assert found_in(PLUGINS[plugin]) == []


@pytest.mark.parametrize("path", sorted(FOR_IT))
def test_exception_is_still_needed(path: str) -> None:
    assert strays((ROOT / path).read_text("utf-8"), path) != [], "take it out of FOR_IT"


@pytest.mark.parametrize("plugin", sorted(PLUGINS))
def test_languages_of_a_plugin_agree(plugin: str) -> None:
    assert list(differences(f"classroom_plugins.{plugin}")) == []


@pytest.mark.parametrize("plugin", sorted(PLUGINS))
def test_every_text_that_a_plugin_names_exists_in_each_language(plugin: str) -> None:
    used = keys_used(modules(PLUGINS[plugin], ROOT), [plugin])
    for language in LANGUAGES:
        own, core = (folder / "locales" / f"{language}.ftl" for folder in (PLUGINS[plugin], CORE / "i18n"))
        texts = keys_of(own) | keys_of(core)
        assert {key: place for key, place in used.whole.items() if key not in texts} == {}, language
        patterns = used.patterns.items()
        assert {pattern: at for pattern, at in patterns if not any(re.fullmatch(pattern, key) for key in texts)} == {}, language
        assert [name for name in IMPLIED if f"{plugin}-{name}" not in texts] == []


@pytest.mark.parametrize("plugin", sorted(PLUGINS))
def test_every_text_of_a_plugin_is_said_somewhere(plugin: str) -> None:
    used = keys_used(modules(PLUGINS[plugin], ROOT), [plugin])
    texts = keys_of(PLUGINS[plugin] / "locales" / "ru.ftl") - {f"{plugin}-{name}" for name in IMPLIED}
    assert sorted(key for key in texts if not used.uses(key)) == []


def test_every_text_that_the_house_names_exists_and_no_other() -> None:
    sources = {path: source for part in [*CHAT, CORE / "errors.py"] for path, source in _sources(part).items()}
    texts = keys_of(CORE / "i18n" / "locales" / "ru.ftl")
    prefixes = sorted({key.partition("-")[0] for key in texts} - {"command"})
    used = keys_used(sources, prefixes)
    assert {key: place for key, place in used.whole.items() if key not in texts} == {}
    assert sorted(key for key in texts if not used.uses(key)) == []


def _sources(part: Path) -> dict[str, str]:
    return modules(part, ROOT) if part.is_dir() else {str(part.relative_to(ROOT)): part.read_text("utf-8")}


# ── The finder finds ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ('x = "привет"', "Cyrillic"),
        ('def f(word):\n    return word in ("да", "нет")', "Cyrillic"),
        ('def f(ctx, name):\n    ctx.note(f"Спасибо, {name}")', "Cyrillic"),
        ('ctx.post(Content.line("Done"), room="talk")', "said by line"),
        ('Line(Bold(f"{name} is away"))', "said by Bold"),
        ('_TITLE = "Homework"\nHeading(_TITLE)', "said by Heading"),
        ('Line("✅ yes" if done else "☐")', "said by Line"),
        ('Line(", ".join(["and", name]))', "said by Line"),
        ('PollContent("Where to?", answers, fallback)', "said by PollContent"),
        ('def f():\n    return "nobody has answered yet"', "a sentence"),
        ('raise UserError("this does not work")', "a sentence"),
    ],
)
def test_stray_is_found(source: str, why: str) -> None:
    assert any(why in stray.why for stray in strays(source, "plugin.py"))


@pytest.mark.parametrize(
    "source",
    [
        '"""Слова, которые понимает разбор."""',
        '_YES = frozenset({"да", "конечно"})',
        'text.replace("ё", "е")',
        'Line(Bold(view.text("polls-card-title", number=number)))',
        'Line(f"{mark} {name}: {count}")',
        'Line("✅ ", name)',
        'Content((title,), reply_to=names["first"])',
        'raise PluginError("polls", "asked for a room of another class")',
        'log.warning("a card of %s cannot be drawn", name)',
        '@command("poll close", needs=Role.TEACHER)\ndef close(ctx): ...',
        'def f(x: "a type in words"): ...',
    ],
)
def test_what_is_allowed_is_no_stray(source: str) -> None:
    assert strays(source, "plugin.py") == []


def test_names_of_texts_are_found_however_they_are_written() -> None:
    source = """
ctx.reply("toy-done")
_TITLES = {State.OPEN: "toy-open"}
view.text(f"toy-via-{way}")
raise UserError("toi-slip")
view.text(f"{key}-late")

@command("toy list")
def toy_list(ctx): ...
"""
    used = keys_used({"toy.py": source}, ["toy"])
    assert set(used.whole) == {"toy-done", "toy-open", "toi-slip", "command-toy-list"}
    assert used.uses("toy-via-phone")
    assert used.uses("toy-open-late")
    assert not used.uses("toy-by-phone")
