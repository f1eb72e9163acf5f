"""Plain words in a desk: whether they come, and ideas. What is not surely about an event is left alone."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

from classroom_matrix.api import Context, Meaning, Subject, View
from classroom_matrix.api.contracts import DutyAsked
from classroom_matrix.domain.facts import MessageSent
from classroom_matrix.domain.ids import PersonId
from classroom_matrix.domain.people import Family, Person, Role

from . import store
from .answers import Answer, Kind, Party, Via, last_party, standing
from .asked_about import tell_about, topics_asked
from .asking import ASKING, MOVED_UP
from .cards import idea_card
from .clauses import parts_about
from .domain import DAY, HOUR, Event, State, same, short
from .ideas import Proposed, idea_in, take_idea, thank_for
from .lookup import subject_of
from .rsvp import Recorded, adults_at_home, has_duty, home_of, record, said_answer
from .spoken import Answered, Vocabulary, about_event, interpret, words_of
from .store import proposals
from .store.proposals import IdeaState
from .wording import dated
from .words import LONGEST, names_title

ASKED_FOR = 7 * DAY
"""Milliseconds in which a bare "да" may answer a letter that was not answered yet."""
IDEAS = "ideas"
"""The subject of ideas that are for no event yet."""


def understand(view: View, person: Person, message: MessageSent) -> Sequence[Meaning]:
    family = view.roster.family(person.family_id)
    if family is None or person.role is not Role.GUARDIAN or person.household_id is None:
        return ()
    events = store.answerable_at(view.klass.id, message.at)
    ended = store.ended_between(view.klass.id, message.at - DAY, message.at - 1)
    proposed = idea_in(view, message.body)
    if proposed is not None:
        return _idea_meanings(view, events, proposed, replied=message.reply_to is not None or message.thread is not None)
    if _agrees_to_be_named(view, message):
        return _naming(view, family, message)
    if not (events or ended) or len(message.body) > LONGEST:
        return ()
    heard = _Heard(view, family, person, message, [*events, *ended])
    found = [*(heard.of(event) for event in events), *(heard.too_late(event) for event in ended)]
    meant = [each for each in found if each is not None]
    return heard.most_likely(meant, events) if meant else heard.questions_about(events)


def take(ctx: Context, meaning: Meaning) -> None:
    assert ctx.event_id is not None
    assert ctx.person is not None
    if meaning.about.kind == idea_card.name:
        _name(ctx, int(meaning.about.id))
        return
    said = json.loads(meaning.answer)
    event = store.get(ctx.klass.id, int(meaning.about.id)) if meaning.about.kind != IDEAS else None
    if "idea" in said:
        idea = take_idea(ctx, ctx.person, said["idea"], event, source=ctx.event_id, public=False)
        if idea is not None:
            thank_for(ctx, idea, event)
        return
    family = ctx.roster.family(ctx.person.family_id)
    if family is None or event is None:
        return
    if "asks" in said:
        tell_about(ctx, event, said["asks"])
        return
    party = Party(said["adults"], tuple(PersonId(pupil) for pupil in said["pupils"]))
    answer = Answer(ctx.event_id, family.id, ctx.person.id, Via.DESK, Kind(said["kind"]), party, ctx.occurred)
    _echo(ctx, event, family, answer)


def _echo(ctx: Context, event: Event, family: Family, answer: Answer) -> None:
    """Write the answer down, and say what was understood."""
    recorded = record(ctx, event, answer)
    if recorded is not None:
        say_recorded(ctx, event, family, answer, recorded)
    elif event.state is State.CANCELLED:
        ctx.reply("events-too-late-cancelled", event=dated(ctx, event, ctx.language))
    elif event.is_over(answer.at):
        ctx.reply("events-too-late", event=dated(ctx, event, ctx.language))


def say_recorded(ctx: Context, event: Event, family: Family, answer: Answer, recorded: Recorded) -> None:
    """The echo: what was understood, and whether there are places."""
    what = said_answer(ctx, answer.kind, answer.party, family, ctx.language)
    values: dict[str, object] = {"event": dated(ctx, event, ctx.language), "answer": what}
    place = recorded.place
    if place.waits and answer.kind is Kind.YES:
        key = "events-echo-too-many" if place.too_many else "events-echo-waiting"
        places = event.plan.capacity or 0
        ctx.reply(key, ahead=place.ahead, has=place.has, waits=place.waits, places=places, **values)
    elif answer.kind is Kind.NO and has_duty(ctx, event, family.id):
        ctx.reply("events-echo-no-duty", **values)
    else:
        ctx.reply(f"events-echo-{answer.kind}", **values)


# ── Whether they come ───────────────────────────────────────────────────────────────────────────────────────────────────


class _Heard:
    """One message, to be held against one event after the other."""

    def __init__(self, view: View, family: Family, person: Person, message: MessageSent, events: Sequence[Event]) -> None:
        assert person.household_id is not None
        self.view, self.family, self.message, self.person = view, family, message, person.id
        self.people, self.at_home = home_of(view, person), adults_at_home(view, person)
        self.words = Vocabulary.of(view)
        titles = {event.id: event.plan.title for event in events}
        self.parts = parts_about(message.body, titles, view.listed("events-words-turns"))
        self.questions = store.letters_to(person.household_id, ASKING)
        self.letters = store.letters_to(person.household_id, (*ASKING, MOVED_UP))
        self.asked_for_help = view.ask(DutyAsked(family.id, person.household_id, message.at))

    def of(self, event: Event) -> tuple[Meaning, bool] | None:
        """What the message says about an event, if anything, and whether it names it."""
        history = store.answers(event, self.family.id)
        said = self._said(event, history)
        if said is None:
            return None
        at, last = self.message.at, standing(history, None)
        written, asked = self._recent(self.letters, event), self._recent(self.questions, event)
        # Whoever has just answered a letter may be correcting it, though it asks nothing any more.
        answers = written is not None and (last is None or last.at <= written or at - last.at < HOUR)
        if said.gives_up and said.vague and not said.named:
            return None  # "отменить обмен"
        if not (answers or said.named) and (said.plain or said.vague or not self._concerns(event, said, last)):
            return None
        waits = asked is not None and (last is None or last.at <= asked)
        meaning = self._meaning(event, said, asked if waits else None)
        return replace(
            meaning,
            sure=meaning.sure and (said.named or not self._may_mean_other(said, waits=waits, has_answered=last is not None)),
        ), said.named

    def _may_mean_other(self, said: Answered, *, waits: bool, has_answered: bool) -> bool:
        """Whether words that name nothing may be about something else than an event: "+" alone where nothing waits for it, a
        "no" to what nobody has promised or asked about, and one where the newest letter asks for help.
        """
        if said.light and not waits:
            return True
        # What gives up without naming it gives up what is held.
        if said.kind is Kind.NO and not waits and not has_answered:
            return True
        return (
            said.kind is Kind.NO
            and self.asked_for_help is not None
            and self.asked_for_help > max(self.letters.values(), default=0)
        )

    def _concerns(self, event: Event, said: Answered, last: Answer | None) -> bool:
        """Whether words that name no event can be about this one: it has a date, and they would change something."""
        if said.kind is Kind.NO and last is not None and last.kind is Kind.NO:
            return False
        if said.light and last is not None and last.kind is Kind.YES:
            return False
        return last is not None or (event.plan.starts is not None and not said.gives_up)

    def most_likely(self, meant: Sequence[tuple[Meaning, bool]], events: Sequence[Event]) -> list[Meaning]:
        """What is named, else everything."""
        named = [meaning for meaning, is_named in meant if is_named]
        replied = self.message.reply_to is not None or self.message.thread is not None
        doubtful = not (named or replied) and any(self.repeats(event) for event in events)
        return named or [replace(each, sure=each.sure and (each.asked is not None or not doubtful)) for each, _ in meant]

    def questions_about(self, events: Sequence[Event]) -> list[Meaning]:
        """What is asked about an event and stands in its plan."""
        found = []
        for event in events:
            asked = topics_asked(self.view, self.message.body, event, known=self._recent(self.letters, event) is not None)
            if asked:
                label = self.view.text("events-label-about", title=short(event.plan.title))
                found.append(Meaning(subject_of(event), json.dumps({"asks": asked}), label, changes=False))
        return found

    def repeats(self, event: Event) -> bool:
        """Whether the words say once more that they do not come to it, so that it is hardly another one that they mean."""
        history = store.answers(event, self.family.id)
        said, last = self._said(event, history), standing(history, None)
        return (
            said is not None
            and said.kind is Kind.NO
            and not (said.plain or said.vague or said.named)
            and last is not None
            and last.kind is Kind.NO
        )

    def too_late(self, event: Event) -> tuple[Meaning, bool] | None:
        """An answer to a letter about what is over by now, or words that name it: `take` says that it is too late."""
        said = self._said(event, store.answers(event, self.family.id))
        if said is None or (said.vague and not said.named):
            return None
        last, asked = standing(store.answers(event, self.family.id), None), self._recent(self.letters, event)
        unanswered = asked is not None and (last is None or last.at <= asked)
        if not (said.named or (unanswered and (said.plain or said.kind is not Kind.NO))):
            return None
        return self._meaning(event, said, None), said.named

    def _said(self, event: Event, history: Sequence[Answer]) -> Answered | None:
        about = about_event(self.view, event, self.message.at)
        last, before = last_party(history, self.people), standing(history, None)
        by_other = before is not None and before.kind is Kind.YES and before.person in self.people - {self.person}

        def read(text: str) -> Answered | None:
            return interpret(self.words, text, self.family, about, last, at_home=self.at_home, by_other=by_other)

        part = self.parts.get(event.id)
        if part is None:
            return read(self.message.body)
        found = read(part)
        if found is not None:
            return found
        whole = read(self.message.body)  # "на каток, в театр придём"
        return replace(whole, sure=False) if whole is not None else None

    def _recent(self, letters: Mapping[int, int], event: Event) -> int | None:
        """When the last of these letters about an event came, if that is not long ago."""
        at = letters.get(event.id)
        return at if at is not None and 0 <= self.message.at - at < ASKED_FOR else None

    def _meaning(self, event: Event, said: Answered, asked: int | None) -> Meaning:
        what = said_answer(self.view, said.kind, said.party, self.family)
        label = self.view.text("events-label", title=short(event.plan.title), answer=what)
        gives_up = said.gives_up and not said.named
        return Meaning(subject_of(event), _packed(said), label, asked=asked, sure=said.sure, gives_up=gives_up)


def _packed(said: Answered) -> str:
    return json.dumps({"kind": said.kind, "adults": said.party.adults, "pupils": said.party.pupils})


# ── Ideas ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _idea_meanings(view: View, events: Sequence[Event], proposed: Proposed, *, replied: bool) -> list[Meaning]:
    """For the event that is replied to or named, else for none. What may be meant for the teacher alone is asked back."""
    text = proposed.text
    answer = json.dumps({"idea": text}, ensure_ascii=False)

    def to(event: Event) -> Meaning:
        label = view.text("events-label-idea", title=short(event.plan.title), text=short(text))
        return Meaning(subject_of(event), answer, label, sure=proposed.marked)

    named = [event for event in events if names_title(text, event.plan.title)]
    if len(named) == 1:
        return [to(named[0])]
    # A reply is settled by the runtime, which knows what it replies to; without one, the idea is for no event yet.
    label = view.text("events-label-idea-new", text=short(text))
    general = Meaning(Subject(IDEAS, "new"), answer, label, sure=proposed.marked)
    return [*(to(event) for event in events), general] if replied and len(events) == 1 else [general]


def _agrees_to_be_named(view: View, message: MessageSent) -> bool:
    return same(message.body) in words_of(view, "events-words-named")


def _naming(view: View, family: Family, message: MessageSent) -> list[Meaning]:
    """The newest idea of the family that waits, or was accepted a moment ago."""
    own = [
        idea
        for idea in proposals.of_family(view.klass.id, family.id)
        if idea.state in (IdeaState.OPEN, IdeaState.POLL) and not idea.named and 0 <= message.at - idea.at < ASKED_FOR
    ]
    if not own:
        return []
    label = view.text("events-label-named", text=short(own[-1].text))
    return [Meaning(Subject(idea_card.name, str(own[-1].id)), "named", label, asked=own[-1].at)]


def _name(ctx: Context, idea_id: int) -> None:
    idea = proposals.get(ctx.klass.id, idea_id)
    if idea is not None and ctx.person is not None and idea.family == ctx.person.family_id:
        proposals.name_author(idea)
        ctx.refresh(idea_card, str(idea.id))
        ctx.reply("events-idea-named", text=short(idea.text))
