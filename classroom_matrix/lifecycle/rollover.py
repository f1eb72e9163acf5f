"""A class goes on in a new school year.

All of it is one transaction: pupils move on to the new class and the archive keeps copies, so that what is kept under a pupil's
ID (consents, their own account, plugins' rows) goes along; families, households and adults are members of both; desks move;
the old class is archived. What follows are the requests that make rooms and memberships look like that.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ..config import ClassConfig, Config
from ..domain.ids import ClassId, PersonId
from ..domain.people import Role
from ..errors import ConfigError, InvalidArgument, PermanentError, TemporaryError
from ..provisioning.arrived import ADMIT
from ..provisioning.provision import Report
from ..roster.whole_class import import_class
from ..storage import archive, begun, drift, leavers, register, tasks
from ..storage.database import Database
from ..storage.invitations import WITHDRAW
from .house import House
from .leaving import Departure, Left, close_doors, departure_of, write_down
from .record import refuse_unfinished
from .whom import Match, folded

IN_FLIGHT = 4


@dataclass(slots=True)
class Turn:
    """What the new year comes to.

    Args:
        again: it was done before; what follows makes sure.
        going: pupils who go on.
        new: names of pupils whom only the new class's list has.
        leaving: pupils whom it has no more.
        desks: how many desks come along.
        dropped: how many timed things of the old class will not happen (polls' ends, reminders).
    """

    again: bool
    going: int = 0
    new: tuple[str, ...] = ()
    leaving: tuple[Departure, ...] = ()
    desks: int = 0
    dropped: int = 0


@dataclass(slots=True)
class Turned:
    """What the requests did."""

    made: int = 0
    let_in: int = 0
    waiting: int = 0
    refused: list[str] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)


class _RehearsedError(Exception):
    """Undo everything."""


def classes_of(config: Config, old: str, new: str) -> tuple[ClassConfig, ClassConfig]:
    """The two classes.

    Raises:
        InvalidArgument: they do not follow each other; the text says what to do.
    """
    known = {klass.id: klass for klass in config.classes}
    if old not in known:
        raise InvalidArgument("rollover-unknown", klass=old)
    if new not in known:
        raise InvalidArgument("rollover-no-successor", klass=new, old=old)
    if known[ClassId(new)].continues != old:
        raise InvalidArgument("rollover-continues", klass=new, old=old)
    return known[ClassId(old)], known[ClassId(new)]


def rehearse(database: Database, config: Config, old: ClassConfig, new: ClassConfig, now: float) -> Turn:
    """What `turn` would do. In the database's thread.

    Raises:
        InvalidArgument, ConfigError: see `turn`.
    """
    turned: Turn | None = None
    try:
        with database.transaction():
            turned = turn(database, config, old, new, now)
            raise _RehearsedError  # noqa: TRY301 - what undoes a transaction is an error
    except _RehearsedError:
        pass
    assert turned is not None
    return turned


def turn(database: Database, config: Config, old: ClassConfig, new: ClassConfig, now: float) -> Turn:
    """Write the new year down. In the database's thread; once done, another call changes nothing.

    Raises:
        UserError: the old class went on as another one, is empty, the new one has families of its own already, or an erasure
            is not through.
        ConfigError: the new class's list cannot be read, or its staff cannot be what they are said to be.
    """
    with database.transaction():
        refuse_unfinished(database, classes=(old.id, new.id), key="rollover-erasure")
        begun.begin(database, begun.Year(old.id, new.id))
        successor = archive.successor(database, old.id)
        if successor is not None:
            if successor != new.id:
                raise InvalidArgument("rollover-done-otherwise", old=old.id, klass=successor)
            going = database.execute("SELECT COUNT(*) FROM pupil WHERE class_id = ?", (new.id,)).fetchone()[0]
            for class_id in (new.id, old.id):
                drift.mark(database, class_id, None, now)
            return Turn(again=True, going=going, leaving=_departed(database, config, old, new))
        moved = _move_pupils(database, old, new)
        _copy_members(database, old, new)
        before = {row[0] for row in database.execute("SELECT id FROM pupil WHERE class_id = ?", (new.id,))}
        import_class(database, new, config.roster_columns)
        leaving = _take_leavers_back(database, config, old, new, moved) if new.roster else ()
        for departure in leaving:
            write_down(database, departure, now)
        joined = [row[1] for row in _pupils(database, new.id) if row[0] not in before]
        desks = _move_desks(database, old, new)
        dropped = sum(  # messages with words are taken back whatever the year
            database.execute(f"DELETE FROM {rest} AND class_id = ?", (old.id,)).rowcount  # noqa: S608 - constants
            for rest in ("job WHERE true", f"task WHERE name <> '{WITHDRAW}'", "handover WHERE true")
        )
        archive.archive(database, old.id, new.id)
        for class_id in (new.id, old.id):
            drift.mark(database, class_id, None, now)
        going = len(_pupils(database, new.id)) - len(joined)
    return Turn(False, going, tuple(joined), leaving, desks, dropped)


def _pupils(database: Database, class_id: ClassId) -> list[tuple[PersonId, str]]:
    rows = database.execute("SELECT id, name FROM pupil WHERE class_id = ? ORDER BY number, rowid", (class_id,))
    return [(PersonId(row[0]), row[1]) for row in rows]


def _move_pupils(database: Database, old: ClassConfig, new: ClassConfig) -> dict[PersonId, PersonId]:
    """Pupils go on under their IDs; copies stay in the old class. Returns the copies by ID.

    With a list of its own, the new class's numbers come from there; who is not in it can be told by the number left over.
    """
    if not (pupils := _pupils(database, old.id)):
        raise InvalidArgument("rollover-empty", old=old.id)
    if _pupils(database, new.id):
        raise InvalidArgument("rollover-imported-before", klass=new.id)
    copies = {}
    for pupil_id, name in pupils:
        family_id, surname, number = database.execute(
            "SELECT family_id, surname, number FROM pupil WHERE id = ?", (pupil_id,)
        ).fetchone()
        copies[pupil_id] = register.add_pupil(database, old.id, family_id, name=name, surname=surname, number=number)
        database.execute(
            "UPDATE pupil SET class_id = ?, number = ? WHERE id = ?", (new.id, -number if new.roster else number, pupil_id)
        )
        database.execute(
            "INSERT INTO roster_key (scope, key, id) SELECT ?, key, id FROM roster_key WHERE scope = ? AND id = ?"
            " ON CONFLICT DO NOTHING",
            (new.id, old.id, pupil_id),
        )
    return copies


def _copy_members(database: Database, old: ClassConfig, new: ClassConfig) -> None:
    """Families belong to both classes. Of the staff those come along whom config.yaml names: they are recognised by name."""
    names = {folded(member.name) for member in new.staff}
    rows = database.execute(
        "SELECT person_id, role, family_id, household_id, limited, person.name FROM member"
        " JOIN person ON person.id = member.person_id WHERE class_id = ? ORDER BY member.id",
        (old.id,),
    )
    for person_id, role, family_id, household_id, limited, name in rows.fetchall():
        if Role(role).is_staff and folded(name) not in names:
            continue
        database.execute(
            "INSERT INTO member (class_id, person_id, role, family_id, household_id, limited) VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT DO NOTHING",
            (new.id, person_id, role, family_id, household_id, limited),
        )


def _take_leavers_back(
    database: Database, config: Config, old: ClassConfig, new: ClassConfig, copies: dict[PersonId, PersonId]
) -> tuple[Departure, ...]:
    """Pupils whom the new list does not have leave the old class, and so do their families where nobody goes on."""
    rows = database.execute(
        "SELECT id, name, family_id, -number FROM pupil WHERE class_id = ? AND number < 0 ORDER BY -number", (new.id,)
    ).fetchall()
    for pupil_id, _, family_id, number in rows:
        database.execute("DELETE FROM pupil WHERE id = ?", (copies[PersonId(pupil_id)],))
        database.execute("UPDATE pupil SET class_id = ?, number = ? WHERE id = ?", (old.id, number, pupil_id))
        database.execute("DELETE FROM roster_key WHERE scope = ? AND id = ?", (new.id, pupil_id))
        database.execute(
            "DELETE FROM member WHERE class_id = ? AND family_id = ? AND (person_id = ? OR NOT EXISTS"
            " (SELECT 1 FROM pupil WHERE pupil.class_id = member.class_id AND pupil.family_id = member.family_id"
            " AND pupil.number >= 0))",
            (new.id, family_id, pupil_id),
        )
    return tuple(
        departure_of(database, config, Match(PersonId(id_), name, old.id, Role.PUPIL, family_id, number, left=False))
        for id_, name, family_id, number in rows
    )


def _departed(database: Database, config: Config, old: ClassConfig, new: ClassConfig) -> tuple[Departure, ...]:
    """Who left with the year: what is repeated makes sure that they are out."""
    rows = database.execute(
        "SELECT id, name, family_id, number FROM pupil WHERE class_id = ? ORDER BY number", (leavers.former(old.id),)
    ).fetchall()
    here = {(family, folded(name)) for family, name in _names(database, new.id)}
    return tuple(
        departure_of(database, config, Match(PersonId(id_), name, old.id, Role.PUPIL, family_id, number, left=True))
        for id_, name, family_id, number in rows
        if (family_id, folded(name)) not in here
    )


def _names(database: Database, class_id: ClassId) -> list[tuple[str, str]]:
    return [tuple(row) for row in database.execute("SELECT family_id, name FROM pupil WHERE class_id = ?", (class_id,))]


def _move_desks(database: Database, old: ClassConfig, new: ClassConfig) -> int:
    """Desks belong to the new class, with all that was said there. Returns how many; of leavers they stay behind."""
    return database.execute(
        "UPDATE room SET class_id = ?1 WHERE class_id = ?2 AND role = 'desk'"
        " AND household_id IN (SELECT household_id FROM member WHERE class_id = ?1 AND role = 'guardian')"
        " AND household_id NOT IN (SELECT household_id FROM room WHERE class_id = ?1 AND role = 'desk')",
        (new.id, old.id),
    ).rowcount


async def carry_out(house: House, old: ClassConfig, new: ClassConfig, turned: Turn) -> Turned:
    """Bring both classes to their blueprints, leavers out and everybody who has arrived in.

    Hold the provisioning lock. Repeatable.
    """
    done = Turned()
    for departure in turned.leaving:
        done.left.append(await close_doors(house, departure))
        done.refused += done.left[-1].refused + [str(user_id) for user_id in done.left[-1].unlocked]
    for klass in (new, old):
        report = await house.provisioner.apply(klass, in_flight=IN_FLIGHT)
        done.made += len(report.made)
        done.refused += _refusals(report)
    await _admit(house, done)
    if not done.refused:
        await house.database.call(begun.end, house.database, begun.Year(old.id, new.id))
    return done


def _refusals(report: Report) -> list[str]:
    return [f"{type(action).__name__}: {error.errcode}" for action, error in report.refused]


async def _admit(house: House, done: Turned) -> None:
    """Let people in whose admission is started; a service that runs may be doing the same. What has to wait stays for it."""
    for task in await house.database.call(tasks.due, house.database, house.clock(), 10_000):
        if task.name != ADMIT:
            continue
        try:
            await house.admit(task)
        except (TemporaryError, PermanentError, ConfigError):
            done.waiting += 1
        else:
            await house.database.call(tasks.done, house.database, task)
            done.let_in += 1
