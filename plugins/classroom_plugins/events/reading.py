"""From what a teacher types to a plan: the first piece is the title with the date, the others begin with a word that says what
they are ("где", "взять", "мест", "дела") or are lines of the plan. Lines or ";" separate pieces.

Nothing here knows a language: words come from the catalogue, dates are read by whom the caller gives.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from classroom_matrix.domain.folding import fold
from classroom_matrix.errors import InvalidArgument

from .domain import MAX_FIELD, MAX_LINE, MAX_LINES, MAX_TITLE, Plan, Unit, milliseconds, short
from .words import has_stem, stems_of, tokens

FIELDS = ("title", "when", "place", "bring", "cost", "capacity", "answer_by", "duties", "important")
MAX_ROLES = 20
MAX_PLACES = 60
_MOST = 1000  # people who come to one event
_ANYTHING = "…"  # in the place of a title
_WINDOW = 9  # words; no date is longer
_MARK = re.compile(r"^(?:[-–—*•·]\s+|\d{1,2}[.)]\s+)")
_SEPARATOR = re.compile(r"\s*(?::|[—–-](?!\d))?\s*")  # "-5" is a number
_NOTHING = ("-", "—", "–")
_SHORT_WORD = 3  # letters of a preposition
_DUTY = re.compile(
    r"(?P<title>.*?[^\W\d_].*?)\s*(?:[—–:x×-]\s*)?(?:\s(?P<places>\d{1,3})(?:\s*[^\W\d]{1,10}\.?)??)?"
    r"(?:(?:\s+[^\W\d]{1,3})?\s+(?P<hour>\d{1,2})[:.](?P<minute>\d{2}))?(?:\s*\((?P<needs>[^()]+)\))?"
)
_PLACES = re.compile(r"(?:[^\W\d]+\s+){0,2}(\d{1,7}(?:\s\d{3})?)\s*([^\W\d]*)[^\d]*")
_NO_COUNT = re.compile(r"(?:^|\s)[-–—−]\s?\d|\d{3,}")  # what looks like a number of places, and cannot be one
_DUTY_FIRST = re.compile(r"(?P<places>\d{1,3})\s+(?P<title>[^\W\d_].*)")

Moment = tuple[datetime, datetime | None, bool]
"""When something begins and, if that is known, ends; whether a time of day was said."""
ReadMoment = Callable[[str], Moment | None]
Labels = Mapping[str, Sequence[str]]
"""Words that pieces begin with, by field; those that end in ":" need their colon."""


@dataclass(frozen=True, slots=True)
class Speech:
    """How people speak: what pieces begin with, how words for pupils and for families begin, what stands between "move" and a
    date, what behind a date is no place ("после уроков"), and who reads dates and deadlines.
    """

    labels: Labels
    pupils: Sequence[str]
    families: Sequence[str]
    onto: Sequence[str]
    part_of_day: Sequence[str]
    moment: ReadMoment
    deadline: ReadMoment


@dataclass(frozen=True, slots=True)
class Duty:
    """A role to be opened. `at`: (hour, minute) of the event's day."""

    title: str
    places: int = 1
    at: tuple[int, int] | None = None
    needs: str = ""


@dataclass(slots=True)
class Draft:
    """What was typed. `said`: the plan's fields that it says something about; the others keep what they were."""

    title: str = ""
    lines: list[str] = field(default_factory=list)
    duties: list[Duty] = field(default_factory=list)
    important: bool = False
    said: dict[str, object] = field(default_factory=dict)

    def applied(self, plan: Plan) -> Plan:
        """The plan with what was typed; lines are added to those that it has."""
        values = dict(self.said)
        starts = self.said.get("starts")
        if isinstance(starts, int) and values["ends"] is None and values["timed"] and plan.ends and plan.starts:
            values["ends"] = starts + plan.ends - plan.starts  # only the beginning was said: it takes as long as before
        if self.title:
            values["title"] = self.title
        if self.lines:
            values["lines"] = (*plan.lines, *self.lines)
        return checked(replace(plan, **values))  # type: ignore[arg-type]


def checked(plan: Plan) -> Plan:
    """The plan, if it is not too much.

    Raises:
        InvalidArgument: something is too long.
    """
    texts = [(plan.title, MAX_TITLE), (plan.place, MAX_FIELD), (plan.bring, MAX_FIELD), (plan.cost, MAX_FIELD)]
    for text, most in [*texts, *((line, MAX_LINE) for line in plan.lines)]:
        if len(text) > most:
            raise InvalidArgument("events-too-long", text=short(text), most=most)
    if len(plan.lines) > MAX_LINES:
        raise InvalidArgument("events-too-many-lines", most=MAX_LINES)
    return plan


