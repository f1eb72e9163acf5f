from __future__ import annotations

from dataclasses import dataclass
from datetime import time, timedelta
from enum import Enum
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal

import pytest

from classroom_matrix.api import RoomRole
from classroom_matrix.config import check_options, check_plugins, load
from classroom_matrix.errors import ConfigError, ConfigErrors


class Colour(Enum):
    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True)
class Inner:
    at: time = time(8)


@dataclass(frozen=True)
class Options:
    quorum: Fraction | None = None
    remind: timedelta = timedelta(days=1)
    most: int = 10
    share: float = 0.5
    loud: bool = False
    title: str = ""
    colour: Colour = Colour.RED
    kind: Literal["named", "secret"] = "named"
    names: tuple[str, ...] = ()
    inner: Inner = Inner()

    def __post_init__(self) -> None:
        if self.most > 20:
            raise ConfigError("most", "at most 20 answers are possible")


def test_options_become_an_instance() -> None:
    raw = {
        "quorum": "50%",
        "remind": "1 day 12 h",
        "share": 1,
        "loud": True,
        "colour": "blue",
        "kind": "secret",
        "names": ["a", "b"],
        "inner": {"at": "18:30"},
    }
    assert check_options(Options, raw, "plugins.polls") == Options(
        quorum=Fraction(1, 2),
        remind=timedelta(hours=36),
        share=1.0,
        loud=True,
        colour=Colour.BLUE,
        kind="secret",
        names=("a", "b"),
        inner=Inner(time(18, 30)),
    )


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        ({"qorum": 1}, 'p.qorum: unknown key; did you mean "quorum"?'),
        ({"quorum": "most"}, 'p.quorum: expected a part such as "1/2" or "50%", got \'most\''),
        ({"remind": "soon"}, 'p.remind: expected a duration such as "90 min", "36 h" or "2 days", got \'soon\''),
        ({"most": "7"}, "p.most: expected a whole number, got '7'"),
        ({"most": True}, "p.most: expected a whole number, got true"),
        ({"most": 21}, "p.most: at most 20 answers are possible"),
        ({"loud": 1}, "p.loud: expected true or false, got 1"),
        ({"colour": "bleu"}, 'p.colour: expected "red" or "blue", got \'bleu\'; did you mean "blue"?'),
        ({"kind": "open"}, 'p.kind: expected "named" or "secret", got \'open\''),
        ({"names": "a"}, "p.names: expected a list, got 'a'"),
        ({"names": ["a", 1]}, "p.names[1]: expected a text, got 1"),
        ({"inner": {"at": "25:00"}}, "p.inner.at: expected a time of day such as \"18:00\", got '25:00'"),
    ],
)
def test_wrong_option_names_its_path(raw: dict[str, Any], problem: str) -> None:
    with pytest.raises(ConfigError) as raised:
        check_options(Options, raw, "p")
    assert str(raised.value) == problem


def test_plugin_without_options_takes_none() -> None:
    assert check_options(None, {}, "p") is None
    with pytest.raises(ConfigError, match=r"p\.x: unknown key"):
        check_options(None, {"x": 1}, "p")


def test_options_are_checked_where_they_are_written(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(
        "homeserver: {url: 'http://h', server_name: s}\n"
        "plugins: {polls: {most: x}}\n"
        "classes: [{id: a, name: A, plugins: {polls: {loud: 2}, pols: {}}}, {id: b, name: B}]\n",
        "utf-8",
    )
    with pytest.raises(ConfigErrors) as raised:
        check_plugins(load(path), {"polls": Options})
    assert [str(error) for error in raised.value.errors] == [
        "plugins.polls.most: expected a whole number, got 'x' (line 2)",
        "classes[0].plugins.polls.loud: expected true or false, got 2 (line 3)",
        'classes[0].plugins.pols: there is no plugin of this name; did you mean "polls"? (installed: polls) (line 3)',
    ]


@dataclass(frozen=True)
class WithRoom:
    room: RoomRole | None = None


@pytest.mark.parametrize(
    ("room", "problems"),
    [
        ("talk", []),
        ("staff", []),
        ("chess", ["plugins.polls.room: expected the role of a room that the class has, got 'chess'"]),
        ("tallk", ["plugins.polls.room: expected the role of a room that the class has, got 'tallk'; did you mean \"talk\"?"]),
        ("7", ["plugins.polls.room: expected the role of a room that the class has, got 7"]),
    ],
)
def test_room_of_an_option_has_to_be_one_of_every_class_it_holds_for(tmp_path: Path, room: str, problems: list[str]) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(
        "homeserver: {url: 'http://h', server_name: s}\n"
        f"plugins: {{polls: {{room: {room}}}}}\n"
        "classes: [{id: a, name: A, rooms: {chess: {name: Chess}}}, {id: b, name: B}]\n",
        "utf-8",
    )
    try:
        check_plugins(load(path), {"polls": WithRoom})
        found: list[str] = []
    except ConfigError as error:
        found = [str(error)]
    assert len(problems) == len(found)
    assert all(text.startswith(problem) for problem, text in zip(problems, found, strict=True))


def test_room_of_an_option_may_be_one_of_the_class_that_says_so(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(
        "homeserver: {url: 'http://h', server_name: s}\n"
        "plugins: {polls: {room: talk}}\n"
        "classes: [{id: a, name: A, rooms: {chess: {name: Chess}}, plugins: {polls: {room: chess}}}, {id: b, name: B}]\n",
        "utf-8",
    )
    check_plugins(load(path), {"polls": WithRoom})
