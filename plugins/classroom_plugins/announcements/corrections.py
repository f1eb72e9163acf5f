"""Corrections and withdrawals: the card says what holds now, one line below it says what is different, once and loudly."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from classroom_matrix.api import Context, job
from classroom_matrix.domain.content import Content, Line
from classroom_matrix.domain.ids import EventId, FamilyId
from classroom_matrix.domain.people import Family

from . import store
from .cards import announcement_card, called, correction_card, count, difference, subject_of
from .changes import is_slip
from .deadline_in_new_text import deadline_meant
from .deadlines import plan_deadline
from .delivery import families_that_opened
from .domain import Announcement, State, local, milliseconds
from .publishing import ask_to_confirm, deadline, delivery, publish_due, show
from .wording import Wording


def correct(ctx: Context, announcement: Announcement, wording: Wording) -> None:
    """Another text, or another deadline, for an announcement that is out."""
    before = announcement
    if announcement.must and wording.until is None:
        wording = replace(wording, until=deadline_meant(ctx, before, wording.text, ctx.now))
    opened = families_that_opened(ctx, before)
    had_confirmed = _confirmed(ctx, before)
    mended = before.own is None and wording.text != before.text and is_slip(before.text, wording.text)
    if mended:  # what was confirmed is the same text
        announcement = store.mend_text(announcement, wording.text)
    elif wording.text and wording.text != before.text:
        announcement = store.add_version(announcement, wording.text, ctx.occurred)
    if wording.until is not None and announcement.must:
        moved_to = deadline(ctx, replace(wording, must=True), ctx.now)
        announcement = store.change(
            announcement, until=moved_to, reported=False, changes=announcement.changes + 1, changed_at=ctx.occurred
        )
        plan_deadline(ctx, announcement)
    elif wording.must and not announcement.must:
        until = wording.until or deadline_meant(ctx, before, announcement.text, ctx.now)
        announcement = ask_to_confirm(ctx, announcement, replace(wording, until=until))
    if wording.again and announcement.must:
        announcement = store.change(announcement, asks_from=announcement.version, reported=False)
    if wording.urgent and not announcement.urgent:
        announcement = store.change(announcement, urgent=True)
    show(ctx, announcement)
    if announcement.version == before.version:
        moved = wording.until is not None or wording.again
        key = "announcements-mended-staff" if mended and not moved else "announcements-deadline-moved"
        ctx.reply_content(_answer(ctx, announcement, key, *_new_deadline(ctx, announcement, before)), privately=True)
        return
    told = tell_room(ctx, announcement, urgent=wording.urgent)
    key = "announcements-corrected-staff" if told else "announcements-corrected-staff-held"
    if before.must:
        _ask_anew(ctx, announcement, before, had_confirmed)
    lines = _who_saw(ctx, opened, had_confirmed, must=before.must, again=wording.again)
    ctx.reply_content(_answer(ctx, announcement, key, *_new_deadline(ctx, announcement, before), *lines), privately=True)


def correct_scheduled(ctx: Context, announcement: Announcement, wording: Wording) -> Announcement:
    """Nobody has seen it: it just says something else now, or comes at another time."""
    before = announcement
    values: dict[str, object] = {}
    if wording.urgent:
        values["urgent"] = True
    if wording.must:
        values["must"] = True
    announcement = store.change(announcement, **values) if values else announcement
    if wording.text:
        announcement = store.replace_text(announcement, wording.text)
    if wording.when is not None or wording.urgent:
        announcement = move(ctx, announcement, wording)
    assert announcement.due is not None
    due = local(announcement.due, ctx.klass.zone)
    if wording.until is None and announcement.must:
        wording = replace(wording, until=deadline_meant(ctx, before, wording.text, due))
    if wording.until is not None or (announcement.must and not before.must):
        announcement = store.change(announcement, until=deadline(ctx, replace(wording, must=True), due))
    return announcement


def move(ctx: Context, announcement: Announcement, wording: Wording) -> Announcement:
    """Another time for what is still to be sent."""
    assert announcement.due is not None
    wanted = wording.when or local(announcement.due, ctx.klass.zone)
    due = delivery(ctx, wanted, urgent=announcement.urgent)
    announcement = store.change(announcement, due=milliseconds(due))
    if announcement.until is not None and announcement.until <= milliseconds(due):
        until = deadline(ctx, Wording("", must=True), due)
        announcement = store.change(announcement, until=until)
    ctx.at(due, publish_due, announcement.id)
    return announcement


def tell_room(ctx: Context, announcement: Announcement, *, urgent: bool) -> bool:
    """Say what is different in the room; where it is quiet, when it is not any more. Returns whether it is said."""
    allowed = delivery(ctx, ctx.now, urgent=urgent)
    if allowed > ctx.now:
        ctx.at(allowed, tell_correction, announcement.id)
        return False
    since = announcement.told_version
    store.change(announcement, told_version=announcement.version)
    ctx.card(correction_card, f"{announcement.id}/{since}", room=announcement.room)
    return True


@job
def tell_correction(ctx: Context, announcement_id: int) -> None:
    """All corrections of the quiet hours in one line."""
    announcement = store.get(ctx.klass.id, announcement_id)
    if announcement is None:
        return
    if announcement.state is State.WITHDRAWN:
        ctx.card(correction_card, f"{announcement.id}/withdrawn", room=announcement.room)
    elif announcement.state is State.SENT and announcement.told_version < announcement.version:
        tell_room(ctx, announcement, urgent=False)


def drop(ctx: Context, announcement: Announcement) -> None:
    """What nobody has seen is not sent."""
    ctx.cancel(publish_due, announcement.id)
    store.change(announcement, state=State.CANCELLED, due=None)


def withdraw(ctx: Context, announcement: Announcement, *, urgent: bool = False) -> None:
    """Take back what is out: the card is empty, one line says so, and who may have read it is told to staff."""
    opened, had_confirmed = families_that_opened(ctx, announcement), _confirmed(ctx, announcement)
    announcement = store.change(announcement, state=State.WITHDRAWN, changes=announcement.changes + 1, changed_at=ctx.occurred)
    plan_deadline(ctx, announcement)
    show(ctx, announcement)
    allowed = delivery(ctx, ctx.now, urgent=urgent)
    if allowed > ctx.now:
        ctx.at(allowed, tell_correction, announcement.id)
    else:
        ctx.cancel(tell_correction, announcement.id)
        ctx.card(correction_card, f"{announcement.id}/withdrawn", room=announcement.room)
    key = "announcements-withdrawn-staff" if allowed == ctx.now else "announcements-withdrawn-staff-held"
    lines = _who_saw(ctx, opened, had_confirmed, must=announcement.must, again=False, withdrawn=True)
    ctx.reply_content(_answer(ctx, announcement, key, *lines), privately=True)


def forget_own(ctx: Context, announcement: Announcement, removed: EventId) -> None:
    """The teacher has removed the message with their client: everybody sees that, so nothing is said. What is still to be
    sent is not, without its command; what is out stays, and staff are told how to withdraw it.
    """
    if announcement.state is State.SCHEDULED and removed == announcement.source:
        drop(ctx, announcement)
        ctx.tell_staff("announcements-cancelled", announcement=called(ctx, announcement))
    if announcement.state is not State.SENT:
        return
    subject = ctx.subject(removed)
    if subject is not None and subject.kind != announcement_card.name:
        return  # a correction, or the request below it; or a letter to a household
    if subject is not None and ctx.room.role in ("desk", "private"):
        return
    if subject is None and removed != announcement.own:
        again = ctx.text("announcements-again-cancel", number=str(announcement.number))
        ctx.tell_staff("announcements-command-deleted", announcement=called(ctx, announcement), example=again)
        return
    announcement = store.change(announcement, state=State.WITHDRAWN, changes=announcement.changes + 1, changed_at=ctx.occurred)
    plan_deadline(ctx, announcement)
    ctx.cancel(tell_correction, announcement.id)
    if announcement.follow_up:
        show(ctx, announcement)


def _ask_anew(ctx: Context, announcement: Announcement, before: Announcement, families: Iterable[FamilyId]) -> None:
    """A letter to those who have confirmed the text that was there until now."""
    wanted = set(families)
    for family in (each for each in ctx.roster.families if each.id in wanted):
        for household in family.households:
            language = ctx.language_of(household)
            said = ctx.text(
                "announcements-asked-anew",
                language=language,
                number=str(announcement.number),
                change=difference(ctx, announcement, before.version, language),
                text=announcement.text,
            )
            held = ctx.write(household, Content.line(said, loud=True), about=subject_of(announcement))
            store.note_asked(announcement, household.id, milliseconds(held or ctx.now))


def _confirmed(ctx: Context, announcement: Announcement) -> list[FamilyId]:
    """Families that have confirmed the text as it is now."""
    if not announcement.must:
        return []
    return [family for family, one in count(ctx, announcement).confirmed.items() if not one.old]


def _who_saw(
    ctx: Context,
    opened: Sequence[Family],
    had_confirmed: Sequence[FamilyId],
    *,
    must: bool,
    again: bool,
    withdrawn: bool = False,
) -> list[str]:
    lines = []
    if opened:
        labels = "; ".join(family.label for family in opened)
        key = "announcements-withdrawn-opened" if withdrawn else "announcements-old-opened"
        lines.append(ctx.text(key, language=ctx.language, count=len(opened), families=labels))
    if must and had_confirmed:
        families = [family for family in ctx.roster.families if family.id in set(had_confirmed)]
        labels = "; ".join(family.label for family in families)
        key = "announcements-old-confirmed-again" if again else "announcements-old-confirmed"
        key = "announcements-withdrawn-confirmed" if withdrawn else key
        lines.append(ctx.text(key, language=ctx.language, count=len(families), families=labels))
        left = "; ".join(family.label for family in families if not family.is_in_app)
        if left:
            lines.append(ctx.text("announcements-left", language=ctx.language, families=left))
    return lines


def _new_deadline(ctx: Context, announcement: Announcement, before: Announcement) -> list[str]:
    if announcement.until is None or announcement.until == before.until:
        return []
    until = local(announcement.until, ctx.klass.zone)
    return [ctx.text("announcements-sent-until", language=ctx.language, until=until)]


def _answer(ctx: Context, announcement: Announcement, key: str, *more: str) -> Content:
    first = ctx.text(
        key,
        language=ctx.language,
        announcement=called(ctx, announcement, ctx.language),
        when=delivery(ctx, ctx.now, urgent=False),
    )
    return Content(tuple(Line(line) for line in (first, *more)))
