"""What plain words say in an open poll: "2", "суббота", "мы за субботу", "нет, лучше музей", "вариант 1".

Every word has to be an option's, in whatever case, or one that stands around a vote: else it is talk. Words come from the
catalogue, in both languages at once.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from classroom_matrix.api import View

from .domain import Option, Poll, position_of, same

_TOKEN = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_LEAST = 3  # letters that a word keeps in all its cases
_SHORT = 3  # letters: "да", "нет", "yes" are said to anything
_ENDING = 2  # letters in which cases differ
_TELLING = 4  # letters of a word that alone tells which option of several words is meant
LANGUAGES = ("ru", "en")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """`voting`: words that only votes have ("голосуем", "за"); `around`: what means nothing beside an option; `changing`: that
    somebody has thought otherwise before; `loose`: with which an option may
    be the day or the place of something else; `numbered`: what
    stands before an option's number; `asking`: words of questions; `ordinals`: which position a word means; `instead`: what an
    option begins with that is not meant, and what follows then.
    """

    voting: Collection[str]
    around: Collection[str]
    changing: Collection[str]
    loose: Collection[str]
    numbered: Collection[str]
    asking: Collection[str]
    ordinals: Mapping[str, int]
    instead: tuple[Collection[str], Collection[str]]

    @classmethod
    def of(cls, view: View) -> Vocabulary:
        def same_words(name: str) -> list[str]:
            return [same(word) for word in view.listed(f"polls-words-{name}")]

        ordinals: dict[str, int] = {}
        for language in LANGUAGES:
            for position, forms in enumerate(view.text("polls-words-ordinals", language=language).split(","), start=1):
                ordinals.update((same(form), position) for form in forms.split("/"))
        names = ("voting", "around", "changing", "loose", "numbered", "asking")
        words = {name: frozenset(same_words(name)) for name in names}
        return cls(**words, ordinals=ordinals, instead=(frozenset(same_words("not")), frozenset(same_words("but"))))


@dataclass(frozen=True, slots=True)
class Vote:
    """An option that was said. `clear`: nothing else can be meant by it; `changes`: it says that it was another one before;
    `asks`: it is a question.
    """

    option: Option
    clear: bool = False
    changes: bool = False
    asks: bool = False


def option_said(poll: Poll, said: str) -> Option | None:
    """The option that a message names by its number or its whole text."""
    position = position_of(said)
    if position is not None:
        return poll.options[position - 1] if 0 < position <= len(poll.options) else None
    return next((option for option in poll.options if same(option.text) == same(said)), None)


def vote_said(poll: Poll, text: str, known: Vocabulary) -> Vote | None:
    """What a message says in a poll; None if it says anything else."""
    option = option_said(poll, text)
    if option is None:
        return _vote_in(poll, text, known)
    # Who was not asked here and says "2" or "да" has perhaps answered the teacher.
    clear = position_of(text) is None and len(same(text)) > _SHORT
    return Vote(option, clear=clear, asks="?" in text)


def _vote_in(poll: Poll, text: str, known: Vocabulary) -> Vote | None:
    """The option that a message of several words is a vote for; None if it says anything else."""
    words = _words(text)
    asks = "?" in text or bool(set(words) & set(known.asking))
    words = _instead(poll, [word for word in words if word not in known.asking], known)
    aside = {*known.around, *known.changing, *known.loose}
    changes = bool(set(words) & set(known.changing))
    # An option itself may be called "за" or "нет".
    options = {same(option.text) for option in poll.options}
    votes_for = {*aside, *known.voting, *known.numbered}
    for dropped in (aside - {*known.changing}, aside, votes_for - options, votes_for):
        said = [word for word in words if word not in dropped]
        found = _named(poll, said, aside)
        if found is not None:
            option, whole = found
            votes = any(word in known.voting for word in words if word in dropped)
            loose = changes or any(word in known.loose for word in words) or len(same(option.text)) <= _SHORT
            return Vote(option, votes or (whole and not loose), changes, asks)
    numbered = any(word in known.numbered for word in words)
    by_number = _by_position(poll, said, known) if numbered or set(words) & set(known.voting) else None
    return Vote(by_number, clear=numbered, changes=changes, asks=asks) if by_number is not None else None


def _words(text: str) -> list[str]:
    return [word.replace("’", "'") for word in _TOKEN.findall(same(text))]


def _instead(poll: Poll, words: list[str], known: Vocabulary) -> list[str]:
    """What is meant of "не суббота, а пятница"."""
    without, then = known.instead
    if not words or words[0] not in without:
        return words
    turn = next((place for place, word in enumerate(words) if word in then), None)
    if turn is None or _named(poll, [word for word in words[1:turn] if word not in {*known.loose, *known.voting}], ()) is None:
        return words
    return words[turn + 1 :]


def _named(poll: Poll, said: Sequence[str], aside: Collection[str]) -> tuple[Option, bool] | None:
    """The only option with these words, and whether they are all of it."""
    if not said:
        return None
    by_words = [(option, _words(option.text)) for option in poll.options]
    shortened = [(option, [word for word in words if word not in aside] or words) for option, words in by_words]
    for candidates in (by_words, shortened):
        exact = [option for option, words in candidates if words == list(said)]
        whole = exact or [option for option, words in candidates if _are_forms(said, words)]
        if len(whole) == 1:
            return whole[0], True
    some = [option for option, words in by_words if all(any(_is_form(word, each) for each in words) for word in said)]
    telling = any(len(word) >= _TELLING for word in said)
    return (some[0], False) if len(some) == 1 and telling else None


def _by_position(poll: Poll, said: Sequence[str], known: Vocabulary) -> Option | None:
    if len(said) != 1:
        return None
    position = known.ordinals.get(said[0]) or position_of(said[0])
    return poll.options[position - 1] if position is not None and 0 < position <= len(poll.options) else None


def _are_forms(said: Sequence[str], words: Sequence[str]) -> bool:
    return len(said) == len(words) and all(_is_form(*pair) for pair in zip(said, words, strict=True))


def _is_form(word: str, of: str) -> bool:
    """Whether two words may be one in different cases: "субботу", "суббота"."""
    if word == of or not (word.isalpha() and of.isalpha()):
        return word == of
    stem = max(_LEAST, min(len(word), len(of)) - _ENDING)
    return abs(len(word) - len(of)) <= _ENDING and word[:stem] == of[:stem]
