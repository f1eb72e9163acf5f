"""Finds texts that people would see and that stand in the code instead of in a catalogue, and keys that lead nowhere.

What counts as a stray, in a module that talks to people:

1. **A literal with Cyrillic letters.** Allowed are docstrings and the values of module-level constants (``_WORDS = …``, capital
   letters): words that a parser *reads* stand there, under a name, and nowhere else. A single letter (``"ё"``) is no text.
2. **A literal with letters that is said**: given to `Content.line`, `Line`, `Bold`, `Heading`, `Muted`, `Bullets`, `Table`, a
   poll or a caption, be it as part of an f-string or as a module-level constant.
3. **A sentence**: a literal with two words in a row. Allowed are docstrings, module-level constants that are not said, what
   only IT reads (errors that are raised, other than `UserError`; assertions; the log; what `doctor` shows), names of commands.

Files that speak SQL (``store.py``, ``tables.py``, those of a folder ``store``) are looked at by rules 1 and 2 only. Modules
that read natural language through and through (`READERS`) are looked at by rule 2, and may not import what things are said
with.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from fluent.syntax import FluentParser
from fluent.syntax import ast as fluent

CYRILLIC = re.compile(r"[\u0400-\u04FF].*[\u0400-\u04FF]", re.DOTALL)
LETTERS = re.compile(r"[^\W\d_]")
SENTENCE = re.compile(r"[^\W\d_]{2,}[,:;]? +[^\W\d_]{2,}")
CONSTANT = re.compile(r"_?[A-Z][A-Z0-9_]*$")
SAID_BY = frozenset(
    {"Content", "line", "Line", "Bold", "Heading", "Muted", "Bullets", "Table", "PollContent", "PollEndContent", "MediaContent"}
)
FOR_PEOPLE = frozenset({"UserError", "WhoIsMeant"})
"""Errors whose first argument is a text's key."""
SQL_FILES = frozenset({"store.py", "tables.py"})
READERS = frozenset(
    f"classroom_matrix/runtime/{name}.py"
    for name in ("arguments", "commands", "day_words", "days", "hours", "moments", "values")
)
_FOR_IT_CALLS = frozenset({"cast", "TypeVar", "NewType", "set_aside", "command"})
_SAID_FIELDS: Mapping[str, set[str | int]] = {
    "MediaContent": {"caption"},
    "PollContent": {"question", "fallback", 0, 2},
    "PollEndContent": {"text", 1},
}
"""What of a content is said, where not everything is: arguments by name or place."""


@dataclass(frozen=True, slots=True, order=True)
class Stray:
    """A text that should be in a catalogue, and where it stands."""

    path: str
    line: int
    text: str
    why: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.why}: {self.text[:60]!r}"


def _speaks_sql(path: str) -> bool:
    *folders, name = path.split("/")
    return name in SQL_FILES or folders[-1:] == ["store"]


def strays(source: str, path: str) -> Sequence[Stray]:
    """What breaks the rules in one module."""
    finder = _Finder(ast.parse(source), path, reads=path in READERS, sql=_speaks_sql(path))
    finder.run()
    return sorted(set(finder.found))


@dataclass
class _Finder:
    tree: ast.Module
    path: str
    reads: bool
    sql: bool
    found: list[Stray] = field(default_factory=list)

    def run(self) -> None:
        self._constants = dict(_constants(self.tree))
        in_constants = {id(node) for value in self._constants.values() for node in ast.walk(value)}
        documentation = {id(node.value) for node in ast.walk(self.tree) if isinstance(node, ast.Expr)}
        types = {id(node) for annotation in _annotations(self.tree) for node in ast.walk(annotation)}
        for_it = {id(node) for part in _for_it(self.tree) for node in ast.walk(part)}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                self._look_at_call(node)
            if self.reads:
                if isinstance(node, ast.ImportFrom) and (node.module or "").endswith("content"):
                    self.found.append(Stray(self.path, node.lineno, node.module or "", "a reader that says something"))
                continue
            if not (isinstance(node, ast.Constant) and isinstance(node.value, str)):
                continue
            if id(node) in documentation | types | in_constants:
                continue
            if CYRILLIC.search(node.value):
                self._found(node, "Cyrillic letters outside a named constant")
            elif SENTENCE.search(node.value) and id(node) not in for_it and not self.sql:
                self._found(node, "a sentence outside the catalogues")

    def _look_at_call(self, call: ast.Call) -> None:
        name = called(call)
        if name not in SAID_BY:
            return
        fields = _SAID_FIELDS.get(name)
        arguments: list[tuple[int | str | None, ast.expr]] = [
            *enumerate(call.args),
            *((keyword.arg, keyword.value) for keyword in call.keywords),
        ]
        for place, argument in arguments:
            if fields is None or place in fields:
                for node in self._said(argument):
                    if LETTERS.search(str(node.value)):
                        self._found(node, f"said by {name}")

    def _said(self, node: ast.AST) -> Iterator[ast.Constant]:
        """The literals that reach people: not those in calls of others (keys of texts), conditions or subscripts."""
        if isinstance(node, ast.Constant):
            if isinstance(node.value, str):
                yield node
            return
        for child in self._parts_said(node):
            yield from self._said(child)

    def _parts_said(self, node: ast.AST) -> Sequence[ast.AST]:
        match node:
            case ast.Name(id=name):
                return [self._constants[name]] if name in self._constants else []
            case ast.Call(func=ast.Attribute(value=value, attr="join" | "format"), args=arguments):
                return [value, *arguments]
            case ast.IfExp(body=body, orelse=orelse):
                return [body, orelse]
            case ast.FormattedValue(value=value) | ast.GeneratorExp(elt=value) | ast.ListComp(elt=value):
                return [value]
            case ast.Call() | ast.Compare() | ast.Subscript() | ast.Attribute() | ast.Lambda():
                return []
        return list(ast.iter_child_nodes(node))

    def _found(self, node: ast.Constant, why: str) -> None:
        self.found.append(Stray(self.path, node.lineno, str(node.value), why))


