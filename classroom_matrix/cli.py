"""The program's commands. No logic; everything heavy is imported by the command that needs it."""

from __future__ import annotations

import asyncio
import errno
import os
import signal
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Annotated, Any

import typer

from .errors import ClassroomError

CONFIG = Path("config.yaml")
ConfigOption = Annotated[Path | None, typer.Option("--config", "-c", help="The school's configuration.", show_default="config.yaml")]
AdminTokenOption = Annotated[
    Path | None,
    typer.Option(help="A file with an admin's access token, in place of CLASSROOM_ADMIN_TOKEN. It is never stored."),
]

app = typer.Typer(
    help="A calm, closed, self-hosted group for a school class on Matrix.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)


@app.callback()
def _common(context: typer.Context, config: ConfigOption = None) -> None:
    context.obj = config


@app.command()
def plan(context: typer.Context, config: ConfigOption = None) -> None:
    """Show what `apply` would do, and how long it would take."""
    from .config import load
    from .terminal import provisioning

    _run(provisioning.plan(load(_path(context, config))))


@app.command()
def apply(
    context: typer.Context,
    config: ConfigOption = None,
    *,
    join_all: Annotated[bool, typer.Option("--join-all", help="Also join everybody to their rooms ahead of time.")] = False,
    admin_token_file: AdminTokenOption = None,
) -> None:
    """Make the rooms of all classes as config.yaml and the class lists say. Safe to repeat."""
    from .config import load
    from .terminal import provisioning

    settings = load(_path(context, config))
    _exit(_run(provisioning.apply(settings, admin_token=_admin_token(admin_token_file), join_all=join_all)))


@app.command()
def run(context: typer.Context, config: ConfigOption = None) -> None:
    """Run the service until it is stopped."""
    from .config import load
    from .school import serve

    _log_to_stderr()
    _run(serve(load(_path(context, config))))


@app.command()
def check(context: typer.Context, config: ConfigOption = None, admin_token_file: AdminTokenOption = None) -> None:
    """Say what is wrong with configuration, homeserver or rooms. The exit code is 1 if something is."""
    from .terminal import check

    _exit(_run(check.check(_path(context, config), _admin_token(admin_token_file))))


@app.command()
def doctor(
    context: typer.Context,
    config: ConfigOption = None,
    retry: Annotated[int | None, typer.Option(metavar="ID", help="Give what was set aside under this number a second chance.")] = None,
) -> None:
    """Say what waits, what failed and what is late. The exit code is 1 if something is wrong."""
    from .terminal import doctor

    _exit(doctor.doctor(_path(context, config), retry=retry))


@app.command()
def registration(
    context: typer.Context,
    config: ConfigOption = None,
    url: Annotated[str | None, typer.Option(help="Where the homeserver reaches the service, if not where it listens.")] = None,
) -> None:
    """Write the application service's registration for the homeserver."""
    from .config import load
    from .terminal.registration import write_registration

    write_registration(load(_path(context, config)), url)


@app.command()
def demo(
    context: typer.Context,
    config: ConfigOption = None,
    folder: Annotated[Path, typer.Option(help="Keeps everything that the demo makes.")] = Path("var/demo"),
) -> None:
    """Run a whole class on an embedded homeserver, on this machine only, until Ctrl-C."""
    from .demo import play

    _exit(play.run(_path(context, config), folder))


@app.command("ping-bot")
def ping_bot() -> None:
    """Answer "!ping N", for side-by-side measurements; set by BENCH_… environment variables."""
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
        raise typer.Exit(1)


def _path(context: typer.Context, config: Path | None) -> Path:
    """`--config` may stand before or after the command."""
    return config or context.obj or CONFIG


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


