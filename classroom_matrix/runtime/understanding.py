"""What a guardian's plain words mean, see `api.meaning`: asked of all plugins, settled here, or asked back."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from ..api import Meaning, Subject
from ..api.contracts import WordsRefused, WordsTaken
from ..domain.content import Content, Line
from ..domain.facts import MessageSent
from ..domain.ids import ClassId
from ..domain.people import Person
from ..failure import kind_and_place
from ..storage import inbox, outbox, questions, spoken, whereabouts
from ..storage.database import is_storage_failure
from ..storage.questions import SURE, WHICH, KeptMeaning, Question
from .batch import Batch
from .choosing import answers_anything, chosen, is_made_of, leave_out, names
from .context import HandlerContext
from .registry import LoadedPlugin
from .view import ClassView, about_of

log = logging.getLogger(__name__)

TAKE = "take"
"""The name of the handler that acts on what was understood."""
PASS_BY = "pass_by"  # noqa: S105 - no password
"""The name of the handler that forgets a question which was not answered."""
LONGEST = 1_000  # characters; whoever writes more tells something
OFFERED = 6  # meanings to choose from
_FORGOTTEN = 24 * 3600 * 1000  # milliseconds after which a question is no more
_SHORT = 5  # words, without courtesies
_AT_ONCE = 1_000  # milliseconds: letters that went out together, of which none is the last


@dataclass(frozen=True, slots=True)
class Settled:
    """Whose handler acts, what it is called, and what it does."""

    loaded: LoadedPlugin
    name: str
    handle: Callable[[HandlerContext], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What has to be done about a message, nothing where it is talk. `answers`: it answered the question of its room; `fate`:
    what becomes of the message, as in `storage.spoken`.
    """

    settled: Sequence[Settled] = ()
    answers: bool = False
    fate: str = spoken.OPEN


@dataclass(frozen=True, slots=True)
class _Found:
    """A meaning for a plugin. `position`: in the question that it answers; `refused`: the person has just said that it is not
    this; `again`: that was chosen before.
    """

    loaded: LoadedPlugin
    meaning: Meaning
    position: int | None = None
    refused: bool = False
    again: bool = False


def question_in(batch: Batch, message: MessageSent) -> Question | None:
    """What stands open in a room when a message comes there; None where the message was written before it."""
    question = questions.get(batch.database, message.room_id)
    if question is None or message.at < question.at or question.passed_by not in (None, message.event_id):
        return None
    return question


def settle(batch: Batch, class_id: ClassId, person: Person, message: MessageSent, question: Question | None) -> Outcome:
    """What has to be done about a message."""
    if not 0 < len(message.body) <= LONGEST:
        return Outcome()
    answers = _answers(batch, message, question)
    if not answers and _leaves_open_which(batch, message, question):
        return Outcome(
            [Settled(batch.registry.core, TAKE, lambda context: context.reply("core-understood-number"))], answers=True
        )
    found = _narrowed(batch, message, [*answers, *_ask_plugins(batch, class_id, person, message)])
    if not found:
        return Outcome()
    if all(each.position is not None for each in found):
        assert question is not None
        fate = spoken.CHOSE if question.kind == WHICH else spoken.TAKEN
        return Outcome(_answering(batch, found), answers=True, fate=fate)
    if len(found) == 1 and found[0].meaning.sure and not _answers_another(batch, person, message, found[0]):
        return Outcome([_taking(found[0])], fate=spoken.TAKEN)
    return Outcome([Settled(batch.registry.core, TAKE, lambda context: _ask_back(context, person, found[:OFFERED]))])


