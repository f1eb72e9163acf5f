"""Where the demo plays: its folder, and a configuration derived from the school's own."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml
from yarl import URL

from ..config import Config, load
from ..config.yaml_file import read_yaml
from ..errors import ClassroomError, ConfigError
from ..school import load_plugins

DEFAULT = Path("config.yaml")
"""The configuration that may be missing."""

_NEEDED = 20 * 2**20  # bytes

_JOIN = "127.0.0.1:8080"
_ACCOUNTS = {
    "socket": "accounts.sock",
    "admin_token_file": "admin.token",
    "ledger": "accounts.db",
}  # as AccountsProcess has them

_LOOPBACK = frozenset({"127.0.0.1", "localhost"})

_WITHOUT_A_CONFIG: Mapping[str, Any] = {
    "homeserver": {"url": "http://127.0.0.1:8008", "server_name": "school.localhost"},
    "bot": {"user": "classroom", "name": "Классный помощник"},
    "connection": {"kind": "appservice", "listen": "127.0.0.1:9009"},
    "language": "ru",
    "timezone": "Europe/Moscow",
    "quiet_hours": "21:00-07:00",
    "plugins": {"polls": {}},
    "classes": [
        {
            "id": "3b-2026",
            "name": "3Б, 2026/27",
            "staff": [{"name": "Смирнова Ольга Петровна", "role": "teacher", "user": "teacher"}],
        }
    ],
}
"""What plays where no config.yaml is at hand, for instance after ``pip install``."""


@dataclass(frozen=True, slots=True)
class Stage:
    """The demo's folder. Everything that the demo writes is in it; only its owner can look into it."""

    folder: Path
    config: Config

    @property
    def config_file(self) -> Path:
        return self.folder / "config.yaml"

    @property
    def registration(self) -> Path:
        return self.folder / "registration.yaml"

    @property
    def homeserver(self) -> Path:
        return self.folder / "homeserver"

    @property
    def log(self) -> Path:
        return self.folder / "service.log"

    @property
    def accounts(self) -> Path:
        return self.folder / "accounts.json"

    @property
    def accounts_process(self) -> Path:
        """Folder of the process that holds the admin power."""
        return self.folder / "accounts"

    @property
    def access(self) -> Path:
        return self.folder / "access.json"

    @property
    def port(self) -> int:
        """Of the homeserver, on 127.0.0.1."""
        return URL(self.config.homeserver.url).port or 80


def prepare(source: Path, folder: Path) -> Stage:
    """Make the folder and write the demo's configuration into it: `source` with database, registration and log moved there.

    A class without a roster gets the sample one. Where `source` is `DEFAULT` and missing, a sample class plays. A demo never
    talks to a homeserver elsewhere.

    Raises:
        ConfigError: `source` is wrong, or names a homeserver that is not on this machine.
        ClassroomError: the folder cannot be written.
    """
    folder = folder.resolve()
    if source.exists() or source != DEFAULT:
        config = load(source)
        load_plugins(config)  # here, where the lines that errors name are the school's own
        raw = read_yaml(source)
        if URL(config.homeserver.url).host not in _LOOPBACK:
            raise ConfigError(
                "homeserver.url",
                "the demo's homeserver runs on this machine only; expected an address such as http://127.0.0.1:8008",
            )
        listen = f"{config.connection.host}:{config.connection.port}"
        join = f"{config.join.host}:{config.join.port}" if config.join else _JOIN
        raw = _moved(raw, source.resolve().parent)
    else:
        raw, listen, join = dict(_WITHOUT_A_CONFIG), _WITHOUT_A_CONFIG["connection"]["listen"], _JOIN
    raw["connection"] = {"kind": "appservice", "listen": listen, "registration": "registration.yaml"}
    raw["database"] = "classroom.db"
    raw["accounts"] = {name: f"accounts/{file}" for name, file in _ACCOUNTS.items()}
    raw["join"] = {"listen": join, "url": f"http://{join}", "homeserver": raw["homeserver"]["url"]}
    sample = str(files(__package__).joinpath("roster.csv"))
    raw["classes"] = [{"roster": sample, **klass} for klass in raw["classes"]]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
        target = folder / "config.yaml"
        target.write_text(yaml.safe_dump(raw, allow_unicode=True, sort_keys=False), "utf-8")
    except OSError as error:
        raise ClassroomError(f"the demo's folder {folder} cannot be written: {error.strerror}") from error
    return Stage(folder, load(target))


def require_space(folder: Path) -> None:
    """Make sure that the demo can go on writing: its files take about 4 MB after the first run, and grow.

    Raises:
        ClassroomError: the disk is nearly full.
    """
    free = shutil.disk_usage(folder).free
    if free < _NEEDED:
        raise ClassroomError(
            f"the disk that holds {folder} is full: {free // 2**20} MB are free, {_NEEDED // 2**20} are needed"
        )


def _moved(raw: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """The same configuration with file names that hold from anywhere."""
    moved = dict(raw)
    moved["rooms"] = _avatars_moved(raw.get("rooms"), folder)
    moved["classes"] = []
    for klass in raw["classes"]:
        copy = {**klass, "rooms": _avatars_moved(klass.get("rooms"), folder)}
        if klass.get("roster"):
            copy["roster"] = str(folder / klass["roster"])
        moved["classes"].append(copy)
    return moved


def _avatars_moved(rooms: Mapping[str, Any] | None, folder: Path) -> dict[str, Any]:
    moved: dict[str, Any] = {}
    for role, room in (rooms or {}).items():
        moved[role] = room
        if isinstance(room, dict) and room.get("avatar") and not room["avatar"].startswith("mxc://"):
            moved[role] = {**room, "avatar": str(folder / room["avatar"])}
    return moved
