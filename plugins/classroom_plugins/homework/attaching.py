"""Photos of tasks: which are meant, and where families see them.

A photo that the teacher posted in the homework room stays where it is: families see it there, and the card counts it. One that
came from elsewhere is sent into the thread of the card. So each costs one message, and none is lost.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from classroom_matrix.api import Context, Subject
from classroom_matrix.domain.content import MediaContent

from . import store
from .cards import card_key, day_card, task_title
from .domain import Photo, Task

_TOGETHER = 2 * 60 * 1000  # milliseconds between the pages of one task
_ANNOUNCED = re.compile(r"фото|картинк|скан|на снимк|photo|picture|scan", re.IGNORECASE)
_DAY = 24 * 3600 * 1000


def announces_photo(text: str) -> bool:
    """Whether a task can do nothing without a photo, or speaks of one: "см. фото"."""
    return not text or _ANNOUNCED.search(text) is not None


def photos_meant(ctx: Context, *, announced: bool) -> list[Photo]:
    """Photos that a command is about: the one that it replies to, with its other pages, or those just posted here.

    What stands in the staff room may be about something else, and would be shown to all families: there a photo that is only
    near is taken where the command has `announced` one.
    """
    assert ctx.person is not None
    replied = store.photo(ctx.klass.id, ctx.reply_to) if ctx.reply_to is not None else None
    if replied is not None:
        others = store.waiting_photos(ctx.klass.id, replied.person, replied.room, replied.at - _TOGETHER)
        pages = [photo for photo in others if abs(photo.at - replied.at) <= _TOGETHER and photo.event != replied.event]
        return sorted([replied, *pages], key=lambda photo: (photo.at, photo.event))
    if ctx.room.role == "staff" and not announced:
        return []
    return _waiting(ctx, ctx.options.photo_wait * 60 * 1000)


def photos_of_today(ctx: Context) -> list[Photo]:
    """For a task without words: photos that have waited longer."""
    return _waiting(ctx, _DAY)


def _waiting(ctx: Context, length: int) -> list[Photo]:
    assert ctx.person is not None
    found = store.waiting_photos(ctx.klass.id, ctx.person.id, ctx.room.id, ctx.occurred - length)
    return [photo for photo in found if photo.at <= ctx.occurred]


def attach(ctx: Context, task: Task, photos: Sequence[Photo]) -> None:
    """The photos belong to the task."""
    for photo in photos:
        if store.claim(photo, task) and not photo.in_room and not ctx.posted(copy_of(photo)):
            caption = task_title(ctx, task)
            content = MediaContent(photo.media, photo.kind, caption, thread=card_key(ctx, task.day))
            ctx.post(content, room=ctx.options.room, about=copy_of(photo))
    if photos and store.is_posted(ctx.klass.id, task.day):
        ctx.refresh(day_card, task.day.isoformat())


def copy_of(photo: Photo) -> Subject:
    """What the copy of a photo in a card's thread is about."""
    return Subject("photo", photo.event)
