"""From config.yaml to running parts: one school's database, account, provisioner and service. Wiring only."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial
from importlib.metadata import entry_points

import aiohttp

from .config import ClassConfig, Config, check_options, check_plugins
from .domain.ids import ClassId
from .domain.people import Roster
from .errors import ClassroomError, ConfigError, PermanentError, TemporaryError
from .i18n import Catalogue
from .matrix.appservice import ApplicationService
from .matrix.client import HttpGateway
from .matrix.narrow_sync import NarrowSync
from .matrix.registration import DEVICE, Registration, ensure_registered, read_registration
from .matrix.source import Batch, EventSource
from .provisioning import Desks, Provisioner, Reconciler, observer
from .provisioning.patience import Waiting, log_waiting, patiently
from .provisioning.ratelimit import Exemption, advice, exemption
from .provisioning.staff_room import staff_room_teller
from .roster.office_export import Question
from .roster.whole_class import import_class
from .runtime.core import core_plugin
from .runtime.registry import GROUP, ClassSetup, Registry, find_plugins
from .service import Service
from .storage import inbox, installation
from .storage.database import Database
from .storage.people import load_roster

log = logging.getLogger(__name__)

POLITENESS = 5.0
"""Seconds that looking after rooms waits for answers to people; one room that cannot be written to must not stop it."""


@dataclass(frozen=True, slots=True)
class School:
    """The parts that commands and the service share. `registration` is None for an account that syncs."""

    config: Config
    database: Database
    session: aiohttp.ClientSession
    gateway: HttpGateway
    registration: Registration | None
    provisioner: Provisioner
    texts: Catalogue

    def roster_of(self, class_id: ClassId) -> Roster:
        """In the database's thread."""
        return load_roster(self.database, class_id)


@asynccontextmanager
async def open_school(config: Config, *, waiting: Waiting = log_waiting) -> AsyncIterator[School]:
    """Open the database and the connections. Asks the homeserver nothing yet.

    Args:
        waiting: told when provisioning has to wait for the homeserver.

    Raises:
        ConfigError: the registration or the access token is missing.
        StorageError: the database cannot be opened.
    """
    registration = _registration(config) if config.connection.kind == "appservice" else None
    token = registration.as_token if registration else _access_token(config)
    database = Database(config.database)
    try:
        async with aiohttp.ClientSession() as session:
            gateway = HttpGateway(
                session, config.homeserver.url, token, config.bot.user, act_as=registration is not None, device_id=DEVICE
            )
            texts = Catalogue.core()
            provisioner = Provisioner(
                config,
                database,
                gateway,
                lambda class_id: load_roster(database, class_id),
                tell=staff_room_teller(config, database, texts),
                waiting=waiting,
            )
            yield School(config, database, session, gateway, registration, provisioner, texts)
    finally:
        database.close()


def _registration(config: Config) -> Registration:
    path = config.connection.registration
    assert path is not None
    if not path.exists():
        raise ConfigError("connection.registration", f"{path} is missing; write it with: classroom-matrix registration")
    registration = read_registration(path)
    if registration.user_id != config.bot.user:
        problem = f"{path} is for {registration.user_id}, config.yaml for {config.bot.user}; run: classroom-matrix registration"
        raise ConfigError("connection.registration", problem)
    return registration


def _access_token(config: Config) -> str:
    path = config.connection.access_token_file
    assert path is not None
    try:
        token = path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError("connection.access_token_file", f"{path} cannot be read") from error
    if not token:
        raise ConfigError("connection.access_token_file", f"{path} is empty")
    return token


async def sign_in(school: School) -> None:
    """Make sure that the homeserver knows the account. One attempt.

    Raises:
        TemporaryError: it does not answer.
        ConfigError: it does not know the registration, or the token is another account's.
    """
    url = school.config.homeserver.url
    if school.registration is not None:
        try:
            await ensure_registered(school.session, url, school.registration)
        except PermanentError as error:
            raise ConfigError(
                "connection.registration",
                f"the homeserver at {url} does not accept it ({error.errcode}); name {school.config.connection.registration}"
                " under app_service_config_files in homeserver.yaml and restart the homeserver",
            ) from error
        await _note_where_we_begin(school)
        return
    found = await school.gateway.whoami()
    if found != school.config.bot.user:
        raise ConfigError("connection.access_token_file", f"the token is {found}'s, not {school.config.bot.user}'s")


