"""What families say: in plain sentences in the desk, and with commands."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

from classroom_matrix.api import Context, Days, Meaning, Subject, View, command
from classroom_matrix.api.contracts import OpenOccasions
from classroom_matrix.domain.facts import MessageSent
from classroom_matrix.domain.ids import EventId
from classroom_matrix.domain.people import Family, Person, Pupil, Role
from classroom_matrix.errors import InvalidArgument, NotFound, UserError

from . import store
from .domain import Absence, Kind, Reason, Statement, absences, local
from .hearing import ReadDays
from .proxy import enter, enter_return
from .recording import (
    Recorded,
    days_of,
    given_name,
    has_school,
    is_far,
    reason_text,
    record,
    returns_on,
    statements,
    stretch_text,
    stretches_of,
    worded,
)
from .sentences import (
    SaidAbsence,
    is_part_of_day,
    misses_days,
    names_school,
    read_absence,
    read_each,
    read_name,
    read_return,
    read_until,
)
from .words import IS_BACK, IS_ILL

_JUST_NOW = 3600 * 1000  # milliseconds in which a name alone goes on with what was said
_ABOUT = Subject("absence", "said")


def understand(view: View, person: Person, message: MessageSent) -> Sequence[Meaning]:
    """One meaning where it is clear who is meant; of twins, one for each and one for all."""
    family = view.roster.family(person.family_id)
    if family is None or message.kind != "text":
        return ()
    today = local(message.at, view.klass.zone).date()
    names = [pupil.name for pupil in family.pupils]

    def read(text: str) -> tuple[date, date] | None:
        return read_days(view, text, message.at)

    said = read_each(message.body, names, read, today)
    away = _away_now(view, family, today)
    if away and all(each.kind is Kind.AWAY and each.first is not None and each.first < today for each in said):
        returned = read_return(message.body, names, read, today)  # "вчера болели, сегодня придем"
        said = [returned] if returned is not None else said
    if not said:
        return _joined(view, family, message) or _until(view, family, message, away, read)
    return [meaning for each in said for meaning in _meanings(view, family, each, away, message)]


def _meanings(view: View, family: Family, said: SaidAbsence, away: Sequence[Pupil], message: MessageSent) -> Sequence[Meaning]:
    today = local(message.at, view.klass.zone).date()
    named = [] if said.everybody else [family.pupils[place] for place in said.pupils]
    if said.kind is Kind.BACK and (not away or (named and not any(pupil in away for pupil in named))):
        return ()
    stretches = stretches_of(view, said, message.at)
    first = stretches[0][0]
    if said.kind is Kind.AWAY and (
        not any(has_school(view, *days) for days in stretches) or any(is_far(today, *days) for days in stretches)
    ):
        return ()
    likely = away if said.kind is Kind.BACK and not said.pupils and not said.everybody else list(family.pupils)
    plain = said.plain and (said.first is not None or first == today)
    if said.kind is Kind.AWAY and not names_school(message.body):
        plain = plain and message.reply_to is None and not _has_occasion(view, stretches)
    return [_meaning(view, said, pupils, message, sure=plain) for pupils in _who(said, family, likely)]


def _has_occasion(view: View, stretches: Sequence[tuple[date, date]]) -> bool:
    """Whether the class does something together on these days: who does not come may mean that."""
    zone = view.klass.zone
    starts = [occasion.starts for occasion in view.ask(OpenOccasions()) or ()]
    days = [start.astimezone(zone).date() for start in starts if start is not None]
    return any(first <= day <= last for day in days for first, last in stretches)


def _joined(view: View, family: Family, message: MessageSent) -> Sequence[Meaning]:
    """A pupil's name alone, after something was said of their twin: the same is meant of them, surely where it is "тоже"."""
    named = read_name(message.body, [pupil.name for pupil in family.pupils]) if len(family.pupils) > 1 else None
    if named is None:
        return ()
    places, joins = named
    before = store.of_family_since(view.klass.id, family.id, message.at - _JUST_NOW)
    last = next((said for said in reversed(before) if not said.struck and said.at <= message.at), None)
    if last is None:
        return ()
    told = {said.pupil for said in before if not said.struck and _same(said, last)}
    pupils = [family.pupils[place] for place in places if family.pupils[place].id not in told]
    if not pupils:
        return ()
    whole = [one for one in before if one.pupil == last.pupil and store.message_of(one) == store.message_of(last)]
    also = tuple((one.first, one.last) for one in whole[1:])
    first = whole[0]
    said = SaidAbsence(first.kind, first.first, first.last, first.bounded, first.reason, (), True, True, also)
    return [_meaning(view, said, pupils, message, sure=joins)]


