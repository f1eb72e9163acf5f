"""Families that the school knows from another class: brothers and sisters, pupils who move, and what must not be merged."""

from __future__ import annotations

import pytest

from classroom_matrix.domain.ids import PersonId
from classroom_matrix.domain.people import PhotoUse, Reach
from classroom_matrix.roster.family_import import Outcome
from classroom_matrix.storage import archive, consents, leavers, people, register
from classroom_matrix.storage.database import Database

from .school_lists import ANNA, BORIS, HERE, PETER, THERE, adults, dump, load

APART = "раздельно: с мамой / с папой"
LIMIT = "ограничение суда: отец"
LIFTED = "ограничение суда снято"


def keys(outcome: Outcome) -> list[tuple[int, str]]:
    return [(question.row, question.key) for question in outcome.questions if question.open]


def families(database: Database) -> set[str]:
    return {family.id for class_id in (HERE, THERE) for family in people.load_roster(database, class_id).families}


def moved(row: str) -> str:
    """The same pupil in the list of another class, with another number."""
    return "7" + row[1:]


@pytest.mark.parametrize("lives", ["с родителями", APART])
def test_sibling_in_another_class_is_the_same_family_with_the_same_households(database: Database, lives: str) -> None:
    load(database, ANNA.replace("с родителями", lives))
    outcome = load(database, PETER.replace("с родителями", lives), class_id=THERE)
    here, there = adults(database, HERE), adults(database, THERE)
    assert len(families(database)) == 1
    assert {name: (one.id, one.household_id) for name, one in here.items()} == {
        name: (one.id, one.household_id) for name, one in there.items()
    }
    assert (keys(outcome), list(outcome.siblings.values())) == ([], [HERE])
    assert [pupil.name for pupil in people.load_roster(database, THERE).families[0].pupils] == ["Пётр Ким"]


def test_lists_of_both_classes_again_change_nothing(database: Database) -> None:
    load(database, ANNA)
    load(database, PETER, class_id=THERE)
    before = dump(database)
    assert not load(database, ANNA).changed
    assert not load(database, PETER, class_id=THERE).changed
    assert dump(database) == before


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(PETER.replace("Ким Олег;2222220", "Лев Иван;3333330"), id="another father"),
        pytest.param(PETER.replace("Ким Олег;2222220", ";"), id="no father"),
        pytest.param(PETER.replace("2222220", ""), id="father without a phone"),
        pytest.param(PETER.replace("2222220", "9999990"), id="father with another phone"),
        pytest.param(PETER.replace("с родителями", APART), id="another home"),
        pytest.param(PETER + LIMIT, id="limited here only"),
    ],
)
def test_whatever_differs_makes_two_families_and_a_question(database: Database, row: str) -> None:
    load(database, ANNA)
    outcome = load(database, row, class_id=THERE)
    assert len(families(database)) == 2
    assert keys(outcome) == [(2, "roster-sibling-unclear")]
    assert adults(database, HERE)["Ольга Ким"].id == adults(database, THERE)["Ольга Ким"].id  # one account all the same
    again = dump(database)
    assert not load(database, row, class_id=THERE).changed
    assert dump(database) == again


def test_one_limited_there_gets_nothing_through_a_sibling(database: Database) -> None:
    load(database, ANNA.replace("с родителями", APART) + LIMIT)
    outcome = load(database, PETER.replace("с родителями", APART), class_id=THERE)
    assert keys(outcome) == [(2, "roster-sibling-unclear"), (2, "roster-limit-other-class")]
    assert len(families(database)) == 2
    here, there = adults(database, HERE)["Олег Ким"], adults(database, THERE)["Олег Ким"]
    assert (here.limited, there.limited, here.household_id == there.household_id) == (True, True, False)


def test_one_limited_in_both_classes_is_so_in_the_common_family(database: Database) -> None:
    load(database, ANNA.replace("с родителями", APART) + LIMIT)
    outcome = load(database, PETER.replace("с родителями", APART) + LIMIT, class_id=THERE)
    assert (len(families(database)), keys(outcome)) == (1, [])
    assert adults(database, THERE)["Олег Ким"].limited


def test_limit_that_comes_later_holds_in_the_siblings_class_too(database: Database) -> None:
    load(database, ANNA)
    load(database, PETER, class_id=THERE)
    load(database, ANNA + LIMIT)
    outcome = load(database, PETER, class_id=THERE)
    assert adults(database, THERE)["Олег Ким"].limited
    assert keys(outcome) == [(2, "roster-limit-other-class")]


def test_single_parent_is_one_family_in_both_classes(database: Database) -> None:
    load(database, BORIS)
    load(database, BORIS.replace("Борис", "Глеб").replace("2.2.2017", "3.3.2019"), class_id=THERE)
    assert len(families(database)) == 1


def test_namesakes_with_other_phones_are_strangers(database: Database) -> None:
    load(database, ANNA)
    outcome = load(database, PETER.replace("1111110", "7777770").replace("2222220", "8888880"), class_id=THERE)
    assert (len(families(database)), keys(outcome)) == (2, [])
    assert adults(database, HERE)["Ольга Ким"].id != adults(database, THERE)["Ольга Ким"].id


