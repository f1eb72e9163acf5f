"""`!slip`: a new slip for somebody who lost theirs, or their phone; the task "reissue" makes it."""

from __future__ import annotations

from collections.abc import Sequence

from ...api import Context, command
from ...domain.newcomers import newcomers
from ...domain.people import Family, Person, Role
from ...errors import NotFound
from ...storage import invitations
from ..context import HandlerContext
from ..values import is_called

REISSUE = "reissue"
"""The task: IDs of people."""


@command("slip", needs=Role.TEACHER)
def reissue_slip(ctx: Context, family: Family, person: str | None = None) -> None:
    """For everybody of the family who is not in yet, or for the one who is named, in or not."""
    assert isinstance(ctx, HandlerContext)
    meant = _meant(ctx, family, person)
    ctx.start_task(REISSUE, *(one.id for one in meant))
    if ctx.room.role != "staff" and ctx.event_id is not None:
        ctx.react(ctx.event_id, "✅", room=ctx.room.id)  # the words come in the staff room, whoever reads here


def _meant(ctx: HandlerContext, family: Family, text: str | None) -> Sequence[Person]:
    """People of the family whose account we made or are going to make.

    Raises:
        NotFound: nobody is called so, or all are in.
    """
    known = invitations.of_class(ctx.database, ctx.klass.id)
    people = [one.person for one in newcomers(ctx.roster, {family.id})]
    people = [one for one in people if one.id in known or one.user_id is None]
    candidates = ", ".join(one.name for one in people)
    if text is not None:
        called = [one for one in people if is_called(text, one.name)]
        if not called:
            raise NotFound("core-slip-whom", text=text, family=family.label, candidates=candidates or "—")
        return called
    outside = [one for one in people if one.id not in known or known[one.id].arrived_at is None]
    if not outside:
        raise NotFound("core-slip-all-in", family=family.label, candidates=candidates or "—")
    return outside
