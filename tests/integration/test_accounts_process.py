"""The accounts process as IT runs it: what it survives, and what a thief of its socket or of the bot's token cannot do."""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import aiohttp
import pytest

from classroom_matrix.accounts import admin_token
from classroom_matrix.accounts.audit import last_entries
from classroom_matrix.accounts.listening import listen
from classroom_matrix.config import load
from classroom_matrix.domain.ids import RoomId, UserId
from classroom_matrix.errors import ClassroomError, ConfigError, PermanentError, TemporaryError
from classroom_matrix.matrix.accounts_client import SocketAccounts
from classroom_matrix.matrix.client import HttpGateway
from classroom_matrix.matrix.registration import DEVICE, Registration
from classroom_matrix.terminal.accounts import log_in, show_log
from classroom_matrix.testing.accounts_process import AccountsProcess
from classroom_matrix.testing.faulty_proxy import Answer, Call, FaultyProxy, Passing
from classroom_matrix.testing.homeserver import EmbeddedHomeserver
from classroom_matrix.testing.person import Person

PASSWORD = "снег идёт 7"
NAME = "Анна Орлова"


@dataclass
class Stage:
    """Process → proxy → homeserver, and a bot with rooms."""

    homeserver: EmbeddedHomeserver
    proxy: FaultyProxy
    process: AccountsProcess
    bot: HttpGateway
    registration: Registration

    @property
    def accounts(self) -> SocketAccounts:
        return self.process.client

    @property
    def token(self) -> str:
        return self.process.token_file.read_text("utf-8").strip()

    async def admin(self, method: str, path: str) -> dict[str, object]:
        return await self.homeserver.request(method, f"{self.homeserver.url}/_synapse/admin/{path}", token=self.token)

    async def account(self, user_id: UserId) -> dict[str, object]:
        return await self.admin("GET", f"v2/users/{quote(user_id)}")

    async def room(self, *invited: UserId) -> RoomId:
        room = await self.bot.create_room({"room_version": "12", "preset": "private_chat"}, secrets.token_hex(8))
        for user_id in invited:
            await self.bot.invite(room, user_id)
        return room

    async def person(self, user_id: UserId, password: str = PASSWORD) -> Person:
        return await Person.log_in(self.homeserver.url, user_id, password)

    async def ready(self) -> UserId:
        user_id = drawn()
        await self.accounts.create(user_id, NAME, "request 1")
        await self.accounts.set_password(user_id, PASSWORD, log_out=False)
        return user_id


@pytest.fixture
async def stage(homeserver: EmbeddedHomeserver, registration: Registration, tmp_path: Path) -> AsyncIterator[Stage]:
    async with AsyncExitStack() as stack:
        proxy = await stack.enter_async_context(FaultyProxy(homeserver.url))
        process = AccountsProcess(tmp_path, homeserver, registration.user_id, url=proxy.url)
        await stack.enter_async_context(process)
        session = await stack.enter_async_context(aiohttp.ClientSession())
        known = registration
        bot = HttpGateway(session, homeserver.url, known.as_token, known.user_id, act_as=True, device_id=DEVICE)
        yield Stage(homeserver, proxy, process, bot, registration)


def drawn() -> UserId:
    return UserId(f"@u{secrets.token_hex(6)}:school.localhost")


# ── Killed at every step ──────────────────────────────────────────────────────────────────────────────────────────────
# tests/unit/accounts/test_crashes.py stops before and after each request; here the process dies for real, after those that
# change something.


async def killed_at_each_change(stage: Stage, prepare: Callable[[], Awaitable[Callable[[], Awaitable[object]]]]) -> int:
    """Do something once for each of its requests that changes the homeserver, killing the process when the homeserver has
    done it and before the answer is there; then once more.

    Args:
        prepare: makes a new thing to do.

    Returns:
        How often the process was killed.
    """

    async def kill(passing: Passing) -> None:
        await stage.process.kill()

    for kills in range(100):
        work = await prepare()
        rule = stage.proxy.add(Call(after=kill), when=lambda passing: passing.method != "GET", skip=kills, count=1)
        with suppress(TemporaryError):
            await work()
        stage.proxy.rules.clear()
        if not rule.hits:
            return kills
        await stage.process.start()
        await work()
    raise AssertionError("there is no end")


