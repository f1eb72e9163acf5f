"""Pupils with accounts of their own, where the class wants that. Runs in the database's thread; safe to repeat."""

from __future__ import annotations

from ..domain.ids import ClassId
from ..domain.people import Role
from ..storage import people, register
from ..storage.database import Database


def follow_pupils(database: Database, class_id: ClassId, *, accounts: bool) -> int:
    """Make each pupil a person of the class, or none. A person's ID is the pupil's; the family is set, a household is not.

    Returns:
        How many came or went.
    """
    changes = 0
    with database.transaction():
        roster = people.load_roster(database, class_id)
        present = {person.id for person in roster.pupil_people}
        wanted = {pupil.id: pupil for family in roster.families for pupil in family.pupils} if accounts else {}
        for pupil_id in present - wanted.keys():
            register.remove_member(database, class_id, pupil_id)
            changes += 1
        for pupil_id, pupil in wanted.items():
            if pupil_id not in present:
                if not register.is_person(database, pupil_id):
                    register.add_person(database, pupil.name, person_id=pupil_id)
                changes += 1
            register.set_member(database, class_id, pupil_id, Role.PUPIL, family_id=pupil.family_id)
    return changes
