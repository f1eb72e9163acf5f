"""`!slots for …`: what staff enter for a family, in the words that the family would use itself."""

from __future__ import annotations

from collections.abc import Sequence

from classroom_matrix.api import Context, command
from classroom_matrix.domain.content import Content
from classroom_matrix.domain.people import Family, Household, Role
from classroom_matrix.errors import InvalidArgument, NotFound, UserError, WhoIsMeant

from . import store
from .acts import Act, act_of_staff
from .booking import cancel, move, pick
from .cards import free_lines
from .domain import Board, Booking, Outcome, Slot
from .people import home_name, own_first
from .targets import all_meant, slots_meant, the_one
from .times import local
from .vocabulary import Kind, folded, vocabulary
from .waiting import join, leave
from .words import Said, divided, read


@command("slots for", needs=Role.SPECIALIST, names_people=True)
def act_for_family(ctx: Context, words: str) -> None:
    """Such as "Калинину 3", "Калинину перенести на 16:45", "Чернов Ирина отмена", "5 лист ожидания"."""
    household, said = read_entry(ctx, words)
    act = act_of_staff(ctx, household)
    if act is None:
        raise NotFound("core-family-unknown", text=words)
    enter(ctx, act, said)


def enter(ctx: Context, act: Act, said: Said) -> None:
    boards = own_first(ctx, store.standing(ctx.klass.id, act.at))
    if not boards:
        raise NotFound("consultations-slots-none-staff", example=_text(ctx, "consultations-slots-example"))
    match said.kind:
        case Kind.PICK if not said.others:
            _pick(ctx, act, boards, said)
        case Kind.MOVE:
            _move(ctx, act, boards, said)
        case Kind.CANCEL | Kind.NO:
            _cancel(ctx, act, boards, said)
        case Kind.WAIT:
            _wait(ctx, act, boards, said)
        case _:
            raise InvalidArgument("consultations-slots-for-what", example=_text(ctx, "consultations-slots-for-example"))


def read_entry(ctx: Context, words: str) -> tuple[Household, Said]:
    here = ctx.roster.household(ctx.room.household)
    if here is not None and (said := read(words, vocabulary(ctx))) is not None:
        return here, said  # in its own desk a family need not be named
    problem: UserError | None = None
    for name, said in divided(words, vocabulary(ctx)):
        try:
            family = ctx.read(Family, name)
            home = _home(family, "") if family is not None else None
        except UserError as error:
            problem = problem or error
            family, home = None, None
            head, _, adult = name.rpartition(" ")
            if head:
                try:
                    family = ctx.read(Family, head)
                    home = _home(family, adult) if family is not None else None
                except UserError as other:
                    problem = other if isinstance(other, WhoIsMeant) else problem
        if home is not None:
            return home, said
    if problem is not None:
        raise problem
    raise InvalidArgument("consultations-slots-for-what", example=_text(ctx, "consultations-slots-for-example"))


def _home(family: Family, adult: str) -> Household:
    """The household of a family; of separated parents, the one whose adult is named."""
    homes = [home for home in family.households if any(not person.limited for person in home.guardians)] or list(
        family.households
    )
    if adult:
        named = [home for home in homes if any(folded(adult) in folded(person.name).split() for person in home.guardians)]
        if len(named) != 1:
            raise NotFound("core-family-unknown", text=f"{family.pupils[0].surname} {adult}")
        return named[0]
    if len(homes) != 1:
        candidates = "; ".join(family.home_label(home) for home in homes)
        raise WhoIsMeant("consultations-slots-which-home", family=family.label, homes=candidates)
    return homes[0]


def _pick(ctx: Context, act: Act, boards: list[Board], said: Said) -> None:
    _, slot = _meant(ctx, act, boards, said)
    outcome = pick(ctx, act, slot.id)
    _report(ctx, act, outcome, slot, "consultations-slots-for-booked")


def change(ctx: Context, act: Act, booking: Booking, said: Said) -> None:
    """A booking that was entered, entered anew: at another time, not at all, or waiting instead."""
    boards = own_first(ctx, store.standing(ctx.klass.id, act.at))
    if said.kind in (Kind.CANCEL, Kind.NO, Kind.WAIT):
        cancel_booking(ctx, act, booking)
        if said.kind is Kind.WAIT:
            _wait(ctx, act, boards, said)
    elif said.kind in (Kind.PICK, Kind.MOVE):
        own = {place: each for each in boards for place in booking.slots if each.round.id == booking.round_id}
        same = all_meant(ctx, list(own.values()), said.target, act.at, among=own) if said.target is not None else []
        if same:
            return  # what it says is so
        _, slot = _meant(ctx, act, boards, said)
        _report(ctx, act, move(ctx, act, booking.id, slot.id), slot, "consultations-slots-for-moved")
    else:
        raise InvalidArgument("consultations-slots-for-what", example=_text(ctx, "consultations-slots-for-example"))


