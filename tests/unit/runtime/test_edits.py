"""Plain words that are edited or deleted: what was asked about them is asked no more, and what they say now counts, once."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

import pytest

from classroom_matrix.api import Context, Meaning, Plugin, Subject, View, on
from classroom_matrix.domain.facts import MessageSent
from classroom_matrix.domain.people import Person
from classroom_matrix.errors import InvalidArgument
from classroom_matrix.runtime.registry import LoadedPlugin
from classroom_matrix.testing.conversation import Conversation
from classroom_matrix.testing.voice import Voice

taken: list[tuple[str, str, str | None]] = []
broken: list[str] = []
replies: list[str | None] = []
heard: list[str] = []


def understand(_view: View, _person: Person, message: MessageSent) -> list[Meaning]:
    replies.append(message.reply_to)
    said = message.body.lower().removesuffix("?")
    sure = "?" not in message.body
    words = {"придём": ["rink"], "не придём": ["rink"], "оба": ["rink", "tea"], "занято": ["rink"], "да": ["letter"]}
    return [Meaning(Subject("thing", each), said, f"{each} {said}", sure=sure) for each in words.get(said, [])]


def take(ctx: Context, meaning: Meaning) -> None:
    if meaning.answer == "занято":
        raise InvalidArgument("core-no-such-room", role="taken already")
    if meaning.answer in broken:
        raise ZeroDivisionError
    taken.append((meaning.about.id, meaning.answer, ctx.event_id))
    ctx.reply("core-understood-again", label=f"{meaning.about.id} {meaning.answer}")


@on(MessageSent)
def hear(_ctx: Context, message: MessageSent) -> None:
    heard.append(message.body)


@pytest.fixture
def talk() -> Iterator[Conversation]:
    talk = Conversation({})
    plugin = Plugin("a", understand=understand, take=take, listeners=(hear,))
    talk.registry.plugins = {"a": LoadedPlugin(plugin, talk.registry.core.catalogue)}
    talk.registry.setups = [type(talk.registry.setups[0])(talk.klass, {"a": None})]
    talk.registry.__post_init__()
    talk.do(talk._desk_of(talk.klass.id, talk.roster.families[0].households[0].id))
    with talk:
        yield talk
    taken.clear()
    heard.clear()
    broken.clear()
    replies.clear()


def desk(talk: Conversation) -> str:
    return talk.roster.families[0].households[0].id


def says(talk: Conversation, text: str, who: Voice | None = None) -> str:
    """Returns the event's ID."""
    return (who or talk.guardian(0)).sends("m.room.message", {"msgtype": "m.text", "body": text}, room=desk(talk))


def edits(talk: Conversation, event_id: str, text: str, who: Voice | None = None) -> list[str]:
    """Returns what the service says to it."""
    before = talk.count_of_bot()
    content = {
        "msgtype": "m.text",
        "body": f"* {text}",
        "m.new_content": {"msgtype": "m.text", "body": text},
        "m.relates_to": {"rel_type": "m.replace", "event_id": event_id},
    }
    (who or talk.guardian(0)).sends("m.room.message", content, room=desk(talk))
    return talk.bot_messages_since(before)


def test_question_about_a_message_that_is_edited_is_asked_no_more(talk: Conversation) -> None:
    event = says(talk, "придём?")
    assert edits(talk, event, "ещё подумаем") == []
    assert "letter" in talk.guardian(0).says("да", room=desk(talk))
    assert [answer for _, answer, _ in taken] == ["да"]


def test_question_about_a_message_that_is_deleted_is_asked_no_more(talk: Conversation) -> None:
    event = says(talk, "придём?")
    talk.guardian(0).takes_back(event, room=desk(talk))
    talk.guardian(0).says("да", room=desk(talk))
    assert [answer for _, answer, _ in taken] == ["да"]


def test_list_about_a_message_that_is_deleted_is_no_more(talk: Conversation) -> None:
    event = says(talk, "оба")
    talk.guardian(0).takes_back(event, room=desk(talk))
    says(talk, "2")
    assert taken == []


def test_edit_is_asked_about_in_its_new_words(talk: Conversation) -> None:
    event = says(talk, "придём?")
    assert "rink не придём" in edits(talk, event, "не придём?")[0]
    says(talk, "да")
    assert [answer for _, answer, _ in taken] == ["не придём"]


@pytest.mark.parametrize("first", ["придёи", "придём?", "добрый день", "занято", "оба"])
def test_edit_of_what_was_not_taken_counts_once_as_what_it_says_now(talk: Conversation, first: str) -> None:
    event = says(talk, first)
    assert len(edits(talk, event, "придём")) == 1
    assert taken == [("rink", "придём", event)]
    edits(talk, event, "придём")
    edits(talk, event, "не придём")  # it is the plugin's own now
    assert taken == [("rink", "придём", event)]
    assert heard[-2:] == ["придём", "не придём"]


def test_edit_is_mended_as_often_as_it_takes(talk: Conversation) -> None:
    event = says(talk, "приём")
    edits(talk, event, "придёь")
    edits(talk, event, "придём")
    assert [answer for _, answer, _ in taken] == ["придём"]


