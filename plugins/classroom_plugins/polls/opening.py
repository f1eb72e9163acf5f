"""The beginning of a poll: its card, its buttons, its timetable."""

from __future__ import annotations

from collections.abc import Sequence

from classroom_matrix.api import Context, Subject
from classroom_matrix.domain.content import PollContent
from classroom_matrix.errors import InvalidArgument

from .cards import has_buttons, poll_card, short
from .closing import close_at_deadline
from .domain import MAX_OPTION, MAX_OPTIONS, MAX_QUESTION, MIN_OPTIONS, Option, Poll, local, mark, same
from .reminders import plan_reminder


def check(question: str, options: Sequence[str], *, example: str) -> tuple[Option, ...]:
    """The options of a poll that somebody typed.

    Raises:
        InvalidArgument: too few or too many, two alike, or too long.
    """
    if len(options) < MIN_OPTIONS:
        raise InvalidArgument("polls-too-few-options", example=example)
    if len(options) > MAX_OPTIONS:
        raise InvalidArgument("polls-too-many-options", most=MAX_OPTIONS, count=len(options))
    if len(question) > MAX_QUESTION:
        raise InvalidArgument("polls-question-too-long", most=MAX_QUESTION, count=len(question))
    seen: set[str] = set()
    for option in options:
        if len(option) > MAX_OPTION:
            raise InvalidArgument("polls-option-too-long", option=short(option), most=MAX_OPTION, count=len(option))
        if same(option) in seen:
            raise InvalidArgument("polls-same-options", option=short(option))
        seen.add(same(option))
    return tuple(Option(str(number), option) for number, option in enumerate(options, start=1))


def post_native(ctx: Context, poll: Poll) -> None:
    """The poll for clients that have polls. Undisclosed: they would count accounts, we count families."""
    answers = tuple((option.id, option.text) for option in poll.options)
    lines = [poll.question, *(f"{mark(n)} {option.text}" for n, option in enumerate(poll.options, start=1))]
    about = Subject("poll", str(poll.id))
    ctx.post(PollContent(poll.question, answers, "\n".join(lines)), room=poll.room, about=about)


def post_card(ctx: Context, poll: Poll) -> None:
    card = ctx.card(poll_card, str(poll.id), room=poll.room)
    if has_buttons(ctx, poll):
        for position in range(1, len(poll.options) + 1):
            ctx.react(card, mark(position), room=poll.room)


def plan(ctx: Context, poll: Poll) -> None:
    """Put the deadline and the reminder into the timetable."""
    if poll.until is not None:
        ctx.at(local(poll.until, ctx.klass.zone), close_at_deadline, poll.id)
        plan_reminder(ctx, poll)
