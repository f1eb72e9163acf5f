"""`!audit`, the audit of each morning, and names that imitate staff, noticed at once."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from ...api import Context, Listener, command, job, on
from ...domain.audit import names_of_staff, plain_name
from ...domain.facts import MemberJoined
from ...domain.ids import ClassId, UserId
from ...domain.imitation import imitates
from ...domain.people import Role
from ...domain.time import at_local
from ...storage import archive, jobs, reported
from ...storage.database import Database
from ..context import HandlerContext
from ..registry import ClassSetup

AUDIT, ASKED, DAILY = "audit", "asked", "daily"
"""The task and its arguments, see `provisioning.audit`."""

MORNING, WITHIN = time(7, 30), 20 * 60
"""Local time, before school, and the seconds over which classes are spread after it: each looks at some forty rooms."""


@command("audit", needs=Role.SPECIALIST)
def ask_for_audit(ctx: Context) -> None:
    assert isinstance(ctx, HandlerContext)
    ctx.start_task(AUDIT, ASKED, ctx.language)
    if ctx.room.role != "staff" and ctx.event_id is not None:
        ctx.react(ctx.event_id, "✅", room=ctx.room.id)  # the answer comes into the staff room


@job
def audit_in_the_morning(ctx: Context) -> None:
    assert isinstance(ctx, HandlerContext)
    if archive.is_archived(ctx.database, ctx.klass.id):
        return  # nobody comes or goes any more
    ctx.start_task(AUDIT, DAILY)
    ctx.at(next_morning(ctx.now, ctx.klass.id), audit_in_the_morning)


def begin_daily_audits(database: Database, setups: Iterable[ClassSetup], now: float) -> None:
    """Make the first job of classes that have none. In the database's thread, at each start.

    One that was due while the service was down stays due.
    """
    with database.transaction():
        for setup in setups:
            klass = setup.klass
            if not archive.is_archived(database, klass.id):
                due = next_morning(datetime.fromtimestamp(now, klass.zone), klass.id).timestamp()
                jobs.put_first(database, klass.id, f"core.{audit_in_the_morning.name}", (), due)


def next_morning(now: datetime, class_id: ClassId) -> datetime:
    """The class's next morning after `now` (aware, in the class's zone)."""
    zone = now.tzinfo
    assert isinstance(zone, ZoneInfo)
    mine = timedelta(seconds=zlib.crc32(class_id.encode()) % WITHIN)
    today = at_local(datetime.combine(now.date(), MORNING), zone) + mine
    return today if today > now else at_local(datetime.combine(now.date() + timedelta(days=1), MORNING), zone) + mine


def notice_imitations(bot_name: str, admins: Mapping[ClassId, Collection[UserId]]) -> Listener:
    """The listener that tells the staff room of names that imitate staff, once for each account and name.

    Args:
        bot_name: what the bot is called; nobody else may be.
        admins: accounts of config.yaml that may be called what they like, by class.
    """

    def notice_imitation(ctx: Context, joined: MemberJoined) -> None:
        assert isinstance(ctx, HandlerContext)
        person = ctx.person if joined.sender == joined.user_id else None
        if not joined.name or joined.user_id in admins.get(ctx.klass.id, ()):
            return
        if person is not None and (person.role.is_staff or person.name == joined.name):
            return  # most people bear the name of the class list: nothing is compared for them
        taken_for = imitates(joined.name, names_of_staff(ctx.roster, bot_name), person.name if person else "")
        shown = plain_name(joined.name)
        if taken_for is None or not reported.is_new_name(ctx.database, ctx.klass.id, joined.user_id, shown):
            return
        key = "audit-imitates" if taken_for else "audit-imitates-title"
        ctx.tell_staff(key, person=person.name if person else joined.user_id, shown=shown, staff=taken_for)

    return on(MemberJoined)(notice_imitation)
