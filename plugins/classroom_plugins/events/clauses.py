"""What of a message is about which event: "на каток придём, в театр нет"."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import TypeVar

from .words import names_title

_CLAUSE = re.compile(r"[,;.!?\n]+|(?<=\s)[–—-](?=\s)")
K = TypeVar("K")


def parts_about(text: str, titles: Mapping[K, str], turns: Collection[str]) -> dict[K, str]:
    """The parts of a text about each thing that it names, with what is said before any of them.

    Args:
        text: as it was written.
        titles: of what may be named.
        turns: words with which something else begins ("а", "but").

    Returns:
        Nothing where the text does not speak of several things one after the other.
    """
    clauses = _clauses(text, turns)
    named = [{key for key, title in titles.items() if names_title(clause, title)} for clause in clauses]
    about = [frozenset(keys) for keys in named if keys]
    if len(set(about)) < 2 or frozenset.intersection(*about):
        return {}
    found: dict[K, str] = {}
    opening, current = "", frozenset[K]()
    for clause, keys in zip(clauses, named, strict=True):
        current = frozenset(keys) or current
        if not current:
            opening += f"{clause} "
        for key in current:
            found[key] = f"{found.get(key, opening)}{clause} "
    return {key: part.strip() for key, part in found.items()}


def _clauses(text: str, turns: Collection[str]) -> list[str]:
    """With their punctuation, so that a question stays one."""
    found = [""]
    position = 0
    for mark in _CLAUSE.finditer(text):
        found[-1] += text[position : mark.end()]
        found.append("")
        position = mark.end()
    found[-1] += text[position:]
    words = "|".join(map(re.escape, sorted(turns)))
    turn = re.compile(rf"(?<=\s)(?=(?:{words})(?!\w))", re.IGNORECASE)
    return [part for clause in found for part in turn.split(clause) if part.strip()]
