"""The demo's accounts: made once, kept in one file that only its owner can read."""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from ..domain.ids import UserId
from ..domain.people import Person
from ..errors import ClassroomError, PermanentError
from ..testing.homeserver import EmbeddedHomeserver

_LETTERS = "abcdefghkmnpqrstuvwxyz23456789"  # without those that look alike


@dataclass(frozen=True, slots=True)
class Account:
    """An account and its device on this machine. `access_token` is empty until it has logged in."""

    localpart: str
    password: str
    access_token: str = ""


class Accounts:
    """Accounts by person. Written down before they are made, so that a demo that is killed goes on with the same ones.

    Raises:
        ClassroomError: the file cannot be read or written.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            text = path.read_text("utf-8") if path.exists() else "{}"
            self._accounts = {person: Account(**fields) for person, fields in json.loads(text).items()}
        except (OSError, ValueError, TypeError, AttributeError) as error:
            raise ClassroomError(f"{path} cannot be read; delete the folder {path.parent} to begin anew") from error

    async def ensure(self, homeserver: EmbeddedHomeserver, person: Person) -> Account:
        """Make the person's account and log in, if that has not been done; the homeserver has to run.

        The person's `user_id` decides the account's name; an opaque one is drawn where there is none.
        """
        account = self._accounts.get(person.id) or self._planned(person)
        if not account.access_token:
            account = replace(account, access_token=await _log_in(homeserver, account, person.name))
            self._accounts[person.id] = account
            self._save()
        return account

    def _planned(self, person: Person) -> Account:
        localpart = _localpart(person.user_id) if person.user_id else "u" + "".join(secrets.choice(_LETTERS) for _ in range(9))
        password = "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3))
        self._accounts[person.id] = Account(localpart, password)
        self._save()
        return self._accounts[person.id]

    def _save(self) -> None:
        write_privately(self._path, {person: asdict(account) for person, account in self._accounts.items()})


def write_privately(path: Path, content: object) -> None:
    """Write JSON that only the owner can read; a crash leaves the old file or the new one.

    Raises:
        ClassroomError: the file cannot be written.
    """
    fresh = path.with_name(path.name + ".new")
    try:
        fresh.touch(mode=0o600)
        fresh.chmod(0o600)
        fresh.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", "utf-8")
        fresh.replace(path)
    except OSError as error:
        raise ClassroomError(f"{path} cannot be written: {error.strerror}") from error


async def _log_in(homeserver: EmbeddedHomeserver, account: Account, name: str) -> str:
    try:
        login = await homeserver.register(account.localpart, account.password, name=name)
    except PermanentError as error:
        if error.errcode != "M_USER_IN_USE":
            raise
        login = await homeserver.login(account.localpart, account.password)
    return login.access_token


def _localpart(user_id: UserId) -> str:
    return user_id[1:].split(":", 1)[0]
