"""`export`."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from ..config import Config
from ..errors import UserError
from ..lifecycle.export import export_class, export_family
from ..lifecycle.family_file import family_file
from ..lifecycle.record import refuse_unfinished
from ..storage.database import Database
from .opening import Unclear, complain, open_house, the_one
from .output import console
from .which_class import the_class
from .words import words


def _refuse(database: Database, families: Collection[str], classes: Collection[str]) -> None:
    """Raises `UserError` where somebody of these is being erased."""
    refuse_unfinished(database, people=families, classes=classes)


async def export(config: Config, *, class_id: str | None, family: str | None, pupil: str | None, output: Path) -> int:
    """Write a class, a family or one pupil into a folder.

    Returns:
        How many rooms could not be looked into; 1 where it is not clear who is meant.

    Raises:
        ClassroomError: something is configured wrongly, the homeserver is not there, or something else is at `output`.
    """
    from .leaving import show_exported  # noqa: PLC0415 - that module is the entry to this one

    out, say = console(), words()
    output = output.absolute()
    if family is None and pupil is None:
        klass = the_class(config, class_id)
        async with open_house(config) as house:
            try:
                await house.database.call(_refuse, house.database, (), (klass.id,))
            except UserError as problem:
                return complain(out, say, problem, config)
            return show_exported(out, say, await export_class(house, klass.id, output))
    async with open_house(config) as house:
        try:
            if family is not None and pupil is not None:
                raise Unclear("export-either")
            match = await the_one(house, family or pupil or "", class_id, families=family is not None)
            if match.family_id is None or (pupil is not None and not match.is_pupil):
                raise Unclear("whom-no-pupil", who=match.name)
            await house.database.call(_refuse, house.database, (match.family_id,), ())
        except UserError as problem:
            return complain(out, say, problem, config)
        file = await house.database.call(family_file, house.database, match.family_id)
        pupils = None if pupil is None else [p.id for p in file.pupils if p.name == match.name]
        classes = None if class_id is None else [match.class_id]
        return show_exported(out, say, await export_family(house, file, output, classes=classes, pupils=pupils))
