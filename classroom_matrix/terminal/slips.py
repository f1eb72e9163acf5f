"""`slips`: accounts for everybody who is new, and a PDF with a slip for each of them."""

from __future__ import annotations

import asyncio
import shlex
import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from ..config import ClassConfig, Config, JoinConfig
from ..domain.ids import PersonId, UserId
from ..domain.newcomers import people_of
from ..domain.people import Family, Person, Role, Roster
from ..errors import ConfigError, TemporaryError, UserError
from ..matrix.accounts import Accounts
from ..roster.lost_phone import log_out_everywhere
from ..roster.new_accounts import ensure_accounts
from ..roster.slips.due import Wanted
from ..roster.slips.making import Occasion, look, make_file, may_write
from ..runtime.values import READERS, ParseScope, is_called
from ..school import import_rosters, open_school
from ..storage import archive, people, reissuing
from ..storage.database import Database
from .output import console, progress_bar, table
from .which_class import the_class
from .words import Words, language, words

_TRIES = 3
_SHORT_WAIT = 120.0  # seconds; a quota that is used up for longer is told instead of waited for


async def print_slips(config: Config, *, class_id: str | None, pupils: Sequence[str], again: bool, output: Path | None) -> int:
    """Make accounts and print slips; safe to repeat after whatever stopped it.

    Args:
        class_id: not needed where there is one.
        pupils: only their people, whether they have a slip or not; names or numbers in the list. Names of staff, too.
        again: also for those whose slip is still good; with `pupils` also for those who are in.
        output: the PDF.

    Returns:
        0

    Raises:
        ConfigError: something is not configured, the class or a pupil is unknown, or the file is there already.
        GatewayError: the accounts process does not answer or refuses.
        StorageError: the database cannot be used.
    """
    klass, say = the_class(config, class_id), words()
    if config.join is None:
        raise ConfigError("join", say("slips-needs-join"))
    if config.accounts is None:
        raise ConfigError("accounts", say("slips-needs-accounts"))
    async with open_school(config) as school:
        assert school.accounts is not None
        await import_rosters(school)
        return await make_slips(
            config, klass, school.database, school.accounts, pupils=pupils, again=again, output=output, out=console(), say=say
        )


async def make_slips(
    config: Config,
    klass: ClassConfig,
    database: Database,
    accounts: Accounts,
    *,
    pupils: Sequence[str],
    again: bool,
    output: Path | None,
    out: Console,
    say: Words,
    now: Callable[[], float] = time.time,
) -> int:
    """`print_slips` with its parts given."""
    join = config.join
    assert join is not None
    file = output or Path(f"slips-{klass.id}.pdf")
    if not file.parent.is_dir():
        raise ConfigError("--output", say("slips-no-folder", folder=str(file.parent)))
    if await database.call(archive.is_archived, database, klass.id):
        raise ConfigError("--class", say("slips-archived", name=klass.name))
    roster = await database.call(people.load_roster, database, klass.id)
    if not any(roster.people()):
        raise ConfigError("--class", say("slips-nobody", name=klass.name, id=klass.id))
    only = _people(klass, roster, pupils, say)
    wanted = _wanted(by_name=only is not None, again=again)
    occasion = await database.call(look, database, klass.id, only, wanted, now())
    if not occasion.due:
        out.print(say("slips-none", good=occasion.good))
        return 0
    if not await database.call(may_write, database, klass.id, file):
        raise ConfigError("--output", say("slips-file-there", file=str(file)))
    with progress_bar(out) as progress:
        await _ensure_accounts(config, database, accounts, occasion, progress, say, now)
        await _make_file(database, klass, join, occasion, file, progress, say, now())
    _report(out, say, occasion, file)
    return 0


def _wanted(*, by_name: bool, again: bool) -> Wanted:
    if by_name:
        return Wanted.ALL if again else Wanted.UNUSED
    return Wanted.UNUSED if again else Wanted.MISSING


def _people(klass: ClassConfig, roster: Roster, names: Sequence[str], say: Words) -> frozenset[PersonId] | None:
    """Everybody of the pupils' families, or the members of staff, who are meant; None for all.

    Raises:
        ConfigError: a name fits nobody, or several families.
    """
    if not names:
        return None
    scope = ParseScope(datetime.now(klass.zone), klass.zone, lambda: roster, language())
    found: set[PersonId] = set()
    for who in names:
        try:
            family = READERS[Family](who, scope)
        except UserError as error:
            staff = [person.id for person in roster.staff if is_called(who, person.name)]
            if not staff:
                raise ConfigError("--pupil", say(error.key, **error.values)) from error
            found.update(staff)
        else:
            assert isinstance(family, Family)
            found.update(person.id for person in people_of(roster, family))
    return frozenset(found)


async def _ensure_accounts(
    config: Config,
    database: Database,
    accounts: Accounts,
    occasion: Occasion,
    progress: Progress,
    say: Words,
    now: Callable[[], float],
) -> None:
    """Make what is missing, and log out who is in; short pauses that the homeserver asks for are waited out."""
    wanted = [one.person for one in occasion.due]
    inside = await database.call(_inside, database, wanted)
    bar = progress.add_task(say("slips-accounts"), total=len(wanted))
    for attempt in range(1, _TRIES + 1):
        progress.reset(bar)
        try:
            await ensure_accounts(
                database, accounts, wanted, config.homeserver.server_name, now=now, made=lambda: progress.advance(bar)
            )
            await log_out_everywhere(accounts, inside)
        except TemporaryError as error:
            wait = 1.0 if error.retry_after is None else error.retry_after
            if attempt == _TRIES or wait > _SHORT_WAIT:
                raise
            await asyncio.sleep(wait)
        else:
            return


def _inside(database: Database, wanted: Sequence[Person]) -> list[UserId]:
    """Accounts of those who have come in: who holds their phone now is out before there are new words."""
    return [one.user_id for one in wanted if one.user_id is not None and reissuing.is_in(database, one.id)]


async def _make_file(
    database: Database,
    klass: ClassConfig,
    join: JoinConfig,
    occasion: Occasion,
    file: Path,
    progress: Progress,
    say: Words,
    now: float,
) -> None:
    bar = progress.add_task(say("slips-words"), total=len(occasion.due))
    try:
        await make_file(database, klass, join, occasion, file, now, drawn=lambda: progress.advance(bar))
    except OSError as error:
        raise ConfigError("--output", say("slips-not-written", file=str(file), why=error.strerror or "")) from error


def _report(out: Console, say: Words, occasion: Occasion, file: Path) -> None:
    kinds = Counter(_kind(one.person.role) for one in occasion.due)
    rows = [(say(f"slips-kind-{kind}"), kinds[kind]) for kind in ("guardian", "relative", "pupil", "staff") if kinds[kind]]
    out.print(say("slips-made", count=len(occasion.due), file=str(file)))
    out.print(table("", (say("slips-whose"), say("slips-count")), rows))
    if occasion.good:
        out.print(say("slips-good", count=occasion.good))
    if occasion.without_app:
        out.print(say("slips-without-app", count=occasion.without_app))
    out.print(say("slips-print-and-delete", file=shlex.quote(str(file))))


def _kind(role: Role) -> str:
    return "staff" if role.is_staff else role.value
