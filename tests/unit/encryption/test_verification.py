"""Requests for verification that come to-device."""

from __future__ import annotations

from typing import Any

import pytest

from classroom_matrix.encryption.verification import CANCEL, answer

REQUEST = {"from_device": "LAPTOP", "transaction_id": "t1", "methods": ["m.sas.v1"], "timestamp": 1}


@pytest.mark.parametrize("kind", ["m.key.verification.request", "m.key.verification.start"])
def test_what_opens_a_dialog_is_cancelled_under_its_own_number(kind: str) -> None:
    answered = answer(kind, "@anna:school.example", REQUEST)
    assert answered is not None
    type_, content = answered
    assert (type_, content["transaction_id"], content["code"]) == (CANCEL, "t1", "m.user")
    assert content["reason"]


@pytest.mark.parametrize("step", ["ready", "accept", "key", "mac", "done", "cancel"])
def test_later_steps_get_no_answer_so_that_two_programs_never_answer_each_other(step: str) -> None:
    assert answer(f"m.key.verification.{step}", "@anna:school.example", REQUEST) is None


@pytest.mark.parametrize(
    "wrong",
    [{"transaction_id": None}, {"transaction_id": ""}, {"transaction_id": "x" * 256}, {"from_device": 5}, {"from_device": ""}],
)
def test_request_that_cannot_be_answered_is_left_alone(wrong: dict[str, Any]) -> None:
    assert answer("m.key.verification.request", "@anna:school.example", {**REQUEST, **wrong}) is None


def test_other_events_are_none_of_its_business() -> None:
    assert answer("m.room_key", "@anna:school.example", REQUEST) is None
