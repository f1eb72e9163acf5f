"""config.yaml → `Config`: every setting there is, with its default."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import time, timedelta
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

from ..domain.ids import ClassId, UserId
from ..domain.people import STAFF, Role
from ..domain.rooms import DESK, PRIVATE, ROLES
from ..domain.time import NEVER_QUIET, OfficeHours, QuietHours
from ..errors import ConfigError
from . import values
from .encrypted import DEFAULT as ENCRYPTED
from .encrypted import check_roles, read_roles
from .model import (
    AccountsConfig,
    BotConfig,
    ClassConfig,
    Config,
    ConnectionConfig,
    HomeserverConfig,
    JoinConfig,
    StaffConfig,
    Strangers,
    WrittenOptions,
)
from .node import Node, Problems
from .rooms import RoomChange, merged, read_changes
from .yaml_file import line_numbers, read_yaml

LANGUAGES = ("ru", "en")
DIGEST = time(18)
_SHARED = (
    "language",
    "timezone",
    "quiet_hours",
    "office_hours",
    "digest",
    "digest_for_all",
    "rooms",
    "plugins",
    "admins",
    "strangers",
    "encrypted",
)
_TOP = ("homeserver", "bot", "connection", "database", "accounts", "join", "roster_columns", *_SHARED, "classes")
_CLASS = ("id", "name", "roster", "staff", "continues", "pupil_accounts", "contact", *_SHARED)
_STAFF = ("name", "role", "user", "language", "since", "until")
_ACCOUNTS = ("socket", "admin_token_file", "ledger", "quotas")
_JOIN = ("listen", "url", "element", "homeserver", "expires_days", "proxies")
_HOMESERVER, _BOT = ("url", "server_name"), ("user", "name")
_APPSERVICE, _SYNC = ("kind", "listen", "registration", "receipts"), ("kind", "access_token_file", "receipts")
SETTINGS = frozenset(
    [name for name in (*_TOP, *_CLASS) if name not in ("homeserver", "bot", "connection", "accounts", "join")]
    + [f"homeserver.{name}" for name in _HOMESERVER]
    + [f"bot.{name}" for name in _BOT]
    + [f"connection.{name}" for name in (*_APPSERVICE, *_SYNC)]
    + [f"accounts.{name}" for name in _ACCOUNTS]
    + [f"join.{name}" for name in _JOIN]
)
"""Every setting but those of rooms, staff and plugins; the documentation has all of them."""
_STAFF_ROLES = tuple(sorted(str(role.value) for role in STAFF))


def load(path: Path) -> Config:
    """Read and check a config.yaml.

    Raises:
        ConfigError: names the YAML path of what is wrong; `ConfigErrors` where several things are.
    """
    raw = read_yaml(path)
    if not isinstance(raw, dict):
        raise ConfigError(str(path), "is empty" if raw is None else "expected a mapping with homeserver, bot, classes")
    problems = Problems()
    config = _config(Node(raw, "", problems, path.resolve().parent), path.resolve())
    problems.raise_if_any(lambda: line_numbers(path))
    return config


def _config(root: Node, path: Path) -> Config:
    root.mapping(_TOP)
    homeserver = _homeserver(root["homeserver"])
    bot = _bot(root["bot"], homeserver.server_name)
    connection = _connection(root["connection"])
    written: list[WrittenOptions] = []
    defaults = _shared(root, homeserver.server_name, None, written)
    nodes = list(root["classes"].items())
    if not nodes:
        root["classes"].fail("needs at least one class")
    classes = tuple(_class(node, homeserver.server_name, defaults, written) for node in nodes)
    seen: dict[str, str] = {}
    for node, klass in zip(nodes, classes, strict=True):
        if klass.id and klass.id in seen:
            node["id"].fail(f'"{klass.id}" is taken by {seen[klass.id]}; every class needs an id of its own')
        seen.setdefault(klass.id, node.path)
        if klass.continues == klass.id and klass.id:
            node["continues"].fail("a class cannot continue itself; name last year's")
    known = dict.fromkeys([*ROLES, *(role for klass in classes for role in klass.rooms)])
    check_roles(root["encrypted"], known, of_class=False)
    return Config(
        homeserver=homeserver,
        bot=bot,
        connection=connection,
        database=root["database"].file() or root.folder / "var" / "classroom.db",
        classes=classes,
        accounts=_accounts(root["accounts"]),
        join=_join(root["join"], homeserver.server_name),
        roster_columns={heading: node.text() for heading, node in root["roster_columns"].entries()},
        written_options=tuple(written),
        private_encrypted=PRIVATE in defaults.encrypted,
        path=path,
    )


def _homeserver(node: Node) -> HomeserverConfig:
    if not node.mapping(_HOMESERVER):
        return HomeserverConfig("", "")
    return HomeserverConfig(
        url=node["url"].parsed(values.base_url, "an address such as http://127.0.0.1:8008", ""),
        server_name=node["server_name"].parsed(values.server_name, "a server name such as school.example", ""),
    )


def _bot(node: Node, server: str) -> BotConfig:
    if not node.mapping(_BOT, required=False):
        return BotConfig(UserId(f"@classroom:{server}"), "Classroom")
    user = _user(node["user"], server, UserId(f"@classroom:{server}"))
    if server and user and not user.endswith(f":{server}"):
        node["user"].fail(f"the bot's account has to be on {server}")
    return BotConfig(user, node["name"].text("Classroom"))


def _connection(node: Node) -> ConnectionConfig:
    kind = node["kind"].choice(("appservice", "sync"), "appservice")
    if kind == "sync":
        node.mapping(_SYNC)
        token = node["access_token_file"].file(required=True)
        return ConnectionConfig("sync", access_token_file=token, receipts=node["receipts"].flag(default=True))
    node.mapping(_APPSERVICE, required=False)
    host, port = node["listen"].parsed(values.listen, "an address such as 127.0.0.1:9009", ("", 0), ("127.0.0.1", 9009))
    return ConnectionConfig(
        "appservice",
        host=host,
        port=port,
        registration=node["registration"].file() or node.folder / "var" / "registration.yaml",
        receipts=node["receipts"].flag(default=True),
    )


def _accounts(node: Node) -> AccountsConfig | None:
    if not node.mapping(_ACCOUNTS, required=False):
        return None
    var = node.folder / "var"
    return AccountsConfig(
        socket=node["socket"].file() or var / "accounts.sock",
        admin_token_file=node["admin_token_file"].file() or var / "admin.token",
        ledger=node["ledger"].file() or var / "accounts.db",
        quotas={verb: entry.number() for verb, entry in node["quotas"].entries()},
    )


def _join(node: Node, server: str) -> JoinConfig | None:
    if not node.mapping(_JOIN, required=False):
        return None
    host, port = node["listen"].parsed(values.listen, "an address such as 127.0.0.1:8080", ("", 0), ("127.0.0.1", 8080))
    address = "an address such as https://school.example"
    element = node["element"].parsed(values.base_url, address, "") if node["element"].given else None
    homeserver = node["homeserver"].parsed(values.base_url, address, "", f"https://{server}")
    proxies = (
        tuple(item.parsed(values.network, "an address such as 127.0.0.1 or 10.0.0.0/8", "") for item in node["proxies"].items())
        if node["proxies"].given
        else ("127.0.0.1", "::1")
    )
    return JoinConfig(
        host=host,
        port=port,
        url=node["url"].parsed(values.site_url, address, ""),
        element=element or None,
        expires=timedelta(days=node["expires_days"].number(14)),
        proxies=proxies,
        homeserver=homeserver,
    )


@dataclass(frozen=True, slots=True)
class _Shared:
    """Settings that stand at the top and may stand in a class."""

    language: str
    zone: ZoneInfo
    quiet: QuietHours
    office: OfficeHours | None
    digest: time | None
    digest_for_all: bool
    admins: tuple[UserId, ...]
    strangers: Strangers
    encrypted: frozenset[str]  # roles
    rooms: Mapping[str, RoomChange]
    plugins: Mapping[str, Mapping[str, Any]]


def _shared(node: Node, server: str, above: _Shared | None, written: list[WrittenOptions]) -> _Shared:
    utc = ZoneInfo("UTC")
    return _Shared(
        language=node["language"].choice(LANGUAGES, above.language if above else "ru"),
        zone=node["timezone"].parsed(
            values.zone, "a time zone such as Europe/Moscow", utc, above.zone if above else ZoneInfo("Europe/Moscow")
        ),
        quiet=_quiet(node["quiet_hours"], above.quiet if above else NEVER_QUIET),
        office=_office(node["office_hours"], above.office if above else None),
        digest=_digest(node["digest"], above.digest if above else DIGEST),
        digest_for_all=node["digest_for_all"].flag(default=above.digest_for_all if above else False),
        admins=tuple(_user(item, server, None) for item in node["admins"].items())
        if node["admins"].given
        else above.admins
        if above
        else (),
        strangers=cast("Strangers", node["strangers"].choice(("remove", "report"), above.strangers if above else "remove")),
        encrypted=read_roles(node["encrypted"], above.encrypted if above else ENCRYPTED),
        rooms=read_changes(node["rooms"]),
        plugins=_plugins(node["plugins"], above.plugins if above else {}, written),
    )


def _quiet(node: Node, default: QuietHours) -> QuietHours:
    if node.value is False:
        return NEVER_QUIET
    return node.parsed(values.quiet_hours, 'quiet hours such as "21:00-07:00", or false', NEVER_QUIET, default)


def _office(node: Node, default: OfficeHours | None) -> OfficeHours | None:
    if node.value is False:
        return None
    return node.parsed(values.office_hours, 'office hours such as "Mon-Fri 14:00-18:00", or false', None, default)


def _digest(node: Node, default: time | None) -> time | None:
    if node.value is False:
        return None
    return node.parsed(values.clock, 'a time of day such as "18:00", or false', None, default)


def _plugins(node: Node, above: Mapping[str, Mapping[str, Any]], written: list[WrittenOptions]) -> dict[str, Mapping[str, Any]]:
    plugins = dict(above)
    for name, options in node.entries():
        if options.value is False:
            plugins.pop(name, None)
        elif options.value is None or options.value is True:
            plugins.setdefault(name, {})
        elif isinstance(options.value, dict):
            raw = {key: entry.value for key, entry in options.entries()}
            written.append(WrittenOptions(options.path, name, raw))
            plugins[name] = {**plugins.get(name, {}), **raw}
        else:
            options.fail("expected the plugin's options as a mapping, or false")
    return plugins


def _class(node: Node, server: str, defaults: _Shared, written: list[WrittenOptions]) -> ClassConfig:
    node.mapping(_CLASS)
    shared = _shared(node, server, defaults, written)
    name = node["name"].text(expected='a name such as "3Б, 2026/27"')
    roster = node["roster"].file()
    if roster is not None and not roster.is_file():
        node["roster"].fail(f"there is no file {roster}")
    rooms = merged(shared.language, name, defaults.rooms, shared.rooms)
    check_roles(node["encrypted"], rooms, of_class=True)
    return ClassConfig(
        id=ClassId(node["id"].parsed(values.slug, 'lower-case Latin letters, digits and hyphens, such as "3b-2026"', "")),
        name=name,
        language=shared.language,
        zone=shared.zone,
        quiet=shared.quiet,
        office=shared.office,
        digest=shared.digest,
        digest_for_all=shared.digest_for_all,
        roster=roster,
        staff=_staff(node["staff"], server),
        rooms={role: replace(room, encrypted=role in shared.encrypted) for role, room in rooms.items()},
        plugins=shared.plugins,
        admins=shared.admins,
        strangers=shared.strangers,
        continues=ClassId(node["continues"].parsed(values.slug, "the id of last year's class", ""))
        if node["continues"].given
        else None,
        pupil_accounts=node["pupil_accounts"].flag(default=False),
        contact=node["contact"].text() if node["contact"].given else None,
        desks_encrypted=DESK in shared.encrypted,
    )


def _staff(node: Node, server: str) -> tuple[StaffConfig, ...]:
    staff: list[StaffConfig] = []
    for item in node.items():
        if not item.mapping(_STAFF):
            continue
        user = _user(item["user"], server, None)
        if user and any(user == other.user for other in staff):
            item["user"].fail(f"{user} is listed twice")
        role = Role(item["role"].choice(_STAFF_ROLES, "teacher"))
        since, until = item["since"].day(), item["until"].day()
        if since and until and until < since:
            item["until"].fail("is before “since”")
        language = item["language"].choice(LANGUAGES, None)
        staff.append(StaffConfig(item["name"].text(), role, user or None, language, since, until))
    return tuple(staff)


def _user(node: Node, server: str, default: Any) -> UserId:
    expected = f'a user ID such as "@anna:{server or "school.example"}"'
    return node.parsed(lambda text: values.user_id(text, server), expected, UserId(""), default)
