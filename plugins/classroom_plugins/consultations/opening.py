"""`!slots`: opening times for consultations; without anything behind it, how they stand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from classroom_matrix.api import Context, command, job
from classroom_matrix.domain.content import Block, Bold, Content, Line
from classroom_matrix.domain.ids import PersonId
from classroom_matrix.domain.people import Family, Household, Reach, Role
from classroom_matrix.errors import InvalidArgument, NotFound

from . import asked_store, store
from .acts import act_of_guardian
from .booking import list_about, release, send_list
from .cards import HAND, host_name, listed, slots_card
from .desk import say_what
from .domain import MOST_SLOTS, Board, Slot, State, Via
from .hours import Opening, read_opening
from .people import home_name, shown_to
from .sheet import plan_sheets, sheet
from .times import Times, day_of, local, milliseconds
from .waiting import offer_free

_HOUR = timedelta(hours=1)


@command("slots")
def open_slots(ctx: Context, hours: str | None = None) -> None:
    """Staff open slots; a guardian who writes this gets the list, or with a number or a time behind it books."""
    staff = ctx.person is not None and ctx.person.role.may(Role.SPECIALIST)
    if not staff:
        act = act_of_guardian(ctx, Via.DESK if ctx.room.role in ("desk", "private") else Via.REACTION)
        if act is not None and (hours is None or not say_what(ctx, act, hours)):
            send_list(ctx, act)
        return
    if hours is None:
        _how_they_stand(ctx)
        return
    assert ctx.event_id is not None
    open_round(ctx, read_opening(ctx, hours), ctx.event_id)


def check_opening(
    ctx: Context, opening: Opening, host: PersonId, times: Sequence[Times], now: int, *, without: Sequence[Slot] = ()
) -> None:
    """`times`: those that are new; `without`: slots that make room for them.

    Raises:
        InvalidArgument: they are too many, or too early for the deadline, or the host has others then.
    """
    if store.last_number(ctx.klass.id, now) + len(times) > MOST_SLOTS:
        raise InvalidArgument("consultations-slots-too-many", count=len(times), most=MOST_SLOTS)
    if opening.until is not None and milliseconds(opening.until) > opening.times[-1][0]:
        raise InvalidArgument("consultations-slots-until-late", until=opening.until)
    for board in store.standing(ctx.klass.id, now):
        standing = [slot for slot in board.slots if not slot.withdrawn and slot not in without]
        taken = [(slot.starts, slot.ends) for slot in standing if board.round.host == host]
        meets = next((one for one in times for other in taken if one[0] < other[1] and other[0] < one[1]), None)
        if meets is not None:
            raise InvalidArgument("consultations-slots-open-already", when=local(meets[0], ctx.klass.zone))


def open_round(ctx: Context, opening: Opening, source: str) -> None:
    """`source`: the event of the command."""
    assert ctx.person is not None
    now = milliseconds(ctx.now)
    check_opening(ctx, opening, ctx.person.id, opening.times, now)
    seen_from = ctx.klass.quiet.next_allowed(ctx.now)
    board = store.create(
        ctx.klass.id,
        ctx.person.id,
        opening.times,
        place=opening.place,
        room=ctx.options.room,
        published_at=ctx.occurred if seen_from <= ctx.now else milliseconds(seen_from),
        until=None if opening.until is None else milliseconds(opening.until),
        per_pupil=opening.per_pupil,
        double=opening.double,
        now=now,
    )
    store.note_opened(source, board.round.id, ctx.occurred)
    if seen_from > ctx.now:
        ctx.at(seen_from, publish_round, board.round.id)
    else:
        publish(ctx, board)
    _tell_host(ctx, board, later=seen_from > ctx.now)


def _tell_host(ctx: Context, board: Board, *, later: bool) -> None:
    first = board.slots[0]
    blocks: list[Block] = [
        Line(
            ctx.text(
                "consultations-slots-opened-later" if later else "consultations-slots-opened",
                language=ctx.language,
                count=len(board.slots),
                first=local(first.starts, ctx.klass.zone),
                seen=local(board.round.published_at, ctx.klass.zone),
            )
        )
    ]
    without = [family for family in ctx.roster.families if not family.is_in_app]
    if without:
        said = [reached(ctx, family) for family in without]
        blocks.append(Line(ctx.text("consultations-slots-without-app", language=ctx.language, families=said)))
    ctx.reply_content(Content(tuple(blocks)), privately=True)


def reached(ctx: Context, family: Family) -> str:
    if family.reach is Reach.APP:
        return family.label
    return ctx.text(f"consultations-slots-reach-{family.reach}", language=ctx.language, family=family.label)


@job
def publish_round(ctx: Context, round_id: int) -> None:
    """It was opened in quiet hours, which are over."""
    board = store.board(ctx.klass.id, round_id)
    if board is not None and board.round.state is State.OPEN:
        publish(ctx, board)


def publish(ctx: Context, board: Board) -> None:
    """Show the card to everybody at once; with `letters` each household gets its list, too."""
    key = ctx.card(slots_card, str(board.round.id), room=board.round.room)
    ctx.react(key, HAND, room=board.round.room)
    if ctx.options.letters:
        for family in ctx.roster.families:
            for household in family.households:
                send_letter(ctx, household)
    plan_sheets(ctx, board)
    plan_tending(ctx, board)


def send_letter(ctx: Context, household: Household, note: str = "") -> bool:
    """The list of free slots as a letter to one household. `note`: what its booking will be about.

    Returns:
        Whether there is anything free, and somebody to read it.
    """
    at = milliseconds(ctx.now)
    boards = [board for board in store.live(ctx.klass.id, at) if board.free(at)]
    if not boards or not household.reachable:
        return False
    content = listed(ctx, household, boards, ctx.language_of(household))
    about, buttons = list_about(ctx, household.id, boards, at)
    told = ctx.write(household, Content(content.blocks, loud=True), about=about, buttons=buttons)
    asked_store.note_listed(ctx.klass.id, household.id, milliseconds(told) if told else at, note)
    return True


# ── Keeping it right ────────────────────────────────────────────────────────────────────────────────────────────────────


@job
def tend_round(ctx: Context, round_id: int) -> None:
    """Every hour: who has left frees their slots, what is free is offered, and the card shows no slot that has begun."""
    board = store.board(ctx.klass.id, round_id)
    if board is None or board.round.state is State.CANCELLED:
        return
    tend(ctx, board)
    plan_tending(ctx, board)


def tend(ctx: Context, board: Board) -> None:
    at = milliseconds(ctx.now)
    homes = {home.id for family in ctx.roster.families for home in family.households}
    release(ctx, [one for one in board.bookings if one.household not in homes and one.starts > at], at)
    store.stop_waiting(waiting for waiting in board.queue if waiting.household not in homes)
    offer_free(ctx, board.round.id, at)
    ended = board.ends() <= at or not board.round.is_open(at)
    ctx.refresh(slots_card, str(board.round.id), counts_only=not ended)


def plan_tending(ctx: Context, board: Board) -> None:
    """The next time: in an hour, at the deadline, or when the last slot is over."""
    moments = [milliseconds(ctx.now + _HOUR), board.ends() + 1000]
    if board.round.until is not None:
        moments.append(board.round.until + 1000)
    ahead = [moment for moment in moments if moment > milliseconds(ctx.now)]
    if board.ends() > milliseconds(ctx.now):
        ctx.at(local(min(ahead), ctx.klass.zone), tend_round, board.round.id)


# ── How they stand ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _how_they_stand(ctx: Context) -> None:
    """Every day of every round that is not over."""
    assert ctx.person is not None
    boards = shown_to(ctx, store.standing(ctx.klass.id, milliseconds(ctx.now)))
    days = sorted({(day_of(slot.starts, ctx.klass.zone), board.round.host) for board in boards for slot in board.slots})
    if not days:
        raise NotFound("consultations-slots-none-staff", example=ctx.text("consultations-slots-example", language=ctx.language))
    blocks: list[Block] = []
    for day, host in days:
        blocks += sheet(ctx, host, day, ctx.language)
    for board in boards:
        names = [home_name(ctx, waiting.household) for waiting in board.queue]
        if names:
            said = ctx.text("consultations-slots-queue", language=ctx.language, host=host_name(ctx, board.round), names=names)
            blocks.append(Line(Bold(said)))
    ctx.reply_content(Content(tuple(blocks)), privately=True)
