"""One parent of the demo who is not in yet: an account, and the slip that lets them in."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ..config import ClassConfig, Config
from ..domain.people import Family, Person, Reach, Roster
from ..matrix.accounts import Accounts
from ..roster.invitations import DrawnSlip, draw_slip, issue
from ..roster.new_accounts import ensure_accounts
from ..roster.slips.pdf import Slip, class_and_year, print_slips
from ..storage import invitations, people
from ..storage.database import Database
from .cast import cast_of


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody with a slip in their hand."""

    name: str
    address: str
    words: tuple[str, ...]
    pdf: Path


async def newcomer(config: Config, klass: ClassConfig, database: Database, accounts: Accounts, folder: Path) -> Newcomer | None:
    """A new slip for the first parent who is nobody else in the demo; None once they are in.

    Raises:
        GatewayError: the account cannot be made.
    """
    assert config.join is not None
    roster = await database.call(people.load_roster, database, klass.id)
    found = _next_in_list(roster)
    if found is None:
        return None
    family, person = found
    invitation = await database.call(invitations.of_person, database, person.id)
    if invitation is not None and invitation.arrived_at is not None:
        return None
    await ensure_accounts(database, accounts, [person], config.homeserver.server_name)
    language = person.language or klass.language
    drawn = await asyncio.to_thread(draw_slip, person.id, language)
    now = time.time()
    expires = now + config.join.expires.total_seconds()
    await database.call(issue, database, [drawn], now, expires)
    address = f"{config.join.url}/j/{drawn.handle}"
    slip = _slip(klass, family, person, drawn, address, language, expires)
    pdf = folder / "slip.pdf"
    pdf.touch(mode=0o600)
    pdf.write_bytes(await asyncio.to_thread(print_slips, [slip], klass.name))
    return Newcomer(person.name, address, drawn.words, pdf)


def _next_in_list(roster: Roster) -> tuple[Family, Person] | None:
    cast = {person.id for person in cast_of(roster)}
    for family in roster.families:
        for person in family.guardians:
            if family.reach is Reach.APP and not person.limited and person.id not in cast:
                return family, person
    return None


def _slip(
    klass: ClassConfig, family: Family, person: Person, drawn: DrawnSlip, address: str, language: str, expires: float
) -> Slip:
    last_day = datetime.fromtimestamp(expires, klass.zone).date()
    return Slip(
        klass=class_and_year(klass.name, last_day),
        name=person.name,
        pupils=tuple(pupil.name for pupil in family.pupils),
        url=address,
        words=drawn.words,
        expires=last_day,
        ask=klass.contact or next((member.name for member in klass.staff), ""),
        language=language,
    )
