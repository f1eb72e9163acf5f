"""From the bytes of a request to the bytes of its answer: the verb's arguments, its quota, the audit log, its errors."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from ..domain.ids import RoomId, UserId
from ..errors import PermanentError, StorageError, TemporaryError
from ..matrix.accounts import Accounts
from .audit import DONE, LATER, Audit, Peer
from .ledger import Ledger, State
from .quotas import RESET, Quotas

log = logging.getLogger(__name__)
_MOST = 5_000  # users or rooms in one request
_TELL_AGAIN = 60.0  # seconds between two entries about the same quota, so that a mad client fills no disk


class _Asked(msgspec.Struct, forbid_unknown_fields=True):
    """Arguments of a verb."""

    @property
    def about(self) -> str:
        return str(getattr(self, "user_id", getattr(self, "room_id", "")))


class _Account(_Asked):
    user_id: UserId


class _Create(_Account):
    name: str
    request: str


class _SetPassword(_Account):
    password: str
    log_out: bool


class _LoginToken(_Account):
    password: str


class _LetIn(_Account):
    rooms: list[RoomId]
    direct: list[RoomId] = []


class _LoggedIn(_Asked):
    users: list[UserId]

    @property
    def about(self) -> str:
        return f"{len(self.users)} accounts"


class _Room(_Asked):
    room_id: RoomId


class _Nothing(_Asked):
    pass


@dataclass(frozen=True, slots=True)
class _Verb:
    arguments: type[_Asked]
    run: Callable[[Accounts, Any], Awaitable[Any]]


_VERBS: Mapping[str, _Verb] = {
    "create": _Verb(_Create, lambda verbs, asked: verbs.create(asked.user_id, asked.name, asked.request)),
    "set_password": _Verb(
        _SetPassword, lambda verbs, asked: verbs.set_password(asked.user_id, asked.password, log_out=asked.log_out)
    ),
    "login_token": _Verb(_LoginToken, lambda verbs, asked: verbs.login_token(asked.user_id, asked.password)),
    "let_in": _Verb(_LetIn, lambda verbs, asked: verbs.let_in(asked.user_id, asked.rooms, direct=asked.direct)),
    "logged_in": _Verb(_LoggedIn, lambda verbs, asked: verbs.logged_in(asked.users)),
    "lock": _Verb(_Account, lambda verbs, asked: verbs.lock(asked.user_id)),
    "unlock": _Verb(_Account, lambda verbs, asked: verbs.unlock(asked.user_id)),
    "erase": _Verb(_Account, lambda verbs, asked: verbs.erase(asked.user_id)),
    "purge": _Verb(_Room, lambda verbs, asked: verbs.purge(asked.room_id)),
    "exempt": _Verb(_Nothing, lambda verbs, _: verbs.exempt()),
}
VERBS = frozenset(_VERBS)
_PASSWORDS = frozenset({"set_password"})
"""Given back never: an answer that is lost does not tell whether the password was set."""


@dataclass(frozen=True, slots=True)
class Answer:
    """`status`: HTTP's. `body`: JSON."""

    status: int
    body: bytes


class Answering:
    """Answers requests, whatever they come by."""

    def __init__(self, verbs: Accounts, ledger: Ledger, quotas: Quotas, audit: Audit, now: Callable[[], float]) -> None:
        self._verbs = verbs
        self._ledger = ledger
        self._quotas = quotas
        self._audit = audit
        self._now = now
        self._told: dict[str, float] = {}

    async def answer(self, name: str, body: bytes, peer: Peer) -> Answer:
        """Never raises: whatever goes wrong is an answer."""
        verb = _VERBS.get(name)
        if verb is None:
            return _refusal(404, "M_UNRECOGNIZED", "there is no such verb")
        try:
            asked = _understood(verb.arguments, body)
        except ValueError:
            return _refusal(400, "M_BAD_JSON", f"the arguments of {name} are not as they should be")
        try:
            return await self._do(name, verb, asked, peer)
        except StorageError as error:
            log.error("%s", error)  # noqa: TRY400 - a sentence for IT
            return _refusal(503, "M_UNKNOWN", "the ledger cannot be written")

    async def _do(self, name: str, verb: _Verb, asked: _Asked, peer: Peer) -> Answer:
        try:
            taken = None if self._is_begun(asked, name) else self._quotas.take(self._counted_as(name, asked))
        except TemporaryError as error:
            if self._now() - self._told.get(name, 0.0) >= _TELL_AGAIN:
                self._told[name] = self._now()
                self._audit.refused(name, peer)
            return _refusal(429, "M_LIMIT_EXCEEDED", str(error), error.retry_after)
        call = self._audit.begin(name, asked.about, peer)
        try:
            result = await verb.run(self._verbs, asked)
        except TemporaryError as error:
            answer, outcome = _refusal(503, "M_UNKNOWN", str(error), error.retry_after), LATER
        except PermanentError as error:
            status = error.status if 400 <= error.status < 500 and error.status != 429 else 400
            reason = str(error).removeprefix(f"{error.status} {error.errcode}").strip()
            answer, outcome = _refusal(status, error.errcode, reason), error.errcode
        except StorageError:
            raise
        except Exception as error:  # noqa: BLE001 - a boundary; the message may hold what was asked, so it is not logged
            log.error(  # noqa: TRY400
                "%s failed: %s\n%s", name, type(error).__name__, "".join(traceback.format_tb(error.__traceback__))
            )
            answer, outcome = _refusal(503, "M_UNKNOWN", "a fault of the accounts process; its log says where"), LATER
        else:
            answer, outcome = Answer(200, msgspec.json.encode({"result": _plain(result)})), DONE
        if outcome == LATER and taken is not None and name not in _PASSWORDS and not self._is_begun(asked, name):
            self._quotas.give_back(taken)
        self._audit.end(call, name, asked.about, outcome, peer)
        return answer

    def _is_begun(self, asked: _Asked, name: str) -> bool:
        """Whether what cannot be undone is written down as begun: it has been counted, and asking again goes on with it."""
        if name == "erase" and isinstance(asked, _Account):
            account = self._ledger.account(asked.user_id)
            return account is not None and account.state == State.ERASING
        return name == "purge" and isinstance(asked, _Room) and self._ledger.deletion(asked.room_id) is False

    def _counted_as(self, name: str, asked: _Asked) -> str:
        if not isinstance(asked, _SetPassword):
            return name
        account = self._ledger.account(asked.user_id)
        return RESET if account is not None and account.has_password else name


def _understood(arguments: type[_Asked], body: bytes) -> _Asked:
    """
    Raises:
        ValueError: wrong fields, types, or IDs.
    """
    asked = msgspec.json.decode(body, type=arguments)
    for sigil, name in (("@", "user_id"), ("@", "users"), ("!", "room_id"), ("!", "rooms"), ("!", "direct")):
        value = getattr(asked, name, [])
        ids = value if isinstance(value, list) else [value]
        if len(ids) > _MOST or not all(_is_id(each, sigil) for each in ids):
            raise ValueError(name)
    return asked


def _is_id(text: str, sigil: str) -> bool:
    return text.startswith(sigil) and 1 < len(text) <= 255 and text.isascii() and text.isprintable()


def _plain(result: object) -> object:
    return sorted(result) if isinstance(result, frozenset) else result


def _refusal(status: int, errcode: str, error: str, retry_after: float | None = None) -> Answer:
    body: dict[str, Any] = {"errcode": errcode, "error": error}
    if retry_after is not None:
        body["retry_after"] = retry_after
    return Answer(status, msgspec.json.encode(body))
