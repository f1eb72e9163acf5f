"""Which sheet and which duty somebody means."""

from __future__ import annotations

import re
from collections.abc import Sequence

from classroom_matrix.api import Context, Days, View
from classroom_matrix.api.contracts import OccasionOfEvent, OpenOccasions
from classroom_matrix.domain.ids import EventId, FamilyId
from classroom_matrix.errors import InvalidArgument, NotFound, UserError

from . import store
from .asking import store as asking_store
from .cards import duty_card
from .domain import HELD, NEXT, OFFER, Duty, Sheet, days_of, position_of
from .naming import called, sheet_called
from .proposal_card import proposal_card
from .wording import alike, fold, names

_SHOWN = 6
_FOR = frozenset({"на", "для", "к", "ко", "по", "с", "со", "for", "at", "to", "the"})
"""Between a role and its occasion."""


def sheet_replied_to(ctx: Context) -> Sheet | None:
    """The sheet whose card, proposal or letter the command was written in reply to, or whose event's card or letter."""
    if ctx.reply_to is None:
        return None
    own = sheet_in(ctx, ctx.reply_to)
    if own is not None:
        return own
    occasion = ctx.ask(OccasionOfEvent(ctx.reply_to))
    return None if occasion is None else store.sheet_of(ctx.klass.id, occasion)


def occasion_replied_to(ctx: Context) -> str | None:
    """The name of the occasion that a command was written in reply to; also where it has no duties yet."""
    if ctx.reply_to is None:
        return None
    own = sheet_in(ctx, ctx.reply_to)
    return ctx.ask(OccasionOfEvent(ctx.reply_to)) if own is None else own.occasion or None


def sheet_in(ctx: Context, event_id: EventId) -> Sheet | None:
    """The sheet that a message of ours is about: a card, a proposal, a letter, a reminder."""
    subject = ctx.subject(event_id)
    if subject is None:
        return None
    if subject.kind == duty_card.name:
        return store.sheet(ctx.klass.id, int(subject.id))
    if subject.kind == proposal_card.name and (proposal := asking_store.proposal(ctx.klass.id, int(subject.id))):
        return store.sheet(ctx.klass.id, proposal.sheet)
    if subject.kind in (OFFER, NEXT):
        offer = asking_store.offer(int(subject.id))
        duty = store.duty(ctx.klass.id, offer.duty) if offer is not None else None
    else:
        duty = store.duty(ctx.klass.id, int(subject.id)) if subject.kind == HELD else None
    return None if duty is None else duty.sheet


def sheet_meant(ctx: Context, number: int | None, example: str) -> Sheet:
    """The sheet of an occasion: by number, by replying, or because only one is open.

    Args:
        number: as the person wrote it, if they did.
        example: text of the catalogue with a command in it and the value `number`.

    Raises:
        NotFound: there are no duties there, or none at all.
        InvalidArgument: several are open, and it is not said which is meant.
    """
    if number is not None:
        found = store.numbered(ctx.klass.id, number)
        if found is None:
            raise NotFound("duties-none-for", number=str(number))
        return found
    if (replied := sheet_replied_to(ctx)) is not None:
        return replied
    _refuse_without_duties(ctx)
    open_ = [each for each in store.open_sheets(ctx.klass.id) if not each.is_series]
    if not open_:
        raise NotFound("duties-none-open")
    if len(open_) > 1:
        number = next((each.number for each in reversed(open_) if each.number is not None), 1)
        again = ctx.text(example, language=ctx.language, number=str(number))
        listed = ", ".join(sheet_called(ctx, each, ctx.language) for each in open_)
        raise InvalidArgument("duties-which-occasion", occasions=listed, example=again)
    return open_[0]


def _refuse_without_duties(ctx: Context) -> None:
    """Raises NotFound: the occasion that is replied to has no duties, so that those of another one are not meant."""
    name = occasion_replied_to(ctx)
    occasion = next((each for each in ctx.ask(OpenOccasions()) or () if each.name == name), None)
    if occasion is not None:
        raise NotFound("duties-none-for", number=str(occasion.number))


def duties_replied_to(ctx: Context) -> list[Duty] | None:
    """Those of the sheet that is replied to; None where none is.

    Raises:
        NotFound: it is an occasion without duties.
    """
    replied = sheet_replied_to(ctx)
    if replied is None:
        _refuse_without_duties(ctx)
    return None if replied is None else store.duties(replied)


def sheet_named(ctx: Context, said: str) -> Sheet:
    """The sheet that a number or some words of a title mean.

    Raises:
        NotFound: there are no such duties.
    """
    number = said.strip(" №#.")
    if number.isdecimal():
        return sheet_meant(ctx, int(number), "")
    found = [sheet for sheet in store.open_sheets(ctx.klass.id) if not sheet.is_series and names(said, sheet.title)]
    if not found:
        raise NotFound("duties-none-called", text=said)
    return found[0]


