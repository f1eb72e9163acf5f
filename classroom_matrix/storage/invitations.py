"""How far people have come on the way in. All functions run in the database's thread; times are UTC seconds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ..domain.ids import ClassId, PersonId, UserId
from .database import Database


class Stage(StrEnum):
    """Where somebody is, or is stuck."""

    NO_ACCOUNT = "no-account"
    NO_SLIP = "no-slip"
    PRINTED = "printed"
    EXPIRED = "expired"
    OPENED = "opened"
    WRONG_WORDS = "wrong-words"
    PROVEN = "proven"
    ARRIVED = "arrived"
    ADMITTED = "admitted"


@dataclass(frozen=True, slots=True)
class Invitation:
    """See `tables.InvitationRow`."""

    person_id: PersonId
    user_id: UserId
    created_at: float | None = None
    handle: str | None = None
    secret: str | None = None
    issued_at: float | None = None
    expires_at: float | None = None
    opened_at: float | None = None
    proven_at: float | None = None
    arrived_at: float | None = None
    admitted_at: float | None = None
    wrong: int = 0
    wrong_at: float | None = None

    def stage(self, now: float) -> Stage:
        """The furthest point that was reached; what went wrong since then comes first."""
        reached = (
            (self.admitted_at is not None, Stage.ADMITTED),
            (self.arrived_at is not None, Stage.ARRIVED),
            (self.created_at is None, Stage.NO_ACCOUNT),
            (self.handle is None, Stage.NO_SLIP),
            (self.expires_at is not None and self.expires_at <= now, Stage.EXPIRED),
            (self.proven_at is not None, Stage.PROVEN),
            (self.wrong > 0, Stage.WRONG_WORDS),
            (self.opened_at is not None, Stage.OPENED),
        )
        return next((stage for holds, stage in reached if holds), Stage.PRINTED)


_COLUMNS = ", ".join(Invitation.__slots__)


def of_person(database: Database, person_id: PersonId) -> Invitation | None:
    return _one(database, "person_id = ?", person_id)


def of_handle(database: Database, handle: str) -> Invitation | None:
    return _one(database, "handle = ?", handle)


def of_class(database: Database, class_id: ClassId) -> dict[PersonId, Invitation]:
    """Invitations of everybody who is something to the class."""
    rows = database.execute(
        f"SELECT {_COLUMNS} FROM invitation WHERE person_id IN (SELECT person_id FROM member WHERE class_id = ?)", (class_id,)
    )
    return {invitation.person_id: invitation for invitation in (Invitation(*row) for row in rows)}


def reserve(database: Database, person_id: PersonId, user_id: UserId) -> None:
    """Remember which account the person is going to have, before it is asked for."""
    database.execute("INSERT INTO invitation (person_id, user_id, wrong) VALUES (?, ?, 0)", (person_id, user_id))


def draw_again(database: Database, person_id: PersonId, user_id: UserId) -> None:
    """The name that was drawn is somebody else's; not for accounts that exist."""
    database.execute("UPDATE invitation SET user_id = ? WHERE person_id = ? AND created_at IS NULL", (user_id, person_id))


def created(database: Database, person_id: PersonId, now: float) -> None:
    """The homeserver has the account."""
    database.execute("UPDATE invitation SET created_at = ? WHERE person_id = ? AND created_at IS NULL", (now, person_id))


def issue(database: Database, person_id: PersonId, *, handle: str, secret: str, now: float, expires_at: float) -> None:
    """A new slip: whatever an earlier one opened is closed. Somebody who is in the rooms stays there."""
    database.execute(
        "UPDATE invitation SET handle = ?, secret = ?, issued_at = ?, expires_at = ?, opened_at = NULL, proven_at = NULL,"
        " arrived_at = NULL, wrong = 0, wrong_at = NULL WHERE person_id = ?",
        (handle, secret, now, expires_at, person_id),
    )
    end_sessions(database, person_id)
    _withdraw_spent(database, now)


def opened(database: Database, person_id: PersonId, now: float) -> None:
    database.execute("UPDATE invitation SET opened_at = COALESCE(opened_at, ?) WHERE person_id = ?", (now, person_id))


