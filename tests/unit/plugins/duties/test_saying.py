from __future__ import annotations

import pytest

from classroom_plugins.duties.saying import Said, understood


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("Беру чай!", (Said.TAKE, "чай")),
        ("мы возьмём машину", (Said.TAKE, "машину")),
        ("Здравствуйте, запишите нас на фото", (Said.TAKE, "фото")),
        ("We'll take tea", (Said.TAKE, "tea")),
        ("беру", (Said.YES, "")),
        ("не смогу чай", (Said.GIVE, "чай")),
        ("К сожалению, не сможем", (Said.GIVE, "")),
        ("отказываюсь от чая", (Said.GIVE, "чая")),
        ("Sorry, I can't do tea", (Said.GIVE, "tea")),
        ("I can’t", (Said.GIVE, "")),
        ("да", (Said.YES, "")),
        ("Нет.", (Said.NO, "")),
        ("Сколько у нас дел?", (Said.LOAD, "")),
        ("how many duties do we have?", (Said.LOAD, "")),
        ("у нас есть машина", (Said.HAVE, "машина")),
        ("у нас нет машины", (Said.HAVE_NOT, "машины")),
        ("We have no car", (Said.HAVE_NOT, "car")),
        ("we have a car", (Said.HAVE, "car")),
        ("обмен с Черновыми на фото", (Said.SWAP, "с черновыми на фото")),
        ("Хотим поменяться с Черновыми", (Said.SWAP, "с черновыми")),
        ("отменить обмен", (Said.UNSWAP, "")),
        ("чай", (Said.NAMED, "чай")),
        ("чай, пожалуйста", (Said.NAMED, "чай")),
        ("Чай — мы", (Said.NAMED, "чай")),
        ("чай возьмём мы", (Said.TAKE, "чай")),
        ("чай с нас 😊", (Said.TAKE, "чай")),
        ("можно нам чай?", (Said.TAKE, "чай")),
        ("put us down for tea", (Said.TAKE, "tea")),
        ("запишите на дежурство 30 ноября – 4 декабря", (Said.TAKE, "дежурство 30 ноября – 4 декабря")),
        ("готовы помочь", (Said.ANY, "")),
        ("хочу спросить про чай", (Said.NAMED, "хочу спросить про чай")),
        ("могу", (Said.YES, "")),
        ("да, сможем, спасибо", (Said.YES, "")),
        ("нет, не сможем", (Said.GIVE, "")),
        ("no, we can't", (Said.GIVE, "")),
        ("нет, чай не сможем", (Said.GIVE, "чай")),
        ("к сожалению, нет", (Said.NO, "")),
        ("спасибо", (Said.NAMED, "спасибо")),
        ("Отмените, пожалуйста, чай", (Said.GIVE, "чай")),
        ("Чай принести не сможем, извините!", (Said.GIVE, "чай")),
        ("передумали, чай не берём", (Said.GIVE, "чай")),
        ("чай взять не смогу, заболели", (Said.GIVE, "чай заболели")),
        ("no tea from us, sorry", (Said.GIVE, "tea")),
        ("we won't be able to bring the tea after all", (Said.GIVE, "tea")),
        ("не смогу на консультацию", (Said.GIVE, "консультацию")),
        ("снимите с нас чай", (Said.GIVE, "чай")),
        ("не смогу прийти, но чай принесу", (Said.NAMED, "не смогу прийти но чай принесу")),
        ("can't do tea, I'll bring photos", (Said.NAMED, "can't do tea i'll bring photos")),
        ("не смогли вчера", (Said.NAMED, "не смогли вчера")),
        ("Во сколько завтра собрание?", (Said.NAMED, "во сколько завтра собрание")),
    ],
)
def test_plain_words_are_understood(text: str, meaning: tuple[Said, str]):
    assert understood(text) == meaning
