"""Russian names as they are written in Latin letters."""

from __future__ import annotations

import pytest

from classroom_matrix.domain.transliteration import is_other_gender, is_same_word, latin_key

SPELLINGS = {
    "Беляев": "Belyaev Beliaev Belaev Belyayev",
    "Щербаков": "Shcherbakov Scherbakov Sherbakov",
    "Соловьёв": "Solovyov Soloviev Solovyev",
    "Семён": "Semyon Semen Semion",
    "Дмитрий": "Dmitry Dmitriy Dmitrii Dmitri",
    "Анна": "Anna Ana",
    "Зайцев": "Zaytsev Zaitsev Zaycev",
    "Цой": "Tsoy Tsoi",
    "Юрий": "Yury Yuri Iurii",
    "Ксения": "Ksenia Xenia Kseniya Kseniia",
    "Александр": "Alexander Aleksandr Alexandr",
    "Виктор": "Viktor Victor",
    "Ельцин": "Yeltsin Eltsin",
    "Ильин": "Ilyin Ilin Il'in",
    "Хрущёв": "Khrushchev Khrushchov",
    "Жуков": "Zhukov",
}


@pytest.mark.parametrize(("russian", "latin"), [(name, each) for name, all_ in SPELLINGS.items() for each in all_.split()])
def test_usual_spellings_of_a_name_are_the_same(russian: str, latin: str) -> None:
    assert latin_key(russian) == latin_key(latin)
    assert is_same_word(latin.lower(), russian)


@pytest.mark.parametrize(
    ("one", "other"), [("Petrov", "Петрин"), ("Ivan", "Иванов"), ("Belov", "Беляев"), ("Roman", "Романова")]
)
def test_different_names_stay_different(one: str, other: str) -> None:
    assert (is_same_word(one, other), is_other_gender(one, other)) == (False, False)


@pytest.mark.parametrize(
    ("one", "other"), [("Belyaeva", "Беляев"), ("Belyaev", "Беляева"), ("Kalinskaya", "Калинский"), ("Tolstaya", "Толстой")]
)
def test_form_of_the_other_gender_is_known(one: str, other: str) -> None:
    assert is_other_gender(one, other)


def test_words_without_latin_letters_are_left_to_others() -> None:
    assert not is_same_word("Мария", "Марья")
    assert not is_other_gender("Белов", "Белова")


@pytest.mark.parametrize("nothing", ["", "'", "ь", "x" * 10_000])
def test_anything_has_a_key(nothing: str) -> None:
    assert isinstance(latin_key(nothing), str)
    assert not is_same_word("'a", "")
