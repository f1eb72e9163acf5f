"""What the teacher asks for: what is scheduled, who has confirmed, how it was delivered, and all of it as a file."""

from __future__ import annotations

from collections.abc import Mapping

from classroom_matrix.api import Context, command
from classroom_matrix.domain.content import Block, Bold, Bullets, Content, FileContent, Line, Table
from classroom_matrix.domain.ids import PersonId
from classroom_matrix.domain.people import Family, Reach, Role
from classroom_matrix.errors import NotFound

from . import store
from .cards import called, count, progress
from .delivery import delivered, families_that_opened
from .domain import Announcement, Channel, Standing, State, Via, local
from .lookup import meant
from .opening import urgent_line
from .own import adopt
from .spreadsheet import spreadsheet

LISTED = 10


@command("announce list", needs=Role.TEACHER)
def list_announcements(ctx: Context) -> None:
    """What is still to be sent, and the latest that was."""
    waiting, sent = store.scheduled(ctx.klass.id), store.sent(ctx.klass.id, LISTED)
    if not waiting and not sent:
        raise NotFound("announcements-none")
    blocks: list[Block] = []
    if waiting:
        blocks += [
            Line(Bold(_say(ctx, "announcements-list-scheduled"))),
            Bullets(tuple(_in_list(ctx, each) for each in waiting)),
        ]
    if sent:
        blocks += [Line(Bold(_say(ctx, "announcements-list-sent"))), Bullets(tuple(_in_list(ctx, each) for each in sent))]
    blocks.append(Line(urgent_line(ctx)))
    ctx.reply_content(Content(tuple(blocks)), privately=True)


@command("mustread who", needs=Role.TEACHER)
def who_confirmed(ctx: Context, number: int | None = None) -> None:
    """Every family: confirmed or missing, how, when; never where families read along."""
    found = _mustread(ctx, number, "announcements-again-who")
    state = count(ctx, found)
    opened = {family.id for family in families_that_opened(ctx, found)}
    names = _names(ctx)
    families = sorted(ctx.roster.families, key=lambda family: family.id in state.confirmed)
    rows = [_row(ctx, family, state.confirmed.get(family.id), names, opened=family.id in opened) for family in families]
    header = tuple(_say(ctx, f"announcements-who-{column}") for column in ("family", "how", "when"))
    title = _say(
        ctx,
        "announcements-who-title" if found.until is None else "announcements-who-title-until",
        announcement=called(ctx, found, ctx.language),
        progress=progress(ctx, state, ctx.language),
        **({} if found.until is None else {"until": local(found.until, ctx.klass.zone)}),
    )
    ctx.reply_content(Content((Line(title), Table(header, tuple(rows)))), privately=True)


@command("mustread export", needs=Role.TEACHER)
def export_confirmations(ctx: Context, number: int | None = None) -> None:
    """The same as a file for a spreadsheet, into the staff room."""
    found = _mustread(ctx, number, "announcements-again-export")
    confirmed = count(ctx, found).confirmed
    names = _names(ctx)
    header = [_say(ctx, f"announcements-file-{column}") for column in ("family", "confirmed", "how", "who", "when", "note")]
    rows = [_file_row(ctx, family, confirmed.get(family.id), names) for family in ctx.roster.families]
    filename = _say(ctx, "announcements-file-name", number=str(found.number)) + ".csv"
    data = spreadsheet([header, *rows], separator=";" if ctx.language == "ru" else ",")
    ctx.reply_content(FileContent(filename, "text/csv", data), privately=True)


