"""What the teacher enters for families: places taken and given back by phone or on paper, and who did not come."""

from __future__ import annotations

from classroom_matrix.api import Context, command
from classroom_matrix.domain.people import Family, Role
from classroom_matrix.errors import InvalidArgument, NotFound

from . import store
from .asking import store as asking_store
from .domain import Act, Duty, Ended, Outcome, Sheet, SheetState, Via
from .lookup import duties_replied_to, duty_meant, held_ids
from .naming import called, homes
from .orders import Ordered, note_order, take_off
from .taking import note_change, take_place
from .wording import fold, needs_of


@command("duty", needs=Role.TEACHER, names_people=True)
def take_for_family(ctx: Context, family: Family, duty: str, *, occasion: int | None = None) -> None:
    """Also for what is over: what was done counts."""
    meant = duty_meant(ctx, duty, _duties(ctx, occasion))
    outcome = take_place(ctx, meant, Act(family.id, None, None, Via.PROXY, None, ctx.occurred))
    values = {"family": family.label, "duty": called(ctx, meant, ctx.language)}
    if outcome is Outcome.FULL:
        raise InvalidArgument("duties-full-staff", **values)
    if outcome is Outcome.OVER:
        raise InvalidArgument("duties-over-staff", **values)
    if outcome in (Outcome.TAKEN, Outcome.WISHED):
        note_order(ctx, Ordered.TAKE, duty=meant, family=family)
        _tell(ctx, family, meant, f"duties-family-entered-{outcome}")
    ctx.reply_privately(f"duties-entered-{outcome}", **values)


@command("duty drop", needs=Role.TEACHER, names_people=True)
def drop_for_family(ctx: Context, family: Family, duty: str, *, occasion: int | None = None) -> None:
    meant = duty_meant(ctx, duty, _duties(ctx, occasion), prefer=_own(ctx, family))
    values = {"family": family.label, "duty": called(ctx, meant, ctx.language)}
    if not take_off(ctx, family, meant):
        raise NotFound("duties-not-held-by", **values)
    note_order(ctx, Ordered.DROP, duty=meant, family=family)
    ctx.reply_privately("duties-dropped", **values)


@command("duty missed", needs=Role.TEACHER, names_people=True)
def note_missed(ctx: Context, family: Family, duty: str, *, occasion: int | None = None) -> None:
    """They did not come: it does not count. The family is not told."""
    meant = duty_meant(ctx, duty, _duties(ctx, occasion), prefer=held_ids(ctx, family.id))
    hold = store.hold_of(meant, family.id)
    values = {"family": family.label, "duty": called(ctx, meant, ctx.language)}
    if hold is None:
        raise NotFound("duties-not-held-by", **values)
    if meant.begins is not None and ctx.occurred < meant.begins:
        raise InvalidArgument("duties-not-yet", **values)
    store.end_hold(hold, ctx.occurred, Ended.MISSED)
    note_change(ctx, meant.sheet)
    note_order(ctx, Ordered.MISSED, duty=meant, family=family)
    ctx.reply_privately("duties-missed", **values)


@command("duty has", needs=Role.TEACHER, names_people=True)
def note_means(ctx: Context, family: Family, need: str, *, none: bool = False) -> None:
    """What a family has of what duties need, or has not."""
    wanted = needs_of(need)
    if not wanted:
        raise InvalidArgument("core-argument-missing", name="need")
    for each in wanted:
        asking_store.set_means(ctx.klass.id, family.id, fold(each), has=not none)
    note_order(ctx, Ordered.MEANS, family=family)
    ctx.reply_privately(
        "duties-means-staff-no" if none else "duties-means-staff-yes", family=family.label, need=", ".join(wanted)
    )


def _duties(ctx: Context, number: int | None) -> list[Duty]:
    """Of an occasion, by its number or by replying; else of all that are open and the latest that are over."""
    replied = duties_replied_to(ctx) if number is None else None
    if replied is not None:
        return replied
    if number is None:
        return [duty for sheet in _sheets(ctx) for duty in store.duties(sheet)]
    sheet = store.numbered(ctx.klass.id, number)
    if sheet is None:
        raise NotFound("duties-none-for", number=str(number))
    return store.duties(sheet)


def _sheets(ctx: Context) -> list[Sheet]:
    open_ = store.open_sheets(ctx.klass.id)
    return open_ or [sheet for sheet in store.latest_sheets(ctx.klass.id, 1) if sheet.state is not SheetState.CANCELLED]


def _own(ctx: Context, family: Family) -> list[int]:
    return [*held_ids(ctx, family.id), *store.wished_by(ctx.klass.id, family.id)]


def _tell(ctx: Context, family: Family, duty: Duty, key: str) -> None:
    for home in homes(ctx, family.id):
        ctx.tell([home], key, duty=called(ctx, duty, ctx.language_of(home)))
