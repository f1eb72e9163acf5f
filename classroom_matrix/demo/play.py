"""The demo from beginning to end. Every step can be repeated: a second run finds everything there and goes on."""

from __future__ import annotations

import asyncio
import json
import logging
import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from ..config import ClassConfig
from ..domain.plan import Action
from ..errors import ClassroomError, ConfigError, TemporaryError
from ..matrix.registration import ensure_registration
from ..provisioning.lock import provisioning_lock
from ..school import School, open_school, sign_in
from ..serving import serve
from ..testing.accounts_process import AccountsProcess
from ..testing.homeserver import EmbeddedHomeserver, require_free
from .access import Entry, access_file, show
from .accounts import write_privately
from .newcomer import Newcomer, newcomer
from .people import Cast, Player, first_poll, import_people, make_account, move_in, rooms_of
from .stage import Stage, prepare, require_space

_IN_FLIGHT = 4  # more only makes Synapse wait


def run(config: Path, folder: Path) -> int:
    """Play until Ctrl-C.

    Args:
        config: the school's config.yaml.
        folder: keeps everything the demo makes.

    Returns:
        The exit code: 0 after Ctrl-C, 1 after a problem, which was said in one sentence.
    """
    console = Console(highlight=False, soft_wrap=True)
    try:
        asyncio.run(_play(config, folder, console))
    except asyncio.CancelledError:
        console.print("Stopped. The next run goes on from here.")
        return 0
    except ClassroomError as error:
        problem = str(error)
    except OSError as error:
        problem = f"{error.filename}: {error.strerror}" if error.filename else str(error.strerror or error)
    Console(stderr=True, highlight=False, soft_wrap=True).print(f"The demo cannot go on: {problem}", markup=False)
    return 1


async def _play(config: Path, folder: Path, console: Console) -> None:
    task = asyncio.current_task()
    assert task is not None
    _stop_on_signal(task, console)
    stage = prepare(config, folder)
    require_space(stage.folder)
    _log_to(stage.log)
    listen = stage.config.connection
    _require_free(stage.port, "homeserver.url")
    _require_free(listen.port, "connection.listen")
    assert stage.config.join is not None
    _require_free(stage.config.join.port, "join.listen")
    ensure_registration(stage.registration, user_id=stage.config.bot.user, url=f"http://{listen.host}:{listen.port}")
    homeserver = EmbeddedHomeserver(
        stage.homeserver,
        server_name=stage.config.homeserver.server_name,
        port=stage.port,
        registrations=[stage.registration],
        bcrypt_rounds=8,  # the passwords are drawn by lot, a slow hash protects nothing more
    )
    console.print(f"Starting a homeserver (Synapse) on {homeserver.url} …")
    accounts = AccountsProcess(stage.accounts_process, homeserver, stage.config.bot.user)
    async with homeserver, accounts:
        await _Performance(stage, homeserver, console).go_on()


def _stop_on_signal(task: asyncio.Task[Any], console: Console) -> None:
    """Let Ctrl-C, a closed terminal and `kill` end the task in order; pressing Ctrl-C again while it stops does nothing."""
    loop = asyncio.get_running_loop()
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

    def stop() -> None:
        for number in numbers:
            loop.remove_signal_handler(number)
            signal.signal(number, signal.SIG_IGN)  # until the process has ended, also after the loop has
        task.cancel()
        console.print("\nStopping …")

    for number in numbers:
        loop.add_signal_handler(number, stop)


def _require_free(port: int, setting: str) -> None:
    try:
        require_free(port)
    except ConfigError as error:
        problem = f"port {port}: {error.problem} in config.yaml. Perhaps a demo still runs in another terminal?"
        raise ConfigError(setting, problem) from error


def _program() -> str:
    """This program as somebody in this folder would call it."""
    called = Path(sys.argv[0])
    return _short(called.absolute()) if called.name == "classroom-matrix" and called.exists() else "classroom-matrix"


