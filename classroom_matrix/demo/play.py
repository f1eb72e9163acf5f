"""The demo from beginning to end. Every step can be repeated: a second run finds everything there and goes on."""

from __future__ import annotations

import asyncio
import json
import logging
import signal
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from ..config import ClassConfig
from ..domain.plan import Action
from ..errors import ClassroomError, TemporaryError
from ..matrix.registration import ensure_registration
from ..provisioning.lock import provisioning_lock
from ..school import School, load_plugins, open_school, serve, sign_in
from ..testing.homeserver import EmbeddedHomeserver, require_free
from .access import Entry, access_file, show
from .accounts import write_privately
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
    except (KeyboardInterrupt, asyncio.CancelledError):
        console.print("\nStopped. The next run goes on from here.")
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
    for number in (signal.SIGTERM, signal.SIGHUP):  # asyncio does the same with SIGINT by itself
        asyncio.get_running_loop().add_signal_handler(number, task.cancel)
    stage = prepare(config, folder)
    require_space(stage.folder)
    _log_to(stage.log)
    load_plugins(stage.config)  # a mistake in their options is said before anything is started
    listen = stage.config.connection
    require_free(listen.port)
    ensure_registration(stage.registration, user_id=stage.config.bot.user, url=f"http://{listen.host}:{listen.port}")
    homeserver = EmbeddedHomeserver(
        stage.homeserver,
        server_name=stage.config.homeserver.server_name,
        port=stage.port,
        registrations=[stage.registration],
        bcrypt_rounds=8,  # the passwords are drawn by lot, a slow hash protects nothing more
    )
    console.print(f"Starting a homeserver (Synapse) on {homeserver.url} …")
    async with homeserver:
        await _Performance(stage, homeserver, console).go_on()


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
        casts = []
        async with open_school(self.stage.config, waiting=self._waiting) as school:
            await sign_in(school)
            await school.gateway.set_profile(self.stage.config.bot.name)
            for klass in self.stage.config.classes:
                players = await self._accounts(school, klass)
                await self._rooms(school, klass)
                casts.append(Cast(klass, players, await rooms_of(school.database, klass.id)))
        service = asyncio.create_task(serve(self.stage.config))
        scene = asyncio.create_task(self._scene(casts))
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
        listed = await import_people(school.database, klass)
        pupils = sum(len(family.pupils) for family in listed.roster.families)
        self.console.print(
            f"Class {klass.name}: {pupils} pupils, {len(listed.roster.families)} families;"
            f" {listed.questions} lines of the office's list need a look."
        )
        with self._progress() as progress:
            cast = progress.track(listed.cast, description="Accounts")
            return [await make_account(self.stage, self.homeserver, school.database, person) for person in cast]

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

    async def _scene(self, casts: Sequence[Cast]) -> None:
        """Everybody comes in; on the first run a poll is held; then whoever runs the demo is told how to look at it."""
        for cast in casts:
            await self._come_in(cast)
            await self._poll(cast)
        self._tell(casts)

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

    def _progress(self) -> Progress:
        return Progress(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), console=self.console)
