"""A stand-in for the plugin that keeps occasions: it serves them, and announces what a test hands over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from classroom_matrix.api import Context, News, Plugin, Request, View, on, serves
from classroom_matrix.api.contracts import (
    DutiesChanged,
    Occasion,
    OccasionCancelled,
    OccasionMoved,
    OccasionOver,
    OpenOccasions,
)
from classroom_matrix.domain.facts import MessageSent
from classroom_matrix.testing.conversation import Conversation

ZONE = ZoneInfo("Europe/Moscow")
RINK = Occasion(
    "events/12", 12, "Каток", datetime(2026, 12, 5, 12, 0, tzinfo=ZONE), datetime(2026, 12, 5, 14, 0, tzinfo=ZONE), "Парк"
)  # a Saturday


@dataclass
class Stage:
    """What is planned, what was asked for, and what other plugins heard."""

    occasions: list[Occasion] = field(default_factory=lambda: [RINK])
    changed: list[str] = field(default_factory=list)
    answers: list[object] = field(default_factory=list)
    _pending: list[News | Request[object]] = field(default_factory=list)

    @property
    def plugin(self) -> Plugin:
        @serves(OpenOccasions)
        def planned(view: View, request: OpenOccasions) -> Sequence[Occasion]:
            return tuple(self.occasions)

        @on(MessageSent)
        def act(ctx: Context, message: MessageSent) -> None:
            if message.body != "::":
                return
            for thing in self._pending:
                if isinstance(thing, News):
                    ctx.announce(thing)
                else:
                    self.answers.append(ctx.ask(thing))
            self._pending.clear()

        @on(DutiesChanged)
        def hear(ctx: Context, news: DutiesChanged) -> None:
            self.changed.append(news.occasion)

        return Plugin(name="stage", serves=[planned], listeners=[act, hear])

    def does(self, talk: Conversation, *things: News | Request[object]) -> object:
        """Announce or ask. Returns the last answer."""
        self._pending += things
        talk.teacher.says("::", room="staff")
        return self.answers[-1] if self.answers else None

    def moves(self, talk: Conversation, number: int = 12, **changes: object) -> None:
        before = self.of(number)
        after = replace(before, **changes)
        self.occasions[self.occasions.index(before)] = after
        self.does(talk, OccasionMoved(after, before))

    def cancels(self, talk: Conversation, number: int = 12) -> None:
        gone = self.of(number)
        self.occasions.remove(gone)
        self.does(talk, OccasionCancelled(gone))

    def ends(self, talk: Conversation, number: int = 12) -> None:
        gone = self.of(number)
        self.occasions.remove(gone)
        self.does(talk, OccasionOver(gone))

    def of(self, number: int) -> Occasion:
        return next(each for each in self.occasions if each.number == number)

    def plans(self, number: int, title: str, starts: datetime | None, hours: int = 2) -> Occasion:
        if starts is not None:
            starts = starts.replace(tzinfo=ZONE)
        planned = Occasion(f"events/{number}", number, title, starts, starts and starts + timedelta(hours=hours))
        self.occasions.append(planned)
        return planned
