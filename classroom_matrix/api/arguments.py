"""Types for the arguments of commands, beyond `str`, `int`, `bool` and `domain.people.Family`."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from typing import NewType

When = NewType("When", datetime)
"""A moment, written as people write it ("до пятницы 18:00", "in 3 days"); aware, in the class's time zone, in the future."""

Share = NewType("Share", Fraction)
"""A part of the whole, above 0 and at most 1, written "50%", "2/3" or "половина"."""
