"""What families write about slots: "3", "чт в 16:15", "первое свободное", "перенести на 5", "лист ожидания", "отмена".

Whole messages only: every word of one has to be known here, so that ordinary talk ("приду в 5, если успею") is none of ours.
What is given up may stand anywhere in one ("завтра на консультацию не придём").
What the words are: `vocabulary`.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from .pupils_named import without_pupils
from .vocabulary import Kind, Vocabulary, folded

LONGEST = 120  # characters
_SPELT = 5  # letters; shorter words resemble too much
_KEYCAP = "\N{VARIATION SELECTOR-16}\N{COMBINING ENCLOSING KEYCAP}"
_AFTERNOON = ("дня", "вечера", "pm")
_HOURS = ("час", "часов", "часа")
_PART = r"утра|дня|вечера|a\.?m\.?|p\.?m\.?"
_CLOCK = re.compile(
    rf"(?<![\d.:№#])(?:(?P<at>в|at|на|к)\s+)?(?P<hour>\d{{1,2}})(?:\s*[:.\-ч]\s*(?P<minute>[0-5]\d)|(?P<bare>\s+[0-5]\d)(?!\d))?"
    rf"(?:\s*(?:часов|часа|час|ч|o.?clock)(?!\w))?(?:\s*(?P<part>{_PART})(?!\w))?(?![\d.:])"
)
_NUMBER = re.compile(r"[№#]?\s*(\d{1,2})[.)]?")
_DOTTED = re.compile(r"(?<![\d.:])(\d{1,2})\.(0?[1-9]|1[0-2])(?![\d.:])")
_MONTHS = "янв фев мар апр ма июн июл авг сен окт ноя дек", "jan feb mar apr may jun jul aug sep oct nov dec"
_MONTH = {form: month for forms in _MONTHS for month, form in enumerate(forms.split(), start=1)}
_IN_WORDS = re.compile(rf"(?<![\d.:])(\d{{1,2}})(?:-?го|st|nd|rd|th)?\s+({'|'.join(_MONTH)})[^\W\d]*")
_WEEKDAYS = (
    "понедельник понедельника понедельнику пн mon monday",
    "вторник вторника вторнику вт tue tues tuesday",
    "среда среды среду среде ср wed wednesday",
    "четверг четверга четвергу чт thu thur thurs thursday",
    "пятница пятницы пятницу пятнице пт fri friday",
    "суббота субботы субботу субботе сб sat saturday",
    "воскресенье воскресенья воскресенью вс sun sunday",
)
_WEEKDAY = {form: day for day, forms in enumerate(_WEEKDAYS) for form in forms.split()}
_SHIFTS = {"сегодня": 0, "завтра": 1, "послезавтра": 2, "today": 0, "tomorrow": 1}
_LISTED = re.compile(r"(?<=\d)\s*,\s+(?=\d)")
_CLAUSES = re.compile(r"[,;!()]|\.(?=\s|$)|(?<=\s)[–—-](?=\s)")
_COMMAS = str.maketrans("\n", ",")
_NOT = frozenset(["не", "not", "don't"])
_BUT = frozenset(["но", "but", "however", "однако"])
_INFINITIVES = ("ть", "ти", "чь")  # "не смогу, к сожалению, принести …"
_MARKS = re.compile(r"[,;!?()«»\"]|\.(?=\s|$)|(?<=\s)[–—-](?=\s)")
_ASKING = frozenset(["ли"])
_TURNING = frozenset(
    ["не", "если", "бы", "чтобы", "как", "когда", "почему", "зачем", "if", "not", "don't", "unless", "how", "when", "why"]
)
"""What stands with a word of giving up where nothing is given up."""
_PREPOSITIONS = frozenset(["в", "во", "на", "к", "ко", "at", "on", "for", "to", "the"])


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day; without `part` "4:15" may be in the afternoon, too."""

    hour: int
    minute: int
    part: str = ""

    def means(self, hour: int, minute: int) -> bool:
        if minute != self.minute:
            return False
        if self.part in _AFTERNOON:
            return hour == self.hour % 12 + 12
        if self.part:
            return hour == self.hour % 12
        return hour == self.hour or (0 < self.hour < 8 and hour == self.hour + 12)


