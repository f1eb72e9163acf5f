"""What was begun and not ended is said, gone on with, and in the way of what must not happen meanwhile."""

from __future__ import annotations

import json

import pytest

from classroom_matrix.domain.ids import ClassId, RoomId
from classroom_matrix.errors import TemporaryError, UserError
from classroom_matrix.lifecycle import leaving, rollover
from classroom_matrix.lifecycle import record as records
from classroom_matrix.lifecycle.whom import find
from classroom_matrix.storage import begun, outbox, people
from classroom_matrix.storage.erasure import search
from classroom_matrix.terminal.begun import sentences
from classroom_matrix.terminal.words import words

from .conftest import NewStage
from .scene import Stage
from .test_erasure import erase, with_words
from .test_leaving import leave

FATHER = "Калинин Пётр Ильич"


def begin_to_erase(stage: Stage, who: str = "Ксения Калинина") -> records.Record:
    (match,) = find(stage.database, who)
    record = records.record_for(stage.database, match, stage.folder / "proof.json", stage.now)
    record.asked = "1"
    records.begin(stage.database, record, stage.now)
    return record


@pytest.mark.parametrize("locale", ["ru_RU.UTF-8", "C"])
async def test_an_erasure_that_was_cut_off_is_told_without_names(
    new_stage: NewStage, monkeypatch: pytest.MonkeyPatch, locale: str
) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    stage = await new_stage()
    record = begin_to_erase(stage)
    (said,) = sentences(stage.database, words())
    assert [part in said for part in (record.id, "3b", "erase --resume", "Калинин")] == [True, True, True, False]
    await erase(stage)
    assert sentences(stage.database, words()) == []


async def test_an_erasure_is_found_again_by_what_was_typed(new_stage: NewStage) -> None:
    stage = await new_stage()
    begin_to_erase(stage)
    (record,) = records.unfinished(stage.database)
    assert [records.is_for(record, who) for who in ("1", "Калинина Ксения", "2", "")] == [True, True, False, False]


async def test_nothing_of_a_family_goes_out_while_it_is_erased(new_stage: NewStage) -> None:
    stage = await new_stage()
    record = begin_to_erase(stage)
    kalinins, others = ([record.family or ""], [find(stage.database, "Лев Орлов")[0].family_id or ""])
    for named in ({"people": kalinins}, {"classes": ["3b"]}):
        with pytest.raises(UserError):
            records.refuse_unfinished(stage.database, **named)
    records.refuse_unfinished(stage.database, people=others)
    await erase(stage)
    records.refuse_unfinished(stage.database, people=kalinins, classes=["3b"])


async def test_no_year_is_turned_while_an_erasure_is_not_through(new_stage: NewStage) -> None:
    stage = await new_stage()
    begin_to_erase(stage)
    old, new = stage.config.klass("3b"), stage.config.klass("4b")
    for attempt in (rollover.rehearse, rollover.turn):
        with pytest.raises(UserError) as told:
            attempt(stage.database, stage.config, old, new, stage.now)
        assert told.value.key == "rollover-erasure"
    assert begun.years(stage.database) == []


async def test_a_year_is_begun_until_everything_is_done(new_stage: NewStage) -> None:
    stage = await new_stage()
    old, new = stage.config.klass("3b"), stage.config.klass("4b")
    rollover.rehearse(stage.database, stage.config, old, new, stage.now)
    assert begun.years(stage.database) == []
    turned = rollover.turn(stage.database, stage.config, old, new, stage.now)
    assert begun.years(stage.database) == [begun.Year(ClassId("3b"), ClassId("4b"))]
    await rollover.carry_out(stage.house(), old, new, turned)
    assert sentences(stage.database, words()) == []


async def test_a_leave_is_begun_until_the_accounts_are_locked(new_stage: NewStage) -> None:
    stage = await new_stage()
    stage.accounts.failures["lock"] = [TemporaryError("quota", retry_after=3600.0)]
    await leave(stage, "Вера Зайцева")
    assert [(one.class_id, one.number) for one in begun.leaves(stage.database)] == [("3b", 5)]
    assert "leave 5 --class 3b" in sentences(stage.database, words())[0]
    await leave(stage, "Вера Зайцева")
    assert begun.leaves(stage.database) == []


async def test_one_of_two_parents_leaves_the_other_in_the_desk(new_stage: NewStage) -> None:
    stage = await new_stage()
    (match,) = find(stage.database, FATHER, ClassId("3b"))
    assert leaving.departure_of(stage.database, stage.config, match).sharing == ("Калинина Наталья Ивановна",)
    (match,) = find(stage.database, "Орлов Глеб")
    assert leaving.departure_of(stage.database, stage.config, match).sharing == ()


async def test_what_waits_in_the_outbox_under_a_familys_name_is_no_leftover(new_stage: NewStage) -> None:
    stage = await with_words(new_stage)
    home = people.load_roster(stage.database, ClassId("3b")).families[0].households[0].id
    staff = stage.room("staff")
    effects = [outbox.Effect(f"about|{home}|1", "send", staff, "m.room.message", b"{}")]
    outbox.add(stage.database, effects, stage.now)
    record, left = await erase(stage)
    assert (left.count, search(stage.database, record.names.found_in, record.traces.ids)) == (0, {})
    waiting = stage.database.execute("SELECT COUNT(*) FROM outbox WHERE state = 0 AND key LIKE 'erased|%'").fetchone()[0]
    assert (waiting, records.unfinished(stage.database)) == (0, [])


async def test_an_erasure_that_left_something_over_is_repeated_until_nothing_is(new_stage: NewStage) -> None:
    stage = await with_words(new_stage)
    house = stage.house()
    talk = RoomId(stage.room("talk"))
    real = house.gateway.redact
    refusing = [True]

    async def redact(*arguments: object, **named: object) -> object:
        if refusing[0] and arguments[0] == talk:
            from classroom_matrix.errors import PermanentError

            raise PermanentError("M_FORBIDDEN", 403)
        return await real(*arguments, **named)

    house.gateway.redact = redact
    _, left = await erase(stage, house=house)
    assert left.events[talk] > 0
    assert len(records.unfinished(stage.database)) == 1
    refusing[0] = False
    record, left = await erase(stage, house=house)
    assert (left.count, records.unfinished(stage.database)) == (0, [])
    proof = json.loads((stage.folder / "proof.json").read_text("utf-8"))
    assert (proof["check"]["nothing_found"], proof["erasure"]) == (True, record.id)
