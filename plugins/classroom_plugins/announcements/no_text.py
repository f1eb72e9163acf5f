"""What teachers type behind a command and hardly mean for all families: a family's name, one word, a time to send it."""

from __future__ import annotations

import re

from classroom_matrix.api import Context
from classroom_matrix.domain.people import Family
from classroom_matrix.errors import InvalidArgument, UserError

from . import store
from .times_in_text import moment_before
from .wording import Wording

_FIRST_WORD = re.compile(r"[^\W\d_][^\W\d_-]*")
_NUMBERS = re.compile(r"[\d\W_]+(?:(?:и|and)[\d\W_]+)*")
_STEM = 3  # letters
_ENDING = 3  # letters at most


def refuse_what_is_no_text(ctx: Context, wording: Wording) -> None:
    """Raise a question instead of publishing.

    Raises:
        InvalidArgument: the text begins with a family's name, is one word as of a command, or a moment stands before it.
    """
    text = wording.text
    found = _FIRST_WORD.match(text)
    if found is None:
        return
    if begins_with_family(ctx, found.group()):
        newest = next(iter(store.asking(ctx.klass.id)[::-1]), None)
        number = str(newest.number) if newest is not None else "3"
        example = ctx.text("announcements-again-confirmed", language=ctx.language, family=found.group(), number=number)
        raise InvalidArgument("announcements-begins-with-family", name=found.group(), example=example)
    if text[:1].islower() and (not text[found.end() :] or _NUMBERS.fullmatch(text, found.end())):
        example = ctx.text("announcements-example", language=ctx.language)
        raise InvalidArgument("announcements-one-word", text=text, example=example)
    before = moment_before(ctx, text) if wording.when is None else None
    if before is not None:
        command = ctx.text("command-mustread" if wording.must else "command-announce", language=ctx.language)
        raise InvalidArgument("announcements-when-or-text", command=command, when=before[0], text=_short(before[1]))


def begins_with_family(ctx: Context, word: str) -> bool:
    """Whether a word is a surname of the class, in any case; given names alone are ordinary words, often."""
    if not word[:1].isupper() and len(word) <= _STEM:
        return False
    try:
        known = ctx.read(Family, word) is not None
    except UserError as error:
        known = error.key == "core-family-ambiguous"
    if not known:
        return False
    said = word.casefold().replace("ё", "е")
    if said.isascii():
        return True
    surnames = (pupil.surname.casefold().replace("ё", "е") for family in ctx.roster.families for pupil in family.pupils)
    return any(
        said[: max(_STEM, len(surname) - _ENDING)] == surname[: max(_STEM, len(surname) - _ENDING)] for surname in surnames
    )


def _short(text: str) -> str:
    return (text if len(text) <= 60 else f"{text[:59]}…").rstrip(" .!")
