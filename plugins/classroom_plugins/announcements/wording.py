"""What the teacher typed: the text itself, and what is said about it at its beginning or end.

    Завтра каток, сбор в 8:00.
    срочно · отправить в пятницу 8:00 · подтвердить до пятницы 18:00

Such a direction stands on lines of its own, or behind the last sentence; "срочно" may also be the first word. Anything else is
text, word for word and line for line: a text must not be sent at another time because it says "в пятницу".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from html import escape

from classroom_matrix.api import View, When
from classroom_matrix.errors import InvalidArgument, UserError

from .domain import MAX_BYTES

_SENTENCE_END = re.compile(r"[.!?…;,)»\"]\s+|\s[–—-]\s+")
_STRONG = ".!?…;"  # behind a comma only a direction with a time is one: "это, обязательно" is text
_KEPT = '.!?…)»"'
AROUND = " \t.,;:!()–—-·"
TILL = re.compile(r"(?:до|к|ко|by|until|till|before)\s+")
ON = re.compile(r"(?:в|во|на|at|on)\s+")
_ATTEMPT = 5  # words: so short a piece that begins like a direction is meant as one
_TAILS = 4  # sentences at the end that are looked at
_ARROW = r"(?:→|-+>|=+>)"
_NUMBER = re.compile(  # not the hours in "8:00", and not what "3. → 4." replaces
    rf"(?:(?:№|#|no\.?|номер)\s*(\d{{1,6}})\b[.:,)]?|(\d{{1,6}})(?:[.:)](?!\d)|(?=\s*\n)|(?=\s*$)))(?!\s*{_ARROW})\s*",
    re.IGNORECASE,
)

_NUMBERED_DEADLINE = re.compile(r"(?:№|#)?\s*(\d{1,6})\s+((?:до|к|by|until|till)\s+\S.{0,40})", re.IGNORECASE)
_INSTEAD = re.compile(rf"(.+?)\s*{_ARROW}\s*(.+)", re.DOTALL)
_BEFORE, _BEHIND = r"(?<!\w)(?<!\d[.,:])", r"(?!\w)(?![.,:]\d)"  # "8:00" stands in no "18:00", "5" in no "1.5"


@dataclass(frozen=True, slots=True)
class Wording:
    """`when`: to be sent then. `must`: families have to confirm it, `until` then. `again`: also those who have already."""

    text: str
    urgent: bool = False
    when: datetime | None = None
    must: bool = False
    until: datetime | None = None
    again: bool = False


def read_wording(view: View, text: str) -> Wording:
    """Take the directions off a text.

    Raises:
        UserError: a direction cannot be read, or the text is too long.
    """
    found = Wording(text.strip())
    while (shorter := _first(view, found) or _last(view, found)) is not None:
        found = shorter
    size = len(escape(found.text).encode())
    if size > MAX_BYTES:
        raise InvalidArgument("announcements-too-long", percent=round((size - MAX_BYTES) * 100 / size) + 1)
    return found


def opening_in(view: View, text: str) -> tuple[bool, str] | None:
    """Whether a caption or an edit opens an announcement: if it has to be confirmed, and the text behind the command."""
    head = (text.split(maxsplit=1) or [""])[0]
    if not head.startswith(("!", "！")):
        return None
    name, rest = head[1:].casefold().rstrip(":,.!"), text.lstrip()[len(head) :].strip()
    if name in words_of(view, "announcements-words-announce"):
        return False, rest
    return (True, rest) if name in words_of(view, "announcements-words-mustread") else None


def take_numbered_deadline(text: str) -> tuple[int | None, str]:
    """The number in "3 до пятницы", and the deadline; the number needs no mark where nothing but a deadline follows."""
    found = _NUMBERED_DEADLINE.fullmatch(text.strip())
    return (int(found[1]), found[2]) if found else take_number(text)


def take_number(text: str, *, bare: bool = True) -> tuple[int | None, str]:
    """The number of an announcement that a text begins with ("№3 …"; if `bare`, also "3: …"), and what follows it."""
    found = _NUMBER.match(text.lstrip())
    if found is None or not (bare or found[1]):
        return None, text
    return int(found[1] or found[2]), text.lstrip()[found.end() :]


def put_instead(text: str, said: str) -> str:
    """The new text that is meant by "18:00 → 19:00", or by a whole new text.

    Raises:
        InvalidArgument: what is to be replaced does not stand there, or more than once.
    """
    found = _INSTEAD.fullmatch(said)
    if found is None:
        return said
    old, new = found[1].strip(' «»"“”'), found[2].strip(' «»"“”')
    places = _places(text, old)
    if len(places) != 1:
        raise InvalidArgument("announcements-often-in-text" if places else "announcements-not-in-text", text=old)
    before, behind = text[: places[0]], text[places[0] + len(old) :]
    if behind.strip() and not old.endswith("."):
        new = new.rstrip(".")  # it ended the replacement, behind which a direction stood
    return before + new + behind


def begins_with_arrow(said: str) -> bool:
    """Whether it is not said what is to be replaced."""
    return re.match(_ARROW, said) is not None


def fits_in(text: str, said: str) -> bool:
    """Whether a text can be corrected so: what "18:00 → 19:00" replaces stands there once."""
    try:
        put_instead(text, said)
    except InvalidArgument:
        return False
    return True


def _places(text: str, old: str) -> list[int]:
    """Where a piece stands in a text: as words and numbers of its own; a piece of a word only where it is no number."""
    if not old:
        return []
    whole = [found.start() for found in re.finditer(f"{_BEFORE}{re.escape(old)}{_BEHIND}", text)]
    if whole or old[:1].isdigit() or old[-1:].isdigit():
        return whole
    return [found.start() for found in re.finditer(re.escape(old), text)]


def _first(view: View, found: Wording) -> Wording | None:
    """Without a direction at the beginning; None if there is none."""
    line, _, rest = found.text.partition("\n")
    if rest.strip() and (more := _directed(view, found, line)):
        return replace(more, text=rest.strip())
    word = re.match(r"(\w+)[\s:!,.–—-]+(?=\S)", found.text)
    if word and not found.urgent and folded(word[1]) in words_of(view, "announcements-words-urgent"):
        return replace(found, urgent=True, text=found.text[word.end() :])
    return None


def _last(view: View, found: Wording) -> Wording | None:
    """Without a direction at the end; None if there is none."""
    before, _, line = found.text.rpartition("\n")
    if more := _directed(view, found, line):
        return replace(more, text=before.strip())
    for end in list(_SENTENCE_END.finditer(line))[-_TAILS:]:
        more = _directed(view, found, line[end.end() :])
        mark = line[end.start()]
        if more and (mark in _STRONG or (more.when, more.until) != (found.when, found.until)):
            kept = line[: end.start() + 1] if mark in _KEPT else line[: end.start()]
            return replace(more, text=f"{before}\n{kept}".strip())
    return None


def _directed(view: View, found: Wording, piece: str) -> Wording | None:
    """What a piece that is nothing but a direction says; None if it is text."""
    said = folded(piece)
    for courtesy in words_of(view, "announcements-words-please"):
        said = re.sub(rf",?\s*(?<!\w){re.escape(courtesy)}(?!\w),?\s*", " ", said).strip(AROUND)
    if not said:
        return None
    if said in words_of(view, "announcements-words-urgent"):
        return replace(found, urgent=True)
    if said in words_of(view, "announcements-words-again"):
        return replace(found, again=True)
    if said in words_of(view, "announcements-words-must") | words_of(view, "announcements-words-confirm"):
        return replace(found, must=True)
    return _timed(view, found, said)


def _timed(view: View, found: Wording, said: str) -> Wording | None:
    """A direction with a time in it."""
    for word in _longest_first(words_of(view, "announcements-words-confirm")):
        if said.startswith(f"{word} "):
            until = _moment(view, said[len(word) :], TILL, "announcements-until-unclear")
            return replace(found, must=True, until=until) if until else None
    for word in _longest_first(words_of(view, "announcements-words-send")):
        if said.startswith((f"{word} ", f"{word}:")):
            when = _moment(view, said[len(word) :], ON, "announcements-when-unclear")
            return replace(found, when=when) if when else None
    return None


def read_until(view: View, text: str) -> datetime | None:
    """A deadline and nothing else: "до пятницы 18:00"; None if it is text.

    Raises:
        UserError: it begins like one and cannot be read.
    """
    said = folded(text)
    try:
        return _moment(view, said, TILL, "announcements-until-unclear") if said else None
    except UserError:
        if TILL.match(said):
            raise
        return None  # "One, two at 8:00"


def _moment(view: View, text: str, preposition: re.Pattern[str], unclear: str) -> datetime | None:
    said = text.strip(AROUND)
    opened = preposition.match(said)
    value = said[opened.end() :] if opened else said
    moment: datetime | None = view.read(When, value)
    if moment is None and opened and len(said.split()) <= _ATTEMPT and any(letter.isdigit() for letter in said):
        raise InvalidArgument(unclear, text=said)
    return moment


def folded(text: str) -> str:
    return " ".join(text.casefold().replace("ё", "е").split()).strip(AROUND)


def words_of(view: View, key: str) -> set[str]:
    """The words of both languages: everybody may use any."""
    return {folded(word) for word in view.listed(key)}


def _longest_first(words: set[str]) -> list[str]:
    return sorted(words, key=len, reverse=True)
