from __future__ import annotations

from pathlib import Path

import pytest

from classroom_matrix.domain.ids import PersonId, UserId
from classroom_matrix.domain.newcomers import newcomers
from classroom_matrix.domain.people import Person, Role
from classroom_matrix.roster.slips.due import Wanted, is_due
from classroom_matrix.storage.database import Database
from classroom_matrix.storage.invitations import Invitation
from tests.unit.roster.people_at_school import SmallClass

NOW = 100.0
ANNA = Person(PersonId("p1"), "Анна", Role.GUARDIAN)
DRAWN = {"person_id": PersonId("p1"), "user_id": UserId("@u:s")}
ISSUED = {**DRAWN, "created_at": 1.0, "handle": "h", "secret": "s", "issued_at": 1.0, "expires_at": 200.0}

NEW = Invitation(**DRAWN)
MADE = Invitation(**DRAWN, created_at=1.0)
PRINTED = Invitation(**ISSUED)
OPENED = Invitation(**ISSUED, opened_at=2.0)
WRONG = Invitation(**ISSUED, wrong=7, wrong_at=2.0)
EXPIRED = Invitation(**{**ISSUED, "expires_at": 50.0})
ARRIVED = Invitation(**{**ISSUED, "secret": None}, arrived_at=3.0)
ADMITTED = Invitation(**{**ISSUED, "secret": None}, arrived_at=3.0, admitted_at=4.0)


@pytest.mark.parametrize(
    ("invitation", "missing", "unused", "everybody"),
    [
        (None, True, True, True),
        (NEW, True, True, True),
        (MADE, True, True, True),
        (EXPIRED, True, True, True),
        (PRINTED, False, True, True),
        (OPENED, False, True, True),
        (WRONG, False, True, True),
        (ARRIVED, False, False, True),
        (ADMITTED, False, False, True),
    ],
)
def test_a_slip_is_for_those_who_cannot_come_in_without(
    invitation: Invitation | None, missing: bool, unused: bool, everybody: bool
):
    answers = [is_due(ANNA, invitation, wanted, NOW) for wanted in (Wanted.MISSING, Wanted.UNUSED, Wanted.ALL)]
    assert answers == [missing, unused, everybody]


def test_a_slip_whose_file_may_be_missing_is_made_anew_unless_somebody_used_it():
    unwritten = [ANNA.id]
    answers = [is_due(ANNA, one, Wanted.MISSING, NOW, unwritten=unwritten) for one in (PRINTED, OPENED, ARRIVED)]
    assert answers == [True, False, False]


def test_whose_account_it_made_gets_none():
    own = Person(PersonId("p2"), "Ольга Петровна", Role.TEACHER, UserId("@teacher:s"))
    assert not is_due(own, None, Wanted.ALL, NOW)


def test_newcomers_stand_in_the_order_of_the_list_staff_last(tmp_path: Path):
    database = Database(tmp_path / "a.db")
    klass = SmallClass(database)
    names = [(one.person.name, len(one.pupils)) for one in newcomers(klass.roster())]
    by_name = [one.person.name for one in newcomers(klass.roster(), {klass.phoned, klass.limited, klass.specialist})]
    database.close()
    assert names == [
        ("Анна Беляева", 2),
        ("Павел Беляев", 2),
        ("Ольга Ким", 1),
        ("Зоя Ким", 1),
        ("Ольга Петровна", 0),
        ("Инна Психолог", 0),
    ]
    assert by_name == ["Вера Попова", "Инна Психолог"]
