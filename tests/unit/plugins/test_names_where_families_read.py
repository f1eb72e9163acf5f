"""A command of the teacher's that names a pupil, and did not work or is not for everybody, does not stay in a shared room."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from importlib.metadata import entry_points

import pytest

from classroom_matrix.api import Plugin
from classroom_matrix.runtime.registry import GROUP
from classroom_matrix.storage.tables import MemberRow, PersonRow
from classroom_matrix.testing.conversation import CLASS, Conversation

PLUGINS: list[Plugin] = [point.load() for point in entry_points(group=GROUP) if point.module.startswith("classroom_plugins.")]


@pytest.fixture(scope="module")
def talk() -> Iterator[Conversation]:
    with Conversation({plugin: plugin.config() if plugin.config else None for plugin in PLUGINS}) as talk:
        yield talk


@pytest.mark.parametrize(
    "typed",
    [
        "!важно кто Калинина",
        "!важно Калинина подтвердила",
        "!подтвердил Калинена",
        "!объявление список Калинина",
        "!опрос голос Беляевой",
        "!запись снять Беляева",
        "!запись са Беляеву 4",
        "!записать Беляеву 4",
        "!закрыть Калинина",
        "!на встречу Калинина",
        "!дела снять Калинина чай",
        "!ответить 1 Ксения права",
        "!комитет события Калинина",
        "!неведомое Калинина",
        "!важн кто калинина",
        "!сверка Калинина",
        "!Калинина болеет",
        "!mustread who Kalinina",
    ],
)
def test_failed_command_that_names_a_pupil_is_taken_away(talk: Conversation, typed: str) -> None:
    talk.teacher.says(typed, room="talk")
    assert [message.body for message in talk.room("talk")] == []
    assert talk.texts("announcements") == []
    assert "Команда в той комнате убрана" in talk.texts("staff")[-1]


@pytest.mark.parametrize("typed", ["!сверка завтра", "!важно кто 77", "!опрос закрыть 5", "!привет"])
def test_failed_command_that_names_nobody_stays(talk: Conversation, typed: str) -> None:
    talk.teacher.says(typed, room="talk")
    assert talk.room("talk")[-1].body == typed
    talk.teacher.takes_back(talk.room("talk")[-1].event_id, room="talk")


def test_published_text_that_names_a_pupil_stays() -> None:
    with Conversation({plugin: plugin.config() if plugin.config else None for plugin in PLUGINS}) as talk:
        typed = "!опрос Поздравим Ксению Калинину? Да; Нет"
        talk.teacher.says(typed, room="talk")
        assert talk.room("talk")[0].body == typed


def test_what_guardians_say_is_left_alone(talk: Conversation) -> None:
    talk.guardian(0).says("!неведомое Калинина", room="talk")
    assert talk.room("talk")[-1].body == "!неведомое Калинина"


@pytest.fixture
def observed() -> Iterator[Conversation]:
    """A psychologist reads the staff room, where exemptions are confidential."""
    duties = next(plugin for plugin in PLUGINS if plugin.name == "duties")
    commands = [replace(each, confidential=each.name in ("excuse", "excuse end")) for each in duties.commands]
    watched = replace(duties, commands=commands)
    with Conversation({watched: watched.config() if watched.config else None}) as talk:

        def add() -> None:
            PersonRow.create(id="colleague", name="Ирина Львовна", user_id="@colleague:school.localhost")
            MemberRow.create(class_id=CLASS, person_id="colleague", role="specialist")

        talk._runner.run(talk.database.call(add))
        yield talk


@pytest.mark.parametrize("room", ["staff", "talk"])
@pytest.mark.parametrize(
    "typed",
    [
        "!освободить Кузнецова",
        "!освободить Калинена",
        "!освободить Калинина до вчера",
        "!освободить снять Кузнецова",
        "!освободить список Калинина",
        "!освободитьКалинина",
        "!освободит Калинина",
        "!excuse Kuznetsova",
    ],
)
def test_confidential_command_that_failed_is_taken_away_and_not_repeated(observed: Conversation, typed: str, room: str) -> None:
    observed.teacher.says(typed, room=room)
    said = [message.body for place in ("staff", "talk") for message in observed.room(place)]
    assert said == [said[0]]
    assert said[0].startswith("Не получилось, и сообщение убрано")


def test_confidential_command_in_a_private_chat_says_what_is_wrong(observed: Conversation) -> None:
    gateway = observed.homeserver.gateway(observed.teacher.user_id)
    chat = observed._runner.run(gateway.create_room({"room_version": "12", "invite": ["@classroom:school.localhost"]}, "chat"))
    observed.settle()
    assert observed.teacher.says("!освободить Калинена", room=chat).startswith("Не нахожу в классе «Калинена»")


def test_list_of_what_is_confidential_is_refused_as_ever(observed: Conversation) -> None:
    said = observed.teacher.says("!освободить список", room="staff")
    assert said.startswith("Об освобождениях знает только классный учитель")


def test_homework_that_names_an_author_stays() -> None:
    homework = next(plugin for plugin in PLUGINS if plugin.name == "homework")
    with Conversation(homework) as talk:
        talk.teacher.says("!дз литература прочитать рассказ Беляева «Амба» к пятнице", room="talk")
        assert [message.body[:3] for message in talk.room("talk")][:1] == ["!дз"]
        assert "Беляева" in talk.card("Литературное чтение", "homework").body
