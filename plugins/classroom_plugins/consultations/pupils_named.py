"""Pupils who are named beside a slot: "запись 3 для Семёна"."""

from __future__ import annotations

from collections.abc import Collection, Sequence

_STEM = 3  # letters that a name keeps


def without_pupils(words: Sequence[str], whose: Collection[str], pupils: Collection[str]) -> list[str]:
    """The words without "Семёна" and "для Семёна".

    Args:
        words: folded.
        whose: what stands before the pupil for whom a slot is.
        pupils: first names, folded.
    """
    kept: list[str] = []
    for word in words:
        if not any(is_name(word, name) for name in pupils):
            kept.append(word)
        elif kept and kept[-1] in whose:
            kept.pop()
    return kept


def is_name(word: str, name: str) -> bool:
    """Whether a word is a name in whatever case; both folded."""
    stem = max(_STEM, len(name) - 2)
    return word[:stem] == name[:stem] and len(word) <= len(name) + 2
