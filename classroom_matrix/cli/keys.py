"""Commands about what must not be lost: the bot's keys, and backups."""

from __future__ import annotations

from pathlib import Path

import click

from .running import FILE, config_option, config_path, exit_with, run_to_end

_yes = click.option("--yes", "-y", is_flag=True, help="Do not ask.")


@click.group()
def keys() -> None:
    """The bot's identity and device.

    As people's apps see them.
    """


@keys.command("status")
@config_option
@click.pass_obj
def keys_status(common: Path | None, config: Path | None) -> None:
    """Show the fingerprint, and whether apps can trust the bot.

    The exit code is 1 if something is wrong.
    """
    from ..config import load
    from ..terminal import keys

    exit_with(run_to_end(keys.status(load(config_path(common, config)))))


@keys.command("verify")
@config_option
@click.pass_obj
def keys_verify(common: Path | None, config: Path | None) -> None:
    """Check what the homeserver publishes of the bot.

    Every signature from the identity down to the device. The exit code is 1 if one does not fit.
    """
    from ..config import load
    from ..terminal import keys

    exit_with(run_to_end(keys.verify(load(config_path(common, config)))))


@keys.command("rotate")
@config_option
@click.option("--password-file", type=FILE, help="A file with the bot's password, for connection.kind: sync.")
@_yes
@click.pass_obj
def keys_rotate(common: Path | None, config: Path | None, password_file: Path | None, yes: bool) -> None:
    """Make a new identity for the bot.

    People's apps will say that it changed. The exit code is 1 if nothing was changed.
    """
    from ..config import load
    from ..terminal.rotating import rotate

    exit_with(run_to_end(rotate(load(config_path(common, config)), password_file=password_file, yes=yes)))


@click.command()
@config_option
@click.argument("file", type=FILE)
@click.pass_obj
def backup(common: Path | None, config: Path | None, file: Path) -> None:
    """Write everything that the school is into one file.

    Works beside a running service. FILE is a .tar; it is replaced where it exists.
    """
    from ..config import load
    from ..terminal import backups

    exit_with(backups.backup(load(config_path(common, config)), file))


@click.command()
@config_option
@click.argument("file", type=FILE)
@click.option("--force", is_flag=True, help="Replace the database and the key that are there.")
@click.pass_obj
def restore(common: Path | None, config: Path | None, file: Path, force: bool) -> None:
    """Put a backup back, and say what remains to do by hand.

    FILE is what `backup` has written. A config.yaml that is there stays and says where everything belongs.
    """
    from ..terminal import backups

    exit_with(backups.restore(config_path(common, config), file, force=force))


KEEPING = (keys, backup, restore)
"""All of them, for `classroom_matrix.cli`."""
