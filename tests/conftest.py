"""One real Synapse for the whole run; every test makes its own people, rooms and bot in it."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path

import aiohttp
import pytest

from classroom_matrix.domain.ids import UserId
from classroom_matrix.matrix.registration import Registration, ensure_registered, ensure_registration, read_registration
from classroom_matrix.testing.homeserver import EmbeddedHomeserver, free_port
from classroom_matrix.testing.person import Person

NewPerson = Callable[[], Awaitable[Person]]

PASSWORD = "correct horse"
"""Of every account made here."""

_BOTS = 8
"""Application services that the homeserver knows at a time, at least `_SPARE` of them unused.

It asks each of them about every event: a desk cost it 0.51 s of processor time with 120 of them and 0.21 s with one.
"""
_SPARE = 3


class Registrations:
    """Registration files, each of a bot of its own. A homeserver reads them at its start only."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made = 0
        self._unused: list[Path] = []
        self._kept: list[Path] = []
        self._add()

    @property
    def known(self) -> list[Path]:
        """What the homeserver has to know now."""
        return [*self._kept, *self._unused]

    def keep(self) -> Path:
        """One for more than one test; the homeserver knows it to the end."""
        self._kept.append(self._unused.pop(0))
        return self._kept[-1]

    async def take(self, homeserver: EmbeddedHomeserver) -> Path:
        """One for one test. Where they run short the homeserver is started again with new ones."""
        if len(self._unused) <= _SPARE:
            self._add()
            homeserver.registrations = self.known
            await homeserver.restart()
        return self._unused.pop(0)

    def _add(self) -> None:
        for number in range(self._made, self._made + _BOTS):
            path = self._folder / f"bot{number}.yaml"
            user_id = UserId(f"@{path.stem}:school.localhost")
            ensure_registration(path, id=path.stem, user_id=user_id, url=f"http://127.0.0.1:{free_port()}")
            self._unused.append(path)
        self._made += _BOTS


@pytest.fixture(scope="session")
def registrations(tmp_path_factory: pytest.TempPathFactory) -> Registrations:
    return Registrations(tmp_path_factory.mktemp("registrations"))


@pytest.fixture(scope="session")
async def homeserver(
    tmp_path_factory: pytest.TempPathFactory, registrations: Registrations
) -> AsyncIterator[EmbeddedHomeserver]:
    """A running Synapse without rate limits."""
    folder = tmp_path_factory.mktemp("homeserver")
    async with EmbeddedHomeserver(folder, registrations=registrations.known, bcrypt_rounds=4) as server:
        yield server


@pytest.fixture
async def registration_file(homeserver: EmbeddedHomeserver, registrations: Registrations) -> Path:
    """Registration of a bot that no other test uses; an application service may listen at its `url`."""
    assert homeserver.running
    return await registrations.take(homeserver)


@pytest.fixture
async def registration(homeserver: EmbeddedHomeserver, registration_file: Path) -> Registration:
    """The same, with the bot's account made."""
    registration = read_registration(registration_file)
    async with aiohttp.ClientSession() as session:
        await ensure_registered(session, homeserver.url, registration)
    return registration


@pytest.fixture
async def new_person(homeserver: EmbeddedHomeserver) -> AsyncIterator[NewPerson]:
    """Makes accounts that no other test uses, logged in; their connections are closed after the test."""
    async with AsyncExitStack() as stack:

        async def make() -> Person:
            login = await homeserver.register(f"u{secrets.token_hex(6)}", PASSWORD)
            return await stack.enter_async_context(Person(homeserver.url, login.user_id, login.access_token))

        yield make
