"""What was understood of a class list, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from ..domain.people import Reach, Roster
from ..roster.question import About, Question
from .output import counted


def understood(roster: Roster, questions: Sequence[Question]) -> str:
    """``28 pupils in 27 families; 1 adult under a court limit (kept out of every room)``, and so on."""
    pupils = sum(len(family.pupils) for family in roster.families)
    parts = [f"{counted(pupils, 'pupil')} in {counted(len(roster.families), 'family', 'families')}"]
    return "; ".join([*parts, *_special(roster, questions)])


def _special(roster: Roster, questions: Sequence[Question]) -> Iterator[str]:
    limited = sum(person.limited for family in roster.families for person in family.guardians)
    if limited:
        yield f"{counted(limited, 'adult')} under a court limit (kept out of every room)"
    reach = Counter(family.reach for family in roster.families)
    for way, words in ((Reach.PHONE, "by phone"), (Reach.PAPER, "on paper")):
        if reach[way]:
            yield f"{counted(reach[way], 'family', 'families')} reached {words} (the teacher enters their votes)"
    apart = sum(len(family.households) > 1 for family in roster.families)
    if apart:
        yield f"{counted(apart, 'family', 'families')} in two households"
    about = Counter(question.about for question in questions)
    if about[About.PHOTOS]:
        yield f"{counted(about[About.PHOTOS], 'note')} on photos (a no is kept; a yes comes from the family itself)"
    if about[About.SIBLING]:
        yield f"{counted(about[About.SIBLING], 'note')} on brothers and sisters (recognised by their parents)"
    if about[About.LANGUAGE]:
        yield f"{counted(about[About.LANGUAGE], 'family', 'families')} with a language that the service has no texts in"
