"""`!slip`: a new slip for somebody who lost theirs, or their phone; the task "reissue" makes it."""

from __future__ import annotations

from collections.abc import Sequence

from ...api import Context, command
from ...domain.newcomers import people_of
from ...domain.people import Family, Person, Role
from ...errors import InvalidArgument, NotFound, UserError
from ...storage import invitations
from ..context import HandlerContext
from ..moments import Mismatch
from ..values import READERS, ParseScope, is_called

REISSUE = "reissue"
"""The task: IDs of people."""


@command("slip", needs=Role.TEACHER)
def reissue_slip(ctx: Context, who: str) -> None:
    """For everybody of a family who is not in yet, or for the one who is named, in or not."""
    assert isinstance(ctx, HandlerContext)
    family, person = _read(ctx, who)
    meant = _meant(ctx, family, person)
    ctx.start_task(REISSUE, *(one.id for one in meant))
    if ctx.room.role != "staff" and ctx.event_id is not None:
        ctx.react(ctx.event_id, "✅", room=ctx.room.id)  # the words come in the staff room, whoever reads here


def _read(ctx: HandlerContext, who: str) -> tuple[Family, str | None]:
    """The family, and which of its people, if one is named: "Беляев", "Беляев Анна", "Анна Беляева", "3 Анна".

    Raises:
        UserError: there is no such family, or there are several.
    """
    scope = ParseScope(ctx.now, ctx.klass.zone, lambda: ctx.roster, ctx.language)
    words = who.split()
    problem: UserError = InvalidArgument("core-family-unknown", text=who)
    for count in range(len(words), 0, -1):
        try:
            family = READERS[Family](" ".join(words[:count]), scope)
        except Mismatch:
            continue
        except UserError as error:
            problem = problem if problem.key == "core-family-ambiguous" else error
            continue
        assert isinstance(family, Family)
        if count < len(words):
            return family, " ".join(words[count:])
        # A surname alone means the family, though its adults are called so, too.
        is_person = count > 1 and any(is_called(who, one.name) for one in people_of(ctx.roster, family))
        return family, who if is_person else None
    raise problem


def _meant(ctx: HandlerContext, family: Family, text: str | None) -> Sequence[Person]:
    """People of the family whose account we made or are going to make.

    Raises:
        NotFound: nobody is called so, or all are in.
    """
    known = invitations.of_class(ctx.database, ctx.klass.id)
    people = [one for one in people_of(ctx.roster, family) if one.id in known or one.user_id is None]
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
