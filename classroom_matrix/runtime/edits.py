"""Plain words that are edited: "придёи" → "придём", "болеет" → "болеет до пятницы".

What was asked back about the old wording is asked no more. Words that meant nothing at first, or that were asked back, are
understood anew, as if they had been written so when they were edited, while they are fresh and their writer has not gone on.
Words that were taken are left to whichever plugin took them: it hears of the edit as of any other.
"""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from ..domain.facts import MessageSent
from ..domain.folding import fold
from ..domain.ids import RoomId
from ..domain.people import Person, Role
from ..storage import inbox, questions, spoken
from ..storage.database import Database

FRESH = 10 * 60 * 1000  # milliseconds; whoever edits later is asked to write anew

_LATE, _CHOSEN = "core-edit-late", "core-edit-chosen"


@dataclass(frozen=True, slots=True)
class Edited:
    """What has to be done about an edit: understand `anew`, or say the sentence `refusal`; else plugins hear it."""

    anew: MessageSent | None = None
    refusal: str | None = None


def follow(database: Database, room_id: RoomId, person: Person | None, message: MessageSent, *, again: bool) -> Edited:
    """What an edit asks for. Drops the question about the old wording.

    Args:
        person: who edited; clients show edits of one's own messages only.
        message: the edit.
        again: it failed when it was understood anew, and gets a second chance.
    """
    assert message.replaces is not None
    if person is None or person.role is not Role.GUARDIAN or message.kind != "text":
        return Edited()
    if again:
        return Edited(_anew(database, message))
    question = questions.get(database, room_id)
    asked = question is not None and (question.event_id, question.person_id) == (message.replaces, person.id)
    if asked:
        questions.drop(database, room_id)
    word = spoken.get(database, room_id, message.replaces)
    if word is None or word.person_id != person.id:
        return Edited()
    if word.fate == spoken.CHOSE:
        return Edited(refusal=None if _is_same(database, message) else _CHOSEN)
    if word.fate == spoken.OPEN and word.last and message.at - word.at <= FRESH:
        return Edited(_anew(database, message))
    return Edited(refusal=_LATE if asked else None)


def _anew(database: Database, edit: MessageSent) -> MessageSent:
    """The message as it is now. It answers what it answered: clients leave that out of edits."""
    assert edit.replaces is not None
    before = inbox.fact_of(database, edit.replaces)
    reply_to, thread = (before.reply_to, before.thread) if isinstance(before, MessageSent) else (None, None)
    return msgspec.structs.replace(
        edit, event_id=edit.replaces, replaces=None, body=_said(edit), reply_to=reply_to or edit.reply_to, thread=thread
    )


def _is_same(database: Database, edit: MessageSent) -> bool:
    before = inbox.fact_of(database, edit.replaces or "")
    return isinstance(before, MessageSent) and fold(before.body).strip(" .!") == fold(_said(edit)).strip(" .!")


def _said(edit: MessageSent) -> str:
    return edit.body.removeprefix("* ").strip()  # how clients mark edits
