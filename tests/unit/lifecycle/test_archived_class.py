"""A class whose year is over is kept for reading: nothing that is written or due there does anything."""

from __future__ import annotations

from classroom_matrix.domain.ids import ClassId, FamilyId, HouseholdId
from classroom_matrix.domain.people import Role
from classroom_matrix.storage import archive, leavers, people, register, whereabouts
from classroom_matrix.storage.database import Database
from classroom_matrix.testing.conversation import CLASS, Conversation
from classroom_plugins.polls.plugin import plugin

POLL = "!опрос Куда едем? Музей; Зоопарк до завтра 18:00"


def test_commands_and_votes_do_nothing() -> None:
    with Conversation(plugin) as talk:
        talk.teacher.says(POLL)
        archive.archive(talk.database, CLASS, ClassId("4b"))
        before = talk.count_of_bot()
        talk.guardian(0).votes("Куда едем?", "Музей")
        talk.teacher.says("!опрос список")
        talk.guardian(0).says("!помощь")
        talk.advance(days=3)
        assert talk.count_of_bot() == before
        assert "Пока никто не проголосовал" in talk.card("Куда едем?").body


def test_account_of_an_archived_class_and_the_next_one_belongs_to_the_next_one() -> None:
    database = Database(":memory:")
    person = register.add_person(database, "Наталья", user_id="@m:s")  # type: ignore[arg-type]
    for class_id in ("3b", "4b"):
        register.set_member(database, ClassId(class_id), person, Role.GUARDIAN)
    archive.archive(database, ClassId("3b"), ClassId("4b"))
    assert whereabouts.classes_of(database, "@m:s") == ["4b"]
    database.close()


def test_leaver_belongs_to_no_class_and_comes_back_as_they_were() -> None:
    database = Database(":memory:")
    family = FamilyId("f1")
    person = register.add_person(database, "Наталья", user_id="@m:s")  # type: ignore[arg-type]
    limited = register.add_person(database, "Пётр", user_id="@f:s")  # type: ignore[arg-type]
    pupil = register.add_pupil(database, CLASS, family, name="Ксения Калинина", surname="Калинина", number=1)
    register.set_member(database, CLASS, person, Role.GUARDIAN, family_id=family, household_id=HouseholdId("h1"))
    register.set_member(database, CLASS, limited, Role.GUARDIAN, family_id=family, limited=True)
    before = database.execute(
        "SELECT person_id, role, family_id, household_id, limited FROM member ORDER BY person_id"
    ).fetchall()
    for one in (person, limited):
        leavers.take_out_person(database, CLASS, one)
    leavers.take_out_pupil(database, CLASS, pupil)
    assert leavers.has_left(database, CLASS, pupil)
    assert whereabouts.classes_of(database, "@m:s") == people.classes_of_person(database, person) == []
    assert register.departed(database, CLASS) == {"@m:s", "@f:s"}
    assert leavers.take_back(database, CLASS, pupil) == family
    after = database.execute(
        "SELECT person_id, role, family_id, household_id, limited FROM member ORDER BY person_id"
    ).fetchall()
    assert after == before
    assert not leavers.has_left(database, CLASS, pupil)
    assert leavers.take_back(database, CLASS, pupil) is None
    database.close()
