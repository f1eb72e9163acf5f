"""The program's commands. No logic; everything heavy is imported by the command that needs it."""

from __future__ import annotations

import asyncio
import errno
import os
import signal
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import click  # not typer: that needs pydantic, 8 MiB that the service would keep for as long as it runs (measured)

from .errors import ClassroomError

CONFIG = Path("config.yaml")

_FILE = click.Path(path_type=Path)
_config = click.option("--config", "-c", type=_FILE, help="The school's configuration.  [default: config.yaml]")
_admin_token_file = click.option(
    "--admin-token-file",
    type=_FILE,
    help="A file with an admin's access token, in place of CLASSROOM_ADMIN_TOKEN. It is never stored.",
)


@click.group(help="A calm, closed, self-hosted group for a school class on Matrix.")
@_config
@click.pass_context
def app(context: click.Context, config: Path | None) -> None:
    context.obj = config


@app.command()
@_config
@click.pass_obj
def plan(common: Path | None, config: Path | None) -> None:
    """Show what `apply` would do, and how long it would take."""
    from .config import load
    from .terminal import provisioning

    _run(provisioning.plan(load(_path(common, config))))


@app.command()
@_config
@click.option("--join-all", is_flag=True, help="Also join everybody to their rooms ahead of time.")
@_admin_token_file
@click.pass_obj
def apply(common: Path | None, config: Path | None, join_all: bool, admin_token_file: Path | None) -> None:
    """Make the rooms as config.yaml and the class lists say.

    Safe to repeat and to interrupt.
    """
    from .config import load
    from .terminal import provisioning

    settings = load(_path(common, config))
    _exit(_run(provisioning.apply(settings, admin_token=_admin_token(admin_token_file), join_all=join_all)))


@app.command()
@_config
@click.pass_obj
def run(common: Path | None, config: Path | None) -> None:
    """Run the service until it is stopped."""
    from .config import load
    from .school import serve

    _log_to_stderr()
    _run(serve(load(_path(common, config))))


@app.command()
@_config
@_admin_token_file
@click.pass_obj
def check(common: Path | None, config: Path | None, admin_token_file: Path | None) -> None:
    """Say what is wrong with configuration, lists or rooms.

    The exit code is 1 if something is. Rows of a class list that need a decision are shown, but are nothing wrong.
    """
    from .terminal import check

    _exit(_run(check.check(_path(common, config), _admin_token(admin_token_file))))


@app.command()
@_config
@click.option("--retry", type=int, metavar="ID", help="Give what was set aside under this number a second chance.")
@click.option("--database", type=_FILE, help="The database, where config.yaml cannot be read.")
@click.pass_obj
def doctor(common: Path | None, config: Path | None, retry: int | None, database: Path | None) -> None:
    """Say what waits, what failed and what is late.

    The exit code is 1 if something is wrong.
    """
    from .terminal import doctor

    _exit(doctor.doctor(_path(common, config), retry=retry, database_file=database))


@app.command()
@_config
@click.option("--url", help="Where the homeserver reaches the service, if not where it listens.")
@click.pass_obj
def registration(common: Path | None, config: Path | None, url: str | None) -> None:
    """Write the registration that the homeserver needs."""
    from .config import load
    from .terminal.registration import write_registration

    write_registration(load(_path(common, config)), url)


@app.command()
@_config
@click.option("--folder", type=_FILE, default=Path("var/demo"), show_default=True, help="Keeps everything that the demo makes.")
@click.pass_obj
def demo(common: Path | None, config: Path | None, folder: Path) -> None:
    """Run a whole class on this machine, until Ctrl-C.

    It starts a homeserver of its own, which nobody else can reach.
    """
    from .demo import play

    _exit(play.run(_path(common, config), folder))


@app.command("ping-bot")
def ping_bot() -> None:
    """Answer "!ping N", for side-by-side measurements.

    Set by BENCH_… environment variables.
    """
    from .testing import ping_bot

    _run(ping_bot.run())


def main() -> None:
    """Entry point. What the service knows to be wrong is one sentence on standard error and exit code 2."""
    try:
        app()
    except ClassroomError as error:
        _fail(str(error))
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        os._exit(1)  # whoever read the output has gone
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EACCES, errno.EROFS, errno.EDQUOT):
            raise
        _fail(f"{error.filename or 'the disk'}: {error.strerror}")


def _fail(sentence: str) -> None:
    print(f"classroom-matrix: {sentence}", file=sys.stderr)
    sys.exit(2)


def _exit(problems: int) -> None:
    if problems:
        sys.exit(1)


def _path(common: Path | None, config: Path | None) -> Path:
    """`--config` may stand before the command (`common`) or after it."""
    return config or common or CONFIG


def _admin_token(file: Path | None) -> str | None:
    if file is not None:
        return file.read_text("utf-8").strip()
    return os.environ.get("CLASSROOM_ADMIN_TOKEN") or None


def _run(work: Coroutine[Any, Any, Any]) -> Any:
    """Run to the end, or until SIGTERM or Ctrl-C, which both end it in order."""

    async def stoppable() -> Any:
        task = asyncio.current_task()
        assert task is not None
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
        return await work

    try:
        return asyncio.run(stoppable())
    except asyncio.CancelledError:
        return 0


def _log_to_stderr() -> None:
    import logging

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s", stream=sys.stderr)
    logging.getLogger("aiohttp").setLevel(logging.WARNING)
