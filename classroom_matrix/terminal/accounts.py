"""`accounts login` and `accounts log`: the admin's token for the accounts process, and what that process was asked for."""

from __future__ import annotations

from contextlib import suppress
from urllib.parse import quote

from ..accounts import admin_token, homeserver
from ..accounts.audit import Entry, last_entries
from ..accounts.homeserver import Homeserver
from ..config import Config
from ..config.model import AccountsConfig
from ..config.values import user_id
from ..domain.ids import UserId
from ..errors import ClassroomError, ConfigError, TemporaryError
from .output import console, moment, table
from .words import Words, words

_DEVICE = "classroom-matrix accounts"  # how the session is listed among the admin's devices


async def log_in(config: Config, user: str, password: str) -> None:
    """Log in and keep the token. Sessions that exist already go on.

    Args:
        user: name or user ID.
        password: is sent to the homeserver and kept nowhere.

    Raises:
        ClassroomError: the password is wrong, the account is no admin, or the homeserver does not answer.
    """
    settings = _settings(config)
    say = words()
    async with homeserver.session() as session:
        server = Homeserver(session, config.homeserver.url)
        try:
            token = await _token(server, _user_id(user, config), password)
            await _require_admin(server, token, config.bot.user)
        except TemporaryError as error:
            raise ClassroomError(say("accounts-login-no-answer", url=config.homeserver.url, reason=str(error))) from error
    try:
        admin_token.write(settings.admin_token_file, token)
    except OSError as error:
        file = settings.admin_token_file
        raise ClassroomError(say("accounts-login-not-written", file=str(file), reason=str(error.strerror))) from error
    console().print(say("accounts-login-done", file=str(settings.admin_token_file)))


def show_log(config: Config, last: int) -> None:
    """Print the last calls, oldest first.

    Raises:
        StorageError: there is no ledger, or it cannot be read.
    """
    say = words()
    entries = last_entries(_settings(config).ledger, last)
    out = console()
    if not entries:
        out.print(say("accounts-log-empty"))
        return
    header = [say(f"accounts-log-{name}") for name in ("when", "verb", "about", "result", "asked-by")]
    title = say("accounts-log-title", count=len(entries))
    out.print(table(title, header, [_row(entry, say) for entry in entries]))


def _row(entry: Entry, say: Words) -> tuple[str, ...]:
    """Codes such as ``M_NOT_OURS`` are shown as they are."""
    asked_by = "" if entry.uid is None else f"uid {entry.uid}, pid {entry.pid}"
    result = entry.result if entry.result.startswith("M_") else say(f"accounts-log-result-{entry.result}")
    return moment(entry.at), entry.verb, entry.about, result, asked_by


def _settings(config: Config) -> AccountsConfig:
    if config.accounts is None:
        raise ConfigError("accounts", "is missing; without it there is no accounts process")
    return config.accounts


def _user_id(user: str, config: Config) -> UserId:
    try:
        return user_id(user, config.homeserver.server_name)
    except ValueError as error:
        raise ClassroomError(words()("accounts-login-no-name", server=config.homeserver.server_name)) from error


async def _token(server: Homeserver, user: UserId, password: str) -> str:
    say = words()
    body = {
        "type": "m.login.password",
        "identifier": {"type": "m.id.user", "user": user},
        "password": password,
        "initial_device_display_name": _DEVICE,
    }
    reply = await server.ask("POST", "/_matrix/client/v3/login", "", body)
    if reply.status == 403:
        raise ClassroomError(say("accounts-login-wrong", user=user))
    if reply.status != 200 or not isinstance(reply.body.get("access_token"), str):
        raise ClassroomError(say("accounts-login-refused", reason=f"{reply.errcode} {reply.body.get('error', '')}"))
    return str(reply.body["access_token"])


async def _require_admin(server: Homeserver, token: str, bot: UserId) -> None:
    """An account that is no admin is logged out again.

    Raises:
        ClassroomError: it is none, or it is the bot.
    """
    me = UserId((await server.ask("GET", "/_matrix/client/v3/account/whoami", token)).body["user_id"])
    reply = await server.ask("GET", f"/_synapse/admin/v1/users/{quote(me, safe='')}/admin", token)
    if me != bot and reply.status == 200 and reply.body.get("admin") is True:
        return
    with suppress(TemporaryError):
        await server.ask("POST", "/_matrix/client/v3/logout", token, {})
    raise ClassroomError(words()("accounts-login-bot" if me == bot else "accounts-login-no-admin", user=me))