async def _note_where_we_begin(school: School) -> None:
    """Keep a first sync token, from before there is anything to be pushed: the application service's second look starts
    there. Later than that it would take an event that got stuck for history.
    """
    if await school.database.call(inbox.sync_token, school.database) is not None:
        return

    async def store(batch: Batch) -> None:
        mark = inbox.Mark(batch.kind, batch.mark)
        await school.database.call(inbox.store, school.database, mark, batch.facts, (), time.time())

    await NarrowSync(school.gateway, since=None, ignore=school.config.bot.user).look(store)


async def import_rosters(school: School, *, again: bool = False) -> dict[ClassId, Sequence[Question]]:
    """Bring the tables up to date with class lists and staff that have changed since they were last read.

    Args:
        again: read all of them, changed or not.

    Returns:
        What a person should see, mostly to decide it, by class.

    Raises:
        ConfigError: a list is no class list.
    """
    questions = {}
    problem: ConfigError | None = None
    for klass in school.config.classes:
        try:
            found = await school.database.call(_import, school.database, klass, again)
        except ConfigError as error:
            problem = problem or error  # the other classes' lists are read all the same
            continue
        if found:
            questions[klass.id] = found
    if problem is not None:
        raise problem
    return questions


def _import(database: Database, klass: ClassConfig, again: bool) -> Sequence[Question]:
    name, read = f"roster {klass.id}", _fingerprint(klass)
    if not again and installation.get(database, name) == read:
        return ()
    with database.transaction():
        outcome = import_class(database, klass)
        installation.put(database, name, read)
    return outcome.questions


def _fingerprint(klass: ClassConfig) -> str:
    content = klass.roster.read_bytes() if klass.roster else b""
    return hashlib.blake2b(content + repr(klass.staff).encode(), digest_size=16).hexdigest()


def load_plugins(config: Config) -> Registry:
    """The plugins that classes use, with their options checked.

    Raises:
        ConfigError: a plugin or an option is unknown; names the YAML path.
        PluginError: a plugin cannot be loaded.
    """
    core = core_plugin()
    named = {name for klass in config.classes for name in klass.plugins}
    installed = {point.name for point in entry_points(group=GROUP)}
    plugins = find_plugins(sorted(named & installed), core.catalogue)
    types = {name: loaded.plugin.config for name, loaded in plugins.items()}
    check_plugins(config, {name: types.get(name) for name in installed})
    setups = [
        ClassSetup(
            klass.klass,
            {
                name: check_options(types[name], raw, f"classes[{place}].plugins.{name}", klass.rooms)
                for name, raw in klass.plugins.items()
            },
        )
        for place, klass in enumerate(config.classes)
    ]
    return Registry(core, plugins, setups)


async def serve(config: Config) -> None:
    """Run the service until cancelled.

    Raises:
        ClassroomError: it cannot start, or a part cannot go on.
    """
    registry = load_plugins(config)
    async with open_school(config) as school:
        await patiently(lambda: _sign_in_slowly(school))
        loop = asyncio.get_running_loop()

        def noted() -> None:
            with suppress(RuntimeError):  # the loop has just ended; the mark is in the database
                loop.call_soon_threadsafe(reconciler.wake)

        desks = Desks(config, school.database, school.gateway, school.provisioner.maker, school.roster_of)
        service = Service(
            school.database,
            registry,
            school.gateway,
            await _source(school),
            desks.ensure_desk,
            observers=[observer(config.bot.user, noted)],
        )
        reconciler = Reconciler(
            config, school.database, school.provisioner, idle=partial(service.sender.idle, POLITENESS), told=service.engine.wake
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

        await service.run(look_after_classes)


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


async def _source(school: School) -> EventSource:
    connection, bot = school.config.connection, school.config.bot.user
    since = await school.database.call(inbox.sync_token, school.database)
    sync = NarrowSync(school.gateway, since=since, ignore=bot)
    if school.registration is None:
        return sync
    return ApplicationService(
        school.gateway,
        appservice_id=school.registration.id,
        hs_token=school.registration.hs_token,
        host=connection.host,
        port=connection.port,
        ignore=bot,
        second_look=sync,
    )
