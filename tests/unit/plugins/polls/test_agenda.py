"""What a newcomer is told about polls, in the welcome of their desk."""

from __future__ import annotations

from classroom_matrix.domain.ids import ClassId, HouseholdId, RoomId
from classroom_matrix.runtime.core.welcome import Welcome
from classroom_matrix.storage.tables import PersonRow
from classroom_matrix.testing.conversation import CLASS, Conversation
from classroom_plugins.polls.plugin import plugin


def welcome(talk: Conversation, household: str) -> list[str]:
    """The desk after the household was welcomed, twice for good measure."""
    desk = talk._runner.run(talk._desk_of(CLASS, HouseholdId(household)))
    greet = Welcome(talk.database, talk.registry, talk.clock)
    for _ in range(2):
        _in_transaction(talk, greet, household, desk)
    talk.settle()
    return talk.texts(household)


def _in_transaction(talk: Conversation, greet: Welcome, household: str, desk: RoomId) -> None:
    def write() -> None:
        with talk.database.transaction():
            greet(ClassId(CLASS), HouseholdId(household), desk)

    talk._runner.run(talk.database.call(write))


GREETING = [
    "Здравствуйте! Это личная комната вашей семьи с учителем (3Б). Видят её только те, кто в ней есть.",
    "Здесь можно спросить учителя, а я пишу сюда то, что касается только вас. Комнаты класса уже в вашем списке.",
]


def test_household_is_welcomed_once(talk: Conversation) -> None:
    assert welcome(talk, "family0-0") == ["\n".join(GREETING)]


def test_open_poll_is_named_with_its_deadline_and_can_be_answered_here(talk: Conversation) -> None:
    talk.teacher.says("!опрос Когда едем? Пятница; Суббота до пятницы 18:00")
    (told,) = welcome(talk, "family0-0")
    how = "Проголосуйте в опросе или ответьте сюда номером варианта."
    assert told.split("\n")[2:] == [
        "Сейчас открыто:",
        f"Опрос №1 «Когда едем?» до пт, 20 ноября, 18:00: 1. Пятница; 2. Суббота. {how}",
    ]
    assert "Верно?" in talk.guardian(0).says("2", room="family0-0")
    talk.guardian(0).says("да", room="family0-0")
    assert talk.texts("family0-0")[-1].startswith("Голос вашей семьи по опросу «Когда едем?»: «Суббота».")


def test_poll_in_which_the_family_has_voted_is_not_open_for_it(talk: Conversation) -> None:
    talk.teacher.says("!опрос Когда едем? Пятница; Суббота")
    talk.teacher.says("!опрос голос Чернов 1")
    assert [text.split("\n") for text in welcome(talk, "family2-1")] == [GREETING]


def test_every_open_poll_is_named(talk: Conversation) -> None:
    talk.teacher.says("!опрос Когда едем? Пятница; Суббота")
    talk.teacher.says("!опрос Куда едем? Музей; Лес")
    (told,) = welcome(talk, "family0-0")
    assert told.split("\n")[3:] == [
        "Опрос №1 «Когда едем?»: 1. Пятница; 2. Суббота. Проголосуйте в опросе или ответьте сюда номером варианта.",
        "Опрос №2 «Куда едем?»: 1. Музей; 2. Лес. Проголосуйте в опросе или ответьте сюда номером варианта.",
    ]


def test_poll_that_has_ended_is_not_open(talk: Conversation) -> None:
    talk.teacher.says("!опрос Когда едем? Пятница; Суббота")
    talk.teacher.says("!опрос закрыть 1")
    assert [text.split("\n") for text in welcome(talk, "family0-0")] == [GREETING]


def test_welcome_speaks_the_household_s_language(talk: Conversation) -> None:
    PersonRow.update(language="en").where(PersonRow.id.in_(["guardian0", "guardian1"])).execute()
    talk.teacher.says("!опрос Когда едем? Пятница; Суббота до пятницы 18:00")
    (told,) = welcome(talk, "family0-0")
    how = "Vote in the poll, or answer here with the number."
    assert told.split("\n") == [
        "Hello! This is your household's private room with the teacher (3Б). Only who is in it can read it.",
        "Ask the teacher here; I write here what concerns only you. The class's rooms are in your list already.",
        "Open now:",
        f"Poll no. 1 “Когда едем?” until Fri, 20 November, 18:00: 1. Пятница; 2. Суббота. {how}",
    ]


def test_failing_agenda_does_not_stop_the_welcome() -> None:
    with Conversation(plugin) as talk:
        talk.teacher.says("!опрос Когда едем? Пятница; Суббота")
        talk.settle()
        talk._runner.run(talk.database.call(lambda: talk.database.execute("ALTER TABLE polls_ballot RENAME TO elsewhere")))
        assert [text.split("\n") for text in welcome(talk, "family0-0")] == [GREETING]
        talk._runner.run(talk.database.call(lambda: talk.database.execute("ALTER TABLE elsewhere RENAME TO polls_ballot")))
