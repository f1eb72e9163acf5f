"""All built-in plugins in one class: their commands do not get in each other's way, and help stays short."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import entry_points

import pytest

from classroom_matrix.api import Plugin
from classroom_matrix.domain.people import Role
from classroom_matrix.errors import UserError
from classroom_matrix.i18n import LANGUAGES
from classroom_matrix.runtime.commands import CommandTable, Entry, ParseScope
from classroom_matrix.runtime.registry import GROUP
from classroom_matrix.testing.conversation import Conversation

PLUGINS: list[Plugin] = [
    point.load() for point in sorted(entry_points(group=GROUP)) if point.module.startswith("classroom_plugins.")
]
ON_A_SCREEN = 16  # lines


@pytest.fixture(scope="module", params=LANGUAGES)
def talk(request: pytest.FixtureRequest) -> Iterator[Conversation]:
    plugins = {plugin: plugin.config() if plugin.config else None for plugin in PLUGINS}
    with Conversation(plugins, language=request.param) as talk:
        yield talk


@pytest.fixture(scope="module")
def commands(talk: Conversation) -> CommandTable:
    return talk.registry.commands(talk.klass.id)


def test_built_in_plugins_are_all_there() -> None:
    assert {plugin.name for plugin in PLUGINS} == {
        "absence", "announcements", "consultations", "duties", "events", "homework", "polls"
    }  # fmt: skip


def test_help_for_the_teacher_fits_on_a_screen(talk: Conversation) -> None:
    said = talk.teacher.says("!help", room="staff")
    assert len(said.splitlines()) <= ON_A_SCREEN
    assert all(f"!{entry.names[talk.klass.language][0]}" in said for entry in main_commands(talk))


def test_help_for_families_shows_nothing_of_the_teachers(talk: Conversation) -> None:
    said = talk.guardian(0).says("!help", room="talk")
    for entry in talk.registry.commands(talk.klass.id).entries:
        name = f"!{entry.names[talk.klass.language][0]}"
        shown = any(line == name or line.startswith(f"{name} — ") for line in said.splitlines())
        assert not shown or entry.may_use(Role.GUARDIAN), name


def test_help_about_each_group_shows_each_of_its_commands(talk: Conversation) -> None:
    for entry in talk.registry.commands(talk.klass.id).usable(Role.TEACHER):
        names = entry.names[talk.klass.language]
        said = talk.teacher.says(f"!help {names[0]}", room="staff")
        assert f"!{names[0]}" in said
        assert entry.attribute("help", talk.klass.language) in said


def test_examples_mean_what_they_are_examples_of(talk: Conversation, commands: CommandTable) -> None:
    """Every example of every command, in both languages, is read as that command, without a complaint."""
    wrong = []
    for entry in commands.entries:
        for language in LANGUAGES:
            for attribute in ("example", "example-family"):
                example = entry.attribute(attribute, language)
                if example and (problem := misread(talk, commands, entry, example)):
                    wrong.append(f"{entry.plugin}.{entry.command.name} ({language}) {example!r}: {problem}")
    assert wrong == []


def test_every_command_says_what_it_is_for(commands: CommandTable) -> None:
    silent = [entry.command.name for entry in commands.entries for each in LANGUAGES if not entry.attribute("help", each)]
    assert silent == []


def misread(talk: Conversation, commands: CommandTable, entry: Entry, example: str) -> str:
    found = commands.find(example)
    if found is None:
        return "no command"
    scope = ParseScope(talk.clock.now().astimezone(talk.zone), talk.zone, lambda: talk.roster, talk.klass.language)
    try:
        call = found.bind(Role.TEACHER, scope)
    except UserError as error:
        return f"{error.key} {error.values}"
    return "" if call.command is entry.command else f"understood as {call.command.name}"


def main_commands(talk: Conversation) -> list[Entry]:
    return [entry for entry in talk.registry.commands(talk.klass.id).usable(Role.TEACHER) if " " not in entry.command.name]
