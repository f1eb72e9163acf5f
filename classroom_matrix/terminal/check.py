"""`check`: everything that can be wrong before and while the service runs, each with what to do about it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp

from ..accounts.quotas import quotas
from ..config import ClassConfig, Config, load
from ..config.encrypted import closed_to_votes
from ..domain.ids import ClassId
from ..domain.rooms import STAFF_ROOM
from ..errors import ClassroomError, ConfigErrors, GatewayError
from ..matrix.registration import is_outdated
from ..provisioning.describe import describe
from ..provisioning.ratelimit import Exemption, advice, exemption
from ..roster.question import Question, gathered
from ..roster.reading import read_roster
from ..roster.whole_class import expected_of
from ..school import School, import_rosters, load_plugins, open_school, sign_in
from ..storage.encryption import own_device
from .accounts_answer import silence
from .arrival import answers, no_homeserver
from .begun import sentences_of_copy
from .output import console, counted, table
from .rehearsal import rehearsal
from .words import words


class Verdict(Enum):
    GOOD = "ok"
    UNKNOWN = "?"
    WRONG = "WRONG"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `questions`: rows of a class list that somebody should see."""

    verdict: Verdict
    what: str
    questions: Sequence[Question] = ()


async def check(path: Path, admin_token: str | None) -> int:
    """Print findings as they come. Returns how many are wrong."""
    out = console()
    wrong = undecided = 0
    async for finding in findings(path, admin_token):
        out.print(f"{finding.verdict.value:>5}  {finding.what}")
        wrong += finding.verdict is Verdict.WRONG
        undecided += sum(question.open for question in finding.questions)
        if finding.questions:
            rows = [(where, sentence, _asks(question)) for where, sentence, question in gathered(finding.questions, "en")]
            out.print(table("", ("row", "what", "for you to do"), rows))
    last = counted(wrong, "problem") + " found" if wrong else ""
    if undecided:
        last = f"{last or 'nothing is wrong'}; {_need(undecided)} a decision: correct the list, or leave it as it is taken"
    out.print(last or "everything is as it should be")
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
    seen: dict[ClassId, Sequence[Question]] = {}
    for finding in _files(config, seen):
        yield finding
    async with aiohttp.ClientSession() as session:
        if not await answers(config, session):
            yield Finding(Verdict.WRONG, no_homeserver(config))
            return
        yield Finding(Verdict.GOOD, f"a homeserver answers at {config.homeserver.url}")
        exempt = await exemption(config, session, admin_token)
    try:
        with rehearsal(config) as rehearsed:
            async with open_school(rehearsed) as school:
                async for finding in _online(school, seen, exempt):
                    yield finding
    except ClassroomError as error:
        for finding in _wrong(error):
            yield finding


async def _online(school: School, seen: Mapping[ClassId, Sequence[Question]], exempt: Exemption) -> AsyncIterator[Finding]:
    """What only the homeserver can say."""
    config = school.config
    await sign_in(school)
    yield Finding(Verdict.GOOD, f"the homeserver knows {config.bot.user}")
    yield _rate(config, exempt)
    if await school.database.call(own_device.is_unsigned, school.database):
        yield Finding(Verdict.WRONG, words()("keys-doctor"))
    file = config.connection.registration
    if school.registration is not None and file is not None and is_outdated(file, receipts=config.connection.receipts):
        problem = "is of an earlier release or of other settings; run `classroom-matrix registration`, restart the homeserver"
        yield Finding(Verdict.WRONG, f"{file} {problem}")
    async for finding in _classes(school, seen):
        yield finding


def _wrong(error: ClassroomError) -> list[Finding]:
    errors = error.errors if isinstance(error, ConfigErrors) else (error,)
    return [Finding(Verdict.WRONG, str(one)) for one in errors]


def _asks(question: Question) -> str:
    return "decide" if question.open else "nothing"


def _need(count: int) -> str:
    return f"{counted(count, 'row')} {'needs' if count == 1 else 'need'}"


def _files(config: Config, seen: dict[ClassId, Sequence[Question]]) -> Iterator[Finding]:
    """What can be said without the homeserver. `seen` gets what was found in class lists."""
    try:
        load_plugins(config)
        yield Finding(Verdict.GOOD, "plugins and their options")
    except ClassroomError as error:
        yield from _wrong(error)
    if config.join is not None and _is_overheard(config.join.url):
        problem = "sends words and passwords over the network in the clear; put a web server with https in front"
        yield Finding(Verdict.WRONG, f"join.url: {config.join.url} {problem}, see docs/howto/reverse-proxy.md")
    if config.accounts is not None:
        try:
            quotas(config.accounts.quotas)
        except ClassroomError as error:
            yield from _wrong(error)
    silent = silence(config, words())
    if silent:
        yield Finding(Verdict.WRONG, silent)
    elif config.accounts is not None:
        yield Finding(Verdict.GOOD, "the accounts process answers")
    try:
        for problem in sentences_of_copy(config, words()):
            yield Finding(Verdict.WRONG, problem)
    except ClassroomError as error:
        yield from _wrong(error)
    for klass in config.classes:
        yield from _refused_votes(klass)
        yield from _list_of(config, klass, seen)


def _refused_votes(klass: ClassConfig) -> Iterator[Finding]:
    names = [klass.rooms[role].name for role in closed_to_votes(klass.rooms) if role != STAFF_ROOM]
    if names:
        said = words()("encrypted-read-only", **{"class": klass.name}, rooms=", ".join(names))
        yield Finding(Verdict.UNKNOWN, said)


def _is_overheard(url: str) -> bool:
    """Whether others on the network can read what goes to the address: no https, and not on this machine."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    try:
        here = ip_address(host).is_loopback
    except ValueError:
        here = host == "localhost" or host.endswith(".localhost")  # RFC 6761, 6.3
    return parts.scheme != "https" and not here


def _list_of(config: Config, klass: ClassConfig, seen: dict[ClassId, Sequence[Question]]) -> Iterator[Finding]:
    """Read the class's list, and keep what was found in `seen`."""
    if klass.roster is None:
        return
    try:
        found = read_roster(klass.roster, expected_of(klass, config.roster_columns))
    except ClassroomError as error:
        yield from _wrong(error)
        return
    questions = seen[klass.id] = found.questions
    pupils = counted(found.pupils, "pupil")
    undecided = sum(question.open for question in questions)
    what = f"{klass.name}: {pupils} in {klass.roster}"
    if undecided:
        yield Finding(Verdict.UNKNOWN, f"{what}; {_need(undecided)} a decision", questions)
    else:
        yield Finding(Verdict.GOOD, what, questions)


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


async def _classes(school: School, seen: Mapping[ClassId, Sequence[Question]]) -> AsyncIterator[Finding]:
    for class_id, questions in (await import_rosters(school, again=True)).items():
        klass = school.config.klass(class_id)
        new = [question for question in questions if question not in seen.get(class_id, ())]
        if new:  # what differs from the earlier list is known only now
            yield Finding(Verdict.UNKNOWN, f"{klass.name}: {klass.roster} differs from the earlier list", new)
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
