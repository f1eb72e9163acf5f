"""A court limit on record, and lists that say nothing of it, or something else."""

from __future__ import annotations

import pytest

from classroom_matrix.domain.ids import ClassId
from classroom_matrix.roster.whole_class import carry_out_import, rehearse_import
from classroom_matrix.storage import archive, drift, leavers, people
from classroom_matrix.storage.database import Database

from .school_lists import ANNA, BORIS, HEADING, HERE, PETER, THERE, adults, class_list, dump, klass, load

LIMIT = "ограничение суда: отец"
LIFTED = "ограничение суда снято"
UNCLEAR = "есть решение суда"
FATHER = "Ким Олег;2222220"
WITH_RELATIVES = HEADING.replace("Примечание", "Бабушка;Телефон бабушки;Примечание")
NEXT = ClassId("4b-2027")


def limited(database: Database, class_id: ClassId = HERE) -> dict[str, bool]:
    return {name: one.limited for name, one in adults(database, class_id).items()}


def everybody(database: Database, class_id: ClassId = HERE) -> list[tuple[str, bool]]:
    return [(one.name, one.limited) for one in people.load_roster(database, class_id).people()]


def asked(outcome: object) -> set[str]:
    return {question.key for question in outcome.questions if question.key.startswith("roster-limit")}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(ANNA.replace("1;Ким;", "1;Петрова;"), id="the child has another surname"),
        pytest.param(ANNA.replace("1.1.2017", ""), id="no birth date"),
        pytest.param(ANNA.replace("1.1.2017", "1.2.2017"), id="another birth date"),
        pytest.param(ANNA.replace("2222220", "9999990"), id="another phone"),
        pytest.param(ANNA.replace("2222220", ""), id="no phone"),
        pytest.param(PETER, id="a brother"),
        pytest.param(PETER.replace("2222220", "9999990"), id="a brother, another phone, the same mother"),
        pytest.param(
            "1;Ким;Аня;1.1.2017;Лев Яна;7777770;Ким Олег;9999990;с родителями;", id="the same birth date, nothing else"
        ),
        pytest.param("1;Лев;Анна;3.3.2018;Лев Яна;7777770;Ким Олег;9999990;с родителями;", id="the same given name"),
        pytest.param("1;Лев;Яна;3.3.2018;Ким Олег;2222220;;;;", id="as another parent"),
    ],
)
@pytest.mark.parametrize("class_id", [HERE, THERE])
def test_one_under_a_court_limit_does_not_get_in_through_a_new_family(database: Database, row: str, class_id: ClassId) -> None:
    load(database, ANNA + LIMIT)
    outcome = load(database, row, class_id=class_id)
    assert {one for name, one in everybody(database, class_id) if name == "Олег Ким"} == {True}
    assert asked(outcome)
    again = dump(database)
    assert not load(database, row, class_id=class_id).changed
    assert dump(database) == again


def test_namesake_with_another_phone_and_nobody_in_common_is_a_stranger(database: Database) -> None:
    load(database, ANNA + LIMIT)
    outcome = load(database, "1;Лев;Яна;3.3.2018;Лев Ия;7777770;Ким Олег;9999990;с родителями;", class_id=THERE)
    assert (limited(database, THERE), asked(outcome)) == ({"Ия Лев": False, "Олег Ким": False}, set())


@pytest.mark.parametrize("row", [ANNA.replace("1.1.2017", "2.2.2016"), ANNA.replace("1;Ким;", "1;Лев;")])
def test_the_same_child_in_a_new_family_with_other_spellings_is_asked_about(database: Database, row: str) -> None:
    load(database, ANNA + LIMIT)
    outcome = load(database, row.replace(FATHER, "Ким О.;9999990").replace("Ким Ольга;", "Петрова Ольга;"))
    assert {name: one for name, one in everybody(database) if name == "О. Ким"} == {"О. Ким": True}
    assert asked(outcome) == {"roster-limit-perhaps"}