@command("announce delivery", needs=Role.TEACHER)
def show_delivery(ctx: Context, number: int | None = None) -> None:
    """How many families were reached and how; who has to be told; whose phone seems to be off."""
    if number is None and ctx.reply_to is not None:
        adopt(ctx, ctx.reply_to) if store.by_event(ctx.klass.id, ctx.reply_to) is None else None
    found = meant(
        ctx,
        number,
        example="announcements-again-delivery",
        fits=lambda each: each.state is State.SENT,
        candidates=store.sent(ctx.klass.id, LISTED)[:1],
    )
    state = delivered(ctx, found)
    ways = [_say(ctx, f"announcements-by-{way}", count=state.reached[way]) for way in Channel if state.reached.get(way)]
    lines = [
        _say(
            ctx,
            "announcements-delivery",
            announcement=called(ctx, found, ctx.language),
            reached=sum(state.reached.values()),
            families=state.families,
            ways=ways or [_say(ctx, "announcements-by-nobody")],
        )
    ]
    if state.left:
        lines.append(_say(ctx, "announcements-left", families="; ".join(_reached(ctx, family) for family in state.left)))
    if state.opened:
        lines.append(_say(ctx, "announcements-opened", count=len(state.opened)))
    if state.silent:
        lines.append(_say(ctx, "announcements-silent", families="; ".join(family.label for family in state.silent)))
    ctx.reply_content(Content(tuple(Line(line) for line in lines)), privately=True)


def _mustread(ctx: Context, number: int | None, example: str) -> Announcement:
    return meant(
        ctx,
        number,
        example=example,
        fits=lambda each: each.must,
        otherwise="announcements-is-no-must",
        candidates=store.asking(ctx.klass.id)[::-1][:1],
    )


def _in_list(ctx: Context, announcement: Announcement) -> str:
    name = called(ctx, announcement, ctx.language)
    if announcement.state is State.SCHEDULED:
        assert announcement.due is not None
        return _say(ctx, "announcements-list-due", announcement=name, when=local(announcement.due, ctx.klass.zone))
    when = local(announcement.sent_at or announcement.created_at, ctx.klass.zone)
    said = _say(ctx, "announcements-list-at", announcement=name, when=when)
    return f"{said} {progress(ctx, count(ctx, announcement), ctx.language)}" if announcement.must else said


def _row(
    ctx: Context, family: Family, one: Standing | None, names: Mapping[PersonId, str], *, opened: bool
) -> tuple[str, str, str]:
    if one is None:
        note = _say(ctx, "announcements-who-opened") if opened else ""
        return _reached(ctx, family), _say(ctx, "announcements-who-missing"), note
    notes = [local_text(ctx, one.by.at), *_notes(ctx, one)]
    return family.label, _how(ctx, one, names), ", ".join(notes)


def _file_row(ctx: Context, family: Family, one: Standing | None, names: Mapping[PersonId, str]) -> list[str]:
    if one is None:
        return [family.label, _say(ctx, "announcements-file-no"), "", "", "", _reach(ctx, family)]
    how = _say(ctx, f"announcements-via-{one.by.via}")
    how = f"{how}: {one.by.how}" if one.by.how else how
    when = local(one.by.at, ctx.klass.zone).strftime("%d.%m.%Y %H:%M")
    note = ", ".join(_notes(ctx, one))
    return [family.label, _say(ctx, "announcements-file-yes"), how, names.get(one.by.person, "—"), when, note]


def _how(ctx: Context, one: Standing, names: Mapping[PersonId, str]) -> str:
    how = _say(ctx, f"announcements-via-{one.by.via}")
    person = names.get(one.by.person, "")
    if one.by.via is Via.PROXY:
        return ", ".join(part for part in (one.by.how or how, person) if part)
    return f"{how}, {person}" if person else how


def _notes(ctx: Context, one: Standing) -> list[str]:
    notes = [_say(ctx, "announcements-who-late")] if one.late else []
    return [*notes, _say(ctx, "announcements-who-old")] if one.old else notes


def _reached(ctx: Context, family: Family) -> str:
    reach = _reach(ctx, family)
    return f"{family.label} ({reach})" if reach else family.label


def _reach(ctx: Context, family: Family) -> str:
    if family.is_in_app:
        return ""
    return _say(ctx, "announcements-reach-none" if family.reach is Reach.APP else f"announcements-reach-{family.reach}")


def _names(ctx: Context) -> dict[PersonId, str]:
    return {person.id: person.name for person in ctx.roster.people()}


def local_text(ctx: Context, at: int) -> str:
    return ctx.date(local(at, ctx.klass.zone), language=ctx.language)


def _say(ctx: Context, key: str, **values: object) -> str:
    return ctx.text(key, language=ctx.language, **values)
