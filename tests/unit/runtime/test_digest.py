"""The evening digest: one letter to households that want it, where there is something to say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classroom_matrix.api import Klass
from classroom_matrix.domain.ids import ClassId, FamilyId, HouseholdId, PersonId, UserId
from classroom_matrix.domain.people import Household, Person, Role
from classroom_matrix.domain.time import QuietHours, at_local
from classroom_matrix.runtime.core.digest import SPREAD, begin_daily_digests, evening_days, moment_for
from classroom_matrix.runtime.registry import ClassSetup
from classroom_matrix.storage import archive
from classroom_matrix.testing.conversation import Conversation

from .news_toy.plugin import meals, tasks
from .test_whats_new import open_desks, told

MOSCOW = ZoneInfo("Europe/Moscow")


@pytest.fixture
def talk() -> Iterator[Conversation]:
    """Monday, 16 November, 10:00."""
    with Conversation({tasks: None, meals: None}) as conversation:
        open_desks(conversation)
        yield conversation


def for_all(talk: Conversation, **changes: object) -> None:
    """Give the class other settings, as if the service were started with them."""
    (setup,) = talk.registry.setups
    klass = replace(setup.klass, **changes)  # type: ignore[arg-type]
    talk.registry._wirings[klass.id] = replace(talk.registry._wirings[klass.id], setup=replace(setup, klass=klass))
    start(talk, replace(setup, klass=klass))


def start(talk: Conversation, setup: ClassSetup) -> None:
    now = talk.clock.seconds()
    talk._runner.run(talk.database.call(lambda: begin_daily_digests(talk.database, [setup], now)))
    talk.settle()


def letters(talk: Conversation, desk: str) -> list[str]:
    return [text for text in talk.texts(desk) if text.startswith(("Сводка", "For tomorrow"))]


def test_household_that_wants_it_is_told_of_tomorrow(talk: Conversation) -> None:
    answer = talk.guardian(0).says("!сводка вкл", room="family0-0")
    assert answer.startswith("Хорошо, каждый вечер около 18:0")
    told(talk, "!задание 2026-11-17; с. 12", "!обед 2026-11-16; каша")
    talk.move_to(datetime(2026, 11, 16, 17, 59))
    assert letters(talk, "family0-0") == []
    talk.move_to(datetime(2026, 11, 16, 18, 10))
    assert [text.split("\n") for text in letters(talk, "family0-0")] == [
        ["Сводка на завтра:", "Завтра, вт, 17 ноября", "Задания", "Ксения Калинина: с. 12"]
    ]
    assert [message.loud for message in talk.room("family0-0") if "Сводка" in message.body] == [True]
    assert letters(talk, "family1-0") == letters(talk, "family2-0") == []


def test_same_dialogue_in_english() -> None:
    with Conversation({tasks: None, meals: None}, language="en") as talk:
        open_desks(talk)
        assert talk.guardian(0).says("!digest", room="family0-0").startswith("The evening digest is off.")
        assert talk.guardian(0).says("!digest on", room="family0-0").startswith("All right, every evening at about 18:0")
        told(talk, "!task 2026-11-17; p. 12")
        talk.move_to(datetime(2026, 11, 16, 19, 0))
        assert letters(talk, "family0-0")[0].split("\n")[:2] == ["For tomorrow:", "Tomorrow, Tue, 17 November"]
        assert talk.guardian(0).says("!digest off", room="family0-0").startswith("All right, no more evening digests.")


def test_nothing_is_said_where_there_is_nothing(talk: Conversation) -> None:
    talk.guardian(0).says("!сводка вкл", room="family0-0")
    talk.move_to(datetime(2026, 11, 18, 12, 0))
    assert letters(talk, "family0-0") == []


def test_it_comes_once_every_evening(talk: Conversation) -> None:
    talk.guardian(0).says("!сводка вкл", room="family0-0")
    told(talk, *(f"!обед 2026-11-{day}; суп {day}" for day in range(17, 21)))
    talk.move_to(datetime(2026, 11, 19, 20, 0))
    assert [text.split("\n")[1] for text in letters(talk, "family0-0")] == [
        "Завтра, вт, 17 ноября",
        "Завтра, ср, 18 ноября",
        "Завтра, чт, 19 ноября",
        "Завтра, пт, 20 ноября",
    ]


def test_choosing_again_in_the_evening_brings_no_second_one(talk: Conversation) -> None:
    told(talk, "!обед 2026-11-17; суп")
    talk.guardian(0).says("!сводка вкл", room="family0-0")
    talk.move_to(datetime(2026, 11, 16, 18, 30))
    talk.guardian(0).says("!сводка выкл", room="family0-0")
    talk.guardian(0).says("!сводка вкл", room="family0-0")
    talk.move_to(datetime(2026, 11, 16, 23, 0))
    assert len(letters(talk, "family0-0")) == 1


def test_it_stops_when_told_to_and_the_class_s_default_can_be_declined(talk: Conversation) -> None:
    for_all(talk, digest_for_all=True)
    told(talk, "!обед 2026-11-17; суп", "!обед 2026-11-18; суп")
    assert "включена" in talk.guardian(0).says("!сводка", room="family0-0")
    talk.guardian(0).says("!сводка выкл", room="family0-0")
    talk.move_to(datetime(2026, 11, 16, 19, 0))
    desks = ["family0-0", "family1-0", "family2-0", "family2-1", "family3-0"]
    assert [len(letters(talk, desk)) for desk in desks] == [0, 1, 1, 1, 0]  # nobody of the last can be written to
    talk.guardian(2).says("!сводка выкл", room="family1-0")
    talk.move_to(datetime(2026, 11, 17, 19, 0))
    assert [len(letters(talk, desk)) for desk in desks] == [0, 1, 2, 2, 0]


def test_what_is_open_alone_is_told_once_and_again_when_it_changes(talk: Conversation) -> None:
    talk.guardian(0).says("!сводка вкл", room="family0-0")
    told(talk, "!задание now; анкета")
    talk.move_to(datetime(2026, 11, 18, 20, 0))
    assert [text.split("\n")[1:] for text in letters(talk, "family0-0")] == [
        ["Открыто для вас", "Задания", "Ксения Калинина: анкета"]
    ]
    told(talk, "!обед now; талоны")
    talk.move_to(datetime(2026, 11, 20, 20, 0))
    assert len(letters(talk, "family0-0")) == 2


def test_it_comes_before_own_quiet_hours_begin(talk: Conversation) -> None:
    talk.guardian(0).says("!тихо 17:30–7:00", room="family0-0")
    answer = talk.guardian(1).says("!сводка вкл", room="family0-0")
    assert "около 17:" in answer
    told(talk, "!обед 2026-11-17; суп")
    talk.move_to(datetime(2026, 11, 16, 17, 30))
    assert len(letters(talk, "family0-0")) == 1


def test_letter_that_would_come_after_midnight_does_not_come(talk: Conversation) -> None:
    talk.guardian(0).says("!сводка вкл", room="family0-0")
    told(talk, "!обед 2026-11-17; суп")
    talk.guardian(0).says("!тихо 17:30–7:00", room="family0-0")  # after the letter was planned
    talk.move_to(datetime(2026, 11, 17, 12, 0))
    assert letters(talk, "family0-0") == []


def test_service_that_was_down_sends_it_late_the_same_evening_and_never_the_next_day(talk: Conversation) -> None:
    talk.guardian(0).says("!сводка вкл", room="family0-0")
    told(talk, "!обед 2026-11-17; суп", "!обед 2026-11-18; каша")
    talk.clock.move_to(datetime(2026, 11, 16, 20, 0, tzinfo=MOSCOW))  # nobody works while time passes
    talk.settle()
    assert len(letters(talk, "family0-0")) == 1
    talk.move_to(datetime(2026, 11, 17, 12, 0))
    talk.clock.move_to(datetime(2026, 11, 18, 9, 0, tzinfo=MOSCOW))
    talk.settle()
    assert len(letters(talk, "family0-0")) == 1


def test_class_without_it_says_so_and_an_archived_one_has_none(talk: Conversation) -> None:
    for_all(talk, digest=None)
    assert "вечерних сводок нет" in talk.guardian(0).says("!сводка вкл", room="family0-0")
    for_all(talk, digest=time(18), digest_for_all=True)
    told(talk, "!обед 2026-11-17; суп")
    talk._runner.run(talk.database.call(lambda: archive.archive(talk.database, ClassId("3b"), ClassId("4b"))))
    talk.move_to(datetime(2026, 11, 16, 20, 0))
    assert letters(talk, "family0-0") == []


def test_separated_parents_choose_for_their_own_household(talk: Conversation) -> None:
    talk.guardian(4).says("!сводка вкл", room="family2-0")
    told(talk, "!обед 2026-11-17; суп")
    talk.move_to(datetime(2026, 11, 16, 20, 0))
    assert [len(letters(talk, desk)) for desk in ("family2-0", "family2-1")] == [1, 0]


def test_wrong_word_gets_one_sentence(talk: Conversation) -> None:
    assert talk.guardian(0).says("!сводка иногда", room="family0-0") == (
        "Не понимаю «иногда». Можно так: !сводка вкл или !сводка выкл"
    )
    assert talk.teacher.says("!сводка вкл", room="staff").startswith("Это для семей")


@pytest.mark.parametrize(
    ("today", "days"), [("2026-11-16", [17]), ("2026-11-20", [21, 22, 23]), ("2026-11-21", [22]), ("2026-11-22", [23])]
)
def test_evening_tells_of_everything_up_to_the_next_day_of_school(today: str, days: list[int]) -> None:
    assert [day.day for day in evening_days(date.fromisoformat(today))] == days


hours = st.builds(time, st.integers(0, 23), st.sampled_from([0, 20, 45]))
quiet = st.builds(QuietHours, hours, hours)


@settings(max_examples=150, deadline=None)
@given(quiet, st.lists(st.none() | quiet, min_size=1, max_size=3), hours, st.dates(date(2026, 1, 1), date(2026, 12, 31)))
def test_letter_never_comes_in_anybody_s_quiet_hours_nor_on_another_day(
    of_class: QuietHours, own: list[QuietHours | None], digest: time, day: date
) -> None:
    """Also on the nights when clocks change (Berlin)."""
    zone = ZoneInfo("Europe/Berlin")
    klass = Klass(ClassId("3b"), "3Б", "ru", zone, of_class, digest=digest)
    people = tuple(
        Person(PersonId(str(n)), "x", Role.GUARDIAN, UserId(f"@{n}:x"), household_id=HouseholdId("h"), quiet=each)
        for n, each in enumerate(own)
    )
    moment = moment_for(klass, Household(HouseholdId("h"), FamilyId("f"), people), day)
    if moment is None:
        return
    assert moment.date() == day
    assert not any((person.quiet or of_class).covers(moment) for person in people)
    assert moment < at_local(datetime.combine(day, digest), zone) + timedelta(seconds=SPREAD)
