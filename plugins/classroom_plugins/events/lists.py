"""`!event who` and `!event list`."""

from __future__ import annotations

from collections.abc import Sequence

from classroom_matrix.api import Context, command
from classroom_matrix.domain.content import Block, Bold, Bullets, Content, Line
from classroom_matrix.domain.people import Family, Reach, Role
from classroom_matrix.errors import NotFound

from . import store
from .answers import Answer, Kind, Via, is_stale
from .attendance import Attendance, look
from .domain import Event, State
from .lookup import event_meant, event_named
from .wording import called, capacity, moment, party, when_of

LISTED = 15


@command("event who", needs=Role.TEACHER)
def who_comes(ctx: Context, text: str | None = None) -> None:
    """Yes, maybe, no and silent, family by family; never where families read along. `text`: number or title."""
    event = event_named(ctx, text) if text else event_meant(ctx, over_too=True)
    attendance = look(ctx, event)
    families = ctx.roster.families
    groups: dict[str, list[str]] = {"yes": [], "maybe": [], "no": [], "silent": []}
    for family in families:
        answer = attendance.stands.get(family.id)
        groups[answer.kind if answer else "silent"].append(_line(ctx, event, family, answer, attendance))
    title = ctx.text("events-who", language=ctx.language, event=called(ctx, event, ctx.language))
    blocks: list[Block] = [Line(Bold(title))]
    if event.plan.capacity is not None:
        places = capacity(ctx, event.plan, ctx.language)
        blocks.append(Line(ctx.text("events-card-places", language=ctx.language, places=places, free=attendance.free or 0)))
    for name, lines in groups.items():
        if lines:
            said = ctx.text(f"events-who-{name}", language=ctx.language, count=len(lines))
            blocks += [Line(said), Bullets(tuple(lines))]
    ctx.reply_content(Content(tuple(blocks)), privately=True)


def _line(ctx: Context, event: Event, family: Family, answer: Answer | None, attendance: Attendance) -> str:
    """A family, with who of it comes and everything that the teacher has to know of its answer."""
    notes: list[str] = []
    if answer is None:
        if family.reach is not Reach.APP:
            notes.append(ctx.text(f"events-reach-{family.reach}", language=ctx.language))
        elif not family.is_in_app:
            notes.append(ctx.text("events-reach-none", language=ctx.language))
    else:
        notes += _notes(ctx, event, answer)
        place = attendance.place(family.id)
        if answer.kind is Kind.YES and place.waits:
            notes.append(ctx.text("events-who-waiting", language=ctx.language, waits=place.waits, has=place.has))
    coming = answer is not None and answer.kind is not Kind.NO
    who = party(ctx, answer.party, family, ctx.language) if answer is not None and coming else ""
    said = f"{family.label} — {who}" if who else family.label
    return f"{said} ({'; '.join(notes)})" if notes else said


def _notes(ctx: Context, event: Event, answer: Answer) -> list[str]:
    notes: list[str] = []
    if event.state is State.OPEN and answer.kind is not Kind.NO and is_stale(event, answer):
        notes.append(ctx.text("events-who-stale", language=ctx.language))
    if answer.via is Via.PROXY:
        names = {person.id: person.name for person in ctx.roster.staff}
        by, when = names.get(answer.person, "—"), moment(ctx, answer.at)
        notes.append(ctx.text("events-who-proxy", language=ctx.language, person=by, when=when))
    return notes


@command("event list")
def list_events(ctx: Context) -> None:
    events: Sequence[Event] = store.open_events(ctx.klass.id)[:LISTED]
    if not events:
        raise NotFound("events-none")
    lines = []
    for event in events:
        when = when_of(ctx, event.plan, ctx.language) or ctx.text("events-no-date", language=ctx.language)
        lines.append(f"{called(ctx, event, ctx.language)} — {when}")
    ctx.reply_content(Content((Line(ctx.text("events-list", language=ctx.language)), Bullets(tuple(lines)))))
