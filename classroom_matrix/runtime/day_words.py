"""One day as people write it: "пятница", "20.11", "3 марта 2027", "20-го", "послезавтра", "next Friday", "3 days ago".

`dateparser` (see `moments`) looks ahead only and does not know Russian cases; days also lie behind us, and half of one may
stand in the other half of "с 3 по 7 марта". So what is said (`read`) is kept apart from what it means (`SaidDay.candidates`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import MAXYEAR, MINYEAR, date, timedelta

WEEKDAYS = {
    form: day
    for day, forms in enumerate(
        (
            "понедельник понедельника понедельнику пн mon monday",
            "вторник вторника вторнику вт tue tues tuesday",
            "среда среды среду среде ср wed wednesday",
            "четверг четверга четвергу чт thu thur thurs thursday",
            "пятница пятницы пятницу пятнице пт fri friday",
            "суббота субботы субботу субботе сб sat saturday",
            "воскресенье воскресенья воскресенью воскресение вс sun sunday",
        )
    )
    for form in forms.split()
}
_MONTHS = {
    form: month
    for month, forms in enumerate(
        (
            "январь января январе янв january jan",
            "февраль февраля феврале фев февр february feb",
            "март марта марте мар march mar",
            "апрель апреля апреле апр april apr",
            "май мая мае may",
            "июнь июня июне june jun",
            "июль июля июле july jul",
            "август августа августе авг august aug",
            "сентябрь сентября сентябре сен сент september sep sept",
            "октябрь октября октябре окт october oct",
            "ноябрь ноября ноябре ноя нояб november nov",
            "декабрь декабря декабре дек december dec",
        ),
        1,
    )
    for form in forms.split()
}
_SHIFTS = {"сегодня": 0, "завтра": 1, "послезавтра": 2, "вчера": -1, "позавчера": -2,
           "today": 0, "tomorrow": 1, "yesterday": -1}  # fmt: skip
_WEEKS = {
    form: week
    for week, forms in (
        (1, "следующий следующая следующую следующей следующего следующее next"),
        (0, "этот эта эту этой этого это ближайший ближайшая ближайшую ближайшей ближайшее this coming"),
        (-1, "прошлый прошлая прошлую прошлой прошлого прошлое last"),
    )
    for form in forms.split()
}
_FILLERS = frozenset(["в", "во", "на", "к", "ко", "за", "on", "of", "by", "the", "г", "год", "года", "числа", "число", "числу"])
_COUNTS = {"один": 1, "одну": 1, "a": 1, "an": 1, "one": 1, "два": 2, "две": 2, "two": 2, "пару": 2, "три": 3, "three": 3,
           "четыре": 4, "four": 4, "пять": 5, "five": 5, "шесть": 6, "six": 6, "семь": 7, "seven": 7, "десять": 10,
           "ten": 10}  # fmt: skip
_UNITS = (
    (re.compile(r"день|дня|дней|days?"), 1),
    (re.compile(r"недел[яюией]|недель|weeks?"), 7),
)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DOTTED = re.compile(r"(\d{1,2})[./](\d{1,2})(?:[./](\d{4}|\d{2}))?")
_ORDINAL = re.compile(r"(\d{1,2})(?:-?(?:го|е|ое|му|й)|st|nd|rd|th)")
_MONTHS_AROUND = 13  # on both sides: where the 31st is looked for


class Unclear(ValueError):
    """There is no such day: "31 февраля", "пт, 21 ноября" where that is never a Friday."""


@dataclass(frozen=True, slots=True)
class SaidDay:
    """What was said of a day. `shift`: in days from today; `week`: 1 next, 0 this, -1 last; `alone`: a number and no more."""

    day: int | None = None
    month: int | None = None
    year: int | None = None
    weekday: int | None = None
    week: int | None = None
    shift: int | None = None
    alone: bool = False

    @property
    def is_weekday(self) -> bool:
        return self.weekday is not None and self.day is None and self.shift is None

    @property
    def is_of_some_year(self) -> bool:
        """Whether a day and a month are named, and neither the year nor a weekday, which would tell it."""
        return self.month is not None and self.year is None and self.weekday is None

    def with_month_of(self, other: SaidDay) -> SaidDay:
        """A number takes the month that stands at the other end: "3" of "3–7 марта"."""
        if self.day is None or self.month is not None or other.month is None:
            return self
        return replace(self, month=other.month, year=self.year or other.year, alone=False)

    def candidates(self, today: date) -> list[date]:
        """Every day near `today` that this may mean, earliest first.

        Raises:
            Unclear: there is none.
        """
        found = sorted(day for day in self._possible(today) if self.weekday is None or day.weekday() == self.weekday)
        if not found:
            raise Unclear
        return found

    def _possible(self, today: date) -> Iterator[date]:
        if self.shift is not None:
            yield today + timedelta(days=self.shift)
        elif self.day is not None and self.month is not None:
            for year in [self.year] if self.year else range(today.year - 2, today.year + 3):
                yield from _day(year, self.month, self.day)
        elif self.day is not None:
            for month in range(-_MONTHS_AROUND, _MONTHS_AROUND + 1):
                count = today.year * 12 + today.month - 1 + month
                yield from _day(count // 12, count % 12 + 1, self.day)
        elif self.weekday is not None:
            yield from self._of_week(self.weekday, today)

    def _of_week(self, weekday: int, today: date) -> Iterator[date]:
        monday = today - timedelta(days=today.weekday())
        if self.week == 1:  # of the calendar week after this one
            yield monday + timedelta(days=7 + weekday)
        elif self.week == -1:
            yield today - timedelta(days=(today.weekday() - weekday - 1) % 7 + 1)
        else:
            for week in (-2, -1, 0, 1, 2):
                yield monday + timedelta(days=7 * week + weekday)


def _day(year: int, month: int, day: int) -> Iterator[date]:
    if MINYEAR <= year <= MAXYEAR:
        try:
            yield date(year, month, day)
        except ValueError:
            return


def normal(text: str) -> str:
    """What counts in a text: letters' case, ё, commas and marks at the ends do not."""
    said = " ".join(text.casefold().replace("ё", "е").replace(",", " ").replace("\N{MINUS SIGN}", "-").split())
    said = said.strip(" .!;:()?")
    return (
        said.replace("the day after tomorrow", "послезавтра")
        .replace("day after tomorrow", "послезавтра")
        .replace("the day before yesterday", "позавчера")
        .replace("day before yesterday", "позавчера")
    )


