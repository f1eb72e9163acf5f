"""The program's commands. No logic; everything heavy is imported by the command that needs it."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

import click  # not typer: that needs pydantic, 8 MiB that the service would keep for as long as it runs (measured)

from ..errors import ClassroomError
from .keys import KEEPING
from .people import PEOPLE
from .running import (
    FILE,
    admin_token,
    admin_token_file_option,
    config_option,
    config_path,
    exit_with,
    log_to_stderr,
    run_to_end,
)


@click.group(help="A calm, closed, self-hosted group for a school class on Matrix.")
@config_option
@click.pass_context
def app(context: click.Context, config: Path | None) -> None:
    context.obj = config


@app.command()
@config_option
@click.pass_obj
def plan(common: Path | None, config: Path | None) -> None:
    """Show what `apply` would do, and how long it would take."""
    from ..config import load
    from ..terminal import provisioning

    run_to_end(provisioning.plan(load(config_path(common, config))))


@app.command()
@config_option
@click.option("--join-all", is_flag=True, help="Also join everybody to their rooms ahead of time.")
@admin_token_file_option
@click.pass_obj
def apply(common: Path | None, config: Path | None, join_all: bool, admin_token_file: Path | None) -> None:
    """Make the rooms as config.yaml and the class lists say.

    Safe to repeat and to interrupt.
    """
    from ..config import load
    from ..terminal import provisioning

    settings = load(config_path(common, config))
    exit_with(run_to_end(provisioning.apply(settings, admin_token=admin_token(admin_token_file), join_all=join_all)))


@app.command()
@config_option
@click.pass_obj
def run(common: Path | None, config: Path | None) -> None:
    """Run the service until it is stopped."""
    from ..config import load
    from ..serving import serve

    log_to_stderr()
    run_to_end(serve(load(config_path(common, config))))


@app.command()
@config_option
@admin_token_file_option
@click.pass_obj
def check(common: Path | None, config: Path | None, admin_token_file: Path | None) -> None:
    """Say what is wrong with configuration, lists or rooms.

    The exit code is 1 if something is. Rows of a class list that need a decision are shown, but are nothing wrong.
    """
    from ..terminal import check

    exit_with(run_to_end(check.check(config_path(common, config), admin_token(admin_token_file))))


@app.command()
@config_option
@click.option("--retry", type=int, metavar="ID", help="Give what was set aside under this number a second chance.")
@click.option("--database", type=FILE, help="The database, where config.yaml cannot be read.")
@click.pass_obj
def doctor(common: Path | None, config: Path | None, retry: int | None, database: Path | None) -> None:
    """Say what waits, what failed and what is late.

    The exit code is 1 if something is wrong.
    """
    from ..terminal import doctor

    exit_with(doctor.doctor(config_path(common, config), retry=retry, database_file=database))


@app.command()
@config_option
@click.option("--url", help="Where the homeserver reaches the service, if not where it listens.")
@click.pass_obj
def registration(common: Path | None, config: Path | None, url: str | None) -> None:
    """Write the registration that the homeserver needs."""
    from ..config import load
    from ..terminal.registration import write_registration

    write_registration(load(config_path(common, config)), url)


@app.command()
@config_option
@click.option("--folder", type=FILE, default=Path("var/demo"), show_default=True, help="Keeps everything that the demo makes.")
@click.pass_obj
def demo(common: Path | None, config: Path | None, folder: Path) -> None:
    """Run a whole class on this machine, until Ctrl-C.

    It starts a homeserver of its own, which nobody else can reach.
    """
    from ..demo import play

    exit_with(play.run(config_path(common, config), folder))


@app.command("ping-bot")
def ping_bot() -> None:
    """Answer "!ping N", for side-by-side measurements.

    Set by BENCH_… environment variables.
    """
    from ..testing import ping_bot

    run_to_end(ping_bot.run())


for _command in (*PEOPLE, *KEEPING):
    app.add_command(_command)


def main() -> None:
    """Entry point. What the service knows to be wrong is one sentence on standard error and exit code 2."""
    try:
        app()
    except ClassroomError as error:
        _fail(_sentence(error))
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        os._exit(1)  # whoever read the output has gone
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EACCES, errno.EROFS, errno.EDQUOT):
            raise
        _fail(f"{error.filename or 'the disk'}: {error.strerror}")


def _sentence(error: ClassroomError) -> str:
    from ..matrix.accounts_client import NoAnswer

    if not isinstance(error, NoAnswer):
        return str(error)
    from ..terminal.words import words

    return words()("accounts-no-answer", reason=str(error))


def _fail(sentence: str) -> None:
    print(f"classroom-matrix: {sentence}", file=sys.stderr)
    sys.exit(2)
