"""The plugin's questions to its tables."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from peewee import fn

from classroom_matrix.domain.facts import FileKey, Media
from classroom_matrix.domain.ids import EventId, FamilyId, HouseholdId, PersonId, RoomId

from .domain import DAY, Announcement, Attachment, Confirmation, State, Version, Via
from .tables import AnnouncementRow, AskedRow, ConfirmationRow, HeardRow, StrikeRow, VersionRow

KEPT = 30 * DAY
"""How long redactions of unknown events, and messages that may become announcements, are remembered."""
ASKING = 30
"""Must-reads that are looked at: a class has two a week."""
TOGETHER = 2 * 60 * 1000
"""Milliseconds: files that are sent so close to each other belong together."""


# ── Announcements ───────────────────────────────────────────────────────────────────────────────────────────────────────


def create(
    class_id: str,
    *,
    author: PersonId,
    text: str,
    attachments: Sequence[Attachment],
    room: str,
    at: int,
    source: EventId,
    own: EventId | None = None,
) -> Announcement:
    """Write a new announcement down under the class's next number. It is neither sent nor scheduled yet."""
    last = AnnouncementRow.select(fn.MAX(AnnouncementRow.number)).where(AnnouncementRow.class_id == class_id).scalar()
    row = AnnouncementRow.create(
        class_id=class_id,
        number=(last or 0) + 1,
        author=author,
        text=text,
        attachments=_as_json(attachments),
        state=State.SCHEDULED,
        room=room,
        created_at=at,
        source=source,
        own=own,
    )
    VersionRow.create(announcement_id=row.id, number=1, text=text, at=at)
    created = get(class_id, row.id)
    assert created is not None
    return created


def get(class_id: str, announcement_id: int) -> Announcement | None:
    """An announcement of this class; another class's is none."""
    return _one("id = ? AND class_id = ?", announcement_id, class_id)


def by_number(class_id: str, number: int) -> Announcement | None:
    return _one("class_id = ? AND number = ?", class_id, number)


def by_event(class_id: str, event_id: EventId) -> Announcement | None:
    """The announcement that a message of the teacher's is, or that a command made."""
    return _one("class_id = ? AND (own = ? OR source = ?)", class_id, event_id, event_id)


def asking(class_id: str) -> list[Announcement]:
    """Must-reads that are out, oldest first; no more than anybody may still think of."""
    newest = _many("class_id = ? AND state = ? AND must ORDER BY sent_at DESC LIMIT ?", class_id, State.SENT, ASKING)
    return newest[::-1]


def scheduled(class_id: str) -> list[Announcement]:
    """What is still to be sent, soonest first."""
    return _many("class_id = ? AND state = ? ORDER BY due, number", class_id, State.SCHEDULED)


def sent(class_id: str, limit: int) -> list[Announcement]:
    """What is out and holds, newest first."""
    return _many("class_id = ? AND state = ? ORDER BY sent_at DESC, number DESC LIMIT ?", class_id, State.SENT, limit)


def sent_before(class_id: str, at: int) -> Announcement | None:
    """The newest one that was sent before a time, ours or the teacher's own."""
    return _one("class_id = ? AND sent_at < ? ORDER BY sent_at DESC LIMIT 1", class_id, at)


def must_since(class_id: str, at: int) -> list[Announcement]:
    """Must-reads with a deadline at or after a time, whatever became of them, oldest first."""
    return _many("class_id = ? AND must AND sent_at IS NOT NULL AND until >= ? ORDER BY until, number", class_id, at)


def urgent_since(class_id: str, at: int) -> int:
    """How many announcements were sent as urgent since a time."""
    rows = AnnouncementRow.sql(
        "SELECT COUNT(*) FROM announcements_announcement WHERE class_id = ? AND urgent AND sent_at >= ?", class_id, at
    )
    return int(rows[0][0])


def change(announcement: Announcement, **values: object) -> Announcement:
    """Write fields of an announcement down."""
    AnnouncementRow.update(**values).where(AnnouncementRow.id == announcement.id).execute()
    changed = get(announcement.class_id, announcement.id)
    assert changed is not None
    return changed


def add_version(announcement: Announcement, text: str, at: int) -> Announcement:
    """A new text. `at`: from when on it stands there."""
    number = announcement.version + 1
    VersionRow.create(announcement_id=announcement.id, number=number, text=text, at=at)
    return change(announcement, text=text, version=number)


def replace_text(announcement: Announcement, text: str) -> Announcement:
    """Another text for what nobody has seen yet."""
    VersionRow.update(text=text).where(VersionRow.announcement_id == announcement.id).execute()
    return change(announcement, text=text)


def mend_text(announcement: Announcement, text: str) -> Announcement:
    """The newest text without a slip of the pen."""
    VersionRow.update(text=text).where(
        VersionRow.announcement_id == announcement.id, VersionRow.number == announcement.version
    ).execute()
    return change(announcement, text=text)


