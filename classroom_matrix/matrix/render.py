"""Content → Matrix JSON. The one place where text becomes HTML, so the one place where it is escaped.

Facts used (measured in Element Web 1.12): polls must be sent in the unstable form, undisclosed ones show no counts before
the end; an edit raises no badge. ``m.mentions`` keeps clients and homeserver from guessing mentions from words, and costs
Synapse (1.163.2, which checks it with jsonschema) 5 of 26 ms of each event. So it is left out where nothing is guessed: a
notice raises no badge whatever it says, because the rule ``.m.rule.suppress_notices`` stands before those that look at words.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any

import msgspec

from ..domain.content import (
    AnyContent,
    Block,
    Bold,
    Bullets,
    Content,
    EventLink,
    FileContent,
    Heading,
    Line,
    MediaContent,
    Muted,
    PollContent,
    PollEndContent,
    ReactionContent,
    Span,
    Table,
    Target,
    VerificationCancelContent,
)
from ..domain.ids import EffectKey, is_effect_key
from . import parcel
from .encrypted_files import file_object

MAX_BYTES = 45_000
"""Of one event's content; Synapse refuses events above 65,536 bytes, signatures and names included. Encrypted it is longer by
a third (base64): 45,000 bytes become 60,100, which leaves 5,000 for what stands around them; 49,000 would be 65,450.
"""

_encode = msgspec.json.Encoder().encode


def render(content: AnyContent, *, edits: Target | None = None) -> tuple[str, bytes]:
    """The event type and the JSON of its content.

    Args:
        edits: the event that this replaces. Where it, or a target inside `content`, is the key of an effect instead of an
            event ID, the key stands in the JSON and is put right when the event ID is known (`refers_to`, `resolve`).
    """
    match content:
        case Content():
            type_, body = "m.room.message", _fitting(content, edits)
        case PollContent():
            type_, body = "org.matrix.msc3381.poll.start", _poll(content)
        case PollEndContent():
            type_, body = "org.matrix.msc3381.poll.end", _poll_end(content)
        case ReactionContent():
            relation = {"rel_type": "m.annotation", "event_id": content.target, "key": content.key}
            type_, body = "m.reaction", {"m.relates_to": relation}
        case MediaContent():
            type_, body = "m.room.message", _media(content)
        case FileContent():
            return "m.room.message", parcel.pack(content)
        case VerificationCancelContent():
            type_, body = "m.key.verification.cancel", _verification_cancel(content)
    return type_, _encode(body)


def kind_of(content: AnyContent) -> str:
    """Of the outbox's row: a "file" is uploaded before it is sent."""
    return "file" if isinstance(content, FileContent) else "send"


def refers_to(content: AnyContent, edits: Target | None = None) -> EffectKey | None:
    """The effect whose event ID `content` has to carry, if it is not known yet."""
    target: Target | None = edits
    if target is None:
        match content:
            case Content():
                target = _one_key(content.reply_to, content.thread)
            case MediaContent() | FileContent():
                target = content.thread
            case PollEndContent():
                target = content.poll
            case ReactionContent():
                target = content.target
    return EffectKey(target) if target is not None and is_effect_key(target) else None


def _one_key(*targets: Target | None) -> Target | None:
    """Raises ValueError where two effects would have to be known first: a row waits for one."""
    keys = {target for target in targets if target is not None and is_effect_key(target)}
    if len(keys) > 1:
        raise ValueError("of a message's thread and what it answers only one may be on its way")
    return keys.pop() if keys else None


def resolve(content: bytes, key: str, event_id: str) -> bytes:
    """`content` with the event ID in place of the effect's key."""
    return content.replace(_encode(key), _encode(event_id))


