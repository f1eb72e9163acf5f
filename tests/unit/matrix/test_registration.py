"""The registration asks for read receipts, and is rewritten where that changes; its tokens stay."""

from __future__ import annotations

from pathlib import Path

import yaml

from classroom_matrix.domain.ids import UserId
from classroom_matrix.matrix.registration import ensure_registration, is_outdated, read_registration

BOT, URL = UserId("@bot:school.localhost"), "http://127.0.0.1:9009"


def test_receipts_are_asked_for_unless_the_school_wants_none(tmp_path: Path):
    path = tmp_path / "registration.yaml"
    first = ensure_registration(path, user_id=BOT, url=URL)
    written = yaml.safe_load(path.read_text("utf-8"))
    assert (written["receive_ephemeral"], written["de.sorunome.msc2409.push_ephemeral"]) == (True, True)
    assert (is_outdated(path), is_outdated(path, receipts=False)) == (False, True)
    second = ensure_registration(path, user_id=BOT, url=URL, receipts=False)
    written = yaml.safe_load(path.read_text("utf-8"))
    assert written["receive_ephemeral"] is False
    assert "de.sorunome.msc2409.push_ephemeral" not in written
    assert (first.as_token, first.hs_token) == (second.as_token, second.hs_token)
    assert read_registration(path) == second


def test_registration_of_an_earlier_release_is_outdated(tmp_path: Path):
    path = tmp_path / "registration.yaml"
    ensure_registration(path, user_id=BOT, url=URL, receipts=False)
    assert is_outdated(path)
