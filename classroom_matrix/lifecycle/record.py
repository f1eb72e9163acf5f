"""What is being erased: written down before the first request, so that an erasure that was interrupted is gone on with."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Collection, Sequence
from pathlib import Path

import msgspec

from ..domain.ids import ClassId, FamilyId, PersonId, RoomId, UserId
from ..domain.rooms import DESK, STAFF_ROOM
from ..errors import UserError
from ..storage import drift, erasure, invitations, leavers
from ..storage.database import Database
from ..storage.erasure import Traces
from .family_file import FamilyFile, family_file, rooms_where
from .mentions import Names, everybody_else, names_of
from .whom import Match, folded


class CleanedRoom(msgspec.Struct):
    """A room in which something may have to be redacted. `redacted`: how many events were."""

    role: str
    class_id: str | None = None
    redacted: int = 0


class Record(msgspec.Struct):
    """One erasure.

    Args:
        family: None where a single adult is erased.
        label: whom the erasure is called after.
        names: what `Names` are made of.
        accounts: whose messages, files and account go.
        people: adults and pupils whose rows go.
        kept: accounts of people of the family who are something else at this school, too, and stay that.
        rooms: to be cleaned; `desks`: to be deleted; `chats`: private chats with the bot, to be cleaned and left.
        steps: when each step was done, UTC seconds.
        addresses: of files that were found in redacted messages.
        foreign: accounts that were not made by us and that somebody else has to erase.
        refused: what the homeserver refused for good.
        asked: whom the command named, as typed: a number is nobody's any more once the rows are gone.
    """

    id: str
    begun_at: float
    label: str
    whole: tuple[str, ...]
    alone: tuple[str, ...]
    family: str | None
    households: tuple[str, ...]
    people: tuple[str, ...]
    accounts: tuple[UserId, ...]
    kept: tuple[UserId, ...]
    classes: tuple[str, ...]
    rooms: dict[RoomId, CleanedRoom]
    desks: tuple[RoomId, ...]
    chats: tuple[RoomId, ...]
    proof: str
    steps: dict[str, float] = {}
    addresses: list[str] = []
    files: int = 0
    rows: dict[str, int] = {}
    foreign: list[UserId] = []
    refused: list[str] = []
    asked: str = ""

    @property
    def names(self) -> Names:
        return Names(self.whole, self.alone)

    @property
    def traces(self) -> Traces:
        return Traces(
            frozenset(self.people),
            frozenset([self.family] if self.family else []),
            frozenset(self.households),
            frozenset(self.accounts),
            frozenset([*self.desks, *self.chats]),
        )

    def add_rows(self, counts: dict[str, int]) -> None:
        self.rows = dict(Counter(self.rows) + Counter(counts))


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Record).decode


def keep(database: Database, record: Record) -> None:
    """In the database's thread."""
    erasure.keep_record(database, record.id, _encode(record))


def unfinished(database: Database) -> list[Record]:
    """Erasures that were begun and are not through, oldest first. In the database's thread."""
    return [_decode(found) for found in erasure.records(database)]


def record_for(database: Database, match: Match, proof: Path, now: float) -> Record:
    """What erasing somebody takes. A pupil stands for the family. Changes nothing. In the database's thread."""
    if match.is_pupil and match.family_id is not None:
        return _of_family(database, family_file(database, match.family_id), proof, now)
    return _of_adult(database, match, proof, now)


def _of_family(database: Database, family: FamilyFile, proof: Path, now: float) -> Record:
    people = {person.id: person for person in family.people}
    kept = {person_id for person_id in people if _is_more(database, person_id, family.id)}
    gone = [person for person_id, person in people.items() if person_id not in kept]
    ids = {*(pupil.id for pupil in family.pupils), *(person.id for person in gone)}
    names = names_of(
        [*(pupil.name for pupil in family.pupils), *(person.name for person in gone)], everybody_else(database, ids)
    )
    desks = [room.room_id for household in family.households for room in rooms_where(database, "household_id = ?", household)]
    return _record(
        database,
        label=family.label,
        names=names,
        family=family.id,
        households=family.households,
        people=ids,
        accounts=[person.user_id for person in gone if person.user_id],
        kept=[person.user_id for person_id, person in people.items() if person_id in kept and person.user_id],
        classes=family.classes,
        desks=desks,
        proof=proof,
        now=now,
    )


