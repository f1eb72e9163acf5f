"""What stands behind `!дз` and is no task: a command gone wrong, or word of a family. Neither is for all families to read."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from classroom_matrix.api import Context
from classroom_matrix.domain.declension import is_declined
from classroom_matrix.domain.folding import fold
from classroom_matrix.domain.short_names import is_given_name
from classroom_matrix.domain.transliteration import is_same_word
from classroom_matrix.errors import InvalidArgument

from .openings import opens_task, says_nothing, says_the_same
from .pupils_named import named_pupil
from .reading import DUE_WORDS, SaidTask

WHICH_SUBJECT = "homework-which-subject"
_LIKENESS = 0.8  # of difflib: one wrong letter in a word of eight
_MARKS = ".,:;!?()"  # not quotes: «Беляев» may be an author
_SHORTENED = frozenset({"с", "стр", "упр", "п", "p", "ex", "no", "pp"})
_SHOWN = 40  # characters of a line in a sentence


def refuse_no_tasks(ctx: Context, said: Sequence[SaidTask]) -> None:
    """Refuse what begins with no subject but with a command's name or a family's, and lines that begin with a family's name.

    Raises:
        InvalidArgument: with the words in question.
    """
    commands = _commands(ctx)
    pupils = [pupil for family in ctx.roster.families for pupil in family.pupils]
    names = [part for pupil in pupils for part in _words(pupil.name)]
    for one in said:
        if not one.known:
            word = (_words(one.called) or [""])[0]
            if word in DUE_WORDS:
                raise InvalidArgument("homework-nothing-said", example=_example(ctx))
            _refuse_no_subject(f"{one.called} {one.text}".strip(), one.called)
            given = any(is_given_name(fold(each), fold(pupil.name)) for each in _words(one.called) for pupil in pupils)
            if given or _is_like(word, commands) or any(_is_name(each, names) for each in _words(one.called)):
                _refuse(ctx, one.called)
        for line in one.text.split("\n"):
            if ctx.roster.family_first(line, within=2) is not None:
                raise InvalidArgument("homework-names-family", text=line[:_SHOWN], example=_example(ctx))
        called = named_pupil(one.text, pupils)
        if called is not None:
            raise InvalidArgument("homework-names-pupil", text=called, example=_example(ctx))


def _refuse_no_subject(text: str, called: str) -> None:
    """Refuse that nothing is set, which needs no word, and a task of which nobody can tell the subject."""
    if says_nothing(text):
        raise InvalidArgument("homework-none-needed")
    if opens_task(called) or says_the_same(text):
        short = "." if fold(called) in _SHORTENED else ""
        raise InvalidArgument(WHICH_SUBJECT, text=" ".join(text.replace(called, called + short, 1).split())[:_SHOWN])


def is_other_command(ctx: Context, text: str) -> bool:
    """Whether what stands behind `!дз` is the name of a sub-command or of another command."""
    return any(word in _commands(ctx) for word in _words(text)[:1])


def _commands(ctx: Context) -> list[str]:
    return [word.strip() for word in ctx.text("homework-other-words").split(",")]


def _refuse(ctx: Context, said: str) -> None:
    raise InvalidArgument("homework-no-task", text=" ".join(said.split()[:2]), example=_example(ctx))


def _example(ctx: Context) -> str:
    return ctx.text("homework-example", language=ctx.language)


def _is_like(word: str, commands: Sequence[str]) -> bool:
    return word in commands or bool(len(word) > 4 and difflib.get_close_matches(word, commands, n=1, cutoff=_LIKENESS))


def _is_name(word: str, names: Sequence[str]) -> bool:
    return any(len(name) > 2 and (word == name or is_declined(word, name) or is_same_word(word, name)) for name in names)


def _words(text: str) -> list[str]:
    return [word for each in fold(text).split() if (word := each.strip(_MARKS))]
