"""Notes in words: what an office writes into the last column. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ..domain.people import PhotoUse, Reach
from .adults import Relation
from .names import folded
from .question import About, Question


@dataclass(frozen=True, slots=True)
class Note:
    """`court_limit`: somebody gets nothing about the pupil; `limited`: who, empty where it is not said; `lifted`: nobody now.

    `refused`: uses of pictures that the note says no to. It can say yes to none: that is for the family itself.
    """

    reach: Reach = Reach.APP
    court_limit: bool = False
    limited: frozenset[Relation] = frozenset()
    lifted: bool = False
    refused: frozenset[PhotoUse] = frozenset()


_REACH = (
    (Reach.PAPER, re.compile(r"(только|лишь) (на )?бумаг|только бумаг|на бумаге|paper only|only (on )?paper")),
    (Reach.PHONE, re.compile(r"нет смартфона|без смартфона|звонить|только (по )?телефон|no smartphone|call only|phone only")),
)
_COURT = re.compile(
    r"(ограничени\w*|решени\w*|запрет\w*|по) суд\w*|суд\w* (запре|огранич)\w*|лиш[её]?н\w* (родит\w* )?прав|court"
)
_LIFTED = re.compile(r"\b(снят\w*|отмен[её]н\w*|больше нет|прекращен\w*|lifted|ended|no longer|no more)\b")
_WHO = {
    Relation.MOTHER: re.compile(r"\b(мать|матер\w+|мам\w+|mother)\b"),
    Relation.FATHER: re.compile(r"\b(отец|отц\w+|пап\w+|father)\b"),
    Relation.GUARDIAN: re.compile(r"\b(опекун\w*|guardian)\b"),
    Relation.RELATIVE: re.compile(r"\b(бабушк\w*|дедушк\w*|дед|родственник\w*|grand(mother|father|ma|pa)|relative)\b"),
}
_SHOTS = re.compile(r"фото|снима|съемк|photo|picture")
_PUBLISH = re.compile(r"публик|размеща|выклад|publish")
_REFUSAL = re.compile(r"\b(не|нет|без|нельзя|против|отказ\w*|запре\w+|no|not|never|without|refus\w+|don't|do not)\b")
_INSIDE = re.compile(
    r"(только|лишь) (для|внутри|в) класс|внутри класса|(class|classroom) only|only (for|in|within) (the )?class"
)
_PUBLISHED = frozenset({PhotoUse.PUBLICATION, PhotoUse.PUBLIC})
_SIBLING = re.compile(r"\b(брат\w?|сестр\w|brother|sister)\b")
_LONGEST = 80  # characters of a note that are shown


def read_note(row: int, text: str) -> tuple[Note, list[Question]]:
    """What a note means for the roster, and what somebody should see."""
    note = Note()
    seen: list[Question] = []
    for part in re.split(r"[;/\n]+|\.\s", text):
        words = folded(part).strip(" .,")
        if not words:
            continue
        shown = {"note": part.strip()[:_LONGEST]}
        reach = next((reach for reach, pattern in _REACH if pattern.search(words)), None)
        if _COURT.search(words) and _LIFTED.search(words):
            note = replace(note, lifted=True)
        elif _COURT.search(words):
            who = frozenset(relation for relation, pattern in _WHO.items() if pattern.search(words))
            limited = who if len(who) == 1 and not (note.court_limit and note.limited != who) else frozenset()
            note = replace(note, court_limit=True, limited=limited)
        elif reach is not None:
            note = replace(note, reach=reach)
        elif _SHOTS.search(words) or _PUBLISH.search(words):
            key, refused = _pictures(words)
            note = replace(note, refused=note.refused | refused)
            seen.append(Question(row, key, shown, About.PHOTOS))
        elif _SIBLING.search(words):
            seen.append(Question(row, "roster-note-sibling", shown, About.SIBLING))
        else:
            seen.append(Question(row, "roster-note-unclear", shown))
    return note, seen


def _pictures(words: str) -> tuple[str, frozenset[PhotoUse]]:
    """Which text says what was understood, and what is refused. In doubt more is refused than was meant."""
    if _INSIDE.search(words):
        return "roster-note-photos-inside", _PUBLISHED
    if not _REFUSAL.search(words):
        return "roster-note-photos", frozenset()
    return ("roster-note-photos-none", frozenset(PhotoUse)) if _SHOTS.search(words) else ("roster-note-published", _PUBLISHED)
