from __future__ import annotations

from typing import Any

import pytest

from classroom_matrix.accounts.acting import with_direct
from classroom_matrix.domain.ids import RoomId

from .keeper import BOT


def test_direct_rooms_are_added_to_what_is_there() -> None:
    current = {BOT: ["!one"], "@anna:school.localhost": ["!two"]}
    expected = {BOT: ["!one", "!three"], "@anna:school.localhost": ["!two"]}
    assert expected == with_direct(current, BOT, [RoomId("!three"), RoomId("!one")])


def test_direct_rooms_that_are_there_change_nothing() -> None:
    current = {BOT: ["!two", "!one"]}
    assert current == with_direct(current, BOT, [RoomId("!one")])


@pytest.mark.parametrize("nonsense", ["!one", None, 7, {"a": 1}, [7, None]])
def test_what_a_client_wrote_there_breaks_nothing(nonsense: Any) -> None:
    assert with_direct({BOT: nonsense}, BOT, [RoomId("!one")]) == {BOT: ["!one"]}
