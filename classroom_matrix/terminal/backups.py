"""`backup` and `restore`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.progress import TaskID

from ..config import Config, load
from ..errors import ConfigError
from ..lifecycle.backup import ADMIN_TOKEN, LEDGER, REGISTRATION, Part, workplace, write_backup
from ..lifecycle.restore import InUse, Occupied, Outcome, Unpacked, put_back, put_config, unpack
from .output import console, moment, progress_bar, table
from .words import Words, words


def backup(config: Config, target: Path) -> int:
    """Write a backup. Returns 0.

    Raises:
        ClassroomError: there is nothing to back up, or its parts do not fit each other.
        OSError: the target cannot be written.
    """
    out, say = console(), words()
    if target.is_dir():
        raise ConfigError(str(target), "is a folder; expected the name of a file, such as classroom.tar")
    with progress_bar(out) as bar:
        tasks: dict[str, TaskID] = {}

        def progress(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = bar.add_task(say(f"backup-step-{step}"))
            bar.update(tasks[step], completed=done, total=total)

        written = write_backup(config, target, progress)
    out.print(say("backup-written", file=str(target), size=f"{written.size / 1e6:.1f}"))
    for key, parts in (("backup-missing", written.missing), ("backup-refused", written.refused)):
        if parts:
            out.print(say(key, files=_paths(parts)))
    if config.connection.kind == "sync":
        out.print(say("backup-token"))
    return 0


def restore(config_path: Path, archive: Path, *, force: bool) -> int:
    """Put a backup back. Returns 1 where nothing was done.

    Args:
        config_path: says where everything belongs; comes from the backup where it is not there.
        archive: the backup.
        force: replace what is there.

    Raises:
        ClassroomError: this is no backup, or config.yaml is wrong.
        OSError: something cannot be read or written.
    """
    out, say = console(), words()
    if not archive.is_file():
        raise ConfigError(str(archive), "there is no such file")
    config_path.absolute().parent.mkdir(parents=True, exist_ok=True)
    with workplace(config_path) as folder:
        unpacked = unpack(archive, folder)
        if put_config(config_path, unpacked):
            out.print(say("restore-config"))
        config = load(config_path)
        try:
            outcomes = put_back(config, unpacked, force=force)
        except Occupied as error:
            out.print(say("restore-occupied", places=", ".join(map(str, error.places))))
            return 1
        except InUse as error:
            out.print(say("restore-in-use", database=str(error)))
            return 1
    _tell(config, archive, unpacked, outcomes, say)
    return 0


def _tell(config: Config, archive: Path, unpacked: Unpacked, outcomes: Sequence[tuple[Part, Outcome]], say: Words) -> None:
    out = console()
    title = say("restore-title", file=archive.name, made=moment(unpacked.manifest.made))
    header = (say("restore-what"), say("restore-where"), say("restore-outcome"))
    rows = [(part.name, part.path, say(f"restore-{outcome.value}")) for part, outcome in outcomes]
    out.print(table(title, header, rows))
    out.print(say("restore-by-hand"))
    for number, sentence in enumerate(_by_hand(config, outcomes, say), 1):
        out.print(f"{number}. {sentence}")
    out.print(say("restore-people"))


def _by_hand(config: Config, outcomes: Sequence[tuple[Part, Outcome]], say: Words) -> Iterator[str]:
    yield say("restore-old-machine")
    connection = config.connection
    if connection.kind == "sync":
        yield say("restore-token", user=config.bot.user, file=str(connection.access_token_file))
    elif any(part.name == REGISTRATION and outcome is not Outcome.SAME for part, outcome in outcomes):
        yield say("restore-registration", file=str(connection.registration))
    foreign = [part for part, outcome in outcomes if part.name in (LEDGER, ADMIN_TOKEN) and outcome is not Outcome.SAME]
    if foreign:
        yield say("restore-accounts", files=_paths(foreign))
    yield say("restore-start")


def _paths(parts: Sequence[Part]) -> str:
    return ", ".join(str(part.path) for part in parts)
