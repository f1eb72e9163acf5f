"""Options of the plugin in config.yaml."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import time, timedelta
from typing import Literal

from classroom_matrix.api import RoomRole
from classroom_matrix.errors import ConfigError

from .written_options import WrittenConfig

ANNOUNCEMENTS = RoomRole("announcements")
MOST_BUTTONS = 10  # there are no keycaps beyond


@dataclass(frozen=True, slots=True)
class ConsultationsConfig(WrittenConfig):
    """Options, those of written consultations included.

    Args:
        room: role of the room where the card of each booking stands.
        letters: also send every household the list of free slots when booking opens.
        buttons: how many reactions to tap stand below a list in a desk, at most 10; 0 is none.
        separated: whether households of separated parents book apart ("household") or once together ("family").
        offer: how long a place that has become free is kept for the next on the waiting list, quiet hours not counted.
        reminders: how long before a consultation its family is reminded.
        sheet: when the staff room gets the list of the day.
    """

    room: RoomRole = ANNOUNCEMENTS
    letters: bool = False
    buttons: int = 5
    separated: Literal["household", "family"] = "household"
    offer: timedelta = timedelta(hours=2)
    reminders: tuple[timedelta, ...] = field(default=(timedelta(hours=24), timedelta(hours=1)))
    sheet: time = time(7, 30)

    def __post_init__(self) -> None:
        WrittenConfig.__post_init__(self)  # a class with slots has no use for super()
        if not 0 <= self.buttons <= MOST_BUTTONS:
            raise ConfigError("buttons", f"expected 0 to {MOST_BUTTONS}, got {self.buttons}")
        if self.offer <= timedelta():
            raise ConfigError("offer", f"expected a length of time above 0, got {self.offer}")
        if any(before <= timedelta() for before in self.reminders):
            raise ConfigError("reminders", "expected lengths of time above 0")
