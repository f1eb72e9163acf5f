"""`slips` with the accounts process in memory."""

from __future__ import annotations

import asyncio
import io
import stat
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
import pytest
from rich.console import Console

from classroom_matrix.config import Config, load
from classroom_matrix.errors import ConfigError, StorageError, TemporaryError
from classroom_matrix.i18n.check import differences
from classroom_matrix.roster.invitations import check_words
from classroom_matrix.roster.slips import making, secret
from classroom_matrix.storage import archive, invitations
from classroom_matrix.storage.database import Database
from classroom_matrix.storage.invitations import Stage
from classroom_matrix.terminal.slips import make_slips, print_slips
from classroom_matrix.terminal.words import language, words
from classroom_matrix.testing.fake_accounts import FakeAccounts
from tests.unit.roster.people_at_school import CLASS, SmallClass
from tests.unit.roster.slips.test_pdf import codes_of, text_of

CONFIG = """
homeserver: {url: http://127.0.0.1:8008, server_name: school.localhost}
bot: {user: classroom, name: Bot}
connection: {kind: appservice, listen: 127.0.0.1:9009, registration: r.yaml}
database: a.db
language: ru
timezone: Europe/Moscow
accounts: {}
join: {url: https://school.example}
classes:
  - {id: 3b, name: 3Б}
"""
NOW = datetime(2026, 8, 28, 12, 0, tzinfo=UTC).timestamp()


class Office:
    """Somebody at a terminal."""

    def __init__(self, folder: Path) -> None:
        (folder / "config.yaml").write_text(CONFIG, "utf-8")
        self.config: Config = load(folder / "config.yaml")
        self.file = folder / "slips.pdf"
        self.database = Database(folder / "a.db")
        self.people = SmallClass(self.database)
        self.accounts = FakeAccounts()
        self.now = NOW

    async def slips(self, *pupils: str, again: bool = False, file: Path | None = None) -> str:
        out = io.StringIO()
        await make_slips(
            self.config, self.config.classes[0], self.database, self.accounts, pupils=pupils, again=again,
            output=file or self.file, out=Console(file=out, width=300), say=words(), now=lambda: self.now,
        )  # fmt: skip
        return out.getvalue()

    def stage(self, person: str) -> Stage:
        invitation = invitations.of_person(self.database, person)
        return invitation.stage(self.now) if invitation else Stage.NO_ACCOUNT


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    monkeypatch.setattr(secret, "_LOG_N", 4)  # strong hashes have tests of their own
    office = Office(tmp_path)
    yield office
    office.database.close()


def handles(office: Office) -> dict[str, str]:
    return {one.handle: one.person_id for one in invitations.of_class(office.database, CLASS).values() if one.handle}


async def test_everybody_new_gets_one_slip_and_its_code_is_theirs(office: Office):
    said = await office.slips()
    assert "5 slips" in said
    assert "1 family without the app" in said
    assert str(office.file) in said
    codes = [code for codes in codes_of(office.file.read_bytes()) for code in codes]
    in_order = [handles(office)[code.removeprefix("https://school.example/j/")] for code in codes]
    people = office.people
    assert in_order == [people.anna, people.pavel, people.olga, people.granny, people.specialist]
    assert len(office.accounts.accounts) == 5


async def test_words_on_paper_open_the_slip_and_are_nowhere_else(office: Office, tmp_path: Path):
    await office.slips("Ким")
    (page,) = text_of(office.file.read_bytes())
    slip = next(iter(handles(office)))
    after = page.split("через пробел ")[1:]
    typed = [" ".join(part.split()[:5]) for part in after]
    kinds = {check_words(office.database, slip, words, office.now).kind for words in typed}
    assert kinds == {"right", "wrong"}
    stored = b"".join(path.read_bytes() for path in tmp_path.glob("a.db*"))
    assert [word for words in typed for word in words.split() if len(word) > 5 and word.encode() in stored] == []


async def test_the_file_is_for_its_owner_only_and_nothing_is_left_beside_it(office: Office, tmp_path: Path):
    await office.slips()
    assert stat.S_IMODE(office.file.stat().st_mode) == 0o600
    assert sorted(path.name for path in tmp_path.iterdir() if "slips" in path.name) == ["slips.pdf"]


