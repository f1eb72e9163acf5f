"""Sentences of several clauses: whose illness, and which day is the absence's."""

from __future__ import annotations

import pytest

from classroom_plugins.absence.domain import Kind, Reason
from classroom_plugins.absence.sentences import read_absence, read_each, read_return, read_until
from tests.unit.plugins.absence.test_sentences import MON, ONE, TWINS, days, read, read_days


@pytest.mark.parametrize(
    ("text", "first", "last", "plain"),
    [
        ("заболели, врач будет завтра", None, None, True),
        ("заболели, анализы в среду", None, None, True),
        ("болеет, врач придёт завтра", None, None, True),
        ("болеет, завтра придёт врач", None, None, True),
        ("болеет, принесём справку в четверг", None, None, True),
        ("болеет принесём справку в четверг", None, None, True),
        ("болеет и завтра идём к врачу", None, None, True),
        ("болеет\nврач завтра", None, None, True),
        ("болеем. Анализы в среду, справка в пятницу", None, None, True),
        ("болеет до пятницы, анализы в среду", 0, 4, True),
        ("болеем до среды, в четверг к врачу, в пятницу придём", 0, 3, True),
        ("заболела вчера", None, None, True),
        ("заболела вчера, сегодня дома", 0, 0, True),
        ("вчера поднялась температура, сегодня не придём", 0, 0, True),
        ("вчера болел, сегодня не придёт", 0, 0, True),
        ("заболела в субботу, сегодня не придём", 0, 0, True),
        ("заболела на выходных, до среды дома", 0, 2, True),
        ("заболел в прошлую пятницу", None, None, True),
        ("сегодня не будет, завтра посмотрим", 0, 0, True),
        ("сегодня не будет, завтра будет", 0, 0, True),
        ("не придём сегодня, завтра видно будет", 0, 0, True),
        ("кашель, сегодня дома, завтра к врачу", 0, 0, False),
        ("сегодня и завтра не придём, в среду к врачу", 0, 1, True),
        ("болеет, в школу в четверг", 0, 2, True),
        ("Семён у меня на этой неделе, болеет до среды", 0, 2, True),
        ("Семён эту неделю у папы, болеет до среды", 0, 2, True),
        ("sick, doctor tomorrow", None, None, True),
        ("ill, seeing the doctor on Wednesday", None, None, True),
        ("ill, will bring a note on Thursday", None, None, True),
        ("sick today, doctor's appointment tomorrow", 0, 0, True),
        ("not coming today, we'll see tomorrow", 0, 0, True),
        ("off sick until Friday, doctor on Monday", 0, 4, True),
        ("started with a fever last night, not coming today", 0, 0, True),
        ("fell ill yesterday, staying home until Wednesday", 0, 2, True),
        # What is not understood beside an absence, or may be of its days, is asked.
        ("заболела, в пятницу обещали каток", None, None, False),
        ("температура, завтра к врачу, не придём", None, None, False),
        ("сегодня и завтра к врачу, не придём", 0, 0, False),
        ("завтра не придём, в четверг едем к бабушке", 1, 1, False),
        ("заболели, до среды точно, в четверг посмотрим", 0, 2, False),
        ("Семён у бабушки до пятницы, болеет", 0, 4, False),
        # Where nothing else has a day, it is the absence's.
        ("завтра к врачу, не придём", 1, 1, True),
        ("болеет вчера и сегодня", -1, 0, True),
        ("болеет с пятницы, сегодня дома", -3, 0, True),
        ("уезжаем в четверг, вернёмся во вторник", 3, 7, True),
        ("улетаем завтра, вернёмся в понедельник, 23 ноября", 1, 6, True),
        ("в среду операция, не придём", 2, 2, True),
    ],
)
def test_day_of_something_else_is_not_the_absence_s(text: str, first: int | None, last: int | None, plain: bool):
    said = read(text)
    assert said is not None
    assert (said.kind, days(said), said.plain) == (Kind.AWAY, (first, last), plain)


@pytest.mark.parametrize(
    ("text", "first", "last", "plain"),
    [
        ("не идём сегодня в школу", 0, 0, True),
        ("сегодня не идём", 0, 0, True),
        ("завтра в школу не идёт", 1, 1, True),
        ("не ждите нас сегодня", 0, 0, True),
        ("сегодня не ждите", 0, 0, True),
        ("нас нет до четверга", 0, 3, True),
        ("нас сегодня нет", 0, 0, True),
        ("Семёна сегодня нет в школе", 0, 0, True),
        ("ветрянка, 21 день дома", 0, 20, True),
        ("дома две недели", 0, 13, False),
        ("врач сказал неделю дома", 0, 6, False),
        ("завтра пропускаем, семейные дела", 1, 1, True),
        ("сегодня отлёживаемся", 0, 0, False),
        ("болеет с завтрашнего дня", 1, 1, True),
        ("not coming today", 0, 0, True),
        ("not coming tomorrow", 1, 1, True),
        ("she's not coming today", 0, 0, True),
        ("not coming Friday", 4, 4, True),
        ("fever, not coming tomorrow", 1, 1, True),
        ("Semyon is out today", 0, 0, True),
        ("Semyon is off school today", 0, 0, True),
        ("chickenpox", None, None, False),
    ],
)
def test_other_words_for_not_coming(text: str, first: int | None, last: int | None, plain: bool):
    said = read(text)
    assert said is not None
    assert (said.kind, days(said), said.plain) == (Kind.AWAY, (first, last), plain)