def _move(ctx: Context, act: Act, boards: list[Board], said: Said) -> None:
    mine = [one for board in boards for one in board.bookings if act.claimant.owns(one) and one.starts > act.at]
    if not mine:
        raise NotFound("consultations-slots-for-none", family=home_name(ctx, act.household.id))
    board, slot = _meant(ctx, act, boards, said)
    booking = _only(ctx, act, [one for one in mine if one.round_id == board.round.id] or mine)
    outcome = move(ctx, act, booking.id, slot.id)
    _report(ctx, act, outcome, slot, "consultations-slots-for-moved")


def _cancel(ctx: Context, act: Act, boards: list[Board], said: Said) -> None:
    held = [one for board in boards for one in board.bookings if act.claimant.owns(one)]
    mine = [one for one in held if one.starts > act.at]
    if said.target is not None and mine:
        own = {place for one in mine for place in one.slots}
        meant = {slot.id for _, slot in all_meant(ctx, boards, said.target, act.at, among=own)}
        mine = [one for one in mine if meant.intersection(one.slots)]
    if not held and leave(ctx, act, silently=not act.household.reachable):
        ctx.reply_privately("consultations-slots-for-left", family=home_name(ctx, act.household.id))
        return
    if not mine and held and said.target is None:
        raise InvalidArgument("consultations-slots-for-begun")
    cancel_booking(ctx, act, _only(ctx, act, mine))


def cancel_booking(ctx: Context, act: Act, booking: Booking, *, then_offer: bool = True) -> None:
    """Cancel it and say so to both sides. `then_offer`: what is free now goes to the waiting list."""
    echo = "consultations-slots-cancelled-by-staff"
    if cancel(ctx, act, booking.id, echo=echo, then_offer=then_offer) is not Outcome.DONE:
        raise InvalidArgument("consultations-slots-for-begun")
    ctx.reply_privately(
        "consultations-slots-for-cancelled", family=home_name(ctx, act.household.id), when=_local(ctx, booking.starts)
    )


def _wait(ctx: Context, act: Act, boards: list[Board], said: Said) -> None:
    board, wanted = boards[-1], None
    if said.target is not None:
        every = {each.id for one in boards for each in one.slots}
        board, slot = the_one(ctx, all_meant(ctx, boards, said.target, act.at, among=every))
        wanted = slot.id
    outcome = join(ctx, act, board.round.id, wanted)
    key = f"consultations-slots-for-wait-{outcome}"
    ctx.reply_privately(key, family=home_name(ctx, act.household.id))


def _only(ctx: Context, act: Act, mine: Sequence[Booking]) -> Booking:
    """The booking that is meant.

    Raises:
        NotFound: there is none.
        InvalidArgument: there are several.
    """
    family = home_name(ctx, act.household.id)
    if not mine:
        raise NotFound("consultations-slots-for-none", family=family)
    if len(mine) > 1:
        times = [ctx.date(local(one.starts, ctx.klass.zone), language=ctx.language) for one in mine]
        raise InvalidArgument("consultations-slots-for-which", family=family, times="; ".join(times))
    return mine[0]


def _meant(ctx: Context, act: Act, boards: list[Board], said: Said) -> tuple[Board, Slot]:
    """The slot: of several at one time those that are free, and of those only one."""
    return the_one(ctx, slots_meant(ctx, boards, said.target, act.claimant, act.at) if said.target else [])


def _report(ctx: Context, act: Act, outcome: Outcome, slot: Slot, done: str) -> None:
    """Tell the staff what became of it; where the slot is gone, what is free."""
    family, when = home_name(ctx, act.household.id), _local(ctx, slot.starts)
    if outcome is Outcome.DONE:
        ctx.reply_privately(done, family=family, when=when)
        return
    board = store.board_of_slot(ctx.klass.id, slot.id)
    said = _text(ctx, f"consultations-slots-for-{outcome}", family=family, when=when)
    free = board.nearest(slot, act.at, act.claimant, 5) if board is not None and outcome is not Outcome.FULL else ()
    ctx.reply_content(Content((*Content.line(said).blocks, *free_lines(ctx, free, ctx.language))), privately=True)


def _local(ctx: Context, at: int) -> object:
    return local(at, ctx.klass.zone)


def _text(ctx: Context, key: str, **values: object) -> str:
    return ctx.text(key, language=ctx.language, **values)
