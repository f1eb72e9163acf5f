"""The teacher edits a message or a command with their client, as people do for a slip of the pen.

What was announced follows, through the same guards as if it were written anew. A command that was refused and is put right
works; one that cannot be followed is told to be written anew.
"""

from __future__ import annotations

from dataclasses import replace

from classroom_matrix.api import Context, on
from classroom_matrix.domain.facts import MessageSent
from classroom_matrix.domain.people import Role
from classroom_matrix.errors import UserError, WhoIsMeant

from . import store
from .cards import called
from .corrections import correct, correct_scheduled
from .deadline_in_new_text import deadline_meant
from .deadlines import plan_deadline
from .domain import Announcement, State, milliseconds
from .no_text import OPENING, refuse_what_is_no_correction
from .opening import announce, confirm
from .own import files_of
from .publishing import ask_to_confirm, show
from .wording import opening_in, read_wording, take_numbered_deadline

FRESH = 10 * 60 * 1000
"""Milliseconds; what was refused longer ago was meant then, and may have been said in another way since."""
_OTHERS = ("correct", "confirmed")


@on(MessageSent)
def follow_edit(ctx: Context, message: MessageSent) -> None:
    if message.replaces is None or ctx.person is None or not ctx.person.role.may(Role.TEACHER):
        return
    before = ctx.message_of(message.replaces)
    if before is not None and before.sender != message.sender:
        return  # clients do not show it
    body = message.body.removeprefix("* ").strip()  # how clients mark edits
    announcement = store.by_event(ctx.klass.id, message.replaces)
    try:
        if announcement is None:
            _follow_other(ctx, message, before, body)
        elif announcement.own == message.replaces:
            _follow_own(ctx, announcement, body, message.at)
        else:
            _follow_command(ctx, announcement, body)
    except UserError as error:  # families read what is answered in most rooms
        raise WhoIsMeant(error.key, **error.values) from error


def _follow_other(ctx: Context, message: MessageSent, before: MessageSent | None, body: str) -> None:
    """Of what has made no announcement yet. `before`: the message as it was, if it is known."""
    edited = message.replaces
    assert edited is not None
    store.edit_heard(ctx.klass.id, edited, body)
    opening = opening_in(ctx, body)
    if opening is None:
        if _is_other_command(ctx, body):
            ctx.reply_privately("announcements-command-edited")
        return
    must, text = opening
    meant = ctx.command_in(body)
    is_text = meant is not None and meant.name in OPENING and bool(text) and take_numbered_deadline(text)[0] is None
    if not is_text or message.kind != "text" or before is None or message.at - before.at > FRESH:
        ctx.reply_privately("announcements-command-edited")
        return
    files = files_of(ctx, before.reply_to) if before.reply_to is not None else ()
    announce(ctx, text, must=must, attachments=files, source=edited)


def _is_other_command(ctx: Context, body: str) -> bool:
    """Whether it is one of ours that announces nothing."""
    try:
        meant = ctx.command_in(body)
    except UserError:
        return False  # somebody's
    return meant is not None and meant.name in _OTHERS


def _follow_own(ctx: Context, announcement: Announcement, body: str, at: int) -> None:
    """Of the teacher's own message in the announcements room: clients show the edit themselves, so there is nothing to tell."""
    command = opening_in(ctx, body)
    must, text = command or (False, body)
    if text == announcement.text:
        return
    wording = read_wording(ctx, text)
    if command is not None:
        refuse_what_is_no_correction(ctx, announcement.text, wording)
    until = wording.until
    if announcement.must and until is None:
        until = deadline_meant(ctx, announcement, wording.text, ctx.now)
    changed = store.add_version(announcement, wording.text, at)
    changed = store.change(changed, told_version=changed.version)
    if announcement.must and until is not None and until > ctx.now:
        changed = store.change(
            changed, until=milliseconds(until), reported=False, changes=changed.changes + 1, changed_at=ctx.occurred
        )
        plan_deadline(ctx, changed)
    elif (must or wording.must) and not announcement.must:
        until = until or deadline_meant(ctx, announcement, wording.text, ctx.now)
        changed = ask_to_confirm(ctx, changed, replace(wording, must=True, until=until))
    show(ctx, changed)


def _follow_command(ctx: Context, announcement: Announcement, body: str) -> None:
    """Of the command that made it."""
    if announcement.state not in (State.SCHEDULED, State.SENT):
        return
    opening = opening_in(ctx, body)
    meant = ctx.command_in(body) if opening is not None else None
    if opening is None or meant is None or meant.name not in OPENING or not opening[1]:
        ctx.reply_privately(
            "announcements-edited-to-other",
            announcement=called(ctx, announcement, ctx.language),
            example=ctx.text("announcements-again-cancel", language=ctx.language, number=str(announcement.number)),
        )
        return
    must, text = opening
    wording = read_wording(ctx, text)
    wording = replace(wording, must=(wording.must or must) and not announcement.must)
    if not wording.text:
        return
    refuse_what_is_no_correction(ctx, announcement.text, wording)
    if announcement.state is State.SCHEDULED:
        after = correct_scheduled(ctx, announcement, wording)
        if after != announcement:
            confirm(ctx, after)
        return
    is_moved = wording.until is not None and milliseconds(wording.until) != announcement.until
    if wording.text != announcement.text or wording.must or is_moved:
        correct(ctx, announcement, wording)
