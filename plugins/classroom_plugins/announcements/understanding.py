"""Plain words in a desk that confirm a must-read: "прочитали", "готово", "№2 да", "read"."""

from __future__ import annotations

from collections.abc import Sequence

from classroom_matrix.api import Context, Meaning, View
from classroom_matrix.domain.facts import MessageSent
from classroom_matrix.domain.people import Person

from . import store
from .cards import called, count, subject_of
from .confirming import record, speaks_for
from .domain import DAY, Announcement, Confirmation, Via
from .words import what_was_said

CONFIRM, AGAIN = "confirm", "again"


def understand(view: View, person: Person, message: MessageSent) -> Sequence[Meaning]:
    """A meaning for each must-read that the family has not confirmed; where it has confirmed all, for the newest."""
    if speaks_for(person) is None or message.kind != "text" or message.replaces is not None:
        return ()
    said = what_was_said(view, person, message.body)
    if said is None:
        return ()
    open_ones = [
        each
        for each in store.asking(view.klass.id)
        if each.takes_words(message.at) and (not said.numbers or each.number in said.numbers)
    ]
    waiting = [each for each in open_ones if not _has_confirmed(view, each, person)]
    if not said.clear and not said.numbers:
        waiting = [each for each in waiting if _was_just_asked(each, person, message.at)]  # else "ок" is said to the teacher
    if len(waiting) > 1 and (said.numbers or said.all_of_them):
        return [_meaning(view, waiting, person, CONFIRM, sure=True)]
    if waiting:
        return [_meaning(view, [each], person, CONFIRM, sure=said.clear or bool(said.numbers)) for each in waiting]
    if open_ones and (said.clear or said.numbers):
        return [_meaning(view, open_ones[-1:], person, AGAIN, sure=True)]
    return ()


def take(ctx: Context, meaning: Meaning) -> None:
    """Write it down and say so in one short line."""
    answer, _, ids = meaning.answer.partition(" ")
    found = [store.get(ctx.klass.id, int(each)) for each in ids.split(",") if each]
    announcements = [each for each in found if each is not None]
    speaker = speaks_for(ctx.person)
    if not announcements or speaker is None or ctx.event_id is None:
        return
    names = [called(ctx, each, ctx.language) for each in announcements]
    asking = [each for each in announcements if each.is_asking]
    if not asking:
        ctx.reply("announcements-taken-over", announcement=names[0])
        return
    if answer == AGAIN:
        ctx.reply("announcements-taken-again", announcement=names[0])
        return
    person, family = speaker
    for each in asking:
        record(ctx, each, Confirmation(ctx.event_id, family, person, Via.DESK, ctx.occurred))
    if len(asking) > 1:
        ctx.reply("announcements-taken-several", announcements=names)
        return
    late = asking[0].is_late(ctx.occurred)
    ctx.reply("announcements-taken-late" if late else "announcements-taken", announcement=called(ctx, asking[0], ctx.language))


def _was_just_asked(announcement: Announcement, person: Person, at: int) -> bool:
    asked = store.asked_at(announcement, person.household_id)
    return asked is not None and at - asked <= DAY


def _has_confirmed(view: View, announcement: Announcement, person: Person) -> bool:
    """Also of the text as it is now, where the family was asked about that."""
    one = count(view, announcement).confirmed.get(person.family_id) if person.family_id else None
    return one is not None and not (one.old and store.asked_at(announcement, person.household_id) is not None)


def _meaning(view: View, meant: Sequence[Announcement], person: Person, answer: str, *, sure: bool) -> Meaning:
    times = [store.asked_at(each, person.household_id) for each in meant] if answer == CONFIRM else []
    asked = max((time for time in times if time is not None), default=None)
    label = view.text("announcements-meaning", announcement=called(view, meant[0]))
    ids = ",".join(str(each.id) for each in meant)
    return Meaning(subject_of(meant[0]), f"{answer} {ids}", label, asked=asked, sure=sure or asked is not None)
