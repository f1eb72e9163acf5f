from __future__ import annotations

from pathlib import Path

import pytest

from classroom_matrix.config import load
from classroom_matrix.config.model import AccountsConfig, BotConfig, Config, ConnectionConfig, HomeserverConfig, JoinConfig
from classroom_matrix.domain.ids import UserId
from classroom_matrix.terminal.check import Verdict, _files, _is_overheard


@pytest.mark.parametrize(
    ("url", "overheard"),
    [
        ("https://school.example", False),
        ("http://127.0.0.1:8080", False),
        ("http://[::1]:8080", False),
        ("http://localhost:8080", False),
        ("http://school.localhost", False),
        ("http://school.example", True),
        ("http://192.168.1.10:8080", True),
        ("http://0.0.0.0:8080", True),
    ],
)
def test_join_page_without_https_is_overheard_but_on_this_machine(url: str, overheard: bool) -> None:
    assert _is_overheard(url) == overheard


@pytest.mark.parametrize(
    ("encrypted", "named"),
    [("[desk, private]", []), ("[talk, staff, desk]", []), ("[announcements, talk, homework]", ["Объявления"])],
)
def test_check_names_rooms_where_a_vote_would_be_refused(tmp_path: Path, encrypted: str, named: list[str]) -> None:
    file = tmp_path / "config.yaml"
    file.write_text(
        "homeserver: {url: http://localhost, server_name: school.example}\nlanguage: ru\ntimezone: Europe/Moscow\n"
        f"encrypted: {encrypted}\nclasses:\n  - {{id: a, name: 3Б}}\n",
        "utf-8",
    )
    found = [finding for finding in _files(load(file), {}) if "docs/howto/encryption.md" in finding.what]
    assert [finding.verdict for finding in found] == [Verdict.UNKNOWN] * bool(named)
    for name in named:
        assert name in found[0].what


@pytest.mark.parametrize(("url", "said"), [("http://school.example", 1), ("https://school.example", 0)])
def test_check_says_that_passwords_would_be_overheard(url: str, said: int) -> None:
    server = HomeserverConfig("http://127.0.0.1:1", "school.example")
    bot = BotConfig(UserId("@classroom:school.example"), "Classroom")
    config = Config(server, bot, ConnectionConfig("appservice"), Path("/nowhere"), (), join=JoinConfig("127.0.0.1", 0, url))
    found = [finding.verdict for finding in _files(config, {}) if finding.what.startswith(f"join.url: {url} ")]
    assert found == [Verdict.WRONG] * said


@pytest.mark.parametrize(("verb", "said"), [("erase", 0), ("erasse", 1)])
def test_check_names_quotas_that_do_not_exist(verb: str, said: int) -> None:
    server = HomeserverConfig("http://127.0.0.1:1", "school.example")
    bot = BotConfig(UserId("@classroom:school.example"), "Classroom")
    nowhere = Path("/nowhere")
    accounts = AccountsConfig(nowhere, nowhere, nowhere, {verb: 7})
    config = Config(server, bot, ConnectionConfig("appservice"), nowhere, (), accounts=accounts)
    found = [finding.verdict for finding in _files(config, {}) if finding.what.startswith(f"accounts.quotas.{verb}")]
    assert found == [Verdict.WRONG] * said


def test_check_says_that_the_accounts_process_is_away_and_how_to_start_it(tmp_path: Path) -> None:
    server = HomeserverConfig("http://127.0.0.1:1", "school.example")
    bot = BotConfig(UserId("@classroom:school.example"), "Classroom")
    accounts = AccountsConfig(tmp_path / "accounts.sock", tmp_path, tmp_path, {})
    config = Config(server, bot, ConnectionConfig("appservice"), tmp_path / "none.db", (), accounts=accounts)
    (found,) = [finding for finding in _files(config, {}) if str(tmp_path) in finding.what]
    assert (found.verdict, "classroom-matrix accounts run" in found.what) == (Verdict.WRONG, True)
