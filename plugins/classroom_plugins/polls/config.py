"""Options of the plugin in config.yaml."""

from __future__ import annotations

from dataclasses import dataclass

from classroom_matrix.api import RoomRole
from classroom_matrix.errors import ConfigError

ANNOUNCEMENTS = RoomRole("announcements")


@dataclass(frozen=True, slots=True)
class PollsConfig:
    """Options.

    Args:
        seed_reactions: put 1️⃣ 2️⃣ … below cards of up to ten options, so that a tap votes in clients without polls.
        remind_before: hours before the deadline at which families that have not voted are reminded; 0 is never.
        room: role of the room for polls that are opened from a desk, the staff room or a private chat.
    """

    seed_reactions: bool = True
    remind_before: int = 24
    room: RoomRole = ANNOUNCEMENTS

    def __post_init__(self) -> None:
        if self.remind_before < 0:
            raise ConfigError("remind_before", f"expected hours, 0 for never, got {self.remind_before}")
