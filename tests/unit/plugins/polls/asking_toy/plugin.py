from __future__ import annotations

from datetime import timedelta

from classroom_matrix.api import Context, Plugin, command, on
from classroom_matrix.api.contracts import OpenPoll, PollEnded
from classroom_matrix.domain.people import Role


@command("rivals", needs=Role.TEACHER)
def let_polls_decide(ctx: Context, question: str) -> None:
    until = ctx.now + timedelta(days=1)
    number = ctx.ask(OpenPoll(question, ("Музей", "Каток"), origin="events/12", room="events", until=until))
    ctx.reply("asking-opened", number=number)


@on(PollEnded)
def hear(ctx: Context, ended: PollEnded) -> None:
    ctx.tell_staff("asking-ended", origin=ended.origin, number=ended.number, outcome=ended.outcome or "-")


plugin = Plugin("asking", commands=(let_polls_decide,), listeners=(hear,))
