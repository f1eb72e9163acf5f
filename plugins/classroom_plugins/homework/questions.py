"""Study questions from desks: numbered in the staff room, answered to the family or, without a name, to everybody."""

from __future__ import annotations

import json
import re
import textwrap
from dataclasses import replace

from classroom_matrix.api import Context, Meaning, Subject, View, command, on
from classroom_matrix.domain.content import Bold, Bullets, Content, Line, MediaContent
from classroom_matrix.domain.facts import EventRedacted, MessageSent
from classroom_matrix.domain.folding import fold
from classroom_matrix.domain.ids import EventId
from classroom_matrix.domain.people import Household, Role
from classroom_matrix.domain.short_names import is_given_name
from classroom_matrix.errors import InvalidArgument, NotAllowed, NotFound

from . import question_store, store
from .cards import card_key, subject_name, subjects_of
from .domain import MAX_QUESTION, Question, local, local_day, without_names
from .pupils_named import is_ordinary, named_pupil
from .sentences import SaidQuestion, read_question, split_everybody, split_question

_SHORT = 80  # characters of a question in a sentence
_NAME = re.compile(r"[^\W\d_]{3,}")
_NEW = Subject("question", "new")


@command("question")
def ask_question(ctx: Context, text: str) -> None:
    """`!вопрос по математике: …`; for guardians, from wherever they write it."""
    if ctx.person is None or ctx.person.role is not Role.GUARDIAN or ctx.person.household_id is None:
        raise NotAllowed("homework-question-whose")
    _ask(ctx, split_question(text, subjects_of(ctx)))


def meaning(view: View, said: SaidQuestion) -> Meaning:
    answer = json.dumps([said.subject, said.text], ensure_ascii=False)
    return Meaning(_NEW, answer, view.text("homework-question-label"))


def take(ctx: Context, meaning: Meaning) -> None:
    subject, text = json.loads(meaning.answer)
    _ask(ctx, SaidQuestion(subject, text))


def _ask(ctx: Context, said: SaidQuestion) -> None:
    assert ctx.person is not None
    assert ctx.event_id is not None
    if len(said.text) > MAX_QUESTION:
        raise InvalidArgument("homework-too-long", count=len(said.text), most=MAX_QUESTION)
    question = question_store.ask(
        ctx.klass.id,
        family=ctx.person.family_id,
        household=ctx.person.household_id,
        person=ctx.person.id,
        subject=said.subject,
        thread=None,
        text=said.text,
        source=ctx.event_id,
        at=ctx.occurred,
    )
    _show_staff(ctx, question, "homework-question-staff")
    _reply(ctx, "homework-question-asked")


def _show_staff(ctx: Context, question: Question, key: str) -> None:
    assert ctx.person is not None
    family = ctx.roster.family(question.family)
    number = str(question.number)
    values = {"number": number, "subject": _about(ctx, question), "text": question.text, "person": ctx.person.name}
    told = ctx.text(key, family=family.label if family else "—", **values)
    how = ctx.text("homework-question-how", number=number)
    content = Content((*Content.line(told).blocks, Line(how)), loud=True)
    ctx.post(content, room="staff", about=Subject("question", number))


def _reply(ctx: Context, key: str) -> None:
    if ctx.room.role in ("desk", "private"):
        ctx.reply(key)
    else:
        ctx.reply_privately(key)


@command("answer", needs=Role.SPECIALIST, names_people=True)
def answer_question(ctx: Context, number: int, text: str) -> None:
    question = question_store.question(ctx.klass.id, number)
    if question is None:
        raise NotFound("homework-question-unknown", number=str(number))
    answer(ctx, question, *split_everybody(text))
    ctx.reply_privately("homework-question-answered", number=str(number))


