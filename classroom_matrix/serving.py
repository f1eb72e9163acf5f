"""The running service of one school: its tasks, the join page, and what looks after classes. Wiring only."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache, partial
from typing import TYPE_CHECKING

from .config import Config
from .encryption.machine import Encryption
from .encryption.start import open_encryption, sign_in_device
from .errors import ClassroomError, ConfigError, PermanentError, TemporaryError
from .matrix.appservice import ApplicationService
from .matrix.client import HttpGateway
from .matrix.narrow_sync import NarrowSync
from .matrix.source import EventSource
from .provisioning import Reconciler, observer
from .provisioning.admission import Admission
from .provisioning.arrived import ADMIT
from .provisioning.audit import AUDIT, Audits
from .provisioning.patience import patiently
from .provisioning.ratelimit import Exemption, advice, exemption
from .roster.staff_days import StaffDays
from .runtime.calendars import Calendars, Feed
from .runtime.clock import Clock, SystemClock, moment
from .runtime.core.audit import begin_daily_audits
from .runtime.core.digest import begin_daily_digests
from .runtime.core.handover import LOOK
from .runtime.core.slip import REISSUE
from .runtime.core.welcome import Welcome
from .runtime.registry import Registry
from .runtime.tasks import TaskFunction
from .school import School, import_rosters, load_plugins, open_school, sign_in
from .service import Companion, Service
from .storage import inbox, receipts
from .storage.invitations import WITHDRAW
from .storage.tasks import Task

if TYPE_CHECKING:
    from .roster.invitations import Verdict
    from .roster.reissue import Reissues
    from .web.site import JoinSite

log = logging.getLogger(__name__)

POLITENESS = 5.0
"""Seconds that looking after rooms waits for answers to people; one room that cannot be written to must not stop it."""


def school_tasks(
    school: School, registry: Registry, clock: Clock, *, noted: Callable[[], None] = lambda: None
) -> Mapping[str, TaskFunction]:
    """What tasks do, by name.

    Args:
        school: its parts.
        registry: with its tables prepared before any of these is called.
        clock: the time.
        noted: called when somebody new has to be invited, or rooms have to be looked at.
    """
    admission = Admission(
        school.config,
        school.database,
        school.gateway,
        school.desks,
        school.roster_of,
        accounts=school.accounts,
        welcome=Welcome(school.database, registry, clock),
        now=clock.seconds,
    )

    @cache
    def reissues() -> Reissues:
        from .roster.reissue import Reissues  # noqa: PLC0415 - rarely needed, and a start must be quick

        return Reissues(school.config, school.database, school.gateway, school.accounts, school.texts, noted, now=clock.seconds)

    async def reissue(task: Task) -> None:
        await reissues().carry_out(task)

    async def withdraw(task: Task) -> None:
        await reissues().withdraw(task)

    async def look(_task: Task) -> None:
        noted()

    audits = Audits(
        school.config,
        school.database,
        school.provisioner,
        school.roster_of,
        school.texts,
        drifted=noted,
        now=clock.seconds,
    )
    return {
        ADMIT: admission.admit,
        LOOK: look,
        AUDIT: audits.carry_out,
        REISSUE: reissue,
        WITHDRAW: withdraw,
    }


async def serve(config: Config, *, clock: Clock | None = None) -> None:
    """Run the service until cancelled.

    Args:
        config: the school's.
        clock: the time; the machine's by default.

    Raises:
        ClassroomError: it cannot start, or a part cannot go on.
    """
    registry, clock = load_plugins(config), clock or SystemClock()
    async with open_school(config, started=lambda: service.tasks.wake()) as school:  # noqa: PLW0108 - made below
        await patiently(lambda: _sign_in_slowly(school))
        loop = asyncio.get_running_loop()

        def noted() -> None:
            with suppress(RuntimeError):  # the loop has just ended; the mark is in the database
                loop.call_soon_threadsafe(reconciler.wake)

        encryption = await patiently(lambda: _open_encryption(school, clock, lambda: service.engine.facts_are_waiting()))  # noqa: PLW0108 - made below
        await patiently(lambda: sign_in_device(encryption))
        school.gateway.changed = encryption.sealing.look_again

        service = Service(
            school.database,
            registry,
            school.gateway,
            await _source(school),
            school.desks.ensure_desk,
            tasks=school_tasks(school, registry, clock, noted=noted),
            observers=[observer(config.bot.user, noted)],
            clock=clock,
            encryption=encryption,
        )
        reconciler = Reconciler(
            config, school.database, school.provisioner, idle=partial(service.sender.idle, POLITENESS), told=service.engine.wake
        )

        await school.database.call(begin_daily_audits, school.database, registry.setups, clock.seconds())
        await school.database.call(begin_daily_digests, school.database, registry.setups, clock.seconds())
        staff_days = StaffDays(
            school.database,
            config.classes,
            noted=reconciler.wake,
            today=lambda zone: moment(clock.seconds()).astimezone(zone).date(),
        )

        async def look_after_classes() -> None:
            try:
                for class_id, questions in (await import_rosters(school)).items():
                    count = sum(question.open for question in questions)
                    if count:
                        log.warning(
                            "class %s: %d rows of its list need a decision; see: classroom-matrix check", class_id, count
                        )
            except (ClassroomError, OSError):
                log.exception("class lists cannot be read; those of the last time are used")
            await _introduce(school)
            await reconciler.run()

        companions: list[Companion] = [look_after_classes, staff_days.run]
        if config.join is not None:
            companions.append(_join_site(school, registry, clock, service.tasks.wake).run)
        await service.run(*companions)


def _join_site(school: School, registry: Registry, clock: Clock, wake: Callable[[], None]) -> JoinSite:
    """
    Raises:
        ConfigError: there is no accounts process to set passwords with.
    """
    from .roster.invitations import verify as verify_words  # noqa: PLC0415 - a school without a join page needs none of it
    from .roster.slips.secret import matches  # noqa: PLC0415
    from .roster.slips.words import canonical  # noqa: PLC0415
    from .web.site import JoinSite  # noqa: PLC0415

    if school.accounts is None:
        raise ConfigError("join", "needs the accounts process; add the section accounts")

    async def verify(handle: str, typed: str) -> Verdict:
        return await verify_words(school.database, handle, typed, clock.seconds())

    def same_words(text: str, secret: str) -> bool:
        return matches(canonical(text), secret)

    calendars = Calendars(school.database, registry, clock, school.config.homeserver.server_name)

    async def find_feed(secret: str) -> Feed | None:
        return await school.database.call(calendars.feed, secret)

    return JoinSite(
        school.config,
        school.database,
        school.accounts,
        verify,
        same_words=same_words,
        wake=wake,
        now=clock.seconds,
        find_feed=find_feed,
    )


async def _introduce(school: School) -> None:
    """Show the bot's name, and tell IT if the homeserver's limits will slow us down."""
    config = school.config
    try:
        await patiently(lambda: school.gateway.set_profile(config.bot.name))
    except PermanentError as error:
        log.warning("the bot cannot be given its name: %s", error)
    if await exemption(config, school.session) is not Exemption.GRANTED:
        log.warning("the homeserver may limit how fast rooms are made and messages sent; %s", advice(config))


async def _sign_in_slowly(school: School) -> None:
    try:
        await sign_in(school)
    except TemporaryError as error:
        log.warning("waiting for the homeserver: %s", error)
        await asyncio.sleep(1 if error.retry_after is None else error.retry_after)
        raise


async def _open_encryption(school: School, clock: Clock, arrived: Callable[[], None]) -> Encryption:
    registration, gateway = school.registration, school.gateway

    def for_device(device_id: str) -> HttpGateway:
        assert registration is not None
        url, token = school.config.homeserver.url, registration.as_token
        return HttpGateway(school.session, url, token, gateway.user_id, act_as=True, device_id=device_id, pacing=gateway.pacing)

    return await open_encryption(
        school.config.database,
        school.database,
        gateway,
        clock,
        for_device=for_device if registration is not None else None,
        arrived=arrived,
    )


async def _source(school: School) -> EventSource:
    connection, bot = school.config.connection, school.config.bot.user
    since = await school.database.call(inbox.sync_token, school.database)
    if not connection.receipts:
        await school.database.call(receipts.forget_all, school.database)
    if school.registration is None:
        return NarrowSync(school.gateway, since=since, ignore=bot, receipts=connection.receipts, alone=True)
    sync = NarrowSync(school.gateway, since=since, ignore=bot)
    return ApplicationService(
        school.gateway,
        appservice_id=school.registration.id,
        hs_token=school.registration.hs_token,
        host=connection.host,
        port=connection.port,
        ignore=bot,
        second_look=sync,
        receipts=connection.receipts,
    )
