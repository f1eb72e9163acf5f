"""Roles and rotas that look like a command gone wrong: they are refused before they stand where all families read."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from enum import StrEnum

from classroom_matrix.api import Context
from classroom_matrix.domain.people import Roster
from classroom_matrix.errors import InvalidArgument

from . import store
from .wording import alike, fold, read_role, shortened

LIKENESS = 0.82  # of difflib: one wrong, missing or swapped letter in a word of six
_SPELT = 5  # letters; shorter words resemble too much
_STEM = 2  # letters that a surname keeps in all its cases
_SURNAME_ENDS = re.compile(r"(?:ая|яя|ий|ый|ой|а|я)$")
_CASES = frozenset(
    {"", "а", "у", "ом", "ым", "е", "ы", "ой", "ою", "ых", "ыми", "я", "ю", "ем", "и", "ей", "ий", "ый", "ого", "его", "ому",
     "ему", "им", "их", "ими", "ая", "ую", "s", "'s", "es"}
)  # fmt: skip


class Slip(StrEnum):
    """What a title seems to be instead. The values end the keys of the texts that say so."""

    COMMAND = "command"
    FAMILY = "family"


def slip_in(ctx: Context, title: str, roles: Iterable[str] = (), *, rota: bool = False) -> Slip | None:
    """What is wrong with a title.

    A title with a family's name of this class is none, nor is one that begins with a pupil's, or with a word of commands. Words
    that roles may begin with as well ("снять видео", "список гостей") are words of commands only alone, before a name or one of
    the `roles` that are there, or before what commands are about. Who says how many places there are means a role.
    """
    words = re.findall(r"[\w-]+", title)
    folded = [fold(word) for word in words]
    if not folded:
        return None
    is_strict = _resembles(folded[0], words_of(ctx, "duties-words-commands"))
    is_loose = folded[0] in words_of(ctx, "duties-words-doing")
    suspected = [
        low
        for position, (word, low) in enumerate(zip(words, folded, strict=True))
        if position == 0 or is_strict or is_loose or word[:1].isupper()
    ]
    begins_with_name = words[0][:1].isupper() and _is_given(ctx.roster, folded[0])
    if begins_with_name or any(_is_surname(ctx.roster, word) for word in suspected):
        return Slip.FAMILY
    if not (is_strict or is_loose):
        return None
    if rota or (is_strict and not _has_places(title)) or _is_alone(words):
        return Slip.COMMAND
    there = [word for role in roles for word in re.findall(r"\w+", fold(role)) if len(word) > _STEM]
    before_role = any(alike(word, each) for word in folded[1:] for each in there)
    is_about = folded[1] in words_of(ctx, "duties-words-about") and not _has_places(title)
    return Slip.COMMAND if before_role or is_about or words[1][:1].isupper() else None


def _has_places(title: str) -> bool:
    try:
        return read_role(title).places is not None
    except InvalidArgument:
        return False


def _is_alone(words: Sequence[str]) -> bool:
    """Whether nothing but numbers comes behind the first word."""
    return not any(letter.isalpha() for word in words[1:] for letter in word)


def refuse_slips(ctx: Context, titles: Iterable[str], kind: str, roles: Iterable[str] = ()) -> None:
    """Where families read, the house takes a refused command away that names one of them.

    Args:
        titles: as they were typed.
        kind: "role" or "rota".
        roles: titles that are there.

    Raises:
        InvalidArgument: a title is none.
    """
    known = list(roles)
    for title in titles:
        slip = slip_in(ctx, title, known, rota=kind == "rota")
        if slip is not None:
            raise InvalidArgument(f"duties-slip-{kind}-{slip}", text=shortened(title))


def roles_there(ctx: Context) -> list[str]:
    """Titles of all that is open."""
    return [duty.title for duty in store.open_duties(ctx.klass.id) if not duty.sheet.is_series]


def words_of(ctx: Context, key: str) -> frozenset[str]:
    """Words of a list in the catalogue, of all languages: whatever language somebody uses."""
    return frozenset(map(fold, ctx.listed(key)))


def _resembles(word: str, commands: frozenset[str]) -> bool:
    if word in commands:
        return True
    spelt = [each for each in commands if len(each) >= _SPELT]
    return len(word) >= _SPELT and bool(difflib.get_close_matches(word, spelt, n=1, cutoff=LIKENESS))


def _is_surname(roster: Roster, word: str) -> bool:
    return roster.is_surname(word)


def _is_given(roster: Roster, word: str) -> bool:
    """A pupil's given name: "!дела Ксения чай" was to be "!дело Ксения чай"."""
    return any(_is_form_of(word, fold(pupil.name).split()[0]) for family in roster.families for pupil in family.pupils)


def _is_form_of(word: str, surname: str) -> bool:
    """Closer than `alike`: black tea is nothing of the Chernovs'."""
    stem = _SURNAME_ENDS.sub("", surname)
    return len(stem) >= _STEM and word.startswith(stem) and word[len(stem) :] in _CASES
