"""Two families swap duties: who asks has said yes; the other's yes, in time, does it, if nothing has changed since."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from classroom_matrix.api import Context, Subject, View, command, job
from classroom_matrix.domain.content import Content, Line
from classroom_matrix.domain.ids import FamilyId, HouseholdId, PersonId
from classroom_matrix.domain.people import Family, Household, Role
from classroom_matrix.errors import InvalidArgument, NotFound, UserError

from . import store
from .asking import store as asking_store
from .domain import Act, Duty, Ended, Hold, Swap, SwapState, Via, local, milliseconds
from .lookup import duties_named
from .naming import adult, called, homes, is_of, label
from .reminders import plan_reminder
from .taking import note_change, void_swap
from .wording import read_swap

SWAP = "swap"
"""The kind of subject of a letter."""
AGREE, REFUSE = "✅", "❌"
_MOST = 3  # words of a name
_OPEN_MOST = 5  # swaps that a family may have asked for at a time


@command("swap")
def swap_command(ctx: Context, text: str) -> None:
    """As in "с Черновыми чай на фото": for guardians, who may as well write it without the command."""
    household = ctx.roster.household(ctx.person.household_id) if ctx.person is not None else None
    if household is None or ctx.person is None or ctx.person.role is not Role.GUARDIAN:
        raise InvalidArgument("duties-swap-guardians")
    ask_swap(ctx, household, text, say=ctx.reply_privately)


@command("swap yes", needs=Role.TEACHER, names_people=True)
def swap_yes(ctx: Context, family: Family) -> None:
    """What a family without the app answered."""
    _by_teacher(ctx, family, agrees=True)


@command("swap no", needs=Role.TEACHER, names_people=True)
def swap_no(ctx: Context, family: Family) -> None:
    _by_teacher(ctx, family, agrees=False)


def ask_swap(ctx: Context, household: Household, text: str, *, say: Callable[..., None]) -> None:
    """Read whom and what, and write to the other family. `say`: answers the person.

    Raises:
        UserError: it cannot be; the sentence says why.
    """
    own_family = household.family_id
    other, own_words, their_words = _read(ctx, text)
    if other.id == own_family:
        raise InvalidArgument("duties-swap-self")
    now = ctx.occurred
    gives = _one(ctx, own_family, own_words, now, "own", household=household.id)
    gets = _one(ctx, other.id, their_words, now, "their", not_held_by=own_family)
    if store.hold_of(gives, other.id) is not None:
        raise InvalidArgument("duties-swap-has-it", duty=called(ctx, gives, ctx.language))
    own_open = [each for each in asking_store.asked_swaps(ctx.klass.id) if each.asker_household == household.id]
    if any((each.gives, each.gets, each.other) == (gives.id, gets.id, other.id) for each in own_open):
        say("duties-swap-asked-already")
        return
    if len(own_open) >= _OPEN_MOST:
        raise InvalidArgument("duties-swap-many", most=_OPEN_MOST)
    swap = asking_store.create_swap(ctx.klass.id, own_family, household.id, other.id, gives=gives.id, gets=gets.id, at=now)
    _write(ctx, swap, gives, gets, say)


def answer(ctx: Context, swap: Swap, household: HouseholdId | None, at: int, *, agrees: bool) -> SwapState | None:
    """The other family's word, given at `at`. Returns what became of the swap; None where it was decided before."""
    if swap.state is not SwapState.ASKED:
        return None
    if at >= swap.expires_at:
        _end(ctx, swap, SwapState.EXPIRED)
        return SwapState.EXPIRED
    if not agrees:
        _end(ctx, swap, SwapState.DECLINED)
        return SwapState.DECLINED
    exchange = _exchange(ctx, swap, at)
    if exchange is None:
        _end(ctx, swap, SwapState.VOID)
        return SwapState.VOID
    (gives, given), (gets, gotten) = exchange
    for hold in (given, gotten):
        store.end_hold(hold, at, Ended.SWAPPED)
    store.add_hold(gets, Act(swap.asker, swap.asker_household, given.person, Via.SWAP, None, at))
    store.add_hold(gives, Act(swap.other, household, _person(ctx, household), Via.SWAP, None, at))
    _end(ctx, swap, SwapState.DONE, household)
    for sheet in dict.fromkeys((gives.sheet, gets.sheet)):
        note_change(ctx, sheet)
    for duty in (gives, gets):
        plan_reminder(ctx, duty)
    return SwapState.DONE


