"""Options of the plugin in config.yaml."""

from __future__ import annotations

from dataclasses import dataclass

from classroom_matrix.api import RoomRole
from classroom_matrix.errors import ConfigError

ANNOUNCEMENTS = RoomRole("announcements")


@dataclass(frozen=True, slots=True)
class AnnouncementsConfig:
    """Options.

    Args:
        room: role of the room in which announcements appear.
        confirm_within: days that families have to confirm a must-read, if the teacher names no deadline; it ends at 20:00.
            0: no deadline, so no reminders.
        remind_before: hours before the deadline at which families that have not confirmed are reminded; 0 is never.
        remind_again: the same, once more; 0 is never.
    """

    room: RoomRole = ANNOUNCEMENTS
    confirm_within: int = 3
    remind_before: int = 24
    remind_again: int = 3

    def __post_init__(self) -> None:
        for name in ("confirm_within", "remind_before", "remind_again"):
            value = getattr(self, name)
            if value < 0:
                unit = "days" if name == "confirm_within" else "hours"
                raise ConfigError(name, f"expected {unit}, 0 for never, got {value}")
