from __future__ import annotations

import stat
from pathlib import Path

import pytest

from classroom_matrix.accounts.admin_token import AdminToken, write
from classroom_matrix.errors import ConfigError


def test_a_token_is_kept_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "secrets" / "admin.token"
    write(path, "syt_one")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert AdminToken(path).read() == "syt_one"


def test_a_new_token_is_taken_without_a_restart(tmp_path: Path) -> None:
    write(tmp_path / "admin.token", "syt_one")
    token = AdminToken(tmp_path / "admin.token")
    write(tmp_path / "admin.token", "syt_two")
    assert token.read() == "syt_two"


def test_a_missing_file_says_how_to_make_it(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="classroom-matrix accounts login"):
        AdminToken(tmp_path / "admin.token")


@pytest.mark.parametrize("mode", [0o604, 0o640, 0o660, 0o620, 0o644])
def test_a_file_that_others_may_open_is_refused(tmp_path: Path, mode: int) -> None:
    write(tmp_path / "admin.token", "syt_one")
    (tmp_path / "admin.token").chmod(mode)
    with pytest.raises(ConfigError, match="chmod 600"):
        AdminToken(tmp_path / "admin.token")


@pytest.mark.parametrize("content", ["", "  \n", "two\nlines", "не токен"])
def test_a_file_without_a_token_is_refused(tmp_path: Path, content: str) -> None:
    write(tmp_path / "admin.token", content)
    with pytest.raises(ConfigError, match="holds no access token"):
        AdminToken(tmp_path / "admin.token")
