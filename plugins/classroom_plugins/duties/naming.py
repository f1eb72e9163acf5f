"""How duties, days and families are called in sentences."""

from __future__ import annotations

from datetime import date

from classroom_matrix.api import View
from classroom_matrix.domain.ids import FamilyId, HouseholdId, PersonId
from classroom_matrix.domain.people import Family, Household

from .domain import Duty, Hold, Sheet, days_of, local


def called(view: View, duty: Duty, language: str | None = None) -> str:
    """A duty in a sentence: "«чай» («Каток», сб, 5 декабря, 12:00)", "«Дежурство по классу», 1–5 декабря"."""
    if duty.sheet.is_series:
        return view.text("duties-called-days", language=language, duty=duty.title, days=days(view, duty, language))
    if duty.begins is None:
        return view.text("duties-called-undated", language=language, duty=duty.title, occasion=duty.sheet.title)
    when = local(duty.begins, view.klass.zone)
    return view.text("duties-called", language=language, duty=duty.title, occasion=duty.sheet.title, when=when)


def short(view: View, duty: Duty, language: str | None = None) -> str:
    """A duty where its sheet is known: "чай", "1–5 декабря"."""
    return days(view, duty, language) if duty.sheet.is_series else duty.title


def sheet_called(view: View, sheet: Sheet, language: str | None = None) -> str:
    if sheet.number is None:
        return view.text("duties-called-series", language=language, title=sheet.title)
    return view.text("duties-called-occasion", language=language, title=sheet.title, number=str(sheet.number))


def days(view: View, duty: Duty, language: str | None = None) -> str:
    """As in "1–5 декабря", "30 ноября – 4 декабря", "3 декабря"."""
    found = days_of(duty, view.klass.zone)
    return "" if found is None else between(view, *found, language=language)


def between(view: View, first: date, last: date, *, language: str | None = None) -> str:
    begin, end = _day(view, first, language), _day(view, last, language)
    if first == last:
        return begin
    if (first.year, first.month) == (last.year, last.month):
        month = view.text(f"duties-month-{first.month}", language=language)
        return view.text("duties-days", language=language, first=first.day, last=last.day, month=month)
    return view.text("duties-days-of-months", language=language, first=begin, last=end)


def _day(view: View, day: date, language: str | None) -> str:
    month = view.text(f"duties-month-{day.month}", language=language)
    return view.text("duties-day", language=language, day=day.day, month=month)


def holder(view: View, hold: Hold) -> str:
    """Who does it, as the class may read it; empty for who is not in the class any more."""
    family = view.roster.family(hold.family)
    return "" if family is None else adult(family, hold.household, hold.person)


def adult(family: Family, household: HouseholdId | None, person: PersonId | None = None) -> str:
    """The adult who took it; else one of the household where it is known whose; else the pupils. Nobody with a court limit."""
    people = [each for each in family.guardians if not each.limited and each.name.strip()]
    found = next((each for each in people if each.id == person), None)
    if found is None and (household is not None or len(family.households) == 1):
        found = next((each for each in people if household in (None, each.household_id)), None)
    if found is None:
        return family.label
    words = found.name.split()
    return " ".join((words[0], words[-1])) if len(words) > 2 else found.name


def is_of(view: View, hold: Hold, household: HouseholdId | None) -> bool:
    """Whether a place is a household's: it took it, or nobody knows whose of the family it is."""
    family = view.roster.family(hold.family)
    others = {home.id for home in family.households} if family is not None else set()
    return hold.household == household or hold.household not in others


def homes(view: View, family_id: FamilyId, household: HouseholdId | None = None) -> list[Household]:
    """The household that a thing belongs to, or all of the family where that is not known (or it is not there any more)."""
    family = view.roster.family(family_id)
    if family is None:
        return []
    own = [each for each in family.households if each.id == household]
    return own or list(family.households)


def label(view: View, family_id: FamilyId) -> str:
    """How staff see a family."""
    family = view.roster.family(family_id)
    return "—" if family is None else family.label