def withdraw(ctx: Context, household: HouseholdId | None) -> int:
    """Take back everything that a household has asked for; whom it asked is told. Returns how much that was."""
    own = [each for each in asking_store.asked_swaps(ctx.klass.id) if each.asker_household == household]
    for swap in own:
        void_swap(ctx, swap)
        ctx.cancel(expire_swap, swap.id)
    return len(own)


@job
def expire_swap(ctx: Context, swap_id: int) -> None:
    swap = asking_store.swap(ctx.klass.id, swap_id)
    if swap is not None and swap.state is SwapState.ASKED:
        _end(ctx, swap, SwapState.EXPIRED)


def waiting_for(view: View, family: FamilyId, household: HouseholdId | None, at: int) -> list[Swap]:
    """Swaps that a household may answer."""
    asked = asking_store.asked_swaps(view.klass.id)
    return [each for each in asked if each.other == family and at < each.expires_at and may_answer(view, each, household)]


def may_answer(view: View, swap: Swap, household: HouseholdId | None) -> bool:
    """Whether what is asked for is the household's, so that the letter was its own. The teacher (None) speaks for either."""
    gets = store.duty(view.klass.id, swap.gets)
    hold = last_hold(view, gets, swap.other) if gets is not None else None
    return household is None or hold is None or is_of(view, hold, household)


def last_hold(view: View, duty: Duty, family: FamilyId) -> Hold | None:
    """The family's place, or the one that it had last."""
    held = [hold for hold in store.history_of(view.klass.id, family) if hold.duty == duty.id]
    return store.hold_of(duty, family) or (held[-1] if held else None)


# ── Inside ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _exchange(ctx: Context, swap: Swap, at: int) -> tuple[tuple[Duty, Hold], tuple[Duty, Hold]] | None:
    """Both duties with their holds, if all is as it was when it was asked for: everything is looked at again."""
    gives, gets = store.duty(ctx.klass.id, swap.gives), store.duty(ctx.klass.id, swap.gets)
    if gives is None or gets is None:
        return None
    if any(not duty.is_open or duty.is_past(at) for duty in (gives, gets)):
        return None
    if any(ctx.roster.family(family) is None for family in (swap.asker, swap.other)):
        return None
    given, gotten = store.hold_of(gives, swap.asker), store.hold_of(gets, swap.other)
    if given is None or gotten is None or max(given.at, gotten.at) > swap.at:
        return None  # given back since, and perhaps taken again
    if store.hold_of(gets, swap.asker) is not None or store.hold_of(gives, swap.other) is not None:
        return None
    return (gives, given), (gets, gotten)


def _write(ctx: Context, swap: Swap, gives: Duty, gets: Duty, say: Callable[..., None]) -> None:
    hold = store.hold_of(gets, swap.other)
    asker = ctx.roster.family(swap.asker)
    assert asker is not None
    name = adult(asker, swap.asker_household, ctx.person.id if ctx.person else None)
    reached = [home for home in homes(ctx, swap.other, hold.household if hold else None) if home.reachable]
    delivered = {home.id: ctx.quiet_until(home) or ctx.now for home in reached}
    latest = max(delivered.values(), default=ctx.now)
    expires = _expiry(ctx, latest, gives, gets)
    for home in reached:
        language = ctx.language_of(home)
        said = ctx.text(
            "duties-swap-letter",
            language=language,
            name=name,
            gives=called(ctx, gives, language),
            gets=called(ctx, gets, language),
        )
        how = ctx.text("duties-swap-how", language=language, until=expires)
        ctx.write(home, Content((Line(said), Line(how)), loud=True), about=Subject(SWAP, str(swap.id)), buttons=(AGREE, REFUSE))
    asking_store.change_swap(swap, asked_at=milliseconds(latest), expires_at=milliseconds(expires))
    ctx.at(expires, expire_swap, swap.id)
    values = {"gives": called(ctx, gives, ctx.language), "gets": called(ctx, gets, ctx.language)}
    if reached:
        say("duties-swap-asked", until=expires, **values)
    else:
        say("duties-swap-asked-by-teacher", until=expires, **values)
        ctx.tell_staff(
            "duties-staff-swap", asker=label(ctx, swap.asker), other=label(ctx, swap.other),
            gives=called(ctx, gives), gets=called(ctx, gets), until=expires,
        )  # fmt: skip


