"""Texts by name, in the languages of the house, from Fluent files (https://projectfluent.org/fluent/guide/).

A catalogue is a folder ``locales/{ru,en}.ftl`` of a package: the core's, or a plugin's with the core's behind it. A file is
read when the first text of its language is asked for.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Self

from . import dates
from .page import Page, Text

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

LANGUAGES = ("ru", "en")

log = logging.getLogger(__name__)


class Catalogue:
    """The texts of one package.

    Args:
        folder: holds ``ru.ftl`` and ``en.ftl``; None or a missing file is a catalogue without texts.
        parent: asked for texts that are not here.
        strict: a missing text or variable, or a broken file, raises `LookupError`. Otherwise it is logged, and the other
            language's text, or the text's name, is said instead: a slip in a translation silences nobody.
    """

    def __init__(self, folder: Traversable | None, *, parent: Catalogue | None = None, strict: bool = False) -> None:
        self._folder = folder
        self._parent = parent
        self._strict = strict
        self._pages: dict[str, Page | None] = {}

    @classmethod
    def of_package(cls, package: str, *, parent: Catalogue | None = None, strict: bool = False) -> Self:
        """The catalogue in the folder ``locales`` of an importable package."""
        from importlib.resources import files  # noqa: PLC0415 - imported on first use: starting must be quick

        return cls(files(package) / "locales", parent=parent, strict=strict)

    @classmethod
    def core(cls, *, strict: bool = False) -> Self:
        """The house's own texts."""
        return cls.of_package(__package__ or "", strict=strict)

    def has(self, key: str, language: str | None = None) -> bool:
        """Whether the text exists in `language`, or in any."""
        languages = LANGUAGES if language is None else (language,)
        return any(self._find(key, each) for each in languages)

    def text(self, key: str, language: str, **values: object) -> str:
        """The text `key` with its variables.

        Args:
            key: its name.
            language: "ru" or "en"; others are answered in English.
            **values: strings and integers as they are; a `datetime` becomes "пт, 20 ноября, 18:00", a `date` "пт, 20 ноября", a
                `Fraction` a percentage, a `timedelta` "3 дня", a list or tuple its members joined by commas.

        Raises:
            LookupError: in a strict catalogue, if the text, its value or one of its variables is missing.
        """
        return self.fill(key, language, values)

    def fill(self, key: str, language: str, values: Mapping[str, object], this_year: int | None = None) -> str:
        """Like `text`. `this_year`: where it is given, dates of other years are said with their year."""
        spoken = language if language in LANGUAGES else "en"
        found = self._find(key, spoken)
        if found is None:
            return self._missing(key, spoken, this_year, values)
        if found.plain is not None:
            return found.plain
        if not found.says:
            return self._complain(f"{key} has no text in {spoken}", key)
        said, errors = found.page.fill(key, {name: _say(value, spoken, this_year) for name, value in values.items()})
        if errors:
            return self._complain(f"{key} in {spoken}: {errors[0]!r}", said)
        return said

    def listed(self, key: str) -> list[str]:
        """A text that is a list with commas, such as words that mean the same, in all languages: people may use any.

        Raises:
            LookupError: as `text`.
        """
        said = (self.text(key, language) for language in LANGUAGES)
        return [each.strip() for words in said for each in words.split(",") if each.strip()]

    def attributes(self, key: str, language: str) -> Mapping[str, str]:
        """The attributes of a text (``.help``, ``.until``), without variables; empty where there is no such text."""
        found = self._find(key, language)
        if found is None:
            return {}
        for problem in found.problems:
            self._complain(problem, "")
        return found.attributes

    def _find(self, key: str, language: str) -> Text | None:
        if language not in self._pages:
            self._pages[language] = self._load(language)
        page = self._pages[language]
        found = page.find(key) if page else None
        if found is None and self._parent is not None:
            return self._parent._find(key, language)  # noqa: SLF001 - the same class
        return found

    def _missing(self, key: str, language: str, this_year: int | None, values: Mapping[str, object]) -> str:
        other = next((each for each in LANGUAGES if each != language and self._find(key, each)), None)
        if other is None or self._strict:
            return self._complain(f"no text {key} in {language}", key)
        log.error("no text %s in %s", key, language)
        return self.fill(key, other, values, this_year)

    def _complain(self, problem: str, instead: str) -> str:
        if self._strict:
            raise LookupError(problem)
        log.error("%s", problem)
        return instead

    def _load(self, language: str) -> Page | None:
        file = self._folder / f"{language}.ftl" if self._folder else None
        if file is None or not file.is_file():
            return None
        page = _page(file.read_text("utf-8"), language)
        for junk in page.junk:
            self._complain(f"{file}: not Fluent: {junk[:80]!r}", "")
        return page


@lru_cache(maxsize=64)
def _page(source: str, language: str) -> Page:
    """Reading a file of 400 texts takes 0.3 s (measured), and tests open the same catalogues a thousand times."""
    return Page(source, language)


def _say(value: object, language: str, this_year: int | None) -> object:
    match value:
        case datetime():
            return dates.moment(value, language, this_year)
        case date():  # a datetime is one, too
            return dates.day(value, language, this_year)
        case timedelta():
            return dates.span(value, language)
        case Fraction():
            return dates.percent(value, language)
        case list() | tuple():
            return ", ".join(str(_say(part, language, this_year)) for part in value)
    return value if isinstance(value, int | float) else str(value)