@dataclass(frozen=True, slots=True)
class Target:
    """Which slot is meant. `first`: the first free one. `number` and `clock` may both be possible: `by_clock` says which first.

    `weekday`: Monday is 0; `shift`: days from today; `dated`: (day, month).
    """

    number: int | None = None
    clock: Clock | None = None
    by_clock: bool = False
    first: bool = False
    weekday: int | None = None
    shift: int | None = None
    dated: tuple[int, int] | None = None

    @property
    def has_day(self) -> bool:
        return (self.weekday, self.shift, self.dated) != (None, None, None)

    @property
    def is_day_alone(self) -> bool:
        return self.has_day and not self.first and self.number is None and self.clock is None

    @property
    def is_dated_time(self) -> bool:
        """Whether day and time are said: that answers nothing else."""
        return self.has_day and self.clock is not None and self.by_clock

    def is_on(self, day: date, today: date) -> bool:
        if self.weekday is not None and day.weekday() != self.weekday:
            return False
        if self.shift is not None and day != today + timedelta(days=self.shift):
            return False
        return self.dated is None or (day.day, day.month) == self.dated


@dataclass(frozen=True, slots=True)
class Said:
    """`named`: it says what it is about (the booking, the waiting list); `asks`: it is a question, or may mean other things;
    `others`: slots that are said beside the target ("3 или 4").
    """

    kind: Kind
    target: Target | None = None
    named: bool = False
    asks: bool = False
    others: tuple[Target, ...] = ()


def read(text: str, known: Vocabulary, *, replies: bool = False, pupils: Collection[str] = ()) -> Said | None:
    """What a message means; None where it is none of ours. `replies`: to another message, which may say what it is about;
    `pupils`: first names of the family's.
    """
    if not 0 < len(text) <= LONGEST or "\n" in text.strip():
        return None
    keycap = text.strip().strip(_KEYCAP)
    if keycap == "🔟":
        return Said(Kind.PICK, Target(number=10))
    words = _MARKS.sub(" ", _LISTED.sub(f" {known.either[0]} ", folded(keycap))).split()
    asks = "?" in text or any(word in _ASKING for word in words)
    words = [word for word in words if word not in _ASKING]
    unnamed = without_pupils(words, known.whose, pupils)
    asks = asks or (len(unnamed) < len(words) and len(pupils) > 1)  # one of several: a slot may be for all of them
    said = _without(" ".join(unnamed), known.modest)
    found = (
        _given_up(said, known, replies=replies)
        or _read(said, known)
        or _answer(said, known)
        or _joins_the_line(said, known)
        or _given_up_for_a_reason(text, known)
        or _about_a_booking(said, known)
    )
    return replace(found, asks=asks) if found is not None and asks else found


def _read(said: str, known: Vocabulary) -> Said | None:
    polite = _without_opening(said, known)
    found = _phrase(said, known) or (_phrase(polite, known) if polite != said else None)
    if found is not None:
        return found
    target = _target(polite, known)
    if target is None:
        return _several(polite, known, said) or _whether_free(polite, known)
    return Said(Kind.PICK, target, named=any(word.startswith(known.names) for word in said.split()))


def _several(text: str, known: Vocabulary, said: str) -> Said | None:
    """More than one slot: "3 или 4", "запись 3 и 4"."""
    words = text.split()
    while words and words[0].startswith(known.names):
        words.pop(0)
    parts = re.split(rf"\s+(?:{'|'.join(map(re.escape, known.either))})\s+", " ".join(words))
    targets = [_target(part, known) for part in parts]
    found = [each for each in targets if each is not None and (each.number is not None or each.clock is not None)]
    if len(found) < max(2, len(parts)):
        return None
    return Said(Kind.PICK, found[0], any(word.startswith(known.names) for word in said.split()), others=tuple(found[1:]))


def _joins_the_line(said: str, known: Vocabulary) -> Said | None:
    """The waiting list with a verb before it: "встать в лист ожидания", "please add us to the waiting list"."""
    words = said.split()
    while words and (words[0] in known.joining or words[0] in known.fillers):
        words = words[1:]
    found = _phrase(" ".join(words), known)
    return found if found is not None and found.kind is Kind.WAIT and found.named else None


def _about_a_booking(said: str, known: Vocabulary) -> Said | None:
    """A wish for one, or a question about it: "запишите нас, пожалуйста, на консультацию", "когда наша консультация?"."""
    words = said.split()
    around = {*known.fillers, *known.about, *known.things, *known.yes, *_PREPOSITIONS}
    is_named = any(word.startswith(known.names) for word in words)
    return Said(Kind.LIST, named=True) if is_named and all(word in around for word in words) else None


