"""What teachers type behind a command and hardly mean for all families: a family's name, one word, a time to send it."""

from __future__ import annotations

import re

from classroom_matrix.api import Context
from classroom_matrix.errors import InvalidArgument, UserError

from . import store
from .changes import what_changed
from .private import refuse_private
from .times_in_text import moment_before
from .wording import Wording, folded, words_of

_FIRST_WORD = re.compile(r"[^\W\d_][^\W\d_-]*")
OPENING = ("announce", "mustread")
_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE = 5  # words; "Калинина, Чернов не сдали" are none
_ENDS = (".", "!", "?", "…")
_AROUND = ' \t\n»"”)'
_SHOWN = 2  # words
_NUMBERS = re.compile(r"[\d\W_]+(?:(?:и|and)[\d\W_]+)*")


def refuse_what_is_no_text(ctx: Context, wording: Wording, *, new: bool = True) -> None:
    """Raise a question instead of publishing. `new`: it is no correction of what has its time already.

    Raises:
        InvalidArgument: the text tells something private of a pupil, begins with a family's name, is one word as of a command,
            or a moment stands before it.
    """
    text = wording.text
    refuse_private(ctx, text)
    found = _FIRST_WORD.match(text)
    if found is None:
        return
    family = ctx.roster.family_first(text)
    if family is not None:
        _refuse_family(ctx, text, family)
    if text[:1].islower() and (not text[found.end() :] or _NUMBERS.fullmatch(text, found.end())):
        example = ctx.text("announcements-example", language=ctx.language)
        raise InvalidArgument("announcements-one-word", text=text, example=example)
    before = moment_before(ctx, text) if new and wording.when is None else None
    if before is not None:
        command = ctx.text("command-mustread" if wording.must else "command-announce", language=ctx.language)
        raise InvalidArgument("announcements-when-or-text", command=command, when=before[0], text=_short(before[1]))


def refuse_what_is_no_correction(ctx: Context, before: str, wording: Wording) -> None:
    """Ask back about a new text as about one that is announced.

    Raises:
        UserError: it would not be published if it were announced now. Where only some words are new, the text `before`
            would, or else it was meant so.
    """
    try:
        _refuse_new_text(ctx, wording)
    except UserError:
        if what_changed(before, wording.text) is None or not _is_refused(ctx, before):
            raise


def _is_refused(ctx: Context, text: str) -> bool:
    try:
        _refuse_new_text(ctx, Wording(text))
    except UserError:
        return True
    return False


def _refuse_new_text(ctx: Context, wording: Wording) -> None:
    refuse_what_is_no_text(ctx, wording, new=False)
    name = ctx.text("command-announce", language=ctx.language)
    meant = ctx.command_in(f"!{name} {wording.text}") if wording.text[:1].isalnum() else None
    if meant is not None and meant.name not in OPENING:
        example = ctx.text("announcements-example", language=ctx.language)
        raise InvalidArgument("announcements-one-word", text=wording.text, example=example)


def _refuse_family(ctx: Context, text: str, family: str) -> None:
    """A surname in front is one of an entry, unless plainly a sentence follows: some words, and the sign that ends it."""
    said = [folded(word) for word in _WORD.findall(text)]
    is_long = len(said) >= _SENTENCE and not words_of(ctx, "announcements-words-read") & set(said)
    if is_long and text.rstrip(_AROUND)[-1:] in _ENDS:
        return
    newest = next(iter(store.asking(ctx.klass.id)[::-1]), None)
    number = str(newest.number) if newest is not None else "3"
    example = ctx.text("announcements-again-confirmed", language=ctx.language, family=family, number=number)
    key = "announcements-begins-with-family-long" if is_long else "announcements-begins-with-family"
    raise InvalidArgument(key, name=family, example=example, end=_end_of(text))


def _end_of(text: str) -> str:
    """Its last words, as they are to stand: with a full stop."""
    return " ".join(text.split()[-_SHOWN:]).rstrip(_AROUND + ",;:–—-") + "."


def _short(text: str) -> str:
    return (text if len(text) <= 60 else f"{text[:59]}…").rstrip(" .!")
