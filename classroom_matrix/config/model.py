"""What config.yaml says, as frozen objects. Paths are absolute; a class's settings already include the defaults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

from ..api.context import Klass
from ..domain.ids import ClassId, UserId
from ..domain.people import Role
from ..domain.rooms import RoomConfig
from ..domain.time import OfficeHours, QuietHours
from ..errors import ConfigError

Strangers = Literal["remove", "report"]


@dataclass(frozen=True, slots=True)
class HomeserverConfig:
    """`url`: where the service reaches the homeserver; `server_name`: the part behind ":" in user IDs."""

    url: str
    server_name: str


@dataclass(frozen=True, slots=True)
class BotConfig:
    """The service's own account. `name`: what people see."""

    user: UserId
    name: str


@dataclass(frozen=True, slots=True)
class ConnectionConfig:
    """How events arrive.

    ``appservice``: the homeserver pushes to `host`:`port`; tokens stand in the file `registration`.
    ``sync``: the service asks, with the access token in the file `access_token_file`.
    `receipts`: whether read receipts in rooms of announcements are noted.
    """

    kind: Literal["appservice", "sync"]
    host: str = "127.0.0.1"
    port: int = 9009
    registration: Path | None = None
    access_token_file: Path | None = None
    receipts: bool = True


@dataclass(frozen=True, slots=True)
class StaffConfig:
    """A teacher, substitute or specialist; on the days from `since` to `until`, both included.

    `user`: an account that IT made; without one they get a slip like everybody else.
    """

    name: str
    role: Role
    user: UserId | None = None
    language: str | None = None
    since: date | None = None
    until: date | None = None

    def serves(self, today: date) -> bool:
        return (self.since is None or self.since <= today) and (self.until is None or today <= self.until)


@dataclass(frozen=True, slots=True)
class AccountsConfig:
    """The accounts process. Only `socket` concerns the service; the rest is read by that process alone.

    `quotas`: calls a day by verb, in place of the built-in numbers.
    """

    socket: Path
    admin_token_file: Path
    ledger: Path
    quotas: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class JoinConfig:
    """The join page.

    Args:
        host, port: where it listens, behind the school's web server.
        url: what people type, without a slash at the end, such as https://school.example.
        element: address of Element Web without a slash at the end, or None.
        expires: how long a slip is good for.
        proxies: addresses of web servers whose X-Forwarded-For is believed.
        homeserver: where browsers reach the client API, without a slash at the end; Element Web is told so when it is
            handed a login.
    """

    host: str
    port: int
    url: str
    element: str | None = None
    expires: timedelta = timedelta(days=14)
    proxies: tuple[str, ...] = ("127.0.0.1", "::1")
    homeserver: str = ""


@dataclass(frozen=True, slots=True)
class ClassConfig:
    """One class in one year. `plugins`: raw options by plugin name, see `config.options`."""

    id: ClassId
    name: str
    language: str
    zone: ZoneInfo
    quiet: QuietHours
    roster: Path | None = None
    staff: tuple[StaffConfig, ...] = ()
    rooms: Mapping[str, RoomConfig] = field(default_factory=dict)
    plugins: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    admins: tuple[UserId, ...] = ()
    strangers: Strangers = "remove"
    continues: ClassId | None = None  # last year's class
    pupil_accounts: bool = False  # whether pupils get accounts of their own
    contact: str | None = None  # whom to ask for help with getting in, as printed on slips
    office: OfficeHours | None = None  # when staff answer
    digest: time | None = time(18)  # of the evening letter, local; None: there is none
    digest_for_all: bool = False  # whether households get it that have not said anything
    desks_encrypted: bool = True  # whether the rooms of households are to be; other rooms say it themselves

    @property
    def klass(self) -> Klass:
        """The class as plugins see it."""
        return Klass(
            self.id,
            self.name,
            self.language,
            self.zone,
            self.quiet,
            self.office,
            self.digest,
            digest_for_all=self.digest_for_all,
        )


@dataclass(frozen=True, slots=True)
class WrittenOptions:
    """A plugin's options exactly as they stand at `path`, before defaults are merged in."""

    path: str
    plugin: str
    raw: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Config:
    """A whole config.yaml."""

    homeserver: HomeserverConfig
    bot: BotConfig
    connection: ConnectionConfig
    database: Path
    classes: tuple[ClassConfig, ...]
    accounts: AccountsConfig | None = None
    join: JoinConfig | None = None
    roster_columns: Mapping[str, str] = field(default_factory=dict)  # heading in the office's list → roster.headings.Column
    written_options: tuple[WrittenOptions, ...] = ()
    private_encrypted: bool = True  # whether private chats with the service are to be encrypted
    path: Path | None = None

    def klass(self, class_id: str) -> ClassConfig:
        """The class with this ID.

        Raises:
            ConfigError: there is none.
        """
        for klass in self.classes:
            if klass.id == class_id:
                return klass
        raise ConfigError("classes", f"there is no class with id {class_id!r}")
