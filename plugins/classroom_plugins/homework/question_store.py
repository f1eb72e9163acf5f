"""The plugin's questions to the tables of study questions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from peewee import fn

from classroom_matrix.domain.ids import EventId, FamilyId, HouseholdId, PersonId

from .domain import Question
from .tables import QuestionRow, RemovedRow

_QUESTION = (
    "SELECT id, class_id, number, family_id, household_id, person_id, subject, thread, text, source, at, answered_at, answer,"
    " shared FROM homework_question WHERE "
)
_NUMBERED = "class_id = ? AND number = ?"
_OF_MESSAGE = "class_id = ? AND source = ?"
_OPEN_IN_THREAD = "class_id = ? AND answered_at IS NULL AND thread = ? ORDER BY at, number"
_OPEN = "class_id = ? AND answered_at IS NULL ORDER BY at, number"
_OF_FAMILY = "class_id = ? AND family_id = ? ORDER BY number"
_REMOVED = "SELECT 1 FROM homework_removed WHERE event = ?"


def ask(
    class_id: str,
    *,
    family: FamilyId | None,
    household: HouseholdId | None,
    person: PersonId,
    subject: str,
    thread: date | None,
    text: str,
    source: EventId,
    at: int,
) -> Question:
    """Write a question down under the class's next number."""
    last = QuestionRow.select(fn.MAX(QuestionRow.number)).where(QuestionRow.class_id == class_id).scalar()
    row = QuestionRow.create(
        class_id=class_id,
        number=(last or 0) + 1,
        family_id=family,
        household_id=household,
        person_id=person,
        subject=subject,
        thread=thread.isoformat() if thread else None,
        text=text,
        source=source,
        at=at,
    )
    found = question(class_id, row.number)
    assert found is not None
    return found


def question(class_id: str, number: int) -> Question | None:
    return next(iter(_questions(_NUMBERED, class_id, number)), None)


def question_of(class_id: str, source: str) -> Question | None:
    """The question that a message is."""
    return next(iter(_questions(_OF_MESSAGE, class_id, source)), None)


def unanswered(class_id: str, thread: date | None = None) -> list[Question]:
    """Oldest first; `thread`: only those in the thread of that day."""
    if thread is not None:
        condition = _OPEN_IN_THREAD
        return _questions(condition, class_id, thread.isoformat())
    return _questions(_OPEN, class_id)


def answer(question: Question, at: int, text: str, *, shared: bool) -> None:
    changes = {"answered_at": at, "answer": text, "shared": shared}
    QuestionRow.update(**changes).where(QuestionRow.id == question.id).execute()


def reword(question: Question, subject: str, text: str) -> None:
    QuestionRow.update(subject=subject, text=text).where(QuestionRow.id == question.id).execute()


def forget_question(question: Question) -> None:
    QuestionRow.delete().where(QuestionRow.id == question.id).execute()


def questions_of(class_id: str, family: FamilyId) -> list[Question]:
    return _questions(_OF_FAMILY, class_id, family)


def forget_questions(class_id: str, family: FamilyId) -> None:
    QuestionRow.delete().where(QuestionRow.class_id == class_id, QuestionRow.family_id == family).execute()


def set_removed(event: str) -> bool:
    """A message is taken away. Returns whether it was not before."""
    known = RemovedRow.sql(_REMOVED, event)
    RemovedRow.insert(event=event).on_conflict_ignore().execute()
    return not known


def _questions(condition: str, *values: object) -> list[Question]:
    return [_question(row) for row in QuestionRow.sql(_QUESTION + condition, *values)]


def _question(row: Sequence[Any]) -> Question:
    id_, class_id, number, family, household, person, subject, thread, text, source, at, answered, answer_, shared = row
    return Question(
        id_,
        class_id,
        number,
        FamilyId(family) if family else None,
        HouseholdId(household) if household else None,
        PersonId(person),
        subject,
        date.fromisoformat(thread) if thread else None,
        text,
        EventId(source),
        at,
        answered,
        answer_,
        bool(shared),
    )
