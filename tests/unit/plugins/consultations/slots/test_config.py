from __future__ import annotations

from datetime import time, timedelta

import pytest

from classroom_matrix.config.options import check_options
from classroom_matrix.errors import ConfigError
from classroom_plugins.consultations.config import ConsultationsConfig


def test_options_are_read_as_the_page_shows_them():
    raw = {"letters": True, "buttons": 3, "separated": "family", "offer": "2 h", "reminders": ["24 h", "1 h"], "sheet": "07:30"}
    options = check_options(ConsultationsConfig, raw, "plugins.consultations")
    assert options == ConsultationsConfig(
        letters=True, buttons=3, separated="family", offer=timedelta(hours=2), sheet=time(7, 30)
    )  # fmt: skip


@pytest.mark.parametrize(
    "raw", [{"buttons": 11}, {"separated": "x"}, {"reminders": ["0 h"]}, {"offer": "0 h"}, {"sheet": "noon"}]
)
def test_what_cannot_be_is_refused_with_its_place(raw: dict[str, object]):
    with pytest.raises(ConfigError, match=r"plugins\.consultations"):
        check_options(ConsultationsConfig, raw, "plugins.consultations")
