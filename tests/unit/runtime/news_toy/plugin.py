"""Two plugins that share a catalogue. What they say is set by commands; "broken" makes them fail."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from peewee import CharField

from classroom_matrix.api import Context, Plugin, Table, View, command
from classroom_matrix.domain.content import Line
from classroom_matrix.domain.people import Household


class SaidRow(Table):
    plugin = CharField()
    day = CharField()  # ISO 8601; empty: open now
    text = CharField()

    class Meta:
        table_name = "tasks_said"
        primary_key = False


def _lines(plugin: str, day: str) -> list[str]:
    rows = SaidRow.sql("SELECT text FROM tasks_said WHERE plugin = ? AND day = ? ORDER BY rowid", plugin, day)
    texts = [row[0] for row in rows]
    if "broken" in texts:
        raise RuntimeError(plugin)
    return texts


def _say(view: View, household: Household, plugin: str, day: str) -> Sequence[Line]:
    family = view.roster.family(household.family_id)
    assert family is not None
    return [
        Line(view.text("tasks-line", pupil=pupil.name, text=text)) for text in _lines(plugin, day) for pupil in family.pupils
    ]


@command("task")
def add_task(ctx: Context, day: str, text: str) -> None:
    SaidRow.create(plugin="tasks", day="" if day == "now" else day, text=text)


@command("meal")
def add_meal(ctx: Context, day: str, text: str) -> None:
    SaidRow.create(plugin="meals", day="" if day == "now" else day, text=text)


@command("wipe")
def wipe(ctx: Context) -> None:
    SaidRow.delete().execute()


def tasks_open(view: View, household: Household) -> Sequence[Line]:
    return _say(view, household, "tasks", "")


def tasks_coming(view: View, household: Household, day: date) -> Sequence[Line]:
    return _say(view, household, "tasks", day.isoformat())


def meals_open(view: View, household: Household) -> Sequence[Line]:
    return _say(view, household, "meals", "")


def meals_coming(view: View, household: Household, day: date) -> Sequence[Line]:
    return _say(view, household, "meals", day.isoformat())


tasks = Plugin("tasks", tables=(SaidRow,), commands=(add_task, wipe), agenda=tasks_open, coming=tasks_coming)
meals = Plugin("meals", commands=(add_meal,), agenda=meals_open, coming=meals_coming)