def series_meant(ctx: Context, title: str | None) -> Sheet:
    """A series by words of its title, by replying, or because there is only one.

    Raises:
        NotFound: there is none.
        InvalidArgument: several fit.
    """
    found = store.series(ctx.klass.id)
    if title:
        found = [each for each in found if names(title, each.title)] or _none_of(title)
    elif (replied := sheet_replied_to(ctx)) is not None and replied.is_series:
        return replied
    if not found:
        raise NotFound("duties-no-series")
    if len(found) > 1:
        raise InvalidArgument("duties-which-series", series=", ".join(each.title for each in found))
    return found[0]


def _none_of(title: str) -> list[Sheet]:
    raise NotFound("duties-unknown-series", text=title)


def duties_named(view: View, said: str, duties: Sequence[Duty]) -> list[Duty]:
    """Duties that words mean: a role by its number or title; a part of a series by its title, its days, or both."""
    position = position_of(said)
    if position is not None:
        return [duty for duty in duties if not duty.sheet.is_series and duty.number == position]
    roles = [duty for duty in duties if not duty.sheet.is_series]
    found = [duty for duty in roles if fold(duty.title) == fold(said)] or [duty for duty in roles if names(said, duty.title)]
    found = found or [duty for duty in roles if _names_with_occasion(said, duty)]
    return found or _parts_of_series(view, said, [duty for duty in duties if duty.sheet.is_series])


def _names_with_occasion(said: str, duty: Duty) -> bool:
    """Whether words are a role and its occasion: "чай на каток"."""
    words = [word for word in re.findall(r"\w+", fold(said)) if word not in _FOR]
    is_role = any(names(word, duty.title) for word in words)
    return is_role and names(" ".join(words), f"{duty.title} {duty.sheet.title}")


def roles_among(said: str, duties: Sequence[Duty]) -> list[Duty]:
    """Roles whose whole title is somewhere in what is said, beside other words: "чай, заболели"."""
    return [duty for duty in duties if not duty.sheet.is_series and names(duty.title, said)]


def _parts_of_series(view: View, said: str, duties: Sequence[Duty]) -> list[Duty]:
    found: list[Duty] = []
    for sheet_id in dict.fromkeys(duty.sheet.id for duty in duties):
        parts = [duty for duty in duties if duty.sheet.id == sheet_id]
        left = without_name(view, said, parts[0].sheet.title)
        if not left:
            found += parts
        elif (days := _days(view, " ".join(left))) is not None:
            spans = [(duty, days_of(duty, view.klass.zone)) for duty in parts]
            found += [duty for duty, span in spans if span and span[0] <= days.last and days.first <= span[1]]
    return found


def is_by_days_alone(view: View, said: str, duty: Duty) -> bool:
    """Whether words mean a part of a series by nothing but its days: "завтра" may be about anything."""
    return duty.sheet.is_series and len(without_name(view, said, duty.sheet.title)) == len(fold(said).split())


def is_on_days(view: View, said: str, duty: Duty) -> bool:
    """Whether words are days, and the duty is on one of them; the name of its weekday may be meant for it, too."""
    days, span = _days(view, fold(said)), days_of(duty, view.klass.zone)
    if days is None or span is None:
        return False
    is_weekday = days.first == days.last and span[0] == span[1] and not any(letter.isdigit() for letter in said)
    return (span[0] <= days.last and days.first <= span[1]) or (is_weekday and days.first.weekday() == span[0].weekday())


def without_name(view: View, said: str, title: str) -> list[str]:
    """The words that are not part of a series' name."""
    words = view.text("duties-series-words")
    own = re.findall(r"\w+", fold(f"{title} {words}"))
    return [word for word in fold(said).split() if not any(alike(word.strip(".,"), each) for each in own)]


def _days(view: View, text: str) -> Days | None:
    if not any(letter.isdigit() for letter in text) and len(text.split()) > 3:
        return None
    try:
        found: Days | None = view.read(Days, text)
    except UserError:
        return None
    return found


def duty_meant(ctx: Context, said: str, duties: Sequence[Duty], *, prefer: Sequence[int] = ()) -> Duty:
    """The one duty that words of a command mean.

    Args:
        prefer: IDs of duties; where several fit, these are meant, and of a series the nearest of them.

    Raises:
        NotFound: none fits.
        InvalidArgument: several do.
    """
    found = duties_named(ctx, said, duties)
    preferred = [duty for duty in found if duty.id in prefer] or found
    if not preferred:
        raise NotFound("duties-unknown-duty", text=said, duties=_listed(ctx, duties))
    if len(preferred) > 1 and all(duty.sheet.id == preferred[0].sheet.id and duty.sheet.is_series for duty in preferred):
        return min(preferred, key=lambda duty: duty.begins or 0)
    if len(preferred) > 1:
        raise InvalidArgument("duties-which-duty", text=said, duties=_listed(ctx, preferred))
    return preferred[0]


def held_ids(ctx: View, family: FamilyId) -> list[int]:
    return [hold.duty for hold in store.held_by(ctx.klass.id, family)]


def _listed(ctx: Context, duties: Sequence[Duty]) -> str:
    shown = [duty for duty in duties if not duty.sheet.is_series] or list(duties)
    said = [called(ctx, duty, ctx.language) for duty in shown[:_SHOWN]]
    return ", ".join(said) + ("…" if len(shown) > _SHOWN else "")
