"""Rows of written consultations: the only place here that knows tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from classroom_matrix.domain.ids import EventId, HouseholdId, PersonId, RoomId

from .domain import Kind, Word
from .tables import OfficeLineRow, StruckRow, WordRow

STRUCK_KEPT = 7 * 24 * 3600 * 1000
"""Milliseconds for which a redaction waits for what it takes back."""

_WORD = "source, household_id, room_id, person_id, kind, at, target, judged_at, struck_at"


def put(class_id: str, word: Word) -> None:
    """Write a word down, or what an edit has made of it. The same again, or an older text, changes nothing."""
    known = get(class_id, word.source)
    if known is None:
        struck = StruckRow.sql("SELECT at FROM consultations_written_struck WHERE target = ?", word.source)
        WordRow.create(
            source=word.source,
            class_id=class_id,
            household_id=word.household,
            room_id=word.room,
            person_id=word.person,
            kind=word.kind,
            at=word.at,
            target=word.target,
            judged_at=word.judged_at,
            struck_at=struck[0][0] if struck else None,
        )
    elif known.person == word.person and word.judged_at > known.judged_at:
        # A question that was edited into a message is asked now; an edited question stands where it stood.
        asked_now = word.kind is Kind.ASKS and known.kind is not Kind.ASKS
        at = word.judged_at if asked_now else known.at
        WordRow.update(kind=word.kind, at=at, judged_at=word.judged_at).where(WordRow.source == word.source).execute()


def get(class_id: str, source: EventId) -> Word | None:
    return next(iter(_words_where("source = ? AND class_id = ?", source, class_id)), None)


def strike(class_id: str, source: EventId, at: int) -> None:
    """What is taken back has never been said, and is not said again when it comes late."""
    StruckRow.delete().where(StruckRow.at < at - STRUCK_KEPT).execute()
    StruckRow.insert(target=source, at=at).on_conflict_ignore().execute()
    row = (WordRow.source == source) & (WordRow.class_id == class_id)
    WordRow.update(struck_at=at).where(row).execute()


def words_of(class_id: str, household: HouseholdId) -> list[Word]:
    return _words_where("class_id = ? AND household_id = ?", class_id, household)


def words_by_household(class_id: str) -> dict[HouseholdId, list[Word]]:
    """Everything that was said in a class."""
    found: dict[HouseholdId, list[Word]] = {}
    for word in _words_where("class_id = ?", class_id):
        found.setdefault(word.household, []).append(word)
    return found


def staff_spoke(class_id: str, household: HouseholdId, since: int, until: int) -> bool:
    """Whether staff wrote into the household's desk from `since` to before `until`; milliseconds."""
    return bool(
        WordRow.sql(
            "SELECT 1 FROM consultations_written_word WHERE class_id = ? AND household_id = ? AND kind = ? AND target IS NULL"
            " AND struck_at IS NULL AND at >= ? AND at < ? LIMIT 1",
            class_id,
            household,
            Kind.ANSWERS,
            since,
            until,
        )
    )


def is_first_line_of(class_id: str, household: HouseholdId, day: str) -> bool:
    """Whether the household was not told of the office hours on this day; from now on it was."""
    found = OfficeLineRow.sql(
        "SELECT day FROM consultations_written_office WHERE class_id = ? AND household_id = ?", class_id, household
    )
    if found and found[0][0] >= day:
        return False
    OfficeLineRow.replace(class_id=class_id, household_id=household, day=day).execute()
    return True


def forget(class_id: str, households: Iterable[HouseholdId]) -> None:
    for household in households:
        for word in words_of(class_id, household):
            StruckRow.delete().where(StruckRow.target == word.source).execute()
        WordRow.delete().where(WordRow.class_id == class_id, WordRow.household_id == household).execute()
        OfficeLineRow.delete().where(OfficeLineRow.class_id == class_id, OfficeLineRow.household_id == household).execute()


def _words_where(condition: str, *values: object) -> list[Word]:
    rows = WordRow.sql(f"SELECT {_WORD} FROM consultations_written_word WHERE {condition}", *values)  # noqa: S608 - of constants only
    return [_word(row) for row in rows]


def _word(row: Sequence[Any]) -> Word:
    source, household, room, person, kind, at, target, judged_at, struck_at = row
    return Word(
        EventId(source),
        HouseholdId(household),
        RoomId(room),
        PersonId(person),
        Kind(kind),
        at,
        EventId(target) if target else None,
        judged_at,
        struck_at,
    )