def _answers_another(batch: Batch, person: Person, message: MessageSent, found: _Found) -> bool:
    """Whether short words are perhaps said to the teacher, or to a letter of another plugin, written since we have asked."""
    meaning = found.meaning
    if not meaning.changes or message.reply_to or message.thread:
        return False
    words = leave_out(message.body, _words(batch, "core-words-courtesy"))
    if len(words) > _SHORT or (len(words) > 1 and names(words, meaning.label)):
        return False
    since = max(meaning.asked or 0, message.at - _FORGOTTEN)
    staff_at = whereabouts.last_word_of_staff(batch.database, message.room_id)
    if staff_at is not None and since < staff_at <= message.at:
        return True
    if not answers_anything(words):
        return False
    letter = outbox.last_letter(batch.database, person.household_id, message.at / 1000) if person.household_id else None
    return letter is not None and letter[0] != found.loaded.name and since + _AT_ONCE < letter[1] * 1000


def _answering(batch: Batch, found: Sequence[_Found]) -> list[Settled]:
    core = batch.registry.core
    if found[0].refused:
        return [Settled(core, TAKE, _refuse)]
    new = [each for each in found if not each.again]
    return [_taking(each) for each in new] or [Settled(core, TAKE, partial(_say_again, found=found[0]))]


def pass_by(context: HandlerContext, question: Question) -> None:
    """Somebody went on without answering: what was asked about is talk after all, and no later word answers it; but an edit of
    this one may, if it was a slip of the pen.
    """
    left = questions.get(context.database, context.room.id)
    if left == question and context.event_id is not None:  # else something newer was asked about the message that came instead
        questions.pass_by(context.database, context.room.id, context.event_id)
    if question.passed_by is None:
        _tell_refused(context, question)


def _ask_plugins(batch: Batch, class_id: ClassId, person: Person, message: MessageSent) -> list[_Found]:
    language = person.language or batch.registry.klass(class_id).language
    found: list[_Found] = []
    for loaded in [batch.registry.core, *batch.registry.plugins_of(class_id)]:
        if loaded.plugin.understand is None:
            continue
        view = ClassView(batch, loaded, class_id, language)
        try:
            found += [_Found(loaded, meaning) for meaning in loaded.plugin.understand(view, person, message)]
        except Exception as error:  # one plugin's failure leaves the message to the others
            if is_storage_failure(error):
                raise
            what = kind_and_place(error)
            log.error("set aside %s: %s.understand failed with %s", message.event_id, loaded.name, what)  # noqa: TRY400 - its message may hold names
            inbox.set_aside(batch.database, message.event_id, f"{loaded.name}.understand", class_id, what, batch.seconds)
    return found


def _answers(batch: Batch, message: MessageSent, question: Question | None) -> list[_Found]:
    """What the message answers to a question that we asked back."""
    if question is None or message.at - question.at > _FORGOTTEN:
        return []
    no = is_made_of(message.body, _words(batch, "core-words-no"), _words(batch, "core-words-courtesy"))
    positions: Sequence[int]
    if no:
        positions = range(1)
    elif question.kind == SURE:
        yes = is_made_of(message.body, _words(batch, "core-words-yes"), _words(batch, "core-words-courtesy"))
        positions = range(1) if yes else ()
    else:
        positions = chosen(message.body, [kept.label for kept in question.meanings])
    found = []
    for position in positions:
        kept = question.meanings[position]
        loaded = batch.registry.plugin(kept.plugin)
        if loaded is not None:
            meaning = Meaning(Subject(kept.kind, kept.id), kept.answer, kept.label, asked=question.at)
            found.append(_Found(loaded, meaning, position, refused=no, again=kept.taken))
    return found


def _leaves_open_which(batch: Batch, message: MessageSent, question: Question | None) -> bool:
    """Whether somebody says yes to a list of which nothing has been chosen."""
    if question is None or question.kind != WHICH or message.at - question.at > _FORGOTTEN:
        return False
    untouched = not any(kept.taken for kept in question.meanings)
    return untouched and is_made_of(message.body, _words(batch, "core-words-yes"), _words(batch, "core-words-courtesy"))


def _words(batch: Batch, key: str) -> set[str]:
    return set(batch.registry.core.catalogue.listed(key))


