from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from classroom_matrix.domain.ids import PersonId
from classroom_matrix.roster.invitations import FREE_TRIES, DrawnSlip, check_words, draw_slip, issue, verify
from classroom_matrix.roster.new_accounts import draw_user_id
from classroom_matrix.storage import invitations, register
from classroom_matrix.storage.database import Database
from tests.unit.roster.people_at_school import CLASS, SERVER, SmallClass

NOW = 1_000_000.0
DAY = 86_400.0


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(tmp_path / "classroom.db")
    yield database
    database.close()


@pytest.fixture
def klass(database: Database) -> SmallClass:
    return SmallClass(database)


def given(database: Database, person_id: PersonId, *, expires: float = NOW + DAY) -> DrawnSlip:
    with database.transaction():
        if invitations.of_person(database, person_id) is None:
            invitations.reserve(database, person_id, draw_user_id(SERVER))
            invitations.created(database, person_id, NOW)
        slip = draw_slip(person_id, "ru")
        issue(database, [slip], NOW, expires)
    return slip


def typed(slip: DrawnSlip) -> str:
    return " ".join(slip.words)


def test_the_right_words_are_right_in_any_form(database: Database, klass: SmallClass):
    slip = given(database, klass.anna)
    verdict = check_words(database, slip.handle, "-".join(slip.words).upper(), NOW)
    assert (verdict.kind, verdict.person_id) == ("right", klass.anna)
    assert invitations.of_person(database, klass.anna).proven_at == NOW


def test_another_persons_words_are_wrong(database: Database, klass: SmallClass):
    anna, pavel = given(database, klass.anna), given(database, klass.pavel)
    assert check_words(database, anna.handle, typed(pavel), NOW).kind == "wrong"
    assert invitations.of_person(database, klass.anna).wrong == 1
    assert invitations.of_person(database, klass.pavel).wrong == 0


def test_a_slip_waits_after_wrong_words_longer_each_time_and_never_for_ever(database: Database, klass: SmallClass):
    slip = given(database, klass.anna, expires=NOW + 30 * DAY)
    for _ in range(FREE_TRIES):
        assert check_words(database, slip.handle, "лимон", NOW).kind == "wrong"
    now, waits = NOW, []
    for _ in range(9):
        verdict = check_words(database, slip.handle, typed(slip), now)
        assert verdict.kind == "wait"
        waits.append(verdict.retry_after)
        now += verdict.retry_after
        assert check_words(database, slip.handle, "лимон", now).kind == "wrong"
    assert waits == [60, 120, 240, 480, 960, 1920, 3600, 3600, 3600]
    assert check_words(database, slip.handle, typed(slip), now + 3600).kind == "right"
    assert check_words(database, slip.handle, "лимон", now + 3600).kind == "wrong"


def test_wrong_words_are_counted_across_a_restart(tmp_path: Path):
    first = Database(tmp_path / "a.db")
    klass = SmallClass(first)
    slip = given(first, klass.anna)
    for _ in range(FREE_TRIES):
        check_words(first, slip.handle, "лимон", NOW)
    first.close()
    second = Database(tmp_path / "a.db")
    assert check_words(second, slip.handle, typed(slip), NOW + 1).kind == "wait"
    second.close()


async def test_a_hundred_tries_at_once_are_a_hundred_tries(database: Database, klass: SmallClass):
    slip = given(database, klass.anna)
    verdicts = await asyncio.gather(*(verify(database, slip.handle, "лимон", NOW) for _ in range(30)))
    assert [verdict.kind for verdict in verdicts].count("wrong") == FREE_TRIES
    assert [verdict.kind for verdict in verdicts].count("wait") == 30 - FREE_TRIES


def test_one_slip_that_waits_stops_no_other(database: Database, klass: SmallClass):
    anna, pavel = given(database, klass.anna), given(database, klass.pavel)
    for _ in range(FREE_TRIES):
        check_words(database, anna.handle, "лимон", NOW)
    assert check_words(database, pavel.handle, typed(pavel), NOW).kind == "right"


@pytest.mark.parametrize("later", [DAY, DAY + 1, 100 * DAY])
def test_an_expired_slip_opens_nothing(database: Database, klass: SmallClass, later: float):
    slip = given(database, klass.anna, expires=NOW + DAY)
    assert check_words(database, slip.handle, typed(slip), NOW + later).kind == "expired"


def test_words_are_used_once(database: Database, klass: SmallClass):
    slip = given(database, klass.anna)
    invitations.arrived(database, klass.anna, NOW)
    assert check_words(database, slip.handle, typed(slip), NOW).kind == "used"
    assert check_words(database, slip.handle, "лимон", NOW).kind == "used"


def test_a_new_slip_ends_the_old_one_and_its_sessions(database: Database, klass: SmallClass):
    old = given(database, klass.anna)
    check_words(database, old.handle, typed(old), NOW)
    invitations.begin_session(database, "token", klass.anna, NOW + DAY)
    new = given(database, klass.anna)
    assert check_words(database, old.handle, typed(old), NOW).kind == "unknown"
    assert invitations.session(database, "token", NOW) is None
    assert check_words(database, new.handle, typed(new), NOW).kind == "right"


async def test_a_slip_that_is_replaced_while_its_words_are_compared_opens_nothing(database: Database, klass: SmallClass):
    old = given(database, klass.anna)
    comparing = asyncio.create_task(verify(database, old.handle, typed(old), NOW))
    while (await database.call(invitations.of_person, database, klass.anna)).wrong == 0:
        await asyncio.sleep(0)  # the condition is in the database
    await database.call(given, database, klass.anna)
    assert (await comparing).kind == "unknown"


def test_a_court_limit_that_comes_later_closes_the_slip(database: Database, klass: SmallClass):
    slip = given(database, klass.anna)
    database.execute("UPDATE member SET limited = 1 WHERE person_id = ?", (klass.anna,))
    assert check_words(database, slip.handle, typed(slip), NOW).kind == "unknown"


def test_somebody_who_has_left_the_class_cannot_come_in(database: Database, klass: SmallClass):
    slip = given(database, klass.anna)
    register.remove_member(database, CLASS, klass.anna)
    assert check_words(database, slip.handle, typed(slip), NOW).kind == "unknown"


@pytest.mark.parametrize("handle", ["", "nothing", "' OR 1=1", "\0", "я" * 1000])
def test_a_slip_that_does_not_exist_is_unknown(database: Database, klass: SmallClass, handle: str):
    given(database, klass.anna)
    assert check_words(database, handle, "лимон", NOW).kind == "unknown"


def test_only_a_hash_of_the_words_is_stored(tmp_path: Path):
    database = Database(tmp_path / "a.db")
    slip = given(database, SmallClass(database).anna)
    database.close()
    stored = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert slip.handle.encode() in stored
    assert [word for word in slip.words if len(word) > 4 and word.encode() in stored] == []
