"""The family's language as an office writes it. Pure."""

from __future__ import annotations

from .names import folded
from .question import About, Question

_SPOKEN = {
    "": None,
    "русский": "ru",
    "рус": "ru",
    "russian": "ru",
    "ru": "ru",
    "английский": "en",
    "англ": "en",
    "english": "en",
    "en": "en",
}
"""What the service's texts exist in."""


def language_of(row: int, text: str) -> tuple[str | None, list[Question]]:
    """The code of a language that the service speaks, or None for the class's, and what is unclear."""
    word = folded(text).strip(" .").removesuffix(" язык")
    if word in _SPOKEN:
        return _SPOKEN[word], []
    if word.replace("-", "").replace(" ", "").isalpha():
        return None, [Question(row, "roster-language-other", {"spoken": text[:40]}, About.LANGUAGE)]
    return None, [Question(row, "roster-language-unclear", {"spoken": text[:40]})]
