"""`check`: everything that can be wrong before and while the service runs, each with what to do about it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

import aiohttp

from ..config import Config, load
from ..errors import ClassroomError, ConfigErrors, GatewayError
from ..matrix.registration import is_outdated
from ..provisioning.describe import describe
from ..provisioning.ratelimit import Exemption, advice, exemption
from ..school import School, import_rosters, load_plugins, open_school, sign_in
from .output import console, counted


class Verdict(Enum):
    GOOD = "ok"
    UNKNOWN = "?"
    WRONG = "WRONG"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    verdict: Verdict
    what: str


async def check(path: Path, admin_token: str | None) -> int:
    """Print findings as they come. Returns how many are wrong."""
    out = console()
    wrong = 0
    async for finding in findings(path, admin_token):
        out.print(f"{finding.verdict.value:>5}  {finding.what}")
        wrong += finding.verdict is Verdict.WRONG
    out.print(f"{counted(wrong, 'problem')} found" if wrong else "everything is as it should be")
    return wrong


async def findings(path: Path, admin_token: str | None = None) -> AsyncIterator[Finding]:
    """Look at the configuration, then at the homeserver; what cannot be looked at for want of the former is left out."""
    try:
        config = load(path)
    except ClassroomError as error:
        for finding in _wrong(error):
            yield finding
        return
    yield Finding(Verdict.GOOD, f"{path}: {counted(len(config.classes), 'class', 'classes')}")
    try:
        load_plugins(config)
        yield Finding(Verdict.GOOD, "plugins and their options")
    except ClassroomError as error:
        for finding in _wrong(error):
            yield finding
    async with aiohttp.ClientSession() as session:
        if not await _answers(config, session):
            yield Finding(Verdict.WRONG, f"no homeserver answers at {config.homeserver.url}")
            return
        yield Finding(Verdict.GOOD, f"a homeserver answers at {config.homeserver.url}")
        exempt = await exemption(config, session, admin_token)
    try:
        async with open_school(config) as school:
            await sign_in(school)
            yield Finding(Verdict.GOOD, f"the homeserver knows {config.bot.user}")
            yield _rate(config, exempt)
            if (
                school.registration is not None
                and config.connection.registration
                and is_outdated(config.connection.registration)
            ):
                problem = "was written by an earlier release; run `classroom-matrix registration` and restart the homeserver"
                yield Finding(Verdict.WRONG, f"{config.connection.registration} {problem}")
            async for finding in _classes(school):
                yield finding
    except ClassroomError as error:
        for finding in _wrong(error):
            yield finding


def _wrong(error: ClassroomError) -> list[Finding]:
    errors = error.errors if isinstance(error, ConfigErrors) else (error,)
    return [Finding(Verdict.WRONG, str(one)) for one in errors]


async def _answers(config: Config, session: aiohttp.ClientSession) -> bool:
    try:
        async with session.get(f"{config.homeserver.url}/_matrix/client/versions") as response:
            return response.status == 200 and "versions" in await response.json(content_type=None)
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError):
        return False


def _rate(config: Config, exempt: Exemption) -> Finding:
    match exempt:
        case Exemption.GRANTED:
            return Finding(Verdict.GOOD, "the bot is exempt from rate limits")
        case Exemption.MISSING:
            return Finding(Verdict.WRONG, f"the homeserver limits the bot's rate; to lift it: {advice(config)}")
        case Exemption.UNKNOWN:
            return Finding(
                Verdict.UNKNOWN,
                f"whether the bot is exempt from rate limits only an admin's token tells; to make sure: {advice(config)}",
            )


async def _classes(school: School) -> AsyncIterator[Finding]:
    for class_id, questions in (await import_rosters(school, again=True)).items():
        klass = school.config.klass(class_id)
        rows = counted(len(questions), "row")
        yield Finding(Verdict.UNKNOWN, f"{klass.name}: {rows} of {klass.roster} need a look; see: classroom-matrix plan")
    for klass in school.config.classes:
        try:
            planned = await school.provisioner.plan(klass, in_flight=4)
        except GatewayError as error:
            yield Finding(Verdict.WRONG, f"{klass.name}: {error}")
            continue
        if not planned.actions:
            yield Finding(Verdict.GOOD, f"{klass.name}: {counted(len(planned.snapshot.rooms), 'room')} as they should be")
            continue
        first = describe(planned.actions[0], planned.blueprint)
        more = f" and {len(planned.actions) - 1} more" if len(planned.actions) > 1 else ""
        yield Finding(Verdict.WRONG, f"{klass.name}: `classroom-matrix apply` would {first}{more}; see: classroom-matrix plan")
