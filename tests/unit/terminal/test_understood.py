from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from classroom_matrix.domain.ids import ClassId
from classroom_matrix.domain.people import Roster
from classroom_matrix.roster.importer import import_file
from classroom_matrix.storage.database import Database
from classroom_matrix.storage.people import load_roster
from classroom_matrix.terminal.understood import understood


def test_what_was_understood_of_the_sample_list_is_said_in_words(tmp_path: Path) -> None:
    database = Database(tmp_path / "classroom.db")
    outcome = import_file(database, ClassId("3b"), Path(str(files("classroom_matrix.demo").joinpath("roster.csv"))))
    words = understood(load_roster(database, ClassId("3b")), outcome.questions)
    database.close()
    assert words == (
        "28 pupils in 27 families; 1 adult under a court limit (kept out of every room);"
        " 1 family reached by phone (the teacher enters their votes);"
        " 1 family reached on paper (the teacher enters their votes); 4 families in two households;"
        " 4 notes on photos (a no is kept; a yes comes from the family itself);"
        " 1 note on brothers and sisters (recognised by their parents);"
        " 1 family with a language that the service has no texts in"
    )
    assert [question.row for question in outcome.questions if question.open] == [24]


def test_nothing_special_is_not_spoken_of() -> None:
    assert understood(Roster(ClassId("3b"), (), ()), ()) == "0 pupils in 0 families"
