"""Do the languages of a catalogue say the same things? For tests of the core and of every plugin."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from typing import Any

from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

from .catalogue import LANGUAGES

_MAY_BE_MISSING = frozenset({"aliases"})  # a command may have a second name in one language only


class _Variables(Visitor):
    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: Any) -> None:  # noqa: N802 - named after the syntax
        self.names.add(node.id.name)


def differences(package: str) -> Sequence[str]:
    """What one language of a package's ``locales`` has and another lacks, one sentence each; empty is good.

    Compared are the texts, their attributes and the variables in each.
    """
    folder = files(package) / "locales"
    found: list[str] = []
    shapes = {language: _shape((folder / f"{language}.ftl").read_text("utf-8"), language, found) for language in LANGUAGES}
    everything = sorted({key for shape in shapes.values() for key in shape})
    for key in everything:
        variables = {language: shape.get(key) for language, shape in shapes.items()}
        lacking = [language for language, names in variables.items() if names is None]
        if lacking:
            if key.rpartition(".")[2] not in _MAY_BE_MISSING:
                found.append(f"{key} is missing in {', '.join(lacking)}")
        elif len({frozenset(names or ()) for names in variables.values()}) > 1:
            said = ", ".join(f"{language}: {sorted(names or ())}" for language, names in variables.items())
            found.append(f"{key} has different variables: {said}")
    return found


def _shape(source: str, language: str, problems: list[str]) -> dict[str, set[str]]:
    """Names of the variables of every text and attribute."""
    shape: dict[str, set[str]] = {}
    for entry in FluentParser().parse(source).body:
        if isinstance(entry, ast.Junk):
            problems.append(f"not Fluent in {language}: {(entry.content or '').strip()[:80]!r}")
        if not isinstance(entry, ast.Message):
            continue
        parts: list[tuple[str, Any]] = [(entry.id.name, entry.value)] if entry.value else []
        parts += [(f"{entry.id.name}.{attribute.id.name}", attribute.value) for attribute in entry.attributes]
        for name, pattern in parts:
            if name in shape:
                problems.append(f"{name} stands twice in {language}")
            visitor = _Variables()
            visitor.visit(pattern)
            shape[name] = visitor.names
    return shape
