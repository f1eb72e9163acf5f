"""What a household still has to confirm: for newcomers, in the digest, in the calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime

from classroom_matrix.domain.people import Household
from classroom_matrix.testing.conversation import Conversation
from classroom_plugins.announcements.plugin import plugin

from .seeing import labels, view_of


def home(talk: Conversation, guardian: int) -> Household:
    person = talk.guardian(guardian).person
    assert person is not None
    found = talk.roster.household(person.household_id)
    assert found is not None
    return found


def agenda(talk: Conversation, guardian: int, language: str | None = None) -> list[str]:
    assert plugin.agenda is not None
    return labels(plugin.agenda(view_of(talk, language), home(talk, guardian)))


def test_agenda_names_what_is_not_confirmed_and_how(asked: Conversation):
    line = (
        "До ср, 18 ноября, 18:00 прочитайте и подтвердите объявление №1 «Завтра уроки с 9:00»:"
        " нажмите под ним ✅ или ответьте сюда «прочитали»."
    )
    assert agenda(asked, 0) == [line]
    asked.guardian(0).reacts("уроки", "✅")
    assert (agenda(asked, 0), agenda(asked, 2)) == ([], [line])


def test_agenda_speaks_the_desks_language(asked: Conversation):
    assert agenda(asked, 0, "en")[0].startswith("Read and confirm announcement no. 1")


def test_agenda_after_the_deadline_says_so_and_ends(asked: Conversation):
    asked.move_to(datetime(2026, 11, 19, 10))
    assert "ещё не подтверждено, срок был ср, 18 ноября, 18:00" in agenda(asked, 0)[0]
    asked.move_to(datetime(2026, 12, 19, 10))
    assert agenda(asked, 0) == []


def test_agenda_leaves_out_what_is_withdrawn_scheduled_or_not_to_be_confirmed(talk: Conversation):
    talk.teacher.says("!объявление Завтра каток", room="staff")
    talk.teacher.says("!важно Первое", room="staff")
    talk.teacher.says("!важно Второе. Отправить завтра в 9:00", room="staff")
    talk.teacher.says("!объявление отменить 2", room="staff")
    assert agenda(talk, 0) == []


def test_coming_is_what_is_due_on_that_day(asked: Conversation):
    assert plugin.coming is not None
    for day, expected in ((17, []), (18, ["До 18:00 подтвердить объявление №1 «Завтра уроки с 9:00»"])):
        assert labels(plugin.coming(view_of(asked), home(asked, 0), date(2026, 11, day))) == expected
    asked.guardian(0).reacts("уроки", "✅")
    assert list(plugin.coming(view_of(asked), home(asked, 0), date(2026, 11, 18))) == []


def test_calendar_has_deadlines_that_keep_their_name_when_they_move(asked: Conversation):
    assert plugin.calendar is not None
    (entry,) = plugin.calendar(view_of(asked), None)
    asked.advance(minutes=5)
    assert (entry.uid, entry.title) == ("must-read/1", "Подтвердить объявление №1: Завтра уроки с 9:00")
    assert entry.starts == datetime(2026, 11, 18, 15, 0, tzinfo=UTC)
    asked.teacher.says("!исправить №1 подтвердить до пятницы 18:00", room="staff")
    (moved,) = plugin.calendar(view_of(asked), home(asked, 0))
    assert (moved.uid, moved.sequence > entry.sequence) == (entry.uid, True)
    assert moved.starts == datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
    assert entry.changed == datetime(2026, 11, 16, 7, 0, tzinfo=UTC)
    assert moved.changed is not None
    assert entry.changed < moved.changed
    asked.teacher.says("!объявление отменить 1", room="staff")
    (gone,) = plugin.calendar(view_of(asked), None)
    assert (gone.uid, gone.cancelled, gone.sequence > moved.sequence) == (entry.uid, True, True)
    assert gone.changed is not None
    assert moved.changed < gone.changed
