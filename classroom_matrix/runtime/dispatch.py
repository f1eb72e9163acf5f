"""Facts → handlers. Runs in the database's thread; one transaction decides many facts, and each handler can be undone alone.

What can go wrong with a fact goes wrong for that fact alone: a `UserError` becomes one sentence to the person, any other
error sets the fact aside for that handler, tells the person that it is noted, and the class goes on.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence

from ..api import Room
from ..domain.facts import (
    AnyFact,
    EventRedacted,
    MemberInvited,
    MemberJoined,
    MemberLeft,
    MessageSent,
    RoomStateChanged,
    RoomTombstoned,
    VerificationAsked,
    points_at,
)
from ..domain.ids import ClassId, EffectKey, RoomId, UserId
from ..storage import cards, inbox, jobs, outbox, questions, spoken, whereabouts
from ..storage.database import Database, MustUndo, is_storage_failure
from ..storage.inbox import Mark, Received
from ..storage.jobs import DueJob
from ..storage.outbox import Effect
from ..storage.whereabouts import Place
from .batch import Batch
from .clock import Clock
from .context import HandlerContext
from .desk_words import DeskWords
from .fresh import FreshEffects
from .registry import Registry
from .scene import Scene

log = logging.getLogger(__name__)

BATCH = 200  # facts in one transaction

Observer = Callable[[Database, AnyFact], None]
"""Is shown facts about membership and state of rooms, in the transaction that handles them."""

_TALKS_WITH_US = ("desk", "private")
"""Roles of rooms in which plain words are understood."""

_OBSERVED = (MemberInvited, MemberJoined, MemberLeft, RoomStateChanged, RoomTombstoned)


class Dispatcher(DeskWords):
    """Decides. All methods run in the database's thread.

    Args:
        bot: the service's own account.
        observers: see `Observer`.
        everywhere: the class that rooms unknown to the service belong to; for side-by-side measurements only.
    """

    def __init__(
        self,
        database: Database,
        registry: Registry,
        clock: Clock,
        bot: UserId,
        *,
        observers: Sequence[Observer] = (),
        everywhere: ClassId | None = None,
    ) -> None:
        super().__init__(database, registry, clock)
        self._bot = bot
        self._observers = observers
        self._everywhere = everywhere
        self._fresh = FreshEffects(database)
        self.timetable_changed = False  # jobs or cards have changed since somebody last looked

    def new_effects(self) -> list[Effect]:
        """Rows of the outbox that nobody has been given yet; after a start, all that wait."""
        return self._fresh.take()

    # ── Facts ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def receive(self, mark: Mark, facts: Sequence[AnyFact], unreadable: Sequence[tuple[str, str]]) -> bool:
        """Store what arrived, and decide it in the same transaction where nothing older waits. See `inbox.store`.

        Returns:
            Whether there is something left to `decide`.

        Raises:
            StorageError: the database failed; nothing happened.
        """
        try:
            if self._receive_and_decide(mark, facts, unreadable):
                return False
        except Exception as error:
            if is_storage_failure(error):
                raise
            if not isinstance(error, MustUndo):
                log.warning("%s while deciding a push at once; its facts queue up", type(error).__name__)
        inbox.store(self._database, mark, facts, unreadable, self._clock.seconds())
        return True

    def _receive_and_decide(self, mark: Mark, facts: Sequence[AnyFact], unreadable: Sequence[tuple[str, str]]) -> bool:
        """Returns False, and does nothing, where facts have to queue up or are a mixture of new ones and old ones."""
        if len(facts) > BATCH or inbox.is_waiting(self._database):
            return False
        batch = self._batch(careful=False)
        with self._database.transaction():
            news = inbox.store(self._database, mark, facts, unreadable, batch.seconds, state=inbox.DONE)
            if news is None:
                return True
            if news != len(facts):
                raise MustUndo
            batch.look_up(facts)
            inbox.park(self._database, [fact for fact in facts if not self._decide_or_wait(batch, fact)])
            fresh = batch.flush()
        self._committed(batch, fresh)
        return True

    def decide(self) -> int:
        """Decide the oldest facts of the inbox. Returns how many there were.

        Raises:
            StorageError: the database failed; nothing happened, and the same facts come again.
        """
        received = inbox.waiting(self._database, BATCH, self._clock.seconds())
        if not received:
            return 0
        try:
            self._decide_together(received, self._batch(careful=False))
        except Exception as error:
            if is_storage_failure(error):
                raise
            for item in received:
                self._decide_alone(item)
        return len(received)

    def _decide_alone(self, item: Received) -> None:
        """One fact in a transaction of its own; if even that fails, the fact is set aside as a whole."""
        try:
            self._decide_together([item], self._batch())
        except Exception as error:
            if is_storage_failure(error):
                raise
            with self._database.transaction():
                self._set_aside(item.fact.event_id, "decide", None, error)
                inbox.settle(self._database, [item.seq], ())

    def _decide_together(self, received: Sequence[Received], batch: Batch) -> None:
        done: list[int] = []
        parked: list[int] = []
        with self._database.transaction():
            batch.look_up([item.fact for item in received])
            for item in received:
                (done if self._decide_or_wait(batch, item.fact) else parked).append(item.seq)
            fresh = batch.flush()
            inbox.settle(self._database, done, parked)
        self._committed(batch, fresh)

    def _committed(self, batch: Batch, fresh: Sequence[Effect]) -> None:
        self._fresh.add(fresh)
        self.timetable_changed |= batch.timetable_changed

    def _batch(self, *, careful: bool = True) -> Batch:
        return Batch(self._database, self._registry, self._clock.seconds(), careful=careful)

    def _decide_or_wait(self, batch: Batch, fact: AnyFact) -> bool:
        """Decide the fact, unless it points at a message that may be ours but has no event ID yet: sent, and not yet answered
        for. A vote can overtake the homeserver's answer to the poll, above all when the service is killed in between.

        Returns:
            Whether it is decided.
        """
        target = points_at(fact)
        if target is not None and not batch.origin(target) and batch.awaits_answer(fact.room_id):
            return False
        self._decide(batch, fact)
        return True

    def _decide(self, batch: Batch, fact: AnyFact, only: str | None = None) -> None:
        """Call the handlers of a fact: all of them, or `only` one (a second chance)."""
        if isinstance(fact, _OBSERVED) and only is None:
            for observer in self._observers:
                self._observe(observer, fact)
            if isinstance(fact, MemberInvited) and fact.user_id == self._bot:
                self._answer_invitation(batch, fact)
        if isinstance(fact, VerificationAsked) and fact.of != self._bot:
            return  # two members check each other
        place = batch.place(fact.room_id)
        class_id = self._class_of(place, fact)
        if class_id is None or not self._registry.knows(class_id) or batch.is_archived(class_id):
            return
        person = batch.person(class_id, fact.sender)
        if person is None and not self._registry.is_open(class_id) and not isinstance(fact, _OBSERVED):
            return  # strangers have no say, whatever rights a room gives them
        room = Room(fact.room_id, place.role, place.household_id) if place else Room(fact.room_id, "private")
        scene = Scene(class_id, fact, person, room)
        if isinstance(fact, MessageSent) and room.role in _TALKS_WITH_US:
            self._decide_word(batch, scene, fact, only)
            return
        if isinstance(fact, EventRedacted) and room.role in _TALKS_WITH_US:
            questions.drop_about(self._database, room.id, fact.target)
            spoken.drop(self._database, fact.target)
        if isinstance(fact, MessageSent) and self._follow(batch, scene, fact, only):
            return
        self._tell_listeners(batch, scene, only)

    def _observe(self, observer: Observer, fact: AnyFact) -> None:
        try:
            with self._database.savepoint():
                observer(self._database, fact)
        except Exception as error:
            if is_storage_failure(error):
                raise
            self._set_aside(fact.event_id, f"observer.{observer.__module__}", None, error)

    def _class_of(self, place: Place | None, fact: AnyFact) -> ClassId | None:
        """The class of a room; in a private chat, the class of the person if they have just one."""
        if place is None:
            return self._everywhere
        if place.class_id is not None:
            return place.class_id
        classes = whereabouts.classes_of(self._database, fact.sender)
        return classes[0] if len(classes) == 1 else None

    def _answer_invitation(self, batch: Batch, fact: MemberInvited) -> None:
        """Follow people of a class into a private chat, to be encrypted if so configured; decline others' invitations."""
        place = batch.place(fact.room_id)
        if place is not None and place.role != "private":
            return
        known = bool(whereabouts.classes_of(self._database, fact.sender))
        if known:
            whereabouts.remember_private_chat(self._database, fact.room_id, fact.sender)
        kind = "join" if known or self._everywhere else "leave"
        batch.add([Effect(f"{fact.event_id}|core.invitation|0", kind, fact.room_id, "", b"")])
        if kind == "join" and self._registry.private_encrypted:
            batch.add([Effect(f"{fact.event_id}|core.invitation|1", "encrypt", fact.room_id, "", b"")])

    # ── Jobs ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def run_jobs(self) -> int:
        """Run jobs whose time has come, each in a transaction of its own together with its being done. Returns how many.

        What they say to staff is one message: six things that end on Friday at noon are one piece of news.
        """
        due = jobs.due(self._database, self._clock.seconds(), BATCH)
        said: list[EffectKey] = []
        for job in due:
            batch = self._batch()
            with self._database.transaction():
                said += self._run_job(batch, job)
                batch.flush()
        if len(said) > 1:
            with self._database.transaction():
                outbox.join_lines(self._database, said)
        return len(due)

    def _run_job(self, batch: Batch, due: DueJob) -> Sequence[EffectKey]:
        """Returns the keys of what it says to staff."""
        jobs.done(self._database, due.id)  # first, so that a job may put itself back
        found = self._registry.job(due.name)
        class_id = ClassId(due.class_id)
        cause = due.cause
        if found is None or not self._registry.knows(class_id):
            inbox.set_aside(self._database, cause, due.name, due.class_id, "no such job or class", batch.seconds)
            return ()
        if batch.is_archived(class_id):
            return ()  # what was due in last year's class is nobody's business any more
        loaded, job = found
        staff = Room(batch.room_with_role(class_id, "staff") or RoomId(""), "staff")
        try:
            with self._database.savepoint():
                context = HandlerContext(batch, loaded, class_id, cause=cause, handler=job.name, room=staff)
                job.handler(context, *due.arguments)
                effects = context.finish()
        except Exception as error:
            if is_storage_failure(error):
                raise
            self._set_aside(cause, due.name, class_id, error)
            return ()
        batch.add(effects)
        return context.lines_to_staff

    # ── Second chances ──────────────────────────────────────────────────────────────────────────────────────────────

    def retry(self) -> None:
        """Give what `doctor --retry` marked a second chance: the handler that failed, and only that one."""
        marked = inbox.marked_for_retry(self._database)
        for item in marked:
            batch = self._batch()
            with self._database.transaction():
                fact = inbox.fact_of(self._database, item.cause)
                if fact is None and not item.cause.startswith(("job:", "card:")):
                    inbox.keep_aside(self._database, item)  # an event that could not be read: there is nothing to try
                    continue
                inbox.take_back(self._database, item)
                if fact is not None:
                    # What failed before any handler was asked is decided as if it had just come.
                    whole = item.handler in ("decide", "inbox") or item.handler.startswith("observer.")
                    self._decide(batch, fact, only=None if whole else item.handler)
                elif item.cause.startswith("job:"):
                    self._run_job(batch, jobs.of_cause(item.cause))
                else:
                    cards.touch_again(self._database, int(item.cause.removeprefix("card:")), batch.seconds)
                batch.flush()