def read(text: str) -> SaidDay | None:
    """What `text` (normal) says of a day; None if some of it belongs to no day, or it is not enough to be one."""
    words = [word for word in (word if word[:1].isdigit() else word.rstrip(".") for word in text.split()) if word]
    numbered = any(word in ("числа", "число", "числу") for word in words)
    words = [word for word in words if word not in _FILLERS]
    said = _counted(words)
    if said is None:
        said = SaidDay()
        for word in words:
            more = _word(word)
            if more is None or any(getattr(said, name) is not None for name in more):
                return None
            said = replace(said, **more)  # type: ignore[arg-type] # of numbers only
    if said.weekday is not None and said.week is not None and said.day is not None:
        return None
    telling = said.shift is not None or said.weekday is not None or (said.day is not None and said.month is not None)
    if telling:
        return said if said.year is None or said.month is not None else None
    if said.day is None or said.year is not None or said.week is not None:
        return None
    return replace(said, alone=not (numbered or bool(_ORDINAL.fullmatch(words[0]))))


def _word(word: str) -> dict[str, int] | None:
    """The parts of a day that one word tells."""
    for name, words in (("weekday", WEEKDAYS), ("month", _MONTHS), ("shift", _SHIFTS), ("week", _WEEKS)):
        if word in words:
            return {name: words[word]}
    if found := _ISO.fullmatch(word):
        return {"year": int(found[1]), "month": int(found[2]), "day": int(found[3])}
    word = word.rstrip(".")
    if found := _DOTTED.fullmatch(word):
        year = {"year": int(found[3]) + (2000 if len(found[3]) == 2 else 0)} if found[3] else {}
        return {"day": int(found[1]), "month": int(found[2]), **year}
    if found := _ORDINAL.fullmatch(word) or re.fullmatch(r"(\d{1,2})", word):
        return {"day": int(found[1])}
    return {"year": int(word)} if re.fullmatch(r"20\d\d", word) else None


def _counted(words: list[str]) -> SaidDay | None:
    """As "через 3 дня", "in a week", "2 days ago"."""
    ahead = bool(words) and words[0] in ("через", "in")
    ago = bool(words) and words[-1] in ("назад", "ago")
    if ahead == ago:
        return None
    days = count_of_days(words[1:] if ahead else words[:-1])
    return None if days is None else SaidDay(shift=days if ahead else -days)


def count_of_days(words: list[str]) -> int | None:
    """The days of "3 дня", "неделю", "two weeks"."""
    if not 1 <= len(words) <= 2:
        return None
    count = 1 if len(words) == 1 else _COUNTS.get(words[0])
    if count is None and re.fullmatch(r"\d{1,3}", words[0]):
        count = int(words[0])
    days = next((days for unit, days in _UNITS if unit.fullmatch(words[-1])), None)
    return count * days if count and days else None


def month_named(word: str) -> int | None:
    """The number of a month that is called so in some case."""
    return _MONTHS.get(word)
