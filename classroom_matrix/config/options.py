"""A plugin's raw options → an instance of its frozen dataclass, with errors as good as those of config.yaml itself."""

from __future__ import annotations

import dataclasses
import re
import types
import typing
from collections.abc import Collection, Mapping
from datetime import time, timedelta
from enum import Enum
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal, TypeVar, Union

from ..api.plugin import RoomRole
from ..domain.rooms import SPACE
from ..errors import ConfigError
from .model import Config, WrittenOptions
from .node import Node, Problems, one_of, shown, suggestion
from .values import clock
from .yaml_file import line_numbers

T = TypeVar("T")
_DURATION = re.compile(r"(\d+)\s*(seconds?|sec|s|minutes?|min|m|hours?|h|days?|d|weeks?|w)\b")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}


def check_options(
    config_type: type[T] | None, raw: Mapping[str, Any], path: str, rooms: Collection[str] | None = None
) -> T | None:
    """An instance of a plugin's `config` from what config.yaml says; None for a plugin without options.

    Fields may be of the types str, int, float, bool, Fraction ("1/2", "50%"), timedelta ("2 days"), time ("18:00"), Literal,
    Enum, other dataclasses, api.RoomRole (a room of the class), and tuple[T, ...], dict[str, T] or Optional of these.

    Args:
        rooms: roles of the rooms that a `RoomRole` may name; None where they are not known.

    Raises:
        ConfigError: names the YAML path; `ConfigErrors` where several things are wrong.
    """
    problems = Problems()
    options = _options(config_type, raw, path, problems, rooms)
    problems.raise_if_any()
    return options


def check_plugins(config: Config, types_: Mapping[str, type[Any] | None]) -> None:
    """Check every plugin's options where they are written: once at the top, once for each class that says something.

    Args:
        types_: by the name of each installed plugin, its `Plugin.config`.

    Raises:
        ConfigError: names the YAML path; `ConfigErrors` where several things are wrong.
    """
    problems = Problems()
    for written in config.written_options:
        if written.plugin in types_:
            _options(types_[written.plugin], written.raw, written.path, problems, _rooms(config, written))
    named = {name: f"classes[{index}].plugins.{name}" for index, klass in enumerate(config.classes) for name in klass.plugins}
    for name in sorted(named.keys() - types_.keys()):
        problems.add(
            named[name],
            f"there is no plugin of this name{suggestion(name, types_)} (installed: {', '.join(sorted(types_)) or 'none'})",
        )
    problems.raise_if_any(lambda: line_numbers(config.path) if config.path else {})


def _rooms(config: Config, written: WrittenOptions) -> frozenset[str]:
    """Roles that every class has for which these options hold as they are written."""
    raw = written.raw.items()
    affected = [frozenset(klass.rooms) for klass in config.classes if raw <= klass.plugins.get(written.plugin, {}).items()]
    return (
        frozenset.intersection(*affected) if affected else frozenset(role for klass in config.classes for role in klass.rooms)
    )


def _options(
    config_type: type[T] | None, raw: Mapping[str, Any], path: str, problems: Problems, rooms: Collection[str] | None
) -> T | None:
    node = Node(dict(raw), path, problems, Path())
    if config_type is None:
        node.mapping(())
        return None
    return typing.cast("T | None", _dataclass(config_type, node, rooms))


def _dataclass(kind: type[Any], node: Node, rooms: Collection[str] | None) -> Any:
    fields = dataclasses.fields(kind)
    if not node.mapping([field.name for field in fields]):
        return None
    hints = typing.get_type_hints(kind)
    before = len(node.problems.found)
    found: dict[str, Any] = {}
    for field in fields:
        entry = node[field.name]
        if entry.given:
            found[field.name] = _value(hints[field.name], entry, rooms)
        elif field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
            entry.fail("is missing")
    if len(node.problems.found) > before:
        return None
    try:
        return kind(**found)
    except ConfigError as error:  # from __post_init__: relative to this place
        node.problems.add(f"{node.path}.{error.path}", error.problem)
    except ValueError as error:
        node.fail(str(error))
    return None


def _value(kind: Any, node: Node, rooms: Collection[str] | None) -> Any:  # noqa: C901, PLR0911 - one for each type
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (Union, types.UnionType):
        if node.value is None and type(None) in arguments:
            return None
        (kind,) = (argument for argument in arguments if argument is not type(None))
        return _value(kind, node, rooms)
    if origin is Literal:
        return _member(dict(zip(map(str, arguments), arguments, strict=True)), node)
    if origin in (tuple, frozenset, list):
        if not isinstance(node.value, list):
            node.fail(f"expected a list, got {shown(node.value)}")
            return None
        return origin(_value(arguments[0], item, rooms) for item in node.items())
    if origin in (dict, Mapping):
        return {key: _value(arguments[1], entry, rooms) for key, entry in node.entries()}
    if kind is RoomRole and rooms is not None:
        return _room_role(node, rooms)
    while hasattr(kind, "__supertype__"):  # NewType
        kind = kind.__supertype__
    if dataclasses.is_dataclass(kind):
        return _dataclass(typing.cast("type[Any]", kind), node, rooms)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _member({str(member.value): member for member in kind}, node)
    return _plain(kind, node)


def _room_role(node: Node, rooms: Collection[str]) -> Any:
    if isinstance(node.value, str) and node.value in rooms:
        return node.value
    near = suggestion(node.value, rooms)
    has = ", ".join(role for role in sorted(rooms) if role != SPACE)
    node.fail(f"expected the role of a room that the class has, got {shown(node.value)}{near or f' (it has {has})'}")
    return None


def _member(choices: Mapping[str, Any], node: Node) -> Any:
    if not isinstance(node.value, bool | dict | list) and str(node.value) in choices:
        return choices[str(node.value)]
    node.fail(f"expected {one_of(choices)}, got {shown(node.value)}{suggestion(node.value, choices)}")
    return None


_PLAIN: dict[Any, str] = {
    str: "a text",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    Fraction: 'a part such as "1/2" or "50%"',
    timedelta: 'a duration such as "90 min", "36 h" or "2 days"',
    time: 'a time of day such as "18:00"',
}


def _plain(kind: Any, node: Node) -> Any:
    value = node.value
    if kind not in _PLAIN:
        raise TypeError(f"options of type {kind!r} are not supported ({node.path})")
    fits = isinstance(value, bool) if kind is bool else isinstance(value, kind) and not isinstance(value, bool)
    if fits:
        return value
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    parse = {Fraction: _fraction, timedelta: _duration, time: clock}.get(kind)
    if parse and isinstance(value, str | int | float) and not isinstance(value, bool):
        try:
            return parse(str(value))
        except (ValueError, ZeroDivisionError):
            pass
    node.fail(f"expected {_PLAIN[kind]}, got {shown(value)}")
    return None


def _fraction(text: str) -> Fraction:
    return Fraction(text.removesuffix("%")) / 100 if text.endswith("%") else Fraction(text)


def _duration(text: str) -> timedelta:
    parts = _DURATION.findall(text)
    if not parts or _DURATION.sub("", text).strip():
        raise ValueError
    return timedelta(seconds=sum(int(number) * _SECONDS[unit[0]] for number, unit in parts))
