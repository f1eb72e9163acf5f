"""A setting that is not in docs/reference/configuration.md is a red test."""

from __future__ import annotations

from pathlib import Path

import pytest

from classroom_matrix.config import model
from classroom_matrix.config.load import SETTINGS
from classroom_matrix.domain.rooms import RESERVED, ROLES, Write

PAGE = (Path(__file__).parents[3] / "docs" / "reference" / "configuration.md").read_text("utf-8")


@pytest.mark.parametrize("setting", sorted(SETTINGS))
def test_setting_is_documented(setting: str) -> None:
    assert f"`{setting}`" in PAGE


@pytest.mark.parametrize("word", [*ROLES, *sorted(RESERVED), *(str(write.value) for write in Write)])
def test_word_is_documented(word: str) -> None:
    assert f"`{word}`" in PAGE


def test_connection_has_no_setting_beyond_those() -> None:
    assert set(model.ConnectionConfig.__slots__) - {"host", "port"} <= {name.removeprefix("connection.") for name in SETTINGS}