def test_sibling_who_joins_the_same_class_later_joins_the_family(database: Database) -> None:
    load(database, ANNA)
    outcome = load(database, PETER)  # a list of newcomers only
    (family,) = people.load_roster(database, HERE).families
    assert [pupil.name for pupil in family.pupils] == ["Анна Ким", "Пётр Ким"]
    assert (outcome.pupils, outcome.guardians, keys(outcome)) == (1, 0, [])
    outcome = load(database, PETER.replace("Пётр", "Лев").replace("Ким Олег;2222220", "Юн Ян;3333330"))
    assert keys(outcome) == [(2, "roster-sibling-here")]


# ── Pupils who move ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_pupil_of_another_class_comes_with_the_family_and_stays_there_until_leaving(database: Database) -> None:
    load(database, ANNA)
    pupil_id = people.load_roster(database, HERE).families[0].pupils[0].id
    consents.enter(database, pupil_id, PhotoUse.ALBUM, given=True, source=PersonId("p1"), now=2.0)
    outcome = load(database, moved(ANNA), class_id=THERE)
    (there,) = people.load_roster(database, THERE).families
    assert (list(outcome.moved.values()), keys(outcome), len(families(database))) == ([HERE], [], 1)
    assert there.pupils[0].id != pupil_id
    assert {name: one.household_id for name, one in adults(database, HERE).items()} == {
        name: one.household_id for name, one in adults(database, THERE).items()
    }
    assert consents.of_class(database, THERE) == {there.pupils[0].id: {PhotoUse.ALBUM: True}}
    assert [pupil.id for pupil in people.load_roster(database, HERE).families[0].pupils] == [pupil_id]
    assert not load(database, moved(ANNA), class_id=THERE).changed


def test_moved_pupils_parent_with_a_new_phone_is_the_same_person(database: Database) -> None:
    load(database, ANNA)
    load(database, moved(ANNA).replace("1111110", "4444440"), class_id=THERE)
    assert adults(database, HERE)["Ольга Ким"].id == adults(database, THERE)["Ольга Ким"].id


def test_court_limit_moves_with_the_pupil_although_the_new_list_is_silent(database: Database) -> None:
    load(database, ANNA + LIMIT)
    outcome = load(database, moved(ANNA), class_id=THERE)
    assert adults(database, THERE)["Олег Ким"].limited
    assert keys(outcome) == [(2, "roster-limit-other-class")]
    load(database, moved(ANNA) + LIFTED, class_id=THERE)
    assert (adults(database, HERE)["Олег Ким"].limited, adults(database, THERE)["Олег Ким"].limited) == (True, False)


def test_court_limit_ends_only_when_the_list_says_so(database: Database) -> None:
    load(database, ANNA + LIMIT)
    for _ in range(2):
        outcome = load(database, ANNA)
        assert (adults(database)["Олег Ким"].limited, keys(outcome)) == (True, [(2, "roster-limit-kept")])
    outcome = load(database, ANNA + LIFTED)
    assert (adults(database)["Олег Ким"].limited, keys(outcome), outcome.changes) == (False, [], 1)


def test_one_under_a_court_limit_does_not_get_in_by_another_spelling(database: Database) -> None:
    load(database, ANNA + LIMIT)
    outcome = load(database, ANNA.replace("Ким Олег;", "Ким Олег Ильич;"))
    assert {name: one.limited for name, one in adults(database).items()} == {
        "Ольга Ким": False,
        "Олег Ким": True,
        "Олег Ильич Ким": True,
    }
    assert keys(outcome) == [(2, "roster-limit-perhaps")]


def test_court_limit_that_becomes_clear_lets_the_others_in(database: Database) -> None:
    load(database, ANNA + "есть решение суда")
    assert [one.limited for one in adults(database).values()] == [True, True]
    load(database, ANNA + LIMIT)
    assert {name: one.limited for name, one in adults(database).items()} == {"Ольга Ким": False, "Олег Ким": True}


def test_pupil_without_a_birth_date_or_with_other_parents_is_not_taken_for_one_of_another_class(database: Database) -> None:
    load(database, ANNA.replace("1.1.2017", ""))
    outcome = load(database, moved(ANNA).replace("1.1.2017", "").replace("2222220", "9999990"), class_id=THERE)
    assert keys(outcome) == [(2, "roster-moved-unclear")]
    assert len(families(database)) == 2
    load(database, BORIS)
    outcome = load(database, BORIS.replace("Лев Инна;3333330", "Ош Вера;5555550"), class_id=THERE)
    assert keys(outcome) == [(2, "roster-moved-unclear")]
    assert len(families(database)) == 4


