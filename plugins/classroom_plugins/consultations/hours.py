"""Reading what is opened: "чт 16:00–18:00 по 15 мин, перерыв 17:00–17:10, каб. 12, запись до ср 20:00"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time
from itertools import pairwise
from zoneinfo import ZoneInfo

from classroom_matrix.api import Day, Length, Period, View, When
from classroom_matrix.domain.people import Family
from classroom_matrix.domain.time import at_local
from classroom_matrix.errors import InvalidArgument, UserError, WhoIsMeant

from .domain import LONGEST, SHORTEST
from .times import cut, milliseconds

USUAL = 15
"""Minutes of a slot where nothing is said."""
MOST_PER_PUPIL = 4
_MOST_PLACE = 120  # characters
_MINUTE = 60_000
_MINUTES = " мин"
_HOUR = ("часу", "час")  # "по часу"
_WORDS_OF_A_MOMENT = 6

_CLOCK = r"\d{1,2}(?:[:.]\d{2})?\s*(?:[ap]\.?m\.?(?!\w))?"
_RANGE = rf"(?:с\s+|from\s+)?{_CLOCK}\s*(?:[–—-]|до|to|till|until)\s*{_CLOCK}"
_FLAGS = re.IGNORECASE
_BREAK = re.compile(rf"(?<!\w)(?:перерыв\w*|пауза|break\w*|pause)\s*:?\s*({_RANGE}(?:\s*(?:,|и|and)\s*{_RANGE})*)", _FLAGS)
_ONE_RANGE = re.compile(
    r"(?P<h1>\d{1,2})(?:[:.](?P<m1>\d{2}))?\s*(?:(?P<p1>[ap])\.?m\.?)?\s*(?:[–—-]|до|to|till|until)\s*"
    r"(?P<h2>\d{1,2})(?:[:.](?P<m2>\d{2}))?\s*(?:(?P<p2>[ap])\.?m\.?)?",
    _FLAGS,
)
_UNTIL = re.compile(
    r"(?:(?P<sure>запись|записаться|записываться|booking|book)\s+)?(?<!\w)(?:до|until|till|by)\s+(?P<moment>[^,;\n]+)", _FLAGS
)
_LENGTH = re.compile(
    r"(?<!\w)(?:(?:по|каждые|каждый|every|each)\s+)?(?P<length>\d{1,3}\s*-?\s*(?:мин(?:ут\w*)?|min(?:ute)?s?)(?!\w)\.?)|"
    r"(?<!\w)(?:по|каждые|каждый|every|each)\s+(?P<plain>\d{2,3})(?!\d|[:.]\d)|"
    r"(?<!\w)(?:по|каждые|every)\s+(?P<words>полчаса|часу|час(?!\w)|half an hour|an hour|hour)",
    _FLAGS,
)
_PER_PUPIL = re.compile(
    r"(?<!\w)(?:по|up to|max)\s+(?P<first>\d)(?!\d|\s*(?:мин|min|[:.]\d))(?:\s*(?:раза?|слота?|места?|slots?|times?|each))?"
    r"(?:\s+(?:на\s+(?:ученика|ребенка|ребёнка|семью)|per\s+(?:pupil|child|family)))?(?!\w)|"
    r"(?<!\w)(?P<second>\d)\s+per\s+(?:pupil|child|family)(?!\w)",
    _FLAGS,
)
_DOUBLE = re.compile(
    r"(?<!\w)(?:двойн\w+|double)(?:\s+(?:слот\w*|slots?|время))?(?:\s+(?:для|for)\s+(?:двойня\w*|близнец\w*|двойн\w*|twins))?",
    _FLAGS,
)
_NAMED_PLACE = re.compile(r"(?<!\w)(?:место|где|place|where)\s*:\s*(?P<place>[^,;\n]+)", _FLAGS)
_PLACE = re.compile(
    r"(?<!\w)(?P<place>(?:каб(?:инет\w*)?\.?|ауд(?:итория)?\.?|room)\s*№?\s*[\w-]+|"
    r"(?:(?:видео)?звон\w+|созвон|онлайн|online|(?:video\s?)?call|по телефону|by phone|в школе|at school)(?:\s+https?://\S+)?|"
    r"https?://\S+)",
    _FLAGS,
)
_DATE = re.compile(
    r"\d{1,2}(?:\.(?:0?[1-9]|1[0-2])(?!\d)|(?:-?го|st|nd|rd|th)?\s+(?:янв|фев|мар|апр|ма[яй]|июн|июл|авг|сен|окт|ноя|дек|jan|feb|"
    r"mar|apr|may|jun|jul|aug|sep|oct|nov|dec))",
    _FLAGS,
)
_HOURS_BEGUN = re.compile(r"(?<!\w)(?:с|со|from)\s+\d[\d:.]*\s*(?:ч\w*|[ap]m)?\s*$", _FLAGS)
_PREPOSITION = re.compile(r"^(?:на|в|во|к|for|on)\s+", _FLAGS)
_HOURS_AT_END = re.compile(r"(?:\s+(?:в|с|at|from))?\s+\d{1,2}(?:[:.]\d{2})?\s*(?:ч\w*|[ap]\.?m\.?)?$", _FLAGS)
_GLUE = re.compile(r"^[\s,.;:–—-]+|[\s,.;:–—-]+$|^\s*(?:и|and)\s+|\s+(?:и|and)\s*$")


@dataclass(frozen=True, slots=True)
class Opening:
    """What somebody wants to open. `times`: of the slots, in order, milliseconds; `length`: of the first, minutes."""

    times: tuple[tuple[int, int], ...]
    length: int
    place: str
    until: datetime | None
    per_pupil: int
    double: bool


def read_opening(view: View, text: str, *, at: int | None = None) -> Opening:
    """Read what follows the command. `at`: when it was written, milliseconds; now unless told.

    Raises:
        InvalidArgument: it cannot be read; the sentence tells which part, with an example.
    """
    reading = _Reading(view, at)
    reading.read(text)
    times = sorted(reading.times)
    if not times:
        raise InvalidArgument("consultations-slots-no-hours", example=view.text("consultations-slots-example"))
    for one, other in pairwise(times):
        if other[0] < one[1]:
            raise InvalidArgument("consultations-slots-hours-overlap")
    length = (times[0][1] - times[0][0]) // _MINUTE
    return Opening(tuple(times), length, reading.place, reading.until, reading.per_pupil, reading.double)


def _each(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Every place where a pattern fits, also inside of what it took before."""
    found = pattern.search(text)
    while found is not None:
        yield found
        found = pattern.search(text, found.start() + 1)


