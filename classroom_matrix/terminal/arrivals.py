"""`arrivals`: who of a class is in, and who is stuck where."""

from __future__ import annotations

import time
from collections.abc import Sequence

from rich.console import Console

from ..config import ClassConfig, Config
from ..errors import GatewayError
from ..matrix.accounts import Accounts
from ..runtime.core.arrivals import STUCK, heading, lines, summary
from ..school import open_school
from ..storage import arrivals
from ..storage.arrivals import Arrivals, Standing
from ..storage.database import Database
from ..storage.invitations import Stage
from .output import console
from .which_class import the_class
from .words import Words, words


async def show_arrivals(config: Config, *, class_id: str | None) -> int:
    """Print who is in and who is not, by how far they have come.

    Returns:
        0: somebody who is not in yet is no fault.

    Raises:
        ConfigError: there is no such class, or several to choose from.
        StorageError: the database cannot be opened.
    """
    klass, say = the_class(config, class_id), words()
    async with open_school(config) as school:
        await print_arrivals(klass, school.database, school.accounts, console(), say, time.time())
    return 0


async def print_arrivals(
    klass: ClassConfig, database: Database, accounts: Accounts | None, out: Console, say: Words, now: float
) -> None:
    """`show_arrivals` with its parts given."""
    found = await database.call(arrivals.of_class, database, klass.id, now)
    out.print(f"{klass.name}. {summary(found, say)}")
    if found.without_app:
        out.print(say("arrivals-without-app", count=found.without_app))
    for stage in STUCK:
        _print_group(out, say, klass, [one for one in found.standings if one.stage is stage], stage)
    await _print_absent(klass, accounts, found, out, say)


def _print_group(out: Console, say: Words, klass: ClassConfig, there: Sequence[Standing], stage: Stage) -> None:
    if there:
        _print_list(out, heading(stage, len(there), say), lines(there, say, klass.zone))


def _print_list(out: Console, title: str, entries: Sequence[str]) -> None:
    out.print()
    out.print(title)
    for entry in entries:
        out.print(f"  {entry}")


async def _print_absent(klass: ClassConfig, accounts: Accounts | None, found: Arrivals, out: Console, say: Words) -> None:
    """Those who have done all that a slip asks for and never opened the app: only the homeserver knows."""
    inside = {one.person.user_id: one for one in found.inside if one.person.user_id and one.expires_at is not None}
    if accounts is None or not inside:
        return
    try:
        here = await accounts.logged_in(list(inside))
    except GatewayError:
        out.print(say("arrivals-cannot-ask"))
        return
    absent = [one for user_id, one in inside.items() if user_id not in here]
    if absent:
        title = say("arrivals-never-opened-app", people=say("arrivals-people", count=len(absent)))
        _print_list(out, title, lines(absent, say, klass.zone))
