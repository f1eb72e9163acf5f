"""What the commands that let people out share: opening the house, finding who is meant, asking."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack, asynccontextmanager, closing
from functools import partial

from rich.console import Console

from ..config import Config
from ..domain.ids import ClassId
from ..encryption.history import readable
from ..encryption.keyring import KeyRing
from ..encryption.reading import Reader
from ..encryption.secrets_file import open_keyring
from ..errors import UserError
from ..lifecycle.house import House
from ..lifecycle.whom import Match, both, find
from ..provisioning.arrived import ADMIT
from ..runtime.clock import SystemClock
from ..school import load_plugins, open_school
from ..serving import school_tasks
from .arrival import arrive
from .output import table
from .rehearsal import rehearsal
from .words import Words


class Unclear(UserError):
    """It is not clear who is meant, or nobody is. `candidates`: who may be."""

    def __init__(self, key: str, candidates: tuple[Match, ...] = (), **values: object) -> None:
        super().__init__(key, **values)
        self.candidates = candidates


@asynccontextmanager
async def open_house(config: Config, *, dry_run: bool = False) -> AsyncIterator[House]:
    """The house, signed in; only looking works on a copy of the database and asks the homeserver nothing.

    Raises:
        ClassroomError: something is configured wrongly, or the homeserver is not there.
    """
    registry = load_plugins(config)
    with ExitStack() as stack:
        if dry_run:
            config = stack.enter_context(rehearsal(config))
        async with open_school(config) as school:
            if not dry_run:
                await arrive(school)
            await school.database.call(registry.prepare_tables, school.database)
            admit = school_tasks(school, registry, SystemClock())[ADMIT]
            folder = KeyRing.folder_of(config.database)
            opened = await school.database.call(KeyRing.open if dry_run else partial(open_keyring, school.database), folder)
            keyring = stack.enter_context(closing(opened))
            gateway = readable(school.gateway, school.database, Reader(school.database, keyring))
            yield House(config, school.database, gateway, school.provisioner, registry, school.accounts, admit)


async def the_one(
    house: House, who: str, class_id: str | None, *, families: bool = False, certain: bool = False
) -> Match:  # fmt: skip
    """Who is meant.

    Args:
        house: open.
        who: as typed.
        class_id: only there.
        families: it is not about one class, and pupils of one family are the same answer.
        certain: nobody is asked afterwards, so what may mean a pupil and an adult as well is no answer.

    Raises:
        Unclear: nobody, or several.
        ConfigError: there is no such class.
    """
    wanted = None if class_id is None else house.config.klass(class_id).id
    look = both if certain else find
    found = await house.database.call(look, house.database, who, ClassId(wanted) if wanted else None)
    if not found:
        raise Unclear("whom-nobody", who=who)
    if len({_meant(match, families=families) for match in found}) > 1:
        raise Unclear("whom-several", tuple(found), who=who)
    if found[0].role.is_staff:
        raise Unclear("whom-staff", who=found[0].name)
    return found[0]


def _meant(match: Match, *, families: bool) -> object:
    """Two matches are the same answer if this is the same. Whoever leaves does so from one class."""
    if not families:
        return (match.id, match.class_id)
    return match.family_id if match.is_pupil else match.id


def complain(out: Console, say: Words, problem: UserError, config: Config) -> int:
    """Say what is wrong, in one sentence; of several people, who they are. Returns 1."""
    out.print(say(problem.key, **problem.values))
    candidates = problem.candidates if isinstance(problem, Unclear) else ()
    if candidates:
        names = class_names(config)
        rows = [(one.name, say(f"whom-role-{one.role}"), names(one.class_id), one.number or "") for one in candidates]
        header = (say("whom-name"), say("whom-role"), say("whom-class"), say("whom-number"))
        out.print(table("", header, rows))
    return 1


def class_names(config: Config) -> Callable[[str], str]:
    """What a class is called; its ID where config.yaml does not know it any more."""
    names = {str(klass.id): klass.name for klass in config.classes}
    return lambda class_id: names.get(class_id, class_id)
