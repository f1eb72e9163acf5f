"""Commands of staff that are edited or deleted: what they did follows, or one line says that it does not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from classroom_matrix.api import Context, on
from classroom_matrix.domain.content import Content
from classroom_matrix.domain.facts import EventRedacted, MessageSent
from classroom_matrix.domain.ids import EventId
from classroom_matrix.domain.people import Role
from classroom_matrix.errors import InvalidArgument, UserError, WhoIsMeant

from . import store
from .acts import Act, act_of_staff, say
from .cards import booking_values, slots_card
from .domain import Board, Booking, Slot, State, Via
from .hours import Opening, read_opening
from .invitation import for_household
from .opening import check_opening, open_round, plan_tending
from .people import home_name, manages
from .proxy import cancel_booking, change, enter, read_entry
from .rescheduling import tell_waiting
from .sheet import plan_sheets, refresh_sheets
from .times import Times, local, milliseconds
from .vocabulary import Kind, folded
from .waiting import offer_free

_MARKS = ("!", "！")


@on(MessageSent)
def follow_staff_edit(ctx: Context, message: MessageSent) -> None:
    """What a command says now takes the place of what it said, also where that was refused."""
    source = message.replaces
    if source is None or message.kind != "text" or not _is_of_staff(ctx):
        return
    words = _behind_command(ctx, message.body)
    if not words or ctx.author_of(source) != ctx.person:
        return
    name, _, rest = words.partition(" ")
    try:
        if folded(name) in _words(ctx, "for"):
            _enter_anew(ctx, source, rest)
        elif folded(name) in _words(ctx, "commands"):
            ctx.reply_privately("consultations-slots-edit-command")
        else:
            _open_anew(ctx, source, words)
    except UserError as error:
        raise WhoIsMeant(error.key, **error.values) from error  # which is never asked where families read


@on(EventRedacted)
def follow_staff_deletion(ctx: Context, redaction: EventRedacted) -> None:
    """Without the command nothing is open, where nobody has booked, and nobody booked, where nothing has changed since."""
    if not _is_of_staff(ctx):
        return
    opened = store.opened_by(ctx.klass.id, redaction.target)
    booking = store.booking_touched_by(ctx.klass.id, redaction.target)
    waited = store.waiting_since(ctx.klass.id, redaction.target)
    if opened is not None and manages(ctx, opened):
        _close_again(ctx, opened)
    if booking is not None and _is_entry(ctx, booking, redaction.target):
        _delete_entry(ctx, redaction.target, booking)
    if waited is not None and manages(ctx, waited[0]):
        _stop_waiting(ctx, redaction.target)


def _is_of_staff(ctx: Context) -> bool:
    return ctx.person is not None and ctx.person.role.may(Role.SPECIALIST)


def _behind_command(ctx: Context, body: str) -> str:
    """What stands behind the name of the command; nothing where it is none of ours."""
    said = body.removeprefix("* ").strip()
    if said[:1] not in _MARKS:
        return ""
    name, _, rest = said[1:].strip().partition(" ")
    return rest.strip() if folded(name.rstrip(":,")) in _words(ctx, "command") else ""


def _words(ctx: Context, key: str) -> set[str]:
    return {folded(word) for word in ctx.listed(f"consultations-slots-words-{key}")}


# ── Entered for a family ────────────────────────────────────────────────────────────────────────────────────────────────


def _enter_anew(ctx: Context, source: str, words: str) -> None:
    household, said = read_entry(ctx, words)
    act = act_of_staff(ctx, household)
    booking = store.booking_touched_by(ctx.klass.id, source)
    if act is None:
        return
    act = replace(act, source=source)
    if booking is not None and not _may_change(ctx, act, booking):
        return
    if booking is not None and not store.is_last_touch(booking, source):
        _keep(ctx, "consultations-slots-edit-late", booking)
        return
    waited = store.waiting_since(ctx.klass.id, source)
    if waited is not None and waited[1].household != household.id:
        _stop_waiting(ctx, source)
    elif waited is not None and said.kind is Kind.WAIT and said.target is None and waited[1].wanted is None:
        return  # what it says is so
    elif waited is not None:
        store.stop_waiting([waited[1]])
    if booking is None or booking.cancelled_at is not None:
        enter(ctx, act, said)
    elif booking.household == household.id:
        change(ctx, act, booking, said)
    else:  # it was another family's
        _cancel_entry(ctx, source, booking, then_offer=False)
        enter(ctx, act, said)
        offer_free(ctx, booking.round_id, act.at)


def _is_entry(ctx: Context, booking: Booking, source: EventId) -> bool:
    """Whether an event that touched a booking is a command of staff: a family's own words may be deleted by others, too."""
    if booking.source == source:
        return booking.via is Via.PROXY
    author = ctx.author_of(source)
    return author is not None and author.role.may(Role.SPECIALIST)


def _delete_entry(ctx: Context, source: str, booking: Booking) -> None:
    household = ctx.roster.household(booking.household)
    act = act_of_staff(ctx, household) if household is not None else None
    if act is None or booking.starts <= ctx.occurred or not _may_change(ctx, act, booking):
        return
    meant = ctx.room.role in ("staff", "private")  # where families read, a command is deleted because it names one
    if meant and booking.source == source and booking.cancelled_at is None and store.is_last_touch(booking, source):
        _cancel_entry(ctx, source, booking)
    elif booking.source != source or booking.cancelled_at is None:
        _keep(ctx, "consultations-slots-delete-kept", booking)


