"""Words in a desk that more than one plugin might take for its own: votes, what is given up, and signs of agreement."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from classroom_matrix.testing.conversation import Conversation
from classroom_plugins.consultations.config import ConsultationsConfig
from classroom_plugins.consultations.plugin import plugin as consultations
from classroom_plugins.duties.config import DutiesConfig
from classroom_plugins.duties.plugin import plugin as duties
from classroom_plugins.events.config import EventsConfig
from classroom_plugins.events.plugin import plugin as events
from classroom_plugins.polls.config import PollsConfig
from classroom_plugins.polls.plugin import plugin as polls

from .meanings import meant, sure

OPENED = {
    "ru": (
        "!событие Каток в субботу 12:00; где: парк",
        "!запись чт 16:00–18:00 по 15 мин, каб. 12",
        "!опрос Когда идём в музей? пятница; суббота до ср 18:00",
    ),
    "en": (
        "!event Skating on Saturday 12:00; where: park",
        "!slots Thu 4–6 pm every 15 min, room 12",
        "!poll When do we go to the museum? Friday; Saturday until Wed 18:00",
    ),
}


def opened(language: str) -> Iterator[Conversation]:
    plugins = {events: EventsConfig(settle=0), consultations: ConsultationsConfig(), polls: PollsConfig(seed_reactions=False)}
    with Conversation(plugins, language=language) as talk:
        for said in OPENED[language]:
            talk.teacher.says(said, room="staff")
        yield talk


@pytest.fixture
def talk() -> Iterator[Conversation]:
    """An event on Saturday, slots on Thursday, and a poll between Friday and Saturday; nobody was asked by letter."""
    yield from opened("ru")


@pytest.fixture
def english() -> Iterator[Conversation]:
    yield from opened("en")


def writes(talk: Conversation, number: int, text: str, *, reply_to: str | None = None) -> str:
    person = talk.guardian(number).person
    assert person is not None
    assert person.household_id is not None
    if person.household_id not in talk._rooms:
        talk._runner.run(talk._desk_of(talk.klass.id, person.household_id))
        talk._feed.clear()
    return talk.guardian(number).says(text, room=person.household_id, reply_to=reply_to)


VOTES = [
    "мы за субботу", "за субботу", "голосуем за субботу", "Добрый день! Голосую за субботу, спасибо", "наш голос — суббота",
    "лучше суббота", "меняем на субботу", "поменяйте, пожалуйста, наш голос на субботу", "суббота, пожалуйста", "субботу",
    "вариант 2", "за второй вариант", "не пятница, а суббота", "семья за субботу",
]  # fmt: skip
ENGLISH_VOTES = ["we vote for Saturday", "we're for Saturday", "I vote for Saturday, thanks", "our vote is Saturday",
                 "option 2", "rather Saturday", "we'd prefer Saturday", "not Friday but Saturday", "Saturday please",
                 "the second option"]  # fmt: skip


def test_words_of_a_vote_vote_and_mean_no_event(talk: Conversation) -> None:
    assert [said for said in VOTES if sure(talk, 0, said) != {"polls": [True]}] == []
    assert writes(talk, 0, "мы за субботу").startswith("Голос вашей семьи")


def test_words_of_a_vote_in_english(english: Conversation) -> None:
    assert [said for said in ENGLISH_VOTES if sure(english, 0, said) != {"polls": [True]}] == []
    assert "“Saturday”" in writes(english, 0, "we vote for Saturday")


def test_change_of_mind_changes_the_vote_that_was_given(talk: Conversation) -> None:
    for said in ("нет, суббота", "передумали, суббота", "ой, суббота"):
        assert sure(talk, 0, said) == {"polls": [False]}
    writes(talk, 0, "пятница")
    for said in ("нет, суббота", "мы передумали, суббота", "нет, лучше суббота"):
        assert sure(talk, 0, said) == {"polls": [True]}
    assert "«суббота»" in writes(talk, 0, "нет, суббота")


def test_meeting_again_on_that_day_is_a_yes(english: Conversation) -> None:
    for said in ("see you on Saturday", "Thanks, see you at skating"):
        assert sure(english, 0, said) == {"events": [True]}, said
    assert sure(english, 0, "see you on Thursday") == {}


def test_change_of_mind_in_english(english: Conversation) -> None:
    writes(english, 0, "Friday")
    for said in ("no, Saturday", "changed our minds, Saturday", "sorry, Saturday"):
        assert sure(english, 0, said) == {"polls": [True]}


def test_doubtful_words_of_a_vote_are_asked_back_and_talk_is_none(talk: Conversation) -> None:
    for said in ("в субботу", "да, суббота", "суббота?", "за субботу?", "лучше ли в субботу", "за 2"):
        assert sure(talk, 0, said).get("polls") == [False], said
    for said in (
        "не суббота",
        "не за субботу",
        "против субботы",
        "в субботу болеет",
        "придём в субботу",
        "суббота отличный день",
    ):
        assert "polls" not in sure(talk, 0, said), said


def test_words_of_coming_on_that_day_are_the_event_s(talk: Conversation) -> None:
    assert sure(talk, 0, "да, в субботу") == {"events": [False], "polls": [False]}
    for said in (
        "придём в субботу",
        "до встречи в субботу",
        "в субботу не сможем",
        "в субботу будем вдвоём",
        "нет, в субботу не придём",
    ):
        assert sure(talk, 0, said) == {"events": [True]}, said


def test_open_letter_of_an_event_takes_no_vote_and_no_booking_for_itself(talk: Conversation) -> None:
    talk.teacher.says("!опрос Что подарим? книги; чай", room="staff")
    talk.advance(hours=99)
    assert "Вы придёте?" in "".join(message.body for message in talk.desk(talk.guardian(0)))
    for said in ("мы за книги", "голосуем за книги", "за книги"):
        assert sure(talk, 0, said) == {"polls": [True]}, said
    assert "events" not in sure(talk, 0, "Запишите нас, пожалуйста, на консультацию")
    for said in ("+", "мы за", "да, в субботу", "не сможем"):
        assert sure(talk, 0, said)["events"] == [True], said


SIGNS = ["+", "++", "мы за", "я за", "мы только за"]


def test_signs_of_agreement_are_not_sure_where_nothing_was_asked(talk: Conversation) -> None:
    assert [said for said in SIGNS if sure(talk, 0, said) != {"events": [False]}] == []
    writes(talk, 0, "на каток придём")
    assert [said for said in SIGNS if sure(talk, 0, said)] == []  # it is said already


GIVING_UP = ["не сможем", "не смогу", "не получится", "к сожалению, не сможем", "не придём", "I can't come", "we can't come",
             "we're not coming", "not coming", "can't make it", "we won't come", "sorry, we can't"]  # fmt: skip


@pytest.mark.parametrize("language", ["ru", "en"])
def test_what_nobody_promised_is_not_surely_given_up(language: str, request: pytest.FixtureRequest) -> None:
    talk = request.getfixturevalue("talk" if language == "ru" else "english")
    assert [said for said in GIVING_UP if sure(talk, 0, said) != {"events": [False]}] == []
    writes(talk, 0, "запись 3" if language == "ru" else "book 3")
    for said in GIVING_UP:  # what is held is given up, what is not is asked about
        assert sure(talk, 0, said) == {"consultations": [True], "events": [False]}, said
    writes(talk, 0, "на каток придём" if language == "ru" else "coming to skating")
    for said in GIVING_UP:
        assert sure(talk, 0, said) == {"consultations": [True], "events": [True]}, said


def test_reason_beside_what_is_given_up_lists_the_consultation_too(english: Conversation) -> None:
    writes(english, 0, "book 3")
    for said in ("can't come, we are ill", "Sorry, can't make it, work", "we can't come because we are ill"):
        assert "consultations" in meant(english, 0, said), said
        assert sure(english, 0, said)["consultations"] == [False], said


TAKEN_BACK = [
    *(("ru", said) for said in ("отмена", "Отменяю", "отмена, пожалуйста", "отмени", "вычеркните нас", "передумали")),
    *(("en", said) for said in ("cancel", "please cancel", "we have to cancel", "call it off", "changed our minds")),
]
SAID = {
    "ru": ("на каток придём", "запись 3", "!событие изменить 1 время: 15:00", "К чему это?", "не придёте", "Запись отменена"),
    "en": ("coming to skating", "book 3", "!event change 1 time: 15:00", "What is this about?", "you're not coming",
           "Your booking is cancelled"),
}  # fmt: skip


def asked_again(language: str, *, books: bool = True) -> Iterator[Conversation]:
    """Somebody comes to the event and has booked a consultation; then the event has changed, and a letter asks about it."""
    for talk in opened(language):
        writes(talk, 0, SAID[language][0])
        if books:
            writes(talk, 0, SAID[language][1])
        talk.advance(minutes=1)
        talk.teacher.says(SAID[language][2], room="staff")
        talk.advance(minutes=1)
        yield talk


def answers(talk: Conversation, text: str, *, reply_to: str | None = None) -> str:
    """What the desk says to somebody's words, with all that comes beside it."""
    before = len(talk.desk(talk.guardian(0)))
    writes(talk, 0, text, reply_to=reply_to)
    return "\n".join(message.body for message in talk.desk(talk.guardian(0))[before + 1 :])


