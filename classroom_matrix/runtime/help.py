"""`!help`: made from the declarations of the commands, for one person's role and language.

Where there are many, each plugin is a line with the names of its commands, and `!help events` says more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from ..domain.content import Block, Bold, Content, Heading, Line, Muted
from ..domain.folding import fold
from ..domain.people import Right, Role
from ..i18n import Catalogue
from .commands import CommandTable, Entry

MANY = 24
"""Commands that fit on a phone's screens without losing heart."""
_STEM = 4  # letters of a title's word that tell it: "события", "событий"


def help_content(
    table: CommandTable,
    role: Role | None,
    language: str,
    core: Catalogue,
    rights: frozenset[Right] = frozenset(),
    topic: str = "",
) -> Content:
    """What the person may use, grouped by plugin.

    Plugins may name their group in a text ``<plugin>-title``. Where a command is another thing for families than for staff, it
    has the attributes ``.help-family`` and ``.example-family``.

    Args:
        topic: a command's name, or a word of a group's title: only that group, with every command. Without one, or where it is
            unknown, all of them, in short if they are many.
    """
    groups = [
        (_title(entries[0], language), entries)
        for entries in (list(group) for _, group in groupby(table.usable(role, rights), key=lambda entry: entry.plugin))
    ]
    chosen = [group for group in groups if _is_about(topic, *group)] if topic else []
    if chosen:
        return Content(tuple(_explained(chosen, role, language)))
    intro = Line(core.text("core-help-staff" if role and role.is_staff else "core-help-family", language))
    if sum(len(entries) for _, entries in groups) <= MANY:
        return Content((intro, *_explained(groups, role, language)))
    lines: list[Block] = [
        _names(title or core.text("core-help-general", language), entries, language) for title, entries in groups
    ]
    return Content((intro, *lines, Line(Muted(core.text("core-help-more", language)))))


def _title(entry: Entry, language: str) -> str:
    key = f"{entry.plugin}-title"
    return entry.catalogue.text(key, language) if entry.catalogue.has(key) else ""


def _is_about(topic: str, title: str, entries: Sequence[Entry]) -> bool:
    asked = fold(topic).strip(' !?.«»"')
    if any(asked == " ".join(words) or asked == words[0] for entry in entries for words in entry.spoken):
        return True
    return len(asked) >= _STEM and any(word.startswith(asked[: max(_STEM, len(asked) - 2)]) for word in fold(title).split())


def _names(title: str, entries: Sequence[Entry], language: str) -> Line:
    """A group in one line: sub-commands are left for later."""
    names = [entry.names[language][0] for entry in entries]
    main = [name for name in names if not any(name.startswith(f"{other} ") for other in names)]
    return Line(Bold(title), ": " + ", ".join(f"!{name}" for name in main))


def _explained(groups: Sequence[tuple[str, Sequence[Entry]]], role: Role | None, language: str) -> Iterator[Block]:
    for title, entries in groups:
        if title:
            yield Heading(title)
        for entry in entries:
            said, example = (_attribute(entry, name, role, language) for name in ("help", "example"))
            yield Line(Bold("!" + entry.names[language][0]), f" — {said}" if said else "")
            if example and example != "!" + entry.names[language][0]:
                yield Line(Muted(example))


def _attribute(entry: Entry, name: str, role: Role | None, language: str) -> str:
    family = "" if role and role.is_staff else entry.attribute(f"{name}-family", language)
    return family or entry.attribute(name, language)
