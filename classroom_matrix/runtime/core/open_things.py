"""What the plugins of a class say to one household. One that fails is left out; the others are heard all the same."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ...api import Plugin, View
from ...domain.content import Line
from ...domain.ids import ClassId
from ...domain.people import Household
from ...failure import kind_and_place
from ...storage.database import is_storage_failure
from ..batch import Batch
from ..registry import LoadedPlugin
from ..view import ClassView

log = logging.getLogger(__name__)

Ask = Callable[[Plugin, View], Sequence[Line]]


@dataclass(frozen=True, slots=True)
class Said:
    """What one plugin says. `title`: its name for people; `lines`: at least one."""

    title: str
    lines: tuple[Line, ...]

    def beside(self, others: Iterable[Said]) -> Said:
        """Without what the plugin has said already, word for word, in `others`; may leave nothing."""
        told = [plain(line) for other in others if other.title == self.title for line in other.lines]
        return replace(self, lines=tuple(line for line in self.lines if not any(one in plain(line) for one in told if one)))


def plain(line: Line) -> str:
    return "".join(span if isinstance(span, str) else span.text for span in line.spans)


def agendas(batch: Batch, class_id: ClassId, household: Household, language: str) -> list[Said]:
    """What is open for the household now."""
    return _asked(
        batch, class_id, language, lambda plugin, view: plugin.agenda(view, household) if plugin.agenda is not None else ()
    )


def comings(batch: Batch, class_id: ClassId, household: Household, language: str, day: date) -> list[Said]:
    """What awaits the household on a day."""
    return _asked(
        batch, class_id, language, lambda plugin, view: plugin.coming(view, household, day) if plugin.coming is not None else ()
    )


def _asked(batch: Batch, class_id: ClassId, language: str, ask: Ask) -> list[Said]:
    found = []
    for loaded in batch.registry.plugins_of(class_id):
        try:
            lines = tuple(ask(loaded.plugin, ClassView(batch, loaded, class_id, language)))
        except Exception as error:
            if is_storage_failure(error):
                raise
            log.error("what %s says to a household failed with %s", loaded.name, kind_and_place(error))  # noqa: TRY400 - may hold names
            continue
        if lines:
            found.append(Said(_title(loaded, language), lines))
    return found


def _title(loaded: LoadedPlugin, language: str) -> str:
    key = f"{loaded.name}-title"
    return loaded.catalogue.text(key, language) if loaded.catalogue.has(key) else loaded.name
