"""The program as IT uses it, against the real Synapse: words, exit codes, no traceback."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest

from classroom_matrix.matrix.registration import Registration
from classroom_matrix.storage import inbox, jobs
from classroom_matrix.storage.database import Database
from classroom_matrix.testing.homeserver import EmbeddedHomeserver, Login

from ..conftest import NewPerson


@dataclass
class Office:
    """A folder with a config.yaml, and the program."""

    folder: Path
    env: dict[str, str]

    async def program(self, *arguments: str) -> tuple[int, str, str]:
        """(exit code, standard output, standard error)."""
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "classroom_matrix", *arguments, cwd=self.folder,
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
            env={**os.environ, "NO_COLOR": "1", "COLUMNS": "120", **self.env},
        )  # fmt: skip
        output, errors = await process.communicate()
        assert process.returncode is not None
        assert b"Traceback" not in errors
        return process.returncode, output.decode(), errors.decode()

    def write(self, text: str) -> None:
        (self.folder / "config.yaml").write_text(text, "utf-8")


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path, {})


@pytest.fixture
def connected(office: Office, homeserver: EmbeddedHomeserver, registration: Registration, registration_file: Path) -> str:
    """A configuration of which everything is in place; the office has it already."""
    text = (
        f"homeserver: {{url: '{homeserver.url}', server_name: school.localhost}}\n"
        f"bot: {{user: '{registration.user_id}', name: Помощник}}\n"
        f"connection: {{registration: '{registration_file}'}}\n"
        "classes:\n"
        "  - {id: 3b, name: 3Б, rooms: {albums: false, events: false, library: false}}\n"
    )
    office.write(text)
    return text


@pytest.fixture(scope="session")
async def admin(homeserver: EmbeddedHomeserver) -> Login:
    return await homeserver.register("headmaster", "correct horse", admin=True)


async def test_plan_apply_check_tell_what_they_do(office: Office, connected: str) -> None:
    code, output, _ = await office.program("plan")
    assert (code, "3Б: 13 actions, about" in output, "create the room “Общение” (talk)" in output) == (0, True, True)
    code, output, _ = await office.program("check", "--config", "config.yaml")
    assert (code, "WRONG  3Б: `classroom-matrix apply` would create the space “3Б” and 12 more" in output) == (1, True)
    code, output, _ = await office.program("apply")
    assert (code, "3Б: 7 rooms made, 0 invitations sent" in output) == (0, True)
    code, output, _ = await office.program("--config", "config.yaml", "check")
    assert (code, "everything is as it should be" in output) == (0, True)
    code, output, _ = await office.program("plan")
    assert (code, output) == (0, "3Б: as it should be\n")


async def test_join_all_puts_everybody_into_their_rooms(
    office: Office, connected: str, admin: Login, new_person: NewPerson
) -> None:
    teacher = await new_person()
    office.write(connected.replace("name: 3Б,", f"name: 3Б, staff: [{{name: Анна, user: '{teacher.user_id}'}}],"))
    code, _, errors = await office.program("apply", "--join-all")
    assert (code, "needs an admin's access token" in errors) == (2, True)
    office.env["CLASSROOM_ADMIN_TOKEN"] = admin.access_token
    code, output, _ = await office.program("apply", "--join-all")
    assert (code, "3Б: 7 memberships" in output) == (0, True)
    assert len(await teacher.joined_rooms()) == 7
    code, output, _ = await office.program("apply", "--join-all")
    assert (code, "everybody is in their rooms" in output) == (0, True)


async def test_broken_configuration_is_named_and_check_and_doctor_still_run(office: Office, connected: str) -> None:
    await office.program("apply")
    office.write(connected.replace("albums: false", "albmus: false").replace("name: Помощник", "nmae: x"))
    code, output, _ = await office.program("check")
    assert (code, 'WRONG  bot.nmae: unknown key; did you mean "name"? (line 2)' in output) == (1, True)
    code, output, _ = await office.program("doctor")
    assert (code, "inbox: 0 facts waiting" in output, "bot.nmae" in output) == (1, True, True)
    code, _, errors = await office.program("apply")
    assert (code, errors.splitlines()[0]) == (2, 'classroom-matrix: bot.nmae: unknown key; did you mean "name"? (line 2)')


async def test_wrong_option_of_a_plugin_is_named_by_every_command(office: Office, connected: str) -> None:
    await office.program("apply")
    office.write(connected + "plugins: {polls: {remind_before: -3}}\n")
    sentence = "plugins.polls.remind_before: expected hours, 0 for never, got -3 (line 6)"
    for command in ("plan", "apply"):
        code, _, errors = await office.program(command)
        assert (code, errors) == (2, f"classroom-matrix: {sentence}\n")
    for command in ("check", "doctor"):
        code, output, _ = await office.program(command)
        assert (code, sentence in output) == (1, True)


async def test_doctor_of_an_unreadable_configuration_asks_for_the_database(office: Office, connected: str) -> None:
    await office.program("apply")
    office.write(connected.replace("name: Помощник}", 'name: "Помощник}'))
    code, _, errors = await office.program("doctor")
    assert (code, "so it is unknown where the database is; give --database PATH" in errors) == (2, True)
    code, output, _ = await office.program("doctor", "--database", "var/classroom.db")
    assert (code, "line 2: the quotation mark in column" in output, "inbox: 0 facts" in output) == (1, True, True)


async def test_check_lists_rows_that_need_a_decision_and_plan_says_what_was_understood(office: Office, connected: str) -> None:
    (office.folder / "list.csv").write_text(
        "№;Фамилия;Имя;Мать;Отец;Язык семьи;Примечание\n"
        "1;Калинина;Ксения;Наталья Калинина;;то?ик?;\n"
        "2;Исаев;Максим;Юлия Исаева;;;только бумага; не фотографировать\n".replace("бумага; не", "бумага / не"),
        "utf-8",
    )
    office.write(connected.replace("name: 3Б,", "name: 3Б, roster: list.csv,"))
    await office.program("apply")
    code, output, _ = await office.program("check")
    assert (code, "│ 2   │ the language “то?ик?” cannot be read" in output) == (0, True)
    assert output.splitlines()[-1] == ("nothing is wrong; 1 row needs a decision: correct the list, or leave it as it is taken")
    code, output, _ = await office.program("plan")
    assert "row 2: the language" in output
    assert (
        "3Б: 2 pupils in 2 families; 1 family reached on paper (the teacher enters their votes);"
        " 1 note on photos (a no is kept; a yes comes from the family itself)" in output
    )


async def test_run_on_a_busy_port_says_it_once(office: Office, connected: str) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        listen = f"127.0.0.1:{other.getsockname()[1]}"
        office.write(connected.replace("{registration:", f"{{listen: '{listen}', registration:"))
        code, _, errors = await office.program("run")
    assert code == 2
    assert errors.splitlines()[-1] == (
        f"classroom-matrix: connection.listen: cannot listen on {listen} (Address already in use);"
        " perhaps the service runs already"
    )
    assert errors.count("Address already in use") == 1


async def test_doctor_shows_what_is_wrong_and_asks_for_second_chances(office: Office, connected: str) -> None:
    database = Database(office.folder / "var" / "classroom.db")
    inbox.set_aside(database, "$event", "polls.count_vote", "3b", "ValueError at handlers.py:7", time.time())
    jobs.put(database, "3b", "polls.close_at_deadline", ("1",), time.time() - 600)
    database.close()
    code, output, _ = await office.program("doctor")
    assert (code, "$event" in output, "polls.count_vote" in output, "polls.close_at_deadline" in output) == (
        1,
        True,
        True,
        True,
    )
    code, output, _ = await office.program("doctor", "--retry", "1")
    assert (code, "second chance" in output) == (0, True)
    code, _, errors = await office.program("doctor", "--retry", "2")
    assert (code, errors) == (2, "classroom-matrix: nothing is set aside under the number 2\n")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (("127.0.0.1", "127.0.0.1:1/?"), "expected an address such as"),
        (("url: 'http://127.0.0.1", "url: 'http://127.0.0.9"), "no homeserver answers at http://127.0.0.9:"),
        (("{registration:", "{listen: '127.0.0.1:9', registration: nowhere.yaml, x:"), "unknown key"),
        (("connection:", "# "), "is missing; write it with: classroom-matrix registration"),
    ],
)
async def test_what_is_wrong_is_one_sentence(office: Office, connected: str, change: tuple[str, str], sentence: str) -> None:
    office.write(connected.replace(*change))
    code, _, errors = await office.program("apply")
    assert (code, errors.startswith("classroom-matrix: "), sentence in errors) == (2, True, True)


async def test_registration_is_written_once_and_kept(office: Office, connected: str) -> None:
    office.write(connected.replace("connection:", "#"))
    code, output, _ = await office.program("registration")
    path = office.folder / "var" / "registration.yaml"
    before = path.read_text("utf-8")
    assert (code, "app_service_config_files" in output, path.stat().st_mode & 0o777) == (0, True, 0o600)
    await office.program("registration")
    assert path.read_text("utf-8") == before


# ── An account that syncs, on a homeserver with its default rate limits ─────────────────────────────────────────────


@pytest.fixture
async def limited(office: Office, tmp_path: Path) -> AsyncIterator[tuple[EmbeddedHomeserver, Login]]:
    async with EmbeddedHomeserver(tmp_path / "homeserver", limits="default", bcrypt_rounds=4) as server:
        bot = await server.register("bot", "correct horse")
        (office.folder / "token").write_text(bot.access_token, "utf-8")
        office.write(
            f"homeserver: {{url: '{server.url}', server_name: school.localhost}}\n"
            "bot: {user: bot}\n"
            f"connection: {{kind: sync, access_token_file: token}}\n"
            "classes: [{id: 3b, name: 3Б, rooms: {albums: false, events: false, library: false}}]\n"
        )
        yield server, await server.register("headmaster", "correct horse", admin=True)


async def test_missing_exemption_is_told_with_the_one_call_that_grants_it(
    office: Office, limited: tuple[EmbeddedHomeserver, Login]
) -> None:
    server, admin = limited
    code, output, _ = await office.program("check")
    assert "?  whether the bot is exempt from rate limits only an admin's token tells" in output
    code, output, _ = await office.program("apply")
    assert (code, "7 rooms made" in output) == (0, True)
    office.env["CLASSROOM_ADMIN_TOKEN"] = admin.access_token
    code, output, _ = await office.program("check")
    url = f"{server.url}/_synapse/admin/v1/users/%40bot%3Aschool.localhost/override_ratelimit"
    assert (code, url in output) == (1, True)
    async with (
        aiohttp.ClientSession(headers={"Authorization": f"Bearer {admin.access_token}"}) as session,
        session.post(url, data='{"messages_per_second": 0, "burst_count": 0}') as response,
    ):
        assert response.status == 200
    code, output, _ = await office.program("check")
    assert (code, "the bot is exempt from rate limits" in output) == (0, True)