def test_one_limited_as_a_relative_gets_in_as_no_guardian(database: Database) -> None:
    row = "1;Ким;Анна;1.1.2017;Ким Ольга;1111110;;;с мамой;Ким Зоя;4444440;ограничение суда: бабушка"
    load(database, row, heading=WITH_RELATIVES)
    outcome = load(database, "1;Ким;Пётр;5.5.2019;Ким Зоя;4444440;;;с мамой;;;", class_id=THERE, heading=WITH_RELATIVES)
    assert (everybody(database, THERE), asked(outcome)) == ([("Зоя Ким", True)], {"roster-limit-other-class"})


def test_parent_who_is_limited_and_stands_in_another_column_is_kept_out(database: Database) -> None:
    row = "1;Ким;Анна;1.1.2017;Ким Ольга;1111110;;;с мамой;Ким Олег;2222220;ограничение суда: отец"
    listed = class_list(row, heading=WITH_RELATIVES.replace("Бабушка;Телефон бабушки", "Опекун;Телефон опекуна"))
    assert [(one.name, one.limited) for one in listed.families[0].guardians] == [("Ольга Ким", False), ("Олег Ким", True)]
    assert "roster-limit-who" in [question.key for question in listed.questions]


def test_leaver_under_a_court_limit_is_remembered(database: Database) -> None:
    load(database, ANNA + LIMIT, BORIS)
    (family,) = (one for one in people.load_roster(database, HERE).families if one.label == "Анна Ким")
    leavers.take_out_pupil(database, HERE, family.pupils[0].id)
    for guardian in family.guardians:
        leavers.take_out_person(database, HERE, guardian.id)
    load(database, PETER.replace("2222220", ""), class_id=THERE)
    assert limited(database, THERE)["Олег Ким"]


@pytest.mark.parametrize(
    "note", ["по решению суда проживает с мамой", "Court order: father may no longer collect", UNCLEAR, ""]
)
def test_limit_on_record_outlives_every_note_that_does_not_plainly_end_it(database: Database, note: str) -> None:
    load(database, ANNA + LIMIT)
    load(database, ANNA + note)
    assert limited(database)["Олег Ким"]


def test_limit_on_another_adult_does_not_end_the_first(database: Database) -> None:
    load(database, ANNA + LIMIT)
    for _ in range(2):
        outcome = load(database, ANNA + "ограничение суда: мать")
        assert (limited(database), asked(outcome)) == ({"Ольга Ким": True, "Олег Ким": True}, {"roster-limit-kept"})
    load(database, ANNA + "ограничение суда: мать / ограничение суда для отца снято")
    assert limited(database) == {"Ольга Ким": True, "Олег Ким": False}


# ── In every class ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_new_limit_holds_in_every_class_and_year_at_once_and_is_shown(database: Database) -> None:
    load(database, ANNA)
    archive.archive(database, HERE, NEXT)
    load(database, PETER, class_id=THERE)
    load(database, ANNA, class_id=NEXT)
    listed = class_list(ANNA + LIMIT)
    said = rehearse_import(database, klass(NEXT), listed, 5.0)
    assert [(entry.who, entry.said("en")) for entry in said.entries] == [
        ("Олег Ким", "court limit (Анна Ким): kept out of every room"),
        ("Олег Ким", "court limit: kept out there, too: 3b-2026, 1a-2026"),
    ]
    assert drift.marked(database) == []
    carry_out_import(database, klass(NEXT), listed, 5.0, said)
    for class_id in (HERE, THERE, NEXT):
        assert limited(database, class_id) == {"Ольга Ким": False, "Олег Ким": True}
    assert {mark.class_id for mark in drift.marked(database)} == {HERE, THERE, NEXT}
    assert not load(database, ANNA + LIMIT, class_id=NEXT).changed


def test_new_limit_in_one_class_holds_where_the_sibling_is_another_family(database: Database) -> None:
    load(database, ANNA)
    load(database, PETER.replace("с родителями", "раздельно") + LIMIT, class_id=THERE)
    assert limited(database, HERE) == {"Ольга Ким": False, "Олег Ким": True}


