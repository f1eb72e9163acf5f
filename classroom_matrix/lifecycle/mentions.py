"""Whether a text names somebody who is being erased."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from ..roster.names import FullName, parse_full_name
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
        names: of those who are being erased: "Ксения Калинина", "Наталья Ивановна Калинина".
        others: of everybody else whom the school knows; what is also theirs is nobody's mark.
    """
    whole: dict[str, None] = {}
    surnames: dict[str, None] = {}
    for name in map(_parts, names):
        whole.update(dict.fromkeys(_spellings(name)))
        surnames[name.surname] = None
    words = {word for other in others for word in folded(other).split()}
    theirs = {spelling for other in others for spelling in _spellings(_parts(other))}
    return Names(
        tuple(name for name in whole if " " in name and name not in theirs),
        tuple(surname for surname in surnames if len(surname) > 2 and folded(surname) not in words),
    )


def _parts(name: str) -> FullName:
    """Names in the tables stand in the order in which people are addressed; a patronymic tells where it is otherwise."""
    words = name.split() or [""]
    full = parse_full_name(name) if len(words) > 2 else None
    return full or FullName(surname=words[-1], given=" ".join(words[:-1]))


def _spellings(name: FullName) -> list[str]:
    orders = [
        (name.given, name.surname),
        (name.surname, name.given),
        (name.given, name.patronymic, name.surname),
        (name.surname, name.given, name.patronymic),
    ]
    if name.patronymic:
        orders.append((name.given, name.patronymic))
    return list(dict.fromkeys(folded(" ".join(order)) for order in orders))


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
