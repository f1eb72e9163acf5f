"""What waits for somebody, and what they may open, goes with them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from classroom_matrix.domain.content import FileContent
from classroom_matrix.domain.ids import ClassId, FamilyId, HouseholdId, PersonId, UserId
from classroom_matrix.domain.people import Role
from classroom_matrix.domain.time import QuietHours
from classroom_matrix.matrix.parcel import pack
from classroom_matrix.storage import calendar_keys, erasure, held, leavers, outbox, people, register
from classroom_matrix.storage.calendar_keys import CalendarOwner
from classroom_matrix.storage.database import Database
from classroom_matrix.storage.erasure import Traces
from classroom_matrix.storage.outbox import Effect
from classroom_matrix.storage.tables import QuestionRow, ReceiptRow, RoomRow

CLASS, FAMILY, HOME, OTHER = ClassId("3b"), FamilyId("f1"), HouseholdId("h1"), HouseholdId("h2")


@pytest.fixture
def database() -> Iterator[Database]:
    opened = Database(":memory:")
    yield opened
    opened.close()


def run(database: Database, function: Any, *arguments: Any) -> Any:
    return database._thread.submit(function, *arguments).result()


def letter(key: str, home: HouseholdId, text: str = "x", kind: str = "send") -> Effect:
    content = (
        pack(FileContent("a.ics", "text/calendar", text.encode())) if kind == "file" else msgspec.json.encode({"body": text})
    )
    return Effect(key, kind, None, "m.room.message", content, household_id=home, class_id=CLASS)


def fill(database: Database) -> str:
    """Anna (p1) and Pavel (p2) live in HOME, Olga (p3) in OTHER. Returns the secret of HOME's calendar."""
    for number, home in ((1, HOME), (2, HOME), (3, OTHER)):
        person = register.add_person(database, f"P{number}", user_id=UserId(f"@p{number}:x"), person_id=PersonId(f"p{number}"))
        register.set_member(database, CLASS, person, Role.GUARDIAN, family_id=FAMILY, household_id=home)
        QuestionRow.create(room_id=f"!d{number}", person_id=person, class_id=CLASS, kind="which", meanings="[]", at=1)
        ReceiptRow.create(room_id="!a", user_id=f"@p{number}:x", at=1)
        people.set_quiet(database, person, QuietHours.of("22:00-08:00"))
    RoomRow.create(room_id="!a", class_id=CLASS, role="announcements")
    held.put(database, [letter("k1|1", HOME), letter("k1|2", OTHER)], 5.0)
    return calendar_keys.new(database, CalendarOwner(CLASS, HOME), PersonId("p2"), 0.0)


def left(database: Database) -> dict[str, list[str]]:
    return {
        "letters": [row[0] for row in database.execute("SELECT household_id FROM held_letter ORDER BY id")],
        "questions": [row[0] for row in database.execute("SELECT person_id FROM question ORDER BY person_id")],
        "receipts": [row[0] for row in database.execute("SELECT user_id FROM receipt ORDER BY user_id")],
        "quiet": [row[0] for row in database.execute("SELECT id FROM person WHERE quiet IS NOT NULL ORDER BY id")],
    }


def test_a_household_s_letters_stay_until_the_last_of_its_adults_has_left(database: Database) -> None:
    secret = run(database, fill, database)
    run(database, leavers.take_out_person, database, CLASS, PersonId("p1"))
    assert run(database, left, database) == {
        "letters": ["h1", "h2"],
        "questions": ["p2", "p3"],
        "receipts": ["@p2:x", "@p3:x"],
        "quiet": ["p2", "p3"],
    }
    assert run(database, calendar_keys.owner_of, database, secret) is None
    run(database, leavers.take_out_person, database, CLASS, PersonId("p2"))
    assert run(database, left, database)["letters"] == ["h2"]


def test_erasure_leaves_nothing_that_waits_for_them_or_names_them(database: Database) -> None:
    secret = run(database, fill, database)
    named = [letter("k2|1", OTHER, "от Анны"), letter("k2|2", OTHER, "от Анны", "file"), letter("k2|3", OTHER, "h1")]

    def erase() -> list[str]:
        held.put(database, named, 5.0)
        outbox.add(database, [letter("k3|1", OTHER, "от Анны", "file"), letter("k3|2", OTHER, "от Ольги", "file")], 0.0)
        QuestionRow.update(meanings='["от Анны"]').where(QuestionRow.person_id == "p3").execute()
        homes = frozenset({"h1"})
        traces = Traces(frozenset({"p1", "p2"}), frozenset(), homes, frozenset({"@p1:x", "@p2:x"}), frozenset())
        erasure.remove_words(database, traces, lambda text: "Анны" in text)
        erasure.remove_people(database, traces)
        return [row[0] for row in database.execute("SELECT key FROM outbox WHERE state = 0")]

    assert run(database, erase) == ["k3|2"]
    assert run(database, left, database) == {"letters": ["h2", "h2"], "questions": [], "receipts": ["@p3:x"], "quiet": ["p3"]}
    assert run(database, calendar_keys.owner_of, database, secret) is None
    kept = run(database, lambda: database.execute("SELECT content FROM outbox ORDER BY seq").fetchall())
    assert [content == b"{}" for (content,) in kept] == [True, False]


def test_released_letters_go_to_the_desk_where_there_is_one(database: Database) -> None:
    def release() -> list[tuple[str, str | None]]:
        fill(database)
        RoomRow.create(room_id="!old", class_id=CLASS, role="desk", household_id="h1", replaced_by="!new")
        RoomRow.create(room_id="!new", class_id=CLASS, role="desk", household_id="h1")
        RoomRow.create(room_id="!elsewhere", class_id="4a", role="desk", household_id="h2")
        held.release(database, 5.0)
        return [(effect.key, effect.room_id) for effect in outbox.waiting(database, 0, 10)]

    assert run(database, release) == [("k1|1", "!new"), ("k1|2", None)]
