"""Questions of a family that the plan answers: "во сколько каток?", "что взять на каток?", "where is it?"."""

from __future__ import annotations

from collections.abc import Iterable

from classroom_matrix.api import Context, View

from .domain import Event, Plan, short
from .wording import when_of, where_and_when
from .words import has_stem, stems_of, tokens

TOPICS = ("when", "where", "bring", "cost")
"""What may be asked about: ``events-words-ask-<topic>`` in the catalogue."""


def topics_asked(view: View, text: str, event: Event, *, known: bool) -> list[str]:
    """What is asked about an event, if nothing else is said and the plan tells it.

    Args:
        view: the class.
        text: as it was written.
        event: perhaps meant.
        known: it is known already that this event is meant, though it is not named.
    """
    words = tokens(text)
    asked: list[str] = []
    for topic in TOPICS:
        words, found = _without(words, view.listed(f"events-words-ask-{topic}"))
        asked += [topic] if found else []
    words, _ = _without(words, view.listed("events-words-ask-around"))
    stems, title = stems_of(event.plan.title), set(tokens(event.plan.title))
    rest = [word for word in words if not has_stem(word, stems) and word not in title]
    named = len(rest) < len(words)
    if rest or not asked or not (named or known):
        return []
    return asked if all(_is_told(view, event.plan, topic) for topic in asked) else []


def tell_about(ctx: Context, event: Event, asked: Iterable[str]) -> None:
    """When and where, and what else was asked."""
    plan = event.plan
    where = where_and_when(ctx, plan, ctx.language)
    key = "events-about" if where else "events-about-open"
    said = [ctx.text(key, language=ctx.language, title=short(plan.title), where=where)]
    if "bring" in asked or plan.bring:
        said.append(ctx.text("events-about-bring", language=ctx.language, bring=short(plan.bring, 200)))
    if "cost" in asked:
        said.append(ctx.text("events-about-cost", language=ctx.language, cost=short(plan.cost, 200)))
    ctx.reply("events-about-all", said=" ".join(said))


def _is_told(view: View, plan: Plan, topic: str) -> bool:
    return bool({"when": when_of(view, plan), "where": plan.place, "bring": plan.bring, "cost": plan.cost}[topic])


def _without(words: list[str], phrases: Iterable[str]) -> tuple[list[str], bool]:
    """The words without these phrases, and whether there were any."""
    text, found = f" {' '.join(words)} ", False
    for phrase in sorted((" ".join(tokens(phrase)) for phrase in phrases), key=len, reverse=True):
        while f" {phrase} " in text:
            text, found = text.replace(f" {phrase} ", " ", 1), True
    return text.split(), found
