"""Notes in words: what an office writes into the last column. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..domain.people import Reach
from .names import folded
from .office_export import About, Relation


@dataclass(frozen=True, slots=True)
class Note:
    """`court_limit`: somebody gets nothing about the pupil; `limited`: who, empty where it is not said."""

    reach: Reach = Reach.APP
    court_limit: bool = False
    limited: frozenset[Relation] = frozenset()


_REACH = (
    (Reach.PAPER, re.compile(r"(только|лишь) (на )?бумаг|только бумаг|на бумаге|paper only|only (on )?paper")),
    (Reach.PHONE, re.compile(r"нет смартфона|без смартфона|звонить|только (по )?телефон|no smartphone|call only|phone only")),
)
_COURT = re.compile(
    r"(ограничени\w*|решени\w*|запрет\w*|по) суд\w*|суд\w* (запре|огранич)\w*|лиш[её]?н\w* (родит\w* )?прав|court"
)
_WHO = {
    Relation.MOTHER: re.compile(r"\b(мать|матер\w+|мам\w+|mother)\b"),
    Relation.FATHER: re.compile(r"\b(отец|отц\w+|пап\w+|father)\b"),
    Relation.GUARDIAN: re.compile(r"\b(опекун\w*|guardian)\b"),
}
_PHOTOS = re.compile(r"фото|публик|снима|photo|publish")
_SIBLING = re.compile(r"\b(брат|сестра|brother|sister)\b")


def read_note(text: str) -> tuple[Note, list[tuple[str, About]]]:
    """What a note means for the roster, and sentences about what somebody should see."""
    note = Note()
    seen: list[tuple[str, About]] = []
    for part in re.split(r"[;/\n]+|\.\s", text):
        words = folded(part).strip(" .,")
        if not words:
            continue
        reach = next((reach for reach, pattern in _REACH if pattern.search(words)), None)
        if _COURT.search(words):
            who = frozenset(relation for relation, pattern in _WHO.items() if pattern.search(words))
            note = Note(note.reach, court_limit=True, limited=who if len(who) == 1 else frozenset())
        elif reach is not None:
            note = Note(reach, note.court_limit, note.limited)
        elif _PHOTOS.search(words):
            sentence = f"“{part.strip()}”: consents come from the family itself; until then nothing of the pupil is shown"
            seen.append((sentence, About.PHOTOS))
        elif _SIBLING.search(words):
            sentence = f"“{part.strip()}”: not used; a parent with the same name and phone in both lists is one person"
            seen.append((sentence, About.SIBLING))
        else:
            seen.append((f"the note “{part.strip()}” is not understood and not used", About.DECISION))
    return note, seen
