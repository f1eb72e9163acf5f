"""Commands about people: who comes in, how, and out again. Each shows first what it would do, and asks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from .running import FILE, config_option, config_path, exit_with, log_to_stderr, run_to_end

_class = click.option("--class", "class_id", metavar="ID", help="The class's id in config.yaml; not needed where there is one.")
_dry_run = click.option("--dry-run", is_flag=True, help="Only show what would be done.")
_yes = click.option("--yes", "-y", is_flag=True, help="Do not ask.")
Decorated = Callable[..., Any]


def _deciding(command: Decorated) -> Decorated:
    """Options of a command that changes something after it was agreed to."""
    return _dry_run(_yes(command))


@click.group()
def roster() -> None:
    """Who belongs to a class."""


@roster.command("import")
@config_option
@click.argument("file", type=FILE)
@_class
@_deciding
@click.pass_obj
def roster_import(common: Path | None, config: Path | None, file: Path, class_id: str | None, dry_run: bool, yes: bool) -> None:
    """Read a class list that the office has exported.

    CSV or .xlsx. Shows who is new, who moved, who is missing and what is unclear, and asks before it writes anything down.
    """
    from ..config import load
    from ..terminal import roster

    exit_with(roster.import_list(load(config_path(common, config)), file, class_id=class_id, dry_run=dry_run, yes=yes))


@click.command()
@config_option
@_class
@click.option(
    "--pupil",
    "pupils",
    multiple=True,
    metavar="WHO",
    help="Only this pupil's people: a name, or the number in the list. Or a member of staff. May be repeated.",
)
@click.option(
    "--again",
    is_flag=True,
    help="Also for those whose slip is still good (the old one stops working); with --pupil also for those who are in.",
)
@click.option("--output", "-o", type=FILE, help="The PDF.  [default: slips-<class>.pdf]")
@click.pass_obj
def slips(
    common: Path | None, config: Path | None, class_id: str | None, pupils: tuple[str, ...], again: bool, output: Path | None
) -> None:
    """Make accounts and print slips.

    One for each person who is not in yet, in one PDF.
    """
    from ..config import load
    from ..terminal import slips

    work = slips.print_slips(load(config_path(common, config)), class_id=class_id, pupils=pupils, again=again, output=output)
    exit_with(run_to_end(work))


@click.command()
@config_option
@_class
@click.pass_obj
def arrivals(common: Path | None, config: Path | None, class_id: str | None) -> None:
    """Show who is in, and who is stuck where."""
    from ..config import load
    from ..terminal import arrivals

    exit_with(run_to_end(arrivals.show_arrivals(load(config_path(common, config)), class_id=class_id)))


@click.command()
@config_option
@_class
@click.pass_obj
def audit(common: Path | None, config: Path | None, class_id: str | None) -> None:
    """Compare who is in the rooms with who should be.

    The exit code is 1 if they differ.
    """
    from ..config import load
    from ..terminal import audit

    exit_with(run_to_end(audit.show_audit(load(config_path(common, config)), class_id=class_id)))


@click.command()
@config_option
@click.argument("who")
@_class
@click.option("--output", "-o", type=FILE, help="Folder of the export that is handed over.  [default: export-<number>]")
@_deciding
@click.pass_obj
def leave(
    common: Path | None, config: Path | None, who: str, class_id: str | None, output: Path | None, dry_run: bool, yes: bool
) -> None:
    """Take a leaver's access away at once.

    What is theirs is exported first, to be handed over. WHO is a pupil's name or number in the list, or an adult's name.
    """
    from ..config import load
    from ..terminal import leaving

    settings = load(config_path(common, config))
    exit_with(run_to_end(leaving.leave(settings, who, class_id=class_id, output=output, dry_run=dry_run, yes=yes)))


@click.command()
@config_option
@click.argument("old")
@click.argument("new")
@_deciding
@click.pass_obj
def rollover(common: Path | None, config: Path | None, old: str, new: str, dry_run: bool, yes: bool) -> None:
    """Let a class go on in a new school year.

    OLD and NEW are ids in config.yaml. Families and desks come along; the old rooms can still be read.
    """
    from ..config import load
    from ..terminal import leaving

    exit_with(run_to_end(leaving.roll_over(load(config_path(common, config)), old, new, dry_run=dry_run, yes=yes)))


@click.command()
@config_option
@click.argument("who", required=False)
@_class
@click.option("--resume", is_flag=True, help="Go on with an erasure that was interrupted; needs no WHO.")
@click.option("--proof", type=FILE, help="Where to write what was done.  [default: erased-<date>-<number>.json]")
@_deciding
@click.pass_obj
def erase(
    common: Path | None,
    config: Path | None,
    who: str | None,
    class_id: str | None,
    resume: bool,
    proof: Path | None,
    dry_run: bool,
    yes: bool,
) -> None:
    """Erase a family, or one adult.

    Messages, files and accounts go, and what is kept about them; a proof is written. WHO is a pupil's name or number in the
    list: then the whole family goes. Or an adult's name: then only this adult goes, and the family stays.
    """
    if (who is None) != resume:
        raise click.UsageError("Say WHO, or --resume.")
    from ..config import load
    from ..terminal import leaving

    settings = load(config_path(common, config))
    exit_with(run_to_end(leaving.erase(settings, who, class_id=class_id, proof=proof, dry_run=dry_run, yes=yes)))


@click.command()
@config_option
@_class
@click.option("--family", metavar="WHO", help="A pupil of the family: name or number in the list.")
@click.option("--pupil", metavar="WHO", help="One pupil only: name or number in the list.")
@click.option("--output", "-o", type=FILE, required=True, help="A folder; an export that was interrupted goes on in it.")
@click.pass_obj
def export(
    common: Path | None, config: Path | None, class_id: str | None, family: str | None, pupil: str | None, output: Path
) -> None:
    """Write a class or a family as pages, data and files.

    Everything with checksums; safe to interrupt and repeat.
    """
    from ..config import load
    from ..terminal import leaving

    settings = load(config_path(common, config))
    exit_with(run_to_end(leaving.export(settings, class_id=class_id, family=family, pupil=pupil, output=output)))


@click.command()
@config_option
@click.option("--output", "-o", type=FILE, help="The file.  [default: standard output]")
@click.option("--modules", type=FILE, help="Folder on the homeserver's machine that holds classroom_gate.py.")
@click.pass_obj
def homeserver(common: Path | None, config: Path | None, output: Path | None, modules: Path | None) -> None:
    """Write the settings that the homeserver needs.

    Privacy, limits that let a whole school in on one day, and the module that restrains accounts.
    """
    from ..config import load
    from ..terminal.homeserver import write_settings

    write_settings(load(config_path(common, config)), output, modules)


@click.group()
def accounts() -> None:
    """The process that holds the admin power.

    Run it as a user of its own.
    """


@accounts.command("run")
@config_option
@click.pass_obj
def accounts_run(common: Path | None, config: Path | None) -> None:
    """Serve until stopped."""
    from ..accounts.process import serve
    from ..config import load

    log_to_stderr()
    run_to_end(serve(load(config_path(common, config))))


@accounts.command("login")
@config_option
@click.argument("user")
@click.pass_obj
def accounts_login(common: Path | None, config: Path | None, user: str) -> None:
    """Log in as an admin of the homeserver.

    The token is kept in accounts.admin_token_file.
    """
    from ..config import load
    from ..terminal import accounts

    password = click.prompt("Password", hide_input=True, err=True)
    run_to_end(accounts.log_in(load(config_path(common, config)), user, password))


@accounts.command("log")
@config_option
@click.option("--last", type=int, default=50, show_default=True, help="How many entries.")
@click.pass_obj
def accounts_log(common: Path | None, config: Path | None, last: int) -> None:
    """Show what the process was asked for, and by whom."""
    from ..config import load
    from ..terminal import accounts

    accounts.show_log(load(config_path(common, config)), last)


PEOPLE = (roster, slips, arrivals, audit, leave, rollover, erase, export, homeserver, accounts)
"""All of them, for `classroom_matrix.cli`."""
