"""Options of the plugin in config.yaml."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from classroom_matrix.api import RoomRole
from classroom_matrix.domain.school_days import MON_TO_FRI, Weekday
from classroom_matrix.errors import ConfigError

HOMEWORK = RoomRole("homework")
EXAMPLE = "математика: матем, мат"


@dataclass(frozen=True, slots=True)
class HomeworkConfig:
    """Options.

    Args:
        room: role of the room where the cards stand.
        subjects: in the order of the card, each with its short names ("математика: матем, мат"). Subjects that the plugin
            knows by itself keep their short names and follow behind.
        school_days: a task without a day is for the next of them.
        evening: when families of pupils who are away are sent what was set.
        photo_wait: minutes that a photo without words waits for its task before the teacher is asked.
    """

    room: RoomRole = HOMEWORK
    subjects: tuple[str, ...] = ()
    school_days: tuple[Weekday, ...] = MON_TO_FRI
    evening: time = time(18)
    photo_wait: int = 10

    def __post_init__(self) -> None:
        if not self.school_days:
            raise ConfigError("school_days", "expected at least one day")
        if self.photo_wait < 1:
            raise ConfigError("photo_wait", f"expected minutes, at least 1, got {self.photo_wait}")
        if any(not entry.partition(":")[0].strip() for entry in self.subjects):
            raise ConfigError("subjects", f"expected names such as {EXAMPLE!r}")
