"""Plain words in a desk: who means what, what is asked back, and that it happens once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

import pytest

from classroom_matrix.api import Context, Meaning, News, Plugin, Request, Subject, View, command, on, serves
from classroom_matrix.domain.content import Content
from classroom_matrix.domain.facts import MessageSent
from classroom_matrix.domain.people import Person
from classroom_matrix.errors import InvalidArgument, PluginError
from classroom_matrix.runtime.batch import Batch
from classroom_matrix.runtime.registry import LoadedPlugin
from classroom_matrix.runtime.view import ClassView
from classroom_matrix.storage import outbox
from classroom_matrix.storage.outbox import Effect
from classroom_matrix.testing.conversation import Conversation

taken: list[tuple[str, str]] = []
talk_heard: list[str] = []
asked: dict[str, int] = {}


def thing(
    name: str, words: Sequence[str], *, sure: bool = True, changes: bool = True, label: str = "", gives_up: bool = False
) -> Plugin:
    """A plugin to which some words mean something."""

    def understand(_view: View, _person: Person, message: MessageSent) -> list[Meaning]:
        if message.body.lower() not in words:
            return []
        what = label or f"{name} {message.body}"
        about = Subject("thing", name)
        return [Meaning(about, message.body, what, asked=asked.get(name), sure=sure, changes=changes, gives_up=gives_up)]

    def take(ctx: Context, meaning: Meaning) -> None:
        taken.append((name, meaning.answer))
        ctx.reply_content(Content.line(f"{name} took {meaning.answer}"))

    @on(MessageSent)
    def hear(_ctx: Context, message: MessageSent) -> None:
        talk_heard.append(message.body)

    @command("toy", needs=None)
    def send(ctx: Context) -> None:
        household = ctx.roster.families[0].households[0]
        ctx.write(household, Content.line(f"letter of {name}"), about=Subject("thing", name))

    return Plugin(name, understand=understand, take=take, listeners=(hear,), commands=(send,) if name == "toy" else ())


@pytest.fixture(autouse=True)
def forget() -> Iterator[None]:
    yield
    taken.clear()
    talk_heard.clear()
    asked.clear()


def stage(*plugins: Plugin, language: str = "ru") -> Conversation:
    talk = Conversation({}, language=language)
    core = talk.registry.core
    loaded = {plugin.name: LoadedPlugin(plugin, core.catalogue) for plugin in plugins if not plugin.commands}
    talk.registry.plugins = loaded
    talk.registry.setups = [type(talk.registry.setups[0])(talk.klass, dict.fromkeys(loaded))]
    talk.registry.__post_init__()
    talk.do(talk._desk_of(talk.klass.id, talk.roster.families[0].households[0].id))
    return talk


def desk(talk: Conversation) -> str:
    return talk.roster.families[0].households[0].id


def test_word_that_means_one_thing_is_taken_and_is_no_talk() -> None:
    with stage(thing("a", ["да"]), thing("b", ["нет"])) as talk:
        assert talk.guardian(0).says("Да", room=desk(talk)) == "a took Да"
        assert (taken, talk_heard) == ([("a", "Да")], [])


def test_word_that_means_nothing_is_talk() -> None:
    with stage(thing("a", ["да"])) as talk:
        assert talk.guardian(0).says("добрый день", room=desk(talk)) == ""
        assert talk_heard == ["добрый день"]


@pytest.mark.parametrize(("language", "question"), [("ru", "К чему это"), ("en", "What is this about")])
def test_word_that_means_two_things_is_asked_back_and_a_number_answers(language: str, question: str) -> None:
    with stage(thing("a", ["да"]), thing("b", ["да"]), language=language) as talk:
        asked_back = talk.guardian(0).says("да", room=desk(talk))
        assert question in asked_back
        assert "1. a да\n2. b да" in asked_back
        assert talk.guardian(0).says("2", room=desk(talk)) == "b took да"
        talk.guardian(0).says("2", room=desk(talk))
        assert taken == [("b", "да")]


def test_what_was_asked_last_is_meant() -> None:
    asked.update(a=1, b=60_000)
    with stage(thing("a", ["да"]), thing("b", ["да"]), thing("c", ["да"])) as talk:
        assert talk.guardian(0).says("да", room=desk(talk)) == "b took да"


def test_what_is_given_up_unnamed_may_be_what_another_plugin_holds() -> None:
    asked.update(a=1, b=60_000)
    with stage(thing("a", ["отмена"]), thing("b", ["отмена"], gives_up=True), thing("c", ["отмена"])) as talk:
        assert "1. a отмена\n2. b отмена\n3. c отмена" in talk.guardian(0).says("отмена", room=desk(talk))
        assert talk.guardian(0).says("3", room=desk(talk)) == "c took отмена"


def test_what_is_given_up_unnamed_is_whose_letter_asked_for_it() -> None:
    asked.update(a=1, b=60_000)
    with stage(thing("a", ["отмена"], gives_up=True), thing("b", ["отмена"])) as talk:
        assert talk.guardian(0).says("отмена", room=desk(talk)) == "b took отмена"


def test_what_is_given_up_unnamed_does_not_bring_back_a_question_that_it_refuses() -> None:
    with stage(thing("a", ["болеет"], sure=False), thing("b", ["отмена"], gives_up=True)) as talk:
        talk.guardian(0).says("болеет", room=desk(talk))
        asked.update(b=int(talk.clock.seconds() * 1000) + 60_000)
        talk.advance(minutes=2)
        assert talk.guardian(0).says("отмена", room=desk(talk)) == "b took отмена"


def test_unsure_is_confirmed_by_yes() -> None:
    with stage(thing("a", ["болеет"], sure=False)) as talk:
        assert "Понял так: a болеет" in talk.guardian(0).says("болеет", room=desk(talk))
        assert taken == []
        assert talk.guardian(0).says("Да!", room=desk(talk)) == "a took болеет"


def test_unsure_is_dropped_by_no() -> None:
    with stage(thing("a", ["болеет"], sure=False)) as talk:
        talk.guardian(0).says("болеет", room=desk(talk))
        assert "ничего не записываю" in talk.guardian(0).says("нет", room=desk(talk))
        talk.guardian(0).says("да", room=desk(talk))
        assert taken == []


def test_question_of_yesterday_is_no_more() -> None:
    with stage(thing("a", ["болеет"], sure=False)) as talk:
        talk.guardian(0).says("болеет", room=desk(talk))
        talk.advance(hours=25)
        talk.guardian(0).says("да", room=desk(talk))
        assert taken == []


def test_letters_of_one_moment_are_asked_about() -> None:
    asked.update(a=60_000, b=60_400, c=1)
    with stage(thing("a", ["да"]), thing("b", ["да"]), thing("c", ["да"])) as talk:
        assert "1. a да\n2. b да" in talk.guardian(0).says("да", room=desk(talk))


@pytest.mark.parametrize(
    ("speaker", "words"), [("guardian", "а какие учебники?"), ("teacher", "Учебники не забудете?"), ("guardian", "нет")]
)
def test_question_is_dropped_by_whatever_is_said_instead(speaker: str, words: str) -> None:
    with stage(thing("a", ["болеет"], sure=False)) as talk:
        talk.guardian(0).says("болеет", room=desk(talk))
        (talk.teacher if speaker == "teacher" else talk.guardian(0)).says(words, room=desk(talk))
        assert talk.guardian(0).says("да", room=desk(talk)) == ""
        assert taken == []


@pytest.mark.parametrize(
    "words", ["да", "ок", "2", "понятно", "да, спасибо", "+", "не смогу", "нет, не сможем", "sorry, i can't"]
)
def test_short_word_after_one_of_the_teacher_s_is_asked_about(words: str) -> None:
    with stage(thing("a", [words], label="«Каток»: придёте")) as talk:
        asked.update(a=int(talk.clock.seconds() * 1000))
        talk.advance(minutes=1)
        assert talk.guardian(0).says(words, room=desk(talk)) == f"a took {words}"
        talk.teacher.says("Учебники не забудете?", room=desk(talk))
        assert "Верно?" in talk.guardian(0).says(words, room=desk(talk))


@pytest.mark.parametrize("words", ["придём", "не смогу", "2 взрослых"])
def test_short_word_after_one_of_the_teacher_s_is_asked_about_though_no_letter_went_before(words: str) -> None:
    with stage(thing("a", [words], label="«Каток»: придёте, 2 взрослых")) as talk:
        talk.teacher.says("Сможете принести тетрадь?", room=desk(talk))
        assert "Верно?" in talk.guardian(0).says(words, room=desk(talk))
        talk.advance(days=2)
        assert talk.guardian(0).says(words, room=desk(talk)) == f"a took {words}"


def test_word_that_tells_what_it_is_about_is_taken_also_behind_the_teacher_s() -> None:
    with stage(thing("a", ["на каток придём"], label="«Каток»: придёте")) as talk:
        talk.teacher.says("Учебники не забудете?", room=desk(talk))
        assert talk.guardian(0).says("на каток придём", room=desk(talk)) == "a took на каток придём"


def test_what_only_shows_something_is_never_asked_about() -> None:
    with stage(thing("a", ["запись"], changes=False)) as talk:
        talk.teacher.says("Учебники не забудете?", room=desk(talk))
        assert talk.guardian(0).says("запись", room=desk(talk)) == "a took запись"


def test_short_word_after_another_plugin_s_letter_is_asked_about() -> None:
    with stage(thing("a", ["да"])) as talk:
        asked.update(a=int(talk.clock.seconds() * 1000))
        talk.advance(minutes=1)
        effect = Effect("letter", "send", None, "m.room.message", b"{}", household_id=desk(talk), plugin="b", about="duty/1")
        outbox.add(talk.database, [effect], talk.clock.seconds())
        talk.guardian(0).says("да", room=desk(talk))
        assert any("Верно?" in text for text in talk.texts(desk(talk)))
        assert taken == []


def test_yes_to_a_list_is_asked_for_a_number() -> None:
    with stage(thing("a", ["готово"]), thing("b", ["готово"])) as talk:
        talk.guardian(0).says("готово", room=desk(talk))
        assert talk.guardian(0).says("да", room=desk(talk)).startswith("Ответьте, пожалуйста, номером")
        assert talk.guardian(0).says("2", room=desk(talk)) == "b took готово"
        assert talk.guardian(0).says("нет", room=desk(talk)) == "Хорошо, больше ничего не записываю."


def test_list_is_dropped_by_a_word_of_the_teacher() -> None:
    with stage(thing("a", ["да"]), thing("b", ["да"])) as talk:
        talk.guardian(0).says("да", room=desk(talk))
        talk.teacher.says("Сколько вас будет?", room=desk(talk))
        assert talk.guardian(0).says("2", room=desk(talk)) == ""
        assert taken == []


def test_question_is_the_household_s() -> None:
    with stage(thing("a", ["болеет"], sure=False)) as talk:
        talk.guardian(0).says("болеет", room=desk(talk))
        assert talk.guardian(1).says("да", room=desk(talk)) == "a took болеет"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["1", "2"], ["a", "b"]),
        (["2", "1"], ["b", "a"]),
        (["оба"], ["a", "b"]),
        (["1 и 2"], ["a", "b"]),
        (["все"], ["a", "b"]),
        (["первое"], ["a"]),
        (["второе и первое"], ["b", "a"]),
        (["both"], ["a", "b"]),
        (["the second one"], ["b"]),
        (["1", "1"], ["a"]),
        (["3"], []),
    ],
)
def test_answers_to_a_list_as_people_give_them(words: list[str], expected: list[str]) -> None:
    with stage(thing("a", ["готово"]), thing("b", ["готово"])) as talk:
        talk.guardian(0).says("готово", room=desk(talk))
        for word in words:
            talk.guardian(0).says(word, room=desk(talk))
        assert [name for name, _ in taken] == expected


def test_words_of_the_teacher_and_of_other_rooms_mean_nothing() -> None:
    with stage(thing("a", ["да"])) as talk:
        talk.teacher.says("да", room=desk(talk))
        talk.guardian(0).says("да", room="talk")
        assert taken == []


@dataclass(frozen=True, slots=True)
class Double(Request[int]):
    changes: ClassVar[bool] = True
    number: int


@dataclass(frozen=True, slots=True)
class Doubled(News):
    number: int


def pair() -> tuple[Plugin, Plugin]:
    """One asks, the other serves, says something, and tells; the first hears of it."""

    @serves(Double)
    def double(ctx: Context, request: Double) -> int:
        if request.number < 0:
            raise InvalidArgument("core-no-such-room", role="-1")
        ctx.tell_staff("core-understood-no")
        ctx.announce(Doubled(request.number * 2))
        return request.number * 2

    @on(MessageSent)
    def ask(ctx: Context, message: MessageSent) -> None:
        taken.append(("answer", str(ctx.ask(Double(int(message.body))))))
        ctx.ask(Double(0))

    @on(Doubled)
    def hear(_ctx: Context, news: Doubled) -> None:
        taken.append(("heard", str(news.number)))

    return Plugin("asker", listeners=(ask, hear)), Plugin("server", serves=(double,))


def test_plugins_ask_and_tell_each_other_in_one_transaction() -> None:
    with stage(*pair()) as talk:
        talk.guardian(0).says("21", room="talk")
        assert taken == [("heard", "42"), ("answer", "42"), ("heard", "0")]
        assert talk.texts("staff") == ["Хорошо, ничего не записываю."] * 2


def test_what_another_plugin_refuses_is_said_in_its_words() -> None:
    with stage(*pair()) as talk:
        assert "-1" in talk.guardian(0).says("-1", room="talk")


def test_nobody_serves_means_none() -> None:
    with stage(pair()[0]) as talk:
        talk.guardian(0).says("3", room="talk")
        assert taken == [("answer", "None")]


def test_who_only_looks_may_not_ask_for_changes() -> None:
    with stage(*pair()) as talk:
        batch = Batch(talk.database, talk.registry, talk.clock.seconds())
        view = ClassView(batch, talk.registry.plugins["asker"], talk.klass.id)
        with pytest.raises(PluginError, match="handlers only"):
            view.ask(Double(1))
