"""The proof of an erasure: what was done when, and what a look afterwards found. It holds nothing personal."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from .erasure import Leftovers
from .export.media import write_atomically
from .record import Record

DUTIES = (
    "exports that were written to disks or handed over",
    "backups of the homeserver and of this service, until they are overwritten",
    "what other people quoted, photographed or stored on their devices",
    "the homeserver's copies of redacted events, until its redaction_retention_period is over",
)
"""What no program here can reach; the school has to see to it."""


def proof_of(record: Record, left: Leftovers, now: float) -> dict[str, Any]:
    """The proof as JSON values. Rooms and accounts stand by their opaque IDs, nobody by name."""
    done = {
        "erasure": record.id,
        "what": "family" if record.family else "adult",
        "begun": _moment(record.begun_at),
        "finished": _moment(now),
        "steps": {name: _moment(at) for name, at in record.steps.items()},
        "rooms": [
            {"room": room_id, "role": room.role, "class": room.class_id, "redacted": room.redacted}
            for room_id, room in record.rooms.items()
        ],
        "deleted_rooms": list(record.desks),
        "private_chats_left": list(record.chats),
        "accounts": {
            "erased": [user_id for user_id in record.accounts if user_id not in record.foreign],
            "not_made_here": list(record.foreign),
            "kept_for_other_duties": list(record.kept),
        },
        "deleted_files": record.files,
        "database_rows": record.rows,
        "refused": record.refused,
        "check": {
            "nothing_found": left.count == 0,
            "events_with_content": left.events,
            "rooms_not_visible": left.unseen,
            "events_that_cannot_be_read": left.unread,
            "desks_still_there": left.desks,
            "files_still_there": left.files,
            "database_values": left.rows,
            "database_file_without_names": left.file,
        },
        "not_reached_by_this_program": list(DUTIES),
    }
    return {"format": 1, **done, "sha256": checksum(done)}


def checksum(done: dict[str, Any]) -> str:
    """Of everything but `format` and itself: SHA-256 of compact JSON with sorted keys."""
    return hashlib.sha256(msgspec.json.encode(done, order="sorted")).hexdigest()


def write_proof(proof: dict[str, Any], path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, msgspec.json.format(msgspec.json.encode(proof), indent=2) + b"\n")


def _moment(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")
