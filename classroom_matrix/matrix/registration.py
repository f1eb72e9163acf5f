"""The application service's registration: the file a homeserver is given, and the bot's account made with it.

Least privilege, measured with Synapse 1.163.2:

- The namespace is the bot's own user and the addresses of its rooms (an application service may reserve no others),
  nothing else. With ``as_token`` and ``?user_id=`` the bot sends and is pushed every event of its rooms; any other user
  answers 403 ("cannot masquerade"), the admin API answers 403.
- The bot is *not* the ``sender_localpart``: events reach that user all the same, but ``/sync`` answers it with 500, and
  to-device messages (encryption) come by ``/sync`` only. So the sender is a technical name that never gets an account.
- ``inhibit_login``: the account has no access token of its own; the application service's token is the only key to it.
- ``receive_ephemeral`` (before Synapse 1.156 ``de.sorunome.msc2409.push_ephemeral``) asks for read receipts, for "who has
  opened it"; typing and presence come with them and are left out. ``connection.receipts: false`` leaves the keys out.
- ``io.element.msc4190`` lets the service make a device for the bot and sign its keys without a password; it holds for the
  namespace only. In the file from the start because a homeserver reads the file at its start only.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import aiohttp
import yaml

from ..domain.blueprint import alias_namespace
from ..domain.ids import UserId
from ..errors import ConfigError, PermanentError, TemporaryError

DEFAULT_ID = "classroom-matrix"
DEVICE = "CLASSROOM"
"""The bot's device. It has no keys yet; with it the homeserver remembers transaction IDs across its restarts."""


@dataclass(frozen=True, slots=True)
class Registration:
    """What homeserver and service have agreed on.

    Args:
        id: names the service to the homeserver; unique there.
        url: where the homeserver pushes to, without a slash at the end.
        as_token: the service shows it to the homeserver.
        hs_token: the homeserver shows it to the service.
        user_id: the bot.
        receipts: whether the homeserver pushes read receipts.
    """

    id: str
    url: str
    as_token: str
    hs_token: str
    user_id: UserId
    receipts: bool = True

    @property
    def localpart(self) -> str:
        return self.user_id[1:].split(":", 1)[0]

    def to_file(self) -> dict[str, Any]:
        """The file's content (Application Service API, "Registration"); `user_id` is our own addition."""
        return {
            "id": self.id,
            "url": self.url,
            "as_token": self.as_token,
            "hs_token": self.hs_token,
            "sender_localpart": f"{self.localpart}-as",
            "rate_limited": False,
            "receive_ephemeral": self.receipts,
            **({"de.sorunome.msc2409.push_ephemeral": True} if self.receipts else {}),
            "io.element.msc4190": True,
            "namespaces": {
                "users": [{"exclusive": True, "regex": f"^{re.escape(self.user_id)}$"}],
                "aliases": [{"exclusive": True, "regex": alias_namespace(self.user_id)}],
                "rooms": [],
            },
            "org.classroom_matrix.user_id": self.user_id,
        }


def ensure_registration(
    path: Path,
    *,
    user_id: UserId,
    url: str,
    id: str = DEFAULT_ID,  # noqa: A002 - the file's own word
    receipts: bool = True,
) -> Registration:
    """Read the file, or make it with fresh tokens; a changed address or bot is written, the tokens stay.

    The file is readable for its owner only: whoever has it is the bot.

    Raises:
        ConfigError: the file exists and is not such a file.
        OSError: the folder cannot be written.
    """
    old = read_registration(path) if path.exists() else None
    unchanged = old is not None and not is_outdated(path, receipts=receipts)
    tokens = (old.as_token, old.hs_token) if old else (secrets.token_urlsafe(48), secrets.token_urlsafe(48))
    wanted = Registration(id, url.rstrip("/"), *tokens, user_id, receipts)
    if wanted != old or not unchanged:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(path.name + ".new")
        fresh.touch(mode=0o600)
        fresh.write_text(yaml.safe_dump(wanted.to_file(), sort_keys=False), "utf-8")
        fresh.replace(path)
    return wanted


def is_outdated(path: Path, *, receipts: bool = True) -> bool:
    """Whether an earlier release wrote the file, with less in it than this one needs, or receipts are wanted otherwise now.

    Raises:
        ConfigError: it is missing, or something else stands in it.
    """
    wanted = replace(read_registration(path), receipts=receipts).to_file()
    return bool(yaml.safe_load(path.read_text("utf-8")) != wanted)


def read_registration(path: Path) -> Registration:
    """Read a registration file that `ensure_registration` made.

    Raises:
        ConfigError: it is missing, or something else stands in it.
    """
    try:
        found = yaml.safe_load(path.read_text("utf-8"))
    except FileNotFoundError:
        raise ConfigError(path.name, "the application service's registration file is missing") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ConfigError(path.name, "this is not a registration file") from error
    names = {
        "id": "id",
        "url": "url",
        "as_token": "as_token",
        "hs_token": "hs_token",
        "user_id": "org.classroom_matrix.user_id",
    }
    fields: dict[str, str] = {}
    for field, name in names.items():
        value = found.get(name) if isinstance(found, dict) else None
        if not isinstance(value, str) or not value:
            raise ConfigError(path.name, f"this is not a registration file of ours: {name} is missing")
        fields[field] = value
    receipts = found.get("receive_ephemeral") is True
    return Registration(
        fields["id"], fields["url"], fields["as_token"], fields["hs_token"], UserId(fields["user_id"]), receipts
    )


async def ensure_registered(session: aiohttp.ClientSession, homeserver: str, registration: Registration) -> None:
    """Make the bot's account and its device where they do not exist yet. A few milliseconds, no password, no token.

    Raises:
        TemporaryError: the homeserver cannot be reached or is overloaded.
        PermanentError: it does not know the registration (``M_UNKNOWN_TOKEN``), or the name is outside its namespace.
    """
    client = f"{homeserver.rstrip('/')}/_matrix/client/v3"
    account = {"type": "m.login.application_service", "username": registration.localpart, "inhibit_login": True}
    await _ask(session, "POST", f"{client}/register", registration, account, fine="M_USER_IN_USE")
    device = {"display_name": registration.id}
    await _ask(session, "PUT", f"{client}/devices/{DEVICE}?user_id={quote(registration.user_id)}", registration, device)


async def _ask(
    session: aiohttp.ClientSession,
    method: str,
    url: str,
    registration: Registration,
    body: dict[str, Any],
    *,
    fine: str | None = None,
) -> None:
    """`fine`: the error code that means that everything is there already."""
    headers = {"Authorization": f"Bearer {registration.as_token}"}
    try:
        async with session.request(method, url, json=body, headers=headers) as response:
            if response.status in (200, 201):
                return
            if response.status == 429 or response.status >= 500:
                retry_after = response.headers.get("Retry-After", "")
                reason = f"the homeserver answered {response.status}"
                raise TemporaryError(reason, float(retry_after) if retry_after.isdigit() else None)
            answer = await response.json(content_type=None)
    except (aiohttp.ClientError, TimeoutError, ValueError) as error:
        raise TemporaryError(f"no answer from the homeserver: {type(error).__name__}") from error
    errcode = answer.get("errcode", "M_UNKNOWN") if isinstance(answer, dict) else "M_UNKNOWN"
    if errcode != fine:
        raise PermanentError(errcode, response.status, str(answer.get("error", "")) if isinstance(answer, dict) else "")