async def test_create_is_one_account_wherever_the_process_is_killed(stage: Stage) -> None:
    made: list[UserId] = []

    async def prepare() -> Callable[[], Awaitable[object]]:
        made.append(drawn())
        return lambda: stage.accounts.create(made[-1], NAME, "request 1")

    assert await killed_at_each_change(stage, prepare) == 2
    for user_id in made:
        assert (await stage.account(user_id))["displayname"] == NAME
        with pytest.raises(PermanentError):
            await stage.accounts.create(user_id, NAME, "request 2")


async def test_let_in_is_whole_wherever_the_process_is_killed(stage: Stage) -> None:
    user_id = await stage.ready()
    done = [await stage.room(user_id)]
    await stage.accounts.let_in(user_id, done, direct=done)  # the first call also lifts the admin's own limits

    async def prepare() -> Callable[[], Awaitable[object]]:
        done.append(await stage.room(user_id))
        return lambda: stage.accounts.let_in(user_id, done[-1:], direct=done[-1:])

    assert await killed_at_each_change(stage, prepare) == 4  # token, join, m.direct, log out
    async with await stage.person(user_id) as person:
        assert set(done) == set(await person.joined_rooms())
        direct = await person.request("GET", f"user/{quote(user_id)}/account_data/m.direct")
        assert done == direct[stage.bot.user_id]


async def test_erase_is_whole_wherever_the_process_is_killed(stage: Stage) -> None:
    room = await stage.room()
    gone: list[UserId] = []

    async def prepare() -> Callable[[], Awaitable[object]]:
        user_id = await stage.ready()
        gone.append(user_id)
        await stage.bot.invite(room, user_id)
        async with await stage.person(user_id) as person, aiohttp.ClientSession() as session:
            await person.join(room)
            gateway = HttpGateway(session, stage.homeserver.url, person.access_token, user_id)
            await gateway.upload(b"a drawing", "text/plain", "drawing.txt")

        async def erase() -> None:
            assert await stage.accounts.erase(user_id) == 1

        return erase

    assert await killed_at_each_change(stage, prepare) == 2
    for user_id in gone:
        account = await stage.account(user_id)
        assert (account["deactivated"], account["erased"], account["displayname"]) == (True, True, None)
        assert (await stage.admin("GET", f"v1/users/{quote(user_id)}/media"))["total"] == 0
        assert (await stage.admin("GET", f"v1/users/{quote(user_id)}/joined_rooms"))["total"] == 0
    results = {entry.result for entry in last_entries(stage.process.ledger, 1_000)}
    assert {"done", "begun"} == results  # what was cut off stands in the log, too


# ── Thieves ───────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_the_bots_token_is_refused_by_the_admin_api(stage: Stage) -> None:
    user_id = quote(await stage.ready())
    room = quote(await stage.room())
    tried = [
        ("GET", "v2/users", None),
        ("GET", f"v2/users/{user_id}", None),
        ("PUT", f"v2/users/{user_id}", {"admin": True}),
        ("PUT", f"v2/users/{quote(drawn())}", {"password": PASSWORD}),
        ("POST", f"v1/reset_password/{user_id}", {"new_password": "hacked"}),
        ("POST", f"v1/users/{user_id}/login", {}),
        ("POST", f"v1/deactivate/{user_id}", {"erase": True}),
        ("GET", f"v1/users/{user_id}/joined_rooms", None),
        ("GET", f"v1/whois/{user_id}", None),
        ("POST", f"v1/users/{user_id}/override_ratelimit", {}),
        ("DELETE", f"v1/users/{user_id}/media", None),
        ("GET", "v1/rooms", None),
        ("POST", f"v1/join/{room}", {"user_id": user_id}),
        ("DELETE", f"v2/rooms/{room}", {}),
        ("GET", "v1/registration_tokens", None),
        ("GET", "v1/event_reports", None),
    ]
    token = stage.registration.as_token
    for method, path, body in tried:
        for query in ("", f"?user_id={quote(stage.bot.user_id)}"):
            url = f"{stage.homeserver.url}/_synapse/admin/{path}{query}"
            with pytest.raises(PermanentError) as refused:
                await stage.homeserver.request(method, url, body, token=token)
            assert (refused.value.status, refused.value.errcode) == (403, "M_FORBIDDEN"), path