def _narrowed(batch: Batch, message: MessageSent, found: Sequence[_Found]) -> list[_Found]:
    for pointed_at in (message.reply_to, message.thread):
        origin = batch.origin(pointed_at) if pointed_at else None
        meant = [each for each in found if (each.loaded.name, about_of(each.meaning.about)) == origin]
        if meant:
            found = meant
            break
    distinct = {(each.loaded.name, each.meaning.about, each.meaning.answer): each for each in reversed(_asked_last(found))}
    return list(reversed(distinct.values()))


def _asked_last(found: Sequence[_Found]) -> Sequence[_Found]:
    """What was asked about last. Beside what is given up there unnamed ("отмена") stands what other plugins make of the words:
    it may be theirs that is given up.
    """
    last = max((each.meaning.asked for each in found if each.meaning.asked is not None), default=None)
    if last is None:
        return found
    meant = [each for each in found if each.meaning.asked is not None and each.meaning.asked > last - _AT_ONCE]
    if not any(each.meaning.gives_up for each in meant):
        return meant
    askers = {each.loaded.name for each in meant}
    return [each for each in found if each in meant or (each.position is None and each.loaded.name not in askers)]


def _taking(found: _Found) -> Settled:
    name = TAKE if found.position is None else f"{TAKE}-{found.position + 1}"
    return Settled(found.loaded, name, partial(_take, found=found))


def _take(context: HandlerContext, found: _Found) -> None:
    if found.position is not None:
        _tick_off(context, found.position)
    elif context.handles_edit and context.event_id is not None:
        context.announce(WordsTaken(context.event_id, context.occurred))
    take = found.loaded.plugin.take
    assert take is not None
    take(context, found.meaning)


def _tick_off(context: HandlerContext, position: int) -> None:
    """The rest of a list may still be chosen, until somebody says something else."""
    question = questions.get(context.database, context.room.id)
    if question is None:
        return
    if question.event_id is not None:
        spoken.close(context.database, question.event_id)
        context.announce(WordsTaken(question.event_id, context.occurred))
    meanings = tuple(_as_taken(kept) if place == position else kept for place, kept in enumerate(question.meanings))
    if all(kept.taken for kept in meanings):
        questions.drop(context.database, context.room.id)
    else:
        questions.put(context.database, context.room.id, replace(question, meanings=meanings, passed_by=None))


def _as_taken(kept: KeptMeaning) -> KeptMeaning:
    """The same, chosen."""
    return KeptMeaning(kept.plugin, kept.kind, kept.id, kept.answer, kept.label, taken=True)


def _say_again(context: HandlerContext, found: _Found) -> None:
    context.reply("core-understood-again", label=found.meaning.label)


def _refuse(context: HandlerContext) -> None:
    question = questions.get(context.database, context.room.id)
    questions.drop(context.database, context.room.id)
    chose = question is not None and any(kept.taken for kept in question.meanings)
    context.reply("core-understood-no-more" if chose else "core-understood-no")
    if question is not None and question.event_id is not None:
        spoken.close(context.database, question.event_id)
    if question is not None:
        _tell_refused(context, question)


def _tell_refused(context: HandlerContext, question: Question) -> None:
    if question.event_id is not None and not any(kept.taken for kept in question.meanings):
        context.announce(WordsRefused(question.event_id, question.at))


def _ask_back(context: HandlerContext, person: Person, found: Sequence[_Found]) -> None:
    kept = tuple(
        KeptMeaning(each.loaded.name, each.meaning.about.kind, each.meaning.about.id, each.meaning.answer, each.meaning.label)
        for each in found
    )
    kind = SURE if len(kept) == 1 else WHICH
    question = Question(kind, kept, person.id, context.klass.id, context.occurred, context.event_id)
    questions.put(context.database, context.room.id, question)
    if kind == SURE:
        context.reply("core-understood-sure", label=kept[0].label)
        return
    lines = [Line(f"{position}. {each.label}") for position, each in enumerate(kept, start=1)]
    title = Line(context.text("core-understood-which", language=context.language))
    context.reply_content(Content((title, *lines)))
