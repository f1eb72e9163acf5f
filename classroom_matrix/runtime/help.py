"""`!help`: made from the declarations of the commands, for one person's role and language."""

from __future__ import annotations

from ..domain.content import Block, Bold, Content, Heading, Line, Muted
from ..domain.people import Right, Role
from ..i18n import Catalogue
from .commands import CommandTable


def help_content(
    table: CommandTable, role: Role | None, language: str, core: Catalogue, rights: frozenset[Right] = frozenset()
) -> Content:
    """What the person may use: every command with its example, grouped by plugin.

    Plugins may name their group in a text ``<plugin>-title``.
    """
    blocks: list[Block] = [Line(core.text("core-help-staff" if role and role.is_staff else "core-help-family", language))]
    group = None
    for entry in table.usable(role, rights):
        if entry.plugin != group:
            group = entry.plugin
            title = f"{group}-title"
            if entry.catalogue.has(title):
                blocks.append(Heading(entry.catalogue.text(title, language)))
        said = entry.attribute("help", language)
        blocks.append(Line(Bold("!" + entry.names[language][0]), f" — {said}" if said else ""))
        example = entry.attribute("example", language)
        if example and example != "!" + entry.names[language][0]:
            blocks.append(Line(Muted(example)))
    return Content(tuple(blocks))
