"""Words of families that say that they have read something: "да, прочитали", "Калинины ознакомлены", "read both", "№2 да"."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import partial

from classroom_matrix.api import View
from classroom_matrix.domain.people import Person

from .domain import is_tap
from .wording import words_of

LONGEST = 80  # characters; whoever writes more tells something else
_WE = frozenset({"мы", "я", "we", "i", "ve", "have", "и", "and"})
_MARKED = re.compile(r"(?:№|#|no\.?|объявлени[еяюй]|announcements?)\s*№?\s*(\d{1,6})", re.IGNORECASE)
_BARE = re.compile(r"(?<!\w)\d{1,6}(?!\w)")


@dataclass(frozen=True, slots=True)
class Said:
    """`numbers`: of announcements that are named. `clear`: nothing but reading can be meant. `all_of_them`: "оба", "все"."""

    numbers: frozenset[int]
    clear: bool
    all_of_them: bool = False


def what_was_said(view: View, person: Person, body: str) -> Said | None:
    """What a message says of reading; None for other talk."""
    if len(body) > LONGEST or "?" in body:
        return None
    marked = frozenset(int(number) for number in _MARKED.findall(body))
    rest = _MARKED.sub(" ", body)
    if is_tap(rest):
        return Said(marked, clear=False)
    bare = frozenset(int(number) for number in _BARE.findall(rest))
    left = re.sub(r"[^\w\s+]", " ", _BARE.sub(" ", rest).casefold().replace("ё", "е"))
    kinds = _kinds(view, person, " ".join(left.split()))
    if kinds is None or not kinds & {"read", "done"} or (bare and "read" not in kinds):
        return None
    clear = "read" in kinds
    return Said(marked | bare, clear, all_of_them=clear and "all" in kinds)


def _kinds(view: View, person: Person, said: str) -> AbstractSet[str] | None:
    """Of which kinds the phrases are that the words are made of; None where something else is said."""
    words = partial(words_of, view)
    phrases = {
        **dict.fromkeys(words("announcements-words-courtesy") | words("announcements-words-about"), "filler"),
        **dict.fromkeys(_WE | _own_names(view, person), "filler"),
        **dict.fromkeys(words("announcements-words-all"), "all"),
        **dict.fromkeys(words("announcements-words-done"), "done"),
        **dict.fromkeys(words("announcements-words-read"), "read"),
    }
    longest_first = sorted(phrases, key=len, reverse=True)
    found: set[str] = set()
    left = f"{said} "
    while left.strip():
        phrase = next((each for each in longest_first if left.startswith(f"{each} ")), None)
        if phrase is None:
            return None
        found.add(phrases[phrase])
        left = left[len(phrase) + 1 :]
    return found


def _own_names(view: View, person: Person) -> AbstractSet[str]:
    """How a family calls itself: "Калинины прочитали"."""
    family = view.roster.family(person.family_id)
    names = [pupil.surname.casefold().replace("ё", "е").split() for pupil in family.pupils] if family else []
    stems = {word.removesuffix("а") for words in names for word in words}
    return {stem + ending for stem in stems for ending in ("", "а", "ы", "и")}
