"""Commands that went wrong, and would be published as an event: "!событие готово Выпускной", "!событие Калинина 2",
"!событие Ксения не придёт".
"""

from __future__ import annotations

import difflib
import re

from classroom_matrix.api import View
from classroom_matrix.domain.folding import fold
from classroom_matrix.domain.transliteration import is_same_word
from classroom_matrix.errors import InvalidArgument

from .spoken import words_of
from .words import tokens

_LIKENESS = 0.82  # of difflib: one wrong, missing or swapped letter in a word of six
_QUOTES = ("«", '"', "“", "„")
_END = re.compile(r"[\n;:]")  # of a title
_NAME_WITHIN = 3  # words: "мама Ксении", "а Ксения"
_ANSWER_WITHIN = 3  # words behind the name: "завтра точно не придёт"
_CASE = 3  # letters that a case puts behind a name
_LAST_LETTERS = "аеиоуыэюяьй"


def refuse_slip(view: View, text: str) -> None:
    """Let a title pass, unless it begins like a command or with a family's name, or says whether a pupil comes. One in quotes
    is always a title.

    Raises:
        InvalidArgument: it does.
    """
    said = text.lstrip()
    if not said or said.startswith(_QUOTES):
        return
    first = fold(said.split()[0].strip(".,:;!?—–-"))
    commands = words_of(view, "events-words-commands")
    if first in commands or difflib.get_close_matches(first, [each for each in commands if len(each) > 4], 1, _LIKENESS):
        raise InvalidArgument("events-slip-command", word=first)
    if view.roster.is_surname(first):
        raise InvalidArgument("events-slip-family")
    if _is_answer(view, _END.split(said)[0]):
        raise InvalidArgument("events-slip-answer")


def _is_answer(view: View, title: str) -> bool:
    """Whether somebody comes, or not: a pupil's name before a word that says so, or before a number or nothing."""
    words = tokens(title)
    given = {fold(pupil.name).split()[0] for family in view.roster.families for pupil in family.pupils}
    surnames = {word for word in words if view.roster.is_surname(word)}
    fillers = words_of(view, "events-words-fillers")
    answers = {word for each in words_of(view, "events-words-answers") for word in tokens(each)}
    for position, word in enumerate(words[:_NAME_WITHIN]):
        if word not in surnames and not any(is_given_name(word, name) for name in given):
            continue
        behind = words[position + 1 : position + 2 + _ANSWER_WITHIN]
        if not answers.isdisjoint(behind):
            return True
        if position == 0 and all(
            each.isdigit() or each in fillers or each in surnames or _is_called(each, given) for each in words
        ):
            return True
    return False


def _is_called(word: str, names: set[str]) -> bool:
    """Whether it is one of these names as it stands in the roster, in whatever letters."""
    return word in names or any(is_same_word(word, name) for name in names)


def is_given_name(word: str, name: str) -> bool:
    """Whether a word is the name in some case, both folded. Closer than `is_form_of`: nothing in March is Mark's."""
    stem = name.rstrip(_LAST_LETTERS) if len(name) > _CASE else name
    return (word.startswith(stem) and len(word) <= len(stem) + _CASE) or is_same_word(word, name)
