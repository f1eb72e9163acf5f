"""Who of a class gets a new slip. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import Enum, auto

from ...domain.ids import PersonId
from ...domain.people import Person
from ...storage.invitations import Invitation, Stage


class Wanted(Enum):
    """Which slips are asked for."""

    MISSING = auto()  # of those who are new, or whose slip has expired
    UNUSED = auto()  # of all who are not in yet; good ones are replaced
    ALL = auto()  # of those who are in, too: a lost phone, a forgotten password


def is_due(
    person: Person, invitation: Invitation | None, wanted: Wanted, now: float, *, unwritten: Collection[PersonId] = ()
) -> bool:
    """Whether somebody gets a new slip.

    Args:
        person: entitled to one.
        invitation: how far they have come.
        wanted: what was asked for.
        now: UTC seconds.
        unwritten: people whose last slip may never have been written to a file.
    """
    if invitation is None:
        return person.user_id is None  # otherwise IT made their account
    stage = invitation.stage(now)
    if stage in (Stage.ARRIVED, Stage.ADMITTED):
        return wanted is Wanted.ALL
    if stage in (Stage.NO_ACCOUNT, Stage.NO_SLIP, Stage.EXPIRED) or wanted is not Wanted.MISSING:
        return True
    return stage is Stage.PRINTED and person.id in unwritten


def good_slips(of_class: Mapping[PersonId, Invitation], people: Collection[PersonId], now: float) -> int:
    """How many of the people have a slip that they can still use."""
    usable = (Stage.PRINTED, Stage.OPENED, Stage.WRONG_WORDS, Stage.PROVEN)
    return sum(of_class[one].stage(now) in usable for one in people if one in of_class)
