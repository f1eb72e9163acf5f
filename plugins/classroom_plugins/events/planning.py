"""The common plan: every change is a version, with who made it and when."""

from __future__ import annotations

import re
from dataclasses import replace

from classroom_matrix.api import Context, command
from classroom_matrix.domain.content import Bold, Bullets, Content, Line
from classroom_matrix.domain.people import Right, Role
from classroom_matrix.errors import InvalidArgument, NotFound

from . import store
from .cards import event_card
from .domain import Event, Plan, local, milliseconds, short
from .ending import end_talk
from .ideas import accept
from .lookup import confirm, event_meant, in_front, still_open, titled_in_front
from .opening import ask_for_duties
from .private import refuse_private
from .reading import Bare, pieces_of, read_change, without_title
from .revising import revise
from .rivals import FAMILIES
from .speech import deadlines_of, speech_of
from .wording import called, changes

_NUMBER_BEHIND = re.compile(r"[\s,(]*(?:№|#)\s*(\d{1,5})\)?\s*$")
_IDEA = re.compile(r"[№#]?\s*(\d{1,5})(?:\s+\w{0,3}\s*[№#]\s*(\d{1,5}))?")


@command("event change", needs=Role.TEACHER, right=Right.EVENTS, published=True)
def change_event(ctx: Context, text: str) -> None:
    """Fields of the plan, and what follows them as its lines; the event may be named by its title in front."""
    refuse_private(ctx, text)
    event, rest = in_front(ctx, text, Bare.ALWAYS)
    event = still_open(event or titled_in_front(ctx, rest) or event_meant(ctx))
    draft = read_change(rest, speech_of(ctx, event), event.plan.title)
    event = revise(ctx, event, draft.applied(event.plan), important=draft.important)
    ask_for_duties(ctx, event, draft.duties)
    if draft.duties:
        ctx.refresh(event_card, str(event.id))


@command("plan", needs=Role.TEACHER, right=Right.EVENTS, published=True)
def replace_plan(ctx: Context, text: str | None = None, *, important: bool = False) -> None:
    """The lines of the plan, all of them; without any, the plan as it is."""
    event, rest = in_front(ctx, text, Bare.APART)
    event = event or event_meant(ctx)
    if not rest:
        _show(ctx, event)
        return
    still_open(event)
    refuse_private(ctx, rest)
    revise(ctx, event, replace(event.plan, lines=tuple(pieces_of(rest))), important=important)


@command("plan add", needs=Role.TEACHER, right=Right.EVENTS, published=True)
def add_to_plan(ctx: Context, text: str, *, important: bool = False) -> None:
    """Lines, or an idea by its number, perhaps into the plan of an event that it was not for ("3 в №12")."""
    idea = _IDEA.fullmatch(text.strip())
    if idea is not None:
        accept(ctx, int(idea[1]), event_meant(ctx, int(idea[2])) if idea[2] else None, into_plan=True)
        return
    event, rest = in_front(ctx, text, Bare.NEVER)
    if not rest:
        raise InvalidArgument("core-argument-missing", name="text")
    event = still_open(event or event_meant(ctx))
    refuse_private(ctx, rest)
    revise(ctx, event, replace(event.plan, lines=(*event.plan.lines, *pieces_of(rest))), important=important)


@command("plan line", needs=Role.TEACHER, right=Right.EVENTS, published=True)
def edit_line(ctx: Context, text: str, *, important: bool = False) -> None:
    """Another text for one line, as in «2 Встречаемся у входа»."""
    event, number, said = _line_of(ctx, text)
    if not said:
        raise InvalidArgument("core-argument-missing", name="text")
    refuse_private(ctx, said)
    lines = list(event.plan.lines)
    lines[number - 1] = " ".join(said.split())
    revise(ctx, event, replace(event.plan, lines=tuple(lines)), important=important)


@command("plan remove", needs=Role.TEACHER, right=Right.EVENTS)
def remove_line(ctx: Context, text: str) -> None:
    event, number, _ = _line_of(ctx, text)
    lines = [line for position, line in enumerate(event.plan.lines, start=1) if position != number]
    revise(ctx, event, replace(event.plan, lines=tuple(lines)), important=False)


@command("plan history", needs=Role.TEACHER, right=Right.EVENTS)
def plan_history(ctx: Context, number: int | None = None) -> None:
    """Every version: who, when, what changed."""
    event = event_meant(ctx, number, over_too=True)
    names = {person.id: person.name for person in ctx.roster.people()}
    families = ctx.text("events-by-families", language=ctx.language)
    blocks: list[Line | Bullets] = [
        Line(Bold(ctx.text("events-history", language=ctx.language, event=called(ctx, event, ctx.language))))
    ]
    before: Plan | None = None
    for version in store.versions(event):
        title = ctx.text(
            "events-history-version",
            language=ctx.language,
            version=version.number,
            when=local(version.at, ctx.klass.zone),
            who=names.get(version.by, families if version.by == FAMILIES else "—"),
            important=1 if version.important else 0,
        )
        first = Plan(title=version.plan.title)
        what = tuple(changes(ctx, before or first, version.plan, ctx.language))
        blocks += [Line(title), Bullets(what)] if what else [Line(title)]
        before = version.plan
    ctx.reply_content(Content(tuple(blocks)), privately=True)


@command("discussion", needs=Role.TEACHER, right=Right.EVENTS)
def set_discussion(ctx: Context, text: str) -> None:
    """Until when the thread is asked for opinions; the card says so, and nothing else does. The event's number or title may
    stand in front, a number with "№" also behind: «до четверга №1».
    """
    behind = _NUMBER_BEHIND.search(text)
    event, said = in_front(ctx, text, Bare.ALWAYS)
    if event is None and behind is not None:
        event, said = event_meant(ctx, int(behind[1])), text[: behind.start()]
    event = still_open(event or titled_in_front(ctx, said) or event_meant(ctx))
    found = deadlines_of(ctx)(without_title(said, event.plan.title))
    if found is None:
        raise InvalidArgument("events-unclear-until", text=short(said), number=str(event.number))
    until = found[0]
    event = store.change(event, talk_until=milliseconds(until))
    ctx.at(until, end_talk, event.id)
    ctx.refresh(event_card, str(event.id))
    confirm(ctx, "events-talk-set", event=called(ctx, event, ctx.language), until=until)


def _line_of(ctx: Context, text: str) -> tuple[Event, int, str]:
    """The event, the number of one of its plan's lines, and what follows."""
    event, rest = in_front(ctx, text, Bare.NEVER)
    event = still_open(event or event_meant(ctx))
    found = re.match(r"(\d{1,2})[\s:.)—–-]*(.*)", rest.strip(), re.DOTALL)
    count = len(event.plan.lines)
    if found is None or not 0 < int(found[1]) <= count:
        raise NotFound("events-no-line", text=short(rest, 20), count=count)
    return event, int(found[1]), found[2].strip()


def _show(ctx: Context, event: Event) -> None:
    if not event.plan.lines:
        raise NotFound("events-no-plan", event=called(ctx, event, ctx.language))
    title = ctx.text("events-plan-is", language=ctx.language, event=called(ctx, event, ctx.language), version=event.version)
    lines = [Line(f"{number}. {line}") for number, line in enumerate(event.plan.lines, start=1)]
    ctx.reply_content(Content((Line(title), *lines)))