def _may_change(ctx: Context, act: Act, booking: Booking) -> bool:
    """Whether it was entered by staff, who manage the round; one that has begun is only spoken of."""
    board = store.board(ctx.klass.id, booking.round_id)
    if board is None or not manages(ctx, board):
        return False
    if booking.starts <= act.at:
        raise InvalidArgument("consultations-slots-for-begun")
    return True


def _cancel_entry(ctx: Context, source: str, booking: Booking, *, then_offer: bool = True) -> None:
    household = ctx.roster.household(booking.household)
    act = act_of_staff(ctx, household) if household is not None else None
    if act is not None:
        cancel_booking(ctx, replace(act, source=source), booking, then_offer=then_offer)


def _keep(ctx: Context, key: str, booking: Booking) -> None:
    key = key if booking.cancelled_at is None else f"{key}-cancelled"
    ctx.reply_privately(key, family=home_name(ctx, booking.household), when=local(booking.starts, ctx.klass.zone))


def _stop_waiting(ctx: Context, source: str) -> None:
    found = store.waiting_since(ctx.klass.id, source)
    household = ctx.roster.household(found[1].household) if found else None
    act = act_of_staff(ctx, household) if household is not None else None
    if found is None or act is None:
        return
    board, waiting = found
    store.stop_waiting([waiting])
    say(ctx, act, "consultations-slots-wait-left")
    ctx.reply_privately("consultations-slots-for-left", family=home_name(ctx, waiting.household))
    offer_free(ctx, board.round.id, act.at)
    ctx.refresh(slots_card, str(board.round.id), counts_only=True)


# ── Opened ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _open_anew(ctx: Context, source: str, hours: str) -> None:
    board = store.opened_by(ctx.klass.id, source)
    if board is None and (store.booking_touched_by(ctx.klass.id, source) or store.waiting_since(ctx.klass.id, source)):
        ctx.reply_privately("consultations-slots-edit-command")
        return
    # "Завтра" is the day after the one on which it was said first.
    opening = read_opening(ctx, hours, at=store.opened_at(source))
    if board is None:
        open_round(ctx, opening, source)  # it was refused as it was
    elif board.round.state is not State.OPEN or board.ends() <= ctx.occurred or not manages(ctx, board):
        ctx.reply_privately("consultations-slots-edit-over")
    else:
        _amend(ctx, board, opening)


def _amend(ctx: Context, before: Board, opening: Opening) -> None:
    """The times that stand in both are kept with their numbers; what is booked has to be among them."""
    old = {(slot.starts, slot.ends): slot for slot in before.slots if not slot.withdrawn}
    new: list[Times] = [times for times in opening.times if times not in old]
    gone = [slot for times, slot in old.items() if times not in opening.times and slot.starts > ctx.occurred]
    booked = {booking.id for slot in gone if (booking := before.booking_of(slot.id)) is not None}
    if booked:
        ctx.reply_privately("consultations-slots-edit-booked", count=len(booked))
        return
    until = None if opening.until is None else milliseconds(opening.until)
    how = (opening.place, until, opening.per_pupil, opening.double)
    round_ = before.round
    if not new and not gone and how == (round_.place, round_.until, round_.per_pupil, round_.double):
        return  # it says the same
    check_opening(ctx, opening, round_.host, new, ctx.occurred, without=gone)
    _withdraw(before, gone)
    store.amend(
        before, new, place=opening.place, until=until, per_pupil=opening.per_pupil, double=opening.double, now=ctx.occurred
    )
    board = store.board(ctx.klass.id, round_.id)
    assert board is not None
    if opening.place != round_.place:
        _tell_place(ctx, board)
    tell_waiting(ctx, board)
    offer_free(ctx, round_.id, ctx.occurred)
    if round_.published_at <= milliseconds(ctx.now):
        plan_sheets(ctx, board)
        plan_tending(ctx, board)
    ctx.refresh(slots_card, str(round_.id))
    refresh_sheets(ctx, round_.host, [slot.starts for slot in board.slots])
    standing = [slot for slot in board.slots if not slot.withdrawn]
    ctx.reply_privately("consultations-slots-amended", count=len(standing), first=local(standing[0].starts, ctx.klass.zone))


def _tell_place(ctx: Context, board: Board) -> None:
    """Whoever has booked goes where it says now."""
    for booking in board.bookings:
        household = ctx.roster.household(booking.household)
        if household is None or booking.starts <= ctx.occurred:
            continue
        slots = [slot for slot in board.slots if slot.id in booking.slots]
        moved = store.move(booking, slots, ctx.occurred, asked_at=booking.asked_at)
        language = ctx.language_of(household)
        said = ctx.text("consultations-slots-place", language=language, **booking_values(ctx, board, moved, language))
        ctx.write(household, Content.line(said, loud=True), files=(for_household(ctx, board, moved, language),))


def _withdraw(board: Board, slots: Sequence[Slot]) -> None:
    for slot in slots:
        store.drop_offer(slot.id)
    if slots:
        store.withdraw(board, [slot.id for slot in slots])


def _close_again(ctx: Context, board: Board) -> None:
    if board.round.state is State.CANCELLED or board.ends() <= ctx.occurred:
        return
    if board.bookings:
        ctx.reply_privately("consultations-slots-opening-kept", count=len(board.bookings))
        return
    _withdraw(board, [slot for slot in board.slots if not slot.withdrawn])
    store.set_state(board.round, State.CANCELLED)
    gone = store.board(ctx.klass.id, board.round.id)
    assert gone is not None
    tell_waiting(ctx, gone)
    ctx.refresh(slots_card, str(board.round.id))
    ctx.reply_privately("consultations-slots-opening-deleted")