@pytest.mark.parametrize(("language", "said"), TAKEN_BACK)
def test_what_is_taken_back_without_a_name_is_asked_about_though_a_letter_is_open(language: str, said: str) -> None:
    *_, which, not_coming, cancelled = SAID[language]
    for talk in asked_again(language):
        question = answers(talk, said)
        assert question.startswith(which)
        assert len(question.splitlines()) == 3
        assert not_coming in question
        assert cancelled in answers(talk, "2")
        assert not_coming in answers(talk, "1")


@pytest.mark.parametrize("language", ["ru", "en"])
def test_what_is_taken_back_is_the_letter_s_in_a_reply_or_where_nothing_else_is_held(language: str) -> None:
    said, not_coming = {"ru": "отмена", "en": "cancel"}[language], SAID[language][4]
    for talk in asked_again(language):
        letter = talk.desk(talk.guardian(0))[-1].event_id
        echo = answers(talk, said, reply_to=letter)
        assert not_coming in echo
        assert len(echo.splitlines()) == 1
    for talk in asked_again(language, books=False):
        echo = answers(talk, said)
        assert not_coming in echo
        assert len(echo.splitlines()) == 1


@pytest.mark.parametrize(
    ("language", "said"),
    [
        *(("ru", said) for said in ("нет", "не сможем", "не придём", "отмена катка")),
        *(("en", said) for said in ("no", "can't come")),
    ],
)
def test_what_answers_the_letter_or_names_its_event_is_not_asked_about(language: str, said: str) -> None:
    for talk in asked_again(language):
        echo = answers(talk, said)
        assert SAID[language][4] in echo
        assert len(echo.splitlines()) == 1


