"""What reads like something to be answered."""

from __future__ import annotations

import pytest

from classroom_matrix.i18n import Catalogue
from classroom_plugins.consultations.written.domain import Kind
from classroom_plugins.consultations.written.reading import Lexicon, kind_of_message, kind_of_reaction, words_in

TEXTS = Catalogue.of_package("classroom_plugins.consultations", strict=True)


def _of(key: str) -> frozenset[str]:
    return frozenset(word for language in ("ru", "en") for word in words_in(TEXTS.text(key, language)))


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    polite = _of("consultations-written-words-polite") | words_in("Анна Сергеевна")
    return Lexicon(_of("consultations-written-words-thanks"), polite)


@pytest.mark.parametrize(
    "text",
    [
        "Можно завтра прийти попозже?",
        "Ксения забыла тетрадь по математике",
        "Спасибо, а когда собрание?",
        "Спасибо. Ещё хотела узнать про экскурсию",
        "Завтра заберу в 12",
        "Понятно?",
        "!!! срочно, позвоните мне",
        "Could you call me tomorrow?",
        "8 916 123-45-67",
        "не хорошо ему",
        "Не поняла вас",
        "Not clear",
    ],
)
def test_questions_and_tellings_want_an_answer(lexicon: Lexicon, text: str) -> None:
    assert kind_of_message(text, "text", lexicon) is Kind.ASKS


@pytest.mark.parametrize(
    "text",
    [
        "Спасибо!",
        "спасибо большое, Анна Сергеевна",
        "Поняла вас, спасибо за ответ",
        "Хорошо",
        "Ок 👍",
        "Понятно, учтём. Всего доброго!",
        "👍",
        "❤️❤️",
        "🙏🏻",
        "Thank you very much!",
        "Ok, got it, thanks",
        "СПАСИБО ВАМ ОГРОМНОЕ",
    ],
)
def test_thanks_want_none(lexicon: Lexicon, text: str) -> None:
    assert kind_of_message(text, "text", lexicon) is Kind.THANKS


@pytest.mark.parametrize("text", ["Здравствуйте, Анна Сергеевна!", "Добрый вечер", "да", "нет", "...", "Good morning!", "🤔"])
def test_greetings_are_just_talk(lexicon: Lexicon, text: str) -> None:
    assert kind_of_message(text, "text", lexicon) is Kind.TALK


@pytest.mark.parametrize("kind", ["image", "video", "audio", "file", "location"])
def test_photos_and_files_want_to_be_looked_at(lexicon: Lexicon, kind: str) -> None:
    assert kind_of_message("спасибо.jpg", kind, lexicon) is Kind.ASKS


def test_notices_are_what_programs_say(lexicon: Lexicon) -> None:
    assert kind_of_message("Можно?", "notice", lexicon) is None


@pytest.mark.parametrize(
    ("key", "by_staff", "kind"),
    [
        ("✅", True, Kind.CLOSES),
        ("✔️", True, Kind.CLOSES),
        ("☑️", True, Kind.CLOSES),
        ("👍", True, Kind.ANSWERS),
        ("👍🏽", True, Kind.ANSWERS),
        ("✅", False, Kind.THANKS),
        ("❤️", False, Kind.THANKS),
        ("😢", True, None),
        ("3️⃣", False, None),
        ("мило", True, None),
    ],
)
def test_reactions(key: str, by_staff: bool, kind: Kind | None) -> None:
    assert kind_of_reaction(key, by_staff=by_staff) is kind
