from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from classroom_matrix.accounts.answering import VERBS
from classroom_matrix.accounts.quotas import DEFAULTS, RESET, Quotas, quotas
from classroom_matrix.errors import ConfigError, TemporaryError
from classroom_matrix.matrix.accounts import Accounts
from classroom_matrix.matrix.accounts_client import SocketAccounts

from .conftest import Office


def of(office: Office) -> Quotas:
    return Quotas(office.ledger, quotas({"lock": 2}), office.clock.seconds)


def test_a_day_rolls(office: Office) -> None:
    of(office).take("lock")
    office.clock.advance(timedelta(hours=10))
    of(office).take("lock")
    office.clock.advance(timedelta(hours=1))
    with pytest.raises(TemporaryError) as refused:
        of(office).take("lock")
    assert refused.value.retry_after == timedelta(hours=13).total_seconds()
    office.clock.advance(timedelta(hours=13))
    of(office).take("lock")
    with pytest.raises(TemporaryError):
        of(office).take("lock")


def test_a_restart_forgives_nothing(office: Office) -> None:
    for _ in range(2):
        of(office).take("lock")
    office.restart()
    with pytest.raises(TemporaryError):
        of(office).take("lock")
    of(office).take("unlock")


def test_a_call_that_came_to_nothing_does_not_count(office: Office) -> None:
    for _ in range(5):
        of(office).give_back(of(office).take("lock"))
    for _ in range(2):
        of(office).take("lock")


def test_quotas_in_the_configuration_replace_the_built_in_ones() -> None:
    assert quotas({"erase": 500}) == {**DEFAULTS, "erase": 500}


def test_an_unknown_verb_in_the_configuration_is_told_with_its_path() -> None:
    with pytest.raises(ConfigError) as wrong:
        quotas({"destroy": 5})
    assert wrong.value.path == "accounts.quotas.destroy"


def test_every_verb_has_a_quota_and_a_client() -> None:
    protocol = {name for name in vars(Accounts) if not name.startswith("_")}
    client = {name for name in vars(SocketAccounts) if not name.startswith("_")}
    assert protocol == set(DEFAULTS) - {RESET} == VERBS == client


def test_the_documentation_names_every_quota_and_its_number() -> None:
    page = (Path(__file__).parents[3] / "docs" / "reference" / "accounts.md").read_text("utf-8")
    rows = [line for line in page.split("## Quotas")[1].split("## The log")[0].splitlines() if line.startswith("|")]
    for quota, number in DEFAULTS.items():
        assert any(f"`{quota}`" in row and f"{number:,}" in row for row in rows), quota