async def test_a_second_run_makes_nothing_new(office: Office):
    await office.slips()
    before = handles(office)
    office.file.unlink()
    assert "5 people have one that is still good" in await office.slips()
    assert not office.file.exists()
    assert handles(office) == before


async def test_again_replaces_good_slips_and_leaves_those_alone_who_are_in(office: Office):
    await office.slips()
    invitations.arrived(office.database, office.people.anna, office.now)
    before = {person: handle for handle, person in handles(office).items()}
    office.file.unlink()
    assert "4 slips" in await office.slips(again=True)
    after = {person: handle for handle, person in handles(office).items()}
    assert [person for person in before if before[person] == after[person]] == [office.people.anna]


async def test_expired_slips_are_made_anew(office: Office):
    await office.slips()
    office.file.unlink()
    office.now += 20 * 86_400
    assert "5 slips" in await office.slips()


async def test_a_slip_is_good_to_the_end_of_the_day_that_is_printed_on_it(office: Office):
    await office.slips()
    assert "11 сентября 2026" in text_of(office.file.read_bytes())[0]
    expires = invitations.of_person(office.database, office.people.anna).expires_at
    assert datetime.fromtimestamp(expires, UTC) == datetime(2026, 9, 11, 21, 0, tzinfo=UTC)  # midnight in Moscow


async def test_a_pupil_who_is_named_gets_new_slips_without_the_app_too(office: Office):
    assert "1 slip in" in await office.slips("Попова")
    assert office.stage(office.people.phoned) is Stage.PRINTED
    assert "Вера Попова" in text_of(office.file.read_bytes())[0]


async def test_a_lost_phone_is_a_named_pupil_again(office: Office):
    await office.slips("Ким")
    invitations.arrived(office.database, office.people.olga, office.now)
    office.file.unlink()
    await office.slips("Ким")
    assert office.stage(office.people.olga) is Stage.ARRIVED
    office.file.unlink()
    await office.slips("Ким", again=True)
    assert office.stage(office.people.olga) is Stage.PRINTED


async def test_a_member_of_staff_can_be_named(office: Office):
    assert "1 slip in" in await office.slips("Инна")
    assert office.stage(office.people.specialist) is Stage.PRINTED


async def test_a_court_limit_means_no_account_and_no_slip(office: Office):
    await office.slips("Ким", again=True)
    assert office.stage(office.people.limited) is Stage.NO_ACCOUNT
    assert "Игорь" not in "".join(text_of(office.file.read_bytes()))


async def test_a_file_that_is_there_is_not_written_over(office: Office):
    office.file.write_bytes(b"other words")
    with pytest.raises(ConfigError, match="is there already"):
        await office.slips()
    assert office.file.read_bytes() == b"other words"
    assert office.accounts.accounts == {}


class Killed(BaseException):
    """kill -9"""