def _whether_free(said: str, known: Vocabulary) -> Said | None:
    """A time is asked for: "16:15 свободно?", "is 16:15 free?"."""
    words = said.split()
    if not any(word in known.free for word in words):
        return None
    target = _target(" ".join(word for word in words if word not in known.free), known)
    return Said(Kind.PICK, target, asks=True) if target is not None and (target.by_clock or target.has_day) else None


def _answer(said: str, known: Vocabulary) -> Said | None:
    """An answer to what was asked, perhaps with courtesies around it and the day: "да, придём в пятницу, спасибо"."""
    for phrases, kind in ((known.unfit, Kind.NO), (known.accept, Kind.ACCEPT), (known.come, Kind.COME), (known.no, Kind.NO)):
        rest = _without(said, phrases)
        if rest != said:
            text, day = _take_day(rest)
            if all(word in known.polite for word in _left(text, known)):
                return Said(kind, day if day.has_day else None)
            return None
    words = said.split()
    if any(word in known.yes for word in words) and all(word in known.polite for word in words):
        return Said(Kind.YES)
    return None


def _without(said: str, phrases: Iterable[str]) -> str:
    """The text without these phrases, wherever they stand in it."""
    text = f" {said} "
    for phrase in phrases:
        text = text.replace(f" {phrase} ", " ")
    return text.strip() if text != f" {said} " else said


def _given_up(said: str, known: Vocabulary, *, replies: bool) -> Said | None:
    """Something is given up, in any order of the words; what is left has to be what it is, when it is, or nothing. Where it is
    said what, and more, that is asked about ("не придём на встречу, заболели").
    """
    said = _without(said, known.unfit)
    for phrase in known.given_up:
        before, found, after = f" {said} ".partition(f" {phrase} ")
        if not found:
            continue
        words = f"{before} {after}".split()
        named = any(word in known.things for word in words)
        left = [word for word in words if word not in known.things and word not in known.around]
        while left and left[-1] in _PREPOSITIONS:
            left.pop()
        target = _target(" ".join(left), known, day_alone=True) if left else None
        if left and target is None and any(word not in _PREPOSITIONS and word not in known.fillers for word in left):
            sounds_so = (named or replies) and not any(word in _TURNING for word in left)
            return Said(Kind.CANCEL, None, named, asks=True) if sounds_so else None
        if phrase in known.weak and not named and target is None:
            return None
        return Said(Kind.CANCEL, target, named, asks=phrase in known.unsure and not named)
    return None


def _given_up_for_a_reason(text: str, known: Vocabulary) -> Said | None:
    """Read "не смогу, работа": a part of the message gives something up, and the rest may say why. That is asked about."""
    parts = folded(text).translate(_COMMAS)
    for phrase in known.because:
        parts = f" {parts} ".replace(f" {phrase} ", ", ").strip()
    clauses = [" ".join(_MARKS.sub(" ", part).split()) for part in _CLAUSES.split(parts)]
    clauses = [clause for clause in clauses if clause]
    first = [clause.split()[0] for clause in clauses]
    if len(clauses) < 2 or any(word in _BUT or (word in _TURNING and word not in _NOT) for word in first):
        return None
    given_up = [found for clause in clauses if (found := _given_up(clause, known, replies=False)) is not None]
    if len(given_up) != 1 or any(word.endswith(_INFINITIVES) for word in first):
        return None
    return replace(given_up[0], asks=True)


def _without_opening(said: str, known: Vocabulary) -> str:
    """The text without words before it that mean nothing ("здравствуйте, можно нам …", "да, …")."""
    words = said.split()
    while words and (words[0] in known.fillers or words[0] in known.yes):
        words = words[1:]
    return " ".join(words)


def _phrase(said: str, known: Vocabulary) -> Said | None:
    """A phrase that is known, perhaps with a slot behind it."""
    words = said.split()
    for count in range(min(len(words), known.longest), 0, -1):
        kind = known.phrases.get(" ".join(words[:count]))
        if kind is None:
            continue
        named = kind is Kind.LIST or any(word.startswith(known.waits) for word in words[:count])
        if count == len(words):
            return Said(kind, named=named)
        rest = " ".join(words[count:])
        target = _target(rest, known, day_alone=kind is Kind.MOVE)
        if target is not None:
            return Said(Kind.PICK if kind is Kind.LIST else kind, target, named)
        if not _left(rest, known):
            return Said(kind, named=named)
    return None


def _left(text: str, known: Vocabulary) -> list[str]:
    return [word for word in text.split() if word not in known.fillers and word not in _PREPOSITIONS]


