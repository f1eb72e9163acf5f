"""What homework keeps about a family: handed out, and forgotten."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from classroom_matrix.api import View
from classroom_matrix.domain.people import Family

from . import question_store, store
from .cards import subject_name
from .domain import Question, local


def export(view: View, family: Family) -> Mapping[str, Any]:
    """The family's questions with their answers, and its pupils' groups."""
    found: dict[str, Any] = {}
    rows = [_row(view, question) for question in question_store.questions_of(view.klass.id, family.id)]
    if rows:
        found[view.text("homework-export-questions")] = rows
    groups = {
        f"{pupil.name}, {subject_name(view, subject)}": group
        for pupil in family.pupils
        for (subject, owner), group in store.groups(view.klass.id).of.items()
        if owner == pupil.id
    }
    if groups:
        found[view.text("homework-export-groups")] = groups
    return found


def _row(view: View, question: Question) -> dict[str, str]:
    said = {
        "at": local(question.at, view.klass.zone).strftime("%d.%m.%Y %H:%M"),
        "subject": subject_name(view, question.subject) if question.subject else view.text("homework-in-general"),
        "text": question.text,
        "answer": question.answer or "—",
    }
    return {view.text(f"homework-export-{name}"): value for name, value in said.items()}


def erase(view: View, family: Family) -> None:
    """Forget the family's questions, its pupils' groups, and what it was sent."""
    pupils = [pupil.id for pupil in family.pupils]
    question_store.forget_questions(view.klass.id, family.id)
    store.forget_groups(view.klass.id, pupils)
    store.forget_sent(pupils)
