"""What somebody should see about a class list: questions with their row, as texts in every language of the house."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache

from ..i18n import Catalogue


class About(StrEnum):
    """What a question is about. Only `DECISION` waits for somebody; the others are good to know."""

    DECISION = "decision"
    PHOTOS = "photos"
    SIBLING = "sibling"
    LANGUAGE = "language"
    COURT = "court"
    LIST = "list"  # which part of the file was read


@dataclass(frozen=True, slots=True)
class Question:
    """Something in a list that a person should see, mostly to decide it.

    Args:
        row: as the spreadsheet counts, 0 for the whole file.
        key: of the text in ``roster/locales``.
        values: its variables; what stands in the list is cleaned, see `names.clean`.
        about: what it is about.
    """

    row: int
    key: str
    values: Mapping[str, object] = field(default_factory=dict)
    about: About = About.DECISION

    @property
    def open(self) -> bool:
        """Whether somebody has to decide something."""
        return self.about is About.DECISION

    @property
    def sentence(self) -> str:
        """In English, for IT."""
        return self.said("en")

    def said(self, language: str) -> str:
        return texts().text(self.key, language, **self.values)

    def __str__(self) -> str:
        return f"row {self.row}: {self.sentence}" if self.row else self.sentence


def gathered(questions: Iterable[Question], language: str) -> list[tuple[str, str, Question]]:
    """(rows, sentence, the first question) of each sentence: what is the same in many rows is said once, as ``2–29, 31``."""
    rows: dict[tuple[str, bool], tuple[Question, list[int]]] = {}
    for question in questions:
        rows.setdefault((question.said(language), question.open), (question, []))[1].append(question.row)
    return [(_ranges(numbers), sentence, first) for (sentence, _), (first, numbers) in rows.items()]


def _ranges(rows: Iterable[int]) -> str:
    ranges: list[list[int]] = []
    for row in sorted({row for row in rows if row}):
        if ranges and row == ranges[-1][1] + 1:
            ranges[-1][1] = row
        else:
            ranges.append([row, row])
    return ", ".join(f"{first}–{last}" if first < last else str(first) for first, last in ranges)


@cache
def texts() -> Catalogue:
    """The texts of this package."""
    return Catalogue.of_package(__package__ or "")
