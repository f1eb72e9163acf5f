"""`!slip`: a new slip for somebody who lost theirs, or their phone; the task "reissue" makes it, and asks again who may."""

from __future__ import annotations

from collections.abc import Sequence

from ...api import Context, command
from ...domain.newcomers import people_of
from ...domain.people import Family, Person, Role
from ...errors import InvalidArgument, UserError, WhoIsMeant
from ...storage import invitations, reissuing
from ...storage.reissuing import Obstacle
from ..context import HandlerContext
from ..moments import Mismatch
from ..values import READERS, ParseScope, is_called

REISSUE = "reissue"
"""The task: who asks, 1 if people were named and else 0, then the IDs of those who are meant."""


@command("slip", needs=Role.TEACHER, names_people=True)
def reissue_slip(ctx: Context, who: str) -> None:
    """For everybody of a family who is not in yet, or for the one who is named, in or not."""
    assert isinstance(ctx, HandlerContext)
    family, person = _read(ctx, who)
    meant = _allowed(ctx, _meant(ctx, family, person))
    assert ctx.person is not None
    ctx.start_task(REISSUE, ctx.person.id, int(person is not None), *(one.id for one in meant))
    if ctx.room.role != "staff" and ctx.event_id is not None and not ctx.removed:
        ctx.react(ctx.event_id, "✅", room=ctx.room.id)  # the words come elsewhere, whoever reads here


def _allowed(ctx: HandlerContext, meant: Sequence[Person]) -> Sequence[Person]:
    """Those whom this teacher may give a slip.

    Raises:
        WhoIsMeant: nobody of them.
    """
    assert ctx.person is not None
    asker, allowed, refused = ctx.person.id, list[Person](), list[tuple[Person, Obstacle]]()
    for one in meant:
        found = reissuing.obstacle(ctx.database, ctx.klass.id, asker, one.id)
        if found is None:
            allowed.append(one)
        else:
            refused.append((one, found))
    if not allowed:
        person, found = refused[0]
        raise WhoIsMeant(f"core-slip-{found.value}", name=person.name)
    for person, found in refused:
        ctx.reply_privately(f"core-slip-{found.value}", name=person.name)
    return allowed


def _read(ctx: HandlerContext, who: str) -> tuple[Family, str | None]:
    """The family, and which of its people, if one is named: "Беляев", "Беляев Анна", "Анна Беляева", "3 Анна".

    Raises:
        UserError: there is no such family, or there are several.
    """
    scope = ParseScope(ctx.now, ctx.klass.zone, lambda: ctx.roster, ctx.language)
    words = who.split()
    staff = [one.name for one in ctx.roster.staff if is_called(who, one.name)]
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
            rest = " ".join(words[count:])
            if staff and not any(is_called(rest, one.name) for one in _everybody(ctx, family)):
                break  # "Анна Сергеевна" is no Сергеевна of the family that has an Анна, too
            return family, rest
        # A surname alone means the family, though its adults are called so, too.
        is_person = count > 1 and any(is_called(who, one.name) for one in _everybody(ctx, family))
        return family, who if is_person else None
    if staff and problem.key != "core-family-ambiguous":
        raise WhoIsMeant("core-slip-of-staff", name=", ".join(staff))
    raise problem


def _everybody(ctx: HandlerContext, family: Family) -> list[Person]:
    """The family's people, also those who get no slip."""
    limited = [one for one in (*family.guardians, *ctx.roster.relatives) if one.limited and one.family_id == family.id]
    return [*people_of(ctx.roster, family), *limited]


def _meant(ctx: HandlerContext, family: Family, text: str | None) -> Sequence[Person]:
    """People of the family whose account we made or are going to make.

    Raises:
        WhoIsMeant: nobody is called so, nobody of them gets a slip from the chat, or all are in.
    """
    known = invitations.of_class(ctx.database, ctx.klass.id)
    everybody = _everybody(ctx, family)
    called = [one for one in everybody if text is None or is_called(text, one.name)]
    ours = [one for one in everybody if not one.limited and (one.id in known or one.user_id is None)]
    meant = [one for one in called if one in ours]
    outside = [one for one in meant if text is not None or not reissuing.is_in(ctx.database, one.id)]
    if outside:
        return outside
    candidates = ", ".join(one.name for one in ours)
    if meant:
        raise WhoIsMeant("core-slip-all-in", family=family.label, candidates=candidates)
    if not called and candidates:
        raise WhoIsMeant("core-slip-whom", text=text, family=family.label, candidates=candidates)
    limited, others = ([one.name for one in called or everybody if one.limited is flag] for flag in (True, False))
    if others:
        raise WhoIsMeant("core-slip-by-it", name=", ".join(others))
    if limited:
        raise WhoIsMeant("core-slip-limited", name=", ".join(limited))
    raise WhoIsMeant("core-slip-nobody", family=family.label)
