"""What an export says of people: the roster's part, consents, and what plugins keep. In the database's thread."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from ...domain.ids import ClassId, UserId
from ...domain.people import Role
from ...runtime.batch import Batch
from ...runtime.view import ClassView
from ...storage.database import Database
from ...storage.people import load_roster
from ..family_file import FamilyFile, family_file
from ..house import House
from .scope import Part


def roster_part(house: House, part: Part) -> list[dict[str, Any]]:
    """Families, as the tables know them: one for a family's export, else all of the class."""
    if part.family is not None:
        return [_family(house.database, part.family, part)]
    families = load_roster(house.database, part.classes[0]).families
    return [_family(house.database, family_file(house.database, family.id), part) for family in families]


def _family(database: Database, family: FamilyFile, part: Part) -> dict[str, Any]:
    def belongs(person_household: str | None) -> bool:
        return part.household is None or person_household in (None, part.household)

    people = {
        p.id: p for p in family.people if p.class_id in part.classes and p.role is not Role.PUPIL and belongs(p.household_id)
    }
    if part.family is not None:
        people = {id_: p for id_, p in people.items() if not p.limited}
    return {
        "pupils": [
            {
                "name": pupil.name,
                "class": pupil.class_id,
                "number": pupil.number,
                "left": pupil.left,
                "consents": _consents(database, pupil.id),
            }
            for pupil in family.pupils
            if pupil.class_id in part.classes and (part.family is None or pupil.id in part.pupils)
        ],
        "adults": [{"name": p.name, "role": p.role, "account": p.user_id, "language": p.language} for p in people.values()],
        "reach": family.reach,
    }


def _consents(database: Database, pupil_id: str) -> list[dict[str, Any]]:
    rows = database.execute(
        "SELECT use, given, at, (SELECT name FROM person WHERE person.id = consent.source) FROM consent WHERE pupil_id = ?"
        " ORDER BY use",
        (pupil_id,),
    )
    return [
        {"use": use, "given": bool(given), "at": datetime.fromtimestamp(at, UTC).isoformat(), "by": by}
        for use, given, at, by in rows
    ]


def plugins_part(house: House, part: Part) -> list[dict[str, Any]]:
    """What plugins keep, by plugin and class."""
    batch = Batch(house.database, house.registry, house.clock())
    found = []
    for setup in house.registry.setups:
        if setup.klass.id not in part.classes:
            continue
        for name in setup.options:
            loaded = house.registry.plugins[name]
            if loaded.plugin.export is None:
                continue
            view = ClassView(batch, loaded, setup.klass.id)
            for family in _families(house.database, setup.klass.id, part):
                kept: Mapping[str, Any] = loaded.plugin.export(view, family)
                if any(kept.values()):
                    title = view.text(f"{name}-export") if loaded.catalogue.has(f"{name}-export") else name
                    found.append(
                        {"plugin": name, "title": title, "class": setup.klass.id, "family": family.label, "kept": kept}
                    )
    return found


def _families(database: Database, class_id: ClassId, part: Part) -> list[Any]:
    if part.family is None:
        return list(load_roster(database, class_id).families)
    return [part.family.of_class(class_id, pupils=part.pupils, household=part.household)]


def names_by_account(database: Database) -> dict[UserId, str]:
    """Everybody's name, whatever their display name says."""
    return {UserId(row[0]): row[1] for row in database.execute("SELECT user_id, name FROM person WHERE user_id IS NOT NULL")}
