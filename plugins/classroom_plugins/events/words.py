"""What a guardian's plain words say about coming: "придём вдвоём", "нет, не сможем", "2 взрослых, Семён", "yes, 2 adults".

Every word has to be one that belongs to such an answer; one or two others make it unsure, more make it something else. The
words come from the catalogue, so nothing here knows a language.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from classroom_matrix.domain.ids import PersonId
from classroom_matrix.domain.people import Pupil

from .answers import MAX_ADULTS, Kind
from .domain import fold

LONGEST = 200  # characters
MAX_WORDS = 16
_STRANGERS = 2  # words that do not belong
_STEM = 3  # letters that a name keeps
_TOKEN = re.compile(r"[\w'’]+")
CATEGORIES = (
    "yes",
    "no",
    "maybe",
    "plain-yes",
    "plain-no",
    "plain-maybe",
    "adults",
    "one-adult",
    "two-adults",
    "people",
    "children",
    "everybody",
    "no-adults",
    "no-children",
    "fillers",
)
"""Names of the lists of words: ``events-words-<name>`` in the catalogue; `plain-…` mean something only to who was asked."""

Lexicon = Mapping[tuple[str, ...], str]
"""Phrases, folded into words, and the category of each."""


class Numbers(NamedTuple):
    """Words for numbers, and for that many people altogether ("вдвоём")."""

    counts: Mapping[str, int]
    together: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Said:
    """What was said about coming.

    Args:
        kind: whether.
        adults, pupils: who, where that was said.
        total: how many people altogether, where only that was said.
        without: pupils who do not come.
        plain: it could be said about anything ("да"), so it means something only to who was asked.
        sure: all words belong to it.
        on_topic: it says how many adults, or whether they come, in words of its own.
    """

    kind: Kind
    adults: int | None = None
    pupils: tuple[PersonId, ...] | None = None
    total: int | None = None
    without: tuple[PersonId, ...] = ()
    plain: bool = False
    sure: bool = True


def lexicon_of(lists: Mapping[str, Sequence[str]]) -> Lexicon:
    """`lists`: phrases by category."""
    return {tuple(tokens(phrase)): category for category, phrases in lists.items() for phrase in phrases if tokens(phrase)}


def tokens(text: str) -> list[str]:
    return [word.replace("'", "").replace("’", "") for word in _TOKEN.findall(fold(text))]


def read_answer(text: str, pupils: Sequence[Pupil], lexicon: Lexicon, numbers: Numbers, title: str = "") -> Said | None:
    """What the text says about coming to the event of that title; None if it is about something else."""
    said = tokens(text)
    if not 0 < len(said) <= MAX_WORDS or len(text) > LONGEST:
        return None
    heard = _Heard(pupils, lexicon, numbers, title)
    position = 0
    while position < len(said):
        position += heard.take(said, position)
    return heard.meaning()


class _Heard:
    """What was heard so far, word by word."""

    def __init__(self, pupils: Sequence[Pupil], lexicon: Lexicon, numbers: Numbers, title: str) -> None:
        self.pupils = pupils
        self.lexicon = lexicon
        self.numbers = numbers
        self.longest = max((len(phrase) for phrase in lexicon), default=1)
        self.title = {word[:5] for word in tokens(title) if len(word) > _STEM}
        self.heard: set[str] = set()
        self.adults = 0
        self.children: int | None = None
        self.named: dict[PersonId, None] = {}
        self.total: int | None = None
        self.number: int | None = None  # said, and it is not known yet of what
        self.strange = 0

    def take(self, said: Sequence[str], position: int) -> int:
        """Hear the word at `position`, or the phrase that begins there. Returns how many words that were."""
        for length in range(min(self.longest, len(said) - position), 0, -1):
            category = self.lexicon.get(tuple(said[position : position + length]))
            if category is not None:
                self._hear(category)
                return length
        self._hear_word(said[position])
        return 1

    def _hear(self, category: str) -> None:
        if category == "adults":
            self.adults += 1 if self.number is None else self.number
            self.number = None
        elif category in ("one-adult", "two-adults"):
            self.adults += 1 if category == "one-adult" else 2
        elif category == "people" and self.number is not None:
            self.total, self.number = self.number, None
        elif category == "children":
            self.children = self.number
            self.number = None
        if category != "fillers":
            self.heard.add(category)

    def _hear_word(self, word: str) -> None:
        if word in self.numbers.together:
            self.total = self.numbers.together[word]
        elif word.isascii() and word.isdigit() and len(word) <= 2:
            self.number = int(word)
        elif word in self.numbers.counts:
            self.number = self.numbers.counts[word]
        elif (pupil := self._pupil(word)) is not None:
            self.named[pupil] = None
        elif word[:5] not in self.title and not self._is_surname(word):
            self.strange += 1

    def _pupil(self, word: str) -> PersonId | None:
        found = [pupil for pupil in self.pupils if _is_form_of(word, fold(pupil.name).split()[0])]
        return found[0].id if len(found) == 1 else None

    def _is_surname(self, word: str) -> bool:
        return any(_is_form_of(word, fold(pupil.surname)) for pupil in self.pupils)

    def meaning(self) -> Said | None:
        if "people" in self.heard and self.total is None and self.number is not None:
            self.total, self.number = self.number, None  # "нас будет трое"
        yes, no, maybe = (bool({name, f"plain-{name}"} & self.heard) for name in ("yes", "no", "maybe"))
        counted = bool({"adults", "one-adult", "two-adults", "no-adults"} & self.heard) or self.total is not None
        if self.strange > _STRANGERS or not (yes or no or maybe or counted):
            return None
        own = bool({"yes", "no", "maybe"} & self.heard) or counted
        if maybe:
            kind = Kind.MAYBE
        elif no and "no" not in self.heard and (yes or counted):
            kind = Kind.YES  # "нет, будем вдвоём"
        else:
            kind = Kind.NO if no else Kind.YES
        named = tuple(self.named)
        unsure = self.strange > 0 or (no and "yes" in self.heard) or self._is_unclear()
        if kind is Kind.NO:
            some = named if named and len(named) < len(self.pupils) else ()
            return Said(Kind.NO, without=some, plain=not own, sure=not unsure)
        return Said(
            kind,
            adults=self._adults(),
            pupils=self._coming(named),
            total=self.total,
            plain=not own,
            sure=not unsure,
        )

    def _adults(self) -> int | None:
        if "no-adults" in self.heard:
            return 0
        if {"adults", "one-adult", "two-adults"} & self.heard:
            return min(self.adults, MAX_ADULTS)
        return None

    def _coming(self, named: tuple[PersonId, ...]) -> tuple[PersonId, ...] | None:
        if "no-children" in self.heard:
            return ()
        if named and "everybody" not in self.heard:
            return named
        everybody = "everybody" in self.heard or self.children == len(self.pupils)
        return tuple(pupil.id for pupil in self.pupils) if everybody else None

    def _is_unclear(self) -> bool:
        """A number of what, or which of the children?"""
        if self.number is not None:
            return True
        return self.children is not None and not self.named and self.children != len(self.pupils)


def _is_form_of(word: str, name: str) -> bool:
    """Whether a word is the name in some case: "Семёном" of Семён, "Ксюша" not of Ксения."""
    common = next(
        (n for n, (one, other) in enumerate(zip(word, name, strict=False)) if one != other), min(len(word), len(name))
    )
    return common >= max(_STEM, len(name) - 2) and len(word) <= len(name) + 3
