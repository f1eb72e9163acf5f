"""Reading YAML so that nothing written in it is lost silently.

Differences from PyYAML's safe loader: a key written twice is an error; 21:00 stays the text "21:00" (YAML 1.1 makes it
the number 1260); 2026-09-01 stays text. Quotation marks around such values are thereby optional.
"""

from __future__ import annotations

import re
from collections.abc import Hashable
from pathlib import Path
from typing import Any

import yaml

from ..errors import ConfigError

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml's is ten times faster where it is built in


class _Loader(_Base):  # type: ignore[misc]
    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[Any] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if not isinstance(key, Hashable):
                raise yaml.constructor.ConstructorError(None, None, "a list cannot be a key", key_node.start_mark)
            if key in seen:
                raise yaml.constructor.ConstructorError(None, None, f"{key!r} is written twice", key_node.start_mark)
            seen.add(key)
        result: dict[Hashable, Any] = super().construct_mapping(node, deep=deep)
        return result


_Loader.yaml_implicit_resolvers = {
    first: [(tag, expression) for tag, expression in resolvers if tag.rpartition(":")[2] not in ("int", "float", "timestamp")]
    for first, resolvers in _Base.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^[-+]?[0-9]+$"), list("-+0123456789"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:float", re.compile(r"^[-+]?[0-9]+\.[0-9]+$"), list("-+0123456789"))


def read_yaml(path: Path) -> Any:
    """The file's content as plain lists, mappings, texts, numbers and booleans.

    Raises:
        ConfigError: the file cannot be read or is not YAML; names the line.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise ConfigError(str(path), "there is no such file; give another with --config") from error
    except UnicodeDecodeError as error:
        raise ConfigError(str(path), f"is not UTF-8 (byte {error.start})") from error
    except OSError as error:
        raise ConfigError(str(path), f"cannot be read: {error.strerror or error}") from error
    try:
        return yaml.load(text, Loader=_Loader)  # noqa: S506  (_Loader is a safe loader)
    except yaml.MarkedYAMLError as error:
        raise ConfigError(str(path), _sentence(error, text)) from error
    except yaml.YAMLError as error:
        raise ConfigError(str(path), f"is not YAML: {error}") from error


def _sentence(error: yaml.MarkedYAMLError, text: str) -> str:
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return error.problem or "is not YAML"
    if error.context_mark and error.context == "while scanning a quoted scalar":
        return (
            f"line {error.context_mark.line + 1}: the quotation mark in column {error.context_mark.column + 1} is never closed"
        )
    hint = ""
    begun = _quoted_over_lines(text, mark.line)
    if begun is not None:
        hint = f"; a text in quotation marks goes on from line {begun + 1} to here: is its closing mark missing there?"
    return f"line {mark.line + 1}, column {mark.column + 1}: {error.problem or 'is not YAML'}{hint}"


def _quoted_over_lines(text: str, line: int) -> int | None:
    """Where a quoted text begins that ends in `line`, if that is another line; both counted from 0."""
    try:
        for token in yaml.scan(text, Loader=_Base):
            quoted = isinstance(token, yaml.ScalarToken) and not token.plain
            if quoted and token.start_mark.line < token.end_mark.line == line:
                return int(token.start_mark.line)
    except yaml.YAMLError:
        pass
    return None


def line_numbers(path: Path) -> dict[str, int]:
    """The line of every YAML path of a file, counted from 1."""
    lines: dict[str, int] = {}
    root = yaml.compose(path.read_text(encoding="utf-8-sig"), Loader=_Base)
    todo: list[tuple[str, Any]] = [("", root)]
    while todo:
        where, node = todo.pop()
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                below = f"{where}.{key.value}" if where else str(key.value)
                lines[below] = key.start_mark.line + 1
                todo.append((below, value))
        elif isinstance(node, yaml.SequenceNode):
            for index, value in enumerate(node.value):
                lines[f"{where}[{index}]"] = value.start_mark.line + 1
                todo.append((f"{where}[{index}]", value))
    return lines
