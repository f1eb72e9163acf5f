"""What somebody should see about a class list: questions with their row, as texts in every language of the house."""

from __future__ import annotations

from collections.abc import Mapping
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


@cache
def texts() -> Catalogue:
    """The texts of this package."""
    return Catalogue.of_package(__package__ or "")
