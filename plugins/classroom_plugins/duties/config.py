"""Options of the plugin in config.yaml."""

from __future__ import annotations

from dataclasses import dataclass

from classroom_matrix.api import RoomRole
from classroom_matrix.errors import ConfigError

EVENTS = RoomRole("events")


@dataclass(frozen=True, slots=True)
class DutiesConfig:
    """Options.

    Args:
        room: role of the room for the cards.
        seed_reactions: put 1️⃣ 2️⃣ … below cards of up to ten roles.
        remind_hour: the hour of the day before, at which who has a duty is reminded; -1 is never.
        answer_hours: how long a proposed family may take to answer.
        swap_hours: how long a household may take to answer who wants to swap.
        silence_takes: whether a proposed family that does not answer in time has agreed.
        notice_hours: the teacher is told when a place is given back later than so long before its time.
        weeks: how many weeks of a series a proposal fills at once.
    """

    room: RoomRole = EVENTS
    seed_reactions: bool = True
    remind_hour: int = 17
    answer_hours: int = 48
    swap_hours: int = 24
    silence_takes: bool = False
    notice_hours: int = 48
    weeks: int = 4

    def __post_init__(self) -> None:
        if not -1 <= self.remind_hour <= 23:
            raise ConfigError("remind_hour", f"expected an hour from 0 to 23, -1 for never, got {self.remind_hour}")
        for name in ("answer_hours", "swap_hours", "weeks"):
            if getattr(self, name) < 1:
                raise ConfigError(name, f"expected at least 1, got {getattr(self, name)}")
        if self.notice_hours < 0:
            raise ConfigError("notice_hours", f"expected hours, 0 for never, got {self.notice_hours}")
