"""Sentences about absence, and the many that are about something else."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classroom_matrix.errors import UserError
from classroom_matrix.runtime.days import read_days as runtime_read_days
from classroom_matrix.runtime.moments import Mismatch
from classroom_plugins.absence.domain import Kind, Reason
from classroom_plugins.absence.sentences import SaidAbsence, read_absence, read_name, read_return

MONDAY = datetime(2026, 11, 16, 7, 30, tzinfo=ZoneInfo("Europe/Moscow"))
MON = MONDAY.date()
ONE = ["Семён Беляев"]
TWINS = ["Таисия Беляева", "Семён Беляев"]


def read_days(text: str) -> tuple[date, date] | None:
    try:
        found = runtime_read_days(text, MONDAY, ZoneInfo("Europe/Moscow"))
    except (Mismatch, UserError):
        return None
    return found.first, found.last


def read(text: str, names: list[str] | None = None) -> SaidAbsence | None:
    return read_absence(text, names or ONE, read_days, MON)


def days(said: SaidAbsence | None) -> tuple[int | None, int | None]:
    assert said is not None
    return (
        (said.first - MON).days if said.first is not None else None,
        (said.last - MON).days if said.last is not None else None,
    )


@pytest.mark.parametrize(
    ("text", "first", "last", "reason"),
    [
        ("болеет сегодня", 0, 0, "ill"),
        ("Семён заболел, до пятницы", 0, 4, "ill"),
        ("не придём завтра", 1, 1, "other"),
        ("отсутствует 3–7 декабря по семейным", 17, 21, "family"),
        ("отсутствует с 3 по 7 декабря по семейным обстоятельствам", 17, 21, "family"),
        ("sick today", 0, 0, "ill"),
        ("Semyon is ill until Friday", 0, 4, "ill"),
        ("Здравствуйте, Анна Сергеевна! У Семёна температура, сегодня не придём.", 0, 0, "ill"),
        ("Сёма приболел", None, None, "ill"),
        ("болеет с сегодняшнего дня", 0, 0, "ill"),
        ("Сегодня и завтра нас не будет, уезжаем", 0, 1, "family"),
        ("болеет на этой неделе", 0, 6, "ill"),
        ("болеет, в четверг придём", 0, 2, "ill"),
        ("болеет, придём в четверг", 0, 2, "ill"),
        ("he is ill, back on Thursday", 0, 2, "ill"),
        ("won't come tomorrow, family reasons", 1, 1, "family"),
        ("на больничном до среды", 0, 2, "ill"),
        ("Доброе утро. Семен сегодня не придет, болеет", 0, 0, "ill"),
        ("Лежим с температурой, до пятницы дома", 0, 4, "ill"),
        ("Улетаем в отпуск на неделю", 0, 6, "family"),
        ("Продлили больничный до пятницы", 0, 4, "ill"),
        ("Сегодня не будет, болит живот", 0, 0, "ill"),
        ("Семён плохо себя чувствует, остаёмся дома", None, None, "ill"),
        ("болеет, в понедельник придём", 0, 6, "ill"),
        ("Semyon has a cold and is staying home today", 0, 0, "ill"),
        ("у нас ветрянка, на карантине до среды", 0, 2, "ill"),
        ("на больничном до 25", 0, 9, "ill"),
        ("болеет по 25-е", 0, 9, "ill"),
        ("на больничном с 16 до 25", 0, 9, "ill"),
        ("уезжаем на каникулы 23 ноября на неделю", 7, 13, "family"),
        ("уезжаем 23 ноября на 10 дней", 7, 16, "family"),
        ("away from 23 November for a week, family trip", 7, 13, "family"),
        ("без температуры, но кашель, сегодня не придём", 0, 0, "other"),
        ("Семён не заболел, но завтра не придёт, уезжаем", 1, 1, "family"),
        ("нас завтра не будет", 1, 1, "other"),
        ("завтра не будет Семёна", 1, 1, "other"),
        ("Сидим дома до пятницы, болеем", 0, 4, "ill"),
        ("У Семёна температура, сегодня дома", 0, 0, "ill"),
        ("болеем до конца недели", 0, 4, "ill"),
        ("на больничном до выходных", 0, 4, "ill"),
        ("ill until the end of the week", 0, 4, "ill"),
        ("болеет до среды включительно", 0, 2, "ill"),
        ("не будет 23, 24 ноября", 7, 8, "other"),
        ("сегодня пропускаем", 0, 0, "other"),
        ("Semyon's ill today", 0, 0, "ill"),
        ("he'll be away until Friday", 0, 4, "other"),
        ("She won't be in tomorrow", 1, 1, "other"),
        ("Is ill today", 0, 0, "ill"),
        ("will be away tomorrow", 1, 1, "other"),
        ("He is off sick today", 0, 0, "ill"),
    ],
)
def test_absence_is_understood(text: str, first: int | None, last: int | None, reason: str):
    said = read(text)
    assert said is not None
    assert (said.kind, days(said), said.reason) == (Kind.AWAY, (first, last), Reason(reason))
    assert said.plain or first is None


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("выздоровел, завтра придём", 1),
        ("Семён поправился", None),
        ("уже не болеет", None),
        ("recovered, back tomorrow", 1),
        ("He is well again, will be back on Wednesday", 2),
        ("здоров, в среду будем", 2),
        ("Нас выписали, придём в четверг", 3),
        ("Выписали, завтра в школу", 1),
        ("температуры нет, завтра придём", 1),
        ("больничный закрыли, завтра в школу", 1),
        ("no longer ill, back tomorrow", 1),
        ("no fever anymore, back tomorrow", 1),
        ("температуры уже нет, завтра в школу", 1),
    ],
)
def test_return_is_understood(text: str, on: int | None):
    said = read(text)
    assert said is not None
    assert (said.kind, days(said)[0], said.plain) == (Kind.BACK, on, True)


@pytest.mark.parametrize(("text", "on"), [("завтра придём", 1), ("выходим в среду", 2), ("back tomorrow", 1)])
def test_weak_return_is_enough_for_who_is_away(text: str, on: int):
    said = read_return(text, ONE, read_days, MON)
    assert said is not None
    assert (said.kind, days(said)) == (Kind.BACK, (on, on))
    assert read(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "спасибо",
        "Семён болеет?",
        "мама болеет",
        "я заболела",
        "my mother is ill",
        "не болейте!",
        "Семён не заболел",
        "не придём на собрание завтра",
        "не сможем прийти в 16:00",
        "завтра не будем на экскурсии",
        "болел за «Спартак»",
        "придём на концерт",
        "Семёна сегодня заберёт бабушка",
        "Семён проспал, придёт ко второму уроку",
        "2",
        "да",
        "she's tired but not ill",
        "not ill, just tired",
        "завтра не будет английского",
        "не будет завтра сменки",
        "не будет ли завтра контрольной",
        "Семён завтра не будет есть в столовой",
        "у Семёна завтра не будет формы",
        "не пойдёт домой один сегодня",
        "Семёна завтра не будет забирать няня",
        "с температурой не справились с № 4",
        "Сёма болеет за Спартак",
        "заболели все в классе",
        "температура в классе низкая",
        "уезжаем завтра в 15, заберу после уроков",
        "завтра не будем на первом уроке",
        "не сможем купить форму до среды",
        "что было задано пока болели 3-7 марта",
        "пришлите дз за 9-13 ноября, болели",
        "отменяются ли завтра уроки, все болеют",
        "не пойдём на физру",
        "the book is not in the bag",
        "никто не болеет",
        "завтра нас не будет дома",
        "завтра дома не будем",
        "Семён завтра не пойдёт на английский",
        "Семёна завтра не будет на музыке",
        "он больше не температурит",
        "she is sick of maths",
        "автобус завтра не придёт",
        "завтра не будет света",
        "не сможем",
        "can't make it",
        "тетрадь осталась дома",
        "завтра школы не будет",
        "is Semyon ill today",
        "will he be away tomorrow",
        "мы больше так не будем",
        "отсутствует учебник",
        "у Семёна сегодня отсутствует сменка",
        "мама на больничном до 25",
        "the teacher is ill today",
        "no school tomorrow",
        "болели 3–7 марта",
    ],
)
def test_other_talk_is_left_alone(text: str):
    assert read(text) is None


@pytest.mark.parametrize(
    "text",
    ["может, завтра не придём", "если заболеет завтра, не придём", "не придём", "похоже, Семён заболел",
     "не сможем быть в пятницу", "Семён заболел, в пятницу обещали каток",
     "заболел сегодня, поэтому на экскурсию не поедем", "мы болели на прошлой неделе", "вчера болел",
     "Семён плохо себя чувствует", "Семён себя плохо чувствует", "у Семёна температура", "she feels unwell",
     "не будем до 12", "уезжаем с понедельника", "мама Семёна болеет", "Семён болеет 3–7 марта", "ещё не выздоровел",
     "завтра не придём, так как летим к бабушке", "болеем, пришлите дз", "была температура, сегодня отпустило",
     "у Семёна сегодня болит голова", "he doesn't feel well today", "уезжаем в пятницу вечером", "болеет до понедельника",
     "was ill last week", "we were ill 9-13 November", "she was away last Friday", "no fever today", "Сёмыча завтра не будет",
     "в отпуске с 1 по 10 декабря", "на соревнованиях до пятницы", "on holiday 23-27 November", "Семён сегодня дома",
     "can't make it on Thursday", "в субботу не сможем"],
)  # fmt: skip
def test_doubtful_sentences_are_not_plain(text: str):
    said = read(text)
    assert said is None or not said.plain


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("болеет до понедельника", 0, 7),
        ("болели с понедельника по пятницу", -7, -3),
        ("болели на этой неделе", 0, 0),
        ("не придём с четверга до понедельника", 3, 7),
        ("was ill last week", -7, -1),
        ("Сёмыча завтра не будет", 1, 1),
        ("у Семёна жар", None, None),
        ("у нас ветрянка", None, None),
        ("нездоровится", None, None),
        ("едем на соревнования в четверг и пятницу", 3, 4),
        ("off until Friday", 0, 4),
    ],
)
def test_doubtful_days_are_asked(text: str, first: int | None, last: int | None):
    said = read(text)
    assert said is not None
    assert (said.kind, days(said), said.plain) == (Kind.AWAY, (first, last), False)


def test_day_that_is_over_is_no_day_of_return():
    said = read_return("вчера болели, сегодня придём", ONE, read_days, MON)
    assert said is not None
    assert days(said) == (0, 0)
    assert read_return("вчера пришли", ONE, read_days, MON) is None


@pytest.mark.parametrize("text", ["температура прошла", "температуры нет", "температура спала", "больничный закрыли", "t 36.6"])
def test_illness_that_is_over_is_none(text: str):
    said = read(text.replace("t ", "температура "))
    assert said is not None
    assert (said.kind, said.plain) == (Kind.BACK, False)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Семён", ((1,), False)),
        ("Таисия тоже", ((0,), True)),
        ("и Таисия", ((0,), True)),
        ("Taisiya too", ((0,), True)),
        ("оба", ((0, 1), True)),
        ("Семён здоров", None),
        ("тоже", None),
        ("Семён?", None),
        ("", None),
    ],
)
def test_bare_name_is_told_from_a_sentence(text: str, expected: tuple[tuple[int, ...], bool] | None):
    assert read_name(text, TWINS) == expected


@pytest.mark.parametrize(
    ("text", "pupils", "everybody"),
    [
        ("болеет сегодня", (), False),
        ("Семён болеет", (1,), False),
        ("у Таисии температура", (0,), False),
        ("оба болеют", (), True),
        ("Семён и Таисия болеют", (0, 1), True),
        ("Semyon is ill", (1,), False),
        ("the twins are ill", (), True),
    ],
)
def test_twins_are_told_apart(text: str, pupils: tuple[int, ...], everybody: bool):
    said = read(text, TWINS)
    assert said is not None
    assert (said.pupils, said.everybody) == (pupils, everybody)


VOCABULARY = (
    "болеет заболел не придём отсутствует выздоровел придёт сегодня завтра до с по пятницы среду 3–7 марта Семён , . ! мама "
    "ill until Friday back и ? неделю по-семейным на в"
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(VOCABULARY.split()), max_size=10), st.sampled_from([ONE, TWINS, ["Anna"]]))
def test_any_sentence_is_read_without_harm(words: list[str], names: list[str]):
    text = " ".join(words)
    for said in (read(text, names), read_return(text, names, read_days, MON)):
        if said is not None and said.first is not None:
            assert said.last is not None
            assert said.first <= said.last
            assert said.last - said.first <= timedelta(days=400)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_read_without_harm(text: str):
    read("болеет " + text)
    read(text)
