"""A room's history → what a person would say was said: edits applied, reactions counted, what was taken back left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

import msgspec

from ...domain.facts import FileKey
from ...domain.ids import UserId
from ...matrix.encrypted_files import read_file_object
from ...matrix.gateway import Json
from ...matrix.source import ENCRYPTED

UNREADABLE = "unreadable"
"""The kind of an entry that is encrypted, and its key is not there."""
_POLL_STARTS = ("org.matrix.msc3381.poll.start", "m.poll.start")
_POLL_RESPONSES = ("org.matrix.msc3381.poll.response", "m.poll.response")


class Attachment(msgspec.Struct, omit_defaults=True):
    """A file of a message. `path`: within the export; None where the homeserver does not have it any more.

    `key` and `mimetype`: of an encrypted file, until it is fetched.
    """

    name: str
    address: str
    path: str | None = None
    size: int = 0
    picture: bool = False
    key: FileKey | None = None
    mimetype: str = ""

    @property
    def mark(self) -> str:
        """By what the file is known in the next run. Of an encrypted one the key counts, too: an address opens nothing."""
        if self.key is None:
            return self.address
        return f"{self.address} {sha256(msgspec.json.encode(self.key)).hexdigest()}"


class Entry(msgspec.Struct, omit_defaults=True):
    """Something that was said or done.

    Args:
        at: milliseconds since 1970, UTC.
        kind: message, notice, poll, vote, reaction, file, unreadable.
        to: the event that it answers, votes in or reacts to. Of others' words nothing but this ID is here.
        options: a poll's answers, or what a vote chose.
        reactions: to it, by what they say, as far as they belong to the export: names.
    """

    id: str
    at: int
    sender: str
    name: str
    kind: str
    text: str = ""
    edited: bool = False
    to: str | None = None
    question: str = ""
    options: tuple[str, ...] = ()
    file: Attachment | None = None
    reactions: dict[str, list[str]] = {}


class Poll(msgspec.Struct):
    """What a vote in it needs to be readable."""

    question: str
    answers: dict[str, str]


def polls_of(events: Sequence[Json]) -> dict[str, Poll]:
    """Polls by event ID."""
    found = {}
    for event in events:
        content = _mapping(event.get("content"))
        start = _mapping(content.get("org.matrix.msc3381.poll.start") or content.get("m.poll"))
        if event.get("type") in _POLL_STARTS and start:
            answers = start.get("answers")
            listed = [_mapping(answer) for answer in answers] if isinstance(answers, list) else []
            ids = {str(answer.get("id") or answer.get("m.id")): _text(answer) for answer in listed}
            found[str(event.get("event_id"))] = Poll(_text(_mapping(start.get("question"))), ids)
    return found


def entries_of(events: Sequence[Json], names: Mapping[UserId, str], polls: Mapping[str, Poll]) -> list[Entry]:
    """What was said, oldest first.

    Args:
        events: oldest first.
        names: of the school's people, by account; whoever is not there is shown by their account.
        polls: that may have been voted in.
    """
    entries: dict[str, Entry] = {}
    loose: list[Entry] = []
    for event in events:
        content = _mapping(event.get("content"))
        if not content or "state_key" in event:
            continue
        relation = _mapping(content.get("m.relates_to"))
        target = relation.get("event_id") if isinstance(relation.get("event_id"), str) else None
        if relation.get("rel_type") == "m.replace" and target:
            _edit(entries, event, target, content)
            continue
        entry = _entry(event, content, relation, target, names, polls)
        if entry is None:
            continue
        if entry.kind == "reaction" and target in entries:
            entries[str(target)].reactions.setdefault(entry.text, []).append(entry.name)
        elif entry.kind == "reaction":
            loose.append(entry)
        else:
            entries[entry.id] = entry
    return sorted([*entries.values(), *loose], key=lambda entry: entry.at)


def _edit(entries: dict[str, Entry], event: Json, target: str, content: Json) -> None:
    """Only the author's own edits count. An edit of something that is not here is not shown."""
    entry, new = entries.get(target), _mapping(content.get("m.new_content"))
    if entry is not None and entry.sender == event.get("sender") and isinstance(new.get("body"), str):
        entry.text, entry.edited = new["body"], True


def _entry(
    event: Json,
    content: Json,
    relation: Json,
    target: str | None,
    names: Mapping[UserId, str],
    polls: Mapping[str, Poll],
) -> Entry | None:
    sender, kind = UserId(str(event.get("sender"))), event.get("type")
    at = event.get("origin_server_ts")
    entry = Entry(str(event.get("event_id")), at if isinstance(at, int) else 0, sender, names.get(sender, sender), "message")
    if kind in ("m.room.message", "m.sticker"):
        _message(entry, content, relation)
    elif kind == "m.reaction":
        entry.kind, entry.text, entry.to = "reaction", str(relation.get("key", "")), target
    elif kind in _POLL_STARTS:
        poll = polls.get(entry.id)
        entry.kind, entry.text = "poll", poll.question if poll else ""
        entry.options = tuple(poll.answers.values()) if poll else ()
    elif kind in _POLL_RESPONSES:
        chosen = _mapping(content.get("org.matrix.msc3381.poll.response")).get("answers", content.get("m.selections"))
        poll = polls.get(target or "")
        entry.kind, entry.to, entry.question = "vote", target, poll.question if poll else ""
        picked = [answer for answer in chosen if isinstance(answer, str)] if isinstance(chosen, list) else []
        entry.options = tuple(poll.answers.get(answer, answer) if poll else answer for answer in picked)
    elif kind == ENCRYPTED:
        entry.kind = UNREADABLE
    else:
        return None
    return entry


def _message(entry: Entry, content: Json, relation: Json) -> None:
    body = content.get("body")
    entry.text = body if isinstance(body, str) else ""
    answered = _mapping(relation.get("m.in_reply_to")).get("event_id")
    if isinstance(answered, str) and relation.get("is_falling_back") is not True:
        entry.to = answered
        entry.text = _without_quotation(entry.text)
    if content.get("msgtype") == "m.notice":
        entry.kind = "notice"
    address, key = read_file_object(content.get("file")) or (content.get("url"), None)
    if isinstance(address, str) and address.startswith("mxc://"):
        name, mimetype = content.get("filename"), _mapping(content.get("info")).get("mimetype")
        entry.kind = "file"
        entry.file = Attachment(name if isinstance(name, str) else entry.text, address, key=key)
        if key is not None and isinstance(mimetype, str):
            entry.file.mimetype = mimetype
        if not isinstance(name, str) or name == entry.text:
            entry.text = ""


def _without_quotation(body: str) -> str:
    """Older clients repeat what they answer, which is somebody else's: each line with "> ", then an empty line."""
    lines = body.split("\n")
    if not lines[0].startswith("> <"):
        return body
    while lines and lines[0].startswith(">"):
        lines.pop(0)
    return "\n".join(lines[1:] if lines and not lines[0] else lines)


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(holder: Mapping[str, Any]) -> str:
    for key in ("org.matrix.msc1767.text", "m.text", "body"):
        found = holder.get(key)
        if isinstance(found, list) and found:
            found = _mapping(found[0]).get("body")
        if isinstance(found, str):
            return found
    return ""
