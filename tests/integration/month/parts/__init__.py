"""What happens in the month, part by part."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence

from ..script import Script
from ..stage import MonthOnStage
from . import absence, announcements, consultations, digest, events, homework, polls, talk

PARTS: Mapping[str, Callable[[Script], None]] = {
    "polls": polls.polls,
    "announcements": announcements.announcements,
    "homework": homework.homework,
    "absence": absence.absence,
    "consultations": consultations.consultations,
    "written": consultations.written,
    "events": events.events,
    "digest": digest.digest,
    "talk": talk.talk,
    "kills": talk.kills,
}


def month(stage: MonthOnStage, parts: Sequence[str] = tuple(PARTS), seed: int = 4) -> Script:
    """The whole month, or some parts of it."""
    script = Script.on(stage, seed)
    for name in parts:
        script.dice = random.Random(f"{seed} {name}")  # so that a part is the same whatever else is played
        PARTS[name](script)
    return script
