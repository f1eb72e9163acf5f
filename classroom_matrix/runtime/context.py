"""`HandlerContext`: what `api.Context` promises, kept with rows of the database."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from ..api import Command, News, Request, Room, Subject
from ..domain.content import AnyContent, Content, Line, Muted
from ..domain.facts import MessageSent
from ..domain.ids import ClassId, EventId, HouseholdId, RoomId
from ..domain.people import Person, Right
from ..domain.time import QuietHours
from ..errors import UserError, WhoIsMeant
from ..failure import kind_and_place
from ..storage import held, inbox, people, spoken, tasks
from ..storage.database import Database, MustUndo, is_storage_failure
from ..storage.outbox import UNKEPT, Effect
from .effects import Effects
from .values import ParseScope

if TYPE_CHECKING:
    from .batch import Batch
    from .commands import CommandTable
    from .registry import LoadedPlugin

T = TypeVar("T")

log = logging.getLogger(__name__)


class HandlerContext(Effects):
    """What one handler may do for one cause; see `api.Context`.

    Args:
        cause: event ID or "job:…"; with the handler's name and a count it makes the keys of effects.
        room: where the fact happened; the staff room for jobs.
        in_thread: the thread in which the person wrote.
    """

    def __init__(
        self,
        batch: Batch,
        plugin: LoadedPlugin,
        class_id: ClassId,
        *,
        cause: str,
        handler: str,
        room: Room,
        person: Person | None = None,
        event_id: EventId | None = None,
        reply_to: EventId | None = None,
        in_thread: EventId | None = None,
        occurred: int | None = None,
    ) -> None:
        super().__init__(batch, plugin, class_id, f"{cause}|{plugin.name}.{handler}|", room)
        self._cause = cause
        self._handler = handler
        self._nested = 0  # handlers of other plugins that were called from this one
        self.occurred = int(batch.seconds * 1000) if occurred is None else occurred
        self.person = person
        self.event_id = event_id
        self.reply_to = reply_to or in_thread
        self._in_thread = in_thread
        self.removed = False
        """The message that is handled is taken away: it named people where families read."""
        self._told_of_removal = False

    @property
    def language(self) -> str:
        return (self.person.language if self.person else None) or self.klass.language

    @property
    def handles_edit(self) -> bool:
        """Whether an edit is understood as if its message had been written so; `event_id` is that message's."""
        return self.event_id is not None and self._cause != self.event_id

    # ── Other plugins ───────────────────────────────────────────────────────────────────────────────────────────────

    def ask(self, request: Request[T]) -> T | None:
        found = self._batch.registry.server_of(self._class_id, type(request))
        if found is None:
            return None
        loaded, served = found
        context = self._context_for(loaded, served.handler.__name__)
        try:
            answer: T = served.handler(context, request)
        except UserError as error:
            error.speaker = error.speaker or loaded.name
            raise
        self._effects += context.finish()
        return answer

    def announce(self, news: News) -> None:
        for loaded, listener in self._batch.registry.listeners(self._class_id, type(news)):
            context = self._context_for(loaded, listener.name)
            try:
                with self._batch.attempt():
                    listener.handler(context, news)
                    effects = context.finish()
            except MustUndo:
                raise
            except Exception as error:  # another plugin's failure is not the teller's
                if is_storage_failure(error):
                    raise
                what = kind_and_place(error)
                log.error("set aside news of %s: %s.%s failed with %s", self._cause, loaded.name, listener.name, what)  # noqa: TRY400 - its message may hold names
                handler = f"{loaded.name}.{listener.name}"
                inbox.set_aside(self._batch.database, f"news:{self._cause}", handler, self._class_id, what, self._batch.seconds)
            else:
                self._effects += effects

    def _context_for(self, loaded: LoadedPlugin, handler: str) -> HandlerContext:
        """For another plugin's handler, about the same cause. Its number keeps the keys of effects apart."""
        self._nested += 1
        return HandlerContext(
            self._batch,
            loaded,
            self._class_id,
            cause=self._cause,
            handler=f"{self._plugin.name}.{self._handler}>{self._nested}.{handler}",
            room=self.room,
            person=self.person,
            event_id=self.event_id,
            reply_to=self.reply_to,
            in_thread=self._in_thread,
            occurred=self.occurred,
        )

    # ── Looking back ────────────────────────────────────────────────────────────────────────────────────────────────

    def subject(self, event_id: EventId) -> Subject | None:
        found = self._batch.origin(event_id)
        if found is None or found[0] != self._plugin.name:
            return None
        kind, _, id_ = found[1].partition("/")
        return Subject(kind, id_)

    def author_of(self, event_id: EventId) -> Person | None:
        fact = inbox.fact_of(self._batch.database, event_id)
        place = self._batch.place(fact.room_id) if fact else None
        if fact is None or place is None or place.class_id != self._class_id:
            return None
        return self._batch.person(self._class_id, fact.sender)

    def is_taken(self, event_id: EventId) -> bool:
        word = spoken.get(self._batch.database, self.room.id, event_id)
        return word is not None and word.fate == spoken.TAKEN

    def message_of(self, event_id: EventId) -> MessageSent | None:
        fact = inbox.fact_of(self._batch.database, event_id)
        return fact if isinstance(fact, MessageSent) and fact.room_id == self.room.id else None

    def command_in(self, body: str) -> Command | None:
        found = self.commands.find(body)
        if found is None:
            return None
        role, rights = (self.person.role, self.person.rights) if self.person else (None, frozenset[Right]())
        return found.bind(role, self.scope, rights).command

    @property
    def scope(self) -> ParseScope:
        """How arguments are read. "Завтра" is the day after the one on which it was said, however late the message comes."""
        said = min(self.now, datetime.fromtimestamp(self.occurred / 1000, self.klass.zone))
        return ParseScope(said, self.klass.zone, lambda: self.roster, self.language)

    # ── Saying ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def reply(self, key: str, **values: object) -> None:
        self.reply_content(Content.line(self.text(key, language=self.language, **values)))

    def reply_privately(self, key: str, **values: object) -> None:
        self.reply_content(Content.line(self.text(key, language=self.language, **values)), privately=True)

    def reply_content(self, content: AnyContent, *, privately: bool = False) -> None:
        if privately and not self._among_ourselves():
            self._reply_elsewhere(content, mark="✅")
            return
        if isinstance(content, Content):
            content = replace(content, reply_to=content.reply_to or self.event_id, thread=content.thread or self._in_thread)
        self._send(content, self.room.id)

    def _among_ourselves(self) -> bool:
        """Whether a private answer may stand here. A desk is no place for what staff ask about other families, and nobody
        knows who else was invited to a chat that somebody made.
        """
        if self.person is not None and self.person.role.is_staff:
            return self.room.role == "staff"
        return self.room.role == "desk"

    def refuse(self, error: UserError, *, command: bool) -> None:
        """Say what is wrong. Nobody's slips in commands are read by all families, nor are questions that name people."""
        shared = self.person is not None and self.room.role != "private" and not self._among_ourselves()
        if isinstance(error, WhoIsMeant) or (command and shared):
            self.ask_privately(error.key, **error.values)
        else:
            self.reply(error.key, **error.values)

    def ask_privately(self, key: str, **values: object) -> None:
        """Ask the person what was meant, naming people; see `errors.WhoIsMeant`."""
        content = Content.line(self.text(key, language=self.language, **values))
        if self._among_ourselves():
            self.reply_content(content)
        elif self._elsewhere() is None:
            self._mark("❔")
        else:
            self._reply_elsewhere(content, mark="❔")

    def _reply_elsewhere(self, content: AnyContent, *, mark: str) -> None:
        """Answer staff in the staff room and guardians in their desk, with a mark on the question: it is not ignored."""
        place = self._elsewhere()
        if place is None:
            raise UserError("core-say-it-privately")
        staff, household = place
        if self.removed and staff and isinstance(content, Content):
            content = replace(content, blocks=(*content.blocks, self._removal()))
        self._send(content, staff, household_id=household)
        self._mark(mark)

    def _elsewhere(self) -> tuple[RoomId | None, HouseholdId | None] | None:
        """The staff room or the household's desk, whichever is the person's."""
        staff = self._batch.room_with_role(self._class_id, "staff") if self.person and self.person.role.is_staff else None
        household = self.person.household_id if self.person and staff is None else None
        return (staff, household) if staff or household else None

    def _mark(self, mark: str) -> None:
        if self.event_id is not None and not self.removed:
            self.react(self.event_id, mark, room=self.room.id)

    def remove_cause(self) -> None:
        """Take the message away that is handled, and say so in the staff room, with the answer if there is one."""
        if self.event_id is not None:
            self.redact(self.event_id, room=self.room.id)
            self.removed = True

    def _removal(self) -> Line:
        self._told_of_removal = True
        return Line(Muted(self.text("core-command-removed", language=self.language)))

    # ── For the core's own commands ─────────────────────────────────────────────────────────────────────────────────

    @property
    def commands(self) -> CommandTable:
        return self._batch.registry.commands(self._class_id)

    def choose_language(self, person: Person, language: str) -> None:
        people.set_language(self._batch.database, person.id, language)
        self._batch.people_changed()

    def reply_unkept(self, content: Content) -> None:
        """Answer in private with words that the outbox forgets as soon as they are sent."""
        first = len(self._effects)
        self.reply_content(content, privately=True)
        answer = self._effects[first]
        assert isinstance(answer, Effect)
        answer.key += UNKEPT

    def choose_quiet(self, person: Person, hours: QuietHours | None) -> None:
        """A person's own quiet hours, or None for the class's. Letters that wait for the household are looked at again."""
        people.set_quiet(self._batch.database, person.id, hours)
        self._batch.people_changed()
        if person.household_id is not None and held.look_again(self._batch.database, person.household_id, self._batch.seconds):
            self._batch.timetable_changed = True

    def give_rights(self, person: Person, rights: frozenset[Right]) -> None:
        """The rights that a guardian has from now on in this class."""
        people.set_rights(self._batch.database, self.klass.id, person.id, rights)
        self._batch.people_changed()

    def start_task(self, name: str, *arguments: str | int) -> None:
        """Do something that needs I/O once this is committed; `name` as in `school`'s table of tasks."""
        key = self._next_key()
        tasks.put(self._batch.database, key, name, self.klass.id, *arguments, due=self._batch.seconds)
        self._batch.timetable_changed = True

    @property
    def batch(self) -> Batch:
        """For what the house asks of all plugins."""
        return self._batch

    @property
    def database(self) -> Database:
        """For the core's own tables only."""
        return self._batch.database

    # ── The end of the handler ──────────────────────────────────────────────────────────────────────────────────────

    def finish(self) -> list[Effect]:
        """Effects in the order they were asked for, cards rendered with the state that the handler left."""
        staff = self._batch.room_with_role(self._class_id, "staff") if self.removed and not self._told_of_removal else None
        if staff is not None:
            self._send(Content((self._removal(),)), staff)
        return super().finish()
