"""When a list is taken over, what is shown before, and pupils with accounts."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from classroom_matrix.config import StaffConfig
from classroom_matrix.domain.ids import UserId
from classroom_matrix.domain.people import PhotoUse, Role
from classroom_matrix.errors import ConfigError
from classroom_matrix.roster.difference import Difference, Kind
from classroom_matrix.roster.pupils import follow_pupils
from classroom_matrix.roster.whole_class import carry_out_import, follow_class, rehearse_import
from classroom_matrix.storage import archive, consents, drift, leavers, people
from classroom_matrix.storage.database import Database

from .school_lists import ANNA, BORIS, HEADING, HERE, THERE, adults, class_list, dump, klass, load

NOW = 1_790_000_000.0
WITH_PHOTOS = HEADING + ";Согласие на фото;Бабушка"


def write(path: Path, *rows: str) -> Path:
    path.write_text("\n".join([HEADING, *rows]), "utf-8")
    return path


def shown(difference: Difference, language: str = "en") -> list[tuple[str, int, str, str]]:
    return [(entry.kind.value, entry.row, entry.who, entry.said(language)) for entry in difference.entries]


def change(database: Database, *rows: str, heading: str = HEADING) -> list[tuple[str, int, str, str]]:
    """What an import is said to do; it is then done, and has to be what was said."""
    listed = class_list(*rows, heading=heading)
    before = dump(database)
    said = rehearse_import(database, klass(), listed, NOW)
    assert dump(database) == before
    done = carry_out_import(database, klass(), listed, NOW, said)
    assert shown(done) == shown(said)
    assert not carry_out_import(database, klass(), listed, NOW).changed
    return shown(said)


def test_difference_says_who_is_new(database: Database) -> None:
    apart = ANNA.replace("с родителями", "раздельно")
    assert change(database, apart + "только бумага / ограничение суда: отец", BORIS) == [
        ("new", 2, "Анна Ким", "new, with Ольга Ким, Олег Ким"),
        ("new", 2, "Анна Ким", "reached on paper: the teacher enters their answers"),
        ("new", 2, "Анна Ким", "lives apart: 2 households, each with a private room of its own"),
        ("new", 2, "Олег Ким", "court limit (Анна Ким): kept out of every room"),
        ("new", 3, "Борис Лев", "new, with Инна Лев"),
    ]


def test_difference_says_what_changes_and_who_is_missing(database: Database) -> None:
    load(database, ANNA + ";;", BORIS + ";;", heading=WITH_PHOTOS)
    row = ANNA.replace("1;", "5;", 1).replace("с родителями", "раздельно") + "нет смартфона, звонить;да;Ким Нина"
    assert change(database, row, heading=WITH_PHOTOS) == [
        ("new", 2, "Нина Ким", "new relative of Анна Ким: reads, does not vote"),
        ("changed", 0, "", "one pupil has another number in the list"),
        ("changed", 2, "Анна Ким", "pictures: yes for class album"),
        ("changed", 2, "Анна Ким", "reached by phone: the teacher enters their answers"),
        ("changed", 2, "Анна Ким", "lives in 2 households now"),
        ("left", 0, "Борис Лев", "(number 2) is not in this list; stays. If the pupil has left: classroom-matrix leave"),
    ]
    assert [family.label for family in people.load_roster(database, HERE).families] == ["Борис Лев", "Анна Ким"]


def test_difference_shouts_where_a_court_limit_would_be_lifted(database: Database) -> None:
    load(database, ANNA + "ограничение суда: отец")
    assert change(database, ANNA) == []
    assert change(database, ANNA + "ограничение суда снято") == [
        ("changed", 2, "Олег Ким", "ATTENTION: by this list no court limits this adult any more (Анна Ким); would be let in")
    ]


def test_difference_says_who_comes_from_where(database: Database) -> None:
    load(database, ANNA, class_id=THERE)
    load(database, BORIS, class_id=THERE)
    brother = BORIS.replace("Борис", "Глеб").replace("2.2.2017", "3.3.2019")
    assert change(database, ANNA, brother) == [
        ("new", 3, "Глеб Лев", "new, with Инна Лев"),
        ("new", 3, "Глеб Лев", "one family with a pupil of the class 1a-2026: the same adults, one account each"),
        (
            "moved",
            2,
            "Анна Ким",
            "comes from the class 1a-2026, with the same family and accounts; stays in its list until: classroom-matrix leave",
        ),
    ]


def test_difference_of_adults(database: Database) -> None:
    load(database, ANNA + ";;Юн Ия +7 999 000-00-05", heading=WITH_PHOTOS)
    guardian = ANNA.replace("Ким Олег;2222220", "Юн Ия;79990000005")
    assert change(database, guardian + ";;", heading=WITH_PHOTOS) == [
        ("changed", 2, "Ия Юн", "becomes a guardian of Анна Ким"),
        ("left", 0, "Олег Ким", "(Анна Ким) is not in this list; stays. If they have left: classroom-matrix leave"),
    ]


def test_every_change_is_said_in_russian_too(database: Database) -> None:
    load(database, ANNA)
    difference = rehearse_import(database, klass(), class_list(ANNA.replace("с родителями", "раздельно"), BORIS), NOW)
    assert shown(difference, "ru") == [
        ("new", 3, "Борис Лев", "новый ученик; взрослые: Инна Лев"),
        ("changed", 2, "Анна Ким", "живут теперь раздельно, в 2 местах"),
    ]


def test_import_wakes_the_service_only_where_something_changed(database: Database) -> None:
    carry_out_import(database, klass(), class_list(ANNA), NOW)
    (mark,) = drift.marked(database)
    assert (mark.class_id, mark.room_id, mark.count) == (HERE, None, 1)
    carry_out_import(database, klass(), class_list(ANNA), NOW)
    assert drift.marked(database) == [mark]


def test_class_that_changed_after_it_was_agreed_to_is_not_imported(database: Database) -> None:
    agreed = rehearse_import(database, klass(), class_list(ANNA, BORIS), NOW)
    load(database, BORIS)
    before = dump(database)
    with pytest.raises(ConfigError, match="has changed in the meantime; nothing was imported"):
        carry_out_import(database, klass(), class_list(ANNA, BORIS), NOW, agreed)
    assert dump(database) == before


def test_year_that_is_over_takes_no_list(database: Database) -> None:
    archive.archive(database, HERE, THERE)
    with pytest.raises(ConfigError, match="its year is over"):
        carry_out_import(database, klass(), class_list(ANNA), NOW)


# ── The list that config.yaml names ─────────────────────────────────────────────────────────────────────────────────


def test_list_is_taken_over_while_the_class_has_nobody(database: Database, tmp_path: Path) -> None:
    path = write(tmp_path / "list.csv", ANNA)
    assert follow_class(database, klass(roster=path)) == []
    assert sorted(adults(database)) == ["Олег Ким", "Ольга Ким"]


def test_later_change_of_the_list_is_told_and_not_taken_over(database: Database, tmp_path: Path) -> None:
    path = write(tmp_path / "list.csv", ANNA)
    follow_class(database, klass(roster=path))
    assert follow_class(database, klass(roster=path)) == []
    write(path, ANNA, BORIS)
    before = dump(database)
    (question,) = follow_class(database, klass(roster=path))
    assert question.sentence == (
        f"The list {path} has changed since it was imported. To see what is new: classroom-matrix roster import {path}"
    )
    assert dump(database) == before
    carry_out_import(database, klass(roster=path), class_list(ANNA, BORIS), NOW)
    assert follow_class(database, klass(roster=path)) == []


def test_class_that_everybody_has_left_is_not_filled_again_by_itself(database: Database, tmp_path: Path) -> None:
    path = write(tmp_path / "list.csv", BORIS)
    follow_class(database, klass(roster=path))
    (family,) = people.load_roster(database, HERE).families
    leavers.take_out_pupil(database, HERE, family.pupils[0].id)
    leavers.take_out_person(database, HERE, family.guardians[0].id)
    assert follow_class(database, klass(roster=path)) == []
    assert adults(database) == {}
    assert change(database, BORIS) == [
        ("new", 2, "Борис Лев", "ATTENTION: has left already, and is still in this list; would come back"),
        ("new", 2, "Борис Лев", "new, with Инна Лев"),
    ]


def test_staff_are_followed_at_once_although_the_list_is_not(database: Database, tmp_path: Path) -> None:
    path = write(tmp_path / "list.csv", ANNA)
    follow_class(database, klass(roster=path))
    path.write_bytes(b"\0")
    staff = (StaffConfig("Смирнова Ольга", Role.TEACHER, UserId("@t:s")),)
    (question,) = follow_class(database, klass(roster=path, staff=staff))
    assert question.key == "roster-list-changed"
    assert [person.name for person in people.load_roster(database, HERE).staff] == ["Ольга Смирнова"]


def test_reading_again_asks_what_is_unclear_and_changes_nothing(database: Database, tmp_path: Path) -> None:
    path = write(tmp_path / "list.csv", ANNA)
    follow_class(database, klass(roster=path))
    write(path, ANNA + "аллергия")
    before = dump(database)
    assert [question.key for question in follow_class(database, klass(roster=path), again=True)] == [
        "roster-note-unclear",
        "roster-list-changed",
    ]
    assert dump(database) == before


def test_class_that_continues_another_waits_for_its_families(database: Database, tmp_path: Path) -> None:
    load(database, ANNA, class_id=THERE)
    path = write(tmp_path / "list.csv", ANNA)
    (question,) = follow_class(database, klass(roster=path, continues=THERE))
    assert "classroom-matrix rollover 1a-2026 3b-2026" in question.sentence
    assert adults(database) == {}


# ── Pupils with accounts, consents ──────────────────────────────────────────────────────────────────────────────────


def test_pupils_become_people_where_the_class_wants_it(database: Database) -> None:
    difference = carry_out_import(database, klass(pupil_accounts=True), class_list(ANNA, BORIS), NOW)
    roster = people.load_roster(database, HERE)
    pupils = {pupil.id: pupil for family in roster.families for pupil in family.pupils}
    assert {person.id: (person.name, person.role, person.family_id) for person in roster.pupil_people} == {
        id_: (pupil.name, Role.PUPIL, pupil.family_id) for id_, pupil in pupils.items()
    }
    assert {person.household_id for person in roster.pupil_people} == {None}
    assert [person.id for person in roster.people()][-2:] == [person.id for person in roster.pupil_people]
    assert not pupils.keys() & {guardian.id for family in roster.families for guardian in family.guardians}
    assert difference.of(Kind.LEFT) == []
    assert not carry_out_import(database, klass(pupil_accounts=True), class_list(ANNA, BORIS), NOW).changed
    assert follow_pupils(database, HERE, accounts=False) == 2
    assert people.load_roster(database, HERE).pupil_people == ()
    assert follow_pupils(database, HERE, accounts=True) == 2


def consents_of(database: Database) -> dict[str, bool]:
    ((_, said),) = consents.of_class(database, HERE).items()
    return {use.value: given for use, given in said.items()}


def test_consent_that_a_person_entered_is_never_overwritten_by_a_list(database: Database) -> None:
    load(database, ANNA + ";да;", heading=WITH_PHOTOS)
    (pupil,) = people.load_roster(database, HERE).families[0].pupils
    assert consents_of(database) == {"album": True}
    teacher = next(iter(adults(database).values())).id
    consents.enter(database, pupil.id, PhotoUse.ALBUM, given=False, source=teacher, now=2.0)
    assert not load(database, ANNA + ";да;", heading=WITH_PHOTOS).changed
    assert consents_of(database) == {"album": False}
    load(database, ANNA + "не фотографировать;;", heading=WITH_PHOTOS)
    consents.enter(database, pupil.id, PhotoUse.PUBLIC, given=True, source=teacher, now=3.0)
    assert not load(database, ANNA + "не фотографировать;;", heading=WITH_PHOTOS).changed
    assert consents_of(database) == {"album": False, "download": False, "publication": False, "public": True}


def test_consent_of_a_list_ends_with_the_list(database: Database) -> None:
    load(database, ANNA + ";да;", heading=WITH_PHOTOS)
    load(database, ANNA)  # has no such column: says nothing
    assert consents_of(database) == {"album": True}
    assert load(database, ANNA + ";;", heading=WITH_PHOTOS).changes == 1
    assert consents_of(database) == {"album": False}


def test_time_of_a_consent_is_when_it_was_imported(database: Database) -> None:
    carry_out_import(database, klass(), class_list(ANNA + ";да;", heading=WITH_PHOTOS), NOW)
    (pupil,) = people.load_roster(database, HERE).families[0].pupils
    consent = consents.of_pupil(database, pupil.id)[PhotoUse.ALBUM]
    assert (consent.source, datetime.fromtimestamp(consent.at, UTC).year) == ("list", 2026)
    assert consent.at < time.time() + 1e9
