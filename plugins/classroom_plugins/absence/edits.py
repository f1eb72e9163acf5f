"""A message about an absence is edited or deleted: what it says now takes the place of what it said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from classroom_matrix.api import Context, on
from classroom_matrix.domain.facts import EventRedacted, MessageSent
from classroom_matrix.domain.people import Family, Pupil, Role
from classroom_matrix.errors import UserError

from . import store
from .domain import Statement, local
from .proxy import read_entry, say_absence, say_entered
from .recording import Recorded, given_name, rewrite, statement, take_back
from .sentences import SaidAbsence, read_absence, read_return
from .telling import answer, read_days, reply, reply_away

_MARKS = ("!", "！")


@on(MessageSent)
def follow_edit(ctx: Context, message: MessageSent) -> None:
    """An edit that comes late, after a newer one, changes nothing; neither does one that says the same."""
    if message.replaces is None or message.kind != "text" or ctx.person is None:
        return
    body = message.body.removeprefix("* ").strip()
    kept = store.of_source(ctx.klass.id, message.replaces)
    mine = [said for said in kept if said.by == ctx.person.id and not said.struck and said.at < message.at]
    if ctx.person.role.is_staff and mine:
        _follow_entry(ctx, body, mine)
    elif ctx.person.role is Role.GUARDIAN:
        family = ctx.roster.family(ctx.person.family_id)
        if family is not None and mine:
            _follow_sentence(ctx, family, body, mine)
        elif family is not None and not kept and ctx.room.role in ("desk", "private") and _read(ctx, family, body, message.at):
            reply(ctx, "absence-edit-lost")
    elif ctx.person.role.is_staff and not kept and _is_entry(ctx, body) and ctx.author_of(message.replaces) is not None:
        ctx.reply_privately("absence-edit-lost")  # it was refused as it was; if it is still to come, it comes as it is now


@on(EventRedacted)
def follow_deletion(ctx: Context, redaction: EventRedacted) -> None:
    """Who deletes the message takes back what it said, and reads what holds instead."""
    if ctx.person is None:
        return
    done: list[Recorded] = []
    proxy = False
    for said in store.of_source(ctx.klass.id, redaction.target):
        pupil = ctx.roster.pupil(said.pupil)
        mine = ctx.person.id == said.by or (said.proxy and ctx.person.role.may(Role.SPECIALIST))
        if pupil is not None and not said.struck and mine:
            proxy = said.proxy
            done.append(take_back(ctx, said, pupil))
    gone = [one.pupil for one in done if one.new and one.absence is None]
    if gone and proxy:
        ctx.reply_privately("absence-entered-taken-back", pupils=[pupil.name for pupil in gone])
    elif gone:
        reply(ctx, "absence-taken-back", pupils=[given_name(pupil) for pupil in gone])
    for one in done:
        if one.new and one.absence is not None and proxy:
            say_absence(ctx, one.pupil, one.absence)
        elif one.new and one.absence is not None:
            reply_away(ctx, "absence-recorded", [one.pupil], one.absence)


def _follow_sentence(ctx: Context, family: Family, body: str, mine: Sequence[Statement]) -> None:
    spoken = min(said.at for said in mine)  # "завтра" was the day after that
    said = _read(ctx, family, body.lstrip("".join(_MARKS)), spoken)
    if said is None or not said.plain:
        reply(ctx, "absence-edit-unclear")
        return
    pupils = [family.pupils[place] for place in said.pupils] if said.pupils else _pupils(ctx, mine)
    if said.everybody and len(family.pupils) > 1:
        pupils = list(family.pupils)
    done = _rewrite(ctx, said, pupils, mine, spoken)
    if any(one.new for one in done):
        answer(ctx, said, done)


def _follow_entry(ctx: Context, body: str, mine: Sequence[Statement]) -> None:
    """Of staff, behind a command's name."""
    spoken = min(said.at for said in mine)
    try:
        pupils, said = read_entry(ctx, body.lstrip("".join(_MARKS)), mine[0].reason, spoken)
    except UserError:
        ctx.reply_privately("absence-edit-unclear")
        return
    done = _rewrite(ctx, said, pupils, mine, spoken)
    for one in done:
        if one.new:
            say_entered(ctx, one, said)


def _rewrite(
    ctx: Context, said: SaidAbsence, pupils: Sequence[Pupil], mine: Sequence[Statement], spoken: int
) -> list[Recorded]:
    for before in mine:
        pupil = ctx.roster.pupil(before.pupil)
        if pupil is not None and pupil not in pupils:
            take_back(ctx, before, pupil)
    source, proxy = mine[0].source, mine[0].proxy
    return [rewrite(ctx, statement(ctx, pupil, said, proxy=proxy, source=source, spoken=spoken), pupil) for pupil in pupils]


def _is_entry(ctx: Context, body: str) -> bool:
    """Whether it begins with a command of staff that enters something."""
    words = {word.strip() for word in ctx.text("absence-words-entries").split(",")}
    return body[:1] in _MARKS and bool(words.intersection(body[1:].casefold().split()[:1]))


def _read(ctx: Context, family: Family, body: str, at: int) -> SaidAbsence | None:
    def days(text: str) -> tuple[date, date] | None:
        return read_days(ctx, text, at)

    names = [pupil.name for pupil in family.pupils]
    today = local(at, ctx.klass.zone).date()
    return read_absence(body, names, days, today) or read_return(body, names, days, today)


def _pupils(ctx: Context, mine: Sequence[Statement]) -> list[Pupil]:
    found = [ctx.roster.pupil(said.pupil) for said in mine]
    return [pupil for pupil in found if pupil is not None]
