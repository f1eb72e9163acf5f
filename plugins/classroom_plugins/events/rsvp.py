"""Who comes: answers of families, whichever way they come. Each becomes an act of the family, and `record` does the rest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from classroom_matrix.api import Context, View, command, job, on
from classroom_matrix.api.contracts import DutyHolders
from classroom_matrix.domain.content import Content
from classroom_matrix.domain.facts import EventRedacted, ReactionAdded
from classroom_matrix.domain.ids import FamilyId, PersonId
from classroom_matrix.domain.people import Family, Household, Person, Role
from classroom_matrix.errors import InvalidArgument

from . import store
from .answers import (
    Answer,
    Kind,
    Party,
    Via,
    is_change_of_mind,
    last_party,
    party_of,
    standing,
    standings,
    struck,
    tapped,
)
from .asking import MOVED_UP
from .attendance import look, queue
from .cards import event_card, idea_card
from .domain import HOUR, Event, State, milliseconds
from .lookup import event_meant, event_of, subject_of
from .places import NOTHING, Allotment, claim
from .spoken import Vocabulary, about_event, adults_of, interpret
from .store import proposals
from .store.proposals import IdeaState
from .wording import called, dated, party


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of an answer: how the family stands now, and its places."""

    stands: Answer | None
    place: Allotment


@on(ReactionAdded)
def count_tap(ctx: Context, reaction: ReactionAdded) -> None:
    """A tap on a button of the card or of a letter. Quiet, unless there is no place."""
    family = _family_of(ctx, ctx.person)
    kind = tapped(reaction.key)
    if kind is None or family is None or (event := event_of(ctx, reaction.target)) is None:
        return
    assert ctx.person is not None
    last = last_party(store.answers(event, family.id), home_of(ctx, ctx.person))
    who = party_of(tuple(pupil.id for pupil in family.pupils), last)
    answer = Answer(reaction.event_id, family.id, ctx.person.id, Via.REACTION, kind, who, reaction.at)
    recorded = record(ctx, event, answer)
    if recorded is not None and recorded.stands == answer and kind is Kind.YES and recorded.place.waits:
        home = ctx.roster.household(ctx.person.household_id)
        if home is not None:
            write_waiting(ctx, event, family, [home], recorded.place)


@on(EventRedacted)
def take_back(ctx: Context, redaction: EventRedacted) -> None:
    """An answer was taken back, or an idea, or something said in a thread."""
    store.forget_talk(source=redaction.target)
    idea = proposals.by_source(redaction.target)
    if idea is not None and idea.class_id == ctx.klass.id and idea.state is IdeaState.OPEN:
        proposals.decide([idea], IdeaState.CLOSED, redaction.at)
        ctx.refresh(idea_card, str(idea.id))
    # Kept even where an answer is known: what else the same words say may still be to come.
    store.remember_strike(redaction.target, redaction.at)
    for event, answer in store.answers_in(ctx.klass.id, redaction.target):
        _strike(ctx, event, answer, redaction)


def _strike(ctx: Context, event: Event, answer: Answer, redaction: EventRedacted) -> None:
    after = struck(answer, redaction.at)
    if after == answer:
        return
    before = standing(store.answers(event, after.family), event.ended_at)
    store.strike(event, answer, redaction.at)
    now = _settle(ctx, event, after.family, before, told=after.via is Via.PROXY, at=redaction.at)
    if event.state is State.OPEN and before is not None and before.source == after.source:
        _tell_withdrawn(ctx, event, after, now)


def _tell_withdrawn(ctx: Context, event: Event, gone: Answer, now: Answer | None) -> None:
    """Words that counted were deleted: one line to who wrote them, with what counts now. A tap is taken back quietly."""
    family = ctx.roster.family(gone.family)
    if family is None or gone.via is Via.REACTION:
        return
    if gone.via is Via.PROXY:
        key = "events-withdrawn-now-staff" if now is not None else "events-withdrawn-staff"
        answer = said_answer(ctx, now.kind, now.party, family) if now is not None else ""
        ctx.tell_staff(key, family=family.label, event=called(ctx, event), answer=answer)
        return
    person = next((each for each in family.guardians if each.id == gone.person), None)
    home = ctx.roster.household(person.household_id) if person is not None else None
    if home is not None:
        key = "events-withdrawn-now" if now is not None else "events-withdrawn"
        language = ctx.language_of(home)
        answer = "" if now is None else as_shown_to(ctx, now, family, home, language)
        said = ctx.text(key, language=language, event=dated(ctx, event, language), answer=answer)
        ctx.write(home, Content.line(said))


