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

_BOTS = 120
"""Application services that the homeserver knows: it reads their registrations at its start only."""


@pytest.fixture(scope="session")
def unused_registrations(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Registration files, each of a bot of its own; taken one after the other by `registration_file`."""
    folder = tmp_path_factory.mktemp("registrations")
    paths = [folder / f"bot{number}.yaml" for number in range(_BOTS)]
    for path in paths:
        ensure_registration(
            path,
            id=path.stem,
            user_id=UserId(f"@{path.stem}:school.localhost"),
            url=f"http://127.0.0.1:{free_port()}",
        )
    return paths


@pytest.fixture(scope="session")
async def homeserver(
    tmp_path_factory: pytest.TempPathFactory, unused_registrations: list[Path]
) -> AsyncIterator[EmbeddedHomeserver]:
    """A running Synapse without rate limits."""
    folder = tmp_path_factory.mktemp("homeserver")
    async with EmbeddedHomeserver(folder, registrations=list(unused_registrations), bcrypt_rounds=4) as server:
        yield server


@pytest.fixture
def registration_file(homeserver: EmbeddedHomeserver, unused_registrations: list[Path]) -> Path:
    """Registration of a bot that no other test uses; an application service may listen at its `url`."""
    assert unused_registrations, f"more than {_BOTS} tests want a bot of their own: raise _BOTS"
    assert homeserver.running
    return unused_registrations.pop(0)


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