@pytest.mark.parametrize("where", ["draw", "print", "write", "commit", "name", "forget"])
async def test_killed_anywhere_the_command_is_repeated(office: Office, monkeypatch: pytest.MonkeyPatch, where: str):
    def killed(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        if where == "name":
            patch.setattr(Path, "replace", killed)
        else:
            name = {"draw": "draw_slip", "print": "print_slips", "write": "_write", "commit": "_commit", "forget": "_forget"}
            patch.setattr(making, name[where], killed)
        with pytest.raises(Killed):
            await office.slips()
    assert "5 slips" in await office.slips()
    assert len(office.accounts.accounts) == 5
    opened = [check_words(office.database, handle, _words(part), office.now).kind for handle, part in _parts(office).items()]
    assert opened == ["right"] * 5
    office.file.unlink()
    assert "5 people have one" in await office.slips()


def _parts(office: Office) -> dict[str, str]:
    """Handle → its slip's text."""
    pdf = office.file.read_bytes()
    found: dict[str, str] = {}
    for page in pypdfium2.PdfDocument(pdf):
        text = page.get_textpage()
        width, height = page.get_size()
        for place in range(3):
            bounds = {"left": 0, "right": width, "top": height * (3 - place) / 3, "bottom": height * (2 - place) / 3}
            said = " ".join(text.get_text_bounded(**bounds).replace("\u200b", "").split())
            if "/j/" in said:
                found[said.partition("/j/")[2].split()[0]] = said
    return found


def _words(part: str) -> str:
    marker = "через пробел" if "через пробел" in part else "between them"
    return " ".join(part.partition(marker)[2].split()[:5])


async def test_a_file_that_cannot_be_written_costs_no_good_slip(office: Office, tmp_path: Path):
    await office.slips()
    before = handles(office)
    folder = tmp_path / "closed"
    folder.mkdir()
    (folder / ".x.pdf.part").mkdir()  # what cannot be removed as a file
    with pytest.raises(ConfigError, match="could not be written"):
        await office.slips(again=True, file=folder / "x.pdf")
    assert handles(office) == before


async def test_slips_that_somebody_else_made_meanwhile_stay_good(office: Office, monkeypatch: pytest.MonkeyPatch):
    """A teacher's `!slip`, or a second terminal."""
    await office.slips("Ким")
    handle = invitations.of_person(office.database, office.people.olga).handle
    draw = making.draw_slip

    def draw_and_be_overtaken(person: str, language: str) -> object:
        office.database.execute("UPDATE invitation SET issued_at = ? WHERE person_id = ?", (office.now + 1, office.people.olga))
        return draw(person, language)

    monkeypatch.setattr(making, "draw_slip", draw_and_be_overtaken)
    office.file.unlink()
    with pytest.raises(StorageError, match="run the command again"):
        await office.slips("Ким")
    assert invitations.of_person(office.database, office.people.olga).handle == handle
    assert sorted(path.name for path in office.file.parent.iterdir() if "slips" in path.name) == []


@pytest.mark.parametrize(
    ("variables", "spoken"),
    [
        ({"LC_ALL": "ru_RU.UTF-8", "LANG": "en_GB.UTF-8"}, "ru"),
        ({"LC_ALL": "", "LC_MESSAGES": "", "LANG": "ru_RU.UTF-8"}, "ru"),
        ({"LC_ALL": "C.UTF-8", "LANG": "ru_RU.UTF-8"}, "en"),
        ({"LC_ALL": "", "LC_MESSAGES": "", "LANG": ""}, "en"),
    ],
)
def test_the_terminals_language_is_spoken(monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], spoken: str):
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert language() == spoken


async def test_a_short_pause_is_waited_out_and_a_long_one_told(office: Office):
    office.accounts.failures["create"] = [TemporaryError("limit", retry_after=0.0)]
    assert "5 slips" in await office.slips()
    office.now += 20 * 86_400
    office.file.unlink()
    office.database.execute("DELETE FROM invitation")
    office.database.execute("UPDATE person SET user_id = NULL")
    office.accounts.failures["create"] = [TemporaryError("the quota of a day is used up", retry_after=7200.0)]
    with pytest.raises(TemporaryError, match="quota"):
        await office.slips()


@pytest.mark.parametrize("who", ["Никто", "77"])
async def test_a_pupil_whom_nobody_knows_is_told(office: Office, who: str):
    with pytest.raises(ConfigError, match="cannot find"):
        await office.slips(who)


async def test_a_class_whose_year_is_over_gets_none(office: Office):
    archive.archive(office.database, CLASS, CLASS)
    with pytest.raises(ConfigError, match="is over"):
        await office.slips()


@pytest.mark.parametrize("missing", ["join", "accounts"])
def test_what_is_not_configured_is_told(office: Office, missing: str):
    config = replace(office.config, **{missing: None})
    with pytest.raises(ConfigError, match=missing):
        asyncio.run(print_slips(config, class_id=None, pupils=(), again=False, output=None))


def test_the_commands_say_the_same_in_both_languages():
    assert differences("classroom_matrix.terminal") == []


async def test_who_is_in_is_logged_out_before_there_are_new_words(office: Office):
    await office.slips("Ким")
    user_id = invitations.of_person(office.database, office.people.olga).user_id
    other = invitations.of_person(office.database, office.people.granny).user_id
    for person, account in ((office.people.olga, user_id), (office.people.granny, other)):
        office.accounts.accounts[account].password = "old"
        office.accounts.log_in(account, "old")
        if account == user_id:
            invitations.arrived(office.database, person, office.now)
    office.accounts.failures["set_password"] = [TemporaryError("no answer", retry_after=0.0)]
    office.file.unlink()
    await office.slips("Ким", again=True)
    account = office.accounts.accounts[user_id]
    assert (account.sessions, account.password == "old") == (0, False)
    assert office.accounts.accounts[other].sessions == 1
