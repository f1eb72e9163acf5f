"""The words that families use about slots: texts of the catalogue, in both languages at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from classroom_matrix.api import View


class Kind(StrEnum):
    LIST = "list"
    PICK = "pick"
    CANCEL = "cancel"
    MOVE = "move"
    WAIT = "wait"
    YES = "yes"
    NO = "no"
    ACCEPT = "accept"  # what is offered
    COME = "come"  # at the time that was moved


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What phrases mean; `longest`: words of the longest; `fillers`: words that mean nothing beside others.

    `given_up`: phrases that give something up, the longest first; `weak` ones only where it is said what, `unsure` ones are
    asked about. `things`: what is booked; `around`: what stands around giving up; `unfit`, `accept`, `come`, `no`: answers to
    what was asked, the longest first: that a time does not suit, that it is taken, that they come; `yes`: words of a yes;
    `polite`: what stands around an answer; `free`: asks whether a time is to be had; `waits`: how words begin that name the
    waiting list; `names`: those that name the booking; `about`: what stands around a wish for one, or a question about it;
    `modest`: phrases that change nothing ("если можно"); `ordinals`: which number a word means; `either`: words between slots;
    `because`: with which a reason begins; `whose`: what stands before the pupil for whom a slot is;
    `joining`: what stands before the waiting list.
    """

    phrases: Mapping[str, Kind]
    longest: int
    first: frozenset[str]
    fillers: frozenset[str]
    given_up: tuple[str, ...]
    weak: frozenset[str]
    unsure: frozenset[str]
    things: frozenset[str]
    around: frozenset[str]
    unfit: tuple[str, ...]
    accept: tuple[str, ...]
    come: tuple[str, ...]
    no: tuple[str, ...]
    polite: frozenset[str]
    yes: frozenset[str]
    free: frozenset[str]
    waits: tuple[str, ...]
    names: tuple[str, ...]
    about: frozenset[str]
    modest: tuple[str, ...]
    ordinals: Mapping[str, int]
    either: tuple[str, ...]
    because: tuple[str, ...]
    whose: frozenset[str]
    joining: frozenset[str]


def vocabulary(view: View) -> Vocabulary:
    keys = (
        "list", "cancel", "weak", "unsure", "things", "around", "unfit", "free", "waits", "names", "move", "wait", "accept",
        "come", "first", "fillers", "about", "modest", "either", "because", "whose", "joining",
    )  # fmt: skip
    said = {key: tuple(view.listed(f"consultations-slots-words-{key}")) for key in keys}
    said |= {key: tuple(view.listed(f"core-words-{key}")) for key in ("yes", "no", "courtesy")}
    ordinals = [view.text("consultations-slots-words-ordinals", language=language) for language in ("ru", "en")]
    return _vocabulary(tuple(said.items()), tuple(ordinals))


@lru_cache(maxsize=4)
def _vocabulary(said: tuple[tuple[str, tuple[str, ...]], ...], ordinals: tuple[str, ...]) -> Vocabulary:
    """`ordinals`: of each language, from one, the forms of each separated by slashes."""
    words = {key: [folded(word) for word in listed] for key, listed in said}
    phrases: dict[str, Kind] = {}
    for kind in (Kind.MOVE, Kind.WAIT, Kind.LIST):
        for phrase in words[kind]:
            phrases.setdefault(phrase, kind)
    yes = frozenset(word for phrase in words["yes"] for word in phrase.split())
    courtesies = {word for phrase in words["courtesy"] for word in phrase.split()}
    return Vocabulary(
        phrases,
        longest=max(len(phrase.split()) for phrase in phrases),
        first=frozenset(words["first"]),
        fillers=frozenset(words["fillers"]),
        given_up=_longest_first({*words["cancel"], *words["weak"], *words["unsure"]}),
        weak=frozenset(words["weak"]),
        unsure=frozenset(words["unsure"]),
        things=frozenset(words["things"]),
        around=frozenset(words["around"]),
        unfit=_longest_first(words["unfit"]),
        accept=_longest_first(words["accept"]),
        come=_longest_first(words["come"]),
        no=_longest_first(words["no"]),
        polite=frozenset({*words["fillers"], *words["around"], *words["things"], *courtesies} - {*words["no"]}) | yes,
        yes=yes,
        free=frozenset(words["free"]),
        waits=tuple(words["waits"]),
        names=tuple(words["names"]),
        about=frozenset(words["about"]),
        modest=_longest_first(words["modest"]),
        ordinals={
            folded(form): number
            for language in ordinals
            for number, forms in enumerate(language.split(","), start=1)
            for form in forms.split("/")
        },
        either=tuple(words["either"]),
        because=_longest_first(words["because"]),
        whose=frozenset(words["whose"]),
        joining=frozenset(words["joining"]),
    )


def _longest_first(phrases: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(phrases, key=lambda phrase: (-len(phrase.split()), phrase)))


def folded(text: str) -> str:
    return " ".join(text.casefold().replace("ё", "е").replace("’", "'").split()).strip(" .!,;?")
