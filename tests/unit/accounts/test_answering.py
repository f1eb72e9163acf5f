from __future__ import annotations

import json
import logging
from typing import Any

import pytest

from classroom_matrix.accounts.answering import Answering
from classroom_matrix.accounts.audit import Audit, Peer, last_entries
from classroom_matrix.accounts.quotas import Quotas, quotas
from classroom_matrix.domain.ids import RoomId, UserId
from classroom_matrix.errors import TemporaryError

from .conftest import Office
from .keeper import BOT

USER = UserId("@u4k7:school.localhost")


def answering(office: Office, **allowed: int) -> Answering:
    audit = Audit(office.ledger, office.clock.seconds)
    counted = Quotas(office.ledger, quotas(allowed), office.clock.seconds)
    return Answering(office.verbs, office.ledger, counted, audit, office.clock.seconds)


async def ask(asked: Answering, verb: str, **arguments: Any) -> tuple[int, dict[str, Any]]:
    answer = await asked.answer(verb, json.dumps(arguments).encode(), Peer(1000, 42))
    return answer.status, json.loads(answer.body)


async def test_a_verb_is_done_and_logged(office: Office) -> None:
    assert await ask(answering(office), "create", user_id=USER, name="Анна", request="1") == (200, {"result": None})
    [entry] = last_entries(office.path, 9)
    assert (entry.verb, entry.about, entry.result, entry.uid) == ("create", USER, "done", 1000)
    assert entry.at == office.clock.seconds()


@pytest.mark.parametrize(
    ("verb", "arguments"),
    [
        ("create", {"user_id": USER, "name": "Анна"}),
        ("create", {"user_id": USER, "name": "Анна", "request": "1", "admin": True}),
        ("create", {"user_id": 7, "name": "Анна", "request": "1"}),
        ("lock", {"user_id": "Анна Орлова"}),
        ("lock", {"user_id": "@анна:school.localhost"}),
        ("lock", {"user_id": "@" + "x" * 300}),
        ("lock", {"user_id": "@a\n2026-01-01 done:x"}),
        ("purge", {"room_id": USER}),
        ("let_in", {"user_id": USER, "rooms": ["#alias:x"]}),
        ("logged_in", {"users": [USER] * 5_001}),
        ("exempt", {"user_id": USER}),
    ],
)
async def test_arguments_that_do_not_fit_are_refused_and_logged_nowhere(
    office: Office, verb: str, arguments: dict[str, Any]
) -> None:
    status, body = await ask(answering(office), verb, **arguments)
    assert (status, body["errcode"]) == (400, "M_BAD_JSON")
    assert not last_entries(office.path, 9)
    assert office.keeper.requests == 0


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"\xff\xfe", b"null", b'{"user_id": "@a\\ud800:x"}'])
async def test_bytes_that_are_no_arguments_are_refused(office: Office, body: bytes) -> None:
    assert (await answering(office).answer("lock", body, Peer())).status == 400


async def test_an_unknown_verb_is_refused(office: Office) -> None:
    status, body = await ask(answering(office), "make_admin", user_id=USER)
    assert (status, body["errcode"]) == (404, "M_UNRECOGNIZED")


async def test_over_quota_is_429_and_one_entry_a_minute(office: Office) -> None:
    asked = answering(office, unlock=1)
    for _ in range(4):
        status, body = await ask(asked, "unlock", user_id=USER)
    assert (status, body["errcode"]) == (429, "M_LIMIT_EXCEEDED")
    assert body["retry_after"] == 24 * 3600
    assert [entry.result for entry in last_entries(office.path, 9)] == ["M_NOT_OURS", "quota"]


async def test_a_later_password_counts_as_a_reset(office: Office) -> None:
    asked = answering(office, set_password=1, reset_password=2)
    await ask(asked, "create", user_id=USER, name="Анна", request="1")
    for _ in range(3):
        status, _ = await ask(asked, "set_password", user_id=USER, password="снег", log_out=False)
        assert status == 200
    status, body = await ask(asked, "set_password", user_id=USER, password="снег", log_out=False)
    assert (status, body["error"]) == (429, "the day's quota of reset_password is used up")


