"""One person in a `Conversation`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..domain.ids import EventId, UserId
from ..domain.people import Person

if TYPE_CHECKING:
    from .conversation import Conversation


class Voice:
    """One person in the conversation."""

    def __init__(self, talk: Conversation, user_id: UserId, person: Person | None) -> None:
        self.user_id = user_id
        self.person = person
        self._talk = talk
        self._gateway = talk.homeserver.gateway(user_id)
        self._count = 0

    def says(self, text: str, *, room: str = "announcements", reply_to: str | None = None, thread: str | None = None) -> str:
        """Send a text. Returns the body of the service's last answer to it, or ""."""
        content: dict[str, Any] = {"msgtype": "m.text", "body": text}
        relation: dict[str, Any] = {"rel_type": "m.thread", "event_id": thread} if thread else {}
        if reply_to:
            relation["m.in_reply_to"] = {"event_id": reply_to}
        if relation:
            content["m.relates_to"] = relation
        before = self._talk.count_of_bot()
        self.sends("m.room.message", content, room=room)
        answers = self._talk.bot_messages_since(before)
        return answers[-1] if answers else ""

    def reacts(self, to: str, key: str, *, room: str = "announcements") -> EventId:
        """React to the newest message whose text contains `to`, or to the event of that ID."""
        target = self._talk.event_of(to, room)
        return self.sends(
            "m.reaction", {"m.relates_to": {"rel_type": "m.annotation", "event_id": target, "key": key}}, room=room
        )

    def votes(self, question: str, *answers: str, room: str = "announcements") -> EventId:
        """Vote in the newest native poll whose question contains `question`; no answers takes the vote back."""
        poll = self._talk.poll(question, room)
        offered = poll.content["org.matrix.msc3381.poll.start"]["answers"]
        ids = [a["id"] for wanted in answers for a in offered if wanted in a["org.matrix.msc1767.text"]]
        if len(ids) != len(answers):
            raise AssertionError(f"{answers} are not all offered: {offered}")
        content = {
            "m.relates_to": {"rel_type": "m.reference", "event_id": poll.event_id},
            "org.matrix.msc3381.poll.response": {"answers": ids},
        }
        return self.sends("org.matrix.msc3381.poll.response", content, room=room)

    def starts_poll(self, question: str, *answers: str, room: str = "announcements") -> EventId:
        """Start a native poll with the client's own menu."""
        poll = {
            "question": {"org.matrix.msc1767.text": question},
            "kind": "org.matrix.msc3381.poll.disclosed",
            "max_selections": 1,
            "answers": [{"id": f"a{n}", "org.matrix.msc1767.text": text} for n, text in enumerate(answers)],
        }
        content = {"org.matrix.msc3381.poll.start": poll, "org.matrix.msc1767.text": question}
        return self.sends("org.matrix.msc3381.poll.start", content, room=room)

    def ends_poll(self, question: str, *, room: str = "announcements") -> EventId:
        relation = {"rel_type": "m.reference", "event_id": self._talk.poll(question, room).event_id}
        content = {"m.relates_to": relation, "org.matrix.msc3381.poll.end": {}}
        return self.sends("org.matrix.msc3381.poll.end", content, room=room)

    def takes_back(self, event_id: str, *, room: str = "announcements") -> None:
        """Redact one's own event."""
        self._count += 1
        room_id = self._talk.room_id(room)
        self._talk.do(self._gateway.redact(room_id, EventId(event_id), "", f"{self.user_id}{self._count}"))

    def sends(self, event_type: str, content: Mapping[str, Any], *, room: str = "announcements") -> EventId:
        self._count += 1
        body = json.dumps(content).encode()
        event_id = self._talk.do(self._gateway.send(self._talk.room_id(room), event_type, body, f"{self.user_id}{self._count}"))
        return EventId(event_id)
