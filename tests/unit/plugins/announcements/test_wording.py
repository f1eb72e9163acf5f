"""Directions are taken off a text; everything else stays as it was typed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classroom_matrix.runtime.view import ClassView
from classroom_matrix.testing.conversation import Conversation
from classroom_plugins.announcements.plugin import plugin
from classroom_plugins.announcements.wording import Wording, read_wording, take_number

from .seeing import view_of


@pytest.fixture(scope="module")
def view() -> Iterator[ClassView]:
    with Conversation(plugin) as talk:
        yield view_of(talk)


def at(day: int, hour: int, minute: int, view: ClassView) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=view.klass.zone)


@pytest.mark.parametrize(
    "typed",
    [
        "Собрание в пятницу 18:00",
        "Отправить детей в пятницу с формой",
        "Отправить справки до пятницы",
        "Подтвердите участие до пятницы",
        "Принесите деньги срочно",
        "Важно прийти вовремя",
        "Когда: в пятницу. Где: в зале",
        "Обязательно сменная обувь",
        "Confirm your seats by Friday with the office",
        "Прошу срочно сдать анкеты, важно",
        "Сменная обувь – обязательно",
    ],
)
def test_ordinary_sentences_are_text(view: ClassView, typed: str):
    assert read_wording(view, typed) == Wording(typed)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("Каток. Отправить в пятницу 8:00", "Каток."),
        ("Каток\nотправить в пт 8:00", "Каток"),
        ("отправить в пятницу 8:00\nКаток", "Каток"),
        ("Каток!\n\nОпубликуй в пятницу в 8 утра.", "Каток!"),
        ("Каток (отправить в пятницу 8:00)", "Каток (отправить в пятницу 8:00)"),
        ("Каток; когда: пт 8:00", "Каток"),
        ("Каток, отправить в пт 8:00", "Каток"),
        ("Skating. Send on Friday 8:00", "Skating."),
    ],
)
def test_time_of_sending_is_found(view: ClassView, typed: str, text: str):
    found = read_wording(view, typed)
    assert found.text == text
    assert found.when == (None if "(" in typed else at(20, 8, 0, view))


@pytest.mark.parametrize(
    "typed",
    [
        "Уроки с 9:00. Подтвердить до пятницы 18:00",
        "Уроки с 9:00.\nПросьба подтвердить до пятницы 18:00.",
        "Уроки с 9:00.\nПодтвердите, пожалуйста, до пятницы 18:00",
        "Подтвердить до пятницы 18:00\nУроки с 9:00.",
        "Уроки с 9:00.\nPlease confirm by Friday 18:00",
    ],
)
def test_deadline_is_found(view: ClassView, typed: str):
    found = read_wording(view, typed)
    assert (found.text, found.must, found.until) == ("Уроки с 9:00.", True, at(20, 18, 0, view))


def test_all_directions_together(view: ClassView):
    found = read_wording(view, "Срочно: уроки с 9:00.\nотправить в пятницу 8:00\nподтвердить до пятницы 18:00")
    assert found == Wording("уроки с 9:00.", urgent=True, when=at(20, 8, 0, view), must=True, until=at(20, 18, 0, view))


@pytest.mark.parametrize(
    ("typed", "number", "rest"),
    [
        ("№3 Каток", 3, "Каток"),
        ("#3: Каток", 3, "Каток"),
        ("3", 3, ""),
        ("3. Каток", 3, "Каток"),
        ("25 ноября каток", None, "25 ноября каток"),
        ("Каток №3", None, "Каток №3"),
    ],
)
def test_number_in_front_is_found(typed: str, number: int | None, rest: str):
    assert take_number(typed) == (number, rest)


words = (
    st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=12).map(str.strip).filter(bool)
)
lines = st.lists(words, min_size=1, max_size=6).map(" ".join)
texts = st.lists(lines, min_size=1, max_size=4).map("\n".join)


@settings(max_examples=60, deadline=None)
@given(text=texts)
def test_any_text_behind_which_a_direction_stands_is_kept_whole(view: ClassView, text: str):
    plain = read_wording(view, text)
    directed = read_wording(view, f"{text}\nотправить в пятницу 8:00\nподтвердить до пятницы 18:00")
    assert directed.text == plain.text
    assert (directed.must, directed.when) == (True, at(20, 8, 0, view))
    assert plain.text == text.strip() or plain != Wording(plain.text)
