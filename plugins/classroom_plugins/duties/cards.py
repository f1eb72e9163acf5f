"""What the duties of an occasion, and a series, look like: one card each, edited."""

from __future__ import annotations

from datetime import timedelta

from classroom_matrix.api import Context, Subject, View, card
from classroom_matrix.domain.content import Block, Bold, Content, Line, Muted

from . import store
from .domain import BUTTONS, Duty, Hold, Sheet, SheetState, days_of, local, mark, milliseconds
from .naming import days, holder

VOLUNTEER = "🙋"
"""The button below a series: takes the nearest part that is free."""


@card
def duty_card(view: View, subject: str) -> Content:
    """Filled and empty places by role, and how to take one; of a series this week and the next."""
    sheet = store.sheet(view.klass.id, int(subject))
    if sheet is None:
        return Content.line(view.text("duties-unknown"))
    if sheet.is_series:
        return Content(tuple(_series(view, sheet)))
    return Content(tuple(_occasion(view, sheet)))


def post_card(ctx: Context, sheet: Sheet) -> None:
    """The card, and buttons for what can be taken by them."""
    key = ctx.card(duty_card, str(sheet.id), room=sheet.room)
    if sheet.is_series:
        if ctx.options.seed_reactions:
            ctx.react(key, VOLUNTEER, room=sheet.room)
        return
    for duty in store.duties(sheet):
        if has_button(ctx, duty):
            ctx.react(key, mark(duty.number), room=sheet.room)


def add_button(ctx: Context, duty: Duty) -> None:
    """To a card that is there already."""
    posted = ctx.posted(Subject(duty_card.name, str(duty.sheet.id)))
    if posted and has_button(ctx, duty):
        ctx.react(posted[0], mark(duty.number), room=duty.sheet.room)


def has_button(view: View, duty: Duty) -> bool:
    return bool(view.options.seed_reactions) and duty.number <= BUTTONS


def role_line(view: View, duty: Duty, held: list[Hold], *, language: str | None = None) -> str:
    """As in "1️⃣ чай — 1 из 2: Наталья Калинина (нужно: термос)"."""
    values: dict[str, object] = {
        "mark": mark(duty.number),
        "duty": duty.title,
        "taken": len(held),
        "places": duty.places,
        "names": [name for name in (holder(view, hold) for hold in held) if name],
        "some": 1 if held else 0,
        "needs": view.text("duties-needs", language=language, needs=duty.needs) if duty.needs else "",
        "time": _own_time(view, duty, language),
    }
    if duty.awaits_draw:
        return view.text("duties-card-wishes", language=language, wishes=len(store.wishes(duty)), **values).rstrip()
    return view.text("duties-card-role", language=language, **values).rstrip()


def held_here(view: View, sheet: Sheet) -> dict[int, list[Hold]]:
    """By duty; of families that are in the class."""
    found: dict[int, list[Hold]] = {}
    for hold in store.present(store.holds_of_sheet(sheet), [family.id for family in view.roster.families]):
        found.setdefault(hold.duty, []).append(hold)
    return found


def _ended(duties: list[Duty], held: dict[int, list[Hold]], *, some: str, none: str) -> str:
    """What is said of what is over: all was done only where no place was empty."""
    if all(len(held.get(duty.id, [])) >= duty.places for duty in duties) and duties:
        return "duties-card-over"
    return some if any(held.values()) else none


def _own_time(view: View, duty: Duty, language: str | None) -> str:
    """Where a role begins at another time than its occasion."""
    if duty.starts is None or duty.starts == duty.sheet.starts:
        return ""
    return view.text("duties-card-time", language=language, time=f"{local(duty.starts, view.klass.zone):%H:%M}")


def _occasion(view: View, sheet: Sheet) -> list[Block]:
    number = "" if sheet.number is None else view.text("duties-card-number", number=str(sheet.number))
    values: dict[str, object] = {"title": sheet.title, "number": number}
    if sheet.starts is None:
        title = view.text("duties-card-title-undated", language=None, **values)
    else:
        title = view.text("duties-card-title", language=None, when=local(sheet.starts, view.klass.zone), **values)
    if sheet.state is SheetState.CANCELLED:
        return [Line(Bold(view.text("duties-card-cancelled", language=None, **values)))]
    held = held_here(view, sheet)
    duties = store.duties(sheet)
    lines: list[Block] = [Line(role_line(view, duty, held.get(duty.id, []))) for duty in duties]
    if sheet.state is SheetState.OVER:
        return [
            Line(Bold(title)),
            *lines,
            Line(Muted(view.text(_ended(duties, held, some="duties-card-over-some", none="duties-card-past")))),
        ]
    waiting = [duty for duty in duties if duty.wishes_until is not None and duty.awaits_draw]
    drawn = [duty for duty in duties if duty.seed is not None]
    if waiting:
        until = local(max(duty.wishes_until or 0 for duty in waiting), view.klass.zone)
        lines.append(Line(view.text("duties-card-until", until=until)))
    if drawn:
        lines.append(Line(Muted(view.text("duties-card-seed", seed=", ".join(sorted({str(d.seed) for d in drawn}))))))
    buttons = any(has_button(view, duty) for duty in duties)
    if duties:
        how = view.text("duties-card-how" if buttons else "duties-card-how-plain", example=duties[0].title)
        lines.append(Line(Muted(how)))
    else:
        lines.append(Line(view.text("duties-card-empty")))
    return [Line(Bold(title)), *lines]


def _series(view: View, sheet: Sheet) -> list[Block]:
    title = Line(Bold(sheet.title))
    if sheet.state is SheetState.CANCELLED:
        return [Line(Bold(view.text("duties-card-series-cancelled", title=sheet.title)))]
    return [title, *series_lines(view, sheet)]


def series_lines(view: View, sheet: Sheet, *, language: str | None = None) -> list[Line]:
    """This week and the next of a series, and how many parts are free."""
    now = milliseconds(view.now)
    held = held_here(view, sheet)
    coming = [duty for duty in store.duties(sheet) if not duty.is_past(now)]
    if sheet.state is SheetState.OVER or not coming:
        ended = _ended(store.duties(sheet), held, some="duties-series-over-some", none="duties-series-past")
        return [Line(Muted(view.text(ended, language=language)))]
    lines: list[Line] = []
    lines += [part_line(view, duty, held.get(duty.id, []), language=language) for duty in coming[: _shown(view, coming)]]
    free = [duty for duty in coming if len(held.get(duty.id, [])) < duty.places]
    if not free:
        lines.append(Line(Muted(view.text("duties-card-series-full", language=language))))
    else:
        key = "duties-card-series-how" if view.options.seed_reactions else "duties-card-series-how-plain"
        lines.append(Line(Muted(view.text(key, language=language, free=len(free), nearest=days(view, free[0], language)))))
    return lines


def part_line(view: View, duty: Duty, held: list[Hold], *, language: str | None = None) -> Line:
    """A part of a series, as in "23–27 ноября — Наталья Калинина"."""
    names = [name for name in (holder(view, hold) for hold in held) if name]
    values: dict[str, object] = {"days": days(view, duty, language), "places": duty.places, "names": names}
    return Line(view.text("duties-card-days", language=language, taken=len(held), some=1 if names else 0, **values))


def _shown(view: View, coming: list[Duty]) -> int:
    """How many lie in this week and the next; the nearest two after a holiday."""
    today = view.now.date()
    end = today + timedelta(days=14 - today.weekday())
    spans = [days_of(duty, view.klass.zone) for duty in coming]
    return max(2, sum(1 for span in spans if span is not None and span[0] < end))