async def test_the_socket_gives_no_power_over_admins_strangers_and_their_rooms(stage: Stage) -> None:
    whoami = f"{stage.homeserver.url}/_matrix/client/v3/account/whoami"
    admin = UserId((await stage.homeserver.request("GET", whoami, token=stage.token))["user_id"])
    stranger = await stage.homeserver.register(f"u{secrets.token_hex(6)}", PASSWORD)
    promoted = await stage.ready()
    await stage.homeserver.request(
        "PUT", f"{stage.homeserver.url}/_synapse/admin/v1/users/{quote(promoted)}/admin", {"admin": True}, token=stage.token
    )
    for other in (admin, stranger.user_id, promoted, stage.bot.user_id):
        before = await stage.account(other)
        for attempt in (
            stage.accounts.set_password(other, "hacked", log_out=True),
            stage.accounts.login_token(other, PASSWORD),
            stage.accounts.let_in(other, [await stage.room(other)]),
            stage.accounts.lock(other),
            stage.accounts.erase(other),
        ):
            with pytest.raises(PermanentError) as refused:
                await attempt
            assert refused.value.errcode == "M_NOT_OURS"
        assert before == await stage.account(other)
    async with Person(stage.homeserver.url, stranger.user_id, stranger.access_token) as person:
        with pytest.raises(PermanentError) as refused:
            await stage.accounts.purge(await person.create_room())
        assert refused.value.errcode == "M_NOT_OURS"


async def test_create_revives_no_account_that_somebody_else_closed(stage: Stage) -> None:
    closed = await stage.homeserver.register(f"u{secrets.token_hex(6)}", PASSWORD)
    url = f"{stage.homeserver.url}/_synapse/admin/v1/deactivate/{quote(closed.user_id)}"
    await stage.homeserver.request("POST", url, {}, token=stage.token)
    for request in ("request 1", "request 1", "request 2"):
        with pytest.raises(PermanentError) as refused:
            await stage.accounts.create(closed.user_id, NAME, request)
        assert refused.value.errcode == "M_USER_IN_USE"
    assert (await stage.account(closed.user_id))["deactivated"] is True


async def test_nothing_is_left_of_acting_in_an_accounts_name(stage: Stage) -> None:
    user_id = await stage.ready()
    await stage.accounts.let_in(user_id, [await stage.room(user_id)])
    async with await stage.person(user_id) as person:
        devices = (await person.request("GET", "devices"))["devices"]
        assert len(devices) == 1  # the person's own
    logout = [one for one in stage.proxy.requests if one.passing.path.endswith("/logout")]
    assert [one.status for one in logout] == [200]


# ── Quotas and the log ────────────────────────────────────────────────────────────────────────────────────────────────


async def test_quotas_hold_also_after_a_restart(stage: Stage) -> None:
    user_id = await stage.ready()
    stage.process.quotas = {"lock": 2}
    await stage.process.stop()
    await stage.process.start()
    stage.proxy.add(Answer(502), count=1)
    with pytest.raises(TemporaryError):
        await stage.accounts.lock(user_id)  # nothing was done, so it does not count
    for _ in range(2):
        await stage.accounts.lock(user_id)
    await stage.process.kill()
    await stage.process.start()
    with pytest.raises(TemporaryError) as refused:
        await stage.accounts.lock(user_id)
    assert refused.value.retry_after is not None
    assert 23 * 3600 < refused.value.retry_after <= 24 * 3600
    await stage.accounts.unlock(user_id)  # has a quota of its own
    assert [entry.result for entry in last_entries(stage.process.ledger, 2)] == ["quota", "done"]


