"""The threads of the cards: questions there are noticed, solutions are taken away."""

from __future__ import annotations

from classroom_matrix.api import Context, command, on
from classroom_matrix.domain.content import Content
from classroom_matrix.domain.facts import MessageSent, ReactionAdded
from classroom_matrix.domain.ids import EventId
from classroom_matrix.domain.people import Role
from classroom_matrix.errors import InvalidArgument

from . import question_store
from .domain import MAX_QUESTION
from .photos import thread_day

_HIDES = "🙈"
_SETTLES = frozenset("✅👍👌❤🙏")
_PLAIN = "\N{VARIATION SELECTOR-16}\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"  # what emoji may carry behind them


@on(MessageSent)
def note_thread(ctx: Context, message: MessageSent) -> None:
    """A question in a thread waits until staff write there, or react to it."""
    if ctx.person is None or message.replaces is not None or message.thread is None or ctx.room.role != ctx.options.room:
        return
    day = thread_day(ctx, message)
    if day is None:
        return
    if ctx.person.role.is_staff:
        waiting = question_store.unanswered(ctx.klass.id, day)
        meant = [question for question in waiting if question.source == message.reply_to] or waiting
        for question in meant:
            if question.at < message.at:
                question_store.answer(question, message.at, "", shared=True)
    elif "?" in message.body and message.kind == "text" and not ctx.person.limited:
        question_store.ask(
            ctx.klass.id,
            family=ctx.person.family_id,
            household=ctx.person.household_id,
            person=ctx.person.id,
            subject="",
            thread=day,
            text=message.body[:MAX_QUESTION],
            source=message.event_id,
            at=message.at,
        )


@on(ReactionAdded)
def follow_reaction(ctx: Context, reaction: ReactionAdded) -> None:
    """The teacher's 🙈 takes a solution away; any staff's ✅ settles a question."""
    if ctx.person is None or not ctx.person.role.is_staff:
        return
    key = reaction.key.strip(_PLAIN)
    if key == _HIDES and ctx.room.role == ctx.options.room:
        _remove(ctx, reaction.target)
    elif key in _SETTLES:
        subject = ctx.subject(reaction.target)
        question = question_store.question_of(ctx.klass.id, reaction.target)
        if subject is not None and subject.kind == "question":
            question = question_store.question(ctx.klass.id, int(subject.id))
        if question is not None and question.answered_at is None:
            question_store.answer(question, reaction.at, "", shared=question.thread is not None)


@command("hide", needs=Role.SPECIALIST)
def hide_solution(ctx: Context) -> None:
    """The same in reply to the message, for clients without that emoji; the command goes, too."""
    assert ctx.event_id is not None
    if ctx.reply_to is None or ctx.room.role != ctx.options.room or not _remove(ctx, ctx.reply_to):
        raise InvalidArgument("homework-hide-what")
    ctx.redact(ctx.event_id, room=ctx.room.id)


def _remove(ctx: Context, event: EventId) -> bool:
    """Take a family's message away and say so kindly in its desk. Returns whether it is one that may be."""
    author = ctx.author_of(event)
    if author is None or author.role.is_staff:
        return False
    if not question_store.set_removed(event):
        return True
    ctx.redact(event, room=ctx.room.id, reason=ctx.text("homework-hidden-reason"))
    question = question_store.question_of(ctx.klass.id, event)
    if question is not None and question.answered_at is None:
        question_store.forget_question(question)
    household = ctx.roster.household(author.household_id)
    if household is not None:
        ctx.write(household, Content.line(ctx.text("homework-hidden", language=ctx.language_of(household)), loud=True))
    return True
