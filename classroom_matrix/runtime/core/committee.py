"""`!committee`: the teacher lets guardians of the committee do some of what is otherwise the teacher's, and no longer.

The rights stand with what the person is to this class: they end when the person leaves it and with the year.
"""

from __future__ import annotations

from ...api import Context, command
from ...domain.content import Bullets, Content, Line
from ...domain.folding import fold
from ...domain.people import Family, Person, Right, Role
from ...errors import InvalidArgument, NotAllowed, NotFound, UserError, WhoIsMeant
from ..context import HandlerContext
from ..values import is_called


@command("committee", needs=Role.TEACHER, names_people=True)
def committee(ctx: Context, who: str | None = None) -> None:
    """Give a right, or list who has which."""
    assert isinstance(ctx, HandlerContext)
    _for_teachers(ctx)
    if who is None:
        _list(ctx)
        return
    name, right = _split(ctx, who)
    if right is None:
        raise InvalidArgument("core-committee-which", rights=[_said(ctx, each, ctx.language) for each in Right])
    if not name:
        example = ctx.text("core-committee-example", language=ctx.language)
        raise InvalidArgument("core-committee-to-whom", right=_said(ctx, right, ctx.language), example=example)
    person = _guardian(ctx, name)
    if right not in person.rights:
        ctx.give_rights(person, person.rights | {right})
        home = ctx.roster.household(person.household_id)
        if home is not None:
            said = _said(ctx, right, ctx.language_of(home))
            ctx.tell([home], "core-committee-given-to", person=person.name, right=said)
    ctx.reply_privately("core-committee-given", person=person.name, right=_said(ctx, right, ctx.language))


@command("committee remove", needs=Role.TEACHER, names_people=True)
def leave_committee(ctx: Context, who: str) -> None:
    """Take one right back, or all."""
    assert isinstance(ctx, HandlerContext)
    _for_teachers(ctx)
    name, right = _split(ctx, who)
    members = [person for person in _guardians(ctx) if person.rights]
    person = _guardian(ctx, name, members)
    gone = person.rights if right is None else person.rights & {right}
    if not gone:
        raise WhoIsMeant("core-committee-has-not", person=person.name)
    ctx.give_rights(person, person.rights - gone)
    taken = [_said(ctx, each, ctx.language) for each in sorted(gone)]
    ctx.reply_privately("core-committee-taken", person=person.name, rights=taken)


def _for_teachers(ctx: Context) -> None:
    """Whoever stands in for a teacher gives nobody rights."""
    if ctx.person is None or ctx.person.role is not Role.TEACHER:
        raise NotAllowed("core-committee-teachers-only")


def _list(ctx: HandlerContext) -> None:
    lines = tuple(
        f"{person.name} — {', '.join(_said(ctx, right, ctx.language) for right in sorted(person.rights))}"
        for person in _guardians(ctx)
        if person.rights
    )
    if not lines:
        ctx.reply_privately("core-committee-nobody", example=ctx.text("core-committee-example", language=ctx.language))
        return
    title = Line(ctx.text("core-committee-list", language=ctx.language))
    ctx.reply_content(Content((title, Bullets(lines))), privately=True)


def _split(ctx: HandlerContext, text: str) -> tuple[str, Right | None]:
    """Who and which right: the name of a right is the last word or the first, in any language."""
    words = text.split()
    for place in (-1, 0):
        right = _right(ctx, words[place]) if words else None
        if right is not None:
            return " ".join(words[:-1] if place else words[1:]).strip(" ,:—-"), right
    return text.strip(), None


def _right(ctx: Context, word: str) -> Right | None:
    """The right that is called so."""
    called = fold(word).strip(" .,:;!—-")
    for right in Right:
        if called in ctx.listed(f"core-committee-words-{right}"):
            return right
    return None


def _said(ctx: Context, right: Right, language: str) -> str:
    return ctx.text(f"core-committee-right-{right}", language=language)


def _guardians(ctx: Context) -> list[Person]:
    """Who may be in the committee: guardians without a court limit."""
    return [person for family in ctx.roster.families for person in family.guardians if not person.limited]


def _guardian(ctx: HandlerContext, text: str, among: list[Person] | None = None) -> Person:
    """The one guardian who is called so, or who is the only one of the family that is.

    Raises:
        WhoIsMeant: there is none, or several.
    """
    candidates = _guardians(ctx) if among is None else among
    if not candidates:
        raise NotFound("core-committee-nobody", example=ctx.text("core-committee-example", language=ctx.language))
    if not text:
        names = "; ".join(person.name for person in candidates)
        raise WhoIsMeant("core-committee-from-whom", candidates=names)
    named = [person for person in candidates if is_called(text, person.name)]
    if len(named) != 1:
        family = _family(ctx, text)
        of_family = [person for person in candidates if family is not None and person.family_id == family.id]
        both = [person for person in named if person in of_family]
        named = both if len(both) == 1 else of_family or named
    if len(named) != 1:
        names = "; ".join(person.name for person in named or candidates[:10])
        raise WhoIsMeant("core-committee-whom", text=text, candidates=names)
    return named[0]


def _family(ctx: HandlerContext, text: str) -> Family | None:
    try:
        found = ctx.read(Family, text)
    except UserError:
        return None
    return found if isinstance(found, Family) else None
