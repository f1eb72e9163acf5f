"""How much the service says in a month, beside how little it could have said.

**The minimum** is what nobody would do without:

- one event for each thing that is shown (its card): an announcement, a day's homework, a poll, a booking day, an event;
- one line for each result that is announced;
- one answer for each time that somebody asked for one: a teacher's command, a parent's word in the desk, a digest that a
  household asked for, the two calendar files of a booking;
- one letter for each household that something has to be said to: a reminder to those who have not answered, the reminders of a
  booking, what was changed or cancelled for them.

Everything else is above it: edits of cards, buttons (reactions that are put below a card), confirmations and marks, a second
event where one would do, such as the native poll beside a poll's card. What is due is noted by the script that has people act
(`Ledger.owe`), of itself alone; what was sent is counted in the homeserver's history.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from rich.console import Console
from rich.table import Table

from .history import POLL, Event, History

LIMIT = 1.5
SHOWN_TO_ALL = ("cards", "corrections announced", "results announced", "thanks")
_COLUMNS = ("least", "message", "edit", "beside")


@dataclass(slots=True)
class Ledger:
    """The minimum, as it comes due: plugin → what → how many events."""

    due: Counter[tuple[str, str]] = field(default_factory=Counter)

    def owe(self, plugin: str, what: str, count: int = 1) -> None:
        self.due[plugin, what] += count

    def of(self, plugin: str) -> int:
        return sum(count for (name, _), count in self.due.items() if name == plugin)

    @property
    def total(self) -> int:
        return self.due.total()


@dataclass(frozen=True, slots=True)
class Noise:
    """What was sent. `sent`: (plugin, place, kind) → events."""

    sent: Counter[tuple[str, str, str]]
    handlers: Counter[tuple[str, str, str]]
    ledger: Ledger
    days: int

    @property
    def total(self) -> int:
        return self.sent.total()

    @property
    def ratio(self) -> float:
        return self.total / self.ledger.total

    def ratio_of(self, plugin: str) -> float:
        return self.of(plugin) / (self.ledger.of(plugin) or 1)

    def of(self, plugin: str) -> int:
        return sum(count for (name, _, _), count in self.sent.items() if name == plugin)

    def show(self, console: Console) -> None:
        """Print the month by plugin, place and kind, and beside it the minimum."""
        plugins = sorted({plugin for plugin, *_ in self.sent} | {plugin for plugin, _ in self.ledger.due})
        table = Table(title=f"events sent in {self.days} class-days", title_justify="left")
        for name in ("plugin", "what", "sent", "minimum", "per class-day", "ratio"):
            table.add_column(name, justify="left" if name in ("plugin", "what") else "right")
        for plugin in plugins:
            for (name, place, kind), count in sorted(self.sent.items()):
                if name == plugin:
                    table.add_row("", f"{kind} in {place}", str(count), "", "")
            for (name, what), count in sorted(self.ledger.due.items()):
                if name == plugin:
                    table.add_row("", f"[dim]{what}[/]", "", str(count), "")
            sent = self.of(plugin)
            figures = (str(sent), str(self.ledger.of(plugin)), f"{sent / self.days:.1f}", f"{self.ratio_of(plugin):.2f}")
            table.add_row(f"[bold]{plugin}", "", *figures)
            table.add_section()
        per_day = f"{self.total / self.days:.1f} (least {self.ledger.total / self.days:.1f})"
        table.add_row("[bold]all", "", str(self.total), str(self.ledger.total), per_day, f"[bold]{self.ratio:.2f}")
        console.print(table, self._class_rooms())
        loudest = Table(title="most said by", title_justify="left")
        for name in ("handler", "place", "kind", "events"):
            loudest.add_column(name)
        for (handler, place, kind), count in self.handlers.most_common(40):
            loudest.add_row(handler, place, kind, str(count))
        console.print(loudest)

    def _class_rooms(self) -> Table:
        """What everybody sees: new messages, what those are edited to, and what stands beside them."""
        table = Table(title="class rooms alone", title_justify="left")
        for name in ("plugin", "cards and announced lines", "messages", "edits of them", "buttons and native polls"):
            table.add_column(name, justify="left" if name == "plugin" else "right")
        total: Counter[str] = Counter()
        for plugin in sorted({plugin for plugin, place, _ in self.sent if place == "class rooms"}):
            row: Counter[str] = Counter(least=sum(self.ledger.due[plugin, what] for what in SHOWN_TO_ALL))
            for (name, place, kind), count in self.sent.items():
                if (name, place) == (plugin, "class rooms"):
                    row[kind if kind in ("message", "edit") else "beside"] += count
            total += row
            table.add_row(plugin, *(str(row[name]) for name in _COLUMNS))
        table.add_section()
        table.add_row("[bold]all", *(str(total[name]) for name in _COLUMNS))
        return table


def measure(history: History, origins: Mapping[str, tuple[str, str]], ledger: Ledger, days: int, since: float) -> Noise:
    """Count what the service sent.

    Args:
        history: all rooms.
        origins: event ID → (plugin, key of the effect), from the service's outbox: only to name who said it.
        ledger: the minimum.
        days: class-days.
        since: UTC seconds; what was sent before, such as welcomes, is not of the month.
    """
    sent: Counter[tuple[str, str, str]] = Counter()
    handlers: Counter[tuple[str, str, str]] = Counter()
    for event in _sent(history, since):
        plugin, key = origins.get(event.id, ("?", ""))
        place, kind = _place(event), _kind(event)
        sent[plugin, place, kind] += 1
        handlers[_handler(key), place, kind] += 1
    return Noise(sent, handlers, ledger, days)


def _sent(history: History, since: float) -> Iterable[Event]:
    return (event for event in history.of_bot() if event.at.timestamp() >= since)


def _place(event: Event) -> str:
    return "desks" if event.desk else "the staff room" if event.room == "staff" else "class rooms"


def _kind(event: Event) -> str:
    if event.is_edit:
        return "edit"
    if event.type != "m.room.message":
        return {"m.reaction": "reaction", "m.room.redaction": "redaction"}.get(event.type, event.type.removeprefix(f"{POLL}."))
    return "file" if event.content.get("msgtype") in ("m.file", "m.image") else "message"


def _handler(key: str) -> str:
    """ "polls.close" of "<cause>|polls.close|3"."""
    parts = key.split("|")
    return next((part for part in parts if "." in part and not part.startswith(("$", "job:"))), key[:40])
