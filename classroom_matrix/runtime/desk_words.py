"""Messages where we may have asked something back: plain words are understood, edits followed, questions passed by."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from ..domain.facts import MessageSent
from ..domain.people import Role
from ..errors import UserError
from ..storage import spoken, whereabouts
from ..storage.questions import Question
from . import edits, understanding
from .batch import Batch
from .context import HandlerContext
from .handling import Handling
from .scene import Scene
from .understanding import TAKE, Outcome, Settled


class DeskWords(Handling):
    """Decides about messages in desks and private chats."""

    def _decide_word(self, batch: Batch, scene: Scene, message: MessageSent, only: str | None) -> None:
        """A message where we may have asked something back: who goes on without an answer has dropped the question."""
        if message.replaces is not None:
            self._decide_edit(batch, scene, message, only)
            return
        question = understanding.question_in(batch, message)
        outcome = Outcome(fate=spoken.TAKEN)
        if not self._follow(batch, scene, message, only):
            outcome = self._understand(batch, scene, message, question, only)
            if scene.person is not None and scene.person.role.is_staff:
                whereabouts.note_word_of_staff(self._database, message.room_id, message.at)
            if not outcome.settled:
                self._tell_listeners(batch, scene, only)
        if only is None:
            self._note_fate(scene, message, outcome)
        if not outcome.answers:
            self._pass_by(batch, scene, question, only)

    def _decide_edit(self, batch: Batch, scene: Scene, message: MessageSent, only: str | None) -> None:
        """See `edits`. An edit that is talk, or a command, passes no question by."""
        again = _is_take(only)
        edited = edits.follow(self._database, scene.room.id, scene.person, message, again=again)
        refusal = edited.refusal
        if refusal is not None and only is None:
            self._run(batch, self._registry.core, scene, "edit", lambda context: context.reply(refusal))
            return
        anew = edited.anew if only is None or again else None
        if anew is None or self._registry.commands(scene.class_id).find(anew.body) is not None:
            self._tell_listeners(batch, scene, only)
            return
        question = understanding.question_in(batch, anew)
        now = replace(scene, fact=anew, edit=message.event_id)
        outcome = self._understand(batch, now, anew, question, only)
        if only is None:
            self._note_fate(scene, anew, outcome)
        if not outcome.settled:
            self._tell_listeners(batch, scene, only)
        elif not outcome.answers:
            self._pass_by(batch, now, question, only)

    def _note_fate(self, scene: Scene, message: MessageSent, outcome: Outcome) -> None:
        if scene.person is not None and scene.person.role is Role.GUARDIAN:
            fate = outcome.fate if message.kind == "text" else spoken.TAKEN
            spoken.put(self._database, message.event_id, message.room_id, scene.person.id, message.at, fate)

    def _understand(
        self, batch: Batch, scene: Scene, message: MessageSent, question: Question | None, only: str | None
    ) -> Outcome:
        """Act on plain words of a guardian, see `api.meaning`."""
        person = scene.person
        if person is None or person.role is not Role.GUARDIAN or message.kind != "text":
            return Outcome()
        if only is not None and not _is_take(only):
            return Outcome()
        outcome = understanding.settle(batch, scene.class_id, person, message, question)
        refused: list[str] = []
        for each in outcome.settled:
            handle = partial(_note_refusal, each, refused)
            if only is None:
                if not self._run(batch, each.loaded, scene, each.name, handle):
                    self._apologise(batch, each.loaded, scene, each.name)
            elif only == f"{each.loaded.name}.{each.name}":
                self._run(batch, each.loaded, scene, each.name, handle)
        # What was refused may be mended by an edit.
        return replace(outcome, fate=spoken.OPEN) if refused and len(refused) == len(outcome.settled) else outcome

    def _pass_by(self, batch: Batch, scene: Scene, question: Question | None, only: str | None) -> None:
        """In the name of whoever was asked: their words are talk after all."""
        if question is None or only not in (None, f"{self._registry.core.name}.{understanding.PASS_BY}"):
            return
        asked = next((one for one in batch.roster(scene.class_id).people() if one.id == question.person_id), None)
        handle = partial(understanding.pass_by, question=question)
        self._run(batch, self._registry.core, replace(scene, person=asked), understanding.PASS_BY, handle)


def _is_take(handler: str | None) -> bool:
    """Whether it is the name of a handler that acts on plain words."""
    return handler is not None and handler.rpartition(".")[2].startswith(TAKE)


def _note_refusal(settled: Settled, refused: list[str], context: HandlerContext) -> None:
    try:
        settled.handle(context)
    except UserError:
        refused.append(settled.name)
        raise
