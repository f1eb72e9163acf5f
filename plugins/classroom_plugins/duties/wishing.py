"""Wishes until a deadline: collected, decided by the lowest load and then by lots, and explained."""

from __future__ import annotations

import secrets
from datetime import timedelta

from classroom_matrix.api import Context, job
from classroom_matrix.domain.content import Bullets, Content, Line
from classroom_matrix.domain.ids import FamilyId

from . import store
from .domain import Act, Duty, Outcome, SheetState, Via, local, milliseconds, slots
from .loads import Standing, meet, standings, year_of
from .lots import Decision, Wished, decide
from .naming import called, homes, label, sheet_called, short
from .taking import free_places, note_change, take_place

GRACE = timedelta(minutes=1)
"""For wishes that were in time and are on their way."""
_SEEDS = 900_000


@job
def draw_lots(ctx: Context, sheet_id: int, until: int) -> None:  # noqa: ARG001 - one job for each deadline
    """Decide all wishes of a sheet whose time is over, together, so that nobody gets two places at one time by chance."""
    sheet = store.sheet(ctx.klass.id, sheet_id)
    now = milliseconds(ctx.now)
    due = [d for d in store.duties(sheet) if d.awaits_draw and (d.wishes_until or 0) <= now] if sheet else []
    if sheet is None or sheet.state is not SheetState.OPEN or not due:
        return
    year = year_of(ctx, due[0])
    meet(ctx, year)
    here = standings(ctx, year)
    at_once = slots(due)
    seed = 100_000 + secrets.randbelow(_SEEDS)
    wishes = {duty.id: [wish for wish in store.wishes(duty) if wish.family in here] for duty in due}
    wished = [
        Wished(duty.id, free_places(ctx, duty), duty.weight, at_once[duty.id], [wish.family for wish in wishes[duty.id]])
        for duty in due
    ]
    decisions = decide(wished, {family: standing.load for family, standing in here.items()}, seed)
    by_id = {duty.id: duty for duty in due}
    for decision in decisions:
        duty = by_id[decision.duty]
        store.change_duty(duty, seed=seed)
        drawn = store.duty(ctx.klass.id, duty.id)
        assert drawn is not None
        acts = {wish.family: wish for wish in wishes[duty.id]}
        for family in decision.chosen:
            wish = acts[family]
            act = Act(family, wish.household, wish.person, Via.LOTS, None, now)
            if take_place(ctx, drawn, act) is Outcome.TAKEN:
                _tell(ctx, drawn, decision, family, wish, here[family], seed)
        for family in decision.others:
            _tell(ctx, drawn, decision, family, acts[family], here[family], seed)
        for wish in store.wishes(duty):
            if wish.family not in decision.chosen:
                store.drop_wish(duty, wish.family)
        store.clear_wishes(duty)
    _tell_staff(ctx, by_id, decisions, seed)
    note_change(ctx, sheet)


def plan_draw(ctx: Context, duty: Duty) -> None:
    if duty.awaits_draw and duty.wishes_until is not None:
        ctx.at(local(duty.wishes_until, ctx.klass.zone) + GRACE, draw_lots, duty.sheet.id, duty.wishes_until)


def _tell(ctx: Context, duty: Duty, decision: Decision, family: FamilyId, wish: Act, standing: Standing, seed: int) -> None:
    """Why a family got the place or not, in words. Of others only how many there were and what loads the chosen have."""
    for home in homes(ctx, family, wish.household):
        language = ctx.language_of(home)
        won = family in decision.chosen
        values: dict[str, object] = {
            "duty": called(ctx, duty, language),
            "places": decision.places,
            "wishes": len(decision.chosen) + len(decision.others),
            "own": decision.loads[family],
            "range": span([decision.loads[each] for each in decision.chosen]),
            "seed": str(seed),
            "lots": 1 if decision.by_lot else 0,
        }
        lines = [ctx.text("duties-lots-won" if won else "duties-lots-lost", language=language, **values)]
        if decision.others:
            lines.append(ctx.text("duties-lots-why", language=language, **values))
        if standing.credit and decision.others:
            lines.append(ctx.text("duties-lots-credit", language=language, credit=standing.credit))
        ctx.write(home, Content.line("\n".join(lines), loud=True))


def _tell_staff(ctx: Context, duties: dict[int, Duty], decisions: list[Decision], seed: int) -> None:
    rows = []
    for decision in decisions:
        duty = duties[decision.duty]

        def named(families: tuple[FamilyId, ...], loads: Decision = decision) -> str:
            said = [
                ctx.text("duties-lots-staff-family", family=label(ctx, family), load=loads.loads[family]) for family in families
            ]
            return ", ".join(said) or "—"

        values: dict[str, object] = {"duty": short(ctx, duty), "places": decision.places, "chosen": named(decision.chosen)}
        key = "duties-lots-staff-row-others" if decision.others else "duties-lots-staff-row"
        rows.append(
            ctx.text(
                key, language=None, others=named(decision.others), wishes=len(decision.chosen) + len(decision.others), **values
            )
        )
    sheet = next(iter(duties.values())).sheet
    title = ctx.text("duties-lots-staff", sheet=sheet_called(ctx, sheet), seed=str(seed))
    ctx.post(Content((Line(title), Bullets(tuple(rows)))), room="staff")


def span(loads: list[int]) -> str:
    """As in "1–2", "1"."""
    if not loads:
        return "—"
    least, greatest = min(loads), max(loads)
    return str(least) if least == greatest else f"{least}–{greatest}"
