"""What an announcement looks like: its card, the request to confirm, the line about a correction; and its name in sentences."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass

from classroom_matrix.api import Subject, View, card
from classroom_matrix.domain.content import Block, Bold, Content, Line, Muted, Target
from classroom_matrix.domain.ids import FamilyId

from . import store
from .changes import what_changed
from .domain import Announcement, Standing, State, Version, local, milliseconds, standing

BUTTON = "✅"
_SHORT = 60  # characters


@dataclass(frozen=True, slots=True)
class Count:
    """How far a must-read has come. `confirmed`: of families that are in the class now."""

    families: int
    confirmed: Mapping[FamilyId, Standing]

    @property
    def is_complete(self) -> bool:
        return len(self.confirmed) == self.families


def count(view: View, announcement: Announcement) -> Count:
    found = standing(announcement, store.versions(announcement), store.confirmations(announcement))
    families = {family.id for family in view.roster.families}
    return Count(len(families), {family: one for family, one in found.items() if family in families})


@card
def announcement_card(view: View, subject: str) -> Content:
    """The announcement itself, word for word; below it what has to be confirmed and how far that is."""
    announcement = store.get(view.klass.id, int(subject))
    if announcement is None:
        return Content.line(view.text("announcements-unknown", number=subject))
    if announcement.state is State.WITHDRAWN:
        return Content((Line(Muted(view.text("announcements-card-withdrawn", number=str(announcement.number)))),))
    blocks: list[Block] = [Line(line) for line in announcement.text.split("\n")]
    if announcement.must and not announcement.follow_up:
        blocks += _request(view, announcement)
    blocks.append(Line(Muted(_signature(view, announcement))))
    return Content(tuple(blocks), loud=announcement.loud, mention_room=announcement.urgent and announcement.loud)


@card
def request_card(view: View, subject: str) -> Content:
    """The request to confirm a message that was there before."""
    announcement = store.get(view.klass.id, int(subject))
    if announcement is None or announcement.state is not State.SENT:
        number = subject if announcement is None else str(announcement.number)
        return Content((Line(Muted(view.text("announcements-card-withdrawn", number=number))),))
    small = Line(Muted(view.text("announcements-card-number", number=str(announcement.number))))
    return Content((*_request(view, announcement), small), loud=announcement.loud, reply_to=target(view, announcement))


@card
def correction_card(view: View, subject: str) -> Content:
    """One line below the announcement that says what is different, or that it does not hold any more. Never edited."""
    id_, _, about = subject.partition("/")
    announcement = store.get(view.klass.id, int(id_))
    if announcement is None:
        return Content.line(view.text("announcements-unknown", number=id_))
    said = _withdrawn(view, announcement) if about == "withdrawn" else _corrected(view, announcement, int(about))
    content = Content.line(said, loud=True)
    return Content(content.blocks, loud=True, reply_to=target(view, announcement))


CARDS = (announcement_card.name, request_card.name, correction_card.name)


def subject_of(announcement: Announcement) -> Subject:
    """What letters about it are about, like its card."""
    return Subject(announcement_card.name, str(announcement.id))


def target(view: View, announcement: Announcement) -> Target | None:
    """The message that is the announcement; None before it is sent."""
    return announcement.own or next(iter(view.posted(subject_of(announcement))), None)


def difference(view: View, announcement: Announcement, since: int, language: str | None = None) -> str:
    """What is different since an earlier version, in a sentence."""
    before = next((each.text for each in store.versions(announcement) if each.number == since), "")
    changed = what_changed(before, announcement.text)
    if changed is None:
        return view.text("announcements-changed", language=language)
    return view.text("announcements-changed-from", language=language, was=changed[0], now=changed[1])


def _corrected(view: View, announcement: Announcement, since: int) -> str:
    """`since`: the version that the room has been told of."""
    number = str(announcement.number)
    if announcement.own is not None:  # the teacher's own message still says what it said
        return view.text("announcements-corrected-own", number=number, text=announcement.text)
    return view.text("announcements-corrected", number=number, change=difference(view, announcement, since))


def _withdrawn(view: View, announcement: Announcement) -> str:
    return view.text("announcements-withdrawn", number=str(announcement.number), text=short(announcement.text))


def _request(view: View, announcement: Announcement) -> list[Block]:
    return [Line(Bold(_please(view, announcement))), Line(progress(view, count(view, announcement)))]


def _please(view: View, announcement: Announcement) -> str:
    if announcement.until is None:
        return view.text("announcements-card-confirm")
    until = local(announcement.until, view.klass.zone)
    key = (
        "announcements-card-confirm-until"
        if milliseconds(view.now) <= announcement.until
        else "announcements-card-confirm-late"
    )
    return view.text(key, until=until)


def progress(view: View, state: Count, language: str | None = None) -> str:
    return view.text("announcements-progress", language=language, confirmed=len(state.confirmed), families=state.families)


def _signature(view: View, announcement: Announcement) -> str:
    author = next((person.name for person in view.roster.staff if person.id == announcement.author), "")
    parts = [view.text("announcements-card-number", number=str(announcement.number))]
    if author:
        parts.append(author)
    if announcement.version > 1:
        changed: Version = store.versions(announcement)[-1]
        parts.append(view.text("announcements-card-corrected", when=local(changed.at, view.klass.zone)))
    return " · ".join(parts)


def short(text: str) -> str:
    """As much of a text as fits into a sentence."""
    return (textwrap.shorten(text, _SHORT, placeholder="…") or text[:_SHORT]).rstrip(".")


def called(view: View, announcement: Announcement, language: str | None = None) -> str:
    """An announcement in a sentence: "№3 «Завтра каток…»"."""
    number, text = str(announcement.number), short(announcement.text)
    return view.text(
        "announcements-called" if text else "announcements-called-file", language=language, number=number, text=text
    )
