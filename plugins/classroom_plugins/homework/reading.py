"""Reading what the teacher writes behind `!дз`: subjects, groups, tasks and days. Pure.

A line for each subject; a line that begins with no subject goes on with the one before, or is another of its groups ("Б: № 5").
A day stands at the end of a line, behind the subject, or in front of everything. It is for its whole line and for those behind
it, up to the next day; alone on its line, for all lines that have none. What is not understood stays in the text: nothing is
lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from classroom_matrix.domain.folding import fold
from classroom_matrix.errors import InvalidArgument

from .group_marks import GroupMark, by_groups, group_mark
from .openings import opens_task
from .subjects import SchoolSubject, Subjects

ReadDay = Callable[[str], date | None]
"""The day that a text means, None if it is none; raises `UserError` where it is a wrong one."""

DUE_WORDS = frozenset({"к", "ко", "на", "до", "by", "for", "until", "till", "due"})
_FOR_DAYS_ONLY = frozenset({"к", "ко", "by", "due"})
"""Behind these "5.9" is a date; behind the others perhaps an exercise."""
_DATE = re.compile(r"(?<![\d.])\d{1,2}[./](?:0[1-9]|1[0-2])(?:[./](?:\d{2}|\d{4}))?(?![\d.])|\b\d{1,2}\s+[^\W\d]{3,}")
_NUMBERS = re.compile(r"\d{1,2}[./]\d{1,2}")
_DAY_WORDS = 5  # words of a day: "следующей среде 20 ноября 2026"
_SEPARATORS = " \t:,;–—-"
_BULLET = re.compile(r"(?:[-–—*•·]|\d{1,2}[.)])\s+")
_TASK = re.compile(
    r"[\s.]*(?:[:–—-]|№|\d|(?:с|стр|страница|упр|упражнение|номер|параграф|п|р|ex|page|no|pp?)\b|§|"
    r"(?:вы)?уч(?:ить|и)\b|повтор|прочит|чита|переск|спис|подготов|правил|стих|слова|learn|read|write)",
    re.IGNORECASE,
)
"""How a task begins behind its subject, where only a comma sets it off from the one before."""
_TOMORROWS = re.compile(r"завтрашн\w+(?:\s+(?:дн\w+|день))?", re.IGNORECASE)
_TOMORROW = "завтра"
_BARE_DAYS = frozenset({_TOMORROW, "послезавтра", "tomorrow"})
"""Days that need no word before them."""
_BETWEEN = re.compile(r"[;,]\s*|(?<=\d)\.\s+")
_QUOTES = frozenset('«»“”"')


@dataclass(frozen=True, slots=True)
class SaidTask:
    """What a message says for one subject. `known`: the subject is one of the class's; `day`: None if it says none."""

    subject: str
    called: str
    known: bool
    group: str
    text: str
    day: date | None


@dataclass(slots=True)
class _Reading:
    subjects: Subjects
    read_day: ReadDay
    found: list[SaidTask] = field(default_factory=list)
    common: date | None = None
    problem: InvalidArgument | None = None


def read_tasks(body: str, subjects: Subjects, read_day: ReadDay) -> list[SaidTask]:
    """The tasks in a text, in its order.

    Raises:
        UserError: a day at the end of a line is over, or none.
    """
    reading = _Reading(subjects, read_day)
    for pieces in _lines(body, subjects):
        before = len(reading.found)
        for piece in pieces:
            _read_line(reading, piece)
        mine = reading.found[before:]
        if mine and not any(task.day for task in mine[:-1]):  # "математика № 4, русский упр. 5 к пятнице"
            reading.found[before:] = [replace(task, day=mine[-1].day) for task in mine]
    if reading.problem is not None:
        raise reading.problem
    said: list[SaidTask] = []
    day = reading.common
    for task in reading.found:
        day = task.day or day
        said.append(replace(task, day=day))
    return [task for place, task in enumerate(said) if task.text or not _is_heading(said, place)]


