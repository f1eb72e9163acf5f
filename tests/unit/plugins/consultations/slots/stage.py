"""What the tests of slots ask of a conversation."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import icalendar

from classroom_matrix.runtime.view import ClassView
from classroom_matrix.testing.conversation import Conversation
from classroom_matrix.testing.voice import Voice


def ask(talk: Conversation, voice: Voice, text: str) -> list[str]:
    """Write into one's own desk; everything that the service says to that anywhere, files left out.

    A number gets the word in front that makes it one of a slot: without a list a bare one is asked back, see `bare`.
    """
    return bare(talk, voice, f"запись {text}" if text.isdecimal() else text)


def bare(talk: Conversation, voice: Voice, text: str) -> list[str]:
    """The same, word for word."""
    assert voice.person is not None
    household = voice.person.household_id
    assert household is not None
    if household not in talk._rooms:
        talk._runner.run(talk._desk_of(talk.klass.id, household))
        talk._feed.clear()
    before = talk.count_of_bot()
    voice.says(text, room=household)
    return without_files(talk.bot_messages_since(before))


def one(talk: Conversation, voice: Voice, text: str) -> str:
    """The one answer to a message in the desk."""
    answers = ask(talk, voice, text)
    assert len(answers) == 1, answers
    return answers[0].replace("\xa0", " ")


def desk(talk: Conversation, voice: Voice) -> list[str]:
    return [text.replace("\xa0", " ") for text in without_files([message.body for message in talk.desk(voice)])]


def without_files(texts: list[str]) -> list[str]:
    return [text for text in texts if not text.endswith(".ics")]


def free(talk: Conversation) -> str:
    """The line of the newest card that counts what is free."""
    card = talk.card("Запись на консультации" if talk.klass.language == "ru" else "Consultations to book")
    return next(line for line in card.body.split("\n") if re.search(r"Свободно|занято|free|taken", line))


def staff(talk: Conversation, text: str) -> str:
    before = talk.count_of_bot()
    talk.teacher.says(text, room="staff")
    said = without_files(talk.bot_messages_since(before))
    in_staff = [text for text in talk.texts("staff") if text in said]
    return in_staff[-1] if in_staff else ""


def calendars(talk: Conversation, room: str) -> list[Any]:
    """The calendar files in a room, oldest first, each as its only component."""
    found = []
    for message in talk.room(room):
        if message.body.endswith(".ics"):
            data, mimetype, _ = talk.homeserver.media[message.content["url"]]
            assert mimetype == "text/calendar"
            found.append(icalendar.Calendar.from_ical(data))
    return found


def entry(calendar: Any) -> Any:
    return next(each for each in calendar.walk() if each.name == "VEVENT")


def utc(year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def look(talk: Conversation, what: Any, *arguments: Any) -> Any:
    """Ask the plugin as the runtime does."""

    def call() -> Any:
        return what(ClassView(talk.dispatcher._batch(), talk.registry.plugins["consultations"], talk.klass.id), *arguments)

    return talk._runner.run(talk.database.call(call))
