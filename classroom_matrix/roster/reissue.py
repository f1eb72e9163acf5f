"""New slips that a teacher asks for in the chat: the words stand where only teachers read, until used or three days old.

Words exist in clear in one place only: the outbox row of that message, until it is sent (`outbox.UNKEPT`: then they are wiped
from the database's files), and then in the room until the message is taken back. The row is written in the transaction that
makes the words good, under a key that follows from the task's, so a task that is cut off anywhere and repeated issues nothing
twice. Who may get a slip is asked again in that transaction (`storage.reissuing`): much can happen between the command and the
moment at which there are words.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from ..config import ClassConfig, Config, JoinConfig
from ..domain.content import Block, Bold, Content, Line, Muted
from ..domain.ids import ClassId, PersonId, RoomId, UserId
from ..domain.newcomers import Newcomer, newcomers
from ..domain.rooms import STAFF_ROOM
from ..errors import TemporaryError
from ..i18n import Catalogue
from ..matrix.accounts import Accounts
from ..matrix.gateway import Gateway
from ..matrix.render import render
from ..storage import outbox, people, reissuing, tasks
from ..storage.database import Database
from ..storage.invitations import WITHDRAW
from ..storage.outbox import UNKEPT, Effect
from ..storage.reissuing import Obstacle
from ..storage.tasks import Task
from ..storage.whereabouts import room_with_role
from .invitations import DrawnSlip, draw_slip, issue
from .lost_phone import log_out_everywhere
from .new_accounts import ensure_accounts
from .readers import room_for_words
from .slips.making import address, slip_language

LASTS = timedelta(days=3)
_SILENT_ATTEMPTS, _SILENT_WAIT = 3, 60.0  # a quarter of a minute, or a pause in seconds, before the teacher is told to wait


@dataclass(frozen=True, slots=True)
class _Asked:
    """A task's arguments. `named`: not just the family."""

    asker: PersonId
    named: bool
    ids: tuple[PersonId, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """Who gets a slip as things stand. `inside`: accounts of those who have come in; `refused`: names, and why."""

    wanted: tuple[Newcomer, ...]
    inside: frozenset[UserId]
    refused: tuple[tuple[str, Obstacle], ...]


class Reissues:
    """The tasks "reissue" and "withdraw".

    Args:
        config: for classes and the join page.
        database: open.
        gateway: the bot's, to see who reads in a room.
        accounts: makes accounts for those who have none; None where no accounts process is configured.
        texts: the core's.
        wake: called when there are new people to invite.
        now: UTC seconds.
    """

    def __init__(
        self,
        config: Config,
        database: Database,
        gateway: Gateway,
        accounts: Accounts | None,
        texts: Catalogue,
        wake: Callable[[], None] = lambda: None,
        *,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._config = config
        self._database = database
        self._gateway = gateway
        self._accounts = accounts
        self._texts = texts
        self._wake = wake
        self._now = now

    async def carry_out(self, task: Task) -> None:
        """The task "reissue": who asks, whether people were named, IDs of people of the task's class.

        Raises:
            TemporaryError: the accounts process or the homeserver does not answer, or somebody has just come in.
            PermanentError: the accounts process refuses.
        """
        database, key = self._database, task.key + UNKEPT
        if task.class_id is None or await database.call(outbox.is_known, database, key):
            return
        klass, join = self._config.klass(task.class_id), self._config.join
        if self._accounts is None or join is None:
            await database.call(self._say, task, klass, "slip-not-set-up")
            return
        asker, named, *ids = task.arguments
        asked = _Asked(PersonId(str(asker)), bool(named), tuple(PersonId(str(one)) for one in ids))
        found = await database.call(self._find, klass.id, asked)
        await database.call(self._say_refused, task, klass, found)
        if not found.wanted:
            return
        try:
            room_id = await room_for_words(database, self._gateway, klass, asked.asker)
            if room_id is None:
                await database.call(self._say, task, klass, "slip-where")
                return
            server_name = self._config.homeserver.server_name
            await ensure_accounts(database, self._accounts, [one.person for one in found.wanted], server_name, now=self._now)
            await log_out_everywhere(self._accounts, sorted(found.inside))
        except TemporaryError as error:
            if task.attempts >= _SILENT_ATTEMPTS or (error.retry_after or 0) > _SILENT_WAIT:
                await database.call(self._say, task, klass, "slip-delayed")
            raise
        slips = [await asyncio.to_thread(draw_slip, one.person.id, slip_language(one.person, klass)) for one in found.wanted]
        await database.call(self._issue, key, klass, join, asked, found, slips, room_id)
        self._wake()

    async def withdraw(self, task: Task) -> None:
        """The task "withdraw": a message's key, then its handles, none of which is good any more."""
        await self._database.call(self._withdraw, str(task.arguments[0]), task.class_id)

    # ── In the database's thread ────────────────────────────────────────────────────────────────────────────────────

    def _find(self, class_id: ClassId, asked: _Asked) -> _Found:
        """Those who still belong to the class, without a court limit. Who is in gets nothing without being named."""
        wanted, inside, refused = list[Newcomer](), set[UserId](), list[tuple[str, Obstacle]]()
        for one in newcomers(people.load_roster(self._database, class_id), asked.ids):
            obstacle = reissuing.obstacle(self._database, class_id, asked.asker, one.person.id)
            is_in = reissuing.is_in(self._database, one.person.id)
            if obstacle is not None:
                refused.append((one.person.name, obstacle))
            elif not is_in or asked.named:
                wanted.append(one)
                if is_in and one.person.user_id is not None:
                    inside.add(one.person.user_id)
        return _Found(tuple(wanted), frozenset(inside), tuple(refused))

    def _issue(
        self,
        key: str,
        klass: ClassConfig,
        join: JoinConfig,
        asked: _Asked,
        found: _Found,
        slips: Sequence[DrawnSlip],
        room_id: RoomId,
    ) -> None:
        database, now = self._database, self._now()
        with database.transaction():
            if outbox.is_known(database, key):
                return
            again = self._find(klass.id, asked)
            if [one.person.id for one in again.wanted] != [
                one.person.id for one in found.wanted
            ] or again.inside != found.inside:
                raise TemporaryError("somebody of them has just come in or left")
            expires_at = now + LASTS.total_seconds()
            issue(database, slips, now, expires_at)
            type_, content = render(self._message(klass, join, again.wanted, slips, expires_at, asked.asker))
            effects = [Effect(key, "send", room_id, type_, content, class_id=klass.id)]
            for one in again.wanted:
                effects += self._notices(key, klass, one, was_in=one.person.user_id in again.inside)
            outbox.add(database, effects, now)
            handles = [slip.handle for slip in slips]
            tasks.put(database, f"{key}|{WITHDRAW}", WITHDRAW, klass.id, key, *handles, due=expires_at)

    def _message(
        self,
        klass: ClassConfig,
        join: JoinConfig,
        wanted: Sequence[Newcomer],
        slips: Sequence[DrawnSlip],
        expires_at: float,
        asker: PersonId,
    ) -> Content:
        blocks: list[Block] = []
        for one, slip in zip(wanted, slips, strict=True):
            pupils = ", ".join(pupil.name for pupil in one.pupils)
            blocks.append(Line(Bold(one.person.name), f" ({pupils})" if pupils else ""))
            blocks.append(Line(address(join, slip.handle)))
            blocks.append(Line(Bold(" ".join(slip.words))))
        until = datetime.fromtimestamp(expires_at, UTC).astimezone(klass.zone)
        blocks.append(Line(Muted(self._text(klass, "slip-how", asker, until=until))))
        return Content(tuple(blocks))

    def _notices(self, key: str, klass: ClassConfig, one: Newcomer, *, was_in: bool) -> list[Effect]:
        """Whoever holds a new slip may choose a new password. Who was in is told in their desks, of all classes; the staff of
        other classes is told in any case: a slip that they gave is not good any more.
        """
        effects = []
        configured = {other.id: other for other in self._config.classes}
        for class_id, household_id in reissuing.households_of(self._database, one.person.id):
            other = configured.get(class_id)
            if other is None:
                continue
            if was_in and household_id is not None:
                line = Content.line(self._text(other, "slip-notice", name=one.person.name), loud=True)
                effects.append(self._notice(f"{key}|{one.person.id}|{class_id}", other, line, None, household_id))
            room_id = room_with_role(self._database, class_id, STAFF_ROOM)
            if class_id != klass.id and room_id is not None:
                line = Content.line(self._text(other, "slip-notice-staff", name=one.person.name, by=klass.name))
                effects.append(self._notice(f"{key}|{one.person.id}|{class_id}|staff", other, line, room_id, None))
        return effects

    @staticmethod
    def _notice(key: str, klass: ClassConfig, line: Content, room_id: RoomId | None, household_id: str | None) -> Effect:
        type_, content = render(line)
        return Effect(key, "send", room_id, type_, content, household_id=household_id, class_id=klass.id)

    def _say_refused(self, task: Task, klass: ClassConfig, found: _Found) -> None:
        for place, (name, obstacle) in enumerate(found.refused):
            self._say(task, klass, f"slip-{obstacle.value}", f"|{place}", name=name)

    def _say(self, task: Task, klass: ClassConfig, key: str, more: str = "", **values: object) -> None:
        with self._database.transaction():
            room_id = room_with_role(self._database, klass.id, STAFF_ROOM)
            effect_key = f"{task.key}|{key}{more}"
            if room_id is not None and not outbox.is_known(self._database, effect_key):
                type_, content = render(Content.line(self._text(klass, key, PersonId(str(task.arguments[0])), **values)))
                effect = Effect(effect_key, "send", room_id, type_, content, class_id=klass.id)
                outbox.add(self._database, [effect], self._now())

    def _withdraw(self, key: str, class_id: ClassId | None) -> None:
        gone = f"{key}|gone"
        with self._database.transaction():
            room_id = outbox.room_of(self._database, key)
            if room_id is None or outbox.is_known(self._database, gone):
                return
            outbox.add(self._database, [Effect(gone, "redact", room_id, "", b"", class_id=class_id, refers=key)], self._now())

    def _text(self, klass: ClassConfig, key: str, asker: PersonId | None = None, **values: object) -> str:
        """In the language of whoever asked; the class's where others read it."""
        own = people.language_of(self._database, asker) if asker else None
        return self._texts.text(f"core-{key}", own or klass.language, **values)
