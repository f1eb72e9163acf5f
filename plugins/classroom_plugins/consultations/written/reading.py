"""What a guardian's message in a desk is: something to be answered, thanks, or just a greeting. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from classroom_matrix.domain.folding import fold

from .domain import Kind

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_FRIENDLY = frozenset("👍👌🙏🤝💐🌷🌹🌸🌺✅☑✔💯🫶🥰😊☺🙂😃😄😁🤗❤💕🧡💛💚💙💜🤍")
_CLOSING = frozenset("✅☑✔")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words in lower case with е for ё. `polite`: what stands around thanks and in greetings, staff's names among it."""

    thanks: Collection[str]
    polite: Collection[str]


def kind_of_message(body: str, kind: str, lexicon: Lexicon) -> Kind | None:
    """What a guardian's message does; None where people have not written it.

    Args:
        body: its text; the name of the file where it is one.
        kind: see `domain.facts.MessageSent.kind`. Photos and files always want to be looked at.
        lexicon: of all languages that the class speaks.
    """
    if kind == "notice":
        return None
    if kind not in ("text", "emote"):
        return Kind.ASKS
    words = [fold(word) for word in _WORD.findall(body)]
    if "?" in body or any(word not in lexicon.thanks and word not in lexicon.polite for word in words):
        return Kind.ASKS
    if any(word in lexicon.thanks for word in words) or (not words and _FRIENDLY.intersection(body)):
        return Kind.THANKS
    return Kind.TALK


def kind_of_reaction(key: str, *, by_staff: bool) -> Kind | None:
    """What a reaction does; None for those that only show a feeling, or are none of these."""
    if by_staff and _CLOSING.intersection(key):
        return Kind.CLOSES
    if _FRIENDLY.intersection(key):
        return Kind.ANSWERS if by_staff else Kind.THANKS
    return None


def words_in(text: str) -> frozenset[str]:
    """The words of a text from the catalogue, or of a name."""
    return frozenset(fold(word) for word in _WORD.findall(text))
