"""Class lists into the tables, again and again."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from classroom_matrix.domain.ids import ClassId, UserId
from classroom_matrix.domain.people import Reach, Roster
from classroom_matrix.errors import ConfigError
from classroom_matrix.roster.families import families_of
from classroom_matrix.roster.importer import Outcome, import_families, import_file
from classroom_matrix.roster.office_export import read_export
from classroom_matrix.storage import people
from classroom_matrix.storage.database import Database
from classroom_matrix.storage.tables import TABLES

CLASS = ClassId("3b-2026")
HEADING = "№;Фамилия;Имя;Дата рождения;Мать;Телефон матери;Отец;Телефон отца;Проживает;Примечание"
ANNA = "1;Ким;Анна;1.1.2017;Ким Ольга;1111110;Ким Олег;2222220;с родителями;"
BORIS = "2;Лев;Борис;2.2.2017;Лев Инна;3333330;;;с мамой;"


@pytest.fixture
def database() -> Iterator[Database]:
    database = Database(":memory:")
    yield database
    database.close()


def load(database: Database, *rows: str, class_id: ClassId = CLASS) -> Outcome:
    families, _ = families_of(read_export("list.csv", "\n".join([HEADING, *rows]).encode()).rows)
    return import_families(database, class_id, families)


def sample() -> Path:
    return Path(str(files("classroom_matrix.demo").joinpath("roster.csv")))


def guardians(roster: Roster) -> dict[str, str]:
    return {guardian.name: guardian.id for family in roster.families for guardian in family.guardians}


def dump(database: Database) -> list[object]:
    return [list(table.select().tuples()) for table in TABLES]


def test_sample_comes_in_whole(database: Database) -> None:
    outcome = import_file(database, CLASS, sample())
    roster = people.load_roster(database, CLASS)
    assert (outcome.pupils, outcome.guardians, outcome.changes) == (28, 47, 0)
    assert len(roster.families) == 27
    assert sum(len(family.households) for family in roster.families) == 31
    assert len(list(roster.people())) == 47
    assert len(list(roster.entitled())) == 46
    assert roster.families[0].label == "Ксения Калинина"
    assert {family.label: family.reach for family in roster.families if family.reach is not Reach.APP} == {
        "Ксения Никитина": Reach.PHONE,
        "Максим Исаев": Reach.PAPER,
    }


def test_same_list_again_changes_nothing(database: Database) -> None:
    import_file(database, CLASS, sample())
    before = dump(database)
    outcome = import_file(database, CLASS, sample())
    assert not outcome.changed
    assert dump(database) == before


def test_ids_and_keys_tell_nothing_about_people(database: Database) -> None:
    load(database, ANNA)
    stored = repr([[row[0] for row in table] for table in dump(database) if table]).casefold()
    assert "ким" not in stored
    assert "1111110" not in repr(dump(database))
    assert "1.1.2017" not in repr(dump(database))


def test_two_installations_have_different_keys() -> None:
    keys = []
    for _ in range(2):
        database = Database(":memory:")
        load(database, ANNA)
        keys.append({row[0] for row in database.execute("SELECT key FROM roster_key")})
        database.close()
    assert keys[0] & keys[1] == set()


def test_another_order_and_a_joiner_keep_everybody(database: Database) -> None:
    load(database, ANNA)
    before = guardians(people.load_roster(database, CLASS))
    outcome = load(database, BORIS.replace("2;", "1;", 1), ANNA.replace("1;", "2;", 1))
    roster = people.load_roster(database, CLASS)
    assert (outcome.pupils, outcome.guardians, outcome.changes) == (1, 1, 1)
    assert [family.label for family in roster.families] == ["Борис Лев", "Анна Ким"]
    assert before.items() <= guardians(roster).items()


def test_changed_phone_keeps_the_person(database: Database) -> None:
    load(database, ANNA)
    before = guardians(people.load_roster(database, CLASS))
    outcome = load(database, ANNA.replace("1111110", "8888880"))
    assert not outcome.changed
    assert guardians(people.load_roster(database, CLASS)) == before


def test_parents_who_separate_become_two_households(database: Database) -> None:
    load(database, ANNA)
    before = people.load_roster(database, CLASS).families[0].households
    outcome = load(database, ANNA.replace("с родителями", "раздельно"))
    after = people.load_roster(database, CLASS).families[0].households
    assert (len(before), len(after), outcome.changes) == (1, 2, 1)
    assert before[0].id == after[0].id


def test_new_court_limit_takes_effect(database: Database) -> None:
    load(database, ANNA)
    outcome = load(database, ANNA + "ограничение суда: отец")
    assert outcome.changes == 1
    assert [person.name for person in people.load_roster(database, CLASS).entitled()] == ["Ольга Ким"]


def test_who_is_not_listed_any_more_stays_and_is_told(database: Database) -> None:
    load(database, ANNA, BORIS)
    outcome = load(database, ANNA.replace("Ким Олег;2222220", ";"))
    assert len(people.load_roster(database, CLASS).families) == 2
    names = dict(database.execute("SELECT id, name FROM pupil UNION SELECT id, name FROM person").fetchall())
    assert [names[left] for left in outcome.left] == ["Борис Лев", "Олег Ким"]


def test_guardian_in_two_classes_is_one_person(database: Database) -> None:
    other = ClassId("1a-2026")
    load(database, ANNA)
    load(database, ANNA.replace("Анна", "Пётр"), BORIS, class_id=other)
    here, there = people.load_roster(database, CLASS), people.load_roster(database, other)
    assert guardians(here).items() <= guardians(there).items()
    people.set_account(database, here.families[0].guardians[0].id, UserId("@x:s"))
    assert [(one.class_id, one.person.name) for one in people.memberships(database, UserId("@x:s"))] == [
        (other, "Ольга Ким"),
        (CLASS, "Ольга Ким"),
    ]


def test_families_that_become_one_are_asked_about(database: Database) -> None:
    twin = ANNA.replace("1;Ким;Анна", "2;Ким;Пётр")
    load(database, ANNA, twin.replace("1111110", "7777770"))
    before = dump(database)
    outcome = load(database, ANNA, twin)
    assert [question.row for question in outcome.questions] == [2]
    assert dump(database) == before


def test_missing_file_is_named(database: Database, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"nowhere\.csv: the class list cannot be read \(No such file or directory\)"):
        import_file(database, CLASS, tmp_path / "nowhere.csv")


def test_bad_file_changes_nothing(database: Database, tmp_path: Path) -> None:
    load(database, ANNA)
    before = dump(database)
    bad = tmp_path / "list.csv"
    bad.write_bytes(f"{HEADING}\n{BORIS}\n{BORIS}".encode())
    with pytest.raises(ConfigError, match=r"list\.csv: row 3"):
        import_file(database, CLASS, bad)
    assert dump(database) == before
