"""What guardians write about duties in plain words: "2", "беру чай", "не смогу чай", "обмен с Черновыми на фото"."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from enum import StrEnum

from classroom_matrix.api import Context, Meaning, Subject, View
from classroom_matrix.domain.facts import MessageSent
from classroom_matrix.domain.ids import FamilyId
from classroom_matrix.domain.people import Person, Role

from . import proposals, store, swapping
from .asking import store as asking_store
from .cards import duty_card
from .domain import HELD, OFFER, Act, Duty, Outcome, SwapState, Via, position_of
from .late import late_answers
from .letters import refusing, waiting_letters
from .loads import standings, year_of
from .lookup import duties_named, is_by_days_alone, roles_among
from .naming import called, is_of
from .reminders import reminded_at
from .saying import ANY, POLITE, Said, asks, cancels, understood
from .taking import free_places, give_back, take_place, take_wish_back
from .wording import alike, fold, needs_of

LONGEST = 120  # characters; whoever writes more tells something
SERIES_WORDS = 6
_CANCEL = "cancel"


class Kind(StrEnum):
    """Kinds of subjects of what is said in a desk, beside cards and letters."""

    LOAD = "load"
    MEANS = "means"
    ASK = "ask-swap"


def understand(view: View, person: Person, message: MessageSent) -> Sequence[Meaning]:
    if person.role is not Role.GUARDIAN or person.limited or person.family_id is None:
        return ()
    if message.kind != "text" or message.replaces is not None or not 0 < len(message.body) <= LONGEST:
        return ()
    said, what = understood(message.body)
    is_question = asks(message.body)
    if said in (Said.YES, Said.NO):
        return [] if is_question else _answering(view, person, message, agrees=said is Said.YES)
    found = _meaning(view, person, message.at, said, what)
    if said is Said.GIVE and not what and cancels(message.body):
        found = [replace(each, gives_up=True) for each in found]
    return [replace(each, sure=False) for each in found] if is_question and said is not Said.LOAD else found


def take(ctx: Context, meaning: Meaning) -> None:
    """Do what was understood, and say it in one line."""
    person = ctx.person
    if person is None or person.family_id is None:
        return
    act = Act(person.family_id, person.household_id, person.id, Via.DESK, ctx.event_id, ctx.occurred)
    _DOING[meaning.about.kind](ctx, meaning, act)


# ── Reading ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _meaning(view: View, person: Person, at: int, said: Said, what: str) -> list[Meaning]:
    match said:
        case Said.LOAD:
            return [Meaning(Subject(Kind.LOAD, "own"), "", view.text("duties-label-load"), changes=False)]
        case Said.ANY:
            return _answers(view, person, at, agrees=True) or _anything(view, person, at)
        case Said.SWAP | Said.UNSWAP:
            return _swapping(view, person, what, at, ask=said is Said.SWAP)
        case Said.HAVE | Said.HAVE_NOT:
            return _means(view, what, has=said is Said.HAVE)
        case Said.GIVE:
            return [*refusing(view, _family(person), person.household_id, what, at), *_giving(view, person, what, at)]
    return _taking(view, person, what, at, wants=said is Said.TAKE)


def _answering(view: View, person: Person, message: MessageSent, *, agrees: bool) -> Sequence[Meaning]:
    """A bare yes or no; "беру" may be said as well where nothing was asked."""
    answers = _answers(view, person, message.at, agrees=agrees)
    if answers or not agrees:
        return answers
    said = fold(message.body)
    if said in ANY:
        return _anything(view, person, message.at)
    return [] if said in POLITE else late_answers(view, person, message.at)


def _answers(view: View, person: Person, at: int, *, agrees: bool) -> list[Meaning]:
    """Yes or no to letters that ask for one."""
    return [meaning for _, meaning in waiting_letters(view, _family(person), person.household_id, at, agrees=agrees)]


def _swapping(view: View, person: Person, what: str, at: int, *, ask: bool) -> list[Meaning]:
    if ask:
        able = bool(_holds(view, person, at))
        return [Meaning(Subject(Kind.ASK, "new"), what, view.text("duties-label-swap"))] if able else []
    asked = any(each.asker_household == person.household_id for each in asking_store.asked_swaps(view.klass.id))
    return [Meaning(Subject(Kind.ASK, _CANCEL), "", view.text("duties-label-unswap"))] if asked else []


def _family(person: Person) -> FamilyId:
    assert person.family_id is not None
    return person.family_id


def _holds(view: View, person: Person, at: int, *, of_others: bool = False) -> list[Duty]:
    """What somebody's household has to do, soonest first; or what the family's other household has taken."""
    held = store.held_by(view.klass.id, _family(person))
    duties = (store.duty(view.klass.id, hold.duty) for hold in held if is_of(view, hold, person.household_id) is not of_others)
    able = [duty for duty in duties if duty is not None and duty.is_open and not duty.is_past(at)]
    return sorted(able, key=lambda duty: (duty.begins is None, duty.begins or 0, duty.id))


def _giving(view: View, person: Person, what: str, at: int) -> list[Meaning]:
    """What is given up: everything that the household holds or wishes for, as long as nothing is named.

    Beside words that nobody knows it is asked back: they may say something else.
    """
    own = _holds(view, person, at)
    own += [duty for duty in _wishes(view, person) if duty not in own]
    named = duties_named(view, what, own) if what else own
    if what and not named:
        others = duties_named(view, what, _holds(view, person, at, of_others=True))
        named = [duty for duty in others if not is_by_days_alone(view, what, duty)]
    beside = [] if named else roles_among(what, own)
    return [
        Meaning(
            Subject(HELD, str(duty.id)),
            str(duty.id),
            view.text("duties-label-give", duty=called(view, duty)),
            asked=reminded_at(view, duty, store.hold_of(duty, _family(person))),
            sure=not beside and not (what and is_by_days_alone(view, what, duty)),
        )
        for duty in beside or _nearest(named)
    ]


def _wishes(view: View, person: Person) -> list[Duty]:
    wishes = store.wishes_of(view.klass.id, _family(person))
    found = (store.duty(view.klass.id, wished) for wished, home in wishes if home in (None, person.household_id))
    return [duty for duty in found if duty is not None]


def _anything(view: View, person: Person, at: int) -> list[Meaning]:
    """Something is to be taken, and it is not said what: whatever is free, of series the nearest."""
    family = _family(person)
    open_ = [duty for duty in store.open_duties(view.klass.id) if not duty.is_past(at)]
    free = _nearest(duty for duty in open_ if (duty.awaits_draw or _is_free_for(view, duty, family)))
    return [
        Meaning(
            Subject(duty_card.name, str(duty.sheet.id)),
            str(duty.id),
            view.text("duties-label-take", duty=called(view, duty)),
            sure=False,
        )
        for duty in free
        if store.hold_of(duty, family) is None
    ]


def _taking(view: View, person: Person, what: str, at: int, *, wants: bool) -> list[Meaning]:
    """`wants`: whether it is said that something is to be taken; else it is no more than named.

    A bare number counts where the household was shown the numbers here, else they are asked.
    """
    if not what:
        return []
    family = _family(person)
    shown = store.shown_at(person.household_id, at) if position_of(what) is not None else None
    sure = shown is not None or wants or position_of(what) is None
    open_ = [duty for duty in store.open_duties(view.klass.id) if not duty.is_past(at)]
    named = duties_named(view, what, open_) if len(what.split()) <= SERIES_WORDS else []
    series = [duty for duty in named if duty.sheet.is_series]
    wanted = [duty for duty in series if _is_free_for(view, duty, family)] or series
    beside = roles_among(what, open_) if wants and not named else []
    chosen = [duty for duty in named if not duty.sheet.is_series] + _nearest(wanted) + beside
    found = []
    for duty in chosen:
        vague = bool(beside) or is_by_days_alone(view, what, duty)
        label = view.text("duties-label-take", duty=called(view, duty))
        if wants or not vague:
            about = Subject(duty_card.name, str(duty.sheet.id))
            found.append(Meaning(about, str(duty.id), label, asked=shown, sure=sure and not vague))
    return found


def _is_free_for(view: View, duty: Duty, family: FamilyId) -> bool:
    return free_places(view, duty) > 0 and store.hold_of(duty, family) is None


def _nearest(duties: Iterable[Duty]) -> list[Duty]:
    """Of every series only the first."""
    found: dict[object, Duty] = {}
    for duty in duties:
        key = ("series", duty.sheet.id) if duty.sheet.is_series else ("duty", duty.id)
        known = found.get(key)
        if known is None or (duty.begins or 0) < (known.begins or 0):
            found[key] = duty
    return list(found.values())


def _means(view: View, what: str, *, has: bool) -> list[Meaning]:
    """Something that a duty of the class needs, or has needed."""
    known = {need for duty in store.open_duties(view.klass.id) for need in needs_of(duty.needs)}
    said = next((need for need in sorted(known) if set(need.split()) <= _forms(what, need)), None)
    if said is None:
        return []
    word = "yes" if has else "no"
    return [Meaning(Subject(Kind.MEANS, "own"), f"{said}/{word}", view.text(f"duties-label-means-{word}", need=said))]


def _forms(what: str, need: str) -> set[str]:
    """Words of a need that stand in a text in some form."""
    return {own for own in need.split() if any(alike(word, own) for word in what.split())}


# ── Doing ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _take(ctx: Context, meaning: Meaning, act: Act) -> None:
    duty = store.duty(ctx.klass.id, int(meaning.answer))
    outcome = take_place(ctx, duty, act) if duty is not None else Outcome.VOID
    if duty is not None and outcome is not Outcome.VOID:
        ctx.reply(f"duties-{outcome}", duty=called(ctx, duty, ctx.language))


def _give(ctx: Context, meaning: Meaning, act: Act) -> None:
    duty = store.duty(ctx.klass.id, int(meaning.answer))
    if duty is None:
        return
    hold = store.hold_of(duty, act.family)
    if hold is not None and duty.is_past(act.at):
        said = "duties-over"
    elif hold is not None and not is_of(ctx, hold, act.household):
        said = "duties-not-yours"
    elif hold is not None:
        give_back(ctx, duty, hold, act.at, by=act.person, answered=act.household)
        proposals.look_for_next(ctx, duty, act.family)
        said = "duties-given-back"
    else:
        said = "duties-wish-back" if take_wish_back(ctx, duty, act.family) else "duties-not-held"
    ctx.reply(said, duty=called(ctx, duty, ctx.language))


def _answer_offer(ctx: Context, meaning: Meaning, act: Act) -> None:
    offer = asking_store.offer(int(meaning.about.id))
    duty = store.duty(ctx.klass.id, offer.duty) if offer is not None else None
    if offer is None or duty is None or offer.family != act.family:
        return
    said = proposals.answer(ctx, offer, act, agrees=meaning.answer == "yes")
    if said is not None:
        ctx.reply(said, duty=called(ctx, duty, ctx.language))


def _answer_swap(ctx: Context, meaning: Meaning, act: Act) -> None:
    swap = asking_store.swap(ctx.klass.id, int(meaning.about.id))
    if swap is None or swap.other != act.family or not swapping.may_answer(ctx, swap, act.household):
        return
    state = swapping.answer(ctx, swap, act.household, act.at, agrees=meaning.answer == "yes")
    if state is not SwapState.DONE:  # of that both are told
        ctx.reply(f"duties-swap-other-{state or swap.state}")


def _ask_swap(ctx: Context, meaning: Meaning, act: Act) -> None:
    household = ctx.roster.household(act.household)
    if meaning.about.id == _CANCEL:
        swapping.withdraw(ctx, act.household)
        ctx.reply("duties-swap-withdrawn")
    elif household is not None:
        swapping.ask_swap(ctx, household, meaning.answer, say=ctx.reply)


def _note_means(ctx: Context, meaning: Meaning, act: Act) -> None:
    need, _, word = meaning.answer.rpartition("/")
    asking_store.set_means(ctx.klass.id, act.family, need, has=word == "yes")
    ctx.reply("duties-means-yes" if word == "yes" else "duties-means-no", need=need)


def _say_load(ctx: Context, meaning: Meaning, act: Act) -> None:  # noqa: ARG001 - one shape for all
    """Done and to come; of others nothing."""
    standing = standings(ctx, year_of(ctx)).get(act.family)
    coming = _holds(ctx, ctx.person, act.at) if ctx.person is not None else []
    key = "duties-load-own-coming" if coming else "duties-load-own"
    listed = [called(ctx, duty, ctx.language) for duty in coming]
    ctx.reply(key, load=standing.counted if standing else 0, duties="; ".join(listed))


_DOING: dict[str, Callable[[Context, Meaning, Act], None]] = {
    duty_card.name: _take,
    OFFER: _answer_offer,
    swapping.SWAP: _answer_swap,
    HELD: _give,
    Kind.LOAD: _say_load,
    Kind.MEANS: _note_means,
    Kind.ASK: _ask_swap,
}
