"""Which of the things that were listed somebody means: "2", "1 и 2", "второе", "оба", "Семён"; and plain yes and no."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import takewhile

from ..domain.folding import fold

_LONGEST = 8  # words; whoever says more tells something
_STEM = 4  # letters that a word keeps in all its cases
_SHORTEST = 3  # letters of a word that may name a thing
_NUMBER = re.compile(r"(?:№|#)?(\d{1,2})(?:-?(?:е|ое|ый|ая|ую|й|я|го|st|nd|rd|th))?")
_PIECE = re.compile(r"[^\s,;.!()…]+")
_RANGE = re.compile(r"(\d{1,2})[-–—](\d{1,2})")
_FIRST = ("перв", "втор", "трет", "четверт", "пят", "шест")
_FIRST_EN = ("first", "second", "third", "fourth", "fifth", "sixth")
_ALL = frozenset({"все", "оба", "обе", "обоих", "обеих", "all", "both", "everything"})
_DONE = frozenset({"все", "all"})
_DONE_FOR_SURE = "всё"
_EACH = ("и то и другое", "both of them")
_THANKS = frozenset({"спасибо", "ок", "хорошо", "ok", "thanks"})
"""Beside the words of `_DONE`, these make "that's all, thank you" of them."""
_ANSWERS = ("прид", "приш", "прих", "буд", "смог", "смож", "отмен", "com", "can", "cancel", "will")
"""Stems of what answers letters of several kinds."""
_ACTS = (
    *_ANSWERS, "быть", "взять", "возьм", "запис", "перен", "прочит", "прочл", "подтвер", "ознаком", "взрос", "tak", "book",
    "mov", "read", "confirm", "adult",
)  # fmt: skip
"""Stems of what a label says is done with a thing; they name none, and whoever writes one may mean the opposite."""
_SIGNS = frozenset({"+", "-", "we", "i", "мы", "я", "хорошо"})
_NOT = frozenset({"не", "not", "нет"})
_FILLERS = frozenset(
    {"и", "а", "ну", "да", "вот", "это", "про", "о", "за", "на", "номер", "пункт", "вариант", "ответ", "пожалуйста", "спасибо",
     "конечно", "ок", "только", "лишь", "and", "the", "a", "yes", "ok", "number", "no", "one", "ones", "of", "them", "please",
     "thanks", "option", "answer", "only", "just"}
)  # fmt: skip
_ORDINAL_END = re.compile(r"(?:ый|ой|ий|ая|ья|ое|ье|ую|ью|ого|ому|ые|ьи|ом)")


def chosen(said: str, labels: Sequence[str]) -> tuple[int, ...]:
    """The positions, from 0, of what is meant; empty where it is no answer.

    Args:
        said: what the person wrote.
        labels: what was listed, in order.
    """
    words = re.findall(r"[^\s,;.!()«»\"]+", fold(said))
    if is_made_of(said, _EACH, ()):
        return tuple(_all_of(labels))
    if not 0 < len(words) <= _LONGEST or "?" in said or _is_goodbye(said, words):
        return ()
    found: list[int] = []
    names: list[str] = []
    for word in words:
        numbers = _numbers(word)
        if word in _ALL:
            found += _all_of(labels)
        elif numbers:
            if not all(1 <= number <= len(labels) for number in numbers):
                return ()
            found += [number - 1 for number in numbers]
        elif word not in _FILLERS:
            names.append(word)
    if names:
        named = _named(names, labels) if not found else None
        return () if named is None else (named,)
    return tuple(dict.fromkeys(found))


def _is_goodbye(said: str, words: Sequence[str]) -> bool:
    """Whether nothing more is wanted ("всё, спасибо"), which looks like "все"."""
    return _DONE_FOR_SURE in said.casefold() or (not _DONE.isdisjoint(words) and not _THANKS.isdisjoint(words))


def is_made_of(said: str, phrases: Iterable[str], courtesies: Iterable[str]) -> bool:
    """Whether words are nothing but these phrases, at least one, and courtesies: "да, верно, спасибо"."""
    left = f" {' '.join(leave_out(said, courtesies))} "
    wanted = sorted(phrases, key=len, reverse=True)
    count = 0
    while left.strip():
        phrase = next((each for each in wanted if left.startswith(f" {each} ")), None)
        if phrase is None:
            return False
        left, count = left[len(phrase) + 1 :], count + 1
    return count > 0


def leave_out(said: str, courtesies: Iterable[str]) -> list[str]:
    """The words of `said`, folded, without courtesies."""
    left = f" {' '.join(_PIECE.findall(fold(said)))} "
    for courtesy in sorted(courtesies, key=len, reverse=True):
        left = left.replace(f" {courtesy} ", " ")
    return left.split()


def _numbers(word: str) -> list[int]:
    if stretch := _RANGE.fullmatch(word):
        return list(range(int(stretch[1]), int(stretch[2]) + 1))
    if number := _NUMBER.fullmatch(word):
        return [int(number[1])]
    for position, (stem, english) in enumerate(zip(_FIRST, _FIRST_EN, strict=True), 1):
        if word == english or (word.startswith(stem) and _ORDINAL_END.fullmatch(word.removeprefix(stem))):
            return [position]
    return []


def _all_of(labels: Sequence[str]) -> list[int]:
    """All of them; where one of three says already what the others say together ("Семён и Таисия"), that one."""
    firsts = [next(iter(re.findall(r"\w+", fold(label))), "") for label in labels]
    if len(labels) > 2 and len(set(firsts)) > 1:
        both = [
            place
            for place, label in enumerate(labels)
            if {first for other, first in enumerate(firsts) if other != place} <= set(re.findall(r"\w+", fold(label)))
        ]
        if len(both) == 1:
            return both
    return list(range(len(labels)))


def _named(names: Sequence[str], labels: Sequence[str]) -> int | None:
    """The one thing whose label holds all these words; of several the one that says least beside them."""
    acts = [name for name in names if name.startswith(_ACTS)]
    if len(acts) == len(names) or any(len(name) < _SHORTEST for name in names):
        return None
    lengths = {
        place: len(words)
        for place, words in enumerate(re.findall(r"\w+", fold(label)) for label in labels)
        if all(any(_is_form(name, word) for word in words) for name in names) and not (acts and _NOT.intersection(words))
    }
    shortest = min(lengths.values(), default=0)
    found = [place for place, length in lengths.items() if length == shortest]
    return found[0] if len(found) == 1 else None


def names(words: Iterable[str], label: str) -> bool:
    """Whether one of these words, folded, is of what a label is about, not only of what is done with it."""
    held = re.findall(r"\w+", fold(label))
    telling = (word for word in words if len(word) >= _SHORTEST and word not in _FILLERS | _NOT and not word.startswith(_ACTS))
    return any(_is_form(word, other) for word in telling for other in held)


def answers_anything(words: Iterable[str]) -> bool:
    """Whether words, folded, are nothing but numbers, yes and no, and what answers letters of several kinds."""
    return all(word.isdigit() or word in _FILLERS | _NOT | _SIGNS or word.startswith(_ANSWERS) for word in words)


def _is_form(one: str, other: str) -> bool:
    if one == other:
        return True
    common = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))))
    return common >= max(_STEM, max(len(one), len(other)) - 3)