def test_unclear_limit_ends_everywhere_for_the_others_once_somebody_is_named(database: Database) -> None:
    load(database, ANNA)
    load(database, PETER, class_id=THERE)
    load(database, ANNA + UNCLEAR)
    assert limited(database, THERE) == {"Ольга Ким": True, "Олег Ким": True}
    outcome = load(database, ANNA + LIMIT)
    mother = adults(database)["Ольга Ким"].id
    assert outcome.limits == {mother: (THERE,)}
    for class_id in (HERE, THERE):
        assert limited(database, class_id) == {"Ольга Ким": False, "Олег Ким": True}
    assert not load(database, ANNA + LIMIT).changed


def test_limit_that_has_ended_does_not_come_back_from_a_year_that_is_over(database: Database) -> None:
    load(database, ANNA + LIMIT)
    archive.archive(database, HERE, NEXT)
    load(database, ANNA, class_id=NEXT)
    load(database, ANNA + LIFTED, class_id=NEXT)
    assert not limited(database, NEXT)["Олег Ким"]
    load(database, ANNA, class_id=NEXT)
    assert not limited(database, NEXT)["Олег Ким"]


# ── Homes and phones ────────────────────────────────────────────────────────────────────────────────────────────────

APART = "раздельно: с мамой / с папой"


@pytest.mark.parametrize("heading", [HEADING, HEADING.replace("Проживает;", "")])
def test_list_that_does_not_say_who_lives_together_keeps_parents_apart(database: Database, heading: str) -> None:
    load(database, ANNA.replace("с родителями", APART))
    before = {name: one.household_id for name, one in adults(database).items()}
    silent = ANNA.replace("с родителями", "") if heading == HEADING else ANNA.replace("с родителями;", "")
    outcome = load(database, silent, heading=heading)
    assert {name: one.household_id for name, one in adults(database).items()} == before
    assert [question.key for question in outcome.questions] == ["roster-lives-kept"]
    load(database, ANNA)
    assert len({one.household_id for one in adults(database).values()}) == 1


@pytest.mark.parametrize("row", [PETER, "7" + ANNA[1:], PETER.replace("Ким;Пётр", "Лев;Пётр")])
def test_parents_who_live_apart_stay_so_in_another_class(database: Database, row: str) -> None:
    load(database, ANNA.replace("с родителями", APART))
    outcome = load(database, row.replace("с родителями", ""), class_id=THERE)
    homes = [{name: one.household_id for name, one in adults(database, class_id).items()} for class_id in (HERE, THERE)]
    assert homes[0] == homes[1]
    assert [question.key for question in outcome.questions] == ["roster-lives-kept"]


@pytest.mark.parametrize("phone", ["00000", "12345", "0000000", "111-11-11"])
def test_phone_that_is_none_makes_no_family_of_strangers(database: Database, phone: str) -> None:
    load(database, BORIS.replace("3333330", phone))
    load(database, BORIS.replace("Борис", "Глеб").replace("2.2.2017", "3.3.2019").replace("3333330", phone), class_id=THERE)
    assert adults(database, HERE)["Инна Лев"].id != adults(database, THERE)["Инна Лев"].id


def test_phone_beside_several_names_tells_nobody_apart(database: Database) -> None:
    other = "3;Юн;Ян;4.4.2017;Юн Ия;3333330;;;с мамой;"
    load(database, BORIS, other)
    load(database, BORIS.replace("Борис", "Глеб"), other.replace("Ян;", "Лия;"), class_id=THERE)
    assert adults(database, HERE)["Инна Лев"].id != adults(database, THERE)["Инна Лев"].id


def test_single_parent_in_two_classes_is_asked_about(database: Database) -> None:
    load(database, BORIS)
    outcome = load(database, BORIS.replace("Борис", "Глеб").replace("2.2.2017", "3.3.2019"), class_id=THERE)
    assert adults(database, HERE)["Инна Лев"].id == adults(database, THERE)["Инна Лев"].id
    assert [question.key for question in outcome.questions if question.open] == ["roster-sibling-single"]