def _expiry(ctx: Context, delivered: datetime, gives: Duty, gets: Duty) -> datetime:
    """So many hours after the letter is there; never in the class's quiet hours, and not behind the beginnings."""
    moment = ctx.klass.quiet.next_allowed(delivered + timedelta(hours=ctx.options.swap_hours))
    begins = [local(duty.finishes, ctx.klass.zone) for duty in (gives, gets) if duty.finishes is not None]
    return min([moment, *begins])


def _end(ctx: Context, swap: Swap, state: SwapState, household: HouseholdId | None = None) -> None:
    """Note what became of it and tell whom it concerns."""
    asking_store.change_swap(swap, state=state)
    ctx.cancel(expire_swap, swap.id)
    gives, gets = store.duty(ctx.klass.id, swap.gives), store.duty(ctx.klass.id, swap.gets)
    if gives is None or gets is None:
        return
    for home in homes(ctx, swap.asker, swap.asker_household):
        language = ctx.language_of(home)
        ctx.tell([home], f"duties-swap-{state}", gets=called(ctx, gets, language), gives=called(ctx, gives, language))
    if state is SwapState.DONE:
        for home in homes(ctx, swap.other, household):
            language = ctx.language_of(home)
            ctx.tell([home], "duties-swap-done", gets=called(ctx, gives, language), gives=called(ctx, gets, language))


def _person(ctx: Context, household: HouseholdId | None) -> PersonId | None:
    """Who said yes, if it was somebody of that household and not the teacher."""
    person = ctx.person
    return person.id if person is not None and household is not None and person.household_id == household else None


def _by_teacher(ctx: Context, family: Family, *, agrees: bool) -> None:
    waiting = waiting_for(ctx, family.id, None, ctx.occurred)
    if not waiting:
        raise NotFound("duties-swap-nothing", family=family.label)
    state = answer(ctx, waiting[0], None, ctx.occurred, agrees=agrees)
    ctx.reply_privately("duties-swap-entered" if state in (SwapState.DONE, SwapState.DECLINED) else "duties-swap-late-staff",
                        family=family.label)  # fmt: skip


def _read(ctx: Context, text: str) -> tuple[Family, str, str]:
    """The other family, the own duty's words and theirs."""
    written = read_swap(text)
    if written is None:
        raise InvalidArgument("duties-swap-example", example=ctx.text("duties-again-swap", language=ctx.language))
    problem: UserError | None = None
    for count in range(min(_MOST, len(written.who)), 0, -1):
        try:
            family = ctx.read(Family, " ".join(written.who[:count]))
        except UserError as error:
            problem = error
            continue
        if family is not None:
            left = " ".join(written.who[count:])
            return family, (written.own or left), written.their
    raise problem or InvalidArgument("duties-swap-example", example=ctx.text("duties-again-swap", language=ctx.language))


def _one(
    ctx: Context,
    family: FamilyId,
    words: str,
    at: int,
    whose: str,
    *,
    household: HouseholdId | None = None,
    not_held_by: FamilyId | None = None,
) -> Duty:
    """The duty of a family, or of one household of it, that is meant: by words, or because no other can be swapped."""
    held = store.held_by(ctx.klass.id, family)
    duties = [store.duty(ctx.klass.id, hold.duty) for hold in held if household is None or is_of(ctx, hold, household)]
    able = [duty for duty in duties if duty is not None and duty.is_open and not duty.is_past(at)]
    if not_held_by is not None:
        able = [duty for duty in able if store.hold_of(duty, not_held_by) is None]
    found = duties_named(ctx, words, able) if words else able
    if not found:
        raise NotFound(f"duties-swap-none-{whose}", text=words or "—")
    if len(found) > 1:
        listed = ", ".join(called(ctx, duty, ctx.language) for duty in found)
        example = ctx.text("duties-again-swap", language=ctx.language)
        raise InvalidArgument(f"duties-swap-which-{whose}", duties=listed, example=example)
    return found[0]
