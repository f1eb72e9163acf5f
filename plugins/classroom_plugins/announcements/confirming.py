"""Confirmations of families, whichever way they come."""

from __future__ import annotations

from classroom_matrix.api import Context, on
from classroom_matrix.domain.facts import EventRedacted, ReactionAdded
from classroom_matrix.domain.ids import EventId, FamilyId, PersonId
from classroom_matrix.domain.people import Person, Role

from . import store
from .cards import called, count
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
        words = [each for each in announcements if each.is_asking and _is_word(each, redaction.target)]
        if not announcements:
            store.remember_strike(redaction.target, redaction.at)
            return
        store.strike(redaction.target, redaction.at)
        for announcement in announcements:
            show_count(ctx, announcement)
        for announcement in words:
            _say_taken_back(ctx, announcement)
    elif ctx.person is not None and ctx.person.role.may(Role.TEACHER):
        removed = announcement_of(ctx, redaction.target)
        if removed is not None:
            forget_own(ctx, removed, redaction.target)
        _take_back_entries(ctx, redaction)


def _take_back_entries(ctx: Context, redaction: EventRedacted) -> None:
    """The teacher has deleted the command that entered something for families."""
    entries = store.entries_of(ctx.klass.id, redaction.target)
    for announcement in {each.id: each for each, _ in entries}.values():
        sources = {given.family: given.source for each, given in entries if each.id == announcement.id}
        for source in sources.values():
            store.strike(source, redaction.at)
        show_count(ctx, announcement)
        labels = "; ".join(family.label for family in ctx.roster.families if family.id in sources)
        ctx.tell_staff("announcements-entry-removed", family=labels, announcement=called(ctx, announcement))


def _is_word(announcement: Announcement, source: EventId) -> bool:
    """Whether a word in the desk has confirmed it, and was not taken back before."""
    found = [given for given in store.confirmations(announcement) if given.source == source]
    return any(given.via is Via.DESK and given.struck_at is None for given in found)


def _say_taken_back(ctx: Context, announcement: Announcement) -> None:
    """A word in the desk was deleted: one line, as there was one when it was taken."""
    speaker = speaks_for(ctx.person)
    stands = speaker is not None and speaker[1] in count(ctx, announcement).confirmed
    key = "announcements-taken-back-stands" if stands else "announcements-taken-back"
    ctx.reply(key, announcement=called(ctx, announcement, ctx.language))


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
