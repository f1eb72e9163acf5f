"""Forgetting a family in the plugin's tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from classroom_matrix.domain.ids import FamilyId, HouseholdId, PersonId

from ..domain import from_json, to_json
from ..tables import AnswerRow, ClaimRow, EventRow, IdeaRow, LetterRow, SeatRow, TalkRow, VersionRow


def forget_family(
    class_id: str,
    family: FamilyId,
    people: Iterable[PersonId],
    households: Iterable[HouseholdId],
    renamed: Mapping[int, Mapping[str, str]],
) -> None:
    """Nothing tells any more what a family answered or proposed. A line of a plan that came from its idea stays, without it.

    `renamed`: by event, lines of plans that name the family's adults, and what is left of them.
    """
    events = [row.id for row in EventRow.select(EventRow.id).where(EventRow.class_id == class_id)]
    for table in (AnswerRow, ClaimRow, SeatRow):
        table.delete().where(table.family_id == family, table.event_id.in_(events)).execute()
    LetterRow.delete().where(LetterRow.household_id.in_(list(households)), LetterRow.event_id.in_(events)).execute()
    persons = list(people)
    TalkRow.delete().where(TalkRow.person_id.in_(persons), TalkRow.event_id.in_(events)).execute()
    IdeaRow.delete().where(
        IdeaRow.class_id == class_id, (IdeaRow.family_id == family) | IdeaRow.person_id.in_(persons)
    ).execute()
    VersionRow.update(person_id="").where(VersionRow.person_id.in_(persons), VersionRow.event_id.in_(events)).execute()
    for event_id, lines in renamed.items():
        _rename_lines(event_id, lines)


def _rename_lines(event_id: int, lines: Mapping[str, str]) -> None:
    for row in VersionRow.select().where(VersionRow.event_id == event_id):
        changed = VersionRow.update(plan=_without(row.plan, lines))
        changed.where(VersionRow.event_id == event_id, VersionRow.version == row.version).execute()
    for row in EventRow.select().where(EventRow.id == event_id):
        EventRow.update(plan=_without(row.plan, lines)).where(EventRow.id == event_id).execute()


def _without(text: str, lines: Mapping[str, str]) -> str:
    plan = from_json(text)
    return to_json(replace(plan, lines=tuple(lines.get(line, line) for line in plan.lines)))