async def test_the_log_knows_who_asked_and_holds_no_secrets(stage: Stage) -> None:
    user_id = await stage.ready()
    token = await stage.accounts.login_token(user_id, PASSWORD)
    with pytest.raises(PermanentError):
        await stage.accounts.login_token(user_id, "a wrong guess")
    entries = last_entries(stage.process.ledger, 10)
    assert [entry.verb for entry in entries] == ["create", "set_password", "login_token", "login_token"]
    assert [entry.result for entry in entries] == ["done", "done", "done", "M_FORBIDDEN"]
    assert {(user_id, os.getuid(), os.getpid())} == {(entry.about, entry.uid, entry.pid) for entry in entries}
    await stage.process.stop()
    written = b"".join(
        path.read_bytes() for path in stage.process.folder.iterdir() if path.suffix in (".db", ".db-wal", ".log")
    )
    assert user_id.encode() in written
    for secret in (PASSWORD, "a wrong guess", NAME, "Орлова", token, stage.token):
        assert secret.encode() not in written


# ── Files and the socket ──────────────────────────────────────────────────────────────────────────────────────────────


async def test_socket_and_ledger_are_closed_to_others(stage: Stage) -> None:
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in stage.process.folder.iterdir() if path.suffix != ".log"}
    assert modes.pop("accounts.sock") == 0o660
    assert modes.pop("accounts.yaml")  # says nothing secret
    assert {0o600} == set(modes.values())


async def test_a_token_that_others_may_read_is_refused(stage: Stage) -> None:
    await stage.process.stop()
    stage.process.token_file.chmod(0o640)
    code, words = await ending(stage.process)
    assert code == 2
    assert "may be read by others than its owner (-rw-r-----); run: chmod 600" in words


@pytest.mark.parametrize("whose", ["nobody's", "a teacher's", "the bot's"])
async def test_a_token_that_is_no_admins_is_refused_at_the_start(stage: Stage, whose: str) -> None:
    teacher = await stage.homeserver.register(f"u{secrets.token_hex(6)}", PASSWORD)
    tokens = {"nobody's": "syt_nothing", "a teacher's": teacher.access_token, "the bot's": stage.registration.as_token}
    await stage.process.stop()
    admin_token.write(stage.process.token_file, tokens[whose])
    code, words = await ending(stage.process)
    assert code == 2
    assert "accounts.admin_token_file" in words
    assert tokens[whose] not in words


async def test_a_token_that_expires_is_told_and_replaced_without_a_restart(stage: Stage) -> None:
    user_id = await stage.ready()
    old = stage.token
    other = await stage.homeserver.register(f"admin-{secrets.token_hex(4)}", PASSWORD, admin=True)
    await stage.homeserver.request("POST", f"{stage.homeserver.url}/_matrix/client/v3/logout", {}, token=old)
    with pytest.raises(TemporaryError):
        await stage.accounts.lock(user_id)
    assert "the homeserver refuses the admin token (M_UNKNOWN_TOKEN); log in again" in stage.process.log.read_text("utf-8")
    admin_token.write(stage.process.token_file, other.access_token)
    await stage.accounts.lock(user_id)


async def test_a_homeserver_that_is_away_or_busy_is_for_later(stage: Stage) -> None:
    user_id = await stage.ready()
    stage.proxy.add(Answer(502))
    with pytest.raises(TemporaryError):
        await stage.accounts.lock(user_id)
    stage.proxy.rules.clear()
    stage.proxy.add(Answer(429, retry_after=17))
    with pytest.raises(TemporaryError) as refused:
        await stage.accounts.lock(user_id)
    assert refused.value.retry_after == 17
    stage.proxy.rules.clear()
    await stage.proxy.stop()
    with pytest.raises(TemporaryError):
        await stage.accounts.lock(user_id)
    await stage.process.kill()
    await stage.process.start()  # comes up without a homeserver, too
    with pytest.raises(TemporaryError):
        await stage.accounts.lock(user_id)
    assert "no answer from the homeserver" in stage.process.log.read_text("utf-8")


