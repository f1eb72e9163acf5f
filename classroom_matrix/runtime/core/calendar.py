"""`!calendar`: the secret address of a household's calendar, or of the class's, for phones to subscribe to."""

from __future__ import annotations

from collections.abc import Sequence

from ...api import Command, Context, command
from ...domain.content import Block, Content, Line, Muted
from ...domain.people import Role
from ...errors import UserError
from ...storage import calendar_keys
from ...storage.calendar_keys import CalendarOwner
from ..context import HandlerContext


def calendar_commands(site: str) -> Sequence[Command]:
    """The commands.

    Args:
        site: where the web server listens, without a slash at the end, such as https://school.example; empty if there is none.
    """

    @command("calendar")
    def show_calendar(ctx: Context) -> None:
        _give(ctx, _owner(ctx), site)

    @command("calendar class", needs=Role.SPECIALIST)
    def show_class_calendar(ctx: Context) -> None:
        _give(ctx, CalendarOwner(ctx.klass.id, None), site)

    @command("calendar revoke")
    def revoke_calendar(ctx: Context) -> None:
        assert isinstance(ctx, HandlerContext)
        count = calendar_keys.revoke(ctx.database, _owner(ctx))
        ctx.reply_privately("core-calendar-revoked" if count else "core-calendar-nothing", count=count)

    return (show_calendar, show_class_calendar, revoke_calendar)


def _owner(ctx: Context) -> CalendarOwner:
    """Whose calendar is meant: the household's, of staff the class's.

    Raises:
        UserError: the person has neither.
    """
    person = ctx.person
    if person is not None and person.role.is_staff:
        return CalendarOwner(ctx.klass.id, None)
    if person is None or person.role is not Role.GUARDIAN or person.household_id is None:
        raise UserError("core-calendar-families")
    return CalendarOwner(ctx.klass.id, person.household_id)


def _give(ctx: Context, owner: CalendarOwner, site: str) -> None:
    assert isinstance(ctx, HandlerContext)
    if not site:
        raise UserError("core-calendar-none")
    assert ctx.person is not None
    secret = calendar_keys.new(ctx.database, owner, ctx.person.id, ctx.now.timestamp())
    address = f"{site}/c/{secret}.ics"

    def say(key: str, **values: object) -> str:
        return ctx.text(key, language=ctx.language, **values)

    blocks: list[Block] = [
        Line(say("core-calendar-class" if owner.household_id is None else "core-calendar-yours")),
        Line(address),
        Line(say("core-calendar-how", address="webcal:" + address.partition(":")[2])),
        Line(Muted(say("core-calendar-secret"))),
    ]
    ctx.reply_unkept(Content(tuple(blocks)))
