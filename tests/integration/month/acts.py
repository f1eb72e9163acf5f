"""What people do, as data; and how it is done with plain clients."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from classroom_matrix.domain.ids import EventId, RoomId
from classroom_matrix.testing.person import Person

from .history import POLL
from .stage import MonthOnStage

TEACHER = "teacher"
DESK = "desk"


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Something that happens at a time; what has the same time happens together."""

    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Say(Act):
    """Somebody writes.

    Args:
        who: `TEACHER`, or the surname of a family.
        room: a room's role; `DESK` is the family's own, "desk Орлов" another one's, for the teacher.
        under: a message of this text is answered to.
        thread: … in its thread.
        replaces: an own message of this text is edited.
        guardian: which account of the family.
        if_told: only if one of the newest messages that they see there holds this; they look before they write.
    """

    who: str
    text: str
    room: str = DESK
    if_told: str = ""
    under: str = ""
    thread: bool = False
    replaces: str = ""
    guardian: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Tap(Act):
    """Somebody reacts to the newest message that holds `on`; `off`: takes that reaction back; `if_told`: see `Say`."""

    who: str
    on: str
    key: str
    room: str = "announcements"
    off: bool = False
    if_told: str = ""
    guardian: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote(Act):
    """Somebody votes in a native poll, by the texts of its question and the option."""

    who: str
    question: str
    option: str
    room: str = "announcements"
    guardian: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo(Act):
    """The teacher posts a picture."""

    caption: str
    room: str = "homework"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat(Act):
    """So many families write something in `talk`."""

    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Kill(Act):
    """kill -9 of the service in the middle of what happens at the same time; it is started again at once."""


@dataclass(slots=True)
class Players:
    """Performs acts."""

    stage: MonthOnStage
    kills: int = 0
    _found: dict[tuple[str, str], EventId] = field(default_factory=dict)
    _reactions: dict[tuple[str, str, str, int], EventId] = field(default_factory=dict)
    _said: int = 0

    async def play(self, acts: Sequence[Act], *, told: Callable[[datetime], None] = lambda _: None) -> None:
        """Everything in the order of its time."""
        for at, together in groupby(sorted(acts, key=lambda act: act.at), key=lambda act: act.at):
            told(at)
            await self.stage.lapse.move_to(at)
            await self._together(list(together))
        await self.stage.lapse.settle()

    async def _together(self, acts: Sequence[Act]) -> None:
        doing: list[Awaitable[EventId | None]] = []
        for act in acts:
            doing += [one async for one in self._perform(act)] if isinstance(act, Chat) else []
            if not isinstance(act, (Chat, Kill)):
                doing.append(self._one(act))
        if any(isinstance(act, Kill) for act in acts):
            await asyncio.gather(self.stage.at_once(doing), self._kill(self.stage.sent_by_people + (len(doing) + 1) // 2))
        else:
            await self.stage.at_once(doing)

    async def _kill(self, after: int) -> None:
        """When `after` events are out."""
        while self.stage.sent_by_people < after:
            await asyncio.sleep(0.001)
        await self.stage.school.kill()
        await self.stage.school.start()
        self.kills += 1

    async def _perform(self, act: Chat) -> Any:
        for _ in range(act.count):
            self._said += 1
            home = self.stage.dice.choice(self.stage.homes)
            yield home.person.say(self.stage.rooms["talk"], f"{_SMALL_TALK[self._said % len(_SMALL_TALK)]} ({self._said})")

    async def _one(self, act: Act) -> EventId | None:
        match act:
            case Say():
                return await self._say(act)
            case Tap():
                return await self._tap(act)
            case Vote():
                return await self._vote(act)
            case Photo():
                picture = {
                    "msgtype": "m.image",
                    "body": act.caption,
                    "filename": "board.jpg",
                    "url": "mxc://school.localhost/board",
                }
                return await self.stage.teacher.send(self.stage.rooms[act.room], "m.room.message", picture)
        raise AssertionError(act)

    async def _say(self, act: Say) -> EventId | None:
        person, room = self._where(act.who, act.room, act.guardian)
        if act.if_told and not await self._sees(person, room, act.if_told):
            return None
        if act.replaces:
            return await person.edit(room, await self.find(person, room, act.replaces), act.text)
        target = await self.find(person, room, act.under) if act.under else None
        return await person.say(room, act.text, reply_to=None if act.thread else target, thread=target if act.thread else None)

    async def _tap(self, act: Tap) -> EventId | None:
        person, room = self._where(act.who, act.room, act.guardian)
        if act.if_told and not await self._sees(person, room, act.if_told):
            return None
        name = (act.who, act.on, act.key, act.guardian)
        if act.off:
            return await person.redact(room, self._reactions.pop(name))
        self._reactions[name] = await person.react(room, await self.find(person, room, act.on), act.key)
        return self._reactions[name]

    async def _vote(self, act: Vote) -> EventId:
        person, room = self._where(act.who, act.room, act.guardian)
        poll = await self._poll(person, room, act.question)
        answers = poll["content"][f"{POLL}.start"]["answers"]
        answer = next(each["id"] for each in answers if each["org.matrix.msc1767.text"] == act.option)
        return await person.vote(room, poll["event_id"], answer)

    def _where(self, who: str, room: str, guardian: int) -> tuple[Person, RoomId]:
        home = None if who == TEACHER else self.stage.home(who)
        person = home.acting[guardian] if home else self.stage.teacher
        if room == DESK or room.startswith("desk "):
            owner = home or self.stage.home(room.removeprefix("desk "))
            assert owner.desk is not None
            return person, owner.desk
        return person, self.stage.rooms[room]

    async def find(self, person: Person, room: RoomId, part: str) -> EventId:
        """The newest message of a room that holds `part`, as it was sent first."""
        if (room, part) not in self._found:
            for event in await self._newest(person, room):
                content = event["content"]
                said = str(content.get("body", ""))
                if event["type"] == "m.room.message" and part in said and "m.new_content" not in content:
                    self._found[room, part] = EventId(event["event_id"])
                    break
            else:
                raise AssertionError(f"{person.user_id} sees nothing that says {part!r}")
        return self._found[room, part]

    async def _sees(self, person: Person, room: RoomId, part: str) -> bool:
        newest = await self._newest(person, room, limit=20)
        said = [str(event["content"].get("body")) for event in newest if event["type"] == "m.room.message"]
        return any(part in each for each in said[:4])

    async def _poll(self, person: Person, room: RoomId, question: str) -> Any:
        for event in await self._newest(person, room):
            if event["type"] == f"{POLL}.start" and question in str(event["content"]):
                return event
        raise AssertionError(f"no poll asks {question!r}")

    async def _newest(self, person: Person, room: RoomId, limit: int = 100) -> Iterable[Any]:
        answer = await person.request("GET", f"rooms/{room}/messages", query={"dir": "b", "limit": str(limit)})
        return answer["chunk"]  # type: ignore[no-any-return]


def days_between(first: datetime, last: datetime) -> list[datetime]:
    """The class-days (Monday to Friday) from `first` to `last`, at midnight."""
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return [day for day in days if day.weekday() < 5]


_SMALL_TALK = (
    "Доброе утро всем!",
    "У кого есть фото с доски?",
    "Спасибо большое",
    "Мы сегодня задержимся, подождите нас у ворот",
    "Кто-нибудь видел синюю шапку?",
    "В 8:15 у входа",
    "А сменка нужна?",
    "Да",
    "Поздравляем Фёдора с победой!",
    "2",
)
"""Also what would mean something in a desk: here it is talk."""
