from __future__ import annotations

import json
import logging
from typing import Any

import pytest

from classroom_matrix.accounts.answering import Answering
from classroom_matrix.accounts.audit import Audit, Peer, last_entries
from classroom_matrix.accounts.quotas import Quotas, quotas
from classroom_matrix.domain.ids import UserId

from .conftest import Office

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
