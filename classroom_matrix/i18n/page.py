"""One Fluent file: its texts, and what puts values into them.

Most texts hold no variable and are said as they stand. The others need Babel, 7 MiB and 80 ms of a start with its data for two
languages (measured), which is loaded with the first of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fluent.syntax import FluentParser, ast


class Page:
    """The texts of one language.

    Args:
        source: the file's content.
        language: whose plurals count.

    Attributes:
        junk: what in the file is not Fluent, as it stands.
    """

    def __init__(self, source: str, language: str) -> None:
        self._resource = FluentParser().parse(source)
        self._language = language
        self._entries = {entry.id.name: entry for entry in self._resource.body if isinstance(entry, ast.Message)}
        self._texts: dict[str, Text] = {}
        self._bundle: Any = None
        self.junk = [(entry.content or "").strip() for entry in self._resource.body if isinstance(entry, ast.Junk)]

    def find(self, key: str) -> Text | None:
        found = self._texts.get(key)
        if found is None and key in self._entries:
            found = self._texts[key] = self._prepare(self._entries[key])
        return found

    def fill(self, key: str, values: Mapping[str, object], attribute: str | None = None) -> tuple[str, Sequence[Exception]]:
        """A text, or an attribute of it, with its variables, and what went wrong."""
        message = self._bundled().get_message(key)
        said, errors = self._bundle.format_pattern(message.attributes[attribute] if attribute else message.value, values)
        return str(said), errors

    def _bundled(self) -> Any:
        if self._bundle is None:
            from fluent.runtime import FluentBundle  # noqa: PLC0415 - see above

            # Isolation marks (U+2068) around every variable would stand in plain bodies and in what people copy.
            self._bundle = FluentBundle([self._language], use_isolating=False)
            self._bundle.add_resource(self._resource)
        return self._bundle

    def _prepare(self, entry: ast.Message) -> Text:
        key = entry.id.name
        attributes: dict[str, str] = {}
        problems: list[str] = []
        for attribute in entry.attributes:
            name = attribute.id.name
            plain = _plain(attribute.value)
            said, errors = self.fill(key, {}, name) if plain is None else (plain, ())
            attributes[name] = said
            problems += [f"{key}.{name}: {error!r}" for error in errors]
        return Text(self, key, entry.value is not None, _plain(entry.value) if entry.value else None, attributes, problems)


@dataclass(slots=True)
class Text:
    """A text of one language.

    `says`: it has a value, and not attributes only. `plain`: the value, where it holds no variable. `problems`: of attributes.
    """

    page: Page
    key: str
    says: bool
    plain: str | None
    attributes: Mapping[str, str]
    problems: Sequence[str]


def _plain(pattern: ast.Pattern) -> str | None:
    """The text of a pattern that is nothing but text."""
    first, *others = pattern.elements
    return first.value if isinstance(first, ast.TextElement) and not others else None
