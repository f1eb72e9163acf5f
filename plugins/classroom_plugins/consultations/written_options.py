"""Options of written consultations, a part of `config.ConsultationsConfig`."""

from __future__ import annotations

from dataclasses import dataclass

from classroom_matrix.errors import ConfigError


@dataclass(frozen=True, slots=True)
class WrittenConfig:
    """Options.

    Args:
        waiting_days: office days that a question may wait before the staff room is told; 0 is never.
        settles_after_days: days of silence after which an answered question is closed.
        urgent: what families can do when it cannot wait, as the end of a sentence ("звоните в школу, 123-45-67"); empty:
            nothing is said of it.
    """

    waiting_days: int = 2
    settles_after_days: int = 7
    urgent: str = ""

    def __post_init__(self) -> None:
        if self.waiting_days < 0:
            raise ConfigError("waiting_days", f"expected days, 0 for never, got {self.waiting_days}")
        if self.settles_after_days < 1:
            raise ConfigError("settles_after_days", f"expected at least a day, got {self.settles_after_days}")