@command("homework questions", needs=Role.SPECIALIST)
def list_questions(ctx: Context, text: str = "") -> None:
    """What is not answered, the oldest first. With a text it is a task of a subject that is not said: "вопросы с. 12"."""
    if text.strip():
        command_word = ctx.text("command-homework-questions", language=ctx.language)
        raise InvalidArgument("homework-which-subject", text=f"{command_word} {text.strip()[:_SHORT]}")
    waiting = question_store.unanswered(ctx.klass.id)
    if not waiting:
        ctx.reply_privately("homework-questions-none")
        return
    title = Line(ctx.text("homework-questions", language=ctx.language, count=len(waiting)))
    ctx.reply_content(Content((title, Bullets(tuple(_in_list(ctx, one) for one in waiting)))), privately=True)


@on(MessageSent)
def hear_answer(ctx: Context, message: MessageSent) -> None:
    """Staff answer by replying to the question, in the staff room or in the family's desk."""
    if message.reply_to is None or message.replaces is not None or ctx.person is None or not ctx.person.role.is_staff:
        return
    if message.kind != "text" and message.media is None:
        return
    if ctx.room.role == "desk":
        question = question_store.question_of(ctx.klass.id, message.reply_to)
        if question is not None and question.answered_at is None:
            question_store.answer(question, message.at, "", shared=False)  # it stands in the desk already
        return
    asked = _question_of(ctx, message.reply_to) if ctx.room.role == "staff" else None
    if asked is not None:
        answer(ctx, asked, *_said(ctx, message))
        ctx.react(message.event_id, "✅", room=ctx.room.id)


def is_question(ctx: Context, event: EventId) -> bool:
    """Whether a message of ours is a question that waits for its answer."""
    return _question_of(ctx, event) is not None


def _question_of(ctx: Context, event: EventId) -> Question | None:
    subject = ctx.subject(event)
    if subject is None or subject.kind != "question":
        return None
    return question_store.question(ctx.klass.id, int(subject.id))


def _said(ctx: Context, message: MessageSent) -> tuple[bool, str, MediaContent | None]:
    """Whether an answer is for everybody, its text, and its photo, if it has one."""
    if message.media is None:
        return *split_everybody(message.body), None
    caption = "" if message.body.strip() == message.media.filename.strip() else message.body
    everybody, said = split_everybody(caption)
    return everybody, said or ctx.text("homework-see-photo"), MediaContent(message.media, message.kind)


@on(MessageSent)
def follow_question_edit(ctx: Context, message: MessageSent) -> None:
    """A question is edited: what it asks now is what staff answer. An answer that has gone is an answer to what it was."""
    if message.replaces is None or message.kind != "text" or ctx.person is None:
        return
    question = question_store.question_of(ctx.klass.id, message.replaces)
    if question is None or question.person != ctx.person.id:
        return
    body = message.body.removeprefix("* ").strip()
    if question.thread is not None:
        question_store.reword(question, question.subject, body[:MAX_QUESTION])
        return
    said = _reworded(ctx, body)
    if said is None or len(said.text) > MAX_QUESTION or question.answered_at is not None:
        _reply(ctx, "homework-question-edit-lost")
    elif said.text != question.text or said.subject != question.subject:
        question_store.reword(question, said.subject, said.text)
        _show_staff(ctx, replace(question, subject=said.subject, text=said.text), "homework-question-edited")
        _reply(ctx, "homework-question-edit-sent")


def _reworded(ctx: Context, body: str) -> SaidQuestion | None:
    subjects = subjects_of(ctx)
    if body[:1] not in ("!", "！"):
        return read_question(body, subjects)
    behind = body[1:].lstrip().partition(" ")[2].strip()
    return split_question(behind, subjects) if behind else None


@on(EventRedacted)
def forget_taken_back(ctx: Context, redaction: EventRedacted) -> None:
    """Who takes a question back before it is answered does not wait for an answer."""
    question = question_store.question_of(ctx.klass.id, redaction.target)
    if question is None or question.answered_at is not None or ctx.person is None:
        return
    if ctx.person.id == question.person or ctx.person.role.is_staff:
        question_store.forget_question(question)
        for posted in ctx.posted(Subject("question", str(question.number))):
            ctx.redact(posted, room="staff")
        if ctx.person.id == question.person and question.thread is None:
            _reply(ctx, "homework-question-taken-back")


