"""A class list into the tables. Importing the same list again changes nothing; nobody is removed by an import."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

from ..domain.ids import ClassId
from ..storage import people
from ..storage.database import Database
from .families import ListedFamily
from .family_import import FamilyImport, Outcome
from .office_export import Expected
from .reading import read_roster


def import_file(database: Database, class_id: ClassId, path: Path, expected: Expected | None = None) -> Outcome:
    """Read and import a class list, all of it or nothing. Runs in the database's thread.

    Raises:
        ConfigError: the file cannot be read or is no class list.
    """
    class_list = read_roster(path, expected)
    outcome = import_families(database, class_id, class_list.families)
    outcome.questions = [*class_list.questions, *outcome.questions]
    return outcome


def import_families(
    database: Database, class_id: ClassId, families: Sequence[ListedFamily], *, now: float | None = None
) -> Outcome:
    """Write families down.

    Pupils are recognised by name and birth date, adults by name within the family, else by name and phone.
    Who is in the tables but not in the list stays: leaving is a decision of its own.
    """
    with database.transaction():
        before = people.load_roster(database, class_id)
        work = FamilyImport(database, class_id, before, families, time.time() if now is None else now)
        for family in families:
            work.family(family)
        outcome, seen = work.outcome, work.seen
        outcome.left += [pupil.id for family in before.families for pupil in family.pupils if pupil.id not in seen]
        still_here = {family.id for family in before.families if any(pupil.id in seen for pupil in family.pupils)}
        children = {person.id for person in before.pupil_people}
        outcome.left += [
            person.id
            for person in before.people()
            if person.id not in seen and person.id not in children and person.family_id in still_here
        ]
        outcome.questions.sort(key=lambda question: question.row)
    return outcome
