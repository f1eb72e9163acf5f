"""The audit of a class: who is in its rooms and who should be, told to the staff room in one message.

The daily one speaks only if somebody is there who should not be, or if something else has changed since the last one. Whoever
has a slip and has not come in yet is no reason to speak.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from ..config import ClassConfig, Config
from ..domain.audit import Findings, audit
from ..domain.content import Block, Bold, Bullets, Content, Line
from ..domain.plan import ReportStranger
from ..domain.rooms import STAFF_ROOM
from ..i18n import Catalogue
from ..matrix.render import render
from ..storage import drift, invitations, outbox, reported
from ..storage.database import Database
from ..storage.tasks import Task
from ..storage.whereabouts import room_with_role
from .design import RosterOf
from .provision import Planned, Provisioner

AUDIT = "audit"
"""The task's name; its arguments say who asked, and the language of the answer if that is not the class's."""
ASKED, DAILY = "asked", "daily"

_LISTED = 15  # of each kind; a class that nobody has joined yet need not be listed in full
_NAMED = 5  # not in yet: their list is another command's business


_MANY = {"audit-waiting": "audit-many-waiting", "audit-without-account": "audit-many-without-account"}
"""What is said in place of long lists."""


@dataclass(frozen=True, slots=True)
class Audited:
    """What was found, and whether the reconciler has something to do."""

    findings: Findings
    drifted: bool


class Audits:
    """Makes audits.

    Args:
        config: for classes and the bot's name.
        database: open.
        provisioner: looks at the rooms.
        roster_of: see `RosterOf`.
        texts: the core's.
        drifted: called when the reconciler has something to look at. In the loop's thread.
        now: UTC seconds.
    """

    def __init__(
        self,
        config: Config,
        database: Database,
        provisioner: Provisioner,
        roster_of: RosterOf,
        texts: Catalogue,
        *,
        drifted: Callable[[], None] = lambda: None,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._config = config
        self._database = database
        self._provisioner = provisioner
        self._roster_of = roster_of
        self._texts = texts
        self._drifted = drifted
        self._now = now

    async def look(self, klass: ClassConfig, *, in_flight: int = 1) -> Audited:
        """Compare; changes and tells nothing.

        Raises:
            StorageError: the database failed.
        """
        planned = await self._provisioner.plan(klass, in_flight=in_flight)
        return await self._database.call(self._audited, klass, planned)

    async def carry_out(self, task: Task) -> None:
        """The task "audit" of a class; arguments: `ASKED` or `DAILY`, and a language. Safe to repeat."""
        klass = next((one for one in self._config.classes if one.id == task.class_id), None)
        if klass is None:
            return
        audited = await self.look(klass)
        asked = task.arguments[:1] != (DAILY,)
        language = str(task.arguments[1]) if len(task.arguments) > 1 else klass.language
        await self._database.call(partial(self._conclude, klass, audited, task.key, language, asked=asked))
        if audited.drifted:
            self._drifted()

    def _audited(self, klass: ClassConfig, planned: Planned) -> Audited:
        roster = self._roster_of(klass.id)
        ours = invitations.of_class(self._database, klass.id)
        came = {id_: one.arrived_at is not None or one.admitted_at is not None for id_, one in ours.items()}
        findings = audit(planned.blueprint, planned.snapshot, roster, self._config.bot.name, came=came)
        return Audited(findings, any(not isinstance(action, ReportStranger) for action in planned.actions))

    def _conclude(self, klass: ClassConfig, audited: Audited, key: str, language: str, *, asked: bool) -> None:
        findings = audited.findings
        with self._database.transaction():
            changed = reported.last_audit(self._database, klass.id) != findings.fingerprint()
            if asked or findings.strangers or changed:
                self._tell(klass, findings, f"{key}|audit", language)
            reported.put_last_audit(self._database, klass.id, findings.fingerprint())
            told = [(room, one.user_id) for one in findings.strangers if not one.removed for room in one.keys]
            reported.tell_strangers(self._database, klass.id, told)
            for one in findings.imitations:
                reported.is_new_name(self._database, klass.id, one.user_id, one.shown)
            if audited.drifted:
                drift.mark(self._database, klass.id, None, self._now())

    def _tell(self, klass: ClassConfig, findings: Findings, key: str, language: str) -> None:
        room_id = room_with_role(self._database, klass.id, STAFF_ROOM)
        if room_id is None or outbox.is_known(self._database, key):
            return
        local = datetime.fromtimestamp(self._now(), UTC).astimezone(klass.zone)
        alarming = bool(findings.strangers or findings.imitations) and not klass.quiet.covers(local)
        content = Content(tuple(_blocks(findings, partial(self._say, language))), loud=alarming)
        kind, body = render(content)
        outbox.add(self._database, [outbox.Effect(key, "send", room_id, kind, body, class_id=klass.id)], self._now())

    def _say(self, language: str, key: str, **values: object) -> str:
        return self._texts.text(key, language, **values)


def _blocks(findings: Findings, say: Callable[..., str]) -> list[Block]:
    """The message: a sentence, then a list for each kind of difference."""
    counts = {name: len(getattr(findings, name)) for name in ("strangers", "missing", "waiting")}
    blocks: list[Block] = [Line(Bold(say("audit-summary", expected=findings.expected, **counts)))]
    for removed in (True, False):
        strangers = [one for one in findings.strangers if one.removed is removed]
        if strangers:
            lines = [
                say("audit-stranger", person=one.name or one.user_id, account=one.user_id, rooms=list(one.rooms))
                for one in strangers
            ]
            blocks += [Line(say("audit-strangers-removed" if removed else "audit-strangers-reported")), _list(lines, say)]
    if findings.imitations:
        lines = [
            say(
                "audit-imitation" if one.taken_for else "audit-imitation-title",
                person=one.name or one.user_id,
                shown=one.shown,
                staff=one.taken_for,
            )
            for one in findings.imitations
        ]
        blocks += [Line(say("audit-imitations")), _list(lines, say)]
    for key, names in (
        ("audit-missing", findings.missing),
        ("audit-waiting", findings.waiting),
        ("audit-without-account", findings.without_account),
        ("audit-unseen", findings.unseen),
    ):
        many = _MANY.get(key)
        if many is not None and len(names) > _NAMED:
            blocks.append(Line(say(many, count=len(names))))
        elif names:
            blocks.append(Line(say(key, count=len(names), names=_first(names, say))))
    return blocks


def _list(lines: list[str], say: Callable[..., str]) -> Bullets:
    return Bullets(tuple(_first(lines, say)))


def _first(names: list[str] | tuple[str, ...], say: Callable[..., str]) -> list[str]:
    left = len(names) - _LISTED
    return [*names[:_LISTED], *([say("audit-more", count=left)] if left > 0 else [])]
