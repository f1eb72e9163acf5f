"""Slips: drawing them, and telling whether somebody typed the right words.

Wrong words are counted for each slip, in the database: after a few of them the slip waits, longer each time, never for ever
and never anybody else's. A try is counted before the slow comparison, so that a hundred tries at once are a hundred tries.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from ..domain.ids import PersonId
from ..storage import invitations, people
from ..storage.database import Database
from .slips.secret import hashed, matches
from .slips.words import canonical, draw_words

_HANDLE_LETTERS = "bcdfghjkmnpqrstvwxz23456789"  # none that look alike, and no vowels: a handle is no word
_HANDLE_LENGTH = 8  # 27^8: 38 bits, enough that handles cannot be found by trying; they are no secret

FREE_TRIES = 5
_FIRST_WAIT, _LONGEST_WAIT = 60.0, 3600.0  # seconds after a wrong try, doubling


# ── Drawing ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class DrawnSlip:
    """A slip that is not issued yet. `words` go to paper and nowhere else; `secret` is their hash."""

    person_id: PersonId
    handle: str
    words: tuple[str, ...]
    secret: str


def draw_slip(person_id: PersonId, language: str) -> DrawnSlip:
    """Takes about 75 ms of a core: not in the loop's thread, and not in the database's.

    A handle that exists already is so rare (one in ten million schools) that issuing it may fail and be done again.
    """
    words = draw_words(language)
    handle = "".join(secrets.choice(_HANDLE_LETTERS) for _ in range(_HANDLE_LENGTH))
    return DrawnSlip(person_id, handle, words, hashed(" ".join(words)))


def issue(database: Database, slips: Iterable[DrawnSlip], now: float, expires_at: float) -> None:
    """From now on these are the good ones. In the database's thread; the accounts exist."""
    with database.transaction():
        for slip in slips:
            invitations.issue(database, slip.person_id, handle=slip.handle, secret=slip.secret, now=now, expires_at=expires_at)


# ── Verifying ───────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to say to somebody who typed words. `retry_after`: seconds, where `kind` is "wait"."""

    kind: Literal["right", "wrong", "wait", "expired", "used", "unknown"]
    person_id: PersonId | None = None
    retry_after: float | None = None


@dataclass(frozen=True, slots=True)
class _Try:
    """A try that is counted. `verdict`: what is known without comparing; then `secret` is None."""

    verdict: Verdict | None
    person_id: PersonId | None = None
    secret: str | None = None


async def verify(database: Database, handle: str, typed: str, now: float) -> Verdict:
    """Whether these are the words of the slip; the right ones are noted as such.

    Takes equally long for right and wrong words and for slips that do not exist; only who has to wait is told at once.

    Args:
        database: open.
        handle: as it stands in the address.
        typed: by anybody, in any form.
        now: UTC seconds.
    """
    attempt = await database.call(_begin, database, handle, now)
    if attempt.verdict and attempt.verdict.kind == "wait":
        return attempt.verdict
    right = await asyncio.to_thread(_compare, typed, attempt.secret)
    if attempt.verdict is not None:
        return attempt.verdict
    return await database.call(_end, database, handle, attempt, right, now)


def check_words(database: Database, handle: str, typed: str, now: float) -> Verdict:
    """`verify` in one go, for whoever is in the database's thread and may stay there."""
    attempt = _begin(database, handle, now)
    if attempt.verdict and attempt.verdict.kind == "wait":
        return attempt.verdict
    right = _compare(typed, attempt.secret)
    if attempt.verdict is not None:
        return attempt.verdict
    return _end(database, handle, attempt, right, now)


def _compare(typed: str, secret: str | None) -> bool:
    return matches(canonical(typed), secret)


def _begin(database: Database, handle: str, now: float) -> _Try:
    with database.transaction():
        invitation = invitations.of_handle(database, handle)
        if invitation is None or not people.classes_of_person(database, invitation.person_id):
            return _Try(Verdict("unknown"))  # left the school, or came under a court limit, since the slip was printed
        if invitation.arrived_at is not None or invitation.secret is None:
            return _Try(Verdict("used"))
        if invitation.expires_at is not None and invitation.expires_at <= now:
            return _Try(Verdict("expired"))
        wait = _wait(invitation.wrong, invitation.wrong_at, now)
        if wait > 0:
            return _Try(Verdict("wait", retry_after=wait))
        invitations.failed(database, invitation.person_id, now)
        return _Try(None, invitation.person_id, invitation.secret)


def _end(database: Database, handle: str, attempt: _Try, right: bool, now: float) -> Verdict:
    if not right or attempt.person_id is None:
        return Verdict("wrong")
    with database.transaction():
        invitation = invitations.of_handle(database, handle)
        if invitation is None or invitation.secret != attempt.secret:
            return Verdict("unknown")  # a new slip was made in this very moment
        invitations.proven(database, attempt.person_id, now)
        return Verdict("right", attempt.person_id)


def _wait(wrong: int, wrong_at: float | None, now: float) -> float:
    """Seconds until the next try; 0 or less if it may be now."""
    if wrong < FREE_TRIES or wrong_at is None:
        return 0.0
    pause = min(_LONGEST_WAIT, _FIRST_WAIT * 2.0 ** min(wrong - FREE_TRIES, 10))
    return min(pause, wrong_at + pause - now)  # a clock that was set back makes nobody wait longer
