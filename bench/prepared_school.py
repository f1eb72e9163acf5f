"""A school that was provisioned long ago: configuration, registration and database, without any homeserver."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from classroom_matrix.config import ClassConfig, load
from classroom_matrix.domain.ids import ClassId, RoomId, UserId
from classroom_matrix.domain.people import Roster
from classroom_matrix.matrix.registration import Registration
from classroom_matrix.provisioning.design import present_design
from classroom_matrix.school import School, import_rosters, open_school
from classroom_matrix.storage import drift, installation, people, rooms

from .subject import AS_TOKEN, BOT, HS_TOKEN, SERVER

ROSTERS = 20
ROSTER = Path(__file__).parents[1] / "classroom_matrix" / "demo" / "roster.csv"


@dataclass(frozen=True, slots=True)
class PreparedSchool:
    """`rosters`: of the classes that have one."""

    config_file: Path
    classes: Sequence[ClassConfig]
    rosters: Sequence[Roster]

    @staticmethod
    def room(class_id: ClassId, role: str) -> RoomId:
        """The room of a class; as long as an ID of room version 12."""
        return RoomId(f"!{class_id}-{role}".ljust(44, "x"))

    @staticmethod
    def teacher(class_id: ClassId) -> UserId:
        return UserId(f"@teacher-{class_id}:{SERVER}")


async def prepare(folder: Path, *, classes: int, stub_port: int, bot_port: int) -> PreparedSchool:
    """Classes with ten rooms each and a teacher; the first few also have the sample roster, an account for every guardian and
    a desk for every household (all of them would take minutes, and nothing of a roster is kept in memory).
    """
    ids = [ClassId(f"c{number:04}") for number in range(classes)]
    registration = Registration("classroom-matrix", f"http://127.0.0.1:{bot_port}", AS_TOKEN, HS_TOKEN, UserId(BOT))
    (folder / "registration.yaml").write_text(yaml.safe_dump(registration.to_file()), "utf-8")
    config_file = folder / "config.yaml"
    config_file.write_text(yaml.safe_dump(_config(ids, folder, stub_port, bot_port), allow_unicode=True), "utf-8")
    config = load(config_file)
    async with open_school(config) as school:
        await import_rosters(school)
        rosters = await school.database.call(_fill, school)
    return PreparedSchool(config_file, config.classes, rosters)


def _config(ids: Sequence[ClassId], folder: Path, stub_port: int, bot_port: int) -> dict[str, object]:
    return {
        "homeserver": {"url": f"http://127.0.0.1:{stub_port}", "server_name": SERVER},
        "bot": {"user": BOT, "name": "Bot"},
        "connection": {
            "kind": "appservice",
            "listen": f"127.0.0.1:{bot_port}",
            "registration": str((folder / "registration.yaml").resolve()),
        },
        "database": str((folder / "classroom.db").resolve()),
        "language": "ru",
        "timezone": "Europe/Moscow",
        "quiet_hours": False,
        "encrypted": False,  # the stub has no devices to send keys to
        "plugins": {"polls": {}},
        "classes": [
            {
                "id": id_,
                "name": f"Класс {id_}",
                **({"roster": str(ROSTER)} if place < ROSTERS else {}),
                "staff": [{"name": "Ольга Петровна", "role": "teacher", "user": PreparedSchool.teacher(id_)}],
            }
            for place, id_ in enumerate(ids)
        ],
    }


def _fill(school: School) -> list[Roster]:
    """Accounts, rooms, desks, and the note that all of it is as it should be."""
    database = school.database
    rosters = []
    with database.transaction():
        for klass in school.config.classes:
            for role in klass.rooms:
                rooms.remember_room(database, PreparedSchool.room(klass.id, role), klass.id, role)
            roster = school.roster_of(klass.id)
            for family in roster.families:
                for household in family.households:
                    rooms.remember_room(database, PreparedSchool.room(klass.id, household.id), klass.id, "desk", household.id)
                for guardian in family.guardians:
                    if guardian.user_id is None:
                        people.set_account(database, guardian.id, UserId(f"@{guardian.id}:{SERVER}"))
            rosters.append(school.roster_of(klass.id))
            desks = [household.id for family in roster.families for household in family.households]
            design = present_design(school.config, database, klass, rosters[-1], desks=desks, rooms=klass.rooms)
            installation.put(database, f"provisioned {klass.id}", design.blueprint().fingerprint())
        for mark in drift.marked(database):  # the import of the rosters has left them
            drift.unmark(database, mark)
    return rosters
