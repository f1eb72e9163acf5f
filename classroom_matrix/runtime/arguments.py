"""From the text behind a command to the arguments of its handler, by the handler's annotations.

Positional arguments come in order. Keyword-only arguments are introduced by words of the catalogue ("до пятницы"): as a piece
of their own anywhere, or at the end of the text. Pieces are separated by lines, ";" or "|"; where there are none, a question
ends at its question mark and answers are separated by commas. Quotation marks make text mean nothing but itself.
"""

from __future__ import annotations

import inspect
import re
import types
import typing
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..api.arguments import Day, Days, Period, When
from ..domain.folding import fold
from ..errors import InvalidArgument, UserError
from .moments import Mismatch, looks_like_moment
from .segments import (
    STRONG,
    Segment,
    inside_quotes,
    split,
    split_alternatives,
    split_list,
    split_question,
    without_numbers,
    words,
)
from .values import READERS, WRONG, ParseScope

_LONGEST_VALUE = 8  # words; names, numbers and moments are shorter
_LONGEST_TAIL = 12  # words, the introducing ones included
_DISTINCT = 4  # letters; an introducing word so long is no preposition
_TIME = re.compile(r"\d{1,2}[:.-]\d{2}")
_DATED = (When, Day, Days, Period)


class WrongTail(InvalidArgument):
    """A keyword argument that was meant but cannot be read: this says more than why the text is no sub-command."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """An argument of a command. `introduced_by`: folded words, longest first, for keyword-only ones."""

    name: str
    type: Any
    required: bool
    introduced_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Signature:
    """The arguments of a command: `positional`, then all of `rest` (``*options``), and `keywords` anywhere."""

    positional: tuple[Parameter, ...]
    rest: Parameter | None
    keywords: tuple[Parameter, ...]

    @property
    def takes_text(self) -> bool:
        """Whether some argument may be any words."""
        return any(parameter.type is str for parameter in (*self.positional, *([self.rest] if self.rest else [])))

    @classmethod
    def of(cls, handler: Callable[..., None], introductions: Mapping[str, Sequence[str]]) -> Signature:
        """Read the annotations of a handler; its first argument is the context.

        Raises:
            TypeError: an annotation is unknown, or a keyword-only argument has no introducing words.
        """
        hints = typing.get_type_hints(handler)
        positional: list[Parameter] = []
        keywords: list[Parameter] = []
        rest = None
        for parameter in list(inspect.signature(handler).parameters.values())[1:]:
            of_type = _plain(hints.get(parameter.name, str))
            required = parameter.default is parameter.empty
            if of_type not in READERS and not (of_type is bool and parameter.kind is parameter.KEYWORD_ONLY):
                raise TypeError(f"the argument {parameter.name!r} has a type that cannot be read: {of_type!r}")
            if parameter.kind is parameter.VAR_POSITIONAL:
                rest = Parameter(parameter.name, of_type, required=False)
            elif parameter.kind is parameter.KEYWORD_ONLY:
                said = sorted({fold(word) for word in introductions.get(parameter.name, ())}, key=len, reverse=True)
                if not said:
                    raise TypeError(f"no words introduce the argument {parameter.name!r}")
                keywords.append(Parameter(parameter.name, of_type, required, tuple(said)))
            else:
                positional.append(Parameter(parameter.name, of_type, required))
        return cls(tuple(positional), rest, tuple(keywords))


@dataclass(frozen=True, slots=True)
class Arguments:
    args: tuple[object, ...]
    kwargs: Mapping[str, object]
    rest: int
    """How many of `args` belong to `Signature.rest`."""


def parse(signature: Signature, text: str, scope: ParseScope) -> Arguments:
    """Read `text` as the arguments of a command.

    Raises:
        UserError: it cannot be; the sentence tells what was expected. Values: `text` or `name` (of the missing argument).
    """
    return _Reading(signature, scope).read(text.strip())


def _plain(annotation: Any) -> Any:
    """The type inside of Optional."""
    if typing.get_origin(annotation) in (typing.Union, types.UnionType):
        inner = [each for each in typing.get_args(annotation) if each is not type(None)]
        return inner[0] if len(inner) == 1 else annotation
    return annotation


class _Reading:
    """One text being read. `found`: keyword arguments so far."""

    def __init__(self, signature: Signature, scope: ParseScope) -> None:
        self.signature = signature
        self.scope = scope
        self.found: dict[str, object] = {}

    def read(self, text: str) -> Arguments:
        while (shorter := self._without_last_keyword(text)) is not None:
            text = shorter
        if self.signature.rest is None:
            text = self._without_own_pieces(text)
            args = self._spread(text)
            taken = 0
        else:
            args, taken = self._with_rest(self._pieces(text))
        missing = next((p for p in self.signature.keywords if p.required and p.name not in self.found), None)
        if missing:
            raise InvalidArgument("core-argument-missing", name=missing.name)
        return Arguments(tuple(args), self.found, taken)

    # ── Keyword-only arguments ──────────────────────────────────────────────────────────────────────────────────────

    def _without_last_keyword(self, text: str) -> str | None:
        """The text without the keyword argument at its end, which is read; None if there is none."""
        wanted = [parameter for parameter in self.signature.keywords if parameter.name not in self.found]
        if not wanted or not text:
            return None
        inside = inside_quotes(text)
        piece = max((i for i, letter in enumerate(text) if letter in STRONG and not inside[i]), default=-1) + 1
        starts = [start for start, _ in words(text) if start >= piece and not inside[start]]
        for start in reversed(starts[-_LONGEST_TAIL:]):
            for parameter in wanted:
                if self._take(parameter, text[start:], whole_piece=start == piece):
                    return text[:start].rstrip(" \t\n,;|–—-")
        return None

    def _without_own_pieces(self, text: str) -> str:
        """The text without pieces that are keyword arguments as a whole; as it is if there are none."""
        if not self.signature.keywords:
            return text
        pieces = split(text)
        left = [piece for piece in pieces if not self._take_piece(piece)]
        return text if len(left) == len(pieces) else "\n".join(piece.text for piece in left)

    def _take_piece(self, piece: Segment) -> bool:
        wanted = [parameter for parameter in self.signature.keywords if parameter.name not in self.found]
        return not piece.quoted and any(self._take(parameter, piece.text, whole_piece=True) for parameter in wanted)

    def _take(self, parameter: Parameter, text: str, *, whole_piece: bool) -> bool:
        """Read `text` as an introducing word and its value, if it is that."""
        for word in parameter.introduced_by:
            if fold(text[: len(word)]) != word:
                continue
            value = text[len(word) :]
            if parameter.type is bool:
                if not value.strip(" .!"):
                    self.found[parameter.name] = True
                    return True
                continue
            if word[-1].isalnum() and value[:1].isalnum():
                continue
            value = value.lstrip(" \t:=").rstrip()
            try:
                self.found[parameter.name] = READERS[parameter.type](value, self.scope)
            except Mismatch:
                if whole_piece and len(word) >= _DISTINCT and word.isalpha():
                    raise WrongTail(WRONG[parameter.type], text=value or text) from None
                continue
            return True
        return False

    # ── Commands with answers: "question? one; two; three" ──────────────────────────────────────────────────────────

    def _pieces(self, text: str) -> list[Segment]:
        pieces = split(text)
        count = len(self.signature.positional)
        if 0 < count <= len(pieces) and not pieces[count - 1].quoted:
            last = count - 1
            if self.signature.positional[last].type is str and (cut := split_question(pieces[last].text)):
                pieces[last : last + 1] = [Segment(cut[0]), *split(cut[1])]
        if pieces and count == len(pieces) and not pieces[-1].quoted and (listed := split_list(pieces[-1].text)) and listed[0]:
            pieces[-1:] = [Segment(listed[0]), *listed[1]]
        answers = [piece for piece in pieces[count:] if not self._take_piece(piece)]
        if len(answers) == 1 and not answers[0].quoted:
            answers = self._divided(answers[0].text)
        self._refuse_wrong_tail(answers)
        return pieces[:count] + without_numbers(answers)

    def _divided(self, text: str) -> list[Segment]:
        """Answers with nothing but numbers, commas or strokes between them."""
        listed = split_list(text)
        if listed and not listed[0]:
            return listed[1]
        answers = [piece for piece in split(text, ",") if not self._take_piece(piece)]
        return split_alternatives(text) if len(answers) == 1 and answers[0].text == text else answers

    def _refuse_wrong_tail(self, answers: Sequence[Segment]) -> None:
        """Keyword arguments behind the last answer that could not be read ("Нет кворум 50") must not become part of it.

        Raises:
            WrongTail: there is one. Prepositions ("до", "by") have to be followed by the attempt of a date, and to stand in
                no other answer: "Едем до музея" and "к 8; к 9" are answers.
        """
        last = len(answers) - 1
        while last > 0 and not answers[last].quoted and _TIME.fullmatch(answers[last].text):
            last -= 1  # "Нет до пятныцы, 18:00"
        if last < 0 or answers[last].quoted:
            return
        text = answers[last].text
        spoken = self._introductions(text)
        ends = [*(start for _, start, _ in spoken[1:]), len(text)]
        for (parameter, start, value_start), end in zip(spoken, ends, strict=False):
            value = text[value_start:end].strip(" \t:=,")
            if value and self._is_attempt(parameter, text[start:value_start], value, answers[:last]):
                self._refuse_unreadable(parameter, value)

    def _introductions(self, text: str) -> list[tuple[Parameter, int, int]]:
        """Introducing words near the end of an answer: of which argument, where they start, and where they end."""
        inside = inside_quotes(text)
        wanted = [p for p in self.signature.keywords if p.name not in self.found and p.type is not bool]
        return [
            (parameter, start, start + len(word))
            for start in [start for start, _ in words(text)][-_LONGEST_TAIL:]
            for parameter in wanted
            for word in parameter.introduced_by
            if not inside[start]
            and fold(text[start : start + len(word)]) == word
            and not text[start + len(word) :][:1].isalnum()
        ]

    def _is_attempt(self, parameter: Parameter, word: str, value: str, others: Sequence[Segment]) -> bool:
        if len(word) > _DISTINCT and word.isalpha():
            return True
        likely = looks_like_moment(value) if parameter.type in _DATED else value[0].isdigit()
        return likely and not any(parameter is said for other in others for said, _, _ in self._introductions(other.text))

    def _refuse_unreadable(self, parameter: Parameter, value: str) -> None:
        try:
            READERS[parameter.type](value, self.scope)
        except Mismatch:
            raise WrongTail(WRONG[parameter.type], text=value) from None
        except InvalidArgument as error:
            raise WrongTail(error.key, **error.values) from None

    def _with_rest(self, pieces: Sequence[Segment]) -> tuple[list[object], int]:
        rest = self.signature.rest
        assert rest is not None
        args: list[object] = []
        for index, parameter in enumerate(self.signature.positional):
            if index >= len(pieces):
                if parameter.required:
                    raise InvalidArgument("core-argument-missing", name=parameter.name)
                return args, 0
            args.append(self._value(parameter, pieces[index].text))
        answers = [self._value(rest, piece.text) for piece in pieces[len(args) :]]
        return [*args, *answers], len(answers)

    # ── Commands without: words are spread over the arguments ───────────────────────────────────────────────────────

    def _spread(self, text: str) -> list[object]:
        parameters = self.signature.positional
        pieces = split(text) if len(parameters) > 1 else []
        if 1 < len(pieces) == len(parameters):
            try:
                return [self._value(parameter, piece.text) for parameter, piece in zip(parameters, pieces, strict=True)]
            except UserError:
                pass  # perhaps the separators are part of the text
        spread = _Spread(parameters, text, self.scope)
        args = spread.fit(0, 0)
        if args is None:
            raise spread.problem or InvalidArgument("core-argument-extra", text=text)
        return args

    def _value(self, parameter: Parameter, text: str) -> object:
        try:
            return READERS[parameter.type](text, self.scope)
        except Mismatch:
            raise InvalidArgument(WRONG[parameter.type], text=text, name=parameter.name) from None


class _Spread:
    """Finds how the words of a text divide into arguments: each argument takes as many words as it can, text as few."""

    def __init__(self, parameters: Sequence[Parameter], text: str, scope: ParseScope) -> None:
        self._parameters = parameters
        self._text = text
        self._spans = list(words(text))
        self._scope = scope
        self._weight = 0
        self.problem: UserError | None = None

    def fit(self, index: int, word: int) -> list[object] | None:
        """Values of the parameters from `index` on, from the words from `word` on; None, and a `problem`, if none fit."""
        left = len(self._spans) - word
        if index == len(self._parameters):
            if left:
                self._note(InvalidArgument("core-argument-extra", text=self._slice(word, len(self._spans))), 1)
                return None
            return []
        parameter = self._parameters[index]
        last = index == len(self._parameters) - 1
        if parameter.type is str:
            lengths = [left] if last else list(range(1, left + 1))
        else:
            lengths = list(range(min(left, _LONGEST_VALUE), 0, -1))
        for length in lengths:
            if length and (value := self._read(parameter, word, length)) is not None:
                others = self.fit(index + 1, word + length)
                if others is not None:
                    return [value, *others]
        if not parameter.required:
            return self._skip(index, word)
        if not left:
            self._note(InvalidArgument("core-argument-missing", name=parameter.name), 2)
        return None

    def _skip(self, index: int, word: int) -> list[object] | None:
        """Leave out an argument that has a default, and all after it: they cannot be told apart by their places."""
        if word < len(self._spans):
            said = self._slice(word, len(self._spans))
            self._note(InvalidArgument(WRONG[self._parameters[index].type], text=said), 1)
            return None
        return []

    def _read(self, parameter: Parameter, word: int, length: int) -> object | None:
        said = self._slice(word, word + length)
        try:
            return READERS[parameter.type](said, self._scope)
        except Mismatch:
            self._note(InvalidArgument(WRONG[parameter.type], text=said), 1)
        except InvalidArgument as error:
            self._note(error, 4)  # of the right kind, but past, unclear or ambiguous
        except UserError as error:
            self._note(error, 3 if length == 1 else 1)
        return None

    def _note(self, problem: UserError, weight: int) -> None:
        if weight > self._weight:
            self._weight, self.problem = weight, problem

    def _slice(self, first: int, end: int) -> str:
        return self._text[self._spans[first][0] : self._spans[end - 1][1]] if end > first else ""