def test_edit_of_words_that_were_taken_is_left_to_the_plugin(talk: Conversation) -> None:
    event = says(talk, "придём")
    assert edits(talk, event, "не придём") == []
    assert (len(taken), heard) == (1, ["не придём"])


def test_edit_of_an_old_message_is_left_alone(talk: Conversation) -> None:
    event = says(talk, "придёи")
    talk.advance(minutes=11)
    assert edits(talk, event, "придём") == []
    assert taken == []


def test_late_edit_of_what_is_asked_about_is_to_be_written_anew(talk: Conversation) -> None:
    event = says(talk, "придём?")
    talk.advance(minutes=11)
    assert "заново" in edits(talk, event, "не придём")[0]
    says(talk, "Да")
    assert [answer for _, answer, _ in taken] == ["да"]


def test_edit_behind_something_newer_of_the_same_person_is_left_alone(talk: Conversation) -> None:
    event = says(talk, "придёи")
    newer = says(talk, "ой")
    assert edits(talk, event, "придём") == []
    talk.guardian(0).takes_back(newer, room=desk(talk))
    assert len(edits(talk, event, "придём")) == 1


def test_words_of_the_other_parent_and_of_the_teacher_do_not_matter(talk: Conversation) -> None:
    event = says(talk, "придёи")
    says(talk, "добрый день", talk.guardian(1))
    says(talk, "добрый день", talk.teacher)
    assert len(edits(talk, event, "придём")) == 1


def test_nobody_edits_what_somebody_else_has_written(talk: Conversation) -> None:
    event = says(talk, "придём?")
    assert edits(talk, event, "не придём", talk.guardian(1)) == []
    says(talk, "да")
    assert [answer for _, answer, _ in taken] == ["придём"]


def test_slip_in_an_answer_is_mended_by_an_edit(talk: Conversation) -> None:
    says(talk, "придём?")
    answer = says(talk, "дв")
    assert len(edits(talk, answer, "да")) == 1
    assert [(thing, answer) for thing, answer, _ in taken] == [("rink", "придём")]
    says(talk, "да")
    assert [thing for thing, _, _ in taken] == ["rink", "letter"]


def test_question_that_was_passed_by_is_not_answered_by_something_newer(talk: Conversation) -> None:
    says(talk, "придём?")
    says(talk, "дв")
    says(talk, "да")
    assert [thing for thing, _, _ in taken] == ["letter"]


def test_edit_of_what_the_other_parent_has_confirmed_changes_nothing(talk: Conversation) -> None:
    event = says(talk, "придём?")
    says(talk, "да", talk.guardian(1))
    edits(talk, event, "не придём")
    assert [answer for _, answer, _ in taken] == ["придём"]


def test_choice_from_a_list_is_not_read_anew(talk: Conversation) -> None:
    says(talk, "оба")
    choice = says(talk, "1")
    assert edits(talk, choice, "1.") == []
    assert "новым сообщением" in edits(talk, choice, "2")[0]
    assert [thing for thing, _, _ in taken] == ["rink"]


def test_edit_into_a_command_is_no_words(talk: Conversation) -> None:
    event = says(talk, "придёи")
    assert edits(talk, event, "!помощь") == []
    assert heard[-1] == "!помощь"


def test_edit_that_failed_gets_a_second_chance(talk: Conversation) -> None:
    event = says(talk, "придёи")
    broken.append("придём")
    edits(talk, event, "придём")
    ((cause, handler, _),) = talk.set_aside()
    assert (cause == event, handler) == (False, "a.take")
    broken.clear()
    talk.database.execute("UPDATE set_aside SET retried_at = 1")
    talk.settle()
    assert (taken, talk.set_aside()) == ([("rink", "придём", event)], [])


def test_edit_of_a_reply_answers_what_it_answered(talk: Conversation) -> None:
    talk.teacher.says("Учебники не забудете?", room=desk(talk))
    asked = talk.event_of("Учебники", desk(talk))
    talk.guardian(0).says("придёи", room=desk(talk), reply_to=asked)
    event = talk.event_of("придёи", desk(talk))
    replies.clear()
    edits(talk, event, "придём")
    assert replies == [asked]


def test_words_that_were_mended_are_not_for_the_teacher_any_more() -> None:
    slots = import_module("classroom_plugins.consultations.plugin").plugin
    polls = import_module("classroom_plugins.polls.plugin").plugin
    with Conversation({slots: slots.config(), polls: polls.config()}) as talk:
        talk.do(talk._desk_of(talk.klass.id, talk.roster.families[0].households[0].id))
        talk.teacher.says("!опрос Когда едем? Пятница; Суббота", room="staff")
        event = says(talk, "Сббта")
        assert "Ксения Калинина" in talk.teacher.says("!обращения", room="staff")
        assert any("«Суббота»" in told for told in edits(talk, event, "Суббота"))
        assert "Ксения Калинина" not in talk.teacher.says("!обращения", room="staff")
