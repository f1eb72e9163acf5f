"""A value of config.yaml together with its path: reading one either gives the right type or notes a problem.

Readers go on after a problem with a stand-in value, so that one run names everything that is wrong.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any, TypeVar

from ..errors import ConfigError, ConfigErrors

T = TypeVar("T")
E = TypeVar("E", bound=Enum)
MISSING: Any = Enum("Missing", "MISSING").MISSING  # type: ignore[attr-defined]


@dataclass(slots=True)
class Problems:
    """What was found wrong so far; the same thing once, however many classes it concerns."""

    found: list[ConfigError] = field(default_factory=list)

    def add(self, path: str, problem: str) -> None:
        if not any((path, problem) == (error.path, error.problem) for error in self.found):
            self.found.append(ConfigError(path, problem))

    def raise_if_any(self, lines: Callable[[], Mapping[str, int]] = dict) -> None:
        """Raise what was found, in the file's order where lines are known.

        Raises:
            ConfigError: one problem was found; `ConfigErrors` where several were.
        """
        if not self.found:
            return
        numbers = lines()
        errors = [
            ConfigError(e.path, e.problem if e.path not in numbers else f"{e.problem} (line {numbers[e.path]})")
            for e in self.found
        ]
        order = {error.path: numbers.get(error.path, 0) for error in errors}
        errors.sort(key=lambda error: order[error.path])
        raise errors[0] if len(errors) == 1 else ConfigErrors(errors)


def suggestion(word: object, known: Iterable[str]) -> str:
    """``; did you mean "rooms"?``, or nothing that comes near."""
    near = difflib.get_close_matches(str(word), list(known), n=1, cutoff=0.6)
    return f'; did you mean "{near[0]}"?' if near else ""


def one_of(words: Iterable[str]) -> str:
    """``"a", "b" or "c"``."""
    quoted = [f'"{word}"' for word in words]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"


def shown(value: Any) -> str:
    """A value as it may stand in a sentence."""
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    return repr(value) if isinstance(value, str) else str(value)


@dataclass(frozen=True, slots=True)
class Node:
    """A value at a path. `folder`: what relative file names are relative to."""

    value: Any
    path: str
    problems: Problems
    folder: Path

    def __getitem__(self, key: str) -> Node:
        value = self.value.get(key, MISSING) if isinstance(self.value, dict) else MISSING
        return Node(value, f"{self.path}.{key}" if self.path else key, self.problems, self.folder)

    @property
    def given(self) -> bool:
        return self.value is not MISSING

    def fail(self, problem: str) -> None:
        self.problems.add(self.path or "config.yaml", problem)

    def _wrong(self, expected: str) -> None:
        self.fail(f"is missing; expected {expected}" if not self.given else f"expected {expected}, got {shown(self.value)}")

    def mapping(self, known: Iterable[str], *, required: bool = True) -> bool:
        """Whether this is a mapping; its unknown keys are problems."""
        if not self.given and not required:
            return False
        if self.given and self.value is None:  # "rooms:" with everything below it commented out
            if required:
                self._wrong("a mapping")
            return False
        if not isinstance(self.value, dict):
            self._wrong("a mapping")
            return False
        names = tuple(known)
        for key in self.value:
            if key not in names:
                self[str(key)].fail(f"unknown key{suggestion(key, names)}")
        return True

    def entries(self) -> Iterator[tuple[str, Node]]:
        """The pairs of a mapping whose keys are names; nothing for a missing one."""
        if not self.given or self.value is None:
            return
        if not isinstance(self.value, dict):
            self._wrong("a mapping")
            return
        for key in self.value:
            if isinstance(key, str):
                yield key, self[key]
            else:
                self.fail(f"the key {shown(key)} has to be a text; put it in quotation marks")

    def items(self) -> Iterator[Node]:
        """The items of a list; nothing for a missing one."""
        if not self.given or self.value is None:
            return
        if not isinstance(self.value, list):
            self._wrong("a list")
            return
        for index, value in enumerate(self.value):
            yield Node(value, f"{self.path}[{index}]", self.problems, self.folder)

    def text(self, default: Any = MISSING, *, expected: str = "a text", longest: int = 255) -> str:
        """A text that is not empty."""
        if not self.given and default is not MISSING:
            return str(default)
        if not isinstance(self.value, str) or not self.value.strip():
            self._wrong(expected)
        elif len(self.value) > longest:
            self.fail(f"is too long: {len(self.value)} characters, at most {longest}")
        else:
            return self.value.strip()
        return ""

    def parsed(self, parse: Callable[[str], T], expected: str, stand_in: T, default: Any = MISSING) -> T:
        """A text that `parse` understands; it raises ValueError for one that it does not."""
        if not self.given and default is not MISSING:
            result: T = default
            return result
        if isinstance(self.value, str):
            try:
                return parse(self.value.strip())
            except ValueError as error:
                self.fail(f"expected {expected}, got {shown(self.value)}" + (f" ({error})" if str(error) else ""))
                return stand_in
        self._wrong(expected)
        return stand_in

    def choice(self, options: type[E] | tuple[str, ...], default: Any = MISSING) -> Any:
        """One of a few words."""
        words = options if isinstance(options, tuple) else tuple(str(member.value) for member in options)
        if not self.given and default is not MISSING:
            return default
        if self.value not in words or not isinstance(self.value, str):
            if isinstance(self.value, str):
                self.fail(f"expected {one_of(words)}, got {shown(self.value)}{suggestion(self.value, words)}")
            else:
                self._wrong(one_of(words))
            return words[0] if isinstance(options, tuple) else next(iter(options))
        return self.value if isinstance(options, tuple) else options(self.value)

    def number(self, default: int | None = None) -> int:
        """A whole number above zero."""
        if not self.given and default is not None:
            return default
        if isinstance(self.value, int) and not isinstance(self.value, bool) and self.value > 0:
            return self.value
        self._wrong("a whole number above zero")
        return default or 1

    def flag(self, *, default: bool) -> bool:
        """``true`` or ``false``."""
        if not self.given:
            return default
        if isinstance(self.value, bool):
            return self.value
        self._wrong("true or false")
        return default

    def day(self) -> date | None:
        """A date such as 2026-11-20, or None. (The YAML reader leaves dates as texts.)"""
        if not self.given or self.value is None:
            return None
        return self.parsed(date.fromisoformat, "a date such as 2026-11-20", None)

    def file(self, *, required: bool = False) -> Path | None:
        """A file's absolute path; relative ones start at config.yaml's folder. The file need not exist."""
        if not self.given and not required:
            return None
        name = self.text(expected="a file's name", longest=4096)
        return (self.folder / name).resolve() if name else None
