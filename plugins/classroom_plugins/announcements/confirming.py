"""Confirmations of families, whichever way they come."""

from __future__ import annotations

from classroom_matrix.api import Context, on
from classroom_matrix.domain.facts import EventRedacted, ReactionAdded
from classroom_matrix.domain.ids import FamilyId, PersonId
from classroom_matrix.domain.people import Person, Role

from . import store
from .cards import count
from .corrections import forget_own
from .deadlines import report
from .domain import Announcement, Confirmation, Via, is_tap
from .lookup import announcement_of
from .publishing import show, show_count


@on(ReactionAdded)
def confirm_by_reaction(ctx: Context, reaction: ReactionAdded) -> None:
    """A ✅ of a guardian's on the announcement, the request below it, a correction or a letter. Hearts are left alone."""
    speaker = speaks_for(ctx.person)
    if speaker is None or not is_tap(reaction.key):
        return
    announcement = announcement_of(ctx, reaction.target)
    if announcement is None or not announcement.must:
        return
    via = Via.LETTER if ctx.room.role in ("desk", "private") else Via.REACTION
    person, family = speaker
    record(ctx, announcement, Confirmation(reaction.event_id, family, person, via, reaction.at))


@on(EventRedacted)
def take_back(ctx: Context, redaction: EventRedacted) -> None:
    """A ✅ was taken back, or the teacher has removed the announcement itself."""
    if speaks_for(ctx.person) is not None:
        announcements = store.confirmed_by(ctx.klass.id, redaction.target)
        if not announcements:
            store.remember_strike(redaction.target, redaction.at)
            return
        store.strike(redaction.target, redaction.at)
        for announcement in announcements:
            show_count(ctx, announcement)
    elif ctx.person is not None and ctx.person.role.may(Role.TEACHER):
        removed = announcement_of(ctx, redaction.target)
        if removed is not None:
            forget_own(ctx, removed, redaction.target)


def record(ctx: Context, announcement: Announcement, given: Confirmation) -> bool:
    """Write a confirmation down and show it. The same event again changes nothing.

    Returns:
        Whether it is new.
    """
    if not store.confirm(announcement, given):
        return False
    if announcement.is_asking:
        show_count(ctx, announcement)
        if count(ctx, announcement).is_complete:
            show(ctx, announcement)
            report(ctx, announcement)
    return True


def speaks_for(person: Person | None) -> tuple[PersonId, FamilyId] | None:
    """The guardian who confirms for a family. Others have no say: staff, relatives, pupils, people with a court limit."""
    if person is None or person.role is not Role.GUARDIAN or person.limited or person.family_id is None:
        return None
    return person.id, person.family_id
