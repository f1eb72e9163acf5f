"""The base of every plugin's tables."""

from __future__ import annotations

import peewee


class Table(peewee.Model):
    """A plugin's table. Name it ``<plugin>_<noun>`` in ``Meta.table_name``; list it in ``Plugin(tables=[…])``.

    The runtime binds it to the service's database; queries work inside handlers, jobs and cards only.
    """
