"""What a guardian's plain words mean, see `api.meaning`: asked of all plugins, settled here, or asked back."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ..api import Meaning, Subject
from ..api.contracts import WordsRefused
from ..domain.content import Content, Line
from ..domain.facts import MessageSent
from ..domain.ids import ClassId
from ..domain.people import Person
from ..storage import inbox, questions
from ..storage.database import is_storage_failure
from ..storage.questions import SURE, WHICH, KeptMeaning, Question
from .batch import Batch
from .context import HandlerContext
from .failure import kind_and_place
from .registry import LoadedPlugin
from .values import fold
from .view import ClassView, about_of

log = logging.getLogger(__name__)

TAKE = "take"
"""The name of the handler that acts on what was understood."""
LONGEST = 1_000  # characters; whoever writes more tells something
OFFERED = 6  # meanings to choose from
_FORGOTTEN = 24 * 3600 * 1000  # milliseconds after which a question is no more
_MARKS = " .,!)…"

Settled = tuple[LoadedPlugin, Callable[[HandlerContext], None]]
"""Whose handler acts, and what it does."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A meaning for a plugin. `refused`: the person has just said that it is not this."""

    loaded: LoadedPlugin
    meaning: Meaning
    answers_question: bool = False
    refused: bool = False


def settle(batch: Batch, class_id: ClassId, person: Person, message: MessageSent) -> Settled | None:
    """What has to be done about a message; None where it means nothing to anybody."""
    if not 0 < len(message.body) <= LONGEST:
        return None
    answers = _answers(batch, class_id, person, message)
    found = _narrowed(batch, message, [*answers, *_ask_plugins(batch, class_id, person, message)])
    if not found:
        return None
    first = found[0]
    if len(found) == 1 and first.refused:
        return batch.registry.core, lambda context: _refuse(context, person)
    if len(found) == 1 and (first.meaning.sure or first.answers_question):
        return first.loaded, lambda context: _take(context, person, first)
    return batch.registry.core, lambda context: _ask_back(context, person, found[:OFFERED])


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


def _answers(batch: Batch, class_id: ClassId, person: Person, message: MessageSent) -> list[_Found]:
    """What the message answers to a question that we asked back."""
    question = questions.get(batch.database, person.id, class_id)
    if question is None or not 0 <= message.at - question.at <= _FORGOTTEN:
        return []
    said = fold(message.body).strip(_MARKS)
    if question.kind == SURE:
        core = batch.registry.core.catalogue
        yes, no = (
            {word.strip() for language in ("ru", "en") for word in core.text(key, language).split(",")}
            for key in ("core-words-yes", "core-words-no")
        )
        chosen = question.meanings[:1] if said in yes | no else ()
        refused = said in no
    else:
        position = int(said) if said.isascii() and said.isdigit() and len(said) <= 2 else 0
        chosen, refused = question.meanings[position - 1 : position] if position else (), False
    found = []
    for kept in chosen:
        loaded = batch.registry.plugin(kept.plugin)
        if loaded is not None:
            meaning = Meaning(Subject(kept.kind, kept.id), kept.answer, kept.label, asked=question.at)
            found.append(_Found(loaded, meaning, answers_question=True, refused=refused))
    return found


def _narrowed(batch: Batch, message: MessageSent, found: Sequence[_Found]) -> list[_Found]:
    for pointed_at in (message.reply_to, message.thread):
        origin = batch.origin(pointed_at) if pointed_at else None
        meant = [each for each in found if (each.loaded.name, about_of(each.meaning.about)) == origin]
        if meant:
            found = meant
            break
    asked = [each.meaning.asked for each in found if each.meaning.asked is not None]
    if asked:
        found = [each for each in found if each.meaning.asked == max(asked)]
    distinct = {(each.loaded.name, each.meaning.about, each.meaning.answer): each for each in reversed(found)}
    return list(reversed(distinct.values()))


def _take(context: HandlerContext, person: Person, found: _Found) -> None:
    if found.answers_question:
        questions.drop(context.database, person.id, context.klass.id)
    take = found.loaded.plugin.take
    assert take is not None
    take(context, found.meaning)


def _refuse(context: HandlerContext, person: Person) -> None:
    question = questions.get(context.database, person.id, context.klass.id)
    questions.drop(context.database, person.id, context.klass.id)
    context.reply("core-understood-no")
    if question is not None and question.event_id is not None:
        context.announce(WordsRefused(question.event_id, question.at))


def _ask_back(context: HandlerContext, person: Person, found: Sequence[_Found]) -> None:
    kept = tuple(
        KeptMeaning(each.loaded.name, each.meaning.about.kind, each.meaning.about.id, each.meaning.answer, each.meaning.label)
        for each in found
    )
    kind = SURE if len(kept) == 1 else WHICH
    questions.put(context.database, person.id, context.klass.id, Question(kind, kept, context.occurred, context.event_id))
    if kind == SURE:
        context.reply("core-understood-sure", label=kept[0].label)
        return
    lines = [Line(f"{position}. {each.label}") for position, each in enumerate(kept, start=1)]
    title = Line(context.text("core-understood-which", language=context.language))
    context.reply_content(Content((title, *lines)))
