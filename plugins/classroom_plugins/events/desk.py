"""Plain words in a desk: whether they come, and ideas. What is not surely about an event is left alone."""

from __future__ import annotations

import json
from collections.abc import Sequence

from classroom_matrix.api import Context, Meaning, Subject, View
from classroom_matrix.domain.facts import MessageSent
from classroom_matrix.domain.ids import PersonId
from classroom_matrix.domain.people import Family, Person, Role

from . import store
from .answers import Answer, Kind, Party, Via, last_party, standing
from .asking import ASKING
from .cards import idea_card
from .domain import DAY, Event, State, fold, same, short
from .ideas import Proposed, idea_in, take_idea, thank_for
from .lookup import subject_of
from .rsvp import record, said_answer
from .spoken import Answered, Vocabulary, interpret, listed
from .store import proposals
from .store.proposals import IdeaState
from .wording import dated
from .words import LONGEST, tokens

ASKED_FOR = 7 * DAY
"""Milliseconds in which a bare "да" may answer a letter that was not answered yet."""
IDEAS = "ideas"
"""The subject of ideas that are for no event yet."""
_STEM = 5  # letters by which a word of a title is known


def understand(view: View, person: Person, message: MessageSent) -> Sequence[Meaning]:
    family = view.roster.family(person.family_id)
    if family is None or person.role is not Role.GUARDIAN or person.household_id is None:
        return ()
    events = store.answerable_at(view.klass.id, message.at)
    proposed = idea_in(view, message.body)
    if proposed is not None:
        return _idea_meanings(view, events, proposed, replied=message.reply_to is not None or message.thread is not None)
    if _agrees_to_be_named(view, message):
        return _naming(view, family, message)
    if not events or len(message.body) > LONGEST:
        return ()
    asked = store.letters_to(person.household_id, ASKING)
    words = Vocabulary.of(view)
    found = ((event, _meaning(view, words, family, event, message, asked.get(event.id))) for event in events)
    return _nearest(message, [(event, meaning) for event, meaning in found if meaning is not None])


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
    party = Party(said["adults"], tuple(PersonId(pupil) for pupil in said["pupils"]))
    answer = Answer(ctx.event_id, family.id, ctx.person.id, Via.DESK, Kind(said["kind"]), party, ctx.occurred)
    _echo(ctx, event, family, answer)


def _echo(ctx: Context, event: Event, family: Family, answer: Answer) -> None:
    """Write the answer down, and say what was understood."""
    recorded = record(ctx, event, answer)
    if recorded is None:
        if event.is_over(answer.at) or event.state is State.CANCELLED:
            ctx.reply("events-too-late", event=dated(ctx, event, ctx.language))
        return
    what = said_answer(ctx, answer.kind, answer.party, family, ctx.language)
    values: dict[str, object] = {"event": dated(ctx, event, ctx.language), "answer": what}
    if recorded.place.waits and answer.kind is Kind.YES:
        place = recorded.place
        ctx.reply("events-echo-waiting", ahead=place.ahead, has=place.has, waits=place.waits, **values)
    else:
        ctx.reply(f"events-echo-{answer.kind}", **values)


# ── Whether they come ───────────────────────────────────────────────────────────────────────────────────────────────────


def _meaning(
    view: View, words: Vocabulary, family: Family, event: Event, message: MessageSent, asked: int | None
) -> Meaning | None:
    """What the message says about one event, if anything."""
    history = store.answers(event, family.id)
    said = interpret(words, message.body, family, event, last_party(history))
    if said is None:
        return None
    if asked is not None and asked > message.at:
        asked = None
    fresh = asked is not None and message.at - asked < ASKED_FOR and _is_unanswered(history, asked, message.at)
    if said.plain and not fresh:
        return None
    if not said.sure and not fresh and not _names(event, message.body):
        return None
    what = said_answer(view, said.kind, said.party, family)
    label = view.text("events-label", title=short(event.plan.title), answer=what)
    return Meaning(subject_of(event), _packed(said), label, asked=asked, sure=said.sure)


def _is_unanswered(history: Sequence[Answer], asked: int, at: int) -> bool:
    """Whether the letter waits for an answer, or was answered just now and the family may be correcting itself."""
    last = standing(history, None)
    return last is None or last.at <= asked or at - last.at < DAY // 24


def _nearest(message: MessageSent, found: Sequence[tuple[Event, Meaning]]) -> list[Meaning]:
    """Where the words name an event by its title, that one; else all."""
    named = [meaning for event, meaning in found if _names(event, message.body)]
    return named or [meaning for _, meaning in found]


def _names(event: Event, text: str) -> bool:
    title = {word[:_STEM] for word in tokens(event.plan.title) if len(word) > 3}
    return any(word[:_STEM] in title for word in tokens(text))


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

    named = [event for event in events if _names(event, text)]
    if len(named) == 1:
        return [to(named[0])]
    # A reply is settled by the runtime, which knows what it replies to; without one, the idea is for no event yet.
    label = view.text("events-label-idea-new", text=short(text))
    general = Meaning(Subject(IDEAS, "new"), answer, label, sure=proposed.marked)
    return [*(to(event) for event in events), general] if replied and len(events) == 1 else [general]


def _agrees_to_be_named(view: View, message: MessageSent) -> bool:
    return same(message.body) in {fold(word) for word in listed(view, "events-words-named")}


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