class _Reading:
    """One text being read, option by option; what is left over of each piece has to be hours."""

    def __init__(self, view: View, at: int | None) -> None:
        self.view = view
        self.at = at
        self.zone: ZoneInfo = view.klass.zone
        self.times: list[tuple[int, int]] = []
        self.place = ""
        self.until: datetime | None = None
        self.per_pupil = 1
        self.double = False
        self._breaks: list[re.Match[str]] = []

    def read(self, text: str) -> None:
        text = _BREAK.sub(self._take_break, text)
        text = _NAMED_PLACE.sub(self._take_place, text)
        text = _PLACE.sub(self._take_place, text)
        text = self._without_deadline(text)
        usual = self._length(text) or USUAL
        for line in re.split(r"[\n;]", text):
            length = self._length(line) or usual
            line = _DOUBLE.sub(self._take_double, _PER_PUPIL.sub(self._take_per_pupil, _LENGTH.sub(" ", line)))  # noqa: PLW2901
            for piece in self._pieces(line):
                self._cut(piece, length)

    def _pieces(self, line: str) -> Iterator[str]:
        """What is left of a line, between commas, without what only joins options."""
        for part in line.split(","):
            piece = part
            while (shorter := _GLUE.sub("", piece)) != piece:
                piece = shorter
            if piece:
                yield piece

    def _cut(self, piece: str, length: int) -> None:
        period = self.view.read(Period, piece, at=self.at)
        if period is None:
            self._explain(piece)
            raise InvalidArgument(
                "consultations-slots-not-understood", text=piece, example=self.view.text("consultations-slots-example")
            )
        breaks = [pause for found in self._breaks if (pause := self._pause(found, period)) is not None]
        start, end = milliseconds(period.start), milliseconds(period.end)
        times = cut(start, end, length * _MINUTE, breaks)
        if not times:
            raise InvalidArgument("consultations-slots-too-short", text=piece, minutes=length)
        self.times += times

    def _explain(self, piece: str) -> None:
        """What is missing, where that can be told.

        Raises:
            InvalidArgument: a day without hours, or with their beginning alone; a family.
        """
        said = _PREPOSITION.sub("", piece)
        day = _HOURS_AT_END.sub("", said).strip()
        if self._reads(Day, said) or (self._reads(Day, day) and self._reads(When, said)):
            raise InvalidArgument("consultations-slots-which-hours", day=day)
        name, _, rest = piece.partition(" ")
        if self._reads(Family, name) and not self._reads(Day, name):
            raise InvalidArgument("consultations-slots-for-whom", name=name, rest=rest.strip() or "3")

    def _reads(self, kind: type, said: str) -> bool:
        """Whether words are such an argument, or several could be meant by them."""
        try:
            return self.view.read(kind, said, at=self.at) is not None
        except WhoIsMeant:
            return True
        except UserError:
            return False

    # ── Options ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def _take_break(self, found: re.Match[str]) -> str:
        self._breaks += _ONE_RANGE.finditer(found[1])
        return " "

    def _take_place(self, found: re.Match[str]) -> str:
        said = " ".join(found["place"].split())[:_MOST_PLACE]
        self.place = f"{self.place}, {said}" if self.place else said
        return " "

    def _take_double(self, found: re.Match[str]) -> str:  # noqa: ARG002 - the shape that re.sub asks for
        self.double = True
        return " "

    def _take_per_pupil(self, found: re.Match[str]) -> str:
        self.per_pupil = int(found["first"] or found["second"])
        if not 1 <= self.per_pupil <= MOST_PER_PUPIL:
            raise InvalidArgument("consultations-slots-per-pupil", most=MOST_PER_PUPIL)
        return " "

    def _without_deadline(self, text: str) -> str:
        """Take the deadline out: "до ср 20:00" is one, "с 16 до 18" is none: it names a day, or says what ends then."""
        for found in _each(_UNTIL, text):
            words = found["moment"].split()
            of_hours = _HOURS_BEGUN.search(text, 0, found.start())
            if not found["sure"] and (of_hours or (words[0][:1].isdigit() and not _DATE.match(found["moment"]))):
                continue
            for count in range(min(len(words), _WORDS_OF_A_MOMENT), 0, -1):
                said = " ".join(words[:count])
                moment = self.view.read(When, said, at=self.at)
                if moment is not None:
                    self.until = moment
                    end = found.start("moment") + re.match(r"\s*".join(map(re.escape, words[:count])), found["moment"]).end()  # type: ignore[union-attr]
                    return f"{text[: found.start()]} {text[end:]}"
            if found["sure"]:
                raise InvalidArgument("core-argument-when", text=found["moment"])
        return text

    def _length(self, text: str) -> int | None:
        found = _LENGTH.search(text)
        if found is None:
            return None
        said = found["length"] or (found["plain"] + _MINUTES if found["plain"] else found["words"])
        said = said.replace(*_HOUR).replace("-", " ")
        length = self.view.read(Length, said, at=self.at)
        minutes = round(length.total_seconds() / 60) if length is not None else 0
        if not SHORTEST <= minutes <= LONGEST:
            raise InvalidArgument("consultations-slots-length", least=SHORTEST, most=LONGEST)
        return minutes

    def _pause(self, found: re.Match[str], period: Period) -> tuple[int, int] | None:
        """A break on the period's day; "5–5:10" in the afternoon where the period is."""
        for afternoon in (0, 12):
            start = self._at(period, found, "1", afternoon)
            end = self._at(period, found, "2", afternoon)
            if start is not None and end is not None and period.start <= start < end <= period.end:
                return milliseconds(start), milliseconds(end)
        return None

    def _at(self, period: Period, found: re.Match[str], number: str, afternoon: int) -> datetime | None:
        hour, minute = int(found[f"h{number}"]), int(found[f"m{number}"] or 0)
        part = (found[f"p{number}"] or found["p2"] or "").lower()
        hour = hour % 12 + (12 if part == "p" else 0) if part else hour + afternoon
        if hour > 23 or minute > 59:
            return None
        return at_local(datetime.combine(period.start.date(), time(hour, minute)), self.zone)