@command("rsvp", needs=Role.TEACHER, names_people=True)
def answer_for_family(ctx: Context, family: Family, said: str | None = None, *, event: int | None = None) -> None:
    """What a family said by phone or on paper; kept with who entered it and when."""
    meant = event_meant(ctx, event)
    if meant.state is not State.OPEN or meant.is_over(ctx.occurred):
        raise InvalidArgument(f"events-already-{meant.state}", number=str(meant.number), title=meant.plan.title)
    assert ctx.person is not None
    assert ctx.event_id is not None
    # Of a family in two households the teacher's own entries: both are told what was entered.
    people = {person.id for person in family.guardians} if len(family.households) == 1 else set()
    last = last_party(store.answers(meant, family.id), people)
    about, at_home = about_event(ctx, meant, ctx.occurred), adults_of(family.guardians)
    found = interpret(Vocabulary.of(ctx), said or "", family, about, last, at_home=at_home, proxy=True)
    if found is None or not found.sure:
        raise InvalidArgument("events-unclear-answer", text=said or "")
    answer = Answer(ctx.event_id, family.id, ctx.person.id, Via.PROXY, found.kind, found.party, ctx.occurred)
    recorded = record(ctx, meant, answer)
    values = {"family": family.label, "event": called(ctx, meant, ctx.language)}
    if found.kind is not Kind.YES:
        ctx.reply_privately(f"events-proxy-{found.kind}", **values)
        return
    who = party(ctx, found.party, family, ctx.language)
    place = recorded.place if recorded else NOTHING
    key = "events-proxy-waiting" if place.waits else "events-proxy-yes"
    if place.too_many:
        key = "events-proxy-too-many"
    ctx.reply_privately(key, party=who, ahead=place.ahead, places=meant.plan.capacity or 0, **values)


def record(ctx: Context, event: Event, answer: Answer) -> Recorded | None:
    """Write an answer down and do everything that follows from it. The same Matrix event again changes nothing.

    Returns:
        None where it was known before, or came when it was over.
    """
    before = standing(store.answers(event, answer.family), event.ended_at)
    added = store.add(event, answer)
    if added is None or event.is_over(added.at) or event.state is State.CANCELLED:
        return None
    after = _settle(ctx, event, added.family, before, told=added.via is Via.PROXY, at=added.at, acting=added.family)
    return Recorded(after, look(ctx, event).place(added.family))


def correct(ctx: Context, event: Event, edited: Answer) -> Recorded | None:
    """The words of an act were edited; `edited`: it as it is now. None where that is known, or came when it was over."""
    known = next((each for each in store.answers(event, edited.family) if each.source == edited.source), None)
    if known is None or known.at >= edited.at or event.is_over(edited.at) or event.state is not State.OPEN:
        return None
    before = standing(store.answers(event, edited.family), event.ended_at)
    store.rewrite(event, edited)
    after = _settle(ctx, event, edited.family, before, told=False, at=edited.at, acting=edited.family)
    return Recorded(after, look(ctx, event).place(edited.family))


def _settle(
    ctx: Context,
    event: Event,
    family: FamilyId,
    before: Answer | None,
    *,
    told: bool,
    at: int,
    acting: FamilyId | None = None,
) -> Answer | None:
    """Places, card, and who has to hear of it, after a family did something. `told`: the teacher knows of it."""
    after = standing(store.answers(event, family), event.ended_at)
    if after == before:
        return after
    ctx.refresh(event_card, str(event.id), counts_only=True)
    if event.state is not State.OPEN:
        return after
    wanted = after.party.size(event.plan.unit) if after is not None and after.kind is Kind.YES else 0
    store.set_claims(event, claim(store.claims(event), family, wanted, event.plan.capacity))
    settle_places(ctx, event, acting=acting or family)
    changed = before is None or after is None or (before.kind, before.party) != (after.kind, after.party)
    if changed and event.is_late(at) and not told:
        _tell_late(ctx, event, family, after)
    if after is not None and after.kind is Kind.NO and (before is None or before.kind is not Kind.NO):
        _tell_of_duty(ctx, event, family)
    if is_change_of_mind(before, after):
        assert after is not None
        _tell_family(ctx, event, family, after)
    return after


def settle_places(ctx: Context, event: Event, *, acting: FamilyId | None = None) -> None:
    """Tell families whose places are others now: who moved up, and who has fewer because the capacity is smaller.

    `acting`: hears of its own places in another way.
    """
    families = {family.id: family for family in ctx.roster.families}
    places, told = queue(event, families), store.told_seats(event)
    for family_id, family in families.items():
        place, known = places.get(family_id, NOTHING), told.get(family_id, (0, 0))
        if (place.has, place.waits) == known:
            continue
        store.tell_seat(event, family_id, place.has, place.waits)
        if family_id == acting:
            continue
        if place.has > known[0] and place.waits < known[1]:
            _write_moved_up(ctx, event, family)
        elif place.has < known[0] and place.waits > known[1]:
            write_waiting(ctx, event, family, family.households, place, fewer=True)
    if any(place.waits and not place.too_many for place in places.values()):
        ctx.at(ctx.now + timedelta(days=1), look_at_queue, event.id)