def _short(path: Path) -> str:
    """The path as somebody in this folder would type it."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


def _log_to(path: Path) -> None:
    handler = logging.FileHandler(path, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.raiseExceptions = False  # a full disk is said once, by whoever cannot go on, not by every line that is logged
    logging.basicConfig(level=logging.INFO, handlers=[handler])


@dataclass(frozen=True, slots=True)
class _Performance:
    """The demo once its homeserver runs."""

    stage: Stage
    homeserver: EmbeddedHomeserver
    console: Console

    async def go_on(self) -> None:
        casts, newcomers = [], []
        async with open_school(self.stage.config, waiting=self._waiting) as school:
            await sign_in(school)
            await school.gateway.set_profile(self.stage.config.bot.name)
            for klass in self.stage.config.classes:
                players = await self._accounts(school, klass)
                await self._rooms(school, klass)
                casts.append(Cast(klass, players, await rooms_of(school.database, klass.id)))
                assert school.accounts is not None
                newcomers.append(await newcomer(school.config, klass, school.database, school.accounts, self.stage.folder))
        service = asyncio.create_task(serve(self.stage.config))
        scene = asyncio.create_task(self._scene(casts, newcomers))
        try:
            await asyncio.wait([service, scene], return_when=asyncio.FIRST_COMPLETED)
            if scene.done():
                scene.result()
            await service
        finally:
            scene.cancel()
            service.cancel()
            await asyncio.gather(scene, service, return_exceptions=True)

    def _waiting(self, error: TemporaryError) -> None:
        require_space(self.stage.folder)
        self.console.print(f"Waiting for the homeserver: {error}")

    async def _accounts(self, school: School, klass: ClassConfig) -> list[Player]:
        listed = await import_people(school.database, klass, school.config.roster_columns)
        pupils = sum(len(family.pupils) for family in listed.roster.families)
        self.console.print(
            f"Class {klass.name}: {pupils} pupils, {len(listed.roster.families)} families; {self._questions(listed.undecided)}"
        )
        with self._progress() as progress:
            cast = progress.track(listed.cast, description="Accounts")
            return [await make_account(self.stage, self.homeserver, school.database, person) for person in cast]

    def _questions(self, undecided: int) -> str:
        if not undecided:
            return "its list leaves nothing open."
        needs = "1 line of its list needs" if undecided == 1 else f"{undecided} lines of its list need"
        return f"{needs} a decision, see: {_program()} check --config {_short(self.stage.config_file)}"

    async def _rooms(self, school: School, klass: ClassConfig) -> None:
        with self._progress() as progress:
            bar = progress.add_task("Rooms", total=None)

            def advance(done: int, total: int, _: Action) -> None:
                progress.update(bar, completed=done, total=total)

            async with provisioning_lock(self.stage.config.database):
                report = await school.provisioner.apply(klass, progress=advance, in_flight=_IN_FLIGHT)
            progress.update(bar, completed=len(report.done), total=len(report.done), visible=bool(report.done))
        if not report.done:
            self.console.print("Rooms: all there and as they should be.")
        for _, error in report.refused:
            self.console.print(f"The homeserver refused something: {error}")

    async def _scene(self, casts: Sequence[Cast], newcomers: Sequence[Newcomer | None]) -> None:
        """Everybody comes in; on the first run a poll is held; then whoever runs the demo is told how to look at it."""
        for cast in casts:
            await self._come_in(cast)
            await self._poll(cast)
        self._tell(casts)
        self._tell_of(next(filter(None, newcomers), None))
        self.console.print("Press Ctrl-C to stop; the next run goes on from here.")

    async def _come_in(self, cast: Cast) -> None:
        with self._progress() as progress:
            bar = progress.add_task("Coming into the rooms", total=len(cast.players))
            await move_in(self.homeserver.url, cast, lambda: progress.advance(bar))

    async def _poll(self, cast: Cast) -> None:
        held = self.stage.folder / "polls-held.json"
        done = json.loads(held.read_text("utf-8")) if held.exists() else []
        if cast.rooms["space"] not in done and await first_poll(self.homeserver.url, cast):
            write_privately(held, [*done, cast.rooms["space"]])
            self.console.print(f"Class {cast.klass.name}: the teacher has opened a poll, and a family has voted.")

    def _tell(self, casts: Sequence[Cast]) -> None:
        """Write access.json and print it for people."""
        entries = {
            player.user_id: Entry(player.user_id, player.password, player.person.role, player.person.name)
            for cast in casts
            for player in cast.players
        }
        url, server_name = self.stage.config.homeserver.url, self.stage.config.homeserver.server_name
        rooms = {cast.klass.name: cast.rooms for cast in casts}
        write_privately(self.stage.access, access_file(url, server_name, list(entries.values()), rooms))
        show(self.console, url, list(entries.values()), _short(self.stage.access))

    def _tell_of(self, newcomer: Newcomer | None) -> None:
        """How to come in as a parent does, with a slip."""
        if newcomer is None:
            return
        self.console.print()
        self.console.print(
            f"{newcomer.name} is not in yet. Their slip is {_short(newcomer.pdf)}; open [bold]{newcomer.address}[/] and type:"
        )
        self.console.print(f"  [bold]{' '.join(newcomer.words)}[/]")
        self.console.print()

    def _progress(self) -> Progress:
        return Progress(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), console=self.console)
