"""Staff of a class: ``config.yaml`` says who they are and on which days, the tables follow."""

from __future__ import annotations

import time
from datetime import date, datetime

from ..config import ClassConfig, StaffConfig
from ..domain.ids import ClassId, PersonId
from ..domain.people import Person
from ..errors import ConfigError
from ..storage import drift, handovers, people, register
from ..storage.database import Database
from .names import folded, spoken_name


def import_staff(database: Database, klass: ClassConfig, today: date | None = None) -> int:
    """Make the tables say what the configuration says; who is not named there any more is staff no more.

    Runs in the database's thread. An account that somebody got by a slip stays theirs.

    Args:
        database: open.
        klass: the class.
        today: people whose days have not come or are over are left out; by default the class's own date.

    Returns:
        How many people came, changed or left.

    Raises:
        ConfigError: an account of the staff belongs to a guardian of the same class.
    """
    today = today or datetime.now(klass.zone).date()
    changes = 0
    with database.transaction():
        present = people.load_roster(database, klass.id).staff
        kept: set[PersonId] = set()
        for place, member in enumerate(klass.staff):
            if not member.serves(today):
                continue
            person_id = _recognised(database, klass, place, member, present)
            name = spoken_name(member.name)
            if person_id is None:
                person_id = register.add_person(database, name, language=member.language)
            kept.add(person_id)
            register.recognise(database, "", _key(database, klass.id, member), person_id)
            changes += _bring_up_to_date(database, klass, member, person_id, name)
        for person in present:
            if person.id not in kept:
                register.remove_member(database, klass.id, person.id)
                handovers.end(database, klass.id, person.id)
                changes += 1
        if changes:  # whichever program notices it: a running service brings the rooms up to date
            drift.mark(database, klass.id, None, time.time())
    return changes


def _bring_up_to_date(database: Database, klass: ClassConfig, member: StaffConfig, person_id: PersonId, name: str) -> bool:
    changed = register.set_name(database, person_id, name)
    if member.user is not None and people.person_of(database, member.user) != person_id:
        people.set_account(database, person_id, member.user)
        changed = True
    return register.set_member(database, klass.id, person_id, member.role) or changed


def _recognised(
    database: Database, klass: ClassConfig, place: int, member: StaffConfig, present: tuple[Person, ...]
) -> PersonId | None:
    """By account, in any class; else by name among the class's staff, of earlier days and of last year's class included."""
    owner = people.person_of(database, member.user) if member.user else None
    if owner is not None:
        roster = people.load_roster(database, klass.id)
        if any(person.id == owner and not person.role.is_staff for person in roster.people()):
            where = f"classes[{klass.id}].staff[{place}].user"
            raise ConfigError(where, "this account belongs to a guardian of the same class; staff need an account of their own")
        return owner
    same = [person.id for person in present if folded(person.name) == folded(spoken_name(member.name))]
    if same:
        return same[0]
    classes = [class_id for class_id in (klass.id, klass.continues) if class_id]
    earlier = (register.known(database, "", _key(database, class_id, member)) for class_id in classes)
    return next((person_id for person_id in earlier if person_id), None)


def _key(database: Database, class_id: ClassId, member: StaffConfig) -> str:
    return register.roster_key(database, "staff", class_id, folded(spoken_name(member.name)))