def _fitting(content: Content, edits: Target | None) -> dict[str, Any]:
    """The message, with blocks left out from the end (and an ellipsis) if it would be too large for an event."""
    blocks = list(content.blocks)
    message = _message(content, blocks, edits)
    while len(_encode(message)) > MAX_BYTES and len(blocks) > 1:
        blocks = [*blocks[: max(1, len(blocks) * 3 // 4 - 1)], Line("…")]
        message = _message(content, blocks, edits)
        if len(blocks) <= 2:
            break
    if len(_encode(message)) > MAX_BYTES:
        message = _message(content, [Line(_plain(blocks)[:5_000] + "…")], edits)
    return message


def _message(content: Content, blocks: Iterable[Block], edits: Target | None) -> dict[str, Any]:
    message: dict[str, Any] = {"msgtype": "m.text" if content.loud else "m.notice", "body": _plain(blocks)}
    if any(not isinstance(block, Line) or any(not isinstance(s, str) for s in block.spans) for block in blocks):
        message["format"] = "org.matrix.custom.html"
        message["formatted_body"] = _html(blocks)
    mentions = _mentions(content)
    if edits is not None:
        return {
            **message,
            "body": f"* {message['body']}",
            **({} if mentions is None else {"m.mentions": {}}),
            "m.new_content": message if mentions is None else {**message, "m.mentions": mentions},
            "m.relates_to": {"rel_type": "m.replace", "event_id": edits},
        }
    if mentions is not None:
        message["m.mentions"] = mentions
    relation: dict[str, Any] = {}
    if content.thread is not None:
        relation = {"rel_type": "m.thread", "event_id": content.thread}
    if content.reply_to is not None:
        relation["m.in_reply_to"] = {"event_id": content.reply_to}
    if relation:
        message["m.relates_to"] = relation
    return message


def _media(content: MediaContent) -> dict[str, Any]:
    media = content.media
    message: dict[str, Any] = {
        "msgtype": f"m.{content.kind}",
        "body": content.caption or media.filename,
        "filename": media.filename,
        **({"url": media.url} if media.key is None else {"file": file_object(media.url, media.key)}),
        "info": {name: value for name, value in (("mimetype", media.mimetype), ("size", media.size)) if value},
        "m.mentions": {},
    }
    if content.thread is not None:
        message["m.relates_to"] = {"rel_type": "m.thread", "event_id": content.thread}
    return message


def _mentions(content: Content) -> dict[str, Any] | None:
    """What ``m.mentions`` has to say; None where it need not be there."""
    mentions: dict[str, Any] = {}
    if content.mention_room:
        mentions["room"] = True
    if content.mentions:
        mentions["user_ids"] = list(content.mentions)
    return mentions if mentions or content.loud else None


def _poll(poll: PollContent) -> dict[str, Any]:
    return {
        "org.matrix.msc3381.poll.start": {
            "question": _extensible(poll.question),
            "kind": "org.matrix.msc3381.poll." + ("disclosed" if poll.disclosed else "undisclosed"),
            "max_selections": 1,
            "answers": [{"id": answer_id, "org.matrix.msc1767.text": text} for answer_id, text in poll.answers],
        },
        "org.matrix.msc1767.text": poll.fallback,
        "m.mentions": {"room": True} if poll.mention_room else {},
    }


def _extensible(text: str) -> dict[str, str]:
    return {"org.matrix.msc1767.text": text, "msgtype": "m.text", "body": text}


def _poll_end(end: PollEndContent) -> dict[str, Any]:
    return {
        "org.matrix.msc3381.poll.end": {},
        "org.matrix.msc1767.text": end.text,
        "body": end.text,
        "m.mentions": {},
        "m.relates_to": {"rel_type": "m.reference", "event_id": end.poll},
    }


def _verification_cancel(cancel: VerificationCancelContent) -> dict[str, Any]:
    """Source: https://spec.matrix.org/v1.13/client-server-api/#mkeyverificationcancel"""
    return {
        "code": "m.user",
        "reason": cancel.reason,
        "m.relates_to": {"rel_type": "m.reference", "event_id": cancel.request},
    }


def _plain(blocks: Iterable[Block]) -> str:
    lines: list[str] = []
    for block in blocks:
        match block:
            case Heading(text):
                lines.append(text)
            case Line(spans):
                lines.append("".join(span if isinstance(span, str) else span.text for span in spans))
            case Bullets(items):
                lines.extend(f"• {item}" for item in items)
            case Table(header, rows):
                lines.extend(" · ".join(cells) for cells in (header, *rows))
    return "\n".join(lines)


def _html(blocks: Iterable[Block]) -> str:
    parts: list[str] = []
    in_paragraph = False  # lines that follow each other are one paragraph: cards stay low on a phone
    for block in blocks:
        if isinstance(block, Line):
            said = "".join(_span(span) for span in block.spans)
            parts.append(f"<br>{said}" if in_paragraph else f"<p>{said}")
            in_paragraph = True
            continue
        if in_paragraph:
            parts.append("</p>")
            in_paragraph = False
        parts.append(_block(block))
    return "".join(parts) + ("</p>" if in_paragraph else "")


def _block(block: Heading | Bullets | Table) -> str:
    match block:
        case Heading(text):
            return f"<h4>{_escaped(text)}</h4>"
        case Bullets(items):
            return "<ul>" + "".join(f"<li>{_escaped(item)}</li>" for item in items) + "</ul>"
        case Table(header, rows):
            head = "".join(f"<th>{_escaped(cell)}</th>" for cell in header)
            body = "".join("<tr>" + "".join(f"<td>{_escaped(cell)}</td>" for cell in row) + "</tr>" for row in rows)
            return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _span(span: Span) -> str:
    match span:
        case Bold(text):
            return f"<strong>{_escaped(text)}</strong>"
        case Muted(text):
            return f"<em>{_escaped(text)}</em>"
        case EventLink():
            return f'<a href="{_escaped(span.text)}">{_escaped(span.text)}</a>'
        case str():
            return _escaped(span)


def _escaped(text: str) -> str:
    return escape(text).replace("\n", "<br>")
