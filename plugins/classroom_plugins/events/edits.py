"""Edited messages: an answer that was edited counts as it is now; a command that was edited is told to be written anew."""

from __future__ import annotations

from dataclasses import replace

from classroom_matrix.api import Context, on
from classroom_matrix.domain.facts import MessageSent
from classroom_matrix.domain.folding import fold
from classroom_matrix.domain.people import Family

from . import store
from .answers import Answer, Via, last_party
from .desk import say_recorded
from .domain import Event, State
from .lookup import organises
from .rsvp import adults_at_home, correct, home_of, said_answer
from .spoken import Vocabulary, about_event, interpret, words_of
from .wording import dated


@on(MessageSent)
def follow_edit(ctx: Context, message: MessageSent) -> None:
    if message.replaces is None or message.kind != "text" or ctx.person is None:
        return
    found = [each for each in store.answers_in(ctx.klass.id, message.replaces) if each[1].via is Via.DESK]
    body = message.body.removeprefix("* ").strip()  # how clients mark edits
    for event, answer in found:
        family = ctx.roster.family(answer.family)
        if family is not None and answer.person == ctx.person.id and answer.struck_at is None:
            _follow(ctx, event, family, answer, body, message.at)
    if not found and organises(ctx.person) and body[:1] in ("!", "！") and _is_ours(ctx, body[1:]):
        ctx.reply_privately("events-command-edited")


def _follow(ctx: Context, event: Event, family: Family, known: Answer, body: str, at: int) -> None:
    """Read an edited answer like a new one to the same event."""
    assert ctx.person is not None
    if event.state is not State.OPEN or event.is_over(at):
        key = "events-too-late-cancelled" if event.state is State.CANCELLED else "events-too-late"
        ctx.reply(key, event=dated(ctx, event, ctx.language))
        return
    others = [each for each in store.answers(event, family.id) if each.source != known.source]
    last = last_party(others, home_of(ctx, ctx.person))
    at_home = adults_at_home(ctx, ctx.person)
    said = interpret(Vocabulary.of(ctx), body, family, about_event(ctx, event, at), last, at_home=at_home)
    if said is None or not said.sure:
        stands = said_answer(ctx, known.kind, known.party, family, ctx.language)
        ctx.reply("events-edit-unclear", event=dated(ctx, event, ctx.language), answer=stands)
        return
    edited = replace(known, kind=said.kind, party=said.party, at=at)
    recorded = correct(ctx, event, edited)
    if recorded is not None and (edited.kind, edited.party) != (known.kind, known.party):
        say_recorded(ctx, event, family, edited, recorded)


def _is_ours(ctx: Context, command: str) -> bool:
    """Whether it begins with the name of a command of this plugin."""
    first = fold(command.split(maxsplit=1)[0].strip(".,:;")) if command.split() else ""
    return first in words_of(ctx, "events-words-own-commands")
