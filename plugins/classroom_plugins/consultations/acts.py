"""Who acts for a household, how, and where they are answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from classroom_matrix.api import Context, Subject
from classroom_matrix.domain.content import Content, FileContent
from classroom_matrix.domain.ids import PersonId
from classroom_matrix.domain.people import Household

from .domain import Claimant, Via
from .people import claimant_of, household_of

YES, NO = "✅", "❌"


@dataclass(frozen=True, slots=True)
class Act:
    """One act. `at`: the homeserver's time of it, milliseconds; `source`: its event."""

    household: Household
    claimant: Claimant
    by: PersonId
    via: Via
    at: int
    source: str
    language: str

    @property
    def by_staff(self) -> bool:
        return self.via is Via.PROXY


def act_of_guardian(ctx: Context, via: Via) -> Act | None:
    """What somebody does for their own household; None for all who have no say."""
    household = household_of(ctx, ctx.person)
    claimant = claimant_of(ctx, household) if household else None
    if household is None or claimant is None or ctx.person is None or ctx.event_id is None:
        return None
    language = ctx.language if via is Via.DESK else ctx.language_of(household)
    return Act(household, claimant, ctx.person.id, via, ctx.occurred, ctx.event_id, language)


def act_of_staff(ctx: Context, household: Household) -> Act | None:
    """What staff enter for a household; None where its family has left."""
    claimant = claimant_of(ctx, household)
    if claimant is None or ctx.person is None or ctx.event_id is None:
        return None
    return Act(household, claimant, ctx.person.id, Via.PROXY, ctx.occurred, ctx.event_id, ctx.language_of(household))


def answer(
    ctx: Context,
    act: Act,
    content: Content,
    *,
    about: Subject | None = None,
    buttons: Sequence[str] = (),
    files: Sequence[FileContent] = (),
) -> None:
    """Answer the household in its desk: as a reply if it wrote there, else as a message. What staff enter for it is a letter,
    held in quiet hours. A private chat was made by somebody who may have invited others, so it only gets a mark.
    """
    if act.via is Via.PROXY:
        ctx.write(act.household, replace(content, loud=True), about=about, buttons=buttons, files=files)
    elif act.via is Via.DESK and ctx.room.role == "desk":
        if about is None and not buttons and not files:
            ctx.reply_content(content)
        else:
            ctx.write(act.household, replace(content, reply_to=ctx.event_id), about=about, buttons=buttons, files=files)
    else:
        awake = ctx.quiet_until(act.household) is None
        ctx.write(act.household, replace(content, loud=awake), about=about, buttons=buttons, files=files)
        if act.via is Via.DESK and ctx.event_id is not None:
            ctx.react(ctx.event_id, YES, room=ctx.room.id)


def say(ctx: Context, act: Act, key: str, **values: object) -> None:
    """Answer with a line."""
    answer(ctx, act, Content.line(ctx.text(key, language=act.language, **values)))
