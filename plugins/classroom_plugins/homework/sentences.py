"""Plain sentences of families: "что задали 3–7 марта", "what's due tomorrow", "вопрос по математике: …". Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from classroom_matrix.domain.folding import fold

from .subjects import LONGEST, Subjects

ReadDays = Callable[[str], tuple[date, date] | None]
"""The first and last day that a text means; None if it means none."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_LONGEST_SENTENCE = 120  # characters; whoever writes more tells something

_GREETINGS = re.compile(
    r"^(?:(?:здравствуйте|добр(?:ый|ое|ого) (?:день|вечер|утро|дня|вечера)|привет|подскажите|скажите|напомните|пожалуйста|"
    r"hello|hi|good (?:morning|evening|afternoon)|please|could you tell (?:me|us))[\s,.!]*)+"
)
_ASKING = _set("что чего че какие какое какая каких что-нибудь what what's whats which anything any")
_SETTING = _set(
    "задали задавали задано задают зададут задал задала пропустили пропустил пропустила due set assigned miss missed"
)
_TASKS = re.compile(
    r"дз|д/з|домашк[аиуе]|домашку|домашне[ейго]{1,3}|домашние|домашних|домашняя|домашнюю|задани[еяй]|задание|уроки|homework|hw|"
    r"assignments?|tasks?"
)
_FILLERS = _set(
    "нам нас у там а и же ли мы он она дети ребята сын дочь ребенок пожалуйста пришлите напишите скиньте "
    "дайте отправьте можно сейчас есть будет было были была надо нужно сделать "
    "домой дом is are was were the a did do does we have has had he she they i you there our my us me "
    "please get got been send write give can could"
)
_OPENS = ("задали", "задано")
_WHILE = re.compile(
    r"(?:пока|когда|за то время,? что)(?: (?:мы|нас|он|она|они|его|ее|сын|дочь|ребенок))? (?:\w+ )?"
    r"(?:болел[аи]?|не было|отсутствовал[аи]?|лежал[аи]?)"
    r"|(?:^|[,.;] ?)(?:(?:мы|он|она|дети|сын|дочь|we|he|she|they|we're|he's|she's) )?"
    r"(?:боле(?:ем|ет|ют|ли|л|ла)|не было|(?:is|are|was|were) (?:ill|sick|away)|ill|sick)(?:[,.;] ?|$)"
    r"|while (?:we|he|she|i|they) (?:was|were) \w+"
)
"""Why somebody asks; it is no day."""
_PAST_REASON = re.compile(r"л[аи]?\b|не было|\bwas\b|\bwere\b")
_PAST = _set("было была были задавали пропустили пропустил пропустила did miss missed was were")
_WEEK = timedelta(days=7)
_WEEKDAY = re.compile(
    r"(?:(?:на|к|ко|в|во|до|for|by|on|due) )*(?:понедельник[ау]?|пн|вторник[ау]?|вт|сред[уаые]|ср|четверг[ау]?|чт|"
    r"пятниц[уаые]|пт|суббот[уаые]|сб|mon(?:day)?|tue(?:s|sday)?|wed(?:nesday)?|thu(?:rs|rsday)?|fri(?:day)?|sat(?:urday)?)"
)
"""A weekday's bare name."""
_GIVEN_OUT = _set("задали задавали задано задал задала set assigned")
_ON = _set("в во on")
_LESSONS = re.compile(r"урок(?:и|ов|а)?")
_WHICH = _set("какие каких какой сколько which what many")
_SOON = timedelta(days=14)
_FURTHEST = timedelta(days=92)  # like `tasks.FURTHEST`: further ahead nothing is set
_HOME = ["на", "дом"]
_IN = ("по", "in", "for")
_AS = _set("на по for as")
_AHEAD = _set("на к ко до for by due")
_WHAT = _set("что what what's")
_AND = "а"


