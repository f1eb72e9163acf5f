"""One engine of encrypting clients for the whole run: to load it costs a second."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.integration.engine_client import Engines
from tests.integration.engine_process import require_engine


@pytest.fixture(scope="session")
async def running_engines() -> AsyncIterator[list[Engines]]:
    running: list[Engines] = []
    yield running
    for engines in running:
        await engines.__aexit__(None, None, None)


@pytest.fixture
async def engines(running_engines: list[Engines]) -> AsyncIterator[Engines]:
    """Skips without Node. Clients made with it are stopped after the test."""
    require_engine()
    if not running_engines or not running_engines[-1].alive:
        running_engines.append(await Engines().__aenter__())
    yield running_engines[-1]
    await running_engines[-1].close_clients()
