"""Whether a text names somebody who is being erased."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import permutations

from ..storage.database import Database
from .whom import folded


@dataclass(frozen=True, slots=True)
class Names:
    """What is looked for. Plain values, so that it can be kept while an erasure goes on.

    Args:
        whole: names of two words or more, in every order in which they are written.
        alone: surnames that nobody else in the school has; they count where they are written with a capital letter.
    """

    whole: tuple[str, ...]
    alone: tuple[str, ...]

    def found_in(self, text: str) -> bool:
        """Whether the text names one of them. Other cases of the Russian declension are not recognised."""
        return self.whole_in(text) or (bool(self.alone) and _pattern(self.alone, fold=False).search(text) is not None)

    def whole_in(self, text: str) -> bool:
        """The same for whole names only."""
        return bool(self.whole) and _pattern(self.whole, fold=True).search(folded(text)) is not None


def names_of(names: Iterable[str], others: Collection[str]) -> Names:
    """What to look for.

    Args:
        names: of those who are being erased: "Ксения Калинина", "Калинина Наталья Ивановна".
        others: of everybody else whom the school knows.
    """
    whole: dict[str, None] = {}
    surnames: dict[str, None] = {}
    for name in names:
        words = folded(name).split()
        if len(words) < 2:
            continue
        # A patronymic comes last or not at all: given name and surname are what a name is recognised by.
        pairs = [words[:2], [words[0], words[-1]]] if len(words) > 2 else [words]
        orders = [order for pair in pairs for order in permutations(pair)]
        whole.update(dict.fromkeys(" ".join(order) for order in [words, *orders]))
        surnames.update(dict.fromkeys(_surnames(name)))
    taken = {word for other in others for word in folded(other).split()}
    theirs = {" ".join(pair) for other in others for pair in permutations(folded(other).split()[:3], 2)}
    return Names(
        tuple(name for name in whole if name not in theirs),
        tuple(surname for surname in surnames if folded(surname) not in taken and len(surname) > 2),
    )


def _surnames(name: str) -> list[str]:
    """Pupils' names begin with the given name, adults' with the surname; a patronymic makes three words."""
    words = name.split()
    return [words[0]] if len(words) > 2 else [words[-1]]


def everybody_else(database: Database, people: Collection[str]) -> list[str]:
    """Names of all people and pupils but these. In the database's thread."""
    found = database.execute("SELECT id, name FROM person UNION ALL SELECT id, name FROM pupil").fetchall()
    return [name for id_, name in found if id_ not in people]


_patterns: dict[tuple[tuple[str, ...], bool], re.Pattern[str]] = {}


def _pattern(words: tuple[str, ...], *, fold: bool) -> re.Pattern[str]:
    known = _patterns.get((words, fold))
    if known is None:
        said = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
        known = _patterns[words, fold] = re.compile(rf"(?<!\w)(?:{said})(?!\w)")
    return known