@pytest.mark.parametrize(
    "text",
    ["у брата температура, Семён в школе", "подруга Семёна заболела", "брат Семёна болеет", "у подруги нашей дочери ветрянка",
     "я заболела, Семёна приведёт папа", "одноклассник Семёна не придёт сегодня", "Semyon's brother is ill",
     "brother is ill, Semyon is at school", "у сестры температура", "у нас не идёт видео", "у нас нет сегодня учебника",
     "нас нет в списке", "не идём на каток", "сегодня не идём на продлёнку", "не ждите ответа сегодня",
     "Semyon is out of paper today", "у нас завтра не идёт автобус"],
)  # fmt: skip
def test_somebody_else_s_illness_and_other_things_are_none(text: str):
    assert read(text) is None


@pytest.mark.parametrize(
    "text",
    ["Семён и брат болеют", "заболел брат, мы на карантине до среды", "мама заболела, Семён сегодня не придёт",
     "мы сегодня дома с мамой", "Это мама Семёна. Семён заболел"],
)  # fmt: skip
def test_somebody_else_beside_our_own_is_asked(text: str):
    said = read(text)
    assert said is not None
    assert not said.plain


@pytest.mark.parametrize(
    "text",
    ["Таисия болеет, Семён придёт", "Таисия болеет, Семён в школе", "Семён здоров, болеет только Таисия",
     "Таисия болеет а Семён нет", "Таисия болеет Семён в школе", "Таисия заболела, у Семёна всё в порядке",
     "Добрый день! Таисия заболела. Семён будет в школе.", "Taisiya is ill, Semyon is coming",
     "Taisiya is sick, Semyon is fine", "Only Taisiya is ill, Semyon is at school"],
)  # fmt: skip
def test_only_the_twin_who_is_ill_is_meant(text: str):
    said = read_absence(text, TWINS, read_days, MON)
    assert said is not None
    assert (said.kind, said.pupils, said.everybody, said.reason, said.plain) == (Kind.AWAY, (0,), False, Reason.ILL, True)


@pytest.mark.parametrize(
    "text", ["Таисия и Семён болеют", "Болеют Таисия и Семён", "Таисия, Семён болеют", "Таисия болеет, Семён тоже",
             "Таисия болеет, и Семён", "болеют оба"]
)  # fmt: skip
def test_twins_of_whom_the_same_is_said(text: str):
    (said,) = read_each(text, TWINS, read_days, MON)
    assert (said.everybody, said.plain) == (True, True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Таисия болеет до среды, Семён до пятницы", [(Kind.AWAY, (0,), (0, 2)), (Kind.AWAY, (1,), (0, 4))]),
        ("Таисия выздоровела, Семён ещё болеет", [(Kind.BACK, (0,), (None, None)), (Kind.AWAY, (1,), (None, None))]),
        ("Семён не придёт завтра, Таисия придёт", [(Kind.AWAY, (1,), (1, 1)), (Kind.BACK, (0,), (None, None))]),
    ],
)
def test_something_else_of_each_twin(text: str, expected: list[tuple[Kind, tuple[int, ...], tuple[int | None, int | None]]]):
    assert [(said.kind, said.pupils, days(said)) for said in read_each(text, TWINS, read_days, MON)] == expected


@pytest.mark.parametrize(
    "text", ["Таисия болеет, Семён завтра придёт", "Семён придёт, Таисия нет", "Таисия болеет, Семёну нужна справка",
             "Таисия болеет, Семён здоров. Сегодня она дома до пятницы"]
)  # fmt: skip
def test_twin_of_whom_it_is_not_clear_is_asked(text: str):
    found = read_each(text, TWINS, read_days, MON)
    assert found
    assert not any(said.plain for said in found if said.kind is Kind.AWAY)


@pytest.mark.parametrize(
    ("text", "day", "plain"),
    [
        ("сегодня уже в школе", 0, True),
        ("мы в школе", 0, True),
        ("завтра в школу", 1, True),
        ("с завтрашнего дня в школу", 1, True),
        ("с четверга в школу", 3, True),
        ("будет в четверг", 3, True),
        ("завтра идём в школу", 1, True),
        ("нам уже лучше, завтра придём", 1, True),
        ("врач разрешил с завтрашнего дня", 1, False),
        ("нам лучше", None, False),
        ("Семёну лучше", None, False),
        ("Semyon is at school today", 0, True),
    ],
)
def test_return_of_somebody_who_is_away(text: str, day: int | None, plain: bool):
    said = read_return(text, ONE, read_days, MON)
    assert said is not None
    assert (said.kind, days(said), said.plain) == (Kind.BACK, (day, day), plain)


@pytest.mark.parametrize(
    "text",
    ["нам лучше в субботу", "нам лучше завтра", "ему не лучше", "забыли в школе куртку", "в школе сегодня собрание",
     "завтра идём в кино", "мама завтра в школу зайдёт", "завтра в школу не идём", "завтра в школу принесём справку"],
)  # fmt: skip
def test_other_words_are_no_return(text: str):
    assert read_return(text, ONE, read_days, MON) is None


def test_doctor_s_tomorrow_is_a_day_of_return():
    said = read("врач выписал с завтрашнего дня")
    assert said is not None
    assert (said.kind, days(said), said.plain) == (Kind.BACK, (1, 1), True)


@pytest.mark.parametrize(
    ("text", "last"),
    [("до пятницы", 4), ("ой, до четверга", 3), ("until Friday", 4), ("oops, until Thursday", 3), ("до 20", 4),
     ("продлили до пятницы", 4),
     ("сдать до пятницы", None), ("до свидания", None), ("подтвердить до пятницы", None), ("в пятницу", None)],
)  # fmt: skip
def test_until_alone(text: str, last: int | None):
    found = read_until(text, read_days, MON)
    assert (found and (found[0] - MON).days) == last
