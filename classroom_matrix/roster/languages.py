"""The family's language as an office writes it. Pure."""

from __future__ import annotations

from .names import folded
from .office_export import About

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


def language_of(text: str) -> tuple[str | None, str, About]:
    """The code of a language that the service speaks, and what is unclear.

    Returns:
        (code, "", …) where all is well; (None, "", …) where nothing is said; (None, a sentence, what it is about) where
        people will be spoken to in the class's language because theirs is not spoken here, or cannot be read.
    """
    word = folded(text).strip(" .").removesuffix(" язык")
    if word in _SPOKEN:
        return _SPOKEN[word], "", About.LANGUAGE
    if word.replace("-", "").replace(" ", "").isalpha():
        sentence = f"the family's language is “{text}”; the service has no texts in it and uses the class's language"
        return None, sentence, About.LANGUAGE
    sentence = f"the language “{text}” cannot be read; the class's language is used until somebody corrects it"
    return None, sentence, About.DECISION