def read_change(text: str, speech: Speech, title: str) -> Draft:
    """Read what shall be different about the event of this title.

    What stands in front of the first field is a date, perhaps with a place behind it: "перенести Каток на понедельник 13:00".

    Raises:
        InvalidArgument: a piece says what it is, and cannot be read as that; or the first one does not.
    """
    pieces = pieces_of(text)
    if not pieces or labelled(pieces[0], speech.labels)[0] is not None:
        return read_draft(text, speech, titled=False)
    draft = read_draft("\n".join(pieces[1:]), speech, titled=False)
    article, _, behind = pieces[0].partition(" ")
    named = behind if fold(article) in speech.onto and without_title(behind, title) != behind else pieces[0]
    first = without_title(named, title)
    if not first:
        return draft
    # No line of a plan stands here, so that no colon is needed: "изменить время 13:00".
    name, value = labelled(first, {each: [word.rstrip(":") for word in words] for each, words in speech.labels.items()})
    changed = Draft()
    if name == "duties":
        draft.duties = [*read_duties(value), *draft.duties]
    elif name is not None:
        _take(changed, name, value, speech)
    else:
        _take_title(changed, f"{_ANYTHING} {first}", speech)
        before, _, onto = changed.title.partition(" ")
        if before != _ANYTHING or (onto and fold(onto) not in speech.onto) or not changed.said:
            raise InvalidArgument("events-unclear-change", text=short(first), title=short(title))
        changed.title = ""
    draft.title = changed.title or draft.title
    draft.important = changed.important or draft.important
    draft.lines = [*changed.lines, *draft.lines]
    draft.said = {**changed.said, **draft.said}
    return draft


def without_title(text: str, title: str) -> str:
    """What follows behind a title that stands in front, or a part of it, in whatever case and quotes."""
    stems = stems_of(title)
    words = text.split()
    behind = 0
    for word in words:
        said = fold(word).strip('«»"“”.,:;!')
        if said not in tokens(title) and not has_stem(said, stems):
            break
        behind += 1
    return " ".join(words[behind:]).strip(" ,—–-:") if behind else text


def read_draft(text: str, speech: Speech, *, titled: bool) -> Draft:
    """Read what was typed. `titled`: the first piece is the title, and may hold date and place.

    Raises:
        InvalidArgument: a piece says what it is, and cannot be read as that.
    """
    draft = Draft()
    after_duties = False
    for number, piece in enumerate(pieces_of(text)):
        name, value = labelled(piece, speech.labels)
        if name == "duties":
            after_duties = True
            draft.duties += read_duties(value)
            continue
        if name is None and after_duties and (duty := _counted_duty(piece)) is not None:
            draft.duties.append(duty)
            continue
        after_duties = False
        if name is not None:
            _take(draft, name, value, speech)
        elif titled and number == 0:
            _take_title(draft, piece, speech)
        else:
            draft.lines.append(piece)
    if len(draft.duties) > MAX_ROLES:
        raise InvalidArgument("events-too-many-duties", most=MAX_ROLES)
    return draft


def pieces_of(text: str) -> list[str]:
    """Lines, and what ";" separates in them; list marks are no part of them."""
    pieces = [_MARK.sub("", piece.strip()).strip() for line in text.split("\n") for piece in line.split(";")]
    return [piece for piece in pieces if piece]


def labelled(piece: str, labels: Labels) -> tuple[str | None, str]:
    """What a piece says it is, and the rest of it."""
    said = fold(piece)
    found = [
        (len(word), name, strict)
        for name, words in labels.items()
        for word, strict in ((each.rstrip(":"), each.endswith(":")) for each in words)
        if said.startswith(word)
        and (said[len(word) :].lstrip().startswith((":", "—", "–")) or (not strict and not said[len(word) :][:1].isalnum()))
    ]
    if not found:
        return None, piece
    length, name, _ = max(found)
    value = _SEPARATOR.sub("", piece[length:], count=1).strip()
    return name, "" if value in _NOTHING else value


def _take(draft: Draft, name: str, value: str, speech: Speech) -> None:
    if name == "important":
        draft.important = True
        if value:
            draft.lines.append(value)
    elif name == "title":
        draft.title = value.strip('«»"“” ')
    elif name == "when":
        found = speech.moment(value)
        if found is None:
            raise InvalidArgument("events-unclear-when", text=short(value))
        draft.said.update(_times(found))
    elif name == "answer_by":
        found = speech.deadline(value)
        if found is None:
            raise InvalidArgument("events-unclear-when", text=short(value))
        draft.said["answer_by"] = milliseconds(found[0])
    elif name == "capacity":
        draft.said.update(_capacity(value, speech))
    else:
        draft.said[name] = value


def _times(moment: Moment) -> dict[str, object]:
    starts, ends, timed = moment
    if not timed:
        starts = starts.replace(hour=0, minute=0)
    return {"starts": milliseconds(starts), "ends": milliseconds(ends) if ends else None, "timed": timed}


def _capacity(value: str, speech: Speech) -> dict[str, object]:
    if not value:
        return {"capacity": None}
    found = _PLACES.fullmatch(value)
    count = int("".join(found[1].split())) if found is not None else 0
    if found is None or not 0 < count <= _MOST or fold(found[2]).startswith(tuple(speech.families)):
        raise InvalidArgument("events-unclear-capacity", text=short(value), most=_MOST)
    unit = Unit.PUPILS if fold(found[2]).startswith(tuple(speech.pupils)) else Unit.PEOPLE
    return {"capacity": count, "unit": unit}


