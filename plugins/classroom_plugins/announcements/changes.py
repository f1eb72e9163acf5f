"""What is different between two texts, as few words as say it."""

from __future__ import annotations

import difflib
import re

MOST = 12
"""Words on either side; more than that is a new text."""
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


def _words(text: str) -> list[str]:
    return re.findall(r"\S+", text)


def _joined(words: list[str]) -> str:
    return " ".join(words).strip(" .,;:!?")
