"""From config.yaml to running parts: one school's database, account, provisioner and service. Wiring only."""

from __future__ import annotations

import logging
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from importlib.metadata import entry_points
from typing import TYPE_CHECKING

import aiohttp

from .config import ClassConfig, Config, check_options, check_plugins
from .domain.ids import ClassId, RoomId
from .domain.people import Roster
from .errors import ConfigError, PermanentError
from .i18n import Catalogue
from .matrix.accounts import Accounts
from .matrix.accounts_client import SocketAccounts
from .matrix.client import HttpGateway
from .matrix.narrow_sync import NarrowSync
from .matrix.registration import DEVICE, Registration, ensure_registered, read_registration
from .matrix.source import Batch
from .provisioning import Desks, Provisioner
from .provisioning.design import ADDRESS_KEY
from .provisioning.patience import Waiting, log_waiting
from .provisioning.staff_room import staff_room_teller
from .runtime.core import core_plugin
from .runtime.registry import GROUP, ClassSetup, Registry, find_plugins
from .storage import inbox, installation
from .storage.database import Database
from .storage.encryption import rooms as e2e_rooms
from .storage.people import load_roster

if TYPE_CHECKING:
    from .roster.question import Question

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class School:
    """The parts that commands and the service share.

    Args:
        registration: None for an account that syncs.
        accounts: None where config.yaml names no accounts process.
        desks: households' rooms; shares its maker with the provisioner.
    """

    config: Config
    database: Database
    session: aiohttp.ClientSession
    gateway: HttpGateway
    registration: Registration | None
    provisioner: Provisioner
    texts: Catalogue
    accounts: Accounts | None
    desks: Desks

    def roster_of(self, class_id: ClassId) -> Roster:
        """In the database's thread."""
        return load_roster(self.database, class_id)


@asynccontextmanager
async def open_school(
    config: Config, *, waiting: Waiting = log_waiting, started: Callable[[], None] = lambda: None
) -> AsyncIterator[School]:
    """Open the database and the connections. Asks the homeserver nothing yet.

    Args:
        waiting: told when provisioning has to wait for the homeserver.
        started: called when a new desk has started tasks.

    Raises:
        ConfigError: the registration or the access token is missing.
        StorageError: the database cannot be opened.
    """
    registration = _registration(config) if config.connection.kind == "appservice" else None
    token = registration.as_token if registration else _access_token(config)
    database = Database(config.database)
    try:
        await database.call(installation.ensure_secret, database, ADDRESS_KEY)
        async with aiohttp.ClientSession() as session:
            gateway = HttpGateway(
                session,
                config.homeserver.url,
                token,
                config.bot.user,
                act_as=registration is not None,
                device_id=DEVICE,
                changed=partial(_note_change, database),  # for a service that runs beside a command
            )
            texts = Catalogue.core()
            provisioner = Provisioner(
                config,
                database,
                gateway,
                partial(load_roster, database),
                tell=staff_room_teller(config, database, texts),
                waiting=waiting,
            )
            accounts = SocketAccounts(config.accounts.socket) if config.accounts else None
            roster_of = partial(load_roster, database)
            desks = Desks(config, database, gateway, provisioner.maker, roster_of, started=started)
            yield School(config, database, session, gateway, registration, provisioner, texts, accounts, desks)
    finally:
        database.close()


async def _note_change(database: Database, room_id: RoomId) -> None:
    await database.call(e2e_rooms.note_change, database, room_id)


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
        await school.database.call(inbox.store, school.database, mark, (), (), time.time())  # a first sync has no facts

    await NarrowSync(school.gateway, since=None, ignore=school.config.bot.user).look(store)


async def import_rosters(school: School, *, again: bool = False) -> dict[ClassId, Sequence[Question]]:
    """Follow the staff of config.yaml, and take class lists over where a class has nobody yet.

    A list that changes later is not taken over by itself: somebody looks at the difference first.

    Args:
        again: read all lists for what is unclear in them, changed or not.

    Returns:
        What a person should see, mostly to decide it, by class.

    Raises:
        ConfigError: a list is no class list.
    """
    questions = {}
    problem: ConfigError | None = None
    for klass in school.config.classes:
        try:
            found = await school.database.call(_import, school.database, klass, school.config.roster_columns, again)
        except ConfigError as error:
            problem = problem or error  # the other classes' lists are read all the same
            continue
        if found:
            questions[klass.id] = found
    if problem is not None:
        raise problem
    return questions


def _import(database: Database, klass: ClassConfig, columns: Mapping[str, str], again: bool) -> Sequence[Question]:
    from .roster.whole_class import follow_class  # noqa: PLC0415 - reading lists takes a tenth of a second to import

    questions = follow_class(database, klass, columns, again=again)
    for question in questions:
        if question.row == 0 and question.open and not again:
            log.warning("class %s: %s", klass.id, question.sentence)  # about the file: holds nothing personal
    return questions


def load_plugins(config: Config) -> Registry:
    """The plugins that classes use, with their options checked.

    Raises:
        ConfigError: a plugin or an option is unknown; names the YAML path.
        PluginError: a plugin cannot be loaded.
    """
    core = core_plugin(
        bot_name=config.bot.name,
        admins={klass.id: klass.admins for klass in config.classes},
        site=config.join.url if config.join else "",
    )
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
    return Registry(core, plugins, setups, config.private_encrypted)
