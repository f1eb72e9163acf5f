"""`slips` as IT runs it, on the real Synapse: killed at every step and repeated, there is one account and one slip a person."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sqlite3
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

import pypdfium2
import pytest
import yaml
import zxingcpp

from classroom_matrix.domain.ids import PersonId
from classroom_matrix.roster.invitations import DrawnSlip, verify
from classroom_matrix.storage.database import Database
from classroom_matrix.testing.accounts_process import AccountsProcess
from classroom_matrix.testing.homeserver import EmbeddedHomeserver

from .newcomers import JoinPage, a_browser
from .school import ROSTER, SchoolOnStage

PEOPLE = 44
"""Of the sample: 47 guardians without the one under a court limit and the four of families without the app; two of staff."""


class Office:
    """A school with a class list, an accounts process, and the program."""

    def __init__(self, school: SchoolOnStage, accounts: AccountsProcess) -> None:
        self.school = school
        self.accounts = accounts
        self.file = school.folder / "slips.pdf"
        self.part = school.folder / ".slips.pdf.part"
        school.write_config(
            [
                {
                    "id": "3b",
                    "name": "3Б",
                    "roster": str(ROSTER),
                    "staff": [
                        {"name": "Ольга Петровна", "role": "teacher"},
                        {"name": "Инна Психолог", "role": "specialist"},
                    ],
                }
            ],
            accounts=dict(accounts.settings),
            join={"listen": "127.0.0.1:1", "url": "https://school.example"},
        )

    async def arrivals(self) -> str:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "classroom_matrix", "arrivals", "--config", str(self.school.config_file)),
            stdout=asyncio.subprocess.PIPE,
            env={**os.environ, "NO_COLOR": "1", "LC_ALL": "C.UTF-8"},
        )
        output, _ = await process.communicate()
        assert process.returncode == 0
        return output.decode()

    async def slips(self, *, kill: Callable[[], bool] | None = None) -> int | None:
        """Run the command. With `kill` it is killed -9 as soon as that is true; None if it ended before."""
        with (self.school.folder / "slips.log").open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "classroom_matrix.testing.tied_process", "classroom_matrix",
                "slips", "--config", str(self.school.config_file), "--output", str(self.file),
                stdin=asyncio.subprocess.PIPE, stdout=log, stderr=log, start_new_session=True,
                env={**os.environ, "NO_COLOR": "1"},
            )  # fmt: skip
        while kill is not None and process.returncode is None:
            if kill():
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                await process.wait()
                return -signal.SIGKILL
            await asyncio.sleep(0.002)  # the condition is in another process
        code = await process.wait()
        return None if kill is not None else code

    def count(self, column: str) -> int:
        """How many people have come so far."""
        try:
            rows = self.school.rows(f"SELECT COUNT({column}) FROM invitation")
        except sqlite3.OperationalError:  # there is no table yet
            return 0
        return int(rows[0][0])

    def made(self) -> list[str]:
        """Every account that was ever asked for."""
        with sqlite3.connect(f"file:{self.accounts.ledger}?mode=ro", uri=True) as ledger:
            return [row[0] for row in ledger.execute("SELECT user_id FROM account")]

    def printed(self) -> dict[str, str]:
        """Handle → what stands on its slip."""
        found: dict[str, str] = {}
        for page in pypdfium2.PdfDocument(self.file.read_bytes()):
            text, (width, height) = page.get_textpage(), page.get_size()
            codes = zxingcpp.read_barcodes(page.render(scale=2, grayscale=True).to_pil())
            for place, code in enumerate(sorted(codes, key=lambda code: code.position.top_left.y)):
                bounds = {"left": 0, "right": width, "top": height * (3 - place) / 3, "bottom": height * (2 - place) / 3}
                said = " ".join(text.get_text_bounded(**bounds).replace("\u200b", "").split())
                found[code.text.removeprefix("https://school.example/j/")] = said
        return found


@pytest.fixture
async def office(homeserver: EmbeddedHomeserver, tmp_path: Path, registration_file: Path) -> AsyncIterator[Office]:
    async with (
        SchoolOnStage(homeserver, tmp_path, registration_file) as school,
        AccountsProcess(tmp_path / "accounts", homeserver, school.bot, child=False) as accounts,
    ):
        yield Office(school, accounts)


async def test_killed_at_every_step_there_is_one_account_and_one_good_slip_for_each_person(office: Office):
    kills: list[Callable[[], bool]] = [
        lambda: office.count("user_id") >= 1,  # an account is drawn
        lambda: office.count("created_at") >= 5,  # some are made
        lambda: office.count("created_at") >= PEOPLE,  # all are made, words are drawn
        office.part.exists,  # the file is written
        lambda: office.count("handle") >= PEOPLE,  # the words are good
    ]
    killed = [await office.slips(kill=kill) for kill in kills]
    assert killed[:3] == [-signal.SIGKILL] * 3  # the last two steps take milliseconds, and may be over before they are seen
    code = await office.slips()
    if code != 0:  # the file was written in the very moment of the last kill
        assert "is there already" in (office.school.folder / "slips.log").read_text("utf-8")
    await _one_account_a_person(office)
    await _all_slips_are_good(office)
    assert f"0 of {PEOPLE} people are in" in await office.arrivals()


async def _one_account_a_person(office: Office) -> None:
    rows = office.school.rows(
        "SELECT person.id, person.user_id FROM person JOIN invitation ON invitation.person_id = person.id"
    )
    assert len(rows) == PEOPLE
    assert sorted(user_id for _, user_id in rows) == sorted(office.made())
    token = office.accounts.token_file.read_text("utf-8").strip()
    homeserver = office.school.homeserver
    for _, user_id in rows:
        url = f"{homeserver.url}/_synapse/admin/v2/users/{quote(user_id)}"
        account = await homeserver.request("GET", url, token=token)
        assert (account["deactivated"], account["admin"]) == (False, False)
    limited = office.school.rows("SELECT user_id FROM person JOIN member ON member.person_id = person.id WHERE member.limited")
    assert limited == [(None,)]


async def _all_slips_are_good(office: Office) -> None:
    printed = office.printed()
    assert set(printed) == {row[0] for row in office.school.rows("SELECT handle FROM invitation")}
    names = dict(office.school.rows("SELECT handle, name FROM invitation JOIN person ON person.id = invitation.person_id"))
    database = Database(office.school.database)
    try:
        for handle, said in printed.items():
            assert names[handle] in said
            words = re.search(r"(?:через пробел|between them) ((?:\S+ ){5})", said)
            assert words is not None, said
            assert (await verify(database, handle, words[1], time.time())).kind == "right"
    finally:
        database.close()


async def test_a_slip_from_the_chat_lets_somebody_in_and_disappears(
    homeserver: EmbeddedHomeserver, tmp_path: Path, registration_file: Path
):
    page = JoinPage.anywhere()
    async with (
        SchoolOnStage(homeserver, tmp_path, registration_file) as school,
        AccountsProcess(tmp_path / "accounts", homeserver, school.bot, child=False) as accounts,
    ):
        await school.build(families=1)
        config = yaml.safe_load(school.config_file.read_text("utf-8"))
        config |= {"accounts": dict(accounts.settings), "join": page.config}
        school.config_file.write_text(yaml.safe_dump(config, allow_unicode=True), "utf-8")
        stage = school.classes["3b"]
        await school.let_in("3b")
        await school.start()
        teacher, staff = stage.teacher, stage.rooms["staff"]
        await teacher.say(staff, "!пропуск Щербакова Светлана")
        async with asyncio.timeout(60):
            while not (messages := [e for e in await school.of_bot(teacher, staff) if "/j/" in e["content"].get("body", "")]):
                await asyncio.sleep(0.1)  # the condition is on the homeserver
        (message,) = messages
        name, address, words, *_ = message["content"]["body"].split("\n")
        assert name.startswith("Светлана")
        slip = DrawnSlip(PersonId(""), address.rpartition("/")[2], tuple(words.strip("*").split()), "")
        async with asyncio.timeout(60):
            async with a_browser() as browser:
                await page.settle_in(browser, await page.prove(browser, slip))
            while any(e["event_id"] == message["event_id"] for e in await school.of_bot(teacher, staff)):
                await asyncio.sleep(0.1)  # a redacted event has no content
        assert school.rows("SELECT content FROM outbox WHERE key LIKE '%|unkept'") == [(b"",)]
