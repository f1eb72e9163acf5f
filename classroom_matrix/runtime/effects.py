"""`Effects`: what a handler asks for becomes rows: messages, letters, cards, jobs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from ..api import CardKind, Job, Room, Subject
from ..domain.content import AnyContent, Content, FileContent, MediaContent, PollContent, ReactionContent, Redaction, Target
from ..domain.ids import ClassId, EffectKey, RoomId, is_effect_key
from ..domain.people import Household
from ..errors import PluginError, UserError
from ..matrix.render import kind_of, refers_to, render
from ..storage import cards, held, jobs, rings, whereabouts
from ..storage.cards import CardName
from ..storage.outbox import Effect
from .shown import shown
from .view import ClassView, about_of

if TYPE_CHECKING:
    from .batch import Batch
    from .registry import LoadedPlugin

MAX_FILE = 30_000
"""Bytes of a file that is made here: it stands in the outbox until it is sent."""


@dataclass(slots=True)
class _CardToRender:
    """A card that is posted in this handler; rendered when the handler is through, because its state may still change."""

    key: EffectKey
    kind: CardKind
    subject: str
    room_id: RoomId


class Effects(ClassView):
    """The part of `api.Context` that asks for effects, whoever acted.

    Args:
        prefix: of the keys of effects; a count makes them whole.
        room: where the fact happened; the staff room for jobs.
    """

    def __init__(self, batch: Batch, plugin: LoadedPlugin, class_id: ClassId, prefix: str, room: Room) -> None:
        super().__init__(batch, plugin, class_id)
        self.room = room
        self._prefix = prefix
        self._count = 0
        self._effects: list[Effect | _CardToRender] = []
        self._touched: dict[CardName, bool] = {}  # and whether more than counts changed
        self.lines_to_staff: list[EffectKey] = []

    def posted(self, subject: Subject) -> Sequence[EffectKey]:
        wanted = about_of(subject)
        own = [EffectKey(e.key) for e in self._effects if isinstance(e, Effect) and e.about == wanted]
        own += [e.key for e in self._effects if isinstance(e, _CardToRender) and f"{e.kind.name}/{e.subject}" == wanted]
        return [*super().posted(subject), *own]

    # ── Saying ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def post(self, content: AnyContent, *, room: str | RoomId, about: Subject | None = None) -> EffectKey:
        return self._send(content, self._room_id(room), about=about_of(about) if about else None)

    def tell(self, households: Sequence[Household], key: str, **values: object) -> None:
        for household in households:
            if not household.reachable:
                continue
            said = self.text(key, language=self.language_of(household), **values)
            content = Content.line(said, loud=self.quiet_until(household) is None and self._may_ring(household))
            self._effects.append(self._effect(content, None, household_id=household.id))  # the batch knows the desks

    def write(
        self,
        household: Household,
        content: Content,
        *,
        about: Subject | None = None,
        buttons: Sequence[str] = (),
        files: Sequence[FileContent | MediaContent] = (),
        urgent: bool = False,
    ) -> datetime | None:
        if not household.reachable:
            return None
        until = self.quiet_until(household) if content.loud and not urgent else None
        if content.loud and until is None and not self._may_ring(household, urgent=urgent):
            content = replace(content, loud=False)
        letter = self._effect(content, None, about=about_of(about) if about else None, household_id=household.id)
        taps = [
            self._effect(ReactionContent(EffectKey(letter.key), button), None, household_id=household.id) for button in buttons
        ]
        taps += [self._effect(file, None, household_id=household.id) for file in files]
        if until is None:
            self._effects += [letter, *taps]
        else:
            held.put(self._batch.database, [letter, *taps], until.timestamp())
            self._batch.timetable_changed = True
        return until

    def _may_ring(self, household: Household, *, urgent: bool = False) -> bool:
        return rings.may_ring(self._batch.database, household.id, self._batch.seconds, urgent=urgent)

    def tell_staff(self, key: str, **values: object) -> None:
        staff = self._batch.room_with_role(self._class_id, "staff")
        if staff is not None:
            self.lines_to_staff.append(self._send(Content.line(self.text(key, language=None, **values)), staff))

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
        effect = self._effect(self._hushed(content), room_id, about=about, household_id=household_id)
        self._effects.append(effect)
        return EffectKey(effect.key)

    def _effect(
        self, content: AnyContent, room_id: RoomId | None, *, about: str | None = None, household_id: str | None = None
    ) -> Effect:
        if isinstance(content, FileContent) and len(content.data) > MAX_FILE:
            raise PluginError(self._plugin.name, f"wants to send a file of {len(content.data)} bytes; {MAX_FILE} are possible")
        type_, body = render(content)
        return Effect(
            self._next_key(),
            kind_of(content),
            room_id,
            type_,
            body,
            household_id=household_id,
            class_id=self._class_id,
            refers=refers_to(content),
            plugin=self._plugin.name,
            about=about,
        )

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

    # ── Cards and jobs ──────────────────────────────────────────────────────────────────────────────────────────────

    def card(self, kind: CardKind, subject: str, *, room: str | RoomId) -> EffectKey:
        key = self._next_key()
        self._effects.append(_CardToRender(key, kind, subject, self._room_id(room)))
        return key

    def refresh(self, kind: CardKind, subject: str, *, counts_only: bool = False) -> None:
        name = CardName(self._plugin.name, kind.name, subject, self._class_id)
        self._touched[name] = self._touched.get(name, False) or not counts_only

    def at(self, when: datetime, job: Job, *arguments: str | int) -> None:
        name = f"{self._plugin.name}.{job.name}"
        jobs.put(self._batch.database, self._class_id, name, arguments, when.timestamp())
        self._batch.timetable_changed = True

    def cancel(self, job: Job, *arguments: str | int) -> None:
        jobs.forget(self._batch.database, self._class_id, f"{self._plugin.name}.{job.name}", arguments)

    # ── The end of the handler ──────────────────────────────────────────────────────────────────────────────────────

    def finish(self) -> list[Effect]:
        """Effects in the order they were asked for, cards rendered with the state that the handler left."""
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
