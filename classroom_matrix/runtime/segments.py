"""Cutting what follows a command into pieces, as people separate things: lines, ";", "|", commas, quotes, list marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

STRONG = ";|\n"
"""Separators nobody uses inside an answer; a comma separates only where none of these stands."""

_CLOSING = {"«": "»", "“": "”", "„": "“”", '"': '"'}
_BULLET = re.compile(r"[-–—*•·]\s+")
_NUMBERED = re.compile(r"\d{1,2}[.)]\s+")
_QUESTION_END = re.compile(r"[?？]+[!)»”\"]*\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of text. `quoted`: it stood in quotation marks as a whole, so that it means nothing but itself."""

    text: str
    quoted: bool = False


def inside_quotes(text: str) -> list[bool]:
    """For every character, whether it stands in quotation marks (the marks included). A mark without its partner is none."""
    inside = [False] * len(text)
    position = 0
    while position < len(text):
        end = _closing(text, position)
        if end is not None:
            inside[position : end + 1] = [True] * (end + 1 - position)
            position = end
        position += 1
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


def _closing(text: str, position: int) -> int | None:
    """Where the quotation that opens at `position` ends; quotations do not span lines."""
    closers = _CLOSING.get(text[position])
    if closers is None or (position and text[position - 1].isalnum()):
        return None
    opener, depth = text[position], 0
    for index in range(position + 1, len(text)):
        letter = text[index]
        if letter == "\n":
            return None
        if letter in closers:
            if not depth:
                return index
            depth -= 1
        elif letter == opener:
            depth += 1
    return None


def _segment(text: str) -> Segment:
    if text and _closing(text, 0) == len(text) - 1:
        return Segment(text[1:-1].strip(), quoted=True)
    return Segment(text)


def _without_list_marks(pieces: list[str]) -> list[str]:
    """Of "- Tea" is left Tea; of "1. Tea" too, where at least two pieces are numbered, so that one "2. floor" stays."""
    pieces = [_BULLET.sub("", piece, count=1) if _BULLET.match(piece) else piece for piece in pieces]
    numbered = [bool(_NUMBERED.match(piece)) for piece in pieces]
    if sum(numbered) < 2 or not all(numbered[1:]):
        return pieces
    return [_NUMBERED.sub("", piece, count=1) if has else piece for piece, has in zip(pieces, numbered, strict=True)]
