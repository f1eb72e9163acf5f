"""The embedded homeserver's files: configuration, log configuration, signing key, secrets.

Privacy first: nothing listens beyond loopback, nothing is federated, nobody can be looked up, nobody registers alone.
What every school's homeserver is told too stands in `matrix.homeserver_settings`.
"""

from __future__ import annotations

import base64
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import yaml

from ..matrix.homeserver_settings import as_mapping, gate, homeserver_settings
from ..matrix.registration import read_registration

Limits = Literal["lifted", "default", "generated"]

_LIMITS = (
    ("rc_message",),
    ("rc_registration",),
    ("rc_registration_token_validity",),
    ("rc_login", "address"),
    ("rc_login", "account"),
    ("rc_login", "failed_attempts"),
    ("rc_admin_redaction",),
    ("rc_joins", "local"),
    ("rc_joins", "remote"),
    ("rc_joins_per_room",),
    ("rc_3pid_validation",),
    ("rc_invites", "per_room"),
    ("rc_invites", "per_user"),
    ("rc_invites", "per_issuer"),
    ("rc_third_party_invite",),
    ("rc_media_create",),
    ("rc_room_creation",),
    ("rc_profile",),
)
"""Every limit of Synapse that a person or the bot can run into."""


@dataclass(frozen=True, slots=True)
class HomeserverOptions:
    """What differs between one embedded homeserver and another.

    Args:
        folder: holds everything the homeserver keeps; made with mode 0700.
        server_name: the part of every ID after the colon.
        port: of the client API, on 127.0.0.1.
        registrations: registration files of application services.
        limits: Synapse's own rate limits ("default"), those that a school's homeserver is given ("generated"), or none in
            practice ("lifted").
        bcrypt_rounds: cost of a password's hash; Synapse's own default is 12, the least is 4.
        module_folder: holds classroom_gate.py, which is loaded for the bot of the first registration; those of the others
            are as free. None loads no module.
        auto_accept: whether the homeserver accepts invitations on people's behalf.
        instead: top-level keys of homeserver.yaml that are put in place of the school's, so that a test can show what those are
            good for.
    """

    folder: Path
    server_name: str
    port: int
    registrations: Sequence[Path] = ()
    limits: Limits = "lifted"
    bcrypt_rounds: int = 12
    module_folder: Path | None = None
    auto_accept: bool = False
    instead: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Secrets:
    """Made once per folder: other values would log everybody out and make old passwords useless."""

    registration_shared_secret: str
    macaroon_secret_key: str
    form_secret: str
    password_pepper: str


def write_config(options: HomeserverOptions) -> Path:
    """Write all files into the folder; secrets and signing key are kept where they exist.

    Returns:
        The path of ``homeserver.yaml``.

    Raises:
        OSError: the folder cannot be written (disk full, no right).
    """
    options.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    _write_signing_key(options.folder / "signing.key")
    log_config = options.folder / "log.yaml"
    _write(log_config, yaml.safe_dump(_log_settings(options.folder / "homeserver.log")))
    config = options.folder / "homeserver.yaml"
    _write(config, yaml.safe_dump(settings(options, ensure_secrets(options.folder)), sort_keys=False))
    return config


def ensure_secrets(folder: Path) -> Secrets:
    """Read the secrets of the folder, or make them."""
    path = folder / "secrets.yaml"
    if not path.exists():
        made = {name: secrets.token_urlsafe(32) for name in Secrets.__slots__}
        _write(path, yaml.safe_dump(made))
    return Secrets(**yaml.safe_load(path.read_text("utf-8")))


def settings(options: HomeserverOptions, keys: Secrets) -> dict[str, Any]:
    """The content of ``homeserver.yaml``."""
    school = as_mapping(homeserver_settings(auto_accept=options.auto_accept))
    if options.limits != "generated":
        school = {key: value for key, value in school.items() if not key.startswith("rc_")}
    return {
        **school,
        **_process(options),
        **_keys(options, keys),
        **_module(options),
        **(_lifted() if options.limits == "lifted" else {}),
        **options.instead,
    }


def _module(options: HomeserverOptions) -> dict[str, Any]:
    if options.module_folder is None:
        return {}
    bot, *others = [read_registration(path).user_id for path in options.registrations]
    return as_mapping([gate(bot, others)])


def _process(options: HomeserverOptions) -> dict[str, Any]:
    folder = options.folder.resolve()
    return {
        "server_name": options.server_name,
        "public_baseurl": f"http://127.0.0.1:{options.port}/",
        "pid_file": str(folder / "homeserver.pid"),
        "listeners": [
            {
                "port": options.port,
                "type": "http",
                "bind_addresses": ["127.0.0.1"],
                "tls": False,
                "x_forwarded": False,
                "resources": [{"names": ["client"], "compress": False}],
            }
        ],
        "database": {"name": "sqlite3", "args": {"database": str(folder / "homeserver.db")}},
        "log_config": str(folder / "log.yaml"),
        "signing_key_path": str(folder / "signing.key"),
        "media_store_path": str(folder / "media"),
        "app_service_config_files": [str(path.resolve()) for path in options.registrations],
        # A fresh database runs dozens of background updates; without pauses they are over before anybody measures.
        "background_updates": {"sleep_enabled": False},
    }


def _keys(options: HomeserverOptions, keys: Secrets) -> dict[str, Any]:
    return {
        "report_stats": False,  # Synapse does not start without an answer
        "registration_shared_secret": keys.registration_shared_secret,
        "macaroon_secret_key": keys.macaroon_secret_key,
        "form_secret": keys.form_secret,
        "bcrypt_rounds": options.bcrypt_rounds,
        "password_config": {"pepper": keys.password_pepper},
    }


def _lifted() -> dict[str, Any]:
    limits: dict[str, Any] = {}
    for path in _LIMITS:
        place = limits
        for name in path[:-1]:
            place = place.setdefault(name, {})
        place[path[-1]] = {"per_second": 100_000, "burst_count": 100_000}
    return limits


def _log_settings(path: Path) -> Mapping[str, Any]:
    # WARNING: at INFO every request stands in the log with its address, and each costs processor time.
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s - %(message)s"}},
        "handlers": {
            "file": {
                "class": "logging.handlers.RotatingFileHandler",
                "formatter": "plain",
                "filename": str(path.resolve()),
                "maxBytes": 5_000_000,
                "backupCount": 1,
                "encoding": "utf-8",
            }
        },
        "root": {"level": "WARNING", "handlers": ["file"]},
    }


def _write_signing_key(path: Path) -> None:
    """The format of Synapse's own generator: algorithm, version, seed of 32 bytes in unpadded base64."""
    if not path.exists():
        seed = base64.b64encode(secrets.token_bytes(32)).decode().rstrip("=")
        _write(path, f"ed25519 a_{secrets.token_hex(2)} {seed}\n")


def _write(path: Path, text: str) -> None:
    """Write so that only the owner can read, and so that a crash leaves the old file or the new one."""
    fresh = path.with_name(path.name + ".new")
    fresh.touch(mode=0o600)
    fresh.chmod(0o600)
    fresh.write_text(text, "utf-8")
    fresh.replace(path)
