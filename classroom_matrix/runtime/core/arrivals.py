"""`!arrivals`: who is in, and who is stuck where; for the staff room.

From the database only. Who has never opened the app is known to the homeserver alone: `classroom-matrix arrivals` asks it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from ...api import Context, command
from ...domain.content import Block, Bold, Bullets, Content, Line, Muted
from ...domain.people import Role
from ...storage import arrivals
from ...storage.arrivals import Arrivals, Standing
from ...storage.invitations import Stage
from ..context import HandlerContext

Say = Callable[..., str]
"""``(key, **values) -> text``"""

STUCK = (
    Stage.WRONG_WORDS,
    Stage.PROVEN,
    Stage.ARRIVED,
    Stage.OPENED,
    Stage.EXPIRED,
    Stage.NO_SLIP,
    Stage.PRINTED,
)
"""Where people are stuck: first those who tried."""


@command("arrivals", needs=Role.TEACHER)
def show_arrivals(ctx: Context) -> None:
    assert isinstance(ctx, HandlerContext)

    def say(key: str, **values: object) -> str:
        return ctx.text(key, language=ctx.language, **values)

    found = arrivals.of_class(ctx.database, ctx.klass.id, ctx.now.timestamp())
    ctx.reply_content(content(found, say, ctx.klass.zone), privately=True)


def content(found: Arrivals, say: Say, zone: ZoneInfo) -> Content:
    blocks: list[Block] = [Line(Bold(summary(found, say)))]
    if found.without_app:
        blocks.append(Line(Muted(say("arrivals-without-app", count=found.without_app))))
    for stage in STUCK:
        there = [one for one in found.standings if one.stage is stage]
        if there:
            blocks.append(Line(heading(stage, len(there), say)))
            blocks.append(Bullets(tuple(lines(there, say, zone))))
    if any(one.stage in (Stage.EXPIRED, Stage.WRONG_WORDS) for one in found.standings):
        blocks.append(Line(Muted(say("arrivals-new-slip"))))
    return Content(tuple(blocks))


def summary(found: Arrivals, say: Say) -> str:
    """How many people, and how many families: a family is in as soon as one of its adults is."""
    families = {one.person.family_id for one in found.standings if one.person.role is Role.GUARDIAN}
    inside = {one.person.family_id for one in found.inside if one.person.role is Role.GUARDIAN}
    return say(
        "arrivals-summary",
        inside=len(found.inside),
        people=len(found.standings),
        inside_families=len(inside),
        families=len(families),
    )


def heading(stage: Stage, count: int, say: Say) -> str:
    return say(f"arrivals-{stage.value}", people=say("arrivals-people", count=count))


def lines(there: Sequence[Standing], say: Say, zone: ZoneInfo) -> list[str]:
    """One for each family, or member of staff: "Ксения Калинина: Наталья Калинина, Сергей Калинин"."""
    by_pupils: dict[tuple[str, ...], list[str]] = {}
    for one in there:
        by_pupils.setdefault(tuple(pupil.name for pupil in one.pupils), []).append(_named(one, say, zone))
    staff = by_pupils.pop((), [])
    return [f"{', '.join(pupils)}: {', '.join(names)}" for pupils, names in by_pupils.items()] + staff


def _named(one: Standing, say: Say, zone: ZoneInfo) -> str:
    if one.stage is Stage.EXPIRED and one.expires_at is not None:
        day = datetime.fromtimestamp(one.expires_at - 1, UTC).astimezone(zone).strftime("%d.%m.")
        return say("arrivals-person-expired", name=one.person.name, day=day)
    if one.stage is Stage.WRONG_WORDS:
        return say("arrivals-person-wrong", name=one.person.name, count=one.wrong)
    return one.person.name