def _target(text: str, known: Vocabulary, *, day_alone: bool = False) -> Target | None:
    """The slot that words mean, or with `day_alone` the day; None if they mean anything else."""
    words = text.split()
    while words and (words[0] in known.fillers):
        words = words[1:]
    while words and (words[-1] in known.fillers or words[-1] in _PREPOSITIONS):
        words = words[:-1]
    text = " ".join(words)
    if not text:
        return None
    text, day = _take_day(text)
    rest = " ".join(_left(text, known)) if _CLOCK.search(text) is None else text
    if rest in known.ordinals and rest not in known.first:
        return replace(day, number=known.ordinals[rest])
    if rest in known.first or (day_alone and day.has_day and not rest):
        return replace(day, first=bool(rest))
    return _by_number_or_clock(text, day)


def _by_number_or_clock(text: str, day: Target) -> Target | None:
    number = _NUMBER.fullmatch(_bare(text))
    clock = _CLOCK.fullmatch(text.strip()) or _CLOCK.fullmatch(_bare(text))
    if clock is None and number is None:
        return None
    at = _clock(clock) if clock else None
    bare = at is not None and not clock["minute"] and not clock["bare"] and not at.part if clock else False
    if number is not None and bare:
        by_clock = day.has_day or (clock is not None and clock["at"] in ("в", "at")) or text.endswith(_HOURS)
        return replace(day, number=int(number[1]), clock=at, by_clock=by_clock)
    if at is not None:
        return replace(day, clock=at, by_clock=True)
    return replace(day, number=int(number[1])) if number is not None else None


def _bare(text: str) -> str:
    words = text.split()
    while words and words[0] in _PREPOSITIONS:
        words = words[1:]
    return " ".join(words)


def _clock(found: re.Match[str]) -> Clock | None:
    hour, minute = int(found["hour"]), int((found["minute"] or found["bare"] or "0").strip())
    return Clock(hour, minute, (found["part"] or "").replace(".", "")) if hour < 24 else None


def _take_day(text: str) -> tuple[str, Target]:
    """The text without the day in it, and the day."""
    in_words = _IN_WORDS.search(text)
    if in_words is not None:
        rest = f"{text[: in_words.start()]} {text[in_words.end() :]}".strip()
        return rest, Target(dated=(int(in_words[1]), _MONTH[in_words[2]]))
    words = text.split()
    for place, word in enumerate(words):
        if word in _WEEKDAY or word in _SHIFTS:
            cut = place - 1 if place and words[place - 1] in _PREPOSITIONS else place
            rest = " ".join([*words[:cut], *words[place + 1 :]])
            return rest, Target(weekday=_WEEKDAY.get(word), shift=_SHIFTS.get(word))
    dated = _DOTTED.search(text)
    if dated and (len(words) > 1):
        rest = f"{text[: dated.start()]} {text[dated.end() :]}".strip()
        if _CLOCK.search(rest) or not rest or rest in _PREPOSITIONS:
            return rest, Target(dated=(int(dated[1]), int(dated[2])))
    return text, Target()


def slot_said(text: str, known: Vocabulary) -> Target | None:
    """The slot that staff name, or the day alone: "3", "чт 16:00", "слот 3", "чт"."""
    said = " ".join(_MARKS.sub(" ", folded(text)).split())
    target = _target(said, known, day_alone=True) if said else None
    return None if target is None or target.first else target


def names_day(text: str) -> bool:
    """Whether a day is said somewhere, perhaps with a slip of the pen: "болею в пятницо"."""
    known = [*_WEEKDAY, *_SHIFTS]
    words = _MARKS.sub(" ", folded(text)).split()
    return any(
        word in known or (len(word) >= _SPELT and difflib.get_close_matches(word, known, n=1, cutoff=0.75)) for word in words
    )


def divided(text: str, known: Vocabulary) -> Iterator[tuple[str, Said]]:
    """Every way to read "Калинину перенести на 16:45" as somebody and what is done for them, the shortest name first."""
    words = text.split()
    for place in range(1, len(words)):
        said = read(" ".join(words[place:]), known)
        if said is not None:
            yield " ".join(words[:place]), said


def number_of(key: str) -> int | None:
    """The number that a tap means: "2️⃣" as any client writes it."""
    plain = key.strip().strip(_KEYCAP)
    if plain == "🔟":
        return 10
    return int(plain) if plain.isascii() and plain.isdecimal() and len(plain) <= 2 else None


def button(number: int) -> str:
    """The keycap of a number up to ten."""
    return "🔟" if number == 10 else f"{number}{_KEYCAP}"
