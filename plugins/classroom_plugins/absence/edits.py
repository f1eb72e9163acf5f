"""A message about an absence is edited or deleted: what it says now takes the place of what it said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from classroom_matrix.api import Context, on
from classroom_matrix.domain.facts import EventRedacted, MessageSent
from classroom_matrix.domain.ids import PersonId
from classroom_matrix.domain.people import Family, Pupil, Role
from classroom_matrix.errors import UserError

from . import store
from .domain import Statement, local
from .proxy import read_entry, say_absences, say_entered
from .recording import Recorded, given_name, rewrite, statements, take_back
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
        elif family is not None and not kept and _is_nobodys(ctx, message) and _read(ctx, family, body, message.at):
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
    for pupil_id, kept in groupby(store.of_source(ctx.klass.id, redaction.target), key=lambda said: said.pupil):
        pupil = ctx.roster.pupil(pupil_id)
        may = ctx.person.role.may(Role.SPECIALIST)
        mine = [said for said in kept if not said.struck and (ctx.person.id == said.by or (said.proxy and may))]
        if pupil is not None and mine:
            proxy = mine[0].proxy
            done.append(take_back(ctx, mine, pupil))
    gone = [one.pupil for one in done if one.new and not one.absences]
    if gone and proxy:
        ctx.reply_privately("absence-entered-taken-back", pupils=[pupil.name for pupil in gone])
    elif gone:
        reply(ctx, "absence-taken-back", pupils=[given_name(pupil) for pupil in gone])
    for one in done:
        if one.new and one.absences and proxy:
            say_absences(ctx, one.pupil, one.absences)
        elif one.new and one.absences:
            reply_away(ctx, "absence-recorded", [one.pupil], one.absences)


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
    before: dict[PersonId, list[Statement]] = {}
    for one in mine:
        before.setdefault(one.pupil, []).append(one)
    for pupil_id, gone in before.items():
        pupil = ctx.roster.pupil(pupil_id)
        if pupil is not None and pupil not in pupils:
            take_back(ctx, gone, pupil)
    source, proxy = store.message_of(mine[0]), mine[0].proxy
    done = []
    for pupil in pupils:
        now = statements(ctx, pupil, said, proxy=proxy, source=source, spoken=spoken)
        sources = {one.source for one in now}
        gone = [one for one in before.get(pupil.id, ()) if one.source not in sources]
        done.append(rewrite(ctx, now, pupil, gone))
    return done


def _is_nobodys(ctx: Context, message: MessageSent) -> bool:
    """Whether it edits a family's words that were talk: else whoever acted on them answers."""
    return ctx.room.role in ("desk", "private") and message.replaces is not None and not ctx.is_taken(message.replaces)


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
    found = [ctx.roster.pupil(pupil_id) for pupil_id in dict.fromkeys(said.pupil for said in mine)]
    return [pupil for pupil in found if pupil is not None]
