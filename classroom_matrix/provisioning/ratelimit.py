"""Whether the homeserver lets the bot work at full speed, and the one call that makes it so."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from urllib.parse import quote

import aiohttp
import yaml

from ..config import Config
from ..domain.ids import UserId


class Exemption(Enum):
    """What is known about the bot's rate limits."""

    GRANTED = "granted"
    MISSING = "missing"
    UNKNOWN = "unknown"  # seen only by being told to wait: the question needs an admin's token


async def exemption(config: Config, session: aiohttp.ClientSession, admin_token: str | None = None) -> Exemption:
    """Look at the registration's ``rate_limited`` or, for an account that syncs, ask Synapse's admin API."""
    if config.connection.kind == "appservice":
        return _by_registration(config.connection.registration)
    if admin_token is None:
        return Exemption.UNKNOWN
    try:
        async with session.get(_url(config), headers={"Authorization": f"Bearer {admin_token}"}) as response:
            if response.status != 200:
                return Exemption.UNKNOWN
            answer = await response.json()
    except (aiohttp.ClientError, TimeoutError, OSError):
        return Exemption.UNKNOWN
    return Exemption.GRANTED if answer.get("messages_per_second") == 0 else Exemption.MISSING


def _by_registration(path: Path | None) -> Exemption:
    try:
        registration = yaml.safe_load(path.read_text(encoding="utf-8")) if path else None
    except (OSError, yaml.YAMLError, UnicodeDecodeError):
        return Exemption.UNKNOWN
    if not isinstance(registration, dict):
        return Exemption.UNKNOWN
    return Exemption.GRANTED if registration.get("rate_limited") is False else Exemption.MISSING


def advice(config: Config) -> str:
    """What IT does to lift the limits: one call with an admin's token, or one line of the registration."""
    if config.connection.kind == "appservice":
        return f"put “rate_limited: false” into {config.connection.registration} and restart the homeserver"
    body = '{"messages_per_second": 0, "burst_count": 0}'
    return f"curl -X POST -H 'Authorization: Bearer <admin token>' -d '{body}' '{_url(config)}'"


def _url(config: Config) -> str:
    return f"{config.homeserver.url}/_synapse/admin/v1/users/{_quoted(config.bot.user)}/override_ratelimit"


def _quoted(user_id: UserId) -> str:
    return quote(user_id, safe="")
