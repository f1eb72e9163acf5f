from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from classroom_matrix.demo.cast import cast_of
from classroom_matrix.domain.ids import ClassId
from classroom_matrix.domain.people import Reach
from classroom_matrix.roster.importer import import_file
from classroom_matrix.storage import people
from classroom_matrix.storage.database import Database


def test_cast_shows_what_families_can_be_like() -> None:
    database = Database(":memory:")
    import_file(database, ClassId("3b"), Path(str(files("classroom_matrix.demo").joinpath("roster.csv"))))
    roster = people.load_roster(database, ClassId("3b"))
    database.close()
    cast = cast_of(roster)
    families = {family.id: family for family in roster.families}
    of = [families[person.family_id] for person in cast if person.family_id]
    assert [person.name for person in cast] == [
        "Наталья Александровна Калинина",
        "Сергей Тигранович Калинин",
        "Ирина Андреевна Беляева",
        "Татьяна Сергеевна Чернова",
        "Светлана Тиграновна Щербакова",
        "Марина Андреевна Панова",
    ]
    assert of[0] is of[1]
    assert len(of[2].pupils) == 2
    assert len(of[3].households) == 2
    assert all(family.reach is Reach.APP for family in of)
    assert not any(person.limited for person in cast)
