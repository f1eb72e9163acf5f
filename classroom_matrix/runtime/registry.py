"""Which plugins there are, which classes use them, and with which options."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from ..api import CardKind, Job, Klass, Listener, News, Plugin, Request, Served
from ..domain.facts import Fact
from ..domain.ids import ClassId
from ..errors import PluginError
from ..i18n import Catalogue
from ..storage.database import Database
from .commands import CommandTable

GROUP = "classroom_matrix.plugins"


@dataclass(frozen=True, slots=True)
class LoadedPlugin:
    """A plugin and its texts."""

    plugin: Plugin
    catalogue: Catalogue

    @property
    def name(self) -> str:
        return self.plugin.name


@dataclass(frozen=True, slots=True)
class ClassSetup:
    """A class and its plugins' options by name.

    `open`: people who are not in the roster may speak too. For side-by-side measurements only: no class of a school has it.
    """

    klass: Klass
    options: Mapping[str, Any]
    open: bool = False


@dataclass(frozen=True, slots=True)
class _Ears:
    """What a set of plugins listens to. `servers`: who serves which request of others."""

    commands: CommandTable
    listeners: Mapping[type[Fact | News], Sequence[tuple[LoadedPlugin, Listener]]]
    servers: Mapping[type[Request[Any]], tuple[LoadedPlugin, Served]]

    @classmethod
    def of(cls, plugins: Sequence[LoadedPlugin]) -> _Ears:
        listeners: dict[type[Fact | News], list[tuple[LoadedPlugin, Listener]]] = {}
        servers: dict[type[Request[Any]], tuple[LoadedPlugin, Served]] = {}
        for loaded in plugins:
            for listener in loaded.plugin.listeners:
                listeners.setdefault(listener.fact, []).append((loaded, listener))
            for served in loaded.plugin.serves:
                servers.setdefault(served.request, (loaded, served))
        return cls(CommandTable([(loaded.plugin, loaded.catalogue) for loaded in plugins]), listeners, servers)


@dataclass(frozen=True, slots=True)
class _Wiring:
    setup: ClassSetup
    ears: _Ears


@dataclass(slots=True)
class Registry:
    """Plugins, found once at start; every look-up afterwards is by name.

    Args:
        core: the house's own plugin (help, language), present in every class.
        private_encrypted: whether private chats with the service, which belong to no class, are to be encrypted.
    """

    core: LoadedPlugin
    plugins: Mapping[str, LoadedPlugin]
    setups: Sequence[ClassSetup]
    private_encrypted: bool = False
    _wirings: dict[ClassId, _Wiring] = field(init=False, default_factory=dict)
    _jobs: dict[str, tuple[LoadedPlugin, Job]] = field(init=False, default_factory=dict)
    _cards: dict[tuple[str, str], tuple[LoadedPlugin, CardKind]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        ears: dict[tuple[str, ...], _Ears] = {}  # a thousand classes use the same few sets of plugins
        for setup in self.setups:
            names = tuple(setup.options)
            if names not in ears:
                ears[names] = _Ears.of([self.core, *(self.plugins[name] for name in names)])
            self._wirings[setup.klass.id] = _Wiring(setup, ears[names])
        for loaded in [self.core, *self.plugins.values()]:
            for job in loaded.plugin.jobs:
                self._jobs[f"{loaded.name}.{job.name}"] = (loaded, job)
            for card in loaded.plugin.cards:
                self._cards[loaded.name, card.name] = (loaded, card)

    def knows(self, class_id: ClassId) -> bool:
        """Whether the class is in the configuration (rooms of removed classes stay in the database)."""
        return class_id in self._wirings

    def klass(self, class_id: ClassId) -> Klass:
        return self._wirings[class_id].setup.klass

    def is_open(self, class_id: ClassId) -> bool:
        return self._wirings[class_id].setup.open

    def options(self, class_id: ClassId, plugin: str) -> Any:
        return self._wirings[class_id].setup.options.get(plugin)

    def commands(self, class_id: ClassId) -> CommandTable:
        return self._wirings[class_id].ears.commands

    def server_of(self, class_id: ClassId, request: type[Request[Any]]) -> tuple[LoadedPlugin, Served] | None:
        """Which plugin of the class serves a request."""
        return self._wirings[class_id].ears.servers.get(request)

    def listeners(self, class_id: ClassId, fact: type[Fact | News]) -> Sequence[tuple[LoadedPlugin, Listener]]:
        return self._wirings[class_id].ears.listeners.get(fact, ())

    def plugins_of(self, class_id: ClassId) -> Sequence[LoadedPlugin]:
        """The plugins that a class uses, in the order of its configuration."""
        return [self.plugins[name] for name in self._wirings[class_id].setup.options]

    def plugin(self, name: str) -> LoadedPlugin | None:
        return self.core if name == self.core.name else self.plugins.get(name)

    def job(self, name: str) -> tuple[LoadedPlugin, Job] | None:
        return self._jobs.get(name)

    def card(self, plugin: str, kind: str) -> tuple[LoadedPlugin, CardKind] | None:
        return self._cards.get((plugin, kind))

    def prepare_tables(self, database: Database) -> None:
        """Bind plugins' tables to the database and bring them to their release's form. Called in its thread."""
        from ..storage.plugin_tables import prepare  # noqa: PLC0415 - at start only

        for loaded in [self.core, *self.plugins.values()]:
            prepare(database, loaded.name, loaded.plugin.tables, loaded.plugin.migrations)


def find_plugins(names: Iterable[str], core: Catalogue) -> dict[str, LoadedPlugin]:
    """Load the named plugins, the built-in ones and other distributions' alike.

    Raises:
        PluginError: a name is not installed, is found twice, or does not hold a `Plugin` of that name.
    """
    found: dict[str, list[EntryPoint]] = {}
    for point in entry_points(group=GROUP):
        found.setdefault(point.name, []).append(point)
    return {name: _load(name, found.get(name, []), sorted(found), core) for name in names}


def _load(name: str, points: Sequence[EntryPoint], known: Sequence[str], core: Catalogue) -> LoadedPlugin:
    if not points:
        raise PluginError(name, f"is not installed; installed are: {', '.join(known) or 'none'}")
    if len(points) > 1:
        owners = " and ".join(sorted(point.dist.name if point.dist else "?" for point in points))
        raise PluginError(name, f"is offered by {owners}; uninstall one of them")
    try:
        plugin = points[0].load()
    except Exception as error:
        raise PluginError(name, f"cannot be loaded: {type(error).__name__}: {error}") from error
    if not isinstance(plugin, Plugin) or plugin.name != name:
        raise PluginError(name, f"{points[0].value} is not a Plugin named {name!r}")
    package = points[0].module.rpartition(".")[0] or points[0].module
    return LoadedPlugin(plugin, Catalogue.of_package(package, parent=core))
