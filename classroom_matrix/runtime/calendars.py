"""What the plugins of a class put into a calendar: collected for its feed, as far as the household may see it."""

from __future__ import annotations

import hashlib
import hmac
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from ..api import CalendarEntry
from ..domain.ids import ClassId
from ..domain.people import Household
from ..errors import PluginError
from ..failure import kind_and_place
from ..storage import calendar_keys, installation
from ..storage.database import Database, is_storage_failure
from .batch import Batch
from .clock import Clock
from .registry import LoadedPlugin, Registry
from .view import ClassView

log = logging.getLogger(__name__)

UID_KEY = "calendar-key"


@dataclass(frozen=True, slots=True)
class Feed:
    """A calendar. `entries`: with UIDs that are good everywhere, earliest first."""

    name: str
    zone: ZoneInfo
    entries: Sequence[CalendarEntry]


class Calendars:
    """Runs in the database's thread.

    Args:
        server_name: stands in UIDs, as RFC 5545 asks for.
    """

    def __init__(self, database: Database, registry: Registry, clock: Clock, server_name: str) -> None:
        self._database = database
        self._registry = registry
        self._clock = clock
        self._server_name = server_name

    def feed(self, secret: str) -> Feed | None:
        """What stands behind a secret address; None if nothing does, or not any more.

        Raises:
            PluginError: a plugin failed. What calendars have of it already must not disappear there.
        """
        owner = calendar_keys.owner_of(self._database, secret)
        if owner is None or not self._registry.knows(owner.class_id):
            return None
        batch = Batch(self._database, self._registry, self._clock.seconds())
        if batch.is_archived(owner.class_id):
            return None
        household = batch.roster(owner.class_id).household(owner.household_id) if owner.household_id else None
        if owner.household_id is not None and (household is None or not household.reachable):
            return None
        core = ClassView(batch, self._registry.core, owner.class_id)
        language = core.language_of(household) if household is not None else core.klass.language
        entries = sorted(self._entries(batch, owner.class_id, household, language), key=_order)
        name = core.text("core-calendar-name", language=language, klass=core.klass.name)
        return Feed(name, core.klass.zone, entries)

    def _entries(self, batch: Batch, class_id: ClassId, household: Household | None, language: str) -> Iterator[CalendarEntry]:
        for loaded in self._registry.plugins_of(class_id):
            if loaded.plugin.calendar is None:
                continue
            try:
                found = list(loaded.plugin.calendar(ClassView(batch, loaded, class_id, language), household))
            except Exception as error:
                if is_storage_failure(error):
                    raise
                what = kind_and_place(error)
                log.error("a calendar cannot be made: %s failed with %s", loaded.name, what)  # noqa: TRY400 - may hold names
                raise PluginError(loaded.name, f"its calendar failed with {what}") from error
            for entry in found:
                yield replace(entry, uid=self._uid(class_id, loaded, entry.uid))

    def _uid(self, class_id: ClassId, loaded: LoadedPlugin, uid: str) -> str:
        """The same for the same thing in all feeds, and of no use to anybody who wants to know which thing it is."""
        if "@" in uid:
            return uid
        key = installation.get(self._database, UID_KEY)
        if key is None:
            installation.ensure_secret(self._database, UID_KEY)
            key = installation.get(self._database, UID_KEY) or ""
        digest = hmac.new(bytes.fromhex(key), f"{class_id}\0{loaded.name}\0{uid}".encode(), hashlib.sha256).hexdigest()
        return f"{digest[:32]}@{self._server_name}"


def _order(entry: CalendarEntry) -> tuple[str, str]:
    return (
        entry.starts.astimezone().isoformat() if isinstance(entry.starts, datetime) else entry.starts.isoformat()
    ), entry.uid
