"""The plugin's questions to its table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from classroom_matrix.domain.ids import EventId, FamilyId, PersonId

from .domain import Kind, Reason, Statement
from .tables import StatementRow

KEPT = timedelta(days=400)
"""A school year; what is older is nobody's business."""
_LONGEST = timedelta(days=130)
"""What may still hold on a day was said of days not longer ago: a stretch has at most 62 days, and one may follow another."""

_PARTS = 5  # stretches of days that one message may say of a pupil
_PART = "/"  # stands in no event's id

_STATEMENT = (
    "SELECT source, pupil_id, family_id, kind, first, last, bounded, reason, by_id, proxy, at, struck"
    " FROM absence_statement WHERE "
)


def add(class_id: str, said: Statement) -> bool:
    """Write a statement down. Returns whether it is new."""
    known = StatementRow.sql("SELECT 1 FROM absence_statement WHERE source = ? AND pupil_id = ?", said.source, said.pupil)
    if known:
        return False
    put(class_id, said)
    return True


def put(class_id: str, said: Statement) -> None:
    """Write a statement down, in place of what its message said of the pupil before it was edited."""
    old = datetime.fromtimestamp(said.at / 1000, UTC).date() - KEPT
    StatementRow.delete().where(StatementRow.class_id == class_id, StatementRow.last < old.isoformat()).execute()
    StatementRow.replace(
        source=said.source,
        pupil_id=said.pupil,
        class_id=class_id,
        family_id=said.family,
        kind=said.kind,
        first=said.first.isoformat(),
        last=said.last.isoformat(),
        bounded=said.bounded,
        reason=said.reason,
        by_id=said.by,
        proxy=said.proxy,
        at=said.at,
        struck=said.struck,
    ).execute()


def of_pupil(class_id: str, pupil: PersonId) -> list[Statement]:
    return _statements("class_id = ? AND pupil_id = ?", class_id, pupil)


def around(class_id: str, day: date) -> dict[PersonId, list[Statement]]:
    """Statements that may say something about a day or later, by pupil."""
    found: dict[PersonId, list[Statement]] = {}
    for said in _statements("class_id = ? AND last >= ?", class_id, (day - _LONGEST).isoformat()):
        found.setdefault(said.pupil, []).append(said)
    return found


def of_source(class_id: str, source: str) -> list[Statement]:
    """What a message says, all of its stretches of days."""
    sources = [part_of(source, number) for number in range(_PARTS)]
    marks = ", ".join("?" for _ in sources)
    return _statements(f"class_id = ? AND source IN ({marks}) ORDER BY pupil_id, source", class_id, *sources)


def part_of(source: str, number: int) -> EventId:
    """What the statement of a message's stretch of days is kept under, the first one's number being 0."""
    return EventId(f"{source}{_PART}{number}" if number else source)


def message_of(said: Statement) -> EventId:
    """The message that a statement comes from."""
    return EventId(said.source.partition(_PART)[0])


def of_family_since(class_id: str, family: FamilyId, at: int) -> list[Statement]:
    """What was said of a family's pupils from a time on, oldest first."""
    return _statements("class_id = ? AND family_id = ? AND at >= ? ORDER BY at, source", class_id, family, at)


def strike(said: Statement) -> None:
    mine = (StatementRow.source == said.source, StatementRow.pupil_id == said.pupil)
    StatementRow.update(struck=True).where(*mine).execute()


def of_family(class_id: str, family: FamilyId) -> list[Statement]:
    return _statements("class_id = ? AND family_id = ? ORDER BY at, source", class_id, family)


def forget_family(class_id: str, family: FamilyId) -> None:
    StatementRow.delete().where(StatementRow.class_id == class_id, StatementRow.family_id == family).execute()


def _statements(condition: str, *values: object) -> list[Statement]:
    return [_statement(row) for row in StatementRow.sql(_STATEMENT + condition, *values)]


def _statement(row: Sequence[Any]) -> Statement:
    source, pupil, family, kind, first, last, bounded, reason, by, proxy, at, struck = row
    return Statement(
        EventId(source),
        PersonId(pupil),
        FamilyId(family),
        Kind(kind),
        date.fromisoformat(first),
        date.fromisoformat(last),
        bool(bounded),
        Reason(reason),
        PersonId(by),
        bool(proxy),
        at,
        bool(struck),
    )
