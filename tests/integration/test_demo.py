"""``classroom-matrix demo`` as a user meets it: a child process, a terminal's signals, a folder that stays."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import aiohttp
import pytest

from classroom_matrix.domain.ids import PersonId, UserId
from classroom_matrix.roster.invitations import DrawnSlip
from classroom_matrix.testing.homeserver import free_port
from classroom_matrix.testing.person import Person, text_of

from .newcomers import OWN_PASSWORD, JoinPage, a_browser

_READY = "Press Ctrl-C to stop"
_CONFIG = """
homeserver: {{url: "http://127.0.0.1:{homeserver}", server_name: school.localhost}}
bot: {{user: classroom, name: Помощник}}
connection: {{listen: "127.0.0.1:{listen}"}}
join: {{listen: "127.0.0.1:{join}", url: "http://127.0.0.1:{join}"}}
plugins: {{polls: {{}}}}
classes:
  - id: 3b-2026
    name: 3Б
    staff: [{{name: Смирнова Ольга Петровна, role: teacher, user: teacher}}]
"""


class Demo:
    """The demo in a folder of its own, on free ports."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port, self.listen, self.join = free_port(), free_port(), free_port()
        self.output = ""
        self.process: asyncio.subprocess.Process | None = None
        (folder / "config.yaml").write_text(_CONFIG.format(homeserver=self.port, listen=self.listen, join=self.join), "utf-8")

    @asynccontextmanager
    async def playing(self) -> AsyncIterator[None]:
        """From the moment when it says how to look at it; ends it with Ctrl-C."""
        await self.start()
        try:
            await self.until(_READY)
            yield
        finally:
            await self.end(signal.SIGINT)

    async def start(self) -> None:
        self.output = ""
        self.process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "classroom_matrix", "demo", "--folder", "demo",
            cwd=self.folder, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT, start_new_session=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1", "COLUMNS": "100"},
        )  # fmt: skip

    async def until(self, text: str) -> None:
        assert self.process is not None
        assert self.process.stdout is not None
        async with asyncio.timeout(120):
            while text not in self.output:
                piece = await self.process.stdout.read(4096)
                assert piece, f"the demo ended:\n{self.output}"
                self.output += piece.decode()

    async def end(self, number: signal.Signals | None = None) -> int:
        """Send a signal as a terminal does, to the whole group, and wait for the end. Returns the exit code."""
        assert self.process is not None
        if number is not None and self.process.returncode is None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)
        async with asyncio.timeout(60):
            rest, _ = await self.process.communicate()
            self.output += rest.decode()
        assert self.process.returncode is not None
        return self.process.returncode

    @property
    def access(self) -> dict[str, Any]:
        content: dict[str, Any] = json.loads((self.folder / "demo" / "access.json").read_text("utf-8"))
        return content


@pytest.fixture
def demo(tmp_path: Path) -> Demo:
    return Demo(tmp_path)


async def test_parent_gets_in_with_the_slip_that_the_demo_prints(demo: Demo) -> None:
    async with demo.playing():
        handle, words = _slip(demo.output)
        async with a_browser() as browser:
            page = JoinPage(demo.join)
            slip = DrawnSlip(PersonId(""), handle, tuple(words.split()), "")
            await page.settle_in(browser, await page.prove(browser, slip))
            async with browser.get(f"{page.url}/j/done") as response:
                user_id = re.search(r"@u[a-z0-9]+:school\.localhost", unquote(await response.text()))
        assert user_id is not None
        async with await _logged_in(demo.port, user_id[0]) as parent, asyncio.timeout(60):
            rooms = len(demo.access["rooms"]["3Б"])  # the family's desk in place of the staff room
            while len(await parent.joined_rooms()) != rooms:
                await asyncio.sleep(0.1)  # the condition is in another process


def _slip(output: str) -> tuple[str, str]:
    """Handle and words."""
    found = re.search(r"/j/(\w+)\s+and\s+type:\s+(.+)\n", output)
    assert found, output
    return found[1], found[2].strip()


async def _logged_in(port: int, user_id: str) -> Person:
    login = {"type": "m.login.password", "identifier": {"type": "m.id.user", "user": user_id}, "password": OWN_PASSWORD}
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"http://127.0.0.1:{port}/_matrix/client/v3/login", json=login) as response,
    ):
        return Person(f"http://127.0.0.1:{port}", UserId(user_id), (await response.json())["access_token"])


async def test_demo_plays_stops_and_goes_on(demo: Demo) -> None:
    async with demo.playing():
        first = demo.access
        await _look_at(first)
        poll = await _poll_with_a_vote(first)
    assert demo.process is not None
    assert demo.process.returncode == 0
    assert "Traceback" not in demo.output
    assert "Stopped. The next run goes on from here." in demo.output
    assert not _answers(demo.port)
    assert not _answers(demo.listen)
    _look_into(demo.folder)

    await demo.start()
    await demo.until(_READY)
    assert demo.access == first
    assert await _poll_with_a_vote(first) == poll
    assert "Rooms: all there" in demo.output
    demo.process.terminate()
    assert await demo.end() == 0
    assert not _answers(demo.port)


