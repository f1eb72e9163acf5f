"""The committee's rights, as a dialogue."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from classroom_matrix.api import Context, Plugin, command
from classroom_matrix.domain.people import Right, Role
from classroom_matrix.storage import leavers, register
from classroom_matrix.storage.people import read_rights
from classroom_matrix.storage.tables import MemberRow, PersonRow
from classroom_matrix.testing.conversation import CLASS, SERVER, Conversation
from classroom_matrix.testing.voice import Voice

TEXTS = "toy-title = Toy\ncommand-fete = fete\n    .help = opens a fete\n    .example = !fete\ntoy-done = done\n"


@pytest.fixture
def plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Plugin:
    """A plugin with one command that teachers and the committee may use."""
    package = tmp_path / "committee_toy"
    (package / "locales").mkdir(parents=True)
    (package / "__init__.py").write_text("")
    for language in ("ru", "en"):
        (package / "locales" / f"{language}.ftl").write_text(TEXTS, "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    importlib.import_module("committee_toy")

    def fete(ctx: Context) -> None:
        ctx.reply("toy-done")

    fete.__module__ = "committee_toy.plugin"
    return Plugin("toy", commands=[command("fete", needs=Role.TEACHER, right=Right.EVENTS)(fete)])


@pytest.fixture
def talk(plugin: Plugin) -> Iterator[Conversation]:
    with Conversation(plugin) as conversation:
        yield conversation


def rights(talk: Conversation, person: str) -> frozenset[Right]:
    return next(each.rights for each in talk.roster.people() if each.name == person)


def test_guardian_uses_what_the_teacher_gave_and_nothing_after_it_is_taken_back(talk: Conversation) -> None:
    parent = talk.guardian(0)
    assert parent.says("!fete") != "done"
    assert talk.teacher.says("!комитет guardian0 события", room="staff").startswith("guardian0: теперь доверено — события.")
    assert rights(talk, "guardian0") == {Right.EVENTS}
    assert parent.says("!fete") == "done"
    assert talk.guardian(1).says("!fete") != "done"
    assert talk.teacher.says("!комитет убрать guardian0", room="staff") == "guardian0: больше не доверено — события."
    assert parent.says("!fete") != "done"
    assert rights(talk, "guardian0") == frozenset()


def test_guardian_is_told_in_the_desk(talk: Conversation) -> None:
    talk.teacher.says("!комитет guardian0 события", room="staff")
    assert [message.body for message in talk.desk(talk.guardian(0))] == [
        "guardian0, учитель доверил вам: события. Какие команды вам теперь открыты, покажет !помощь"
    ]


def test_family_s_only_guardian_is_found_by_the_pupil(talk: Conversation) -> None:
    talk.teacher.says("!комитет Исаев касса", room="staff")
    assert rights(talk, "guardian6") == {Right.LEDGER}


def test_of_two_guardians_one_has_to_be_named(talk: Conversation) -> None:
    answer = talk.teacher.says("!комитет Калинина события", room="staff")
    assert answer == "Кому именно: «Калинина»? Можно: guardian0; guardian1"
    assert not rights(talk, "guardian0")


def test_list_shows_who_has_what(talk: Conversation) -> None:
    assert talk.teacher.says("!комитет", room="staff").startswith("Пока никому")
    talk.teacher.says("!комитет guardian0 события", room="staff")
    talk.teacher.says("!комитет guardian0 касса", room="staff")
    assert "guardian0 — события, касса" in talk.teacher.says("!комитет", room="staff")
    talk.teacher.says("!комитет убрать guardian0 касса", room="staff")
    assert "guardian0 — события" in talk.teacher.says("!комитет", room="staff")


def test_unknown_right_is_asked_back(talk: Conversation) -> None:
    assert "Можно: события, касса" in talk.teacher.says("!комитет guardian0 погода", room="staff")


def test_right_alone_is_asked_to_whom(talk: Conversation) -> None:
    asked = talk.teacher.says("!комитет события", room="staff")
    assert asked == "Кому доверить (события)? Назовите родителя или семью, например: !комитет Калинина события"
    talk.teacher.says("!комитет касса guardian0", room="staff")
    assert talk.texts("staff")[-1].startswith("guardian0: теперь доверено — касса.")
    assert talk.teacher.says("!комитет убрать касса", room="staff") == "У кого забрать? Доверено: guardian0"


def test_only_teachers_give_rights(talk: Conversation) -> None:
    PersonRow.create(id="sub", name="Анна Сидорова", user_id=f"@sub:{SERVER}")
    MemberRow.create(class_id=CLASS, person_id="sub", role=Role.SUBSTITUTE)
    person = next(each for each in talk.roster.staff if each.role is Role.SUBSTITUTE)
    assert person.user_id
    talk._runner.run(talk._put_in(talk.room_id("staff"), person))
    Voice(talk, person.user_id, person).says("!комитет guardian0 события", room="staff")
    talk.guardian(0).says("!комитет guardian0 события")
    assert not rights(talk, "guardian0")


def test_command_that_names_a_guardian_is_taken_away_where_families_read(talk: Conversation) -> None:
    talk.teacher.says("!комитет guardian0 события", room="talk")
    assert [message.body for message in talk.room("talk")] == []
    assert rights(talk, "guardian0")


def test_rights_end_when_the_guardian_leaves_the_class(talk: Conversation) -> None:
    talk.teacher.says("!комитет guardian0 события", room="staff")
    person = talk.guardian(0).person
    assert person is not None
    with talk.database.transaction():
        leavers.take_out_person(talk.database, talk.klass.id, person.id)
        register.set_member(
            talk.database,
            talk.klass.id,
            person.id,
            Role.GUARDIAN,
            family_id=person.family_id,
            household_id=person.household_id,
        )
    assert rights(talk, "guardian0") == frozenset()


def test_rights_do_nothing_under_a_court_limit(talk: Conversation) -> None:
    talk.teacher.says("!комитет guardian0 события", room="staff")
    talk.database.execute("UPDATE member SET limited = 1 WHERE person_id = 'guardian0'")
    assert talk.guardian(0).says("!fete") != "done"
    assert talk.teacher.says("!комитет", room="staff").startswith("Пока никому")


def test_help_shows_what_the_guardian_may_use_now(talk: Conversation) -> None:
    assert "!fete" not in talk.guardian(0).says("!помощь", room="talk")
    talk.teacher.says("!комитет guardian0 события", room="staff")
    assert "!fete" in talk.guardian(0).says("!помощь", room="talk")


def test_the_same_in_english(plugin: Plugin) -> None:
    with Conversation(plugin, language="en") as talk:
        talk.teacher.says("!committee guardian0 events", room="staff")
        assert talk.texts("staff")[-1].startswith("guardian0 may now look after: events.")
        assert "guardian0 — events" in talk.teacher.says("!committee", room="staff")
        assert talk.teacher.says("!committee remove guardian0", room="staff") == "guardian0 no longer looks after: events."


def test_unknown_rights_of_another_release_give_nothing() -> None:
    assert read_rights("events sorcery") == {Right.EVENTS}