def _constants(tree: ast.Module) -> Iterator[tuple[str, ast.expr]]:
    for statement in tree.body:
        targets = statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", None)]
        value = statement.value if isinstance(statement, (ast.Assign, ast.AnnAssign)) else None
        for target in targets:
            if value is not None and isinstance(target, ast.Name) and CONSTANT.match(target.id):
                yield target.id, value


def _annotations(tree: ast.Module) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        for name in ("annotation", "returns"):
            part = getattr(node, name, None)
            if isinstance(part, ast.expr):
                yield part


def _for_it(tree: ast.Module) -> Iterator[ast.AST]:
    """What no parent or teacher reads: errors of the house, assertions, the log, calls of types."""
    for node in ast.walk(tree):
        match node:
            case ast.Raise(exc=ast.Call() as error) if called(error) in FOR_PEOPLE:
                continue
            case ast.Raise() | ast.Assert() | ast.Call(func=ast.Attribute(value=ast.Name(id="log"))):
                yield node
            case ast.Call() if called(node) in _FOR_IT_CALLS:
                yield node


def called(call: ast.Call) -> str:
    """The last part of the name of what is called."""
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


# ── Keys ────────────────────────────────────────────────────────────────────────────────────────────────────────────────


_SAYS_KEY = {"text": 0, "listed": 0, "reply": 0, "reply_privately": 0, "tell": 1, "tell_staff": 0, "UserError": 0}
"""Where the name of a text stands among the arguments of a call."""
_ENDING = re.compile(r"(?:-[a-z]+)+")


@dataclass(slots=True)
class KeysUsed:
    """Names of texts in code: whole ones with their places, and patterns of those that are put together (f-strings)."""

    whole: dict[str, str] = field(default_factory=dict)
    patterns: dict[str, str] = field(default_factory=dict)
    endings: set[str] = field(default_factory=set)  # of f-strings that begin with a variable

    def uses(self, key: str) -> bool:
        """Whether it may be said; true also of a text whose name is another one's with one of `endings`."""
        if key in self.whole or any(re.fullmatch(pattern, key) for pattern in self.patterns):
            return True
        return any(key.endswith(ending) and self.uses(key.removesuffix(ending)) for ending in self.endings)


def keys_used(sources: Mapping[str, str], prefixes: Sequence[str]) -> KeysUsed:
    """Names of texts that begin with one of `prefixes`, in modules given by path."""
    used = KeysUsed()
    begins = re.compile(rf"(?:{'|'.join(map(re.escape, prefixes))})-[a-z0-9-]*")
    for path, source in sources.items():
        nodes = list(ast.walk(ast.parse(source)))
        parts = {id(part) for node in nodes if isinstance(node, ast.JoinedStr) for part in node.values}  # are no names
        for node in nodes:
            if id(node) in parts:
                continue
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and begins.fullmatch(node.value):
                used.whole.setdefault(node.value, f"{path}:{node.lineno}")
            elif isinstance(node, ast.JoinedStr):
                match node.values:
                    case [ast.Constant(value=str(first)), *_] if begins.fullmatch(first) and _is_name(node):
                        used.patterns.setdefault(_pattern(node), f"{path}:{node.lineno}")
                    case [ast.FormattedValue(), ast.Constant(value=str(last))] if _ENDING.fullmatch(last):
                        used.endings.add(last)
            elif isinstance(node, ast.Call):
                key = _named_by(node)
                if key is not None:
                    used.whole.setdefault(key, f"{path}:{node.lineno}")
    return used


def _named_by(call: ast.Call) -> str | None:
    """The text that a call names, whatever its prefix."""
    name = called(call)
    place = 0 if name == "command" else _SAYS_KEY.get(name)
    if place is None or len(call.args) <= place:
        return None
    value = getattr(call.args[place], "value", None)
    if not isinstance(value, str):
        return None
    return "command-" + value.replace(" ", "-") if name == "command" else value


def _is_name(node: ast.JoinedStr) -> bool:
    """Whether an f-string can be the name of a text: "poll-3.ics" cannot."""
    return all(re.fullmatch(r"[a-z0-9-]*", str(part.value)) for part in node.values if isinstance(part, ast.Constant))


def _pattern(node: ast.JoinedStr) -> str:
    parts = (re.escape(str(part.value)) if isinstance(part, ast.Constant) else "[a-z0-9-]+" for part in node.values)
    return "".join(parts)


def keys_of(locale: Path) -> set[str]:
    """Names of the texts of a Fluent file."""
    return {
        entry.id.name for entry in FluentParser().parse(locale.read_text("utf-8")).body if isinstance(entry, fluent.Message)
    }


def modules(folder: Path, root: Path) -> dict[str, str]:
    """The sources below a folder, by path from `root`."""
    return {str(path.relative_to(root)): path.read_text("utf-8") for path in sorted(folder.rglob("*.py"))}
