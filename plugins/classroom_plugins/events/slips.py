"""Commands that went wrong, and would be published as an event: "!событие готово Выпускной", "!событие Калинина 2"."""

from __future__ import annotations

import difflib

from classroom_matrix.api import View
from classroom_matrix.errors import InvalidArgument

from .domain import fold
from .spoken import words_of
from .words import is_form_of

_LIKENESS = 0.82  # of difflib: one wrong, missing or swapped letter in a word of six
_QUOTES = ("«", '"', "“", "„")


def refuse_slip(view: View, text: str) -> None:
    """Let a title pass, unless it begins like a command or with a family's name. One in quotes is always a title.

    Raises:
        InvalidArgument: it does.
    """
    said = text.lstrip()
    if not said or said.startswith(_QUOTES):
        return
    first = fold(said.split()[0].strip(".,:;!?—–-"))
    commands = words_of(view, "events-words-commands")
    if first in commands or difflib.get_close_matches(first, [each for each in commands if len(each) > 4], 1, _LIKENESS):
        raise InvalidArgument("events-slip-command", word=first)
    surnames = {fold(pupil.surname) for family in view.roster.families for pupil in family.pupils}
    if any(is_form_of(first, surname) for surname in surnames):
        raise InvalidArgument("events-slip-family")
