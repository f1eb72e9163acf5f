"""Calling handlers: of commands, of listeners, of words. What goes wrong with one goes wrong for it alone."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from ..api import Listener
from ..domain.facts import AnyFact, MessageSent
from ..domain.ids import ClassId
from ..domain.people import Role
from ..errors import UserError
from ..failure import kind_and_place
from ..storage import inbox
from ..storage.database import Database, MustUndo, is_storage_failure
from ..storage.outbox import Effect
from .batch import Batch
from .clock import Clock
from .commands import FoundCommand
from .context import HandlerContext
from .registry import LoadedPlugin, Registry
from .scene import Scene
from .slips import names_pupil, words_of

log = logging.getLogger(__name__)


class Handling:
    """Calls handlers of facts. All methods run in the database's thread. `only`: the one handler that gets a second chance."""

    def __init__(self, database: Database, registry: Registry, clock: Clock) -> None:
        self._database = database
        self._registry = registry
        self._clock = clock

    def _follow(self, batch: Batch, scene: Scene, message: MessageSent, only: str | None) -> bool:
        """Follow a command. Returns whether the message was one."""
        if message.kind != "text" or message.replaces is not None:
            return False
        found = self._registry.commands(scene.class_id).find(message.body)
        if found is None:
            return False
        self._command(batch, scene, found, only)
        return True

    def _command(self, batch: Batch, scene: Scene, found: FoundCommand, only: str | None) -> None:
        loaded = self._registry.plugin(found.plugin) or self._registry.core
        if only is not None and only != f"{loaded.name}.{found.name}":
            return
        role = scene.person.role if scene.person else None
        families_read = scene.room.role not in ("staff", "private")
        secret = families_read and role is not None and role.is_staff
        names = secret and self._names_somebody(batch, scene, found)
        removed = secret and (found.names_people(role) or (names and not found.is_published))
        refused = names and not removed
        confidential = found.is_confidential and self._others_of_staff_read(batch, scene)
        scene = replace(
            scene, is_command=True, removed=removed, removed_if_refused=refused, confidential=confidential and bool(found.text)
        )

        def handle(context: HandlerContext) -> None:
            call = found.bind(role, context.scope, scene.person.rights if scene.person else frozenset())
            call.command.handler(context, *call.args, **call.kwargs)

        if not self._run(batch, loaded, scene, found.name, handle) and only is None:
            self._apologise(batch, loaded, scene, found.name)

    def _others_of_staff_read(self, batch: Batch, scene: Scene) -> bool:
        """Whether what is said here, or answered in the staff room, reaches more of the staff than the class's teachers."""
        if scene.room.role == "private" or scene.person is None or not scene.person.role.is_staff:
            return False
        return any(person.role is not Role.TEACHER for person in batch.roster(scene.class_id).staff)

    def _names_somebody(self, batch: Batch, scene: Scene, found: FoundCommand) -> bool:
        """Whether a command is likely to name a pupil."""
        return names_pupil(words_of(found.text), batch.roster(scene.class_id), capital=found.takes_text)

    def _tell_listeners(self, batch: Batch, scene: Scene, only: str | None) -> None:
        fact, class_id = scene.fact, scene.class_id
        for loaded, listener in self._registry.listeners(class_id, type(fact)):
            if only is None or only == f"{loaded.name}.{listener.name}":
                self._run(batch, loaded, scene, listener.name, partial(_listen, listener, fact))

    def _apologise(self, batch: Batch, loaded: LoadedPlugin, scene: Scene, handler: str) -> None:
        if scene.confidential:
            batch.add(self._taken_away(batch, scene, f"{handler}.failed"))
            return
        scene = replace(scene, removed=scene.removed or scene.removed_if_refused)
        apology = self._context(batch, loaded, scene, f"{handler}.failed")
        apology.refuse(UserError("core-noted-failure"), command=True)
        batch.add(apology.finish())

    def _run(
        self, batch: Batch, loaded: LoadedPlugin, scene: Scene, handler: str, handle: Callable[[HandlerContext], None]
    ) -> bool:
        """Run a handler in its savepoint and keep its effects, or the sentence that has to be said in their place.

        Returns:
            False if it failed and the fact is set aside for it.
        """
        context = self._context(batch, loaded, scene, handler)
        try:
            with batch.attempt():
                handle(context)
                effects = context.finish()
        except MustUndo:
            raise
        except UserError as error:
            if scene.confidential:
                batch.add(self._taken_away(batch, scene, handler))
                return True
            speaker = (self._registry.plugin(error.speaker) if error.speaker else None) or loaded
            scene = replace(scene, removed=scene.removed or scene.removed_if_refused)
            context = self._context(batch, speaker, scene, handler)
            context.refuse(error, command=scene.is_command)
            effects = context.finish()
        except Exception as error:
            if is_storage_failure(error):
                raise
            self._set_aside(scene.cause, f"{loaded.name}.{handler}", scene.class_id, error)
            return False
        batch.add(effects)
        return True

    def _taken_away(self, batch: Batch, scene: Scene, handler: str) -> list[Effect]:
        """For a confidential command that did not work: what was wrong with it would tell whom it names."""
        context = self._context(batch, self._registry.core, replace(scene, removed=False), handler)
        context.redact(scene.fact.event_id, room=scene.room.id)
        context.tell_staff("core-command-confidential")
        return context.finish()

    def _context(self, batch: Batch, loaded: LoadedPlugin, scene: Scene, handler: str) -> HandlerContext:
        fact = scene.fact
        message = fact if isinstance(fact, MessageSent) else None
        context = HandlerContext(
            batch,
            loaded,
            scene.class_id,
            cause=scene.cause,
            handler=handler,
            room=scene.room,
            person=scene.person,
            event_id=fact.event_id,
            reply_to=message.reply_to if message else None,
            in_thread=message.thread if message else None,
            occurred=fact.at,
        )
        if scene.removed:
            context.remove_cause()
        return context

    def _set_aside(self, cause: str, handler: str, class_id: ClassId | None, error: Exception) -> None:
        what = kind_and_place(error)
        log.error("set aside %s: %s failed with %s", cause, handler, what)
        inbox.set_aside(self._database, cause, handler, class_id, what, self._clock.seconds())


def _listen(listener: Listener, fact: AnyFact, context: HandlerContext) -> None:
    listener.handler(context, fact)
