"""Who stands at the door, and the moment in which they are in. In the database's thread."""

from __future__ import annotations

from dataclasses import dataclass

from ..domain.ids import ClassId, PersonId, UserId
from ..domain.people import Role
from ..storage import invitations, people, tasks
from ..storage.database import Database
from .sessions import AFTER_ARRIVAL


@dataclass(frozen=True, slots=True)
class Newcomer:
    """`name`: as the school writes it; `language`: as the school or they themselves chose; `roles`: what they are, by class;
    `handle`: of their slip, which tells it from a later one; `secret`: hash of its words, until they are used.
    """

    person_id: PersonId
    user_id: UserId
    name: str
    language: str | None
    roles: dict[ClassId, Role]
    arrived: bool
    handle: str | None
    secret: str | None


def load(database: Database, person_id: PersonId) -> Newcomer | None:
    """The person, or None where they have left the school in the meantime, or no class is open to them (a court limit)."""
    invitation = invitations.of_person(database, person_id)
    if invitation is None:
        return None
    found = [each for each in people.memberships(database, invitation.user_id) if not each.person.limited]
    if not found:
        return None
    person = found[0].person
    roles = {membership.class_id: membership.person.role for membership in found}
    arrived = invitation.arrived_at is not None
    return Newcomer(
        person_id, invitation.user_id, person.name, person.language, roles, arrived, invitation.handle, invitation.secret
    )


def names(database: Database, newcomer: Newcomer) -> list[str]:
    """Their own and their pupils': what others would try first as a password."""
    found = [newcomer.name]
    for membership in people.memberships(database, newcomer.user_id):
        roster = people.load_roster(database, membership.class_id)
        own = [family for family in roster.families if family.id == membership.person.family_id]
        found += [f"{pupil.name} {pupil.surname}" for family in own for pupil in family.pupils]
    return found


def holds_slip(database: Database, newcomer: Newcomer) -> bool:
    """Whether their slip is still the last one that was made for them."""
    invitation = invitations.of_person(database, newcomer.person_id)
    return invitation is not None and invitation.handle == newcomer.handle


def arrive(database: Database, session: str, person_id: PersonId, language: str, now: float) -> bool:
    """They have a password of their own and have seen the notice: the slip is used up, their rooms are opened.

    Args:
        session: as the database knows it; it is the person's only one from now on, and a short one.

    Returns:
        False where the session ended in the meantime, as by a new slip; then nothing was changed.
    """
    with database.transaction():
        invitation = invitations.of_person(database, person_id)
        if invitation is None or invitations.session(database, session, now) != person_id:
            return False
        if invitation.arrived_at is None:
            invitations.arrived(database, person_id, now)
            invitations.end_other_sessions(database, person_id, session)  # of whoever else has seen the slip
            invitations.shorten_session(database, session, now + AFTER_ARRIVAL)
            people.set_language(database, person_id, language)
            tasks.put(database, f"admit|{person_id}|{invitation.issued_at}", "admit", None, person_id, due=now)
        return True
