"""`HandlerContext`: what `api.Context` promises, kept with rows of the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from ..api import CardKind, Job, Klass, Room, Subject
from ..domain.content import AnyContent, Content, Line, Muted, PollContent, ReactionContent, Redaction, Target
from ..domain.ids import ClassId, EffectKey, EventId, HouseholdId, RoomId, is_effect_key
from ..domain.people import Household, Person, Roster
from ..errors import PluginError, UserError, WhoIsMeant
from ..i18n import Catalogue
from ..i18n import moment as format_moment
from ..matrix.render import refers_to, render
from ..storage import cards, jobs, people, tasks, whereabouts
from ..storage.cards import CardName
from ..storage.database import Database
from ..storage.outbox import Effect
from .shown import shown

if TYPE_CHECKING:
    from .batch import Batch
    from .commands import CommandTable
    from .registry import LoadedPlugin


class CardView:
    """What a card's renderer sees; see `api.View`."""

    def __init__(self, batch: Batch, plugin: LoadedPlugin, class_id: ClassId) -> None:
        self._batch = batch
        self._plugin = plugin
        self._class_id = class_id
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

    def text(self, key: str, *, language: str | None = None, **values: object) -> str:
        return self._plugin.catalogue.text(key, language or self.klass.language, **values)

    def date(self, moment: datetime, *, language: str | None = None) -> str:
        return format_moment(moment.astimezone(self.klass.zone), language or self.klass.language)

    def posted(self, subject: Subject) -> Sequence[EffectKey]:
        return [EffectKey(key) for key in self._batch.keys_about(self._plugin.name, self._class_id, _about(subject))]


@dataclass(slots=True)
class _CardToRender:
    """A card that is posted in this handler; rendered when the handler is through, because its state may still change."""

    key: EffectKey
    kind: CardKind
    subject: str
    room_id: RoomId


