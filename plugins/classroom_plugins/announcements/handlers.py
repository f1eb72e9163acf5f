"""What the commands do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from classroom_matrix.api import Context, When, command
from classroom_matrix.domain.people import Family, Role
from classroom_matrix.errors import InvalidArgument, NotFound, UserError

from . import store
from .cards import called, count
from .confirming import record
from .corrections import correct, correct_scheduled, drop, withdraw
from .corrections import move as move_due
from .domain import Announcement, Attachment, Confirmation, State, Via, entry_source
from .lookup import announcement_of, meant
from .no_text import refuse_what_is_no_correction
from .opening import announce, confirm
from .own import adopt, files_of
from .publishing import ask_to_confirm, show_count
from .several import is_named_in, other_families
from .times_in_text import tells_more
from .wording import (
    Wording,
    begins_with_arrow,
    fits_in,
    put_instead,
    read_until,
    read_wording,
    take_number,
    take_numbered_deadline,
)

LATEST = 10
_BARE_FIRST = re.compile(r"\s*(\d{1,6})\s+(?=\D)(?!раз|times)")  # "2 по телефону", and not "2 раза"
_MORE_NUMBERS = re.compile(r"\s*(?:[,;&+]|и\b|and\b)\s*(?:№|#)?\s*\d", re.IGNORECASE)
_LAST = re.compile(r"(?<=[^\W\d])\W*?\s(?:№|#)?\s*(\d{1,6})\s*$")  # "по телефону 2"


@command("announce", needs=Role.TEACHER, published=True)
def open_announcement(ctx: Context, text: str = "") -> None:
    """Long texts with line breaks, word for word; as a reply to a photo, with the photo."""
    files = _files(ctx)
    if not files and not text.strip() and ctx.reply_to is not None and (own := _own(ctx)) is not None:
        ctx.reply_privately("announcements-counted", announcement=called(ctx, own, ctx.language))
        return
    announce(ctx, text, must=False, attachments=files)


@command("mustread", needs=Role.TEACHER, published=True)
def open_mustread(ctx: Context, text: str = "") -> None:
    """With a text, an announcement that has to be confirmed; without one, what it is a reply to becomes one."""
    number, rest = take_numbered_deadline(text)
    until = read_until(ctx, rest) if number is not None or not tells_more(ctx, rest) else None
    wording = Wording("", until=until) if until is not None else read_wording(ctx, rest if number is not None else text)
    files = _files(ctx)
    if wording.text or files:
        announce(ctx, text, must=True, attachments=files)
        return
    found = store.by_number(ctx.klass.id, number) if number is not None else _own(ctx)
    if found is None:
        example = ctx.text("announcements-example-mustread", language=ctx.language)
        raise InvalidArgument("announcements-mustread-of-what", example=example)
    _ask(ctx, found, Wording("", must=True, until=wording.until))


def _ask(ctx: Context, announcement: Announcement, wording: Wording) -> None:
    if announcement.state is State.SCHEDULED:
        confirm(ctx, correct_scheduled(ctx, announcement, wording))
    elif announcement.state is not State.SENT:
        raise InvalidArgument(f"announcements-is-{announcement.state}", announcement=called(ctx, announcement, ctx.language))
    elif announcement.must:
        if wording.until is None:
            raise InvalidArgument("announcements-is-asked", announcement=called(ctx, announcement, ctx.language))
        correct(ctx, announcement, wording)
    else:
        asked = ask_to_confirm(ctx, announcement, wording)
        if ctx.room.role != ctx.options.room:
            confirm(ctx, asked)
        elif ctx.event_id is not None:
            ctx.redact(ctx.event_id, room=ctx.room.id)  # the card says it better


@command("correct", needs=Role.TEACHER, names_people=True)  # families read the correction, not the command
def correct_text(ctx: Context, text: str) -> None:
    """By reply or number; the newest one where it is clear which. The whole text, or "18:00 → 19:00"."""
    number, rest = take_number(text, bare=ctx.reply_to is None)
    wording = read_wording(ctx, rest)
    says_nothing = not wording.text and wording.until is None and wording.when is None and not wording.again
    if says_nothing or begins_with_arrow(wording.text):
        example = ctx.text("announcements-example-correct", language=ctx.language)
        raise InvalidArgument("announcements-correct-to-what", example=example)
    if number is None:
        _own(ctx)  # the message that is replied to becomes an announcement
    candidates = [*store.scheduled(ctx.klass.id), *store.sent(ctx.klass.id, LATEST)]
    fitting = [each for each in candidates if fits_in(each.text, wording.text)]
    found = meant(ctx, number, example="announcements-again-correct", fits=_is_alive, candidates=fitting or candidates)
    wording = replace(wording, text=put_instead(found.text, wording.text))
    if wording.text != found.text:
        refuse_what_is_no_correction(ctx, found.text, wording)
    if found.state is State.SCHEDULED:
        confirm(ctx, correct_scheduled(ctx, found, wording))
        return
    if wording.text == found.text and wording.until is None and not wording.again:
        raise InvalidArgument("announcements-same-text", announcement=called(ctx, found, ctx.language))
    correct(ctx, found, wording)


@command("announce cancel", needs=Role.TEACHER)
def cancel_announcement(ctx: Context, number: int | None = None) -> None:
    """Before it is sent nobody learns of it; after, the card is emptied and one line says so."""
    if number is None:
        _own(ctx)
    candidates = [*store.scheduled(ctx.klass.id), *store.sent(ctx.klass.id, LATEST)]
    found = meant(ctx, number, example="announcements-again-cancel", fits=_is_alive, candidates=candidates)
    if found.state is State.SENT:
        withdraw(ctx, found)
        return
    drop(ctx, found)
    ctx.reply_privately("announcements-cancelled", announcement=called(ctx, found, ctx.language))


@command("announce move", needs=Role.TEACHER)
def move_announcement(ctx: Context, number: int | None = None, *, to: When) -> None:
    found = meant(
        ctx,
        number,
        example="announcements-again-move",
        fits=lambda each: each.state is State.SCHEDULED,
        candidates=store.scheduled(ctx.klass.id),
    )
    confirm(ctx, move_due(ctx, found, Wording("", when=to)))


@command("confirmed", needs=Role.TEACHER, names_people=True)
def enter_confirmation(ctx: Context, family: Family, how: str = "", *, announcement: int | None = None) -> None:
    """What families said by phone or on paper; of an announcement that need not be confirmed, that it was passed on."""
    _refuse_two_families(ctx, family, how)
    others, how = other_families(ctx, how)
    families = list(dict.fromkeys((family, *others)))
    named, how = _number_in(ctx, how.lstrip(" ,;"))  # "Калинина №2 по телефону"
    numbers = {each for each in (named, announcement) if each is not None}
    if len(numbers) > 1 or (numbers and _MORE_NUMBERS.match(how)):  # one would be a note
        example = ctx.text("announcements-again-confirmed", language=ctx.language, family=family.label.split()[-1], number="2")
        raise InvalidArgument("announcements-one-by-one", example=example)
    found = meant(
        ctx,
        named if announcement is None else announcement,
        example="announcements-again-confirmed-number",
        fits=lambda each: each.state is State.SENT,
        candidates=_waiting_for(ctx, families) or store.sent(ctx.klass.id, LATEST),
    )
    assert ctx.person is not None
    assert ctx.event_id is not None
    name = called(ctx, found, ctx.language)
    if _withdraws(ctx, how):
        struck = [each for each in families if store.strike_entries(found, each.id, ctx.occurred)]
        if len(struck) < len(families):
            left = "; ".join(each.label for each in families if each not in struck)
            raise NotFound("announcements-no-entry", family=left, announcement=name)
        show_count(ctx, found)
    else:
        for place, each in enumerate(families):
            source = entry_source(ctx.event_id, place)
            record(ctx, found, Confirmation(source, each.id, ctx.person.id, Via.PROXY, ctx.occurred, how.strip(" ,;")))
    key = "entry-removed" if _withdraws(ctx, how) else "entered" if found.must else "entered-passed"
    ctx.reply_privately(f"announcements-{key}", family="; ".join(each.label for each in families), announcement=name)


def _number_in(ctx: Context, how: str) -> tuple[int | None, str]:
    """Which announcement is named where the way of confirming is told; a bare number only if there is one of that number."""
    named, rest = take_number(how)
    bare = (_BARE_FIRST.match(how) or _LAST.search(how)) if named is None else None
    if bare is not None and store.by_number(ctx.klass.id, int(bare[1])) is not None:
        return int(bare[1]), f"{how[: bare.start()]} {how[bare.end() :]}".strip()
    return named, rest


def _refuse_two_families(ctx: Context, family: Family, how: str) -> None:
    """In "2 Беляева" the number is hardly a pupil's."""
    first = how.split(maxsplit=1)[0] if how.split() else ""
    command = ctx.message_of(ctx.event_id) if ctx.event_id is not None else None
    if ctx.roster.family_first(first) is None or command is None or is_named_in(family, command.body):
        return
    try:
        other = ctx.read(Family, first)
    except UserError:
        other = None
    if other != family:
        example = ctx.text("announcements-again-confirmed", language=ctx.language, family=first, number="2")
        raise InvalidArgument("announcements-family-first", example=example)


def _waiting_for(ctx: Context, families: Sequence[Family]) -> list[Announcement]:
    """Must-reads that one of the families has not confirmed, newest first; all of them where they have."""
    asking = store.asking(ctx.klass.id)[::-1]
    return [each for each in asking if any(family.id not in count(ctx, each).confirmed for family in families)] or asking


def _withdraws(ctx: Context, how: str) -> bool:
    words = ctx.text("announcements-words-withdraw").split(",")
    return how.strip().casefold() in {word.strip() for word in words}


def _is_alive(announcement: Announcement) -> bool:
    return announcement.state in (State.SCHEDULED, State.SENT)


def _own(ctx: Context) -> Announcement | None:
    """The announcement that this is a reply to; a message of the teacher's becomes one."""
    if ctx.reply_to is None:
        return None
    return announcement_of(ctx, ctx.reply_to) or adopt(ctx, ctx.reply_to)


def _files(ctx: Context) -> tuple[Attachment, ...]:
    """What this is a reply to, if that is a photo."""
    return files_of(ctx, ctx.reply_to) if ctx.reply_to is not None else ()