class Which(StrEnum):
    """Which tasks are asked for: due on the days, given out on them, or both."""

    DUE = "due"
    SET = "set"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked. Without days: what is coming. `subject`: only of it. `bare`: it names a day, and no homework."""

    first: date | None = None
    last: date | None = None
    which: Which = Which.DUE
    subject: str = ""
    bare: bool = False


def read_query(body: str, subjects: Subjects, read_days: ReadDays, today: date) -> Query | None:
    """What somebody asks for; None if the message is something else."""
    said = fold(body).strip()
    if not 0 < len(said) <= _LONGEST_SENTENCE or "\n" in said:
        return None
    said = _GREETINGS.sub("", said).strip(" .!?,;:)")
    past = any(_PAST_REASON.search(found.group()) for found in _WHILE.finditer(said))
    said = _WHILE.sub(" ", said)
    words = [word.strip("?!,;:") for word in said.replace("’", "'").split()]
    words = _without_as([word for word in words if word])
    lead, asking, setting = False, "?" in body, False
    past = past or bool(_PAST.intersection(words))
    left: list[str] = []
    for word in words:
        if word in _ASKING:
            asking = True
        elif word in _SETTING:
            setting = True
        elif _TASKS.fullmatch(word):
            lead = True
        elif word not in _FILLERS:
            left.append(word)
    lead = lead and (setting or not _is_timetable(words, left))
    if not (lead or (setting and asking) or (setting and words[0] in _OPENS)):
        return _of_a_day(words, left, subjects, read_days, today)
    subject, left = _subject_in(left, subjects)
    if left == _HOME:
        left = []
    if not left:
        return Query(subject=subject) if asking or setting or len(words) <= 3 else None
    past = past or _is_last_weekday(words, left)
    found = _with_days(left, read_days, today, subject, due="due" in words)
    return _not_ahead(found, today, past=past) if found is not None else None


def _without_as(words: list[str]) -> list[str]:
    """Without what only introduces homework: "what's for homework for Friday"."""
    following = [*words[1:], ""]
    return [word for word, after in zip(words, following, strict=False) if word not in _AS or not _TASKS.fullmatch(after)]


def _is_last_weekday(words: list[str], left: list[str]) -> bool:
    """As in "что задали в пятницу", unlike "на пятницу"."""
    return left[0] in _ON and bool(_GIVEN_OUT.intersection(words)) and _WEEKDAY.fullmatch(" ".join(left)) is not None


def _is_timetable(words: list[str], left: list[str]) -> bool:
    """Whether lessons are asked for, not what is set for them: "какие уроки завтра?", unlike "какие уроки на завтра"."""
    lessons = any(_LESSONS.fullmatch(word) for word in words) and not any(
        _TASKS.fullmatch(word) and not _LESSONS.fullmatch(word) for word in words
    )
    return lessons and bool(_WHICH.intersection(words)) and not _AHEAD.intersection(left)


def _of_a_day(words: list[str], left: list[str], subjects: Subjects, read_days: ReadDays, today: date) -> Query | None:
    """A day or a subject, and nothing else: "что завтра?", "а что у нас на пятницу по математике?"."""
    asks = _WHAT.intersection(words) and (_WHAT.intersection((words[0], words[-1])) or words[0] == _AND)
    if not asks:
        return None
    subject, left = _subject_in(left, subjects)
    if left in (_HOME, _HOME[:1]) or (subject and not left):
        return Query(subject=subject)
    ahead = bool(left) and left[0] in _AHEAD
    days = left[1:] if ahead else left
    found = read_days(" ".join(days)) if days else None
    if found is None or found[0] != found[1]:
        return None
    day = _next(found[0], left, today) if ahead else found[0]
    return Query(day, day, subject=subject, bare=True)


def _next(day: date, left: list[str], today: date) -> date:
    """Said on that weekday, "на понедельник" is the next one."""
    return day + _WEEK if day == today and _WEEKDAY.fullmatch(" ".join(left)) else day


def _not_ahead(query: Query, today: date, *, past: bool) -> Query:
    """Days that cannot be ahead were last year's: "3–7 марта" in November, of tasks that were set."""
    assert query.first is not None
    assert query.last is not None
    if past and today < query.first == query.last <= today + _WEEK:  # "что было в пятницу"
        return replace(query, first=query.first - _WEEK, last=query.last - _WEEK, which=Which.BOTH)
    ahead = query.which is not Which.DUE or past
    if query.first <= today + (_SOON if ahead and past else _FURTHEST):
        return query
    try:
        first, last = (day.replace(year=day.year - 1) for day in (query.first, query.last))
    except ValueError:  # the 29th of February
        return query
    return replace(query, first=first, last=last)