def _until(view: View, family: Family, message: MessageSent, away: Sequence[Pupil], read: ReadDays) -> Sequence[Meaning]:
    """A bare "до пятницы": surely the end of the absence that they told just before, else perhaps of one that holds."""
    today = local(message.at, view.klass.zone).date()
    until = read_until(message.body, read, today)
    if until is None:
        return ()
    last, clear = until
    before = store.of_family_since(view.klass.id, family.id, message.at - _JUST_NOW)
    told = [said for said in before if said.kind is Kind.AWAY and not said.struck and said.at <= message.at]
    first, reason, pupils = today, Reason.OTHER, list(away)
    if told:
        first, reason = told[-1].first, told[-1].reason
        pupils = [pupil for pupil in family.pupils if any(said.pupil == pupil.id and _same(said, told[-1]) for said in told)]
    if not pupils or last < first or not has_school(view, first, last):
        return ()
    said = SaidAbsence(Kind.AWAY, first, last, True, reason, (), True, True)
    return [_meaning(view, said, pupils, message, sure=clear and bool(told) and message.reply_to is None)]


def _same(said: Statement, other: Statement) -> bool:
    return (said.kind, said.first, said.last) == (other.kind, other.first, other.last)


def take(ctx: Context, meaning: Meaning) -> None:
    kind, numbers, first, last, bounded, reason, source, *more = json.loads(meaning.answer)
    family = ctx.roster.family(ctx.person.family_id) if ctx.person is not None else None
    pupils = [pupil for pupil in family.pupils if pupil.id in numbers] if family is not None else []
    days = [date.fromisoformat(day) for day in (first, last)]
    also = tuple((date.fromisoformat(begin), date.fromisoformat(end)) for begin, end in more)
    said = SaidAbsence(Kind(kind), days[0], days[1], bounded, Reason(reason), (), True, True, also)
    _record(ctx, said, pupils, source)


@command("ill", names_people=True)
def say_ill(ctx: Context, text: str = "") -> None:
    """`!болеет до пятницы`; of staff, with the pupil's name."""
    if ctx.person is not None and ctx.person.role.is_staff:
        enter(ctx, text, Reason.ILL)
        return
    family = _family(ctx)
    said = _read(ctx, family, f"{IS_ILL} {text}")
    if is_part_of_day(text, said):
        raise InvalidArgument("absence-part-family")
    if said is None or said.kind is not Kind.AWAY or misses_days(text, said):
        raise InvalidArgument("absence-when", text=text)
    _record(ctx, said, _one_choice(said, family))


@command("back", names_people=True)
def say_back(ctx: Context, text: str = "") -> None:
    """`!выздоровел, завтра придём`; of staff, with the pupil's name."""
    if ctx.person is not None and ctx.person.role.is_staff:
        enter_return(ctx, text)
        return
    family = _family(ctx)
    said = _read(ctx, family, f"{IS_BACK} {text}")
    if said is None or said.kind is not Kind.BACK or misses_days(text, said):
        raise InvalidArgument("absence-when", text=text)
    away = _away_now(ctx, family, local(ctx.occurred, ctx.klass.zone).date())
    if not away:
        raise NotFound("absence-none")
    _record(ctx, said, away if not said.pupils else _one_choice(said, family))


def _read(ctx: Context, family: Family, text: str) -> SaidAbsence | None:
    today = local(ctx.occurred, ctx.klass.zone).date()
    return read_absence(text, [pupil.name for pupil in family.pupils], lambda said: read_days(ctx, said, ctx.occurred), today)