async def test_no_process_is_for_later(tmp_path: Path) -> None:
    with pytest.raises(TemporaryError):
        await SocketAccounts(tmp_path / "nobody.sock").exempt()


async def ending(process: AccountsProcess) -> tuple[int | None, str]:
    """Exit code and last words of a process that does not come up."""
    with pytest.raises(ClassroomError) as ended:
        await process.start()
    code = process.exit_code
    await process.stop()
    return code, str(ended.value)


# ── Where the socket may be ───────────────────────────────────────────────────────────────────────────────────────────


def test_a_socket_that_nobody_listens_on_is_replaced(tmp_path: Path) -> None:
    listen(tmp_path / "a.sock").close()
    with listen(tmp_path / "a.sock"):
        assert stat.S_IMODE((tmp_path / "a.sock").stat().st_mode) == 0o660


def test_a_socket_that_is_listened_on_is_left_alone(tmp_path: Path) -> None:
    with listen(tmp_path / "a.sock"), pytest.raises(ConfigError, match="another process listens"):
        listen(tmp_path / "a.sock")


def test_a_file_in_the_sockets_place_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "a.sock").write_text("precious", "utf-8")
    with pytest.raises(ConfigError, match="is no socket"):
        listen(tmp_path / "a.sock")
    assert (tmp_path / "a.sock").read_text("utf-8") == "precious"


def test_a_folder_that_everybody_may_write_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o777)
    with pytest.raises(ConfigError, match="chmod o-w"):
        listen(tmp_path / "a.sock")


def test_a_path_that_is_too_long_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="at most 107 bytes"):
        listen(tmp_path / ("x" * 120))


# ── Commands ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("COLUMNS", "200")


async def test_login_keeps_an_admins_token(stage: Stage, english: None, capsys: pytest.CaptureFixture[str]) -> None:
    localpart = f"admin-{secrets.token_hex(4)}"
    before = await stage.homeserver.register(localpart, PASSWORD, admin=True)
    config = load(stage.process.config_file)
    await log_in(config, localpart, PASSWORD)
    assert stage.token != before.access_token
    assert stat.S_IMODE(stage.process.token_file.stat().st_mode) == 0o600
    assert "Logged in." in capsys.readouterr().out
    await stage.ready()  # with the new token
    whoami = f"{stage.homeserver.url}/_matrix/client/v3/account/whoami"
    assert before.user_id == (await stage.homeserver.request("GET", whoami, token=before.access_token))["user_id"]


async def test_login_of_nobody_or_no_admin_keeps_nothing(stage: Stage, english: None) -> None:
    teacher = await stage.homeserver.register(f"u{secrets.token_hex(6)}", PASSWORD)
    config, token = load(stage.process.config_file), stage.token
    with pytest.raises(ClassroomError, match="no such account, or a wrong password"):
        await log_in(config, teacher.user_id, "wrong")
    with pytest.raises(ClassroomError, match="is no admin of the homeserver"):
        await log_in(config, teacher.user_id, PASSWORD)
    with pytest.raises(ClassroomError, match="expected a name or a user ID"):
        await log_in(config, "The Admin", PASSWORD)
    assert token == stage.token
    devices = await stage.admin("GET", f"v2/users/{quote(teacher.user_id)}/devices")
    assert devices["total"] == 1  # only the one from before


async def test_log_shows_who_asked_for_what(stage: Stage, english: None, capsys: pytest.CaptureFixture[str]) -> None:
    config = load(stage.process.config_file)
    show_log(config, 50)
    user_id = await stage.ready()
    show_log(config, 1)
    nothing, _, shown = capsys.readouterr().out.partition("\n")
    assert nothing == "The accounts process has not been asked for anything yet."
    assert "The last calls: 1" in shown
    for part in (user_id, "set_password", "done", f"uid {os.getuid()}, pid {os.getpid()}"):
        assert part in shown
    assert "create" not in shown
