"""Cutting what follows a command into pieces, as people separate things: lines, ";", "|", commas, quotes, list marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

STRONG = ";|\n"
"""Separators nobody uses inside an answer; a comma separates only where none of these stands."""

_DEEPEST = 4  # quotations in one another; the rest are stray marks

_CLOSING = {"«": "»", "“": "”", "„": "“”", '"': '"'}
_OPENING = re.compile(f"[{''.join(_CLOSING)}]")
_BULLET = re.compile(r"[-–—*•·]\s+")
_NUMBERED = re.compile(r"\d{1,2}[.)]\s+")
_QUESTION_END = re.compile(r"(?<![?？])[?？]+[!)»”\"]*\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of text. `quoted`: it stood in quotation marks as a whole, so that it means nothing but itself."""

    text: str
    quoted: bool = False


def inside_quotes(text: str) -> list[bool]:
    """For every character, whether it stands in quotation marks (the marks included). A mark without its partner is none."""
    inside = [False] * len(text)
    for start, end in _quotations(text):
        inside[start : end + 1] = [True] * (end + 1 - start)
    return inside


def split(text: str, separators: str = STRONG) -> list[Segment]:
    """The pieces between separators outside of quotes, cleaned; empty ones are dropped."""
    inside = inside_quotes(text)
    pieces: list[str] = []
    start = 0
    for position, letter in enumerate(text):
        if letter in separators and not inside[position]:
            pieces.append(text[start:position])
            start = position + 1
    pieces.append(text[start:])
    pieces = [piece.strip() for piece in pieces if piece.strip()]
    return [segment for segment in map(_segment, _without_list_marks(pieces)) if segment.text]


def split_question(text: str) -> tuple[str, str] | None:
    """A question and what follows it: cut behind the last question mark outside of quotes that has text after it."""
    inside = inside_quotes(text)
    ends = [match for match in _QUESTION_END.finditer(text) if not inside[match.start()]]
    if not ends:
        return None
    return text[: ends[-1].end()].strip(), text[ends[-1].end() :].strip()


def words(text: str) -> Iterator[tuple[int, int]]:
    """Where each word starts and ends."""
    return (match.span() for match in re.finditer(r"\S+", text))


def _quotations(text: str) -> list[tuple[int, int]]:
    """Where quotations start and end, outer ones too; they do not span lines. One pass, whatever the text."""
    if not _OPENING.search(text):
        return []
    found: list[tuple[int, int]] = []
    open_marks: list[int] = []
    for position, letter in enumerate(text):
        if letter == "\n":
            open_marks.clear()
        elif (partner := next((mark for mark in reversed(open_marks) if letter in _CLOSING[text[mark]]), None)) is not None:
            del open_marks[open_marks.index(partner) :]
            found.append((partner, position))
        elif letter in _CLOSING and len(open_marks) < _DEEPEST and not (position and text[position - 1].isalnum()):
            open_marks.append(position)
    return _outermost(found)


def _outermost(quotations: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Only those that are in no other, so that marking them takes one pass too."""
    outer: list[tuple[int, int]] = []
    for start, end in sorted(quotations):
        if not outer or start > outer[-1][1]:
            outer.append((start, end))
    return outer


def _segment(text: str) -> Segment:
    if _quotations(text) == [(0, len(text) - 1)]:
        return Segment(text[1:-1].strip(), quoted=True)
    return Segment(text)


def _without_list_marks(pieces: list[str]) -> list[str]:
    """Of "- Tea" is left Tea; of "1. Tea" too, where at least two pieces are numbered, so that one "2. floor" stays."""
    pieces = [_BULLET.sub("", piece, count=1) if _BULLET.match(piece) else piece for piece in pieces]
    numbered = [bool(_NUMBERED.match(piece)) for piece in pieces]
    if sum(numbered) < 2 or not all(numbered[1:]):
        return pieces
    return [_NUMBERED.sub("", piece, count=1) if has else piece for piece, has in zip(pieces, numbered, strict=True)]