def _is_heading(said: Sequence[SaidTask], place: int) -> bool:
    """Whether a task without text only names the subject of the groups below it."""
    following = said[place + 1] if place + 1 < len(said) else None
    mine = said[place]
    return following is not None and not mine.group and bool(following.group) and following.subject == mine.subject


def _lines(body: str, subjects: Subjects) -> list[list[str]]:
    """The lines of a text, each with the subjects that stand in it."""
    lines: list[list[str]] = []
    for raw in body.splitlines():
        pieces, start = [], 0
        for found in _BETWEEN.finditer(raw):  # "математика № 4; русский упр. 5" are two subjects
            named = subjects.in_text(raw[found.end() :], strict=True)
            rest = raw[found.end() + named[1] :] if named else ""
            if named and (found.group()[0] == ";" or _TASK.match(rest)):  # "выучить стих, чтение вслух" is one
                pieces.append(raw[start : found.start()])
                start = found.end()
        pieces = [part for piece in [*pieces, raw[start:]] for part in _by_groups(piece.strip(), subjects)]
        lines.append([piece.strip() for piece in pieces if piece.strip()])
    return lines


def _by_groups(piece: str, subjects: Subjects) -> Sequence[str]:
    named = subjects.in_text(piece)
    return by_groups(piece, named[1] if named else 0)


def _read_line(reading: _Reading, line: str) -> None:
    bare = _BULLET.sub("", line, count=1) if _BULLET.match(line) else line
    day, rest = _leading_day(bare, reading, alone=not reading.found)
    if day is not None:
        reading.common = day
        if not rest:
            return
    follows = bool(reading.found)
    named = reading.subjects.in_text(rest, strict=follows)
    group = group_mark(rest)
    if named is not None:
        subject, end = named
        _add(reading, subject, rest[end:].lstrip(_SEPARATORS), day, called=rest[:end])
    elif group is not None and follows:
        before = reading.found[-1]
        _add_group(reading, before, group, rest)
    elif (unknown := _unknown(rest, follows=follows)) is not None:
        called, text = unknown
        _add(reading, None, text, day, called=called)
    elif follows:
        _continue(reading, line)
    else:
        _add(reading, None, _behind(rest, 1), day, called=_words(rest, 1))


def _unknown(line: str, *, follows: bool) -> tuple[str, str] | None:
    """A subject that is not listed, set off by a colon ("шахматы: дебют"), and its text; on the first line also any word."""
    head, colon, text = line.partition(":")
    if follows and opens_task(head):
        return None  # "Повторить: правило" goes on with the task
    if colon and 0 < len(head.split()) <= 2 and text.strip() and head.replace(" ", "").isalpha():
        return head.strip(), text.strip()
    return None if follows else (_words(line, 1), _behind(line, 1))


def _add(reading: _Reading, subject: SchoolSubject | None, rest: str, day: date | None, *, called: str) -> None:
    called = called.strip(_SEPARATORS + ".")
    key = subject.key if subject else fold(called)
    if not key:
        _continue(reading, rest)
        return
    groups: tuple[str, ...] = ("",)
    found = group_mark(rest)
    if found:
        groups, rest = found.groups, rest[found.end :].lstrip(_SEPARATORS)
    own, rest = _day_of(rest, reading)
    reading.found += [SaidTask(key, called, subject is not None, group, rest, own or day) for group in groups]


def _add_group(reading: _Reading, before: SaidTask, found: GroupMark, line: str) -> None:
    own, text = _day_of(line[found.end :].lstrip(_SEPARATORS), reading)
    reading.found += [replace(before, group=group, text=text, day=own or before.day) for group in found.groups]


def _continue(reading: _Reading, line: str) -> None:
    """A line that goes on with the task before, or says its day."""
    if not reading.found:
        return
    last = reading.found[-1]
    own, text = _day_of(line, reading) if last.day is None else (None, line)
    reading.found[-1] = replace(last, text=f"{last.text}\n{text}".strip(), day=last.day or own)


# ── Days ────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _day_of(text: str, reading: _Reading) -> tuple[date | None, str]:
    """The day that a task's text has at its start or end, and the text without it."""
    day, rest = _leading_day(text, reading)
    if day is not None:
        return day, rest
    return _trailing_day(text, reading)


