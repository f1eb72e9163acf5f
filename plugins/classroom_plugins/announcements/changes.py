"""What is different between two texts, as few words as say it."""

from __future__ import annotations

import difflib
import re

MOST = 12
"""Words on either side; more than that is a new text."""
_SHORTEST = 4  # letters of a word in which a slip is plain
_CONFUSED = ("июн", "июл", "june", "july", "девят", "десят")
"""Words that mean another time or number with one letter changed."""
_BARE = re.compile(r"^[^\w]+|[^\w]+$")
_AROUND = 1  # words of context where only something was put in or taken out


def what_changed(before: str, after: str) -> tuple[str, str] | None:
    """The words that were, and those that are there instead; None where it is better to read the whole text again."""
    old, new = _words(before), _words(after)
    matcher = difflib.SequenceMatcher(a=old, b=new, autojunk=False)
    changed = [code for code in matcher.get_opcodes() if code[0] != "equal"]
    if not changed:
        return None
    old_from, old_to = changed[0][1], changed[-1][2]
    new_from, new_to = changed[0][3], changed[-1][4]
    if old_from == old_to or new_from == new_to:
        before_it, behind = min(_AROUND, old_from, new_from), min(_AROUND, len(old) - old_to, len(new) - new_to)
        old_from, new_from, old_to, new_to = old_from - before_it, new_from - before_it, old_to + behind, new_to + behind
    was, now = old[old_from:old_to], new[new_from:new_to]
    if not was or not now or len(was) > MOST or len(now) > MOST:
        return None
    if len(was) == len(old) and len(now) == len(new):
        return None  # nothing of it is the same
    return _joined(was), _joined(now)


def is_slip(before: str, after: str) -> bool:
    """Whether only a letter of one word was put right, or signs and spaces: nobody has read anything wrong."""
    old, new = ([_BARE.sub("", word) for word in _words(text)] for text in (before, after))
    old, new = [word for word in old if word], [word for word in new if word]
    if len(old) != len(new) or sum(map(str.isdigit, before)) != sum(map(str.isdigit, after)):
        return False
    changed = [(one, other) for one, other in zip(old, new, strict=True) if one != other]
    return len(changed) <= 1 and all(_is_slip_of(one.casefold(), other.casefold()) for one, other in changed)


def _is_slip_of(one: str, other: str) -> bool:
    if one == other:
        return True
    if not (one.isalpha() and other.isalpha()) or min(len(one), len(other)) < _SHORTEST:
        return False
    if one[0] != other[0] or one.startswith(_CONFUSED) or other.startswith(_CONFUSED):
        return False
    same = sum(block.size for block in difflib.SequenceMatcher(a=one, b=other, autojunk=False).get_matching_blocks())
    return max(len(one), len(other)) - same == 1


def _words(text: str) -> list[str]:
    return re.findall(r"\S+", text)


def _joined(words: list[str]) -> str:
    return " ".join(words).strip(" .,;:!?")
