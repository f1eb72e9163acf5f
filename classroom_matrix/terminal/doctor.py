"""`doctor`: what waits, what failed, what is late. Works without the homeserver, and with a broken config.yaml."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path
from typing import Any

from rich.console import Console

from ..config import Config, load
from ..config.yaml_file import read_yaml
from ..errors import ClassroomError, ConfigError
from ..school import load_plugins
from ..storage import health, tasks
from ..storage.database import Database
from ..storage.encryption import own_device
from ..storage.encryption import rooms as e2e_rooms
from .accounts_answer import silence
from .begun import sentences
from .output import console, counted, moment, span, table
from .words import words

LATE_SECONDS = 60.0
"""Jobs that are due for longer are late."""
STUCK_SECONDS = 300.0
"""What waits for longer does not just wait its turn."""
FAILURES = 5
"""A task that has failed so often (for a minute at least) does not just wait for a homeserver that restarts."""


def doctor(path: Path, *, retry: int | None = None, database_file: Path | None = None) -> int:
    """Print how the service is. Returns how many problems there are.

    Args:
        path: config.yaml, which may be wrong.
        retry: what to give a second chance.
        database_file: in place of the one that config.yaml names.

    Raises:
        ConfigError: the database cannot be found.
        StorageError: it cannot be opened.
    """
    out = console()
    config, configured, broken = _configured(path, out)
    file = database_file or configured
    if file is None:
        raise ConfigError(str(path), "cannot be read, so it is unknown where the database is; give --database PATH")
    if not file.is_file():
        raise ConfigError("database", f"there is no {file}; the service has never run with this configuration")
    database = Database(file)
    try:
        if retry is not None:
            return _retry(database, retry, out)
        say = words()
        unfinished = sentences(database, say)
        for problem in unfinished:
            out.print(problem)
        silent = silence(config, say)
        if silent:
            out.print(silent)
        unsigned = own_device.is_unsigned(database)
        if unsigned:
            out.print(say("keys-doctor"))
        odd = e2e_rooms.encrypted_otherwise(database)
        if odd:
            out.print(say("keys-doctor-odd-rooms", rooms=", ".join(odd)))
        return broken + len(unfinished) + bool(silent) + unsigned + len(odd) + _examine(database, out)
    finally:
        database.close()


def _configured(path: Path, out: Console) -> tuple[Config | None, Path | None, int]:
    """The configuration, the database's place, also by a config.yaml that is wrong elsewhere, and the number of problems with
    that.

    The place is None where the file cannot be read, the configuration also where it says something impossible.
    """
    config: Config | None = None
    try:
        config = load(path)
        load_plugins(config)
    except ClassroomError as error:
        out.print(f"{path} is wrong, so the service cannot start with it:\n{error}\n")
        return config, config.database if config else _written(path), 1
    return config, config.database, 0


def _written(path: Path) -> Path | None:
    try:
        raw: Any = read_yaml(path)
    except ConfigError:
        return None
    if not isinstance(raw, dict):
        return None
    written = raw.get("database")
    return (path.resolve().parent / (written if isinstance(written, str) else "var/classroom.db")).resolve()


def _retry(database: Database, trouble_id: int, out: Console) -> int:
    if not health.ask_for_retry(database, trouble_id, time.time()):
        raise ClassroomError(f"nothing is set aside under the number {trouble_id}")
    out.print(f"number {trouble_id} gets a second chance from the running service, or when it next starts")
    return 0


def _examine(database: Database, out: Console) -> int:
    now = time.time()
    backlog = health.backlog(database)
    stuck_since = min((since for since in (backlog.oldest_fact, backlog.oldest_effect) if since is not None), default=now)
    out.print(
        f"inbox: {counted(backlog.facts_waiting, 'fact')} waiting{_since(backlog.oldest_fact, now)},"
        f" {backlog.facts_parked} parked"
    )
    out.print(
        f"outbox: {counted(backlog.effects_waiting, 'message')} waiting{_since(backlog.oldest_effect, now)},"
        f" {backlog.effects_given_up} given up"
    )
    if backlog.letters_held:
        out.print(f"quiet hours: {counted(backlog.letters_held, 'letter')} held until they end")
    problems = int(now - stuck_since > STUCK_SECONDS)
    if problems:
        out.print("what waits does not move: is the service running, and does the homeserver answer?")
    return (
        problems
        + _troubles(database, out)
        + _refused(database, out)
        + _late(database, out, now)
        + _failing(database, out)
        + _unfinished(database, out)
    )


def _since(moment_: float | None, now: float) -> str:
    return "" if moment_ is None else f" (the oldest for {span(max(0.0, now - moment_))})"


def _troubles(database: Database, out: Console) -> int:
    found = health.troubles(database)
    if found:
        rows = [(t.id, t.cause, t.handler, t.class_id or "", t.error, moment(t.at), "yes" if t.retried else "") for t in found]
        header = ("ID", "fact or job", "handler", "class", "error", "when", "retry asked")
        out.print(table("Set aside; give one a second chance with: classroom-matrix doctor --retry ID", header, rows))
    return len(found)


def _refused(database: Database, out: Console) -> int:
    found = health.refused(database, 20)
    if found:
        rows = [(r.seq, r.class_id or "", r.plugin or "", r.type, moment(r.at)) for r in found]
        out.print(
            table("Given up, because the homeserver refused (newest first)", ("row", "class", "plugin", "type", "when"), rows)
        )
    return len(found)


def _late(database: Database, out: Console, now: float) -> int:
    found = health.late_jobs(database, now - LATE_SECONDS)
    if found:
        rows = [(late.name, late.class_id, moment(late.due)) for late in found]
        out.print(table("Jobs that should have run", ("job", "class", "due"), rows))
    return len(found)


def _failing(database: Database, out: Console) -> int:
    found = tasks.failing(database, FAILURES)
    if found:
        rows = [(name, error, count) for (name, error), count in sorted(Counter(found).items())]
        out.print(table("Tasks that keep failing; they are tried again by themselves", ("task", "error", "how many"), rows))
    return len(found)


def _unfinished(database: Database, out: Console) -> int:
    """Unfinished provisioning is no problem: the next run goes on with it."""
    found = health.unfinished_steps(database)
    if found:
        rows = [(step.class_id, step.step, moment(step.begun)) for step in found]
        out.print(
            table("Provisioning that was interrupted; the service or `apply` finishes it", ("class", "step", "begun"), rows)
        )
    return 0