def _leading_day(text: str, reading: _Reading, *, alone: bool = True) -> tuple[date | None, str]:
    """From "на завтра: с. 12" tomorrow and "с. 12". The longest day counts; a text that is all day has no rest.

    `alone`: whether "завтра" alone is one: a line "Завтра контрольная" below a task is not its day.
    """
    words = text.split()
    if alone and len(words) > 1 and fold(words[0]).strip(_SEPARATORS) in _BARE_DAYS:
        return _read(words[0].strip(_SEPARATORS), reading, note=False), _behind(text, 1)
    if len(words) < 2 or fold(words[0]) not in DUE_WORDS:
        return None, text
    for count in range(min(_DAY_WORDS, len(words) - 1), 0, -1):
        said = " ".join(words[1 : 1 + count]).rstrip(_SEPARATORS)
        day = _read(said, reading, note=_is_date(words[0], said))
        if day is not None:
            return day, _behind(text, 1 + count)
        if reading.problem is not None:
            break  # "к понедельнику 16.11" is not next Monday
    return None, text


def _trailing_day(text: str, reading: _Reading) -> tuple[date | None, str]:
    """From "с. 12 к пятнице" Friday and "с. 12"; from "с. 12 к пятнице, принести циркуль" Friday, too."""
    spans = [match.span() for match in re.finditer(r"\S+", text)]
    if _ends_with_bare_day(text, spans):
        day = _read(text[slice(*spans[-1])], reading, note=False)
        return day, text[: spans[-1][0]].rstrip(" \t,;–—-(\n")
    for index in range(len(spans) - 2, -1, -1):
        start = spans[index][0]
        if not _is_due_word(text[slice(*spans[index])]):
            continue
        for count in range(min(_DAY_WORDS, len(spans) - 1 - index), 0, -1):
            end = spans[index + count][1]
            whole = index + count == len(spans) - 1
            said, due = text[spans[index + 1][0] : end], text[slice(*spans[index])]
            is_date = _is_date(due, said)
            if not whole and text[end - 1] not in ",;." and not (is_date and _is_bare_date(said)):
                continue
            day = _read(said, reading, note=whole or is_date)
            if day is not None:
                head, tail = text[:start].rstrip(" \t.,;–—-(\n"), text[end:].lstrip(" \t,;.")
                return day, f"{head}, {tail}" if head and tail else head or tail
    return None, text


def _ends_with_bare_day(text: str, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether "завтра" stands at the end, and nothing before it that makes more of it: "на завтра"."""
    words = [text[slice(*span)] for span in spans[-2:]]
    return len(words) > 1 and fold(words[1]).strip(" .!") in _BARE_DAYS and not _is_due_word(words[0])


def _is_date(due: str, said: str) -> bool:
    """Whether words behind a word that introduces days are meant as one, also if there is no such day."""
    return _DATE.search(said) is not None or (fold(due) in _FOR_DAYS_ONLY and _NUMBERS.search(said) is not None)


def _is_bare_date(said: str) -> bool:
    """Whether it is a date and no more: "20.11", "20 ноября"."""
    return _DATE.fullmatch(said.strip(".,;:")) is not None


def _is_due_word(word: str) -> bool:
    return fold(word.lstrip("(")) in DUE_WORDS


def _read(said: str, reading: _Reading, *, note: bool) -> date | None:
    """`note`: where it is a wrong day, remember that: it was meant as one."""
    if _QUOTES.intersection(said):
        return None
    try:
        return reading.read_day(_TOMORROWS.sub(_TOMORROW, said.strip(" .!,;:()")))
    except InvalidArgument as error:
        if note and reading.problem is None:
            reading.problem = error
        return None


def _words(text: str, count: int) -> str:
    return " ".join(text.split()[:count])


def _behind(text: str, count: int) -> str:
    """A text without its first words and what separates them from the rest."""
    spans = [match.end() for match in re.finditer(r"\S+", text)]
    return text[spans[count - 1] :].lstrip(_SEPARATORS) if count <= len(spans) else ""
