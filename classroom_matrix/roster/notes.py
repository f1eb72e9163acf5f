"""Notes in words: what an office writes into the last column. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ..domain.people import PhotoUse, Reach
from .adults import Relation
from .court_notes import Court, Ruling, is_taken_back, read_court
from .names import folded
from .question import About, Question


@dataclass(frozen=True, slots=True)
class Note:
    """`court_limit`: somebody gets nothing about the pupil; `limited`: who, empty where it is not said, then it is everybody.

    `lifted`: on whom there is no court limit any more. `refused`: uses of pictures that the note says no to. It can say yes to
    none: that is for the family itself.
    """

    reach: Reach = Reach.APP
    court_limit: bool = False
    limited: frozenset[Relation] = frozenset()
    lifted: frozenset[Relation] = frozenset()
    refused: frozenset[PhotoUse] = frozenset()


_REACH = (
    (Reach.PAPER, re.compile(r"(только|лишь) (на )?бумаг|только бумаг|на бумаге|paper only|only (on )?paper")),
    (Reach.PHONE, re.compile(r"нет смартфона|без смартфона|звонить|только (по )?телефон|no smartphone|call only|phone only")),
)
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
    """What a note means for the roster, and what somebody should see: whatever is said of courts is always among it."""
    note = Note()
    seen: list[Question] = []
    rulings: list[tuple[str, Court]] = []
    in_doubt = False
    for part in re.split(r"[;/\n]+|\.\s", text):
        words = folded(part).strip(" .,")
        if not words:
            continue
        shown = {"note": part.strip()[:_LONGEST]}
        court = read_court(words)
        pictures = bool(_SHOTS.search(words) or _PUBLISH.search(words))
        reach = next((reach for reach, pattern in _REACH if pattern.search(words)), None)
        if court is not None:
            rulings.append((shown["note"], court))
        if pictures:
            key, refused = _pictures(words)
            note = replace(note, refused=note.refused | refused)
            seen.append(Question(row, key, shown, About.PHOTOS))
        if court is not None:
            continue
        in_doubt = in_doubt or is_taken_back(words)
        if reach is not None:
            note = replace(note, reach=reach)
        elif pictures:
            continue
        elif _SIBLING.search(words):
            seen.append(Question(row, "roster-note-sibling", shown, About.SIBLING))
        else:
            seen.append(Question(row, "roster-note-unclear", shown))
    if in_doubt:
        rulings = [(said, Court(Ruling.LIMIT) if court.ruling is Ruling.LIFTED else court) for said, court in rulings]
    return _ruled(row, note, rulings, seen), seen


def _ruled(row: int, note: Note, rulings: list[tuple[str, Court]], seen: list[Question]) -> Note:
    """All that the note says of courts, taken together; what contradicts itself limits everybody."""
    limits = [court for _, court in rulings if court.ruling is Ruling.LIMIT]
    named = {court.who for court in limits}
    lifted = frozenset(
        relation
        for _, court in rulings
        if court.ruling is Ruling.LIFTED
        for relation in ([court.who] if court.who else Relation)
    )
    is_plain = len(named) == 1 and not named & {None, *lifted}
    for text, court in rulings:
        shown = {"note": text}
        if court.ruling is Ruling.HOME:
            seen.append(Question(row, "roster-court-home", shown))
        elif court.ruling is Ruling.LIMIT and not is_plain:
            seen.append(Question(row, "roster-limit-unclear", shown))
        elif court.ruling is Ruling.LIMIT:
            seen.append(Question(row, f"roster-court-{court.who}", shown, About.COURT))
        else:
            seen.append(Question(row, "roster-court-lifted", shown, About.COURT))
    if not limits:
        return replace(note, lifted=lifted)
    if not is_plain:
        return replace(note, court_limit=True)
    return replace(note, court_limit=True, limited=frozenset(who for who in named if who), lifted=lifted)


def _pictures(words: str) -> tuple[str, frozenset[PhotoUse]]:
    """Which text says what was understood, and what is refused. In doubt more is refused than was meant."""
    if _INSIDE.search(words):
        return "roster-note-photos-inside", _PUBLISHED
    if not _REFUSAL.search(words):
        return "roster-note-photos", frozenset()
    return ("roster-note-photos-none", frozenset(PhotoUse)) if _SHOTS.search(words) else ("roster-note-published", _PUBLISHED)