def _of_adult(database: Database, match: Match, proof: Path, now: float) -> Record:
    """The family stays with its desk, so what the adult wrote there is redacted one by one."""
    row = database.execute("SELECT user_id FROM person WHERE id = ?", (match.id,)).fetchone()
    memberships = database.execute("SELECT class_id FROM member WHERE person_id = ?", (match.id,)).fetchall()
    return _record(
        database,
        label=match.name,
        names=names_of([match.name], everybody_else(database, {match.id})),
        family=None,
        households=(),
        people={match.id},
        accounts=[UserId(row[0])] if row and row[0] else [],
        kept=[],
        classes=tuple(dict.fromkeys(leavers.plain(found[0]) for found in memberships)),
        desks=[],
        proof=proof,
        now=now,
        homes=family_file(database, match.family_id).households if match.family_id else (),
    )


def _record(
    database: Database,
    *,
    label: str,
    names: Names,
    family: FamilyId | None,
    households: Sequence[str],
    people: set[PersonId],
    accounts: Sequence[UserId],
    kept: Sequence[UserId],
    classes: Sequence[ClassId],
    desks: Sequence[RoomId],
    proof: Path,
    now: float,
    homes: Sequence[str] = (),
) -> Record:
    rooms = {
        room.room_id: CleanedRoom(room.role, room.class_id)
        for class_id in classes
        for room in rooms_where(database, "class_id = ?", class_id)
        if room.role != DESK or room.household_id in homes
    }
    chats = [room.room_id for person in sorted(people) for room in rooms_where(database, "person_id = ?", person)]
    return Record(
        id=secrets.token_hex(8),
        begun_at=now,
        label=label,
        whole=names.whole,
        alone=names.alone,
        family=family,
        households=tuple(households),
        people=tuple(sorted(people)),
        accounts=tuple(dict.fromkeys(accounts)),
        kept=tuple(dict.fromkeys(kept)),
        classes=tuple(classes),
        rooms=rooms,
        desks=tuple(dict.fromkeys(desks)),
        chats=tuple(chats),
        proof=str(proof),
    )


def _is_more(database: Database, person_id: PersonId, family_id: FamilyId) -> bool:
    """Whether somebody is staff, or belongs to another family too: their account is not this family's alone."""
    row = database.execute(
        "SELECT 1 FROM member WHERE person_id = ? AND (family_id IS NULL OR family_id <> ?) LIMIT 1", (person_id, family_id)
    ).fetchone()
    return row is not None


def begin(database: Database, record: Record, now: float) -> None:
    """From here on they are not of the school any more, and what is interrupted is gone on with. In the database's thread."""
    with database.transaction():
        keep(database, record)
        family = record.family or ""
        members = database.execute(
            "SELECT class_id, person_id FROM member WHERE family_id = ? OR person_id IN (SELECT value FROM json_each(?))",
            (family, msgspec.json.encode(record.people).decode()),
        ).fetchall()
        for class_id, person_id in members:
            if not leavers.is_former(class_id):
                leavers.take_out_person(database, ClassId(class_id), PersonId(person_id))
        for class_id, pupil_id in database.execute("SELECT class_id, id FROM pupil WHERE family_id = ?", (family,)).fetchall():
            leavers.take_out_pupil(database, ClassId(class_id), PersonId(pupil_id))
        for person_id in record.people:
            invitations.void(database, PersonId(person_id))
        for class_id in record.classes:
            drift.mark(database, ClassId(class_id), None, now)


def is_for(record: Record, who: str) -> bool:
    """Whether an erasure that was begun is of whom is meant; their rows may be gone by now."""
    if record.asked and folded(who) == folded(record.asked):
        return True
    words = folded(record.label).replace(",", " ").split()
    wanted = folded(who).split()
    return bool(wanted) and all(word in words for word in wanted)


def refuse_unfinished(
    database: Database, *, people: Collection[str] = (), classes: Collection[str] = (), key: str = "erase-in-the-way"
) -> None:
    """In the database's thread.

    Args:
        people: whose data must not be on the way out; `classes`: whose.
        key: of the sentence.

    Raises:
        UserError: an erasure of one of the people, or in one of the classes, was begun and is not through.
    """
    for record in unfinished(database):
        if {record.family, *record.households, *record.people} & {*people} or {*record.classes} & {*classes}:
            raise UserError(key, id=record.id, classes=list(record.classes))


def is_staff_room(room: CleanedRoom) -> bool:
    return room.role == STAFF_ROOM
