"""Options of the plugin in config.yaml."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from classroom_matrix.domain.school_days import MON_TO_FRI, Weekday
from classroom_matrix.errors import ConfigError


@dataclass(frozen=True, slots=True)
class AbsenceConfig:
    """Options.

    Args:
        cut_off: what is said after it about the same day is told to the teacher at once.
        list_at: when the teacher gets the list, on school days on which somebody is away.
        school_over: from then on who says "ill" without a day means the next school day.
        school_days: days of the week with school.
    """

    cut_off: time = time(8, 15)
    list_at: time = time(8, 30)
    school_over: time = time(14)
    school_days: tuple[Weekday, ...] = MON_TO_FRI

    def __post_init__(self) -> None:
        if not self.school_days:
            raise ConfigError("school_days", "expected at least one day")
        if self.cut_off > self.list_at:
            raise ConfigError("cut_off", f"expected a time not after list_at ({self.list_at:%H:%M}), got {self.cut_off:%H:%M}")