def read_days(view: View, text: str, at: int) -> tuple[date, date] | None:
    try:
        found: Days | None = view.read(Days, text, at=at)
    except UserError:
        return None  # of a part of a sentence, that is no mistake
    return (found.first, found.last) if found is not None else None


def _away_now(view: View, family: Family, today: date) -> list[Pupil]:
    """The family's pupils who are away or will be: on a weekend, also who was on Friday."""
    found = []
    for pupil in family.pupils:
        known = absences(store.of_pupil(view.klass.id, pupil.id), view.options.school_days)
        if any(returns_on(view, absence) > today for absence in known):
            found.append(pupil)
    return found


def _who(said: SaidAbsence, family: Family, likely: Sequence[Pupil]) -> list[list[Pupil]]:
    """Who may be meant: one list, or a choice of several."""
    if said.pupils and not said.everybody:
        return [[family.pupils[place] for place in said.pupils]]
    if said.everybody or len(likely) == 1:
        return [list(likely)]
    return [*([pupil] for pupil in likely), list(likely)]


def _one_choice(said: SaidAbsence, family: Family) -> list[Pupil]:
    choices = _who(said, family, family.pupils)
    if len(choices) > 1:
        name = given_name(family.pupils[0])
        raise InvalidArgument("absence-which-pupil", pupils=[given_name(pupil) for pupil in family.pupils], pupil=name)
    return choices[0]


def _meaning(view: View, said: SaidAbsence, pupils: Sequence[Pupil], message: MessageSent, *, sure: bool) -> Meaning:
    first, last = days_of(view, said, message.at)
    numbers = [pupil.id for pupil in pupils]
    source = message.event_id  # also where it is a later message that answers which is meant
    stretches = [[begin.isoformat(), end.isoformat()] for begin, end in stretches_of(view, said, message.at)]
    answer = json.dumps([said.kind, numbers, *stretches[0], said.bounded, said.reason, source, *stretches[1:]])
    names = [given_name(pupil) for pupil in pupils]
    key = "absence-label-back" if said.kind is Kind.BACK else "absence-label"
    if said.kind is Kind.AWAY and first == last:
        key = "absence-label-one"
    if len(stretches) > 1:
        held = [days for days in stretches_of(view, said, message.at) if has_school(view, *days)]
        label = view.text("absence-label-days", pupils=names, days=[stretch_text(view, *days, None) for days in held])
        return Meaning(_ABOUT, answer, label, sure=sure)
    return Meaning(_ABOUT, answer, view.text(key, pupils=names, first=first, last=last, back=first), sure=sure)


def _family(ctx: Context) -> Family:
    family = ctx.roster.family(ctx.person.family_id) if ctx.person is not None else None
    if family is None or ctx.person is None or ctx.person.role is not Role.GUARDIAN:
        raise NotFound("absence-whose")
    return family


def _record(ctx: Context, said: SaidAbsence, pupils: Sequence[Pupil], source: EventId | None = None) -> None:
    """Write it down for each pupil, and answer once."""
    answer(ctx, said, [record(ctx, statements(ctx, pupil, said, proxy=False, source=source), pupil) for pupil in pupils])


def answer(ctx: Context, said: SaidAbsence, done: Sequence[Recorded]) -> None:
    """Say to the family what is noted now."""
    if not done:
        return
    pupils = [one.pupil for one in done]
    held = done[0].absences
    if not held:
        reply(ctx, "absence-back", pupils=[given_name(pupil) for pupil in pupils], back=days_of(ctx, said, ctx.occurred)[0])
        return
    key = "absence-recorded" if any(one.new for one in done) else "absence-known"
    reply_away(ctx, key, pupils, held)


def reply_away(ctx: Context, key: str, pupils: Sequence[Pupil], held: Sequence[Absence]) -> None:
    key, values = worded(ctx, key, held, ctx.language)
    names, reason = [given_name(pupil) for pupil in pupils], reason_text(ctx, held[0].reason, ctx.language)
    reply(ctx, key, pupils=names, reason=reason, **values)


def reply(ctx: Context, key: str, **values: object) -> None:
    """Here, where families do not read; else in the desk."""
    if ctx.room.role in ("desk", "private"):
        ctx.reply(key, **values)
    else:
        ctx.reply_privately(key, **values)
