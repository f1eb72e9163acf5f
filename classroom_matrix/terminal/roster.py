"""`roster import`: what a class list would change, in plain words, and the question whether to do it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console

from ..config import ClassConfig, Config
from ..roster.difference import Difference, Kind
from ..roster.question import Question, gathered
from ..roster.reading import read_roster
from ..roster.whole_class import carry_out_import, expected_of, rehearse_import
from ..storage.database import Database
from .agreeing import agreed
from .output import console, table
from .rehearsal import rehearsal
from .which_class import the_class
from .words import Words, language, words


def import_list(config: Config, file: Path, *, class_id: str | None, dry_run: bool, yes: bool) -> int:
    """Show what the list would change, ask, and import it, all of it or nothing.

    Args:
        class_id: which class the list is of; not needed where there is one.
        dry_run: only show.
        yes: do not ask.

    Returns:
        0 if the class is as the list says, or with `dry_run`; 1 if nothing was imported.

    Raises:
        ConfigError: the file is no class list, or there is no such class.
        StorageError: the database cannot be opened or written.
    """
    klass = the_class(config, class_id)
    class_list = read_roster(file, expected_of(klass, config.roster_columns))
    out, say = console(), words()
    with _database(config, dry_run=dry_run) as database:
        found = asyncio.run(database.call(rehearse_import, database, klass, class_list, time.time()))
        _show(out, say, klass, file, found)
        if dry_run:
            return 0
        if found.changed and not agreed(out, say, yes=yes, about="roster"):
            return 1
        asyncio.run(database.call(carry_out_import, database, klass, class_list, time.time(), found))
    if found.changed:
        out.print(say("roster-imported", count=found.pupils))
        out.print(say("roster-next", **{"class": klass.id}))
    return 0


@contextmanager
def _database(config: Config, *, dry_run: bool) -> Iterator[Database]:
    """The database; only looking leaves no trace, not even an empty one."""
    if dry_run:
        with rehearsal(config) as rehearsed, _database(rehearsed, dry_run=False) as database:
            yield database
        return
    database = Database(config.database)
    try:
        yield database
    finally:
        database.close()


def _show(out: Console, say: Words, klass: ClassConfig, file: Path, found: Difference) -> None:
    out.print(say("roster-title", file=file.name, name=klass.name))
    spoken = language()
    for kind in Kind:
        entries = found.of(kind)
        if entries:
            rows = [(entry.row or "", entry.who, entry.said(spoken)) for entry in entries]
            header = (say("roster-row"), say("roster-who"), say("roster-what"))
            out.print(table(say(f"roster-kind-{kind}"), header, rows))
    _show_questions(out, say, "roster-to-decide", [question for question in found.questions if question.open])
    _show_questions(out, say, "roster-to-know", [question for question in found.questions if not question.open])
    if not found.changed:
        out.print(say("roster-nothing-new"))


def _show_questions(out: Console, say: Words, title: str, questions: Sequence[Question]) -> None:
    if questions:
        rows = [(where, sentence) for where, sentence, _ in gathered(questions, language())]
        out.print(table(say(title, count=len(questions)), (say("roster-row"), say("roster-what")), rows))
