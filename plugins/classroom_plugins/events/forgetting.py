"""Forgetting a family in the plugin's tables."""

from __future__ import annotations

from collections.abc import Iterable

from classroom_matrix.domain.ids import FamilyId, HouseholdId, PersonId

from .tables import AnswerRow, ClaimRow, EventRow, IdeaRow, LetterRow, SeatRow, TalkRow


def forget_family(class_id: str, family: FamilyId, people: Iterable[PersonId], households: Iterable[HouseholdId]) -> None:
    """Nothing tells any more what a family answered or proposed. A line of a plan that came from its idea stays, without it."""
    events = [row[0] for row in EventRow.sql("SELECT id FROM events_event WHERE class_id = ?", class_id)]
    for table in (AnswerRow, ClaimRow, SeatRow):
        table.delete().where(table.family_id == family, table.event_id.in_(events)).execute()
    LetterRow.delete().where(LetterRow.household_id.in_(list(households)), LetterRow.event_id.in_(events)).execute()
    persons = list(people)
    TalkRow.delete().where(TalkRow.person_id.in_(persons), TalkRow.event_id.in_(events)).execute()
    IdeaRow.delete().where(
        IdeaRow.class_id == class_id, (IdeaRow.family_id == family) | IdeaRow.person_id.in_(persons)
    ).execute()