def test_year_that_is_over_is_where_a_family_is_known_from(database: Database) -> None:
    load(database, ANNA + LIMIT)
    archive.archive(database, HERE, THERE)
    load(database, moved(ANNA), class_id=THERE)
    assert (len(families(database)), adults(database, THERE)["Олег Ким"].limited) == (1, True)
    assert not load(database, moved(ANNA), class_id=THERE).changed


def test_leaver_who_comes_back_is_new_again_and_only_once(database: Database) -> None:
    load(database, ANNA)
    (family,) = people.load_roster(database, HERE).families
    database.execute("DELETE FROM pupil WHERE id = ?", (family.pupils[0].id,))
    for guardian in family.guardians:
        register.remove_member(database, HERE, guardian.id)
    outcome = load(database, ANNA)
    assert (outcome.pupils, outcome.guardians) == (1, 2)
    assert {one.id for one in adults(database).values()} == {guardian.id for guardian in family.guardians}
    assert not load(database, ANNA).changed


def test_corrected_birth_date_keeps_the_pupil(database: Database) -> None:
    load(database, ANNA, BORIS)
    before = {pupil.id for family in people.load_roster(database, HERE).families for pupil in family.pupils}
    outcome = load(database, ANNA.replace("1.1.2017", "2.1.2017"), BORIS)
    after = {pupil.id for family in people.load_roster(database, HERE).families for pupil in family.pupils}
    assert (after, outcome.pupils, outcome.left) == (before, 0, [])
    assert [question.key for question in outcome.questions] == ["roster-pupil-corrected"]
    assert not load(database, ANNA.replace("1.1.2017", "2.1.2017"), BORIS).questions


def test_pupil_who_stands_in_the_list_as_before_and_as_corrected_is_one(database: Database) -> None:
    load(database, ANNA)
    load(database, ANNA.replace("1.1.2017", "2.1.2017"))
    both = ANNA, ANNA.replace("1;", "2;", 1).replace("1.1.2017", "2.1.2017")
    for _ in range(2):
        outcome = load(database, *both)
        assert (outcome.changed, keys(outcome)) == (False, [(3, "roster-pupil-twice")])


def test_family_by_phone_there_is_not_by_app_here(database: Database) -> None:
    load(database, ANNA + "нет смартфона, звонить")
    load(database, PETER, class_id=THERE)
    assert {family.reach for family in people.load_roster(database, THERE).families} == {Reach.PHONE}
    assert not load(database, ANNA + "нет смартфона, звонить").changed


def test_name_in_latin_letters_that_look_the_same_is_the_same_name(database: Database) -> None:
    load(database, ANNA)
    before = dump(database)
    lookalike = ANNA.replace("Ким Олег", "Kим Oлег").replace("Анна", "Аnна".replace("n", "н"))
    outcome = load(database, lookalike)
    assert (outcome.changed, dump(database) == before) == (False, True)


def leave(database: Database, name: str) -> None:
    (family,) = (one for one in people.load_roster(database, HERE).families if one.label == name)
    for pupil in family.pupils:
        leavers.take_out_pupil(database, HERE, pupil.id)
    for guardian in family.guardians:
        leavers.take_out_person(database, HERE, guardian.id)


def test_leaver_whom_the_list_still_names_comes_back_with_everything(database: Database) -> None:
    load(database, ANNA.replace("2222220", "") + LIMIT, BORIS)
    before = {name: (one.id, one.household_id, one.limited) for name, one in adults(database).items()}
    leave(database, "Анна Ким")
    outcome = load(database, ANNA.replace("2222220", ""), BORIS)
    assert {name: (one.id, one.household_id, one.limited) for name, one in adults(database).items()} == before
    assert (outcome.pupils, len(outcome.back)) == (1, 1)
    assert not load(database, ANNA.replace("2222220", ""), BORIS).changed


def test_adult_who_has_left_alone_comes_back_only_with_a_warning(database: Database) -> None:
    load(database, ANNA)
    leavers.take_out_person(database, HERE, adults(database)["Олег Ким"].id)
    outcome = load(database, ANNA)
    assert outcome.back == {adults(database)["Олег Ким"].id}


def test_separation_in_both_classes_makes_the_same_two_households(database: Database) -> None:
    load(database, ANNA)
    load(database, PETER, class_id=THERE)
    load(database, ANNA.replace("с родителями", APART))
    load(database, PETER.replace("с родителями", APART), class_id=THERE)
    homes = [{name: one.household_id for name, one in adults(database, klass).items()} for klass in (HERE, THERE)]
    assert homes[0] == homes[1]
    assert len(set(homes[0].values())) == 2


def test_leaver_who_comes_to_another_class_is_the_same_family(database: Database) -> None:
    load(database, ANNA + LIMIT)
    mother = adults(database)["Ольга Ким"].id
    leave(database, "Анна Ким")
    outcome = load(database, moved(ANNA), class_id=THERE)
    there = adults(database, THERE)
    assert (there["Ольга Ким"].id, there["Олег Ким"].limited, outcome.moved) == (mother, True, {})
    assert {pupil.id for one in people.load_roster(database, THERE).families for pupil in one.pupils} <= outcome.back