def _look_into(folder: Path) -> None:
    """The demo writes into its own folder only, and nobody else can read it."""
    assert {path.name for path in folder.iterdir()} == {"config.yaml", "demo"}
    assert (folder / "demo").stat().st_mode & 0o777 == 0o700
    for name in ("access.json", "accounts.json", "registration.yaml"):
        assert (folder / "demo" / name).stat().st_mode & 0o777 == 0o600, name


async def _look_at(access: dict[str, Any]) -> None:
    """What access.json promises is true."""
    assert sorted(access) == ["accounts", "homeserver", "rooms", "server_name"]
    assert access["server_name"] == "school.localhost"
    assert [account["role"] for account in access["accounts"]] == ["teacher", *["guardian"] * 6]
    rooms = access["rooms"]["3Б"]
    assert set(rooms) == {
        "space", "announcements", "homework", "events", "albums", "meetings", "library", "publications", "talk", "staff",
    }  # fmt: skip
    for account in access["accounts"]:
        assert sorted(account) == ["name", "password", "role", "user_id"]
        localpart = account["user_id"][1:].split(":")[0]
        person = await Person.log_in(access["homeserver"], localpart, account["password"])
        async with person:
            expected = set(rooms.values()) - (set() if account["role"] == "teacher" else {rooms["staff"]})
            assert set(await person.joined_rooms()) == expected


async def _poll_with_a_vote(access: dict[str, Any]) -> str:
    """The one poll in the announcements, which has one vote."""
    teacher = access["accounts"][0]
    person = await Person.log_in(access["homeserver"], "teacher", teacher["password"])
    async with person:
        history = await person.history(access["rooms"]["3Б"]["announcements"])
    polls = [event for event in history if event["type"] == "org.matrix.msc3381.poll.start"]
    votes = [event for event in history if event["type"] == "org.matrix.msc3381.poll.response"]
    assert [len(polls), len(votes)] == [1, 1]
    assert "Планетарий" in json.dumps(polls[0]["content"], ensure_ascii=False)
    assert votes[0]["content"]["m.relates_to"]["event_id"] == polls[0]["event_id"]
    assert len([event for event in history if text_of(event).startswith("!опрос")]) == 1
    return str(polls[0]["event_id"])


async def test_demo_interrupted_at_every_step_goes_on(demo: Demo) -> None:
    for step in ("Starting a homeserver", "Accounts", "Rooms", "Coming into"):
        await demo.start()
        await demo.until(step)
        code = await demo.end(signal.SIGINT)
        assert (code, "Traceback" in demo.output) == (0, False), demo.output
        assert not _answers(demo.port)
    async with demo.playing():
        await _look_at(demo.access)


async def test_demo_stops_once_however_often_it_is_interrupted(demo: Demo) -> None:
    await demo.start()
    await demo.until("Coming into")
    assert demo.process is not None
    os.kill(demo.process.pid, signal.SIGINT)
    await demo.until("Stopping")
    for _ in range(3):
        os.kill(demo.process.pid, signal.SIGINT)
    code = await demo.end()
    assert (code, "Exception ignored" in demo.output, "Traceback" in demo.output) == (0, False, False), demo.output
    assert not _answers(demo.port)


async def test_demo_killed_leaves_no_homeserver_behind_and_goes_on(demo: Demo) -> None:
    await demo.start()
    await demo.until("Coming into")
    await demo.end(signal.SIGKILL)
    async with asyncio.timeout(20):
        while _answers(demo.port):
            await asyncio.sleep(0.05)
    async with demo.playing():
        await _look_at(demo.access)
        await _poll_with_a_vote(demo.access)


@pytest.mark.parametrize("which", ["port", "listen"])
async def test_demo_names_a_busy_port(demo: Demo, which: str) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", getattr(demo, which)))
        other.listen()
        await demo.start()
        assert await demo.end() == 1
    sentence = demo.output.strip().splitlines()[-1]
    setting = {"port": "homeserver.url", "listen": "connection.listen"}[which]
    assert sentence == (
        f"The demo cannot go on: {setting}: port {getattr(demo, which)}: another program uses it (Address already in use);"
        " choose another one in config.yaml. Perhaps a demo still runs in another terminal?"
    )


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("plugins:", "plugin:", "plugin"),
        ("classes:", "classes: [", "config.yaml: line"),
        ("polls: {}", "polls: {quroum: 1}", 'plugins.polls.quroum: unknown key; did you mean "room"? (line 6)'),
        ("polls: {}", "pols: {}", "plugins.pols"),
    ],
)
async def test_demo_names_what_is_wrong_in_the_configuration(demo: Demo, old: str, new: str, expected: str) -> None:
    path = demo.folder / "config.yaml"
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    await demo.start()
    assert await demo.end() == 1
    assert "Traceback" not in demo.output
    assert expected in demo.output
    assert demo.output.startswith("The demo cannot go on: ")


async def test_demo_names_a_full_disk(demo: Demo) -> None:
    (demo.folder / "demo").mkdir()
    (demo.folder / "demo" / "service.log").symlink_to("/dev/full")
    (demo.folder / "demo" / "registration.yaml.new").symlink_to("/dev/full")
    await demo.start()
    assert await demo.end() == 1
    assert "Traceback" not in demo.output
    assert demo.output.strip().splitlines()[-1].endswith("No space left on device")


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
