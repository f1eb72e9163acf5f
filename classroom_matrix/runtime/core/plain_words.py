"""What plain words in a desk or a private chat mean to the house itself: "что нового?", "что ты умеешь?"."""

from __future__ import annotations

from collections.abc import Sequence

from ...api import Context, Meaning, View
from ...domain.facts import MessageSent
from ...domain.people import Person
from .help_command import HELP, show_help, understand_help
from .whats_new import take_news, understand_news


def understand(view: View, person: Person, message: MessageSent) -> Sequence[Meaning]:
    return (*understand_news(view, person, message), *understand_help(view, person, message))


def take(ctx: Context, meaning: Meaning) -> None:
    if meaning.about.kind == HELP:
        show_help.handler(ctx)
    else:
        take_news(ctx, meaning)
