"""Ideas: from a desk, from an event's thread, or marked there with 💡; decided about in the staff room or by the committee."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from classroom_matrix.api import Context, View, command, on
from classroom_matrix.domain.content import Bullets, Content, Line
from classroom_matrix.domain.facts import MessageSent, ReactionAdded
from classroom_matrix.domain.folding import fold
from classroom_matrix.domain.ids import PersonId
from classroom_matrix.domain.people import Person, Right, Role
from classroom_matrix.errors import InvalidArgument, NotFound

from . import store
from .answers import Kind, tapped
from .cards import event_card, idea_card, idea_line
from .domain import MAX_IDEA, MAX_TITLE, Event, Plan, State, short
from .lookup import confirm, event_meant, event_of, in_front, organises, replied_to, still_open
from .opening import open_one
from .reading import Bare
from .revising import revise
from .spoken import words_of
from .store import proposals
from .store.proposals import Idea, IdeaState
from .wording import called

BULB = "💡"
MOST_OPEN = 20  # ideas of one family that wait
_MARKS = re.compile(r"^[\s:,.!—–-]+")


# ── How they come ───────────────────────────────────────────────────────────────────────────────────────────────────────


@command("idea")
def propose_idea(ctx: Context, text: str) -> None:
    """Anywhere, for the event whose card or thread it is written to, or that it names, or for one that nobody has opened."""
    event, said = in_front(ctx, text, Bare.NEVER)
    if event is None:
        event = replied_to(ctx)
    if not said:
        raise InvalidArgument("core-argument-missing", name="text")
    assert ctx.event_id is not None
    if event is not None:
        still_open(event)
    idea = take_idea(
        ctx, ctx.person, said, event, source=ctx.event_id, public=ctx.room.role not in ("desk", "private", "staff")
    )
    if idea is None:
        return
    if idea.household is None and ctx.person is not None and not ctx.person.role.is_staff:
        ctx.react(ctx.event_id, "✅", room=ctx.room.id)  # a relative has no desk to be thanked in
    else:
        thank_for(ctx, idea, event)


def thank_for(ctx: Context, idea: Idea, event: Event | None) -> None:
    """What was understood, told where the author reads and nobody else does."""
    key = "events-idea-thanks" if event else "events-idea-thanks-new"
    about = called(ctx, event, ctx.language) if event else ""
    ctx.reply_privately(key, number=str(idea.number), text=short(idea.text, 120), about=about, named=1 if idea.public else 0)


@on(MessageSent)
def hear_talk(ctx: Context, message: MessageSent) -> None:
    """Talk in an event's thread is left alone, and remembered while the event is open: somebody may mark it with 💡.

    What begins with "предлагаю" or "идея:" is an idea by itself.
    """
    if message.kind != "text" or ctx.person is None:
        return
    if message.replaces is not None:
        store.correct_talk(message.replaces, ctx.person.id, message.body[:MAX_IDEA])
        return
    event = event_of(ctx, message.thread) if message.thread else None
    if event is None or event.state is not State.OPEN or ctx.room.role in ("desk", "private", "staff"):
        return
    store.keep_talk(event, message.event_id, ctx.person.id, message.body[:MAX_IDEA], message.at)
    proposed = idea_in(ctx, message.body)
    if proposed is not None and ctx.person.role in (Role.GUARDIAN, Role.RELATIVE):
        take_idea(ctx, ctx.person, proposed.text, event, source=message.event_id, public=True)


@on(ReactionAdded)
def mark_idea(ctx: Context, reaction: ReactionAdded) -> None:
    """💡 by whoever plans events makes a message in a thread an idea; ✅ on a line of the queue accepts it."""
    if not organises(ctx.person):
        return
    subject = ctx.subject(reaction.target)
    if subject is not None and subject.kind == idea_card.name:
        _decide_by_tap(ctx, int(subject.id), reaction)
        return
    if not reaction.key.startswith(BULB):
        return
    said = store.talk(reaction.target)
    event = store.get(ctx.klass.id, said[0]) if said else None
    if said is None or event is None or event.state is not State.OPEN:
        return
    author = next((person for person in ctx.roster.people() if person.id == said[1]), None)
    proposed = idea_in(ctx, said[2])
    take_idea(ctx, author, proposed.text if proposed else said[2], event, source=reaction.target, public=True)


def take_idea(ctx: Context, author: Person | None, text: str, event: Event | None, *, source: str, public: bool) -> Idea | None:
    """Put an idea into the queue; None where the same message is in it already.

    Raises:
        InvalidArgument: it is too long, or the family has too many that wait.
    """
    if author is None or author.role is Role.PUPIL:
        return None
    text = " ".join(text.split())
    if len(text) > MAX_IDEA:
        raise InvalidArgument("events-too-long", text=short(text), most=MAX_IDEA)
    own = [idea for idea in proposals.waiting(ctx.klass.id) if author.family_id and idea.family == author.family_id]
    if len(own) >= MOST_OPEN:
        raise InvalidArgument("events-idea-too-many", most=MOST_OPEN)
    idea = proposals.propose(
        ctx.klass.id,
        text,
        event=event,
        person=author.id,
        family=author.family_id,
        household=author.household_id,
        source=source,
        public=public,
        at=ctx.occurred,
    )
    if idea is not None:
        ctx.card(idea_card, str(idea.id), room="staff")
    return idea


class Proposed(NamedTuple):
    """`marked`: by a colon or a dash, so that it can be nothing else ("идея: …"); "предлагаю созвониться" may be."""

    text: str
    marked: bool


def idea_in(view: View, text: str) -> Proposed | None:
    """What is proposed, where a text begins with words that say so."""
    said = fold(text.lstrip())
    for word in sorted(words_of(view, "events-words-idea"), key=len, reverse=True):
        bare = word.rstrip(":")
        if said.startswith(bare):
            rest = text.lstrip()[len(bare) :]
            marked = rest.lstrip().startswith((":", "—", "–", "-"))
            if marked or (not word.endswith(":") and rest[:1].isspace()):
                proposed = _MARKS.sub("", rest).strip()
                return Proposed(proposed, marked) if proposed else None
    return None


# ── What becomes of them ────────────────────────────────────────────────────────────────────────────────────────────────


@command("ideas", needs=Role.TEACHER, right=Right.EVENTS)
def list_ideas(ctx: Context) -> None:
    """The queue. Who proposed something in private is told to staff only, unless they agreed to be named."""
    waiting = proposals.waiting(ctx.klass.id)
    if not waiting:
        raise NotFound("events-ideas-none")
    staff = ctx.person is not None and ctx.person.role.is_staff
    lines = []
    for idea in waiting:
        event = store.get(ctx.klass.id, idea.event_id) if idea.event_id is not None else None
        line = idea_line(ctx, idea, event, author=staff, language=ctx.language)
        if idea.state is IdeaState.POLL:
            line += " — " + ctx.text("events-idea-poll", language=ctx.language, poll=str(idea.poll), reason="")
        lines.append(line)
    title = ctx.text("events-ideas", language=ctx.language, count=len(waiting))
    how = ctx.text("events-ideas-how", language=ctx.language, number=str(waiting[0].number))
    ctx.reply_content(Content((Line(title), Bullets(tuple(lines)), Line(how))), privately=True)


@command("ideas accept", needs=Role.TEACHER, right=Right.EVENTS)
def accept_idea(ctx: Context, number: int, *, event: int | None = None) -> None:
    accept(ctx, number, event_meant(ctx, event) if event is not None else None)


@command("ideas decline", needs=Role.TEACHER, right=Right.EVENTS)
def decline_idea(ctx: Context, number: int, reason: str) -> None:
    """The reason is told kindly to whoever proposed it, and to nobody else."""
    idea = _waiting(ctx, number)
    proposals.decide([idea], IdeaState.DECLINED, ctx.occurred, reason=reason)
    ctx.refresh(idea_card, str(idea.id))
    _tell_author(ctx, idea, "events-idea-declined-letter", reason=reason)
    if ctx.room.role != "staff":
        ctx.reply_privately("events-idea-declined-done", number=str(idea.number))


def accept(ctx: Context, number: int, event: Event | None, *, into_plan: bool = False) -> None:
    """Merge an idea into a plan: of `event`, else of the event that it is for. One that is for none opens a new event, or
    belongs to the one that is meant, where somebody says `into_plan`.
    """
    idea = _waiting(ctx, number)
    if event is None and into_plan:
        event = replied_to(ctx) or (event_meant(ctx) if idea.event_id is None else None)
    if event is not None:
        still_open(event)
    assert ctx.person is not None
    merged = merge(ctx, idea, event, by=ctx.person.id)
    if merged is not None and ctx.room.role != "staff":  # there the line of the queue shows it
        confirm(ctx, "events-idea-merged", number=str(number), event=called(ctx, merged, ctx.language))


def merge(ctx: Context, idea: Idea, event: Event | None = None, *, by: PersonId) -> Event | None:
    """Make an idea a line of the plan, or a new event. Returns the event; None where it is over. `by`: who decided."""
    if event is None and idea.event_id is not None:
        event = store.get(ctx.klass.id, idea.event_id)
    if event is not None and event.state is not State.OPEN:
        return None
    opened = event is None
    if event is None:
        title = short(idea.text, MAX_TITLE)
        event = open_one(ctx, Plan(title=title, lines=(idea.text,) if title != idea.text else ()), by)
    else:
        line = _with_author(ctx, idea)
        event = revise(ctx, event, replace(event.plan, lines=(*event.plan.lines, line)), important=False, by=by, silent=True)
    proposals.set_event(idea, event)
    proposals.decide([idea], IdeaState.ACCEPTED, ctx.occurred, poll=idea.poll)
    ctx.refresh(idea_card, str(idea.id))
    ctx.refresh(event_card, str(event.id))
    key = "events-idea-opened-letter" if opened else "events-idea-accepted-letter"
    _tell_author(ctx, idea, key, event=event.plan.title)
    return event


def _with_author(ctx: Context, idea: Idea) -> str:
    """The line of the plan; it names the author only where they agreed."""
    person = next((each for each in ctx.roster.people() if each.id == idea.person), None)
    if not idea.named or person is None:
        return idea.text
    return ctx.text("events-idea-by", text=idea.text, who=person.name)


def _tell_author(ctx: Context, idea: Idea, key: str, **values: str) -> None:
    home = ctx.roster.household(idea.household)
    if home is not None:
        said = ctx.text(key, language=ctx.language_of(home), text=short(idea.text, 120), **values)
        ctx.write(home, Content.line(said, loud=True))


def _decide_by_tap(ctx: Context, idea_id: int, reaction: ReactionAdded) -> None:
    idea = proposals.get(ctx.klass.id, idea_id)
    kind = tapped(reaction.key)
    if idea is None or idea.state is not IdeaState.OPEN or kind is None or ctx.room.role != "staff":
        return
    if kind is Kind.YES:
        assert ctx.person is not None
        merge(ctx, idea, by=ctx.person.id)
    elif kind is Kind.NO:
        ctx.tell_staff("events-idea-why", number=str(idea.number))


def _waiting(ctx: Context, number: int) -> Idea:
    idea = proposals.by_number(ctx.klass.id, number)
    if idea is None:
        raise NotFound("events-idea-unknown", number=str(number))
    if idea.state not in (IdeaState.OPEN, IdeaState.POLL):
        raise InvalidArgument("events-idea-decided", number=str(number))
    if idea.state is IdeaState.POLL:
        raise InvalidArgument("events-idea-in-poll", number=str(number), poll=str(idea.poll))
    return idea
