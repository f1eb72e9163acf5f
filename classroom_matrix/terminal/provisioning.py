"""`plan` and `apply`."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.progress import Progress

from ..config import ClassConfig, Config
from ..domain.ids import ClassId, RoomId, UserId
from ..domain.plan import Action, CreateRoom, CreateSpace, Invite
from ..errors import ConfigError, PermanentError, TemporaryError
from ..matrix.client import HttpGateway
from ..matrix.pacing import Pacing
from ..provisioning.ahead import AdminLogins, CanJoin, join_ahead, joiners
from ..provisioning.describe import describe, encrypted_for_good
from ..provisioning.estimate import estimate
from ..provisioning.lock import provisioning_lock
from ..provisioning.provision import Report
from ..provisioning.ratelimit import Exemption, advice, exemption
from ..roster.question import Question
from ..school import School, import_rosters, load_plugins, open_school
from .arrival import arrive
from .output import console, counted, progress_bar, span
from .rehearsal import rehearsal
from .understood import understood

IN_FLIGHT = 4
"""More only makes Synapse wait."""


async def plan(config: Config) -> int:
    """Print what was understood of the class lists and what `apply` would do. Returns how many actions that is.

    Raises:
        ClassroomError: something is configured wrongly, or the homeserver is not there.
    """
    load_plugins(config)  # `apply` does not need them, but the service will not start with a mistake in their options
    out = console()
    with rehearsal(config) as rehearsed:
        return await _plan(rehearsed, out)


async def _plan(config: Config, out: Console) -> int:
    async with open_school(config) as school:
        await arrive(school)
        exempt = await exemption(config, school.session)
        questions = await import_rosters(school, again=True)
        _print_questions(out, config, questions)
        total = 0
        for klass in config.classes:
            if klass.roster is not None:
                roster = await school.database.call(school.roster_of, klass.id)
                out.print(f"{klass.name}: {understood(roster, questions.get(klass.id, ()))}")
            planned = await school.provisioner.plan(klass, in_flight=IN_FLIGHT)
            total += len(planned.actions)
            stay = encrypted_for_good(klass, planned.snapshot)
            if stay:
                out.print(f"{klass.name}: encrypted for good, though config.yaml does not ask for it: {', '.join(stay)}")
            if not planned.actions:
                out.print(f"{klass.name}: as it should be")
                continue
            seconds = estimate(planned.actions, exempt=exempt is not Exemption.MISSING)
            out.print(f"{klass.name}: {counted(len(planned.actions), 'action')}, about {span(seconds)}")
            for action in planned.actions:
                out.print(f"  {describe(action, planned.blueprint)}")
    return total


async def apply(config: Config, *, admin_token: str | None, join_all: bool) -> int:
    """Bring all classes to their blueprints; with `join_all` everybody into their rooms, too. Returns how much was refused."""
    if join_all and admin_token is None:
        raise ConfigError("--join-all", "needs an admin's access token: set CLASSROOM_ADMIN_TOKEN or give --admin-token-file")
    load_plugins(config)
    out = console()
    with progress_bar(out) as progress:
        waiting = _Waiting(progress)
        async with open_school(config, waiting=waiting) as school:
            await arrive(school)
            if await exemption(config, school.session, admin_token) is Exemption.MISSING:
                out.print(f"The homeserver limits the bot's rate, so this takes longer. To lift it: {advice(config)}")
            else:
                waiting.advice = advice(config)
            busy = "The running service is provisioning; waiting for it to finish …"
            async with provisioning_lock(config.database, lambda: out.print(busy)):
                _print_questions(out, config, await import_rosters(school))
                await school.gateway.set_profile(config.bot.name)
                refused = 0
                for klass in config.classes:
                    report = await _apply_class(school, klass, out, progress)
                    refused += len(report.refused)
                    if join_all and admin_token is not None:
                        refused += await _join_all(school, klass, report, admin_token, out, progress)
    return refused


async def _apply_class(school: School, klass: ClassConfig, out: Console, progress: Progress) -> Report:
    started = time.monotonic()
    task = progress.add_task(klass.name, total=None)

    def done(count: int, total: int, _action: Action) -> None:
        progress.update(task, completed=count, total=total)

    try:
        report = await school.provisioner.apply(klass, in_flight=IN_FLIGHT, progress=done)
    except PermanentError as error:
        if error.errcode != "M_EXCLUSIVE":
            raise
        problem = "the homeserver has an older one in use; run `classroom-matrix registration` and restart the homeserver"
        raise ConfigError("connection.registration", problem) from error
    progress.remove_task(task)
    _print_report(out, klass, report, time.monotonic() - started)
    return report


def _print_report(out: Console, klass: ClassConfig, report: Report, seconds: float) -> None:
    assert report.blueprint is not None
    if not report.done and not report.refused:
        out.print(f"{klass.name}: as it should be")
        return
    made = [action for action in report.done if isinstance(action, CreateSpace | CreateRoom)]
    invited = [action for action in report.done if isinstance(action, Invite)]
    rest = len(report.done) - len(made) - len(invited)
    out.print(
        f"{klass.name}: {counted(len(made), 'room')} made, {counted(len(invited), 'invitation')} sent,"
        f" {counted(rest, 'other change')}, in {span(seconds)}"
    )
    for action in report.done if len(made) < 2 else ():  # a new class needs no list of everything
        out.print(f"  {describe(action, report.blueprint)}")
    for action, error in report.refused:
        out.print(f"  refused: {describe(action, report.blueprint)}: {error}")


async def _join_all(
    school: School, klass: ClassConfig, report: Report, admin_token: str, out: Console, progress: Progress
) -> int:
    known = frozenset[RoomId]() if report.blueprint and report.made.keys() == report.blueprint.rooms.keys() else None
    planned = await school.provisioner.plan(klass, only=known, in_flight=IN_FLIGHT)
    people = joiners(planned.blueprint, planned.snapshot, report.made)
    total = sum(len(person.rooms) for person in people)
    if not total:
        out.print(f"{klass.name}: everybody is in their rooms")
        return 0
    task = progress.add_task(f"{klass.name}: joining", total=total)
    logins = AdminLogins(school.session, school.config.homeserver.url, admin_token)

    async def gateway_for(user_id: UserId) -> CanJoin:
        token = await logins.token_for(user_id)
        # Pacing of its own: who has to wait for a rate limit waits alone.
        return HttpGateway(school.session, school.config.homeserver.url, token, user_id, pacing=Pacing())

    def joined(_user: UserId, _room: RoomId) -> None:
        progress.advance(task)

    started = time.monotonic()
    outcome = await join_ahead(people, gateway_for, in_flight=IN_FLIGHT, joined=joined)
    progress.remove_task(task)
    out.print(f"{klass.name}: {counted(outcome.count, 'membership')} in {span(time.monotonic() - started)}")
    for user_id, room_id, why in outcome.refused:
        out.print(f"  refused: {user_id} into {room_id}: {why}")
    return len(outcome.refused)


def _print_questions(out: Console, config: Config, questions: Mapping[ClassId, Sequence[Question]]) -> None:
    for class_id, found in questions.items():
        klass = config.klass(class_id)
        for question in (one for one in found if one.open):
            out.print(f"{klass.roster}: {question}")


class _Waiting:
    """Says why nothing moves, once for each reason.

    Attributes:
        advice: what lifts rate limits, where it is not known that they are lifted.
    """

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._said: set[str] = set()
        self.advice = ""

    def __call__(self, error: TemporaryError) -> None:
        if error.retry_after is None:
            text = f"waiting for the homeserver: {error}"
        else:
            pause = span(error.retry_after)
            text = f"the homeserver limits the bot's rate and asks to wait {pause}. To lift the limit: {self.advice}"
        reason = "rate" if error.retry_after is not None else str(error)
        if reason not in self._said:
            self._said.add(reason)
            self._progress.console.print(text)
