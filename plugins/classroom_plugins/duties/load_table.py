"""The load of every family this year, for staff; who is exempt, for the class's teachers only."""

from __future__ import annotations

from classroom_matrix.api import Context, command
from classroom_matrix.domain.content import Content, Line, Muted, Table
from classroom_matrix.domain.people import Role

from . import store
from .confiding import is_staff_room_shared, may_know
from .loads import meet, standings, year_of


@command("duties load", needs=Role.TEACHER)
def show_loads(ctx: Context) -> None:
    """The least first. For others than the class's teachers what was added to a load is part of it: where somebody is no
    newcomer, they have been exempt.
    """
    confidential = may_know(ctx)
    year = year_of(ctx)
    meet(ctx, year)
    here = standings(ctx, year)
    missed = store.missed(ctx.klass.id, year)
    families = sorted(ctx.roster.families, key=lambda family: (here[family.id].load, family.label))

    def say(key: str, **values: object) -> str:
        return ctx.text(key, language=ctx.language, **values)

    rows = []
    for family in families:
        standing = here[family.id]
        notes = []
        if standing.credit and confidential:
            notes.append(say("duties-load-credit", credit=standing.credit))
        if standing.waiting:
            notes.append(say("duties-load-waiting", waiting=standing.waiting))
        if missed.get(family.id):
            notes.append(say("duties-load-missed", missed=missed[family.id]))
        if standing.exempt and confidential:
            notes.append(say("duties-load-exempt"))
        load = standing.counted if confidential else standing.load
        rows.append((family.label, str(load), ", ".join(notes)))
    in_private = ctx.room.role == "private" and is_staff_room_shared(ctx)
    header = (say("duties-load-family"), say("duties-load-count"), say("duties-load-notes"))
    title = Line(say("duties-load-title", year=f"{year}/{(year + 1) % 100:02d}"))
    counted = [standing.load for standing in here.values() if not (standing.exempt and confidential)]
    said = "duties-load-spread" if confidential else "duties-load-spread-all"
    spread = Line(Muted(say(said, least=min(counted, default=0), most=max(counted, default=0))))
    ctx.reply_content(Content((title, Table(header, tuple(rows)), spread)), privately=not in_private)
