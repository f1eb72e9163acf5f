"""Groups of a subject in what the teacher writes: "А: упр. 3; Б: упр. 5", "группы 1 и 2", "(А) …; (Б) …". Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .domain import MAX_GROUP

_LETTER = r"[A-Za-zА-ЯЁа-яё]"
_AND = r"(?:\s*[,/&+]\s*|\s+(?:и|and)\s+)"
_LETTERS = rf"{_LETTER}(?:{_AND}{_LETTER}(?!\w))*"
_WORD = r"(?:(?:под)?групп[аыеу]|(?:под)?гр\.?|groups?|gr\.?)"
_GROUP = re.compile(
    rf"\(?{_WORD}\s*№?\s*(?P<named>{_LETTER}|\d{{1,2}})(?!\w)\)?"
    r"|\(?(?P<counted>\d{1,2})(?:-?(?:го|я|ая|st|nd|rd|th))?\s*(?:(?:под)?группа|гр\.?|group)(?!\w)\)?"
    rf"|(?P<letter>{_LETTERS})\s*:|\((?P<bracket>{_LETTERS}|\d)\)",
    re.IGNORECASE,
)
_MORE = re.compile(
    rf"(?:\s*[/&+]\s*|\s+(?:и|and)\s+|(?P<comma>\s*,\s*))(?:{_WORD}\s*)?(?P<more>{_LETTER}|\d{{1,2}})(?![\w.])\)?",
    re.IGNORECASE,
)
_COUNTED_OR_NAMED = re.compile(rf"\d+\s*{_WORD}\s*№?\s*(?:{_LETTER}|\d{{1,2}})(?!\w)", re.IGNORECASE)
_PLURAL = re.compile(r"\(?(?:(?:под)?группы|groups)\b", re.IGNORECASE)
_GAP = re.compile(r"\s*[;,]\s*|\.\s+|\s+")
_SEPARATORS = " \t:,;–—-"


@dataclass(frozen=True, slots=True)
class GroupMark:
    """Groups that a text begins with, as tasks keep them. `kind`: how they are marked; `end`: where the mark ends."""

    groups: tuple[str, ...]
    kind: str
    end: int


def group_mark(text: str) -> GroupMark | None:
    found = _GROUP.match(text)
    if found is None:
        return None
    kind = next(name for name, said in found.groupdict().items() if said)
    groups = re.split(_AND, found[kind])
    end = found.end()
    while kind == "named" and (more := _MORE.match(text, end)) is not None:
        if more["comma"] and not _PLURAL.match(text):
            break  # "группа А, с. 5"
        if more["more"].isupper() != groups[0].isupper() or more["more"].isdigit() != groups[0].isdigit():
            break
        groups.append(more["more"])
        end = more.end()
    return GroupMark(tuple(dict.fromkeys(group.upper()[:MAX_GROUP] for group in groups)), kind, end)


def by_groups(text: str, start: int) -> Sequence[str]:
    """A subject's line, apart where another of its groups begins; `start`: where the text behind the subject's name does."""
    begin = len(text) - len(text[start:].lstrip(_SEPARATORS))
    mark = group_mark(text[begin:])
    if mark is None:
        return [text]
    seen, pieces, last = set(mark.groups), [], 0
    for gap in _GAP.finditer(text, begin + mark.end):
        other = group_mark(text[gap.end() :])
        if other is None or seen.intersection(other.groups) or not _goes_on(text[gap.end() :], mark, other, gap.group()):
            continue
        pieces.append(text[last : gap.start()])
        last = gap.end()
        seen.update(other.groups)
    return [*pieces, text[last:]]


def _goes_on(text: str, first: GroupMark, other: GroupMark, gap: str) -> bool:
    """Whether a mark is another group's, and no part of a task: "(1)", "а: …"."""
    if other.kind == "counted" and not gap.strip() and _COUNTED_OR_NAMED.match(text):
        return False  # of "упр 3 группа Б" the group is no third one
    if other.kind in ("named", "counted"):
        return True
    if other.kind == "bracket" and first.kind != "bracket":
        return False
    return bool(gap.strip()) or text.lstrip("(")[:1].isupper()
