"""How events, their times and who comes are called in sentences and lines."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from classroom_matrix.api import View
from classroom_matrix.domain.people import Family

from .answers import Party
from .domain import Event, Plan, Unit, differing, local, short


def when_of(view: View, plan: Plan, language: str | None = None) -> str:
    """As in «сб, 21 ноября, 12:00–14:00»; empty where there is no date yet."""
    if plan.starts is None:
        return ""
    starts = local(plan.starts, view.klass.zone)
    said = view.date(starts, language=language)
    if not plan.timed:
        return said.rpartition(",")[0]
    if plan.ends is None:
        return said
    ends = local(plan.ends, view.klass.zone)
    until = f"{ends:%H:%M}" if ends.date() == starts.date() else view.date(ends, language=language)
    return f"{said}–{until}"


def time_of(plan: Plan, view: View) -> str:
    """The time of day alone: "12:00"; empty where there is none."""
    return f"{local(plan.starts, view.klass.zone):%H:%M}" if plan.starts is not None and plan.timed else ""


def where_and_when(view: View, plan: Plan, language: str | None = None) -> str:
    """As in «сб, 21 ноября, 12:00, парк Сокольники»."""
    return ", ".join(part for part in (when_of(view, plan, language), plan.place) if part)


def called(view: View, event: Event, language: str | None = None) -> str:
    """An event in a list: "№3 «Каток»"."""
    return view.text("events-called", language=language, number=str(event.number), title=short(event.plan.title))


def dated(view: View, event: Event, language: str | None = None) -> str:
    """An event in a sentence: "«Каток» (сб, 21 ноября, 12:00)"."""
    title, when = short(event.plan.title), when_of(view, event.plan, language)
    return view.text("events-dated" if when else "events-undated", language=language, title=title, when=when)


def party(view: View, who: Party, family: Family, language: str | None = None) -> str:
    """As in «2 взрослых, Семён, Таисия», as far as it has names."""
    names = [pupil.name.split()[0] for pupil in family.pupils if pupil.id in who.pupils]
    adults = [view.text("events-adults", language=language, count=who.adults)] if who.adults else []
    return ", ".join([*adults, *names])


def moment(view: View, at: int) -> datetime:
    return local(at, view.klass.zone)


def capacity(view: View, plan: Plan, language: str | None = None) -> str:
    key = "events-places-pupils" if plan.unit is Unit.PUPILS else "events-places-people"
    return view.text(key, language=language, count=plan.capacity or 0)


def changes(view: View, before: Plan, after: Plan, language: str | None = None) -> list[str]:
    """What differs between two plans, a line for each."""
    names = differing(before, after)
    lines: list[str] = []

    def add(key: str, was: str, now: str) -> None:
        if was != now:
            nothing = view.text("events-nothing", language=language)
            what = view.text(f"events-field-{key}", language=language)
            lines.append(view.text("events-change", language=language, what=what, was=was or nothing, now=now or nothing))

    if "title" in names:
        add("title", before.title, after.title)
    if {"starts", "ends", "timed"} & set(names):
        add("when", when_of(view, before, language), when_of(view, after, language))
    for name in ("place", "bring", "cost"):
        if name in names:
            add(name, short(getattr(before, name), 200), short(getattr(after, name), 200))
    if {"capacity", "unit"} & set(names):
        was, now = ("" if plan.capacity is None else capacity(view, plan, language) for plan in (before, after))
        add("capacity", was, now)
    if "answer_by" in names:
        was, now = (
            "" if plan.answer_by is None else view.date(moment(view, plan.answer_by), language=language)
            for plan in (before, after)
        )
        add("answer-by", was, now)
    return [*lines, *_line_changes(view, before.lines, after.lines, language)]


def _line_changes(view: View, before: Sequence[str], after: Sequence[str], language: str | None) -> list[str]:
    gone = [line for line in before if line not in after]
    new = [line for line in after if line not in before]
    return [
        *(view.text("events-line-gone", language=language, line=short(line, 200)) for line in gone),
        *(view.text("events-line-new", language=language, line=short(line, 200)) for line in new),
    ]
