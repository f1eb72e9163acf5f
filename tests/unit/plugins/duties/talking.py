"""What the tests of duties look at."""

from __future__ import annotations

from classroom_matrix.domain.ids import HouseholdId
from classroom_matrix.testing.conversation import CLASS, Conversation

HOW = "\nЕсли не получится, напишите «не смогу» или поставьте ❌."
"""The end of a reminder."""


def desks(talk: Conversation) -> None:
    """Make a desk for every household."""
    for family in talk.roster.families:
        for home in family.households:
            talk._runner.run(talk._desk_of(CLASS, HouseholdId(home.id)))
    talk._feed.clear()


def card(talk: Conversation, title: str = "Каток") -> str:
    return talk.card(title, room="events").body


def roles(talk: Conversation, title: str = "Каток") -> list[str]:
    """The lines of the roles on a card."""
    return [line for line in card(talk, title).split("\n") if "\N{COMBINING ENCLOSING KEYCAP}" in line]
