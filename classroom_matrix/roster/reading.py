"""A class list's file → families and questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ..errors import ConfigError
from .cells import MOST_BYTES
from .families import ListedFamily, families_of
from .office_export import Expected, read_export
from .question import Question


@dataclass(frozen=True, slots=True)
class ClassList:
    """A class list that was read. `questions`: what somebody should see, by row."""

    families: Sequence[ListedFamily]
    questions: Sequence[Question]

    @property
    def pupils(self) -> int:
        return sum(len(family.pupils) for family in self.families)


def read_roster(path: Path, expected: Expected | None = None) -> ClassList:
    """Read a class list.

    Args:
        expected: which class's, and headings of the office's own.

    Raises:
        ConfigError: the file cannot be read, is no class list, or `roster_columns` does not fit it.
    """
    export = read_export(path.name, read_file(path), expected)
    families, questions = families_of(export.rows)
    return ClassList(families, sorted([*export.questions, *questions], key=lambda question: question.row))


def read_file(path: Path) -> bytes:
    """The file's content, with one byte more than is allowed at most.

    Raises:
        ConfigError: it cannot be read.
    """
    try:
        if path.exists() and not path.is_file():
            raise ConfigError(str(path), "this is no file; expected a class list as .xlsx or CSV")
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        raise ConfigError(str(path), f"the class list cannot be read ({error.strerror})") from error