@job
def look_at_queue(ctx: Context, event_id: int) -> None:
    """Families may have left the class since."""
    event = store.get(ctx.klass.id, event_id)
    if event is not None and event.state is State.OPEN:
        settle_places(ctx, event)


def sizes(view: View, event: Event) -> dict[FamilyId, int]:
    """How many places the families want that come, in the event's unit."""
    found = standings(store.answers(event), event.ended_at, {family.id for family in view.roster.families})
    ordered = sorted(found.values(), key=lambda answer: answer.order)
    return {each.family: each.party.size(event.plan.unit) for each in ordered if each.kind is Kind.YES}


def write_waiting(
    ctx: Context,
    event: Event,
    family: Family,
    homes: list[Household] | tuple[Household, ...],
    place: Allotment,
    *,
    fewer: bool = False,
) -> None:
    """There is no place: they are in the queue, and hear when they move up."""
    if not family.is_in_app:
        ctx.tell_staff("events-staff-waiting", family=family.label, event=called(ctx, event))
        return
    key = "events-fewer-places" if fewer else "events-waiting"
    if place.too_many:
        key = "events-too-many-of-you"
    for home in homes:
        language = ctx.language_of(home)
        values = {"ahead": place.ahead, "has": place.has, "places": event.plan.capacity or 0}
        said = ctx.text(key, language=language, event=dated(ctx, event, language), **values)
        ctx.write(home, Content.line(said, loud=True), about=subject_of(event))


def _write_moved_up(ctx: Context, event: Event, family: Family) -> None:
    if not family.is_in_app:
        ctx.tell_staff("events-staff-moved-up", family=family.label, event=called(ctx, event))
        return
    for home in family.households:
        language = ctx.language_of(home)
        said = ctx.text("events-moved-up", language=language, event=dated(ctx, event, language))
        later = ctx.write(home, Content.line(said, loud=True), about=subject_of(event))
        store.note_letter(event, home.id, MOVED_UP, milliseconds(later or ctx.now))


def _tell_late(ctx: Context, event: Event, family_id: FamilyId, after: Answer | None) -> None:
    """After the day by which families were asked to answer, staff hear of every change: tickets may be bought."""
    family = ctx.roster.family(family_id)
    if family is None:
        return
    kind = after.kind if after else "none"
    who = party(ctx, after.party if after else Party(0, ()), family)
    ctx.tell_staff(f"events-late-{kind}", family=family.label, event=called(ctx, event), party=who)


def has_duty(ctx: Context, event: Event, family_id: FamilyId) -> bool:
    return family_id in (ctx.ask(DutyHolders(event.name)) or ())


def _tell_of_duty(ctx: Context, event: Event, family_id: FamilyId) -> None:
    """Who does not come cannot do what they have promised: somebody else has to be found."""
    family = ctx.roster.family(family_id)
    if family is not None and has_duty(ctx, event, family_id):
        ctx.tell_staff("events-duty-left", family=family.label, event=called(ctx, event))


def _tell_family(ctx: Context, event: Event, family_id: FamilyId, after: Answer) -> None:
    """Somebody else of the family has answered otherwise: all its households hear what counts now, at most once an hour."""
    family, now = ctx.roster.family(family_id), milliseconds(ctx.now)
    if family is None:
        return
    key = "events-family-by-teacher" if after.via is Via.PROXY else "events-family-differs"
    for home in family.households:
        if store.may_tell(event, home.id, key, now, every=HOUR):
            language = ctx.language_of(home)
            answer = as_shown_to(ctx, after, family, home, language)
            ctx.tell([home], key, event=dated(ctx, event, language), answer=answer)


def as_shown_to(view: View, answer: Answer, family: Family, home: Household, language: str | None = None) -> str:
    """An answer as a household may know it: who comes with the other one is not for it."""
    own = answer.via is Via.PROXY or answer.person in {person.id for person in home.guardians}
    if own or answer.kind is not Kind.YES:
        return said_answer(view, answer.kind, answer.party, family, language)
    return view.text("events-said-yes-bare", language=language)


def adults_at_home(view: View, person: Person) -> int:
    """Of somebody's household, those with a court limit left out."""
    home = view.roster.household(person.household_id)
    return adults_of(home.guardians if home is not None else ())


def home_of(view: View, person: Person) -> set[PersonId]:
    """Who lives with somebody."""
    home = view.roster.household(person.household_id)
    return {each.id for each in home.guardians} if home is not None else {person.id}


def said_answer(view: View, kind: Kind, who: Party, family: Family, language: str | None = None) -> str:
    """As in «придёте: 2 взрослых, Семён», «не придёте»."""
    return view.text(f"events-said-{kind}", language=language, party=party(view, who, family, language))


def _family_of(ctx: Context, person: Person | None) -> Family | None:
    """The family that somebody answers for. Others are ignored quietly: staff, relatives, people with a court limit."""
    if person is None or person.role is not Role.GUARDIAN or person.limited:
        return None
    return ctx.roster.family(person.family_id)
