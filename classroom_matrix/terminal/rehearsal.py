"""`plan` and `check` look at what would be: they work on a copy of the database and leave the real one, which a running
service may be counting votes in, as it is.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from ..config import Config
from ..errors import StorageError


@contextmanager
def rehearsal(config: Config) -> Iterator[Config]:
    """The configuration with a copy of the database, which is thrown away afterwards.

    Raises:
        StorageError: the database cannot be read.
    """
    with TemporaryDirectory(prefix="classroom-matrix-") as folder:
        copy = Path(folder) / config.database.name
        if config.database.exists():
            try:
                with (
                    closing(sqlite3.connect(f"{config.database.absolute().as_uri()}?mode=ro", uri=True)) as original,
                    closing(sqlite3.connect(copy)) as copied,
                ):
                    original.backup(copied)
            except sqlite3.Error as error:
                raise StorageError(f"{config.database} cannot be read: {error}") from error
        yield replace(config, database=copy)
