"""Whether a text for all families names a pupil: "Ксюше доделать № 5". Authors and heroes ("Агния Барто", «Маша») are none.

Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from classroom_matrix.domain.folding import fold
from classroom_matrix.domain.people import Pupil
from classroom_matrix.domain.short_names import is_given_name
from classroom_matrix.domain.surnames import is_form_of


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_QUOTED = re.compile(r"«[^»]*»|“[^”]*”|„[^“]*“|\"[^\"]*\"")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_ENDS = re.compile(r"[.;:!?\n…]")
_SURNAME_END = re.compile(r"(?:[оеё]ва?|[иы]на?|ский|ская|ой|ко|ых|их)$")
_SHORTEST = 3  # letters of a name
_ORDINARY = _set(
    "тема темы теме тему темой поля поле полю полем полей света свете свету слава славы славе славу роман романа романе роману "
    "романом вера веры вере веру надежда надежды надежде любовь любви любой любую любое любые любого любому лев льва мира мире "
    "миру мир тома томе тому мила мили марка марки марке саня сани саней севе север май мая"
)
"""Words that are names as well: where a sentence begins, their capital says nothing."""


def named_pupil(text: str, pupils: Iterable[Pupil]) -> str | None:
    """The word by which a text names one of the pupils, by given name, full or short, in any case and with a capital."""
    known = list(pupils)
    said = _QUOTED.sub(lambda found: "«" + " " * (len(found.group()) - 2) + "»", text)
    words = list(_WORD.finditer(said))
    for place, found in enumerate(words):
        word = found.group()
        if len(word) < _SHORTEST or not word[0].isupper():
            continue
        meant = [pupil for pupil in known if is_given_name(fold(word), fold(pupil.name))]
        if not meant or _is_of_another(said, words, place, meant):
            continue
        begins = place == 0 or _ENDS.search(said[words[place - 1].end() : found.start()]) is not None
        if not (begins and fold(word) in _ORDINARY):
            return word
    return None


def is_ordinary(word: str) -> bool:
    """Whether a word that may be a name is more likely something else."""
    return fold(word) in _ORDINARY


def _is_of_another(text: str, words: Sequence[re.Match[str]], place: int, meant: Sequence[Pupil]) -> bool:
    """Whether the name has a surname, a father's name or initials beside it that are not the pupil's: "Агния Барто"."""
    for other in (place + 1, place - 1):
        if not 0 <= other < len(words):
            continue
        first, second = sorted((place, other))
        gap = text[words[first].end() : words[second].start()]
        beside = words[other].group()
        if gap.strip(" .") or ("." in gap and len(words[first].group()) > 1) or not beside[0].isupper():
            continue
        begins = other == 0 or _ENDS.search(text[words[other - 1].end() : words[other].start()]) is not None
        if other < place and begins and len(beside) > 1 and not _is_surname_like(beside):
            continue  # the first word of a sentence has a capital anyway
        if not any(is_form_of(beside, pupil.surname) for pupil in meant):
            return True
    return text[words[place].end() :].lstrip()[:1] == "«"  # "Роман «Дубровский»"


def _is_surname_like(word: str) -> bool:
    return _SURNAME_END.search(fold(word)) is not None
