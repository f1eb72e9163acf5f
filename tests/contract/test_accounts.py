"""One suite for the accounts verbs, over the fake and over the real process with a real Synapse."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Collection
from typing import Protocol

import aiohttp
import pytest

from classroom_matrix.domain.ids import RoomId, UserId
from classroom_matrix.errors import PermanentError
from classroom_matrix.matrix.accounts import Accounts
from classroom_matrix.matrix.client import HttpGateway
from classroom_matrix.matrix.gateway import Gateway
from classroom_matrix.matrix.registration import DEVICE, Registration, ensure_registered, read_registration
from classroom_matrix.testing.accounts_process import AccountsProcess
from classroom_matrix.testing.fake_accounts import FakeAccounts
from classroom_matrix.testing.fake_homeserver import FakeHomeserver
from classroom_matrix.testing.homeserver import EmbeddedHomeserver
from classroom_matrix.testing.person import Person
from tests.conftest import Registrations

PASSWORD = "снег идёт 7"


class Scene(Protocol):
    """The verbs, the bot, and what can be seen of an account from outside."""

    accounts: Accounts
    bot: Gateway
    elsewhere: UserId  # an account that was not made through the verbs

    async def log_in(self, user_id: UserId, password: str) -> None:
        """
        Raises:
            PermanentError: wrong password, or the account is closed.
        """

    async def upload(self, user_id: UserId, files: int) -> None: ...

    async def joined_rooms(self, user_id: UserId) -> Collection[RoomId]: ...

    async def direct(self, user_id: UserId) -> Collection[RoomId]: ...

    async def use_token(self, token: str) -> UserId: ...


class FakeScene:
    def __init__(self) -> None:
        self.homeserver = FakeHomeserver()
        self.bot = self.homeserver.gateway("@bot:school.localhost")
        self.accounts = self.fake = FakeAccounts(self.homeserver, bot=self.bot.user_id)
        self.elsewhere = UserId("@director:school.localhost")
        self.fake.elsewhere.add(self.elsewhere)

    async def log_in(self, user_id: UserId, password: str) -> None:
        self.fake.log_in(user_id, password)

    async def upload(self, user_id: UserId, files: int) -> None:
        self.fake.accounts[user_id].files += files

    async def joined_rooms(self, user_id: UserId) -> Collection[RoomId]:
        return await self.homeserver.gateway(user_id).joined_rooms()

    async def direct(self, user_id: UserId) -> Collection[RoomId]:
        return self.fake.accounts[user_id].direct

    async def use_token(self, token: str) -> UserId:
        return self.fake.tokens[token]


class RealScene:
    def __init__(self, homeserver: EmbeddedHomeserver, accounts: Accounts, bot: Gateway, elsewhere: UserId) -> None:
        self.homeserver, self.accounts, self.bot, self.elsewhere = homeserver, accounts, bot, elsewhere
        self.people: dict[UserId, Person] = {}

    async def log_in(self, user_id: UserId, password: str) -> None:
        self.people[user_id] = await Person.log_in(self.homeserver.url, user_id, password)

    async def upload(self, user_id: UserId, files: int) -> None:
        async with aiohttp.ClientSession() as session:
            gateway = HttpGateway(session, self.homeserver.url, self.people[user_id].access_token, user_id)
            for number in range(files):
                await gateway.upload(f"drawing {number}".encode(), "text/plain", "drawing.txt")

    async def joined_rooms(self, user_id: UserId) -> Collection[RoomId]:
        return await self.people[user_id].joined_rooms()

    async def direct(self, user_id: UserId) -> Collection[RoomId]:
        content = await self.people[user_id].request("GET", f"user/{user_id}/account_data/m.direct")
        return content[self.bot.user_id]

    async def use_token(self, token: str) -> UserId:
        body = {"type": "m.login.token", "token": token}
        answer = await self.homeserver.request("POST", f"{self.homeserver.url}/_matrix/client/v3/login", body)
        return UserId(answer["user_id"])


@pytest.fixture(scope="module")
def bots_registration(registrations: Registrations) -> Registration:
    return read_registration(registrations.keep())


@pytest.fixture(scope="module")
async def process(
    homeserver: EmbeddedHomeserver, bots_registration: Registration, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[AccountsProcess]:
    folder = tmp_path_factory.mktemp("accounts")
    async with AccountsProcess(folder, homeserver, bots_registration.user_id, child=False) as process:
        yield process


@pytest.fixture(params=["fake", "real"])
async def scene(
    request: pytest.FixtureRequest, homeserver: EmbeddedHomeserver, bots_registration: Registration, process: AccountsProcess
) -> AsyncIterator[Scene]:
    if request.param == "fake":
        yield FakeScene()
        return
    known = bots_registration
    elsewhere = await homeserver.register(f"u{secrets.token_hex(6)}", PASSWORD)
    async with aiohttp.ClientSession() as session:
        await ensure_registered(session, homeserver.url, known)
        bot = HttpGateway(session, homeserver.url, known.as_token, known.user_id, act_as=True, device_id=DEVICE)
        real = RealScene(homeserver, process.client, bot, elsewhere.user_id)
        yield real
        for person in real.people.values():
            await person.close()


def drawn() -> UserId:
    return UserId(f"@u{secrets.token_hex(6)}:school.localhost")


async def made(scene: Scene, password: str | None = PASSWORD) -> UserId:
    user_id = drawn()
    await scene.accounts.create(user_id, "Анна Орлова", "request 1")
    if password is not None:
        await scene.accounts.set_password(user_id, password, log_out=False)
    return user_id


async def room_of(scene: Scene, *invited: UserId) -> RoomId:
    room = await scene.bot.create_room({"room_version": "12", "preset": "private_chat"}, secrets.token_hex(8))
    for user_id in invited:
        await scene.bot.invite(room, user_id)
    return room


async def refused(error: str, work: object) -> None:
    with pytest.raises(PermanentError) as refusal:
        await work  # type: ignore[misc]
    assert refusal.value.errcode == error


# ── Coming in ─────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_create_with_the_same_request_is_one_account(scene: Scene) -> None:
    user_id = await made(scene)
    await scene.accounts.create(user_id, "Анна Орлова", "request 1")
    await scene.log_in(user_id, PASSWORD)


async def test_create_with_another_request_is_refused(scene: Scene) -> None:
    user_id = await made(scene)
    await refused("M_USER_IN_USE", scene.accounts.create(user_id, "Анна Орлова", "request 2"))


async def test_create_of_an_account_made_elsewhere_is_refused_again_and_again(scene: Scene) -> None:
    for _ in range(2):
        await refused("M_USER_IN_USE", scene.accounts.create(scene.elsewhere, "Анна", "request 1"))
    await refused("M_NOT_OURS", scene.accounts.set_password(scene.elsewhere, "hacked", log_out=False))


async def test_a_new_account_has_no_password(scene: Scene) -> None:
    user_id = await made(scene, password=None)
    with pytest.raises(PermanentError):
        await scene.log_in(user_id, "")
    await refused("M_FORBIDDEN", scene.accounts.login_token(user_id, "anything"))


async def test_set_password_replaces_the_old_one(scene: Scene) -> None:
    user_id = await made(scene)
    await scene.accounts.set_password(user_id, "another one 8", log_out=True)
    await scene.log_in(user_id, "another one 8")
    with pytest.raises(PermanentError):
        await scene.log_in(user_id, PASSWORD)


async def test_names_and_passwords_have_a_length(scene: Scene) -> None:
    for name in ("", " ", "я" * 257):
        await refused("M_INVALID_PARAM", scene.accounts.create(drawn(), name, "request 1"))
    user_id = await made(scene)
    for password in ("", "я" * 513):
        await refused("M_INVALID_PARAM", scene.accounts.set_password(user_id, password, log_out=False))


async def test_login_token_logs_the_account_in(scene: Scene) -> None:
    user_id = await made(scene)
    assert user_id == await scene.use_token(await scene.accounts.login_token(user_id, PASSWORD))


async def test_login_token_needs_the_password(scene: Scene) -> None:
    user_id = await made(scene)
    await refused("M_FORBIDDEN", scene.accounts.login_token(user_id, "wrong"))


async def test_let_in_enters_rooms_and_may_be_repeated(scene: Scene) -> None:
    user_id = await made(scene)
    rooms = [await room_of(scene, user_id) for _ in range(2)]
    await scene.accounts.let_in(user_id, rooms[:1])
    await scene.accounts.let_in(user_id, rooms, direct=rooms[1:])
    await scene.log_in(user_id, PASSWORD)
    assert set(rooms) == set(await scene.joined_rooms(user_id))
    assert rooms[1:] == list(await scene.direct(user_id))


async def test_let_in_marks_further_rooms_as_direct(scene: Scene) -> None:
    user_id = await made(scene)
    rooms = [await room_of(scene, user_id) for _ in range(2)]
    for room in rooms:
        await scene.accounts.let_in(user_id, [room], direct=[room])
    await scene.log_in(user_id, PASSWORD)
    assert set(rooms) == set(await scene.direct(user_id))


async def test_let_in_enters_nothing_without_an_invitation(scene: Scene) -> None:
    user_id = await made(scene)
    room = await room_of(scene)
    await refused("M_FORBIDDEN", scene.accounts.let_in(user_id, [room]))


async def test_logged_in_tells_who_has_opened_a_client(scene: Scene) -> None:
    here, away = await made(scene), await made(scene)
    room = await room_of(scene, away)
    await scene.accounts.let_in(away, [room])  # done for them, not by them
    await scene.log_in(here, PASSWORD)
    assert {here} == await scene.accounts.logged_in([here, away, scene.elsewhere, drawn()])


async def test_logged_in_remembers_those_who_were_logged_out(scene: Scene) -> None:
    user_id = await made(scene)
    await scene.log_in(user_id, PASSWORD)
    await scene.accounts.set_password(user_id, PASSWORD, log_out=True)
    assert {user_id} == await scene.accounts.logged_in([user_id])


# ── Going out ─────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_lock_keeps_everybody_out_until_unlock(scene: Scene) -> None:
    user_id = await made(scene)
    for _ in range(2):
        await scene.accounts.lock(user_id)
    await refused("M_USER_LOCKED", scene.accounts.set_password(user_id, PASSWORD, log_out=False))
    await refused("M_USER_LOCKED", scene.accounts.let_in(user_id, [await room_of(scene, user_id)]))
    for _ in range(2):
        await scene.accounts.unlock(user_id)
    await scene.log_in(user_id, PASSWORD)


async def test_erase_ends_the_account_for_good(scene: Scene) -> None:
    user_id = await made(scene)
    room = await room_of(scene, user_id)
    await scene.accounts.let_in(user_id, [room])
    await scene.log_in(user_id, PASSWORD)
    await scene.upload(user_id, 3)
    assert await scene.accounts.erase(user_id) == 3
    assert await scene.accounts.erase(user_id) == 3
    with pytest.raises(PermanentError):
        await scene.log_in(user_id, PASSWORD)
    members = {e.state_key: e.content["membership"] for e in await scene.bot.state(room) if e.type == "m.room.member"}
    assert members[user_id] == "leave"


async def test_an_erased_name_is_never_given_again(scene: Scene) -> None:
    user_id = await made(scene)
    await scene.accounts.erase(user_id)
    for request in ("request 1", "request 2"):
        await refused("M_USER_IN_USE", scene.accounts.create(user_id, "Анна", request))
    await refused("M_USER_DEACTIVATED", scene.accounts.set_password(user_id, PASSWORD, log_out=False))
    await refused("M_USER_DEACTIVATED", scene.accounts.unlock(user_id))
    await scene.accounts.lock(user_id)  # it is closed more than that


async def test_purge_deletes_a_room_of_the_bot(scene: Scene) -> None:
    room = await room_of(scene)
    for _ in range(2):
        await scene.accounts.purge(room)
    assert room not in await scene.bot.joined_rooms()


async def test_purge_of_an_unknown_room_is_refused(scene: Scene) -> None:
    await refused("M_NOT_OURS", scene.accounts.purge(RoomId("!nobody-made-this")))


async def test_exempt_may_be_repeated(scene: Scene) -> None:
    for _ in range(2):
        await scene.accounts.exempt()


async def test_nothing_is_done_to_accounts_from_elsewhere(scene: Scene) -> None:
    for other in (scene.elsewhere, scene.bot.user_id, drawn()):
        await refused("M_NOT_OURS", scene.accounts.set_password(other, "hacked", log_out=True))
        await refused("M_NOT_OURS", scene.accounts.login_token(other, PASSWORD))
        await refused("M_NOT_OURS", scene.accounts.let_in(other, [await room_of(scene, other)]))
        await refused("M_NOT_OURS", scene.accounts.lock(other))
        await refused("M_NOT_OURS", scene.accounts.unlock(other))
        await refused("M_NOT_OURS", scene.accounts.erase(other))