def failed(database: Database, person_id: PersonId, now: float) -> None:
    """Wrong words."""
    database.execute("UPDATE invitation SET wrong = wrong + 1, wrong_at = ? WHERE person_id = ?", (now, person_id))


def proven(database: Database, person_id: PersonId, now: float) -> None:
    """The right words."""
    database.execute(
        "UPDATE invitation SET proven_at = COALESCE(proven_at, ?), wrong = 0, wrong_at = NULL WHERE person_id = ?",
        (now, person_id),
    )


def arrived(database: Database, person_id: PersonId, now: float) -> None:
    """Own password chosen, privacy notice seen: the words open nothing any more."""
    database.execute("UPDATE invitation SET arrived_at = ?, secret = NULL WHERE person_id = ?", (now, person_id))
    _withdraw_spent(database, now)


def admitted(database: Database, person_id: PersonId, now: float) -> None:
    """In all rooms."""
    database.execute("UPDATE invitation SET admitted_at = COALESCE(admitted_at, ?) WHERE person_id = ?", (now, person_id))


def void(database: Database, person_id: PersonId) -> None:
    """The slip opens nothing any more and leads nowhere. Whoever comes back begins anew: account unlocked, another slip."""
    database.execute(
        "UPDATE invitation SET created_at = NULL, handle = NULL, secret = NULL, issued_at = NULL, expires_at = NULL,"
        " opened_at = NULL, proven_at = NULL, arrived_at = NULL, admitted_at = NULL, wrong = 0, wrong_at = NULL"
        " WHERE person_id = ?",
        (person_id,),
    )
    end_sessions(database, person_id)
    _withdraw_spent(database)


def remove(database: Database, person_id: PersonId) -> None:
    """Forget the person; the accounts process remembers that the name is spent."""
    end_sessions(database, person_id)
    database.execute("DELETE FROM invitation WHERE person_id = ?", (person_id,))
    _withdraw_spent(database)


WITHDRAW = "withdraw"
"""The task that takes a message with words back: the key of the message, then the handles in it."""


def _withdraw_spent(database: Database, now: float = 0.0) -> None:
    """Messages in which no words are good any more are taken back at once and not only when the words expire."""
    database.execute(
        "UPDATE task SET due = ? WHERE name = ? AND due > ? AND NOT EXISTS (SELECT 1 FROM json_each(task.arguments) AS argument"
        " JOIN invitation ON invitation.handle = argument.value WHERE invitation.secret IS NOT NULL)",
        (now, WITHDRAW, now),
    )


# ── Sessions of the join page ───────────────────────────────────────────────────────────────────────────────────────


def begin_session(database: Database, token: str, person_id: PersonId, expires_at: float) -> None:
    """`token`: hash of the cookie's value."""
    database.execute("INSERT INTO join_session (token, person_id, expires_at) VALUES (?, ?, ?)", (token, person_id, expires_at))


def session(database: Database, token: str, now: float) -> PersonId | None:
    row = database.execute("SELECT person_id FROM join_session WHERE token = ? AND expires_at > ?", (token, now)).fetchone()
    return PersonId(row[0]) if row else None


def end_sessions(database: Database, person_id: PersonId) -> None:
    database.execute("DELETE FROM join_session WHERE person_id = ?", (person_id,))


def end_other_sessions(database: Database, person_id: PersonId, token: str) -> None:
    """`token`: hash of the cookie's value of the one that goes on."""
    database.execute("DELETE FROM join_session WHERE person_id = ? AND token <> ?", (person_id, token))


def end_session(database: Database, token: str) -> None:
    """`token`: hash of the cookie's value."""
    database.execute("DELETE FROM join_session WHERE token = ?", (token,))


def shorten_session(database: Database, token: str, expires_at: float) -> None:
    """`token`: hash of the cookie's value; a session that ends earlier stays as it is."""
    database.execute("UPDATE join_session SET expires_at = MIN(expires_at, ?) WHERE token = ?", (expires_at, token))


def forget_old_sessions(database: Database, now: float) -> None:
    database.execute("DELETE FROM join_session WHERE expires_at <= ?", (now,))


def _one(database: Database, condition: str, value: str) -> Invitation | None:
    row = database.execute(f"SELECT {_COLUMNS} FROM invitation WHERE {condition}", (value,)).fetchone()
    return Invitation(*row) if row else None
