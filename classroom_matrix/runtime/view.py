"""`ClassView`: what `api.View` promises: the class as a card, an agenda or a handler looks at it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from ..api import Klass, Request, Subject
from ..domain.ids import ClassId, EffectKey, PersonId
from ..domain.people import Household, Roster
from ..errors import PluginError
from ..i18n import Catalogue
from ..i18n import moment as format_moment
from ..storage import receipts
from .moments import Mismatch
from .values import READERS, ParseScope

if TYPE_CHECKING:
    from .batch import Batch
    from .registry import LoadedPlugin

T = TypeVar("T")

_OVERLAPS = 4  # quiet hours of a household's adults that follow each other; beyond, the class's count


class ClassView:
    """What a card's renderer sees; see `api.View`.

    Args:
        language: in which texts are, unless told; None for the class's.
    """

    def __init__(self, batch: Batch, plugin: LoadedPlugin, class_id: ClassId, language: str | None = None) -> None:
        self._batch = batch
        self._plugin = plugin
        self._class_id = class_id
        self._language = language
        self.klass: Klass = batch.registry.klass(class_id)

    @property
    def now(self) -> datetime:
        return self._batch.now.astimezone(self.klass.zone)

    @property
    def roster(self) -> Roster:
        return self._batch.roster(self._class_id)

    @property
    def options(self) -> Any:
        return self._batch.registry.options(self._class_id, self._plugin.name)

    @property
    def catalogue(self) -> Catalogue:
        return self._plugin.catalogue

    def text(self, key: str, *, language: str | None = None, **values: object) -> str:
        return self._plugin.catalogue.text(key, language or self._language or self.klass.language, **values)

    def date(self, moment: datetime, *, language: str | None = None) -> str:
        return format_moment(moment.astimezone(self.klass.zone), language or self._language or self.klass.language)

    def posted(self, subject: Subject) -> Sequence[EffectKey]:
        return [EffectKey(key) for key in self._batch.keys_about(self._plugin.name, self._class_id, about_of(subject))]

    def language_of(self, household: Household) -> str:
        languages = {person.language or self.klass.language for person in household.reachable}
        return languages.pop() if len(languages) == 1 else self.klass.language

    def quiet_until(self, household: Household) -> datetime | None:
        hours = [person.quiet or self.klass.quiet for person in household.reachable] or [self.klass.quiet]
        moment = now = self.now
        for _ in range(_OVERLAPS):
            later = max(each.next_allowed(moment) for each in hours)
            if later == moment:
                return moment if moment > now else None
            moment = later
        moment = self.klass.quiet.next_allowed(now)
        return moment if moment > now else None

    def seen(self, target: EffectKey) -> frozenset[PersonId]:
        users = receipts.readers_of(self._batch.database, target)
        return frozenset(person.id for person in self.roster.people() if person.user_id in users)

    def read(self, kind: Any, text: str) -> Any:
        language = self._language or self.klass.language
        scope = ParseScope(self.now, self.klass.zone, lambda: self.roster, language)
        try:
            return READERS[kind](text, scope)
        except Mismatch:
            return None

    def ask(self, request: Request[T]) -> T | None:
        found = self._batch.registry.server_of(self._class_id, type(request))
        if found is None:
            return None
        loaded, served = found
        answer: T = served.handler(self._view_for(loaded, request), request)
        return answer

    def _view_for(self, loaded: LoadedPlugin, request: Request[Any]) -> ClassView:
        if request.changes:
            raise PluginError(self._plugin.name, f"{type(request).__name__} may be asked in handlers only")
        return ClassView(self._batch, loaded, self._class_id, self._language)


def about_of(subject: Subject) -> str:
    return f"{subject.kind}/{subject.id}"
