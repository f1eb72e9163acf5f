"""What staff call off, and why: "чт: болею", "чт, пт", "всё", "чт 16:00 – педсовет", "3, 4: педсовет".

What is called off is the longest beginning that can be read; the rest is the reason. A colon in a time of day
parts nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeVar

from classroom_matrix.api import Context, Days
from classroom_matrix.domain.people import Family
from classroom_matrix.errors import UserError, WhoIsMeant

from .vocabulary import folded, vocabulary
from .words import Clock, Target, names_day, slot_said

T = TypeVar("T")

MOST_REASON = 300  # characters
_LONGEST = 12  # words of days or times
_GAP = re.compile(r"\s*(?:(?<!\d):|:(?!\d\d(?!\d))|\s[–—-]\s|,|;|\n)\s*")
_ITEMS = re.compile(r"\s*(?:[,;+&]|\s(?:и|and|а также|as well as)\s)\s*", re.IGNORECASE)
_NUMBERS = re.compile(r"(?:(?:с|from)\s+)?[№#]?\s*(\d{1,2})\s*(?:[–—-]|\s(?:по|до|to)\s)\s*[№#]?(\d{1,2})", re.IGNORECASE)
_HOURS = re.compile(
    r"(?P<day>.*?)(?:(?:с|from)\s+)?(?P<h1>\d{1,2})[:.](?P<m1>\d\d)\s*(?:[–—-]|\s(?:по|до|to|till)\s)\s*(?P<h2>\d{1,2})[:.](?P<m2>\d\d)",
    re.IGNORECASE,
)
_CANCEL = re.compile(r"^(?:отменить|отмена|отменяю|cancel)\s+", re.IGNORECASE)  # "!запись болею: отменить всё"


@dataclass(frozen=True, slots=True)
class Between:
    """The slots from one time of day to another; `target` says of which day."""

    target: Target
    start: Clock
    end: Clock

    def has(self, begins: datetime, ends: datetime) -> bool:
        """Whether a slot lies between; "4:00–5:00" may be in the afternoon, too."""
        return any(
            self._at(self.start, later) <= (begins.hour, begins.minute)
            and (ends.hour, ends.minute) <= self._at(self.end, later)
            for later in (0, 12)
        )

    @staticmethod
    def _at(clock: Clock, later: int) -> tuple[int, int]:
        return clock.hour + (later if 0 < clock.hour < 8 else 0), clock.minute


SlotSaid = Target | Between


@dataclass(frozen=True, slots=True)
class CalledOff:
    """`everything`: all days; `days`: stretches of days; `slots`: times; nothing of these: it is not said what."""

    everything: bool = False
    days: tuple[Days, ...] = ()
    slots: tuple[SlotSaid, ...] = ()
    reason: str = ""


def read_called_off(ctx: Context, words: str) -> CalledOff | None:
    """A day, days, everything, or times; None where it is said in words that cannot be read."""
    said = _CANCEL.sub("", words.strip())
    if not said:
        return CalledOff()
    found = _first(said, lambda head: _days_or_slots(ctx, head), spaces=True)
    if found is not None:
        called, reason = found
        is_told = called.everything or called.days or called.slots
        # "Запись Калининой" and "всё Калининой" are one family's; behind a comma or a colon stands why.
        if reason and not is_told and not _is_reason(ctx, reason):
            return None
        if reason and _GAP.search(said) is None and names_family(ctx, reason) is not None:
            return None
        return replace(called, reason=reason)
    return CalledOff(reason=_short(said)) if _is_reason(ctx, said) else None


def read_slots(ctx: Context, words: str) -> tuple[tuple[SlotSaid, ...], str] | None:
    """Times, such as "3", "чт 16:00 и 16:15", "3–5", or a day alone; and the reason."""
    found = _first(words.strip(), lambda head: slots_said(ctx, head), spaces=False)
    return found or _first(words.strip(), lambda head: _timed(slots_said(ctx, head)), spaces=True)


def names_family(ctx: Context, text: str) -> str | None:
    """The first word that is likely somebody of a family."""
    words: list[str] = re.findall(r"[^\W\d_][\w-]+", text)
    for word in words:
        try:
            if ctx.read(Family, word) is not None:
                return word
        except WhoIsMeant as problem:  # of a small word that only resembles a name, nobody's
            if word[:1].isupper() or problem.key == "core-family-ambiguous":
                return word
        except UserError:
            continue
    return None


def _first(text: str, read: Callable[[str], T | None], *, spaces: bool) -> tuple[T, str] | None:
    """What the longest beginning that can be read means, and the rest."""
    for head, rest in _beginnings(text, spaces=spaces):
        found = read(head)
        if found is not None:
            return found, _short(rest)
    return None


def _beginnings(text: str, *, spaces: bool) -> Iterator[tuple[str, str]]:
    cuts = {(len(text), len(text))} | {gap.span() for gap in _GAP.finditer(text)}
    if spaces:
        cuts |= {gap.span() for gap, _ in zip(re.finditer(r"\s+", text), range(_LONGEST), strict=False)}
    for end, start in sorted(cuts, reverse=True):
        head, rest = text[:end].strip(" :,;–—-"), text[start:].strip(" :,;–—-")
        if head:
            yield head, rest


def _days_or_slots(ctx: Context, head: str) -> CalledOff | None:
    words = [word for word in folded(head).split() if word not in vocabulary(ctx).things and word not in _around(ctx)]
    everything = _everything(ctx)
    if " ".join(words) in everything:
        return CalledOff(everything=True)
    if not words:
        return CalledOff()
    while words and words[0] in everything:  # "всё в пятницу"
        words = words[1:]
    plain = " ".join(words)
    days = _days(ctx, head) or _days(ctx, plain)
    if days:
        return CalledOff(days=days)
    slots = slots_said(ctx, head) or slots_said(ctx, plain)
    return CalledOff(slots=slots) if slots else None


def _days(ctx: Context, head: str) -> tuple[Days, ...]:
    """Stretches of days; several between commas and "и"."""
    items = [_stretch(ctx, item) for item in _ITEMS.split(head) if item]
    if items and all(item is not None for item in items):
        return tuple(item for item in items if item is not None)
    whole = _stretch(ctx, head)
    return (whole,) if whole is not None else ()


def _stretch(ctx: Context, said: str) -> Days | None:
    try:
        found: Days | None = ctx.read(Days, said, at=ctx.occurred)
    except UserError:
        return None
    return found


def slots_said(ctx: Context, head: str) -> tuple[SlotSaid, ...] | None:
    """Times between commas and "и"; a day holds for the times behind it."""
    found: list[SlotSaid] = []
    day = Target()
    for item in _ITEMS.split(head):
        read = _items(ctx, item)
        if not read:
            return None
        for each in read:
            target = each.target if isinstance(each, Between) else each
            if target.has_day:
                day = Target(weekday=target.weekday, shift=target.shift, dated=target.dated)
            elif day.has_day:
                whole = replace(target, weekday=day.weekday, shift=day.shift, dated=day.dated)
                each = replace(each, target=whole) if isinstance(each, Between) else whole  # noqa: PLW2901
            found.append(each)
    return tuple(found) or None


def _items(ctx: Context, item: str) -> list[SlotSaid]:
    numbers = _NUMBERS.fullmatch(item)
    if numbers:
        first, last = int(numbers[1]), int(numbers[2])
        return [Target(number=number) for number in range(first, last + 1)]
    hours = _HOURS.fullmatch(item)
    if hours:
        day = slot_said(hours["day"], vocabulary(ctx)) if hours["day"].strip() else Target()
        start, end = Clock(int(hours["h1"]), int(hours["m1"])), Clock(int(hours["h2"]), int(hours["m2"]))
        return [Between(day, start, end)] if day is not None and (day.is_day_alone or not day.has_day) else []
    target = slot_said(item, vocabulary(ctx))
    return [target] if target is not None else []


def _timed(slots: Sequence[SlotSaid] | None) -> tuple[SlotSaid, ...] | None:
    """Where only a space parts the reason from them, they have to be times of day: "3 класс" is no slot."""
    plain = slots and all(isinstance(each, Between) or (each.clock is not None and each.number is None) for each in slots)
    return tuple(slots) if slots and plain else None


def _is_reason(ctx: Context, said: str) -> bool:
    """Whether words can only be why, and neither which day, nor whose booking."""
    return not re.search(r"\d", said) and not names_day(said) and names_family(ctx, said) is None


def _everything(ctx: Context) -> set[str]:
    return {folded(word) for word in ctx.listed("consultations-slots-words-all")}


def _around(ctx: Context) -> set[str]:
    return {folded(word) for word in ctx.listed("consultations-slots-words-called-off")}


def _short(reason: str) -> str:
    return reason.strip()[:MOST_REASON]


def is_within(days: Sequence[Days], day: date) -> bool:
    return any(each.first <= day <= each.last for each in days)
