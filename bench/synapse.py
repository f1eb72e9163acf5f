"""A real Synapse with people and bots, for what can be measured on it only."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from classroom_matrix.domain.ids import RoomId, UserId
from classroom_matrix.matrix.registration import Registration, ensure_registered, ensure_registration
from classroom_matrix.testing.homeserver import EmbeddedHomeserver, free_port
from classroom_matrix.testing.person import Person

from .measured_process import MeasuredProcess

SERVER = "school.localhost"


@dataclass(frozen=True, slots=True)
class Account:
    """A bot's account. `path`: its registration file."""

    registration: Registration
    path: Path

    @property
    def port(self) -> int:
        return int(self.registration.url.rpartition(":")[2])


class Synapse:
    """A running homeserver whose background work is finished."""

    def __init__(self, homeserver: EmbeddedHomeserver, accounts: dict[str, Account], stack: AsyncExitStack) -> None:
        self.homeserver = homeserver
        self.accounts = accounts
        self._stack = stack

    @property
    def url(self) -> str:
        return self.homeserver.url

    async def person(self, name: str) -> Person:
        """A new account, logged in."""
        login = await self.homeserver.register(name, secrets.token_hex(8))
        return await self._stack.enter_async_context(Person(self.url, login.user_id, login.access_token))

    async def start_bot(
        self, name: str, arguments: tuple[str, ...], folder: Path, *, encrypted: bool = False
    ) -> MeasuredProcess:
        """Start a program that acts for one of the accounts and is told so by environment variables; it ends with the rest."""
        account = self.accounts[name]
        folder.mkdir(parents=True)
        variables = {
            "BENCH_HOMESERVER": self.url,
            "BENCH_SERVER_NAME": SERVER,
            "BENCH_USER_ID": account.registration.user_id,
            "BENCH_WORKDIR": str(folder),
            "BENCH_AS_ID": account.registration.id,
            "BENCH_AS_PORT": str(account.port),
            "BENCH_AS_TOKEN": account.registration.as_token,
            "BENCH_HS_TOKEN": account.registration.hs_token,
            "BENCH_ENCRYPTED": str(int(encrypted)),
        }
        bot = MeasuredProcess(arguments, variables, folder / "bot.log")
        self._stack.push_async_callback(bot.stop)
        await bot.start()
        await bot.accepts(account.port)
        return bot

    async def room_with(self, person: Person, name: str) -> RoomId:
        """A private room of a person's in which one of the bots is."""
        room = await person.create_room(preset="private_chat", invite=[self.accounts[name].registration.user_id])
        await self.bot_joins(name, room)
        return room

    async def bot_joins(self, name: str, room: RoomId) -> None:
        registration = self.accounts[name].registration
        async with aiohttp.ClientSession() as session:
            headers = {"Authorization": f"Bearer {registration.as_token}"}
            url = f"{self.url}/_matrix/client/v3/join/{room}"
            async with session.post(url, params={"user_id": registration.user_id}, json={}, headers=headers) as response:
                response.raise_for_status()


@asynccontextmanager
async def synapse(folder: Path, *bots: str) -> AsyncIterator[Synapse]:
    """A fresh Synapse that knows these bots."""
    folder.mkdir(parents=True)
    accounts = {}
    for name in bots:
        path = folder / f"{name}.yaml"
        url = f"http://127.0.0.1:{free_port()}"
        registration = ensure_registration(path, id=name, user_id=UserId(f"@{name}:{SERVER}"), url=url)
        accounts[name] = Account(registration, path)
    paths = [account.path for account in accounts.values()]
    async with (
        EmbeddedHomeserver(folder / "synapse", registrations=paths, bcrypt_rounds=4) as homeserver,
        AsyncExitStack() as stack,
        aiohttp.ClientSession() as session,
    ):
        await homeserver.wait_for_background_updates()
        for account in accounts.values():
            await ensure_registered(session, homeserver.url, account.registration)
        yield Synapse(homeserver, accounts, stack)
