"""Matrix events → facts. Never raises for odd content: what a client may send, a client will send.

Facts used: polls come in the unstable form ``org.matrix.msc3381.poll.*`` (Element) or the stable ``m.poll.*``; from room
version 11 a redaction names its target in the content; a reply inside a thread with ``is_falling_back`` is no reply.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple, cast

import msgspec

from ..domain.facts import (
    Answer,
    AnyFact,
    EventRedacted,
    Media,
    MemberInvited,
    MemberJoined,
    MemberLeft,
    MessageSent,
    PollEnded,
    PollStarted,
    PollVoted,
    ReactionAdded,
    RoomStateChanged,
    RoomTombstoned,
    VerificationAsked,
)
from ..domain.ids import EventId, RoomId, UserId
from .encrypted_files import read_file_object
from .source import DECIDE_WHO_READS, ENCRYPTED, Arrived, RoomChange, SealedEvent, Unreadable

MAX_TEXT = 20_000  # characters of a message that are kept; an event has at most 65,536 bytes
MAX_NAME = 256  # characters of a display name; Synapse's own limit
MAX_ANSWERS = 20  # Element's own limit for a poll


class RawEvent(msgspec.Struct):
    """A client event as the homeserver pushes it; decoding checks the outer shape."""

    type: str
    sender: UserId
    event_id: EventId
    content: dict[str, Any]
    origin_server_ts: int = 0
    room_id: RoomId = RoomId("")
    state_key: str | None = None
    redacts: str | None = None


class _Named(msgspec.Struct):
    event_id: EventId = EventId("?")


Content = Mapping[str, Any]
_decode_event = msgspec.json.Decoder(RawEvent).decode


class Read(NamedTuple):
    """What is in events as they came, in order. `unreadable`: what could not be read."""

    facts: list[Arrived]
    unreadable: list[Unreadable]
    changes: list[RoomChange]


def read_events(raws: Iterable[msgspec.Raw], ignore: UserId, room_id: RoomId | None = None) -> Read:
    """One bad event does not spoil the others.

    Args:
        ignore: whose events are not news (the bot's own).
        room_id: where the events are from, if they do not say so themselves.
    """
    facts: list[Arrived] = []
    unreadable: list[Unreadable] = []
    changes: list[RoomChange] = []
    for raw in raws:
        try:
            event = _decode_event(raw)
            # a room replaced in the bot's name (only its account may) has to be followed all the same
            news = event.sender != ignore or event.type == "m.room.tombstone"
            place = room_id or event.room_id
            if event.type in DECIDE_WHO_READS and event.state_key is not None:
                changes.append(_change(event, place, event.state_key))
            fact = translate(event, place) if news else None
        except Exception as error:  # noqa: BLE001 - whatever it is, it is this event's and not the class's
            unreadable.append(Unreadable(_event_id_of(raw), type(error).__name__))
        else:
            if fact is not None:
                facts.append(fact)
    return Read(facts, unreadable, changes)


def _change(event: RawEvent, room_id: RoomId, state_key: str) -> RoomChange:
    if event.type != "m.room.member":
        return RoomChange(room_id)
    return RoomChange(room_id, UserId(state_key), str(event.content.get("membership", "")))


def _event_id_of(raw: msgspec.Raw) -> EventId:
    """What can be told of an event whose shape is wrong."""
    try:
        return msgspec.json.decode(raw, type=_Named).event_id
    except (ValueError, RecursionError):  # also msgspec's
        return EventId("?")


def translate(event: RawEvent, room_id: RoomId) -> Arrived | None:
    """The fact in an event, or None where it holds nothing of interest. What is encrypted stays so."""
    if event.state_key is not None:
        return _state(event, room_id, event.state_key)
    if event.type == ENCRYPTED:
        if not event.content:
            return None  # redacted
        return SealedEvent(event.event_id, room_id, event.sender, event.origin_server_ts, event.content)
    translator = _TRANSLATORS.get(event.type)
    return translator(event, room_id) if translator else None


def translate_opened(event: SealedEvent, kind: str, content: dict[str, Any]) -> AnyFact | None:
    """The fact in an encrypted event that could be read, or None.

    Only of kinds that clients encrypt: a redaction or a change of state in there has passed no homeserver's rules.
    """
    if kind not in _ENCRYPTED_KINDS:
        return None
    clear = RawEvent(kind, event.sender, event.event_id, content, event.at, event.room_id)
    return _TRANSLATORS[kind](clear, event.room_id)


def _common(event: RawEvent, room_id: RoomId) -> dict[str, Any]:
    return {"event_id": event.event_id, "room_id": room_id, "sender": event.sender, "at": event.origin_server_ts}


def _state(event: RawEvent, room_id: RoomId, state_key: str) -> AnyFact | None:
    common = _common(event, room_id)
    if event.type == "m.room.member":
        membership = event.content.get("membership")
        kind = _MEMBERSHIPS.get(membership) if isinstance(membership, str) else None
        name = event.content.get("displayname")
        if kind is MemberJoined and isinstance(name, str):
            return MemberJoined(user_id=UserId(state_key), name=name[:MAX_NAME], **common)
        return cast("AnyFact", kind(user_id=UserId(state_key), **common)) if kind else None
    if event.type == "m.room.tombstone":
        replacement = event.content.get("replacement_room")
        if isinstance(replacement, str):
            return RoomTombstoned(replacement=RoomId(replacement), **common)
    return RoomStateChanged(type=event.type, state_key=state_key, **common)


_MEMBERSHIPS: dict[str, type[MemberInvited | MemberJoined | MemberLeft]] = {
    "invite": MemberInvited,
    "join": MemberJoined,
    "leave": MemberLeft,
    "ban": MemberLeft,
}


def _message(event: RawEvent, room_id: RoomId) -> AnyFact | None:
    content = event.content
    kind, body = content.get("msgtype"), content.get("body")
    if not isinstance(kind, str) or not isinstance(body, str):
        return None  # redacted, or nonsense
    if kind == "m.key.verification.request":
        of = content.get("to")
        return VerificationAsked(of=UserId(of), **_common(event, room_id)) if isinstance(of, str) else None
    relation = _mapping(content.get("m.relates_to"))
    thread = replaces = None
    if relation:
        related = _event_id(relation.get("event_id"))
        if relation.get("rel_type") == "m.thread":
            thread = related
        elif relation.get("rel_type") == "m.replace":
            replaces = related
            new = _mapping(content.get("m.new_content")).get("body")
            body = new if replaces and isinstance(new, str) else body  # the other one begins with "* "
    reply_to = None
    if not (thread and relation.get("is_falling_back") is True):
        reply_to = _event_id(_mapping(relation.get("m.in_reply_to")).get("event_id"))
    if reply_to:
        body = _without_quoted_reply(body)
    return MessageSent(
        body=body[:MAX_TEXT],
        kind=kind.removeprefix("m."),
        reply_to=reply_to,
        thread=thread,
        replaces=replaces,
        media=_media(content, body),
        **_common(event, room_id),
    )


def _without_quoted_reply(body: str) -> str:
    """Older clients repeat what they answer, each line with "> ", then an empty line."""
    if not body.startswith("> "):
        return body
    lines = body.split("\n")
    while lines and lines[0].startswith(">"):
        lines.pop(0)
    if lines and not lines[0]:
        lines.pop(0)
    return "\n".join(lines)


def _media(content: Content, body: str) -> Media | None:
    file = read_file_object(content.get("file"))
    url, key = file or (content.get("url"), None)
    if not isinstance(url, str) or not url.startswith("mxc://"):
        return None
    info, filename = _mapping(content.get("info")), content.get("filename")
    mimetype, size = info.get("mimetype"), info.get("size")
    return Media(
        url=url,
        filename=filename if isinstance(filename, str) else body,
        mimetype=mimetype if isinstance(mimetype, str) else "",
        size=size if type(size) is int else 0,  # `true` is an int too
        key=key,
    )


def _reaction(event: RawEvent, room_id: RoomId) -> AnyFact | None:
    relation = _mapping(event.content.get("m.relates_to"))
    target, key = _event_id(relation.get("event_id")), relation.get("key")
    if target is None or not isinstance(key, str):
        return None
    return ReactionAdded(target=target, key=key[:200], **_common(event, room_id))


def _redaction(event: RawEvent, room_id: RoomId) -> AnyFact | None:
    target = _event_id(event.content.get("redacts")) or _event_id(event.redacts)
    return EventRedacted(target=target, **_common(event, room_id)) if target else None


def _poll_start(event: RawEvent, room_id: RoomId) -> AnyFact | None:
    poll = _mapping(event.content.get("org.matrix.msc3381.poll.start") or event.content.get("m.poll"))
    answers = poll.get("answers")
    if not isinstance(answers, list):
        return None
    listed = []
    for answer in answers[:MAX_ANSWERS]:
        answer_id = _mapping(answer).get("id") or _mapping(answer).get("m.id")
        if isinstance(answer_id, str):
            listed.append(Answer(id=answer_id, text=_text(answer)))
    relation = _mapping(event.content.get("m.relates_to"))
    return PollStarted(
        question=_text(poll.get("question")),
        answers=tuple(listed),
        disclosed=not str(poll.get("kind", "")).endswith("undisclosed"),
        thread=_event_id(relation.get("event_id")) if relation.get("rel_type") == "m.thread" else None,
        **_common(event, room_id),
    )


def _poll_response(event: RawEvent, room_id: RoomId) -> AnyFact | None:
    target = _event_id(_mapping(event.content.get("m.relates_to")).get("event_id"))
    if target is None:
        return None
    unstable = _mapping(event.content.get("org.matrix.msc3381.poll.response"))
    answers = unstable.get("answers", event.content.get("m.selections"))
    chosen = tuple(a for a in answers if isinstance(a, str))[:MAX_ANSWERS] if isinstance(answers, list) else ()
    return PollVoted(target=target, answers=chosen, **_common(event, room_id))


def _poll_end(event: RawEvent, room_id: RoomId) -> AnyFact | None:
    target = _event_id(_mapping(event.content.get("m.relates_to")).get("event_id"))
    return PollEnded(target=target, **_common(event, room_id)) if target else None


_TRANSLATORS: dict[str, Callable[[RawEvent, RoomId], AnyFact | None]] = {
    "m.room.message": _message,
    "m.reaction": _reaction,
    "m.room.redaction": _redaction,
    "org.matrix.msc3381.poll.start": _poll_start,
    "org.matrix.msc3381.poll.response": _poll_response,
    "org.matrix.msc3381.poll.end": _poll_end,
    "m.poll.start": _poll_start,
    "m.poll.response": _poll_response,
    "m.poll.end": _poll_end,
}
_ENCRYPTED_KINDS = _TRANSLATORS.keys() - {"m.room.redaction"}


def _mapping(value: object) -> Content:
    return value if isinstance(value, dict) else {}


def _event_id(value: object) -> EventId | None:
    return EventId(value) if isinstance(value, str) and value.startswith("$") else None


def _text(value: object) -> str:
    """Text of an extensible event (MSC1767): a string, or a list of representations of which the first is taken."""
    holder = _mapping(value)
    for key in ("org.matrix.msc1767.text", "m.text", "body"):
        found = holder.get(key)
        if isinstance(found, list) and found:
            found = _mapping(found[0]).get("body")
        if isinstance(found, str):
            return found[:2_000]
    return ""