def _take_title(draft: Draft, piece: str, speech: Speech) -> None:
    """The title up to the date; what stands behind the date is the place, or a part of the day, which the title keeps."""
    words = piece.split()
    read_moment = speech.moment
    for start, last in _windows(words):
        end = last
        if words[start].startswith(("«", '"', "“")):
            continue
        found = read_moment(" ".join(words[start:end]))
        if found is not None:
            while (
                end - start > 1 and _is_preposition(words[end - 1]) and read_moment(" ".join(words[start : end - 1])) == found
            ):
                end -= 1  # it belongs to the place
            draft.said.update(_times(found))
            draft.title = " ".join(words[:start]).rstrip(" ,—–-:")
            place = " ".join(words[end:]).strip(" ,—–-")
            part, place = _part_of_day(place, speech)
            draft.title = f"{draft.title} {part}" if part else draft.title
            if place:
                draft.said["place"] = place
            break
    else:
        draft.title = piece
    draft.title = without_quotes(draft.title)


def _part_of_day(text: str, speech: Speech) -> tuple[str, str]:
    """The words about a part of the day that a text begins with, and what follows: the place."""
    said = fold(text)
    found = [each for each in speech.part_of_day if said.startswith(each) and not said[len(each) : len(each) + 1].isalnum()]
    length = max(map(len, found), default=0)
    return text[:length], text[length:].strip(" ,—–-")


def without_quotes(title: str) -> str:
    """A title that stands in quotes, or begins with words in them: «Отмена крепостного права»: урок-игра."""
    said = title.strip('«»"“”„ ')
    opened = title.lstrip()[:1]
    closing = {"«": "»", '"': '"', "“": "”", "„": "“"}.get(opened, "")
    left_over = said.count(closing) % 2 if opened == closing else said.count(closing) - said.count(opened)
    return said.replace(closing, "", 1) if closing and left_over > 0 else said


def _is_preposition(word: str) -> bool:
    return word.isalpha() and len(word) <= _SHORT_WORD


def _windows(words: Sequence[str]) -> Iterable[tuple[int, int]]:
    """Where a date may stand behind the first word: longer ones first, then the earlier ones."""
    count = len(words)
    for length in range(min(_WINDOW, count - 1), 0, -1):
        for start in range(1, count - length + 1):
            if any(letter.isdigit() for word in words[start : start + length] for letter in word) or length <= _WORDS_ONLY:
                yield start, start + length


_WORDS_ONLY = 3  # words of a date without a number: "в следующую субботу"


def read_duties(text: str) -> list[Duty]:
    """Roles separated by commas: "чай 2, машина 3 к 11:30, фото 1 (с фотоаппаратом)"."""
    parts = [part.strip(" .") for part in re.split(r",(?![^()]*\))", text)]
    return [_duty(part) for part in parts if part]


def _duty(text: str) -> Duty:
    found = _DUTY_FIRST.fullmatch(text) or _DUTY.fullmatch(text)
    if found is None:
        raise InvalidArgument("events-unclear-duty", text=short(text))
    parts = found.groupdict()
    places = int(parts["places"] or 1)
    title = parts["title"].strip(" —–-:")
    if not 0 < places <= MAX_PLACES or not title or len(title) > MAX_TITLE or _NO_COUNT.search(title):
        raise InvalidArgument("events-unclear-duty", text=short(text))
    at = (int(parts["hour"]), int(parts["minute"])) if parts.get("hour") else None
    if at is not None and not (at[0] < 24 and at[1] < 60):
        raise InvalidArgument("events-unclear-duty", text=short(text))
    return Duty(title, places, at, (parts.get("needs") or "").strip())


def _counted_duty(piece: str) -> Duty | None:
    """A piece behind the roles that is one more of them, because it says for how many."""
    found = _DUTY.fullmatch(piece)
    return _duty(piece) if found is not None and found["places"] else None


_MARKED_NUMBER = re.compile(r"(?:№|#)\s*(\d{1,5})\b[\s:,.—–-]*")
_BARE_NUMBER = re.compile(r"(\d{1,5})(\s*:(?!\d)|\s*\n|\s|$)\s*")  # "12:00" is none


class Bare(StrEnum):
    """Where a number without "№" in front of a text is that of an event."""

    ALWAYS = "always"
    APART = "apart"  # set apart from the text by a colon or a line: "12: …"
    NEVER = "never"  # it is that of a line or of an idea


def number_in_front(text: str, known: Callable[[int], bool], bare: Bare) -> tuple[int | None, str]:
    """The number of an event that a text begins with ("№12 …", "12: …"), and what follows.

    Args:
        text: as it was typed.
        known: whether there is an event of that number.
        bare: whether a number alone can be one.
    """
    said = text.strip()
    if (marked := _MARKED_NUMBER.match(said)) is not None:
        return int(marked[1]), said[marked.end() :].strip()
    found = _BARE_NUMBER.match(said)
    if found is None or bare is Bare.NEVER or not known(int(found[1])):
        return None, text
    if bare is Bare.APART and found[2].strip(" ") not in (":", "\n"):
        return None, text
    return int(found[1]), said[found.end() :].strip()
