"""A join page for each test, and a browser before it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from classroom_matrix.testing.fake_accounts import FakeAccounts

from ..join_stage import JoinOnStage
from .plain_browser import Browser


@pytest.fixture
def accounts() -> FakeAccounts:
    return FakeAccounts()


@pytest.fixture
async def join(accounts: FakeAccounts) -> AsyncIterator[JoinOnStage]:
    async with JoinOnStage(accounts) as stage:
        yield stage


@pytest.fixture
async def browser(join: JoinOnStage) -> AsyncIterator[Browser]:
    async with Browser(join.address) as opened:
        yield opened