def answer(ctx: Context, question: Question, everybody: bool, said: str, photo: MediaContent | None = None) -> None:
    """Bring an answer to whom it is for, with its photo.

    Raises:
        InvalidArgument: it says nothing, or says to everybody who asked.
    """
    if not said:
        raise InvalidArgument("homework-answer-empty", number=str(question.number))
    if everybody and question.thread is None:
        _check_names(ctx, question, said)
    question_store.answer(question, ctx.occurred, said, shared=everybody or question.thread is not None)
    household = ctx.roster.household(question.household)
    if question.thread is not None:
        thread = card_key(ctx, question.thread)
        ctx.post(Content((Line(said),), reply_to=question.source, thread=thread), room=ctx.options.room)
    elif everybody:
        _answer_everybody(ctx, question, said, photo)
        if household is not None:
            _write(ctx, household, "homework-answer-shared", question, said)
    elif household is not None:
        _write(ctx, household, "homework-answer", question, said, photo)


def _write(
    ctx: Context, household: Household, key: str, question: Question, said: str, photo: MediaContent | None = None
) -> None:
    files = [photo] if photo is not None else []
    language = ctx.language_of(household)
    shown = ctx.text(
        key, language=language, subject=_about(ctx, question, language), question=_short(question.text), answer=said
    )
    ctx.write(household, Content.line(shown, loud=True), about=Subject("answer", str(question.number)), files=files)


def _answer_everybody(ctx: Context, question: Question, said: str, photo: MediaContent | None) -> None:
    """In the thread of the card that the question is about. The question itself does not stand there: whose it is shows in its
    words.
    """
    replied = Line(Bold(ctx.text("homework-shared-answer", subject=_about(ctx, question))), " ", said)
    today = local_day(ctx.occurred, ctx.klass.zone)
    coming = store.upcoming(ctx.klass.id, local_day(question.at, ctx.klass.zone), question.subject)
    day = coming[0].day if coming else store.last_posted(ctx.klass.id, today)
    thread = card_key(ctx, day) if day is not None else None
    ctx.post(Content((replied,), thread=thread), room=ctx.options.room)
    if photo is not None:
        ctx.post(replace(photo, thread=thread), room=ctx.options.room)


def _check_names(ctx: Context, question: Question, said: str) -> None:
    """See whether an answer for all families names who asked, or a pupil of the class.

    Raises:
        InvalidArgument: it does.
    """
    family = ctx.roster.family(question.family)
    names = [pupil.name for pupil in family.pupils] + [adult.name for adult in family.guardians] if family else []
    asking = [pupil.name for pupil in family.pupils] if family else []
    short = any(
        is_given_name(fold(word), fold(name)) and not is_ordinary(word) for word in _NAME.findall(said) for name in asking
    )
    if short or without_names(said, names) != said:
        raise InvalidArgument("homework-answer-names", number=str(question.number))
    called = named_pupil(said, (pupil for each in ctx.roster.families for pupil in each.pupils))
    if called is not None:
        raise InvalidArgument("homework-answer-names-pupil", number=str(question.number), name=called)


def _about(view: View, question: Question, language: str | None = None) -> str:
    """What a question is about: a subject's name, or homework in general."""
    if question.subject:
        return subject_name(view, question.subject, language=language)
    return view.text("homework-in-general", language=language)


def _in_list(ctx: Context, question: Question) -> str:
    key = "homework-questions-line" if question.thread is None else "homework-questions-thread"
    return ctx.text(
        key,
        language=ctx.language,
        number=str(question.number),
        when=local(question.at, ctx.klass.zone),
        subject=_about(ctx, question, ctx.language),
        day=question.thread or local_day(question.at, ctx.klass.zone),
        text=_short(question.text),
    )


def _short(text: str) -> str:
    return textwrap.shorten(text, _SHORT, placeholder="…") or text[:_SHORT]