class HandlerContext(CardView):
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
        super().__init__(batch, plugin, class_id)
        self.occurred = int(batch.seconds * 1000) if occurred is None else occurred
        self.room = room
        self.person = person
        self.event_id = event_id
        self.reply_to = reply_to or in_thread
        self._in_thread = in_thread
        self._prefix = f"{cause}|{plugin.name}.{handler}|"
        self._count = 0
        self._effects: list[Effect | _CardToRender] = []
        self._touched: list[CardName] = []
        self.removed = False
        """The message that is handled is taken away: it named people where families read."""
        self._told_of_removal = False

    @property
    def language(self) -> str:
        return (self.person.language if self.person else None) or self.klass.language

    # ── Looking back ────────────────────────────────────────────────────────────────────────────────────────────────

    def subject(self, event_id: EventId) -> Subject | None:
        found = self._batch.origin(event_id)
        if found is None or found[0] != self._plugin.name:
            return None
        kind, _, id_ = found[1].partition("/")
        return Subject(kind, id_)

    def posted(self, subject: Subject) -> Sequence[EffectKey]:
        about = _about(subject)
        own = [EffectKey(e.key) for e in self._effects if isinstance(e, Effect) and e.about == about]
        own += [e.key for e in self._effects if isinstance(e, _CardToRender) and f"{e.kind.name}/{e.subject}" == about]
        return [*super().posted(subject), *own]

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

    def post(self, content: AnyContent, *, room: str | RoomId, about: Subject | None = None) -> EffectKey:
        return self._send(content, self._room_id(room), about=_about(about) if about else None)

    def tell(self, households: Sequence[Household], key: str, **values: object) -> None:
        for household in households:
            reachable = [guardian for guardian in household.guardians if guardian.user_id and not guardian.limited]
            if not reachable:
                continue
            languages = {guardian.language or self.klass.language for guardian in reachable}
            language = languages.pop() if len(languages) == 1 else self.klass.language
            content = Content.line(self.text(key, language=language, **values), loud=True)
            self._send(content, None, household_id=household.id)  # the batch knows the desks

    def tell_staff(self, key: str, **values: object) -> None:
        staff = self._batch.room_with_role(self._class_id, "staff")
        if staff is not None:
            self._send(Content.line(self.text(key, language=None, **values)), staff)

    def react(self, target: Target, key: str, *, room: str | RoomId) -> None:
        self._send(ReactionContent(target, key), self._room_id(room))

    def redact(self, target: Target, *, room: str | RoomId, reason: str = "") -> None:
        redaction = Redaction(target, reason)
        self._effects.append(
            Effect(
                self._next_key(),
                "redact",
                self._room_id(room),
                "" if is_effect_key(target) else target,
                redaction.reason.encode(),
                class_id=self._class_id,
                refers=target if is_effect_key(target) else None,
                plugin=self._plugin.name,
            )
        )

    def _send(
        self, content: AnyContent, room_id: RoomId | None, *, about: str | None = None, household_id: str | None = None
    ) -> EffectKey:
        type_, body = render(self._hushed(content))
        key = self._next_key()
        self._effects.append(
            Effect(
                key,
                "send",
                room_id,
                type_,
                body,
                household_id=household_id,
                class_id=self._class_id,
                refers=refers_to(content),
                plugin=self._plugin.name,
                about=about,
            )
        )
        return key

    def _hushed(self, content: AnyContent) -> AnyContent:
        """In the quiet hours nothing raises a badge: it is there in the morning, and woke nobody."""
        match content:
            case Content() if (content.loud or content.mention_room or content.mentions) and self._is_quiet():
                return replace(content, loud=False, mention_room=False, mentions=())
            case PollContent() if content.mention_room and self._is_quiet():
                return replace(content, mention_room=False)
        return content

    def _is_quiet(self) -> bool:
        return self.klass.quiet.covers(self.now)

    def _next_key(self) -> EffectKey:
        key = EffectKey(f"{self._prefix}{self._count}")
        self._count += 1
        return key

    def _room_id(self, room: str | RoomId) -> RoomId:
        """A room of this class and no other, whatever a plugin asks for."""
        if room == self.room.id:
            return self.room.id
        if room.startswith("!"):
            current = whereabouts.current_room(self._batch.database, self._class_id, room)
            if current is None:
                raise PluginError(self._plugin.name, "asked for a room of another class")
            return current
        found = self._batch.room_with_role(self._class_id, room)
        if found is None:
            raise UserError("core-no-such-room", role=room)
        return found

    # ── For the core's own commands ─────────────────────────────────────────────────────────────────────────────────

    @property
    def commands(self) -> CommandTable:
        return self._batch.registry.commands(self._class_id)

    @property
    def catalogue(self) -> Catalogue:
        return self._plugin.catalogue

    def choose_language(self, person: Person, language: str) -> None:
        people.set_language(self._batch.database, person.id, language)
        self._batch.people_changed()

    def start_task(self, name: str, *arguments: str | int) -> None:
        """Do something that needs I/O once this is committed; `name` as in `school`'s table of tasks."""
        key = self._next_key()
        tasks.put(self._batch.database, key, name, self.klass.id, *arguments, due=self._batch.seconds)
        self._batch.timetable_changed = True

    @property
    def database(self) -> Database:
        """For the core's own tables only."""
        return self._batch.database

    # ── Cards and jobs ──────────────────────────────────────────────────────────────────────────────────────────────

    def card(self, kind: CardKind, subject: str, *, room: str | RoomId) -> EffectKey:
        key = self._next_key()
        self._effects.append(_CardToRender(key, kind, subject, self._room_id(room)))
        return key

    def refresh(self, kind: CardKind, subject: str) -> None:
        self._touched.append(CardName(self._plugin.name, kind.name, subject, self._class_id))

    def at(self, when: datetime, job: Job, *arguments: str | int) -> None:
        name = f"{self._plugin.name}.{job.name}"
        jobs.put(self._batch.database, self._class_id, name, arguments, when.timestamp())
        self._batch.timetable_changed = True

    def cancel(self, job: Job, *arguments: str | int) -> None:
        jobs.forget(self._batch.database, self._class_id, f"{self._plugin.name}.{job.name}", arguments)

    # ── The end of the handler ──────────────────────────────────────────────────────────────────────────────────────

    def finish(self) -> list[Effect]:
        """Effects in the order they were asked for, cards rendered with the state that the handler left."""
        staff = self._batch.room_with_role(self._class_id, "staff") if self.removed and not self._told_of_removal else None
        if staff is not None:
            self._send(Content((self._removal(),)), staff)
        effects = [effect if isinstance(effect, Effect) else self._post_card(effect) for effect in self._effects]
        self._batch.touch(self._touched)
        return effects

    def _post_card(self, card: _CardToRender) -> Effect:
        content = card.kind.render(self, card.subject)
        type_, body = render(content)
        cards.put(
            self._batch.database,
            plugin=self._plugin.name,
            kind=card.kind.name,
            subject=card.subject,
            class_id=self._class_id,
            room_id=card.room_id,
            key=card.key,
            shown=shown(body),
        )
        return Effect(
            card.key,
            "send",
            card.room_id,
            type_,
            body,
            class_id=self._class_id,
            refers=refers_to(content),
            plugin=self._plugin.name,
            about=f"{card.kind.name}/{card.subject}",
        )


def _about(subject: Subject) -> str:
    return f"{subject.kind}/{subject.id}"
