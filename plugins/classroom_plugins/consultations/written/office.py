"""Outside the office hours a household hears when somebody answers: one line, once a day at most."""

from __future__ import annotations

from classroom_matrix.api import Context
from classroom_matrix.domain.people import Household

from . import store
from .lookup import local


def say_when(ctx: Context, household: Household, asked_at: int) -> None:
    """`asked_at`: when the question was asked, milliseconds. Whatever comes late, when staff are there again, needs no word."""
    office = ctx.klass.office
    if office is None:
        return
    asked = local(ctx, asked_at)
    if office.covers(asked) or office.covers(ctx.now):
        return
    if not store.is_first_line_of(ctx.klass.id, household.id, asked.date().isoformat()):
        return
    opens, urgent = office.next_open(ctx.now), ctx.options.urgent.strip().rstrip(".")
    if urgent:
        ctx.reply("consultations-written-office-urgent", when=opens, urgent=urgent)
    else:
        ctx.reply("consultations-written-office", when=opens)
