"""`classroom-matrix keys` as IT uses it, on the real Synapse."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from classroom_matrix.config import load
from classroom_matrix.encryption.cross_signing import Identity, fingerprint
from classroom_matrix.encryption.keyring import SECRETS, KeyRing
from classroom_matrix.errors import ClassroomError
from classroom_matrix.matrix.registration import Registration
from classroom_matrix.storage.encryption import own_device
from classroom_matrix.terminal import keys
from classroom_matrix.terminal.rotating import rotate
from classroom_matrix.testing.homeserver import EmbeddedHomeserver, free_port

from ..conftest import PASSWORD
from .bot_keys import BotKeys

CONFIG = """
homeserver: {{url: '{url}', server_name: school.localhost}}
bot: {{user: '{user}', name: Помощник}}
connection: {connection}
timezone: Europe/Moscow
language: ru
classes: [{{id: 3b, name: 3Б}}]
"""


@dataclass
class Terminal:
    """In this process: starting the program costs a second each time."""

    config: Path
    capsys: pytest.CaptureFixture[str]

    def write(self, homeserver: EmbeddedHomeserver, user: str, connection: str) -> Path:
        """Write config.yaml. Returns the database's place."""
        self.config.write_text(CONFIG.format(url=homeserver.url, user=user, connection=connection), "utf-8")
        return load(self.config).database

    async def run(self, command: Callable[..., Awaitable[int]], **options: Any) -> tuple[int, str]:
        problems = await command(load(self.config), **options)
        return int(bool(problems)), self.capsys.readouterr().out

    async def rotate(self, *, password_file: Path | None = None, yes: bool = True) -> tuple[int, str]:
        return await self.run(rotate, password_file=password_file, yes=yes)


@pytest.fixture
def terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Terminal:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("COLUMNS", "120")
    return Terminal(tmp_path / "config.yaml", capsys)


def _fingerprint(bot: BotKeys) -> str:
    identity = Identity.load(bot.database, bot.keyring)
    assert identity is not None
    return fingerprint(identity.public_master)


async def test_status_verify_and_rotate_tell_it_the_fingerprint_and_what_is_wrong(
    terminal: Terminal, homeserver: EmbeddedHomeserver, registration: Registration, registration_file: Path
):
    file = terminal.write(homeserver, registration.user_id, f"{{registration: '{registration_file}'}}")
    for command in (keys.status, keys.verify):
        with pytest.raises(ClassroomError, match="The service has no keys yet"):
            await terminal.run(command)
    with pytest.raises(ClassroomError, match="The service has no keys yet"):
        await terminal.rotate()
    assert not file.exists(), "looking makes nothing"

    async with BotKeys(homeserver, file) as bot:
        await bot.begin_as(registration)
        code, output = await terminal.run(keys.status)
        assert (code, "Start the service again: it uploads its own." in output) == (1, True)
        await bot.ensure()
        old = _fingerprint(bot)
        own = own_device.get(bot.database)
        assert own is not None

        code, output = await terminal.run(keys.status)
        assert code == 0
        for words in (old, own.device_id, "│ ours", "│ yes", "│ 50", "not used yet", "Everything is as it should be."):
            assert words in output
        code, output = await terminal.run(keys.verify)
        assert (code, old in output, "Everything fits" in output, "NO" in output) == (0, True, True, False)

        code, output = await terminal.rotate(yes=False)
        assert (code, "there is nobody here to ask" in output, _fingerprint(bot)) == (1, True, old)
        code, output = await terminal.rotate()
        new = _fingerprint(bot)
        assert new != old
        assert (code, f"Old fingerprint: {old}" in output, f"New fingerprint: {new}" in output) == (0, True, True)
        code, output = await terminal.run(keys.verify)
        assert (code, new in output) == (0, True)

        Identity.fresh().store(bot.database, bot.keyring, 1.0)
        code, output = await terminal.run(keys.verify)
        assert (code, "It does not fit." in output, "│ NO" in output) == (1, True, True)
        code, output = await terminal.run(keys.status)
        assert (code, "publishes another identity than ours." in output, "another one: " in output) == (1, True, True)

    text = terminal.config.read_text("utf-8")
    terminal.config.write_text(text.replace(homeserver.url, f"http://127.0.0.1:{free_port()}"), "utf-8")
    code, output = await terminal.run(keys.status)
    assert (code, own.device_id in output, "is not known: no answer from the homeserver" in output) == (1, True, True)
    terminal.config.write_text(text, "utf-8")

    secrets_file = KeyRing.folder_of(file) / SECRETS
    secrets_file.write_bytes(bytes(32))
    code, output = await terminal.run(keys.status)
    assert (code, "secrets.key is missing or does not fit the database" in output) == (1, True)
    secrets_file.unlink()
    code, output = await terminal.run(keys.status)
    assert (code, "secrets.key is missing or does not fit the database" in output) == (1, True)
    assert not secrets_file.exists()
    code, _ = await terminal.rotate()
    assert (code, len(secrets_file.read_bytes())) == (0, 32), "where there is no backup, a new one is drawn"
    code, output = await terminal.run(keys.status)
    assert (code, "│ ours" in output) == (0, True)


async def test_rotation_of_an_account_that_syncs_wants_the_password(
    terminal: Terminal, homeserver: EmbeddedHomeserver, registration: Registration, tmp_path: Path
):
    login = await homeserver.register(f"rotating-{registration.localpart}", PASSWORD)
    (tmp_path / "token").write_text(login.access_token, "utf-8")
    password = tmp_path / "password"
    async with BotKeys(homeserver, terminal.write(homeserver, login.user_id, "{kind: sync, access_token_file: token}")) as bot:
        await bot.begin_with(login)
        await bot.ensure()
        old = _fingerprint(bot)
        code, output = await terminal.rotate()
        assert (code, "asks for the bot's password" in output) == (1, True)
        password.write_text("wrong\n", "utf-8")
        code, output = await terminal.rotate(password_file=password)
        assert (code, "does not accept this password" in output) == (1, True)
        code, output = await terminal.run(keys.status)
        assert (code, old in output) == (0, True)
        password.write_text(f"{PASSWORD}\n", "utf-8")
        code, output = await terminal.rotate(password_file=password)
        assert (code, f"Old fingerprint: {old}" in output, _fingerprint(bot) in output) == (0, True, True)
