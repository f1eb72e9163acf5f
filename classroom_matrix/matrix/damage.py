"""Answers that cannot be decoded as a whole because of one part that somebody has put in there.

Brackets in brackets, hundreds of them, and halves of surrogate pairs are refused by our decoder wherever they stand, also in
parts that are only passed over (`msgspec.Raw`): one to-device message could make every /sync of the device unreadable, and one
event a transaction that is repeated for ever. How many brackets are too many depends on how deep the caller is; Synapse (1.163,
measured) passes on some 940, which is just below, and no halves; that is its choice and not ours. So what is refused is decoded
once more without such parts. Nothing that a client of good will sends has any.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

import msgspec

T = TypeVar("T")

DEEPEST = 100
"""Brackets in brackets that are left in; an event in a /sync begins within some ten, and its content has a few."""
_TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*"|[\[\]{}]', re.DOTALL)
_ESCAPE = re.compile(
    rb"(\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})|\\u[dD][89a-fA-F][0-9a-fA-F]{2}|\\.", re.DOTALL
)


def decode_leniently(decode: Callable[[bytes], T], data: bytes) -> T:
    """`decode` the whole, or what is left of it without what nobody can decode.

    Raises:
        msgspec.DecodeError: it is something else.
    """
    try:
        return decode(data)
    except msgspec.ValidationError:
        raise  # its form is right
    except (msgspec.DecodeError, RecursionError):
        pass
    try:
        return decode(_shallow(_whole_characters(data)))
    except RecursionError as error:
        raise msgspec.DecodeError("it is nested too deeply") from error


def _whole_characters(data: bytes) -> bytes:
    """With U+FFFD for each half of a surrogate pair."""

    def whole(match: re.Match[bytes]) -> bytes:
        escape = match.group()
        return rb"\ufffd" if len(escape) == len(rb"\ud800") else escape

    return _ESCAPE.sub(whole, data)


def _shallow(data: bytes) -> bytes:
    """With null for each array and object that is nested too deeply."""
    parts: list[bytes] = []
    depth = end = 0
    for token in _TOKEN.finditer(data):
        match token.group():
            case b"[" | b"{":
                depth += 1
                if depth == DEEPEST + 1:
                    parts += (data[end : token.start()], b"null")
            case b"]" | b"}":
                if depth == DEEPEST + 1:
                    end = token.end()
                depth -= 1
    return b"".join(parts) + data[end:] if depth <= DEEPEST else data
