"""Cutting what follows a command into pieces, as people separate things: lines, ";", "|", commas, quotes, list marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

STRONG = ";|\n"
"""Separators nobody uses inside an answer; a comma separates only where none of these stands."""

_LIST = 2  # pieces that make a list

_DEEPEST = 4  # quotations in one another; the rest are stray marks

_CLOSING = {"«": "»", "“": "”", "„": "“”", '"': '"'}
_OPENING = re.compile(f"[{''.join(_CLOSING)}]")
_BULLET = re.compile(r"[-–—*•·]\s+")
_NUMBERED = re.compile(r"\d{1,2}(?:\)\s*|\.\s+)(?=\S)")
_NUMBER = re.compile(r"(?<!\S)(\d{1,2})(?:\)\s*|\.\s+)(?=\S)")
_LETTER = re.compile(r"[^\W\d_]")
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


def split_list(text: str) -> tuple[str, list[Segment]] | None:
    """What stands before "1) Tea 2) Coffee", and the pieces that are numbered so, from 1 on; None if none are."""
    inside = inside_quotes(text)
    marks: list[re.Match[str]] = []
    for found in _NUMBER.finditer(text):
        if int(found[1]) == len(marks) + 1 and not inside[found.start()]:
            marks.append(found)
    if len(marks) < _LIST:
        return None
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    pieces = [text[mark.end() : end].strip().rstrip(" ,") for mark, end in zip(marks, ends, strict=True)]
    return text[: marks[0].start()].strip(), [_segment(piece) for piece in pieces if piece]


def split_alternatives(text: str) -> list[Segment]:
    """The pieces of "Yes/No"; the text as it is where it is a date, an address or a fraction."""
    pieces = split(text, "/")
    return pieces if "//" not in text and all(_LETTER.search(piece.text) for piece in pieces) else [_segment(text)]


def without_numbers(pieces: list[Segment]) -> list[Segment]:
    """Pieces without the numbers that people put before them, where every one has such a number."""
    if len(pieces) < _LIST or not all(not piece.quoted and _NUMBERED.match(piece.text) for piece in pieces):
        return pieces
    return [_segment(_NUMBERED.sub("", piece.text, count=1)) for piece in pieces]


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