@pytest.mark.parametrize("language", ["ru", "en"])
def test_word_that_the_last_letter_asks_for_answers_it(language: str) -> None:
    reminder, said, cancelled = {
        "ru": ("Напоминаем о консультации", "отмена", "Запись отменена"),
        "en": ("A reminder of your consultation", "cancel", "Your booking is cancelled"),
    }[language]
    for talk in asked_again(language):
        talk.advance(days=2, hours=7)
        letter = talk.desk(talk.guardian(0))[-1].body
        assert letter.startswith(reminder)
        assert said in letter
        assert cancelled in answers(talk, said)


@pytest.mark.parametrize("language", ["ru", "en"])
def test_what_is_taken_back_after_a_reminder_of_a_duty_may_be_a_booking(language: str) -> None:
    event, take, reminder, said = {
        "ru": ("!событие Каток в среду 12:00; дела: чай 1", "беру чай", "Напоминаю, за вами", "отмена"),
        "en": ("!event Skating on Wednesday 12:00; duties: tea 1", "we take tea", "A reminder: you have", "cancel"),
    }[language]
    plugins = {duties: DutiesConfig(), events: EventsConfig(settle=0), consultations: ConsultationsConfig()}
    with Conversation(plugins, language=language) as talk:
        for opening in (event, OPENED[language][1]):
            talk.teacher.says(opening, room="staff")
        for wish in (take, SAID[language][1]):
            writes(talk, 0, wish)
        talk.advance(days=1, hours=10)
        assert talk.desk(talk.guardian(0))[-1].body.startswith(reminder)
        question = answers(talk, said)
        assert question.startswith(SAID[language][3])
        assert len(question.splitlines()) == 4  # the duty, its event, and the consultation
        assert SAID[language][5] in answers(talk, "3")


@pytest.mark.parametrize("language", ["ru", "en"])
def test_what_is_taken_back_after_an_offer_may_be_what_was_promised(language: str) -> None:
    slots, first, waits, offer, said = {
        "ru": ("!запись чт 16:00–16:15 по 15 мин", "запись 1", "лист ожидания", "Освободилось время", "отмена"),
        "en": ("!slots Thu 4–4:15 pm every 15 min", "book 1", "waiting list", "has become free", "cancel"),
    }[language]
    plugins = {events: EventsConfig(settle=0), consultations: ConsultationsConfig()}
    with Conversation(plugins, language=language) as talk:
        for opening in (OPENED[language][0], slots):
            talk.teacher.says(opening, room="staff")
        writes(talk, 2, first)
        for wish in (SAID[language][0], waits):
            writes(talk, 0, wish)
        writes(talk, 2, said)
        assert offer in talk.desk(talk.guardian(0))[-1].body
        question = answers(talk, said)
        assert question.startswith(SAID[language][3])
        assert len(question.splitlines()) == 3
        assert SAID[language][4] in answers(talk, "1")
