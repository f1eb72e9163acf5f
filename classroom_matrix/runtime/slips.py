"""A text for all families that looks like a command gone wrong: "!дела снять Калинина чай", "!объявление список 3".

Where a command takes free text, a sub-command that does not fit, or one that belongs to another command, would become part of
that text, and everybody would read it. Whoever means it as text begins it with a capital letter and goes on for some words.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping

from ..domain.folding import fold
from ..domain.people import Roster
from ..domain.transliteration import is_same_word
from .values import alike

LIKENESS = 0.8  # of difflib: one wrong letter in a word of five
_SHORTEST = 5  # letters; shorter words resemble too much
_START = 2  # letters
_PROSE = 3  # words of a text that begins like one
_SENTENCE = 5  # words that end with a full stop
_LONG = 8  # words: no command has so many
_WORD = re.compile(r"[^\W_][\w-]*")
_LOOKED_AT = 400  # characters


def is_prose(text: str, roster: Roster) -> bool:
    """Whether a text that begins with a command's word is plainly meant as text."""
    words = _WORD.findall(text[:_LOOKED_AT])
    if names_pupil(words[:_LONG], roster, given=False):
        return len(words) >= _SENTENCE and text.rstrip().endswith(("!", "."))
    return len(words) >= _LONG or text.rstrip().endswith("!") or (text[:1].isupper() and len(words) >= _PROSE)


def resembling(word: str, names: Iterable[str]) -> str | None:
    """The name that a word is likely a slip of."""
    if len(word) < _SHORTEST:
        return None
    # "принести" is no slip of "перенести": where a word begins, fingers seldom slip.
    long_ones = [name for name in names if len(name) >= _SHORTEST and name[:_START] == word[:_START]]
    return next(iter(difflib.get_close_matches(word, long_ones, n=1, cutoff=LIKENESS)), None)


def is_alone(words: list[str], roster: Roster) -> bool:
    """Whether behind the first word comes nothing, a number, or a family's name: what commands take, and texts hardly."""
    rest = words[1:]
    if not rest or (len(rest) == 1 and rest[0].isdigit()):
        return True
    return names_pupil(rest[:1], roster, given=False)


def words_of(text: str) -> list[str]:
    return _WORD.findall(text[:_LOOKED_AT])


def names_pupil(words: Iterable[str], roster: Roster, *, given: bool = True, capital: bool = False) -> bool:
    """Whether a surname of the class, or, if wanted, a given name, is among the words, in any case.

    Args:
        words: of a text.
        roster: whose pupils.
        given: whether given names count; those have to begin with a capital letter: "Роман", "вера".
        capital: whether surnames have to, too.
    """
    surnames: Mapping[str, None] = {part: None for f in roster.families for p in f.pupils for part in fold(p.surname).split()}
    names: Mapping[str, None] = {part: None for f in roster.families for p in f.pupils for part in fold(p.name).split()}
    for word in words:
        said, is_capital = fold(word), word[:1].isupper()
        own = {**surnames, **names} if given and is_capital else ({} if capital and not is_capital else surnames)
        if any(said == each or is_same_word(said, each) or alike(said, each) for each in own):
            return True
    return False
