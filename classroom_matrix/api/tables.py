"""The base of every plugin's tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import peewee


class Table(peewee.Model):
    """A plugin's table. Name it ``<plugin>_<noun>`` in ``Meta.table_name``; list it in ``Plugin(tables=[…])``.

    The runtime binds it to the service's database; queries work inside handlers, jobs and cards only.
    """

    @classmethod
    def sql(cls, query: str, *parameters: object) -> Sequence[tuple[Any, ...]]:
        """The rows of a query written in SQL, for what happens with every vote or message.

        Measured with peewee 3.19: it puts a select together in 0.35 ms, SQLite answers the same text in 0.01 ms.
        """
        return cast("Sequence[tuple[Any, ...]]", cls._meta.database.execute_sql(query, parameters).fetchall())
