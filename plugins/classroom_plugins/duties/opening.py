"""Roles of an occasion: opened by the teacher or the committee, by a command or through another plugin, changed and removed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time

from classroom_matrix.api import Context, View, When, command, serves
from classroom_matrix.api.contracts import (
    DutiesOf,
    DutyHolders,
    DutyRole,
    Occasion,
    OpenDuties,
    OpenOccasions,
    WantedRole,
)
from classroom_matrix.domain.content import Bold, Content, Line
from classroom_matrix.domain.ids import FamilyId
from classroom_matrix.domain.people import Right, Role
from classroom_matrix.domain.time import at_local
from classroom_matrix.errors import InvalidArgument, NotAllowed, NotFound

from . import store
from .cards import add_button, held_here, post_card, role_line, series_lines
from .domain import MAX_PLACES, MAX_ROLES, OWN, Duty, Ended, Hold, Sheet, SheetState, local, milliseconds, school_year
from .loads import meet, year_of
from .lookup import duty_meant, occasion_replied_to, sheet_meant, sheet_replied_to
from .naming import called, holder, homes, label, sheet_called
from .orders import Ordered, note_order
from .own import sheet_headed
from .reminders import plan_reminder
from .slips import refuse_slips, roles_there
from .taking import free_places, note_change, release
from .wishing import plan_draw
from .wording import WrittenRole, bare_needs, fold, names, read_role, split_heading, split_number


@command("duties", published=True)
def duties(ctx: Context, *roles: str, wishes: When | None = None) -> None:
    """Without roles: what there is, for everybody. With them: opened, or changed where the title is there already.

    With a title in front ("Субботник: окна 3; шторы 2") they are that event's, or of no event at all.
    """
    number, first, marked = split_number(roles[0]) if roles else (None, "", False)
    if number is not None and not marked and not _is_occasion(ctx, number):
        number, first = None, roles[0]  # "2 чая"
    written = [text for text in (first, *roles[1:]) if text]
    if not written:
        _show(ctx, number)
        return
    if not may_open(ctx):
        raise NotAllowed("core-not-allowed")
    heading, written[0] = ("", written[0]) if number is not None else split_heading(written[0])
    refuse_slips(ctx, [heading, *written] if heading else written, "role", roles_there(ctx))
    read = [read_role(text) for text in written]
    sheet, is_new = _sheet_meant(ctx, heading, number)
    for role in read:
        _open_or_change(ctx, sheet, role, wishes)
    if is_new:
        meet(ctx, year_of(ctx))
        post_card(ctx, sheet)
    note_change(ctx, sheet)
    note_order(ctx, Ordered.OPEN)
    if ctx.room.role != sheet.room:
        ctx.reply_privately("duties-opened", sheet=sheet_called(ctx, sheet, ctx.language), count=len(store.duties(sheet)))


@command("duties remove", needs=Role.TEACHER, right=Right.EVENTS)
def remove_duty(ctx: Context, duty: str, *, occasion: int | None = None) -> None:
    """A role is not needed any more; who had taken it is told."""
    marked, said, is_number = split_number(duty)
    if occasion is None and is_number and said:
        occasion, duty = marked, said
    if occasion is None and occasion_replied_to(ctx) is None:
        duties = [each for each in store.open_duties(ctx.klass.id) if not each.sheet.is_series]
    else:
        duties = store.duties(sheet_meant(ctx, occasion, "duties-again-remove"))
    meant = duty_meant(ctx, duty, duties)
    held = drop_duty(ctx, meant)
    note_change(ctx, meant.sheet)
    note_order(ctx, Ordered.REMOVE)
    _say_removed(ctx, meant, held)


def _say_removed(ctx: Context, duty: Duty, held: Sequence[Hold]) -> None:
    """With who had it and hears of it, if anybody."""
    unreached = [hold for hold in held if not any(home.reachable for home in homes(ctx, hold.family, hold.household))]
    values: dict[str, object] = {"duty": called(ctx, duty, ctx.language)}
    if unreached:
        names = "; ".join(label(ctx, hold.family) for hold in unreached)
        ctx.reply_privately("duties-removed-personally", names=names, **values)
    elif held:
        ctx.reply_privately("duties-removed-told", families=len(held), **values)
    else:
        ctx.reply_privately("duties-removed", **values)


def drop_duty(ctx: Context, duty: Duty) -> Sequence[Hold]:
    """Remove a duty and tell who had taken it. Returns what was held."""
    store.change_duty(duty, removed=True)
    held = release(ctx, duty, Ended.CANCELLED)
    for hold in held:
        for home in homes(ctx, hold.family, hold.household):
            ctx.tell([home], "duties-family-removed", duty=called(ctx, duty, ctx.language_of(home)))
    return held


def may_open(ctx: Context) -> bool:
    person = ctx.person
    return person is not None and (person.role.may(Role.TEACHER) or Right.EVENTS in person.rights)


# ── For other plugins ───────────────────────────────────────────────────────────────────────────────────────────────────


@serves(OpenDuties)
def open_for_others(ctx: Context, request: OpenDuties) -> Sequence[DutyRole]:
    """Roles beside those that are there; more places where a title is."""
    _refuse_wrong(ctx, request.roles)
    sheet, is_new = _sheet_of(ctx, request.occasion)
    there = {fold(duty.title): duty for duty in store.duties(sheet)}
    for wanted in request.roles:
        starts = None if wanted.starts is None else milliseconds(wanted.starts)
        known = there.get(fold(wanted.title))
        if known is not None:
            store.change_duty(known, places=known.places + wanted.places)
            continue
        year = year_of(ctx) if sheet.starts is None else year_of_moment(ctx, sheet.starts)
        duty = store.create_duty(sheet, wanted.title, wanted.places, starts=starts, needs=bare_needs(wanted.needs), year=year)
        there[fold(wanted.title)] = duty
        plan_reminder(ctx, duty)
        if not is_new:
            add_button(ctx, duty)
    if is_new:
        post_card(ctx, sheet)
    meet(ctx, year_of(ctx))
    note_change(ctx, sheet)
    return roles_of(ctx, sheet)


@serves(DutiesOf)
def duties_of(view: View, request: DutiesOf) -> Sequence[DutyRole]:
    sheet = store.sheet_of(view.klass.id, request.occasion)
    return () if sheet is None else roles_of(view, sheet)


@serves(DutyHolders)
def holders_of(view: View, request: DutyHolders) -> Sequence[FamilyId]:
    sheet = store.sheet_of(view.klass.id, request.occasion)
    if sheet is None:
        return ()
    return tuple(dict.fromkeys(hold.family for held in held_here(view, sheet).values() for hold in held))


def _refuse_wrong(ctx: Context, wanted: Sequence[WantedRole]) -> None:
    """Titles as they may be typed into other plugins' commands: "чай -2".

    Raises:
        InvalidArgument: it is no title, or a number is no number of places.
    """
    for role in wanted:
        read_role(role.title)
        if not 0 < role.places <= MAX_PLACES:
            raise InvalidArgument("duties-wrong-places", text=f"{role.title} {role.places}", most=MAX_PLACES)
    refuse_slips(ctx, (role.title for role in wanted), "role")


def roles_of(view: View, sheet: Sheet) -> Sequence[DutyRole]:
    held = held_here(view, sheet)
    return tuple(
        DutyRole(
            duty.number,
            duty.title,
            duty.places,
            len(held.get(duty.id, [])),
            tuple(name for hold in held.get(duty.id, []) if (name := holder(view, hold))),
            None if duty.starts is None else local(duty.starts, view.klass.zone),
            duty.needs,
        )
        for duty in store.duties(sheet)
    )


# ── Inside ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def year_of_moment(view: View, at: int) -> int:
    return school_year(local(at, view.klass.zone).date())


def clock_on(view: View, sheet: Sheet, clock: int | None) -> int | None:
    """The moment of a time of day on the day of an occasion; None where one of them is not known."""
    if clock is None or sheet.starts is None:
        return None
    day = local(sheet.starts, view.klass.zone).date()
    return milliseconds(at_local(datetime.combine(day, time(clock // 60, clock % 60)), view.klass.zone))


def _is_occasion(ctx: Context, number: int) -> bool:
    return any(occasion.number == number for occasion in ctx.ask(OpenOccasions()) or ())


def _sheet_meant(ctx: Context, heading: str, number: int | None) -> tuple[Sheet, bool]:
    """What roles are opened for, and whether that is new. A title in front says it, else a number, else what is replied to."""
    if heading:
        occasion = _occasion_called(ctx, heading)
        return _sheet_of(ctx, occasion) if occasion is not None else sheet_headed(ctx, heading)
    replied = sheet_replied_to(ctx) if number is None else None
    if replied is not None and replied.occasion == OWN and replied.state is SheetState.OPEN:
        return replied, False
    return _sheet_of(ctx, _occasion_meant(ctx, number))


def _occasion_meant(ctx: Context, number: int | None) -> Occasion:
    occasions = ctx.ask(OpenOccasions())
    if occasions is None:
        raise NotFound("duties-no-occasions-here")
    name = occasion_replied_to(ctx) if number is None else None
    if name not in (None, OWN):
        number = next((occasion.number for occasion in occasions if occasion.name == name), None)
        if number is None:
            raise NotFound("duties-occasion-over")
    if number is not None:
        found = next((occasion for occasion in occasions if occasion.number == number), None)
        if found is None:
            raise NotFound("duties-unknown-occasion", number=str(number))
        return found
    if not occasions:
        raise NotFound("duties-no-occasions")
    if len(occasions) > 1:
        listed = ", ".join(
            ctx.text("duties-called-occasion", language=ctx.language, title=each.title, number=str(each.number))
            for each in occasions
        )
        example = ctx.text("duties-again-open", language=ctx.language, number=str(occasions[0].number))
        raise InvalidArgument("duties-which-occasion", occasions=listed, example=example)
    return occasions[0]


def _occasion_called(ctx: Context, heading: str) -> Occasion | None:
    """The event that is called so; None where there is none, or several are."""
    occasions = ctx.ask(OpenOccasions()) or ()
    exact = [occasion for occasion in occasions if fold(occasion.title) == fold(heading)]
    found = exact or [occasion for occasion in occasions if names(heading, occasion.title)]
    return found[0] if len(found) == 1 else None


def _sheet_of(ctx: Context, occasion: Occasion) -> tuple[Sheet, bool]:
    """The sheet of an occasion, and whether it is new."""
    sheet = store.sheet_of(ctx.klass.id, occasion.name)
    if sheet is None:
        return _create(ctx, occasion), True
    if sheet.state is not SheetState.OPEN:
        store.change_sheet(sheet, state=SheetState.OPEN)  # it is planned again
        sheet = store.sheet_of(ctx.klass.id, occasion.name)
        assert sheet is not None
    return sheet, False


def _create(ctx: Context, occasion: Occasion) -> Sheet:
    return store.create_sheet(
        ctx.klass.id,
        occasion.title,
        room=ctx.options.room,
        occasion=occasion.name,
        number=occasion.number,
        starts=None if occasion.starts is None else milliseconds(occasion.starts),
        ends=None if occasion.ends is None else milliseconds(occasion.ends),
        place=occasion.place,
    )


def _open_or_change(ctx: Context, sheet: Sheet, role: WrittenRole, wishes: When | None) -> None:
    known = next((duty for duty in store.duties(sheet) if fold(duty.title) == fold(role.title)), None)
    starts = clock_on(ctx, sheet, role.clock)
    if known is None:
        if len(store.duties(sheet)) >= MAX_ROLES:
            raise InvalidArgument("duties-too-many", most=MAX_ROLES)
        duty = store.create_duty(
            sheet,
            role.title,
            role.places or 1,
            weight=role.weight,
            starts=starts,
            clock=role.clock,
            needs=role.needs,
            wishes_until=None if wishes is None else milliseconds(wishes),
            year=year_of(ctx) if sheet.starts is None else year_of_moment(ctx, sheet.starts),
        )
        add_button(ctx, duty)
    else:
        duty = _change(ctx, known, role, wishes, starts)
    plan_reminder(ctx, duty)
    plan_draw(ctx, duty)


def _change(ctx: Context, duty: Duty, role: WrittenRole, wishes: When | None, starts: int | None) -> Duty:
    taken = duty.places - free_places(ctx, duty)
    places = role.places or duty.places
    if places < taken:
        raise InvalidArgument("duties-places-taken", duty=duty.title, taken=taken)
    values: dict[str, object] = {"places": places}
    if role.clock is not None:
        values |= {"clock": role.clock, "starts": starts}
    if role.needs:
        values["needs"] = role.needs
    if role.weight != 1:
        values["weight"] = role.weight
    if wishes is not None and duty.seed is None:
        values["wishes_until"] = milliseconds(wishes)
    store.change_duty(duty, **values)
    changed = store.duty(ctx.klass.id, duty.id)
    assert changed is not None
    return changed


def _show(ctx: Context, number: int | None) -> None:
    is_told = number is not None or occasion_replied_to(ctx) is not None
    sheets = [sheet_meant(ctx, number, "duties-again-open")] if is_told else store.open_sheets(ctx.klass.id)
    if not sheets:
        raise NotFound("duties-none-open")
    in_chat = ctx.room.role == "private"
    ctx.reply_content(_list(ctx, sheets), privately=not in_chat)
    if ctx.person is not None and ctx.person.role is Role.GUARDIAN and ctx.person.household_id is not None and not in_chat:
        store.note_shown(ctx.person.household_id, ctx.occurred)


def _list(ctx: Context, sheets: Sequence[Sheet]) -> Content:
    lines: list[Line] = []
    for sheet in sheets:
        held = held_here(ctx, sheet)
        lines.append(Line(Bold(sheet_called(ctx, sheet, ctx.language))))
        if sheet.is_series:
            lines += series_lines(ctx, sheet, language=ctx.language)
        else:
            lines += [Line(role_line(ctx, duty, held.get(duty.id, []), language=ctx.language)) for duty in store.duties(sheet)]
    return Content(tuple(lines))