def versions(announcement: Announcement) -> list[Version]:
    """Oldest first."""
    rows = VersionRow.sql(
        "SELECT number, text, at FROM announcements_version WHERE announcement_id = ? ORDER BY number", announcement.id
    )
    return [Version(*row) for row in rows]


_COLUMNS = (
    "id, class_id, number, author, text, attachments, state, room, created_at, source, own, due, sent_at, urgent, loud, must,"
    " until, follow_up, version, told_version, asks_from, changes, changed_at, reported"
)


def _one(condition: str, *values: object) -> Announcement | None:
    return next(iter(_many(condition, *values)), None)


def _many(condition: str, *values: object) -> list[Announcement]:
    query = f"SELECT {_COLUMNS} FROM announcements_announcement WHERE {condition}"  # noqa: S608 - of constants only
    return [_announcement(row) for row in AnnouncementRow.sql(query, *values)]


def _announcement(row: Sequence[Any]) -> Announcement:
    """A row, in the order of `_COLUMNS`."""
    (id_, class_id, number, author, text, attachments, state, room, created_at, source, own, due, sent_at, urgent, loud, must,
     until, follow_up, version, told_version, asks_from, changes, changed_at, reported) = row  # fmt: skip
    return Announcement(
        id_,
        class_id,
        number,
        PersonId(author),
        text,
        _attachments(attachments),
        State(state),
        room,
        created_at,
        EventId(source),
        EventId(own) if own else None,
        due,
        sent_at,
        bool(urgent),
        bool(loud),
        bool(must),
        until,
        bool(follow_up),
        version,
        told_version,
        asks_from,
        changes,
        changed_at,
        bool(reported),
    )


def _as_json(attachments: Iterable[Attachment]) -> str:
    listed = [[each.kind, *_values(each.media)] for each in attachments]
    return json.dumps(listed, ensure_ascii=False)


def _values(media: Media) -> list[str | int]:
    """Four; of an encrypted file its key's three, too."""
    key = [media.key.key, media.key.iv, media.key.sha256] if media.key else []
    return [media.url, media.filename, media.mimetype, media.size, *key]


def _attachments(stored: str) -> tuple[Attachment, ...]:
    return tuple(
        Attachment(kind, Media(url, name, mimetype, size, FileKey(*key) if key else None))
        for kind, url, name, mimetype, size, *key in json.loads(stored)
    )


# ── Confirmations ───────────────────────────────────────────────────────────────────────────────────────────────────────


_CONFIRMATION = "source, family_id, person_id, via, at, how, struck_at"


def confirm(announcement: Announcement, given: Confirmation) -> bool:
    """Write a confirmation down, struck already if its redaction came first. Returns whether it is new."""
    rows = ConfirmationRow.sql(
        f"INSERT INTO announcements_confirmation (announcement_id, {_CONFIRMATION})"  # noqa: S608 - of constants only
        " VALUES (?, ?, ?, ?, ?, ?, ?, (SELECT at FROM announcements_strike WHERE target = ?))"
        " ON CONFLICT DO NOTHING RETURNING source",
        announcement.id,
        given.source,
        given.family,
        given.person,
        given.via,
        given.at,
        given.how,
        given.source,
    )
    return bool(rows)


def confirmations(announcement: Announcement, family: FamilyId | None = None) -> list[Confirmation]:
    """Of all families, or of one."""
    query = f"SELECT {_CONFIRMATION} FROM announcements_confirmation WHERE announcement_id = ?"  # noqa: S608
    if family is None:
        return [_confirmation(row) for row in ConfirmationRow.sql(query, announcement.id)]
    return [_confirmation(row) for row in ConfirmationRow.sql(f"{query} AND family_id = ?", announcement.id, family)]


def confirmed_by(class_id: str, event_id: EventId) -> list[Announcement]:
    """The announcements that an event has confirmed."""
    return _many(
        "class_id = ? AND id IN (SELECT announcement_id FROM announcements_confirmation WHERE source = ?)", class_id, event_id
    )


def strike(event_id: EventId, at: int) -> None:
    """A confirmation was taken back; the earliest time counts."""
    ConfirmationRow.sql(
        "UPDATE announcements_confirmation SET struck_at = MIN(IFNULL(struck_at, ?2), ?2) WHERE source = ?1", event_id, at
    )


def strike_entries(announcement: Announcement, family: FamilyId, at: int) -> int:
    """Take back what the teacher entered for a family. Returns how many entries stood."""
    row = ConfirmationRow
    return int(
        row.update(struck_at=at)
        .where(row.announcement_id == announcement.id, row.family_id == family, row.via == Via.PROXY, row.struck_at.is_null())
        .execute()
    )


