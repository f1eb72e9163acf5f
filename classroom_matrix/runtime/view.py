"""`ClassView`: what `api.View` promises: the class as a card, an agenda or a handler looks at it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from ..api import Klass, Request, Subject
from ..domain.content import Target
from ..domain.ids import ClassId, EffectKey, PersonId
from ..domain.people import Household, Person, Role, Roster
from ..domain.time import end_of_quiet
from ..errors import PluginError
from ..i18n import Catalogue
from ..i18n import moment as format_moment
from ..storage import arrivals, handovers, receipts
from .moments import Mismatch
from .values import READERS, ParseScope

if TYPE_CHECKING:
    from .batch import Batch
    from .registry import LoadedPlugin

T = TypeVar("T")


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
    def language(self) -> str:
        """In which texts are, unless told."""
        return self._language or self.klass.language

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
        spoken = language or self._language or self.klass.language
        return self._plugin.catalogue.fill(key, spoken, values, self.now.year)

    def listed(self, key: str) -> list[str]:
        return self._plugin.catalogue.listed(key)

    def date(self, moment: datetime, *, language: str | None = None) -> str:
        spoken = language or self._language or self.klass.language
        return format_moment(moment.astimezone(self.klass.zone), spoken, self.now.year)

    def posted(self, subject: Subject) -> Sequence[EffectKey]:
        return [EffectKey(key) for key in self._batch.keys_about(self._plugin.name, self._class_id, about_of(subject))]

    def may_read_desk(self, person: Person, household: Household) -> bool:
        if person.limited:
            return False
        if not person.role.is_staff:
            return person.role is Role.GUARDIAN and person.household_id == household.id
        if person.role is Role.TEACHER:
            return True
        return handovers.is_given(self._batch.database, self._class_id, household.id, person.id)

    def language_of(self, household: Household) -> str:
        languages = {person.language or self.klass.language for person in household.reachable}
        return languages.pop() if len(languages) == 1 else self.klass.language

    def quiet_until(self, household: Household) -> datetime | None:
        hours = [person.quiet or self.klass.quiet for person in household.reachable]
        return end_of_quiet(hours, self.now, self.klass.quiet)

    def arrived(self) -> frozenset[PersonId]:
        found = arrivals.of_class(self._batch.database, self._class_id, self._batch.seconds)
        return frozenset(one.person.id for one in found.inside)

    def seen(self, target: Target) -> frozenset[PersonId]:
        users = receipts.readers_of(self._batch.database, target)
        return frozenset(person.id for person in self.roster.people() if person.user_id in users)

    def read(self, kind: Any, text: str, *, at: int | None = None) -> Any:
        language = self._language or self.klass.language
        said = self.now if at is None else datetime.fromtimestamp(at / 1000, self.klass.zone)
        scope = ParseScope(said, self.klass.zone, lambda: self.roster, language)
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
