"""What may be written down about a failure."""

from __future__ import annotations

import traceback


def kind_and_place(error: Exception) -> str:
    """Such as "ValueError at voting.py:31"; never the error's message, which may hold what a person wrote."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f"{frames[-1].filename.rpartition('/')[2]}:{frames[-1].lineno}" if frames else "?"
    return f"{type(error).__name__} at {where}"
