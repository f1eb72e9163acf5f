"""New slips that the teacher asks for in the chat: the words stand in the staff room until they are used or three days old.

Words exist in clear in one place only: the outbox row of that message, until it is sent (`outbox.UNKEPT`), and then in the room
until the message is taken back. The row is written in the transaction that makes the words good, under a key that follows from
the task's, so a task that is cut off anywhere and repeated issues nothing twice.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from ..config import ClassConfig, Config, JoinConfig
from ..domain.content import Block, Bold, Content, Line, Muted
from ..domain.ids import ClassId, PersonId
from ..domain.newcomers import Newcomer, newcomers
from ..domain.rooms import STAFF_ROOM
from ..errors import TemporaryError
from ..i18n import Catalogue
from ..matrix.accounts import Accounts
from ..matrix.render import render
from ..storage import invitations, outbox, people, tasks
from ..storage.database import Database
from ..storage.invitations import WITHDRAW
from ..storage.outbox import UNKEPT, Effect
from ..storage.tasks import Task
from ..storage.whereabouts import room_with_role
from .invitations import DrawnSlip, draw_slip, issue
from .new_accounts import ensure_accounts
from .slips.making import address, slip_language

LASTS = timedelta(days=3)
_SILENT_ATTEMPTS, _SILENT_WAIT = 3, 60.0  # a quarter of a minute, or a pause in seconds, before the teacher is told to wait


class Reissues:
    """The tasks "reissue" and "withdraw".

    Args:
        config: for classes and the join page.
        database: open.
        accounts: makes accounts for those who have none; None where no accounts process is configured.
        texts: the core's.
        wake: called when there are new people to invite.
        now: UTC seconds.
    """

    def __init__(
        self,
        config: Config,
        database: Database,
        accounts: Accounts | None,
        texts: Catalogue,
        wake: Callable[[], None] = lambda: None,
        *,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._config = config
        self._database = database
        self._accounts = accounts
        self._texts = texts
        self._wake = wake
        self._now = now

    async def carry_out(self, task: Task) -> None:
        """The task "reissue": IDs of people of the task's class.

        Raises:
            TemporaryError: an account has to be made and the accounts process does not answer.
        """
        database, key = self._database, task.key + UNKEPT
        if task.class_id is None or await database.call(outbox.is_known, database, key):
            return
        klass, join = self._config.klass(task.class_id), self._config.join
        if self._accounts is None or join is None:
            await database.call(self._say, task, klass, "slip-not-set-up")
            return
        wanted = await database.call(self._wanted, klass.id, [PersonId(str(argument)) for argument in task.arguments])
        try:
            await ensure_accounts(
                database, self._accounts, [one.person for one in wanted], self._config.homeserver.server_name, now=self._now
            )
        except TemporaryError as error:
            if task.attempts >= _SILENT_ATTEMPTS or (error.retry_after or 0) > _SILENT_WAIT:
                await database.call(self._say, task, klass, "slip-delayed")
            raise
        slips = [await asyncio.to_thread(draw_slip, one.person.id, slip_language(one.person, klass)) for one in wanted]
        await database.call(self._issue, key, klass, join, wanted, slips)
        self._wake()

    async def withdraw(self, task: Task) -> None:
        """The task "withdraw": a message's key, then its handles, none of which is good any more."""
        await self._database.call(self._withdraw, str(task.arguments[0]), task.class_id)

    # ── In the database's thread ────────────────────────────────────────────────────────────────────────────────────

    def _wanted(self, class_id: ClassId, ids: Sequence[PersonId]) -> list[Newcomer]:
        """Those who still belong to the class, without a court limit."""
        roster = people.load_roster(self._database, class_id)
        return newcomers(roster, ids)

    def _issue(
        self, key: str, klass: ClassConfig, join: JoinConfig, wanted: Sequence[Newcomer], slips: Sequence[DrawnSlip]
    ) -> None:
        database, now = self._database, self._now()
        with database.transaction():
            room_id = room_with_role(database, klass.id, STAFF_ROOM)
            if not slips or room_id is None or outbox.is_known(database, key):
                return
            expires_at = now + LASTS.total_seconds()
            in_already = [one for one in wanted if self._is_in(one.person.id)]
            issue(database, slips, now, expires_at)
            type_, content = render(self._message(klass, join, wanted, slips, expires_at))
            effects = [Effect(key, "send", room_id, type_, content, class_id=klass.id)]
            effects += [effect for one in in_already if (effect := self._notice(key, klass, one)) is not None]
            outbox.add(database, effects, now)
            handles = [slip.handle for slip in slips]
            tasks.put(database, f"{key}|{WITHDRAW}", WITHDRAW, klass.id, key, *handles, due=expires_at)

    def _is_in(self, person_id: PersonId) -> bool:
        invitation = invitations.of_person(self._database, person_id)
        return invitation is not None and invitation.arrived_at is not None

    def _message(
        self,
        klass: ClassConfig,
        join: JoinConfig,
        wanted: Sequence[Newcomer],
        slips: Sequence[DrawnSlip],
        expires_at: float,
    ) -> Content:
        blocks: list[Block] = []
        for one, slip in zip(wanted, slips, strict=True):
            pupils = ", ".join(pupil.name for pupil in one.pupils)
            blocks.append(Line(Bold(one.person.name), f" ({pupils})" if pupils else ""))
            blocks.append(Line(address(join, slip.handle)))
            blocks.append(Line(Bold(" ".join(slip.words))))
        until = datetime.fromtimestamp(expires_at, UTC).astimezone(klass.zone)
        blocks.append(Line(Muted(self._text(klass, "slip-how", until=until))))
        return Content(tuple(blocks))

    def _notice(self, key: str, klass: ClassConfig, one: Newcomer) -> Effect | None:
        """Whoever holds a new slip may choose a new password: who is in already is told, in the desk of their household."""
        household_id = one.person.household_id
        if household_id is None:
            return None
        type_, content = render(Content.line(self._text(klass, "slip-notice", name=one.person.name), loud=True))
        return Effect(f"{key}|{one.person.id}", "send", None, type_, content, household_id=household_id, class_id=klass.id)

    def _say(self, task: Task, klass: ClassConfig, key: str) -> None:
        with self._database.transaction():
            room_id = room_with_role(self._database, klass.id, STAFF_ROOM)
            effect_key = f"{task.key}|{key}"
            if room_id is not None and not outbox.is_known(self._database, effect_key):
                type_, content = render(Content.line(self._text(klass, key)))
                effect = Effect(effect_key, "send", room_id, type_, content, class_id=klass.id)
                outbox.add(self._database, [effect], self._now())

    def _withdraw(self, key: str, class_id: ClassId | None) -> None:
        gone = f"{key}|gone"
        with self._database.transaction():
            room_id = outbox.room_of(self._database, key)
            if room_id is None or outbox.is_known(self._database, gone):
                return
            outbox.add(self._database, [Effect(gone, "redact", room_id, "", b"", class_id=class_id, refers=key)], self._now())

    def _text(self, klass: ClassConfig, key: str, **values: object) -> str:
        return self._texts.text(f"core-{key}", klass.language, **values)
