from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from classroom_matrix.demo.accounts import Accounts
from classroom_matrix.domain.ids import PersonId, UserId
from classroom_matrix.domain.people import Person, Role
from classroom_matrix.errors import ClassroomError, PermanentError
from classroom_matrix.testing.homeserver import Login

TEACHER = Person(PersonId("p1"), "Ольга", Role.TEACHER, UserId("@teacher:s"))
GUARDIAN = Person(PersonId("p2"), "Наталья Калинина", Role.GUARDIAN)


class Homeserver:
    """As much of a homeserver as making accounts needs; `dies` before it answers a registration."""

    def __init__(self) -> None:
        self.passwords: dict[str, str] = {}
        self.requests = 0
        self.dies = False

    async def register(self, localpart: str, password: str, *, name: str) -> Login:  # noqa: ARG002 - the real one's
        self.requests += 1
        if localpart in self.passwords:
            raise PermanentError("M_USER_IN_USE", 400)
        self.passwords[localpart] = password
        if self.dies:
            raise ConnectionResetError
        return Login(UserId(f"@{localpart}:s"), "token", "DEVICE")

    async def login(self, localpart: str, password: str) -> Login:
        assert self.passwords[localpart] == password
        return Login(UserId(f"@{localpart}:s"), "token", "DEVICE")


async def test_accounts_are_made_once(tmp_path: Path) -> None:
    homeserver: Any = Homeserver()
    for _ in range(2):
        accounts = Accounts(tmp_path / "accounts.json")
        teacher, guardian = [await accounts.ensure(homeserver, person) for person in (TEACHER, GUARDIAN)]
    assert teacher.localpart == "teacher"
    assert homeserver.passwords == {"teacher": teacher.password, guardian.localpart: guardian.password}
    assert homeserver.requests == 2


async def test_account_whose_answer_was_lost_is_found_again(tmp_path: Path) -> None:
    homeserver: Any = Homeserver()
    homeserver.dies = True
    with pytest.raises(ConnectionResetError):
        await Accounts(tmp_path / "accounts.json").ensure(homeserver, GUARDIAN)
    account = await Accounts(tmp_path / "accounts.json").ensure(homeserver, GUARDIAN)
    assert homeserver.passwords == {account.localpart: account.password}
    assert account.access_token == "token"


async def test_localparts_and_the_file_tell_no_names(tmp_path: Path) -> None:
    homeserver: Any = Homeserver()
    await Accounts(tmp_path / "accounts.json").ensure(homeserver, GUARDIAN)
    text = (tmp_path / "accounts.json").read_text("utf-8")
    assert "Наталья" not in text
    assert "Калинина" not in text
    assert (tmp_path / "accounts.json").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("text", ["", "[]", "{", json.dumps({"p1": {"unknown": 1}})])
def test_broken_file_says_how_to_begin_anew(tmp_path: Path, text: str) -> None:
    (tmp_path / "accounts.json").write_text(text)
    with pytest.raises(ClassroomError, match=r"delete the folder .* to begin anew"):
        Accounts(tmp_path / "accounts.json")