def read_days_asked(text: str, subjects: Subjects, read_days: ReadDays, today: date) -> Query | None:
    """What stands behind `!дз что`; None where it cannot be read."""
    words = [word for word in fold(text).replace("’", "'").split() if word.strip("?!,") not in (_SETTING | _FILLERS)]
    subject, left = _subject_in([word.strip("?!,;") for word in words], subjects)
    if not subject and (named := subjects.at_start(left)) is not None:
        subject, left = named[0].key, left[named[1] :]
    if not left:
        return Query(subject=subject)
    return _with_days(left, read_days, today, subject, due=False)


def _with_days(left: list[str], read_days: ReadDays, today: date, subject: str, *, due: bool) -> Query | None:
    ahead = due or left[0] in _AHEAD
    days = read_days(" ".join(left))
    if days is None and left[0] in _AHEAD:
        days = read_days(" ".join(left[1:]))
    if days is None:
        return None
    first, last = days
    if ahead:
        if first == last:
            first = last = _next(first, left, today)
        return Query(first, last, Which.DUE, subject)
    if first != last:
        return Query(first, last, Which.BOTH, subject)
    return Query(first, last, Which.SET if first <= today else Which.DUE, subject)


def _subject_in(words: list[str], subjects: Subjects) -> tuple[str, list[str]]:
    """A subject that is named with "по" or "in", and the words without it."""
    for index, word in enumerate(words[:-1]):
        if word in _IN:
            found = subjects.at_start(words[index + 1 : index + 1 + LONGEST])
            if found is not None:
                return found[0].key, words[:index] + words[index + 1 + found[1] :]
    return "", words


def days_of(query: Query, today: date, *, late: bool) -> tuple[date, date]:
    """The days of a query; without any the coming two weeks, today's tasks being over when it is `late`."""
    if query.first is not None and query.last is not None:
        return query.first, query.last
    return today + timedelta(days=1 if late else 0), today + timedelta(days=14)


# ── Study questions ─────────────────────────────────────────────────────────────────────────────────────────────────────

_QUESTION = re.compile(
    r"^\s*(?:(?:здравствуйте|добрый день|добрый вечер|доброе утро|hello|hi)[\s,.!]+)?(?:у нас |есть |a )?"
    r"(?:вопрос(?:ик)?|question)\s+(?:по|про|насчёт|насчет|о|об|about|on|in)\s+",
    re.IGNORECASE,
)
_OPENING = "вопрос"
_ABOUT_TASKS = re.compile(
    r"(?:дз|д/з|домашке|домашку|домашнему(?: заданию)?|заданию|урокам|(?:the )?homework|hw)(?!\w)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class SaidQuestion:
    """`subject`: a key, "" where the question is about homework in general."""

    subject: str
    text: str


def read_question(body: str, subjects: Subjects) -> SaidQuestion | None:
    """A study question in a family's message; None if it is something else, or asks nothing yet."""
    found = _QUESTION.match(body)
    if found is None:
        return None
    rest = body[found.end() :]
    named = subjects.at_start(rest.split()[:LONGEST])
    general = _ABOUT_TASKS.match(rest)
    if named is not None:
        key, text = named[0].key, _behind(rest, named[1])
    elif general is not None:
        key, text = "", rest[general.end() :]
    else:
        return None
    text = text.strip(" \t\n:,.–—-")
    return SaidQuestion(key, text) if text else None


def split_question(text: str, subjects: Subjects) -> SaidQuestion:
    """What stands behind `!вопрос`: perhaps a subject ("по математике: …", "математика: …"), then the question."""
    said = read_question(f"{_OPENING} {text}", subjects)
    if said is not None:
        return said
    head, colon, rest = text.partition(":")
    named = subjects.at_start(head.split()[:LONGEST])
    if colon and rest.strip() and named is not None and named[1] == len(head.split()):
        return SaidQuestion(named[0].key, rest.strip())
    return SaidQuestion("", text.strip())


_EVERYBODY = re.compile(r"^\s*(?:для\s+всех|всем|for\s+(?:all|everybody|everyone)|to\s+(?:all|everybody|everyone)|all|"
                        r"everybody)(?:\s*[:,–—-]\s*|\s+|$)", re.IGNORECASE)  # fmt: skip


def split_everybody(text: str) -> tuple[bool, str]:
    """Whether an answer is for all families ("всем: …"), and the answer."""
    found = _EVERYBODY.match(text)
    return (True, text[found.end() :].strip()) if found else (False, text.strip())


def _behind(text: str, count: int) -> str:
    ends = [match.end() for match in re.finditer(r"\S+", text)]
    return text[ends[count - 1] :]
