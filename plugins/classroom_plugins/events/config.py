"""Options of the plugin in config.yaml."""

from __future__ import annotations

from dataclasses import dataclass

from classroom_matrix.api import RoomRole
from classroom_matrix.errors import ConfigError

EVENTS = RoomRole("events")


@dataclass(frozen=True, slots=True)
class EventsConfig:
    """Options.

    Args:
        room: role of the room where the cards stand.
        seed_reactions: put ✅ ❔ ❌ below cards, so that a tap answers.
        remind_before: hours before the last day to answer (or, without one, before the event) at which families that have
            not answered are reminded; 0 is never.
        settle: minutes that a change of time or place waits for others before the families are asked again; 0 is at once.
        length: hours that an event takes whose end is not said.
        thanks: whether a line of thanks is said when an event is over and nobody has said one.
        thanks_names: whether thanks name the adults who had a duty.
    """

    room: RoomRole = EVENTS
    seed_reactions: bool = True
    remind_before: int = 24
    settle: int = 2
    length: int = 3
    thanks: bool = True
    thanks_names: bool = True

    def __post_init__(self) -> None:
        for name in ("remind_before", "settle"):
            if getattr(self, name) < 0:
                raise ConfigError(name, f"expected 0 or more, got {getattr(self, name)}")
        if self.length < 1:
            raise ConfigError("length", f"expected at least 1 hour, got {self.length}")