async def test_a_fault_of_ours_tells_nothing_of_what_was_asked(
    office: Office, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    words = "what was asked"

    async def breaks(user_id: UserId) -> None:
        raise RuntimeError(words)

    monkeypatch.setattr(office.keeper, "find", breaks)
    with caplog.at_level(logging.INFO):
        status, body = await ask(answering(office), "create", user_id=USER, name="Анна", request="1")
    assert status == 503
    assert words not in json.dumps(body) + caplog.text
    assert "create failed: RuntimeError" in caplog.text
    assert [entry.result for entry in last_entries(office.path, 9)] == ["later"]


async def test_a_ledger_that_cannot_be_written_is_for_later(office: Office) -> None:
    asked = answering(office)
    office.ledger.close()
    status, _ = await ask(asked, "lock", user_id=USER)
    office._open()
    assert status == 503


# ── What cannot be undone ───────────────────────────────────────────────────────────────────────────────────────────


async def people(office: Office, asked: Answering, count: int) -> list[UserId]:
    users = [UserId(f"@u{n}:school.localhost") for n in range(count)]
    for user_id in users:
        await ask(asked, "create", user_id=user_id, name="Анна", request=user_id)
    return users


async def test_an_erasure_that_is_begun_is_counted_however_it_goes_on(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = answering(office, erase=2)
    users = await people(office, asked, 4)

    async def still_busy(user_id: UserId) -> None:
        raise TemporaryError("the account is still leaving its rooms", retry_after=30)

    monkeypatch.setattr(office.verbs, "_wait_until_parted", still_busy)
    assert [(await ask(asked, "erase", user_id=user_id))[0] for user_id in users] == [503, 503, 429, 429]
    assert sum(account.closed for account in office.keeper.accounts.values()) == 2
    assert (await ask(asked, "erase", user_id=users[0]))[0] == 503
    monkeypatch.undo()
    assert (await ask(asked, "erase", user_id=users[0]))[0] == 200
    assert (await ask(asked, "erase", user_id=users[2]))[0] == 429


async def test_an_erasure_that_never_began_is_given_back(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = answering(office, erase=1)
    [user_id] = await people(office, asked, 1)

    async def away(user_id: UserId) -> None:
        raise TemporaryError("no homeserver")

    with monkeypatch.context() as patch:
        patch.setattr(office.keeper, "find", away)
        assert [(await ask(asked, "erase", user_id=user_id))[0] for _ in range(3)] == [503, 503, 503]
    assert (await ask(asked, "erase", user_id=user_id))[0] == 200


async def test_a_deletion_that_is_begun_is_counted_however_it_goes_on(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = answering(office, purge=2)
    rooms = [RoomId(f"!{n}:school.localhost") for n in range(4)]
    office.keeper.creators.update(dict.fromkeys(rooms, BOT))

    async def still_busy(room_id: RoomId) -> None:
        raise TemporaryError("still deleting", retry_after=30)

    with monkeypatch.context() as patch:
        patch.setattr(office.keeper, "delete_room", still_busy)
        assert [(await ask(asked, "purge", room_id=room_id))[0] for room_id in rooms] == [503, 503, 429, 429]
    assert [(await ask(asked, "purge", room_id=room_id))[0] for room_id in rooms] == [200, 200, 429, 429]


async def test_passwords_whose_answer_is_lost_are_counted(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = answering(office, reset_password=1)
    users = await people(office, asked, 3)
    for user_id in users:
        await ask(asked, "set_password", user_id=user_id, password="снег", log_out=False)
    done = office.keeper.set_password

    async def answer_is_lost(user_id: UserId, password: str, *, log_out: bool) -> None:
        await done(user_id, password, log_out=log_out)
        raise TemporaryError("no answer")

    monkeypatch.setattr(office.keeper, "set_password", answer_is_lost)
    statuses = [(await ask(asked, "set_password", user_id=one, password="вор", log_out=True))[0] for one in users]
    assert statuses == [503, 429, 429]
    assert [office.keeper.accounts[one].password for one in users] == ["вор", "снег", "снег"]