def entries_of(class_id: str, command: EventId) -> list[tuple[Announcement, Confirmation]]:
    """What a command of the teacher's entered and still stands; see `domain.entry_source`."""
    found = _many(
        "class_id = ? AND id IN (SELECT announcement_id FROM announcements_confirmation WHERE source = ?)", class_id, command
    )
    return [
        (each, given)
        for each in found
        for given in confirmations(each)
        if given.via is Via.PROXY and given.struck_at is None and given.source.partition("#")[0] == command
    ]


def remember_strike(target: EventId, at: int) -> None:
    StrikeRow.sql(
        "INSERT INTO announcements_strike (target, at) VALUES (?, ?)"
        " ON CONFLICT (target) DO UPDATE SET at = MIN(at, excluded.at)",
        target,
        at,
    )
    StrikeRow.sql("DELETE FROM announcements_strike WHERE at < ?", at - KEPT)


def of_family(class_id: str, family: FamilyId) -> list[tuple[Announcement, Confirmation]]:
    """Everything that is kept about a family, oldest announcement first."""
    found = _many(
        "class_id = ? AND id IN (SELECT announcement_id FROM announcements_confirmation WHERE family_id = ?) ORDER BY number",
        class_id,
        family,
    )
    return [(each, given) for each in found for given in sorted(confirmations(each, family), key=lambda one: one.at)]


def forget(class_id: str, family: FamilyId, households: Iterable[HouseholdId]) -> None:
    """Nothing tells any more what a family did."""
    ours = AnnouncementRow.select(AnnouncementRow.id).where(AnnouncementRow.class_id == class_id)
    ConfirmationRow.delete().where(ConfirmationRow.announcement_id.in_(ours), ConfirmationRow.family_id == family).execute()
    AskedRow.delete().where(AskedRow.announcement_id.in_(ours), AskedRow.household_id.in_(list(households))).execute()
    HeardRow.delete().where(HeardRow.class_id == class_id).execute()  # it may name them, and is of little use


def _confirmation(row: Sequence[Any]) -> Confirmation:
    """A row, in the order of `_CONFIRMATION`."""
    source, family, person, via, at, how, struck_at = row
    return Confirmation(EventId(source), FamilyId(family), PersonId(person), Via(via), at, how, struck_at)


# ── Questions in desks ──────────────────────────────────────────────────────────────────────────────────────────────────


def note_asked(announcement: Announcement, household: HouseholdId, at: int) -> None:
    AskedRow.replace(announcement_id=announcement.id, household_id=household, at=at).execute()


def asked_at(announcement: Announcement, household: HouseholdId | None) -> int | None:
    rows = AskedRow.sql(
        "SELECT at FROM announcements_asked WHERE announcement_id = ? AND household_id = ?", announcement.id, household
    )
    return rows[0][0] if rows else None


# ── What the teacher said without a command ─────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Heard:
    """A message of the teacher's. `text`: empty for a file without a caption."""

    event_id: EventId
    room_id: RoomId
    author: PersonId
    text: str
    attachment: Attachment | None
    at: int


def keep_heard(class_id: str, heard: Heard) -> None:
    HeardRow.insert(
        event_id=heard.event_id,
        class_id=class_id,
        room_id=heard.room_id,
        author=heard.author,
        text=heard.text,
        kind=heard.attachment.kind if heard.attachment else "text",
        media=_as_json([heard.attachment]) if heard.attachment else None,
        at=heard.at,
    ).on_conflict_ignore().execute()
    HeardRow.delete().where(HeardRow.class_id == class_id, HeardRow.at < heard.at - KEPT).execute()


def heard(class_id: str, event_id: EventId) -> Heard | None:
    return next(iter(_heard("class_id = ? AND event_id = ?", class_id, event_id)), None)


def edit_heard(class_id: str, event_id: EventId, text: str) -> None:
    HeardRow.update(text=text).where(HeardRow.class_id == class_id, HeardRow.event_id == event_id).execute()


def files_with(class_id: str, one: Heard) -> list[Attachment]:
    """Files that the same person sent to the same room at about the same time, in order; the given one among them."""
    found = _heard(
        "class_id = ? AND room_id = ? AND author = ? AND media IS NOT NULL AND at BETWEEN ? AND ? ORDER BY at, event_id",
        class_id,
        one.room_id,
        one.author,
        one.at - TOGETHER,
        one.at + TOGETHER,
    )
    return [each.attachment for each in found if each.attachment is not None]


def _heard(condition: str, *values: object) -> list[Heard]:
    query = f"SELECT event_id, room_id, author, text, media, at FROM announcements_heard WHERE {condition}"  # noqa: S608
    return [
        Heard(EventId(event), RoomId(room), PersonId(author), text, _attachments(media)[0] if media else None, at)
        for event, room, author, text, media, at in HeardRow.sql(query, *values)
    ]
