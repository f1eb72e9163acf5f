"""Only what a device has signed is believed, and a change that comes while the homeserver is asked is not lost."""

from __future__ import annotations

import asyncio
import copy
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from vodozemac import Account

from classroom_matrix.encryption.device_lists import USERS, DeviceLists, ListChanges, read_answer
from classroom_matrix.encryption.signing import signed
from classroom_matrix.errors import TemporaryError
from classroom_matrix.storage.database import Database
from classroom_matrix.storage.encryption import devices
from classroom_matrix.storage.encryption.devices import Device
from classroom_matrix.storage.encryption.tables import DeviceRow, RoomMemberRow

ANNA, BORIS, FAR = "@anna:school", "@boris:school", "@clara:far.away"
OLM, MEGOLM = "m.olm.v1.curve25519-aes-sha2", "m.megolm.v1.aes-sha2"

Change = Callable[[dict[str, Any]], object]


def signature(account: Account) -> Callable[[bytes], str]:
    return lambda message: account.sign(message).to_base64()


def ed25519(account: Account) -> str:
    return account.ed25519_key.to_base64()


def device_keys(user: str, name: str, account: Account, change: Change | None = None) -> dict[str, Any]:
    """What a client uploads; `change` is made before it signs."""
    keys: dict[str, Any] = {
        "user_id": user,
        "device_id": name,
        "algorithms": [OLM, MEGOLM],
        "keys": {f"curve25519:{name}": account.curve25519_key.to_base64(), f"ed25519:{name}": ed25519(account)},
    }
    if change is not None:
        change(keys)
    return signed(keys, user, f"ed25519:{name}", signature(account))


class Identity:
    """Somebody's cross-signing keys."""

    def __init__(self, user: str) -> None:
        self.user = user
        self.master, self.self_signing = Account(), Account()

    def key(self, usage: str, account: Account) -> dict[str, Any]:
        return {"user_id": self.user, "usage": [usage], "keys": {f"ed25519:{ed25519(account)}": ed25519(account)}}

    def sign(self, keys: Mapping[str, Any]) -> dict[str, Any]:
        return signed(keys, self.user, f"ed25519:{ed25519(self.self_signing)}", signature(self.self_signing))

    def answer(self) -> dict[str, Any]:
        self_signing = self.key("self_signing", self.self_signing)
        vouched = signed(self_signing, self.user, f"ed25519:{ed25519(self.master)}", signature(self.master))
        return {
            "master_keys": {self.user: self.key("master", self.master)},
            "self_signing_keys": {self.user: vouched},
        }


def an_answer(*keys: Mapping[str, Any], nobody: Iterable[str] = (), **more: Any) -> dict[str, Any]:
    """An answer with these devices, and users who have none."""
    lists: dict[str, dict[str, Any]] = {user: {} for user in nobody}
    for each in keys:
        lists.setdefault(each["user_id"], {})[each["device_id"]] = copy.deepcopy(each)
    return {"device_keys": lists, "failures": {}, **more}


@pytest.fixture
def database() -> Iterator[Database]:
    database = Database(":memory:")
    devices.track(database, [ANNA, BORIS, FAR])
    yield database
    database.close()


def read(database: Database, answer: Mapping[str, Any], *users: str) -> ListChanges:
    """As if it had been asked for just now."""
    asked = {user: count for user, count in devices.dirty(database, -1).items() if user in (users or (ANNA, BORIS))}
    return read_answer(database, answer, asked)


def read_again(database: Database, answer: Mapping[str, Any], *users: str) -> ListChanges:
    devices.changed(database, users or (ANNA, BORIS))
    return read(database, answer, *users)


def names(found: Iterable[Device]) -> list[tuple[str, str]]:
    return [(device.user_id, device.device_id) for device in found]


# ── What is believed ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_devices_are_kept_and_settle_the_list(database: Database):
    phone, laptop = Account(), Account()
    changes = read(database, an_answer(device_keys(ANNA, "A", phone), device_keys(BORIS, "B", laptop)))
    expected = [
        Device(ANNA, "A", phone.curve25519_key.to_base64(), ed25519(phone)),
        Device(BORIS, "B", laptop.curve25519_key.to_base64(), ed25519(laptop)),
    ]
    assert (changes.new, changes.gone) == (expected, [])
    assert devices.devices_of(database, [BORIS, ANNA]) == expected
    assert devices.by_curve(database, BORIS, laptop.curve25519_key.to_base64()) == expected[1]
    assert devices.by_curve(database, ANNA, laptop.curve25519_key.to_base64()) is None
    assert devices.dirty(database, 10) == {FAR: 1}


def test_same_answer_again_changes_nothing(database: Database):
    answer = an_answer(device_keys(ANNA, "A", Account()))
    read(database, answer)
    assert read_again(database, answer) == ListChanges()
    assert len(devices.devices_of(database, [ANNA])) == 1


def of_somebody_else(keys: dict[str, Any]) -> None:
    keys["user_id"] = BORIS


def of_another_device(keys: dict[str, Any]) -> None:
    keys["device_id"] = "B"


def without_megolm(keys: dict[str, Any]) -> None:
    keys["algorithms"] = [OLM]


def without_curve(keys: dict[str, Any]) -> None:
    del keys["keys"]["curve25519:A"]


def with_a_padded_key(keys: dict[str, Any]) -> None:
    keys["keys"]["curve25519:A"] += "="


def with_half_a_key(keys: dict[str, Any]) -> None:
    keys["keys"]["curve25519:A"] = "AAAA"


def with_a_byte_too_many(keys: dict[str, Any]) -> None:
    """The engine ends the program at this one; nothing that is signed with it can be, so any signature does."""
    keys["keys"]["ed25519:A"] = "A" * 44


def with_a_curve_of_a_byte_too_many(keys: dict[str, Any]) -> None:
    keys["keys"]["curve25519:A"] = "A" * 44


def with_brackets_in_brackets(keys: dict[str, Any]) -> None:
    nested: list[Any] = []
    for _ in range(900):
        nested = [nested]
    keys["nested"] = nested


def with_another_signer(keys: dict[str, Any]) -> None:
    keys["keys"]["ed25519:A"] = ed25519(Account())


def with_keys_of_no_kind(keys: dict[str, Any]) -> None:
    keys["keys"] = [1, 2]


@pytest.mark.parametrize(
    "change",
    [
        of_somebody_else,
        of_another_device,
        without_megolm,
        without_curve,
        with_a_padded_key,
        with_half_a_key,
        with_a_byte_too_many,
        with_a_curve_of_a_byte_too_many,
        with_another_signer,
        with_keys_of_no_kind,
    ],
)
def test_device_that_does_not_vouch_for_its_keys_is_refused(database: Database, change: Change):
    answer = an_answer()
    answer["device_keys"][ANNA] = {
        "A": device_keys(ANNA, "A", Account(), change),
        "GOOD": device_keys(ANNA, "GOOD", Account()),
    }
    assert names(read(database, answer).new) == [(ANNA, "GOOD")]
    assert names(devices.devices_of(database, [ANNA])) == [(ANNA, "GOOD")]


@pytest.mark.parametrize(
    "spoiled", ["text", None, ["list"], {"keys": "text"}, {"user_id": 5}, {"keys": {"ed25519:A": 1}, "signatures": []}]
)
def test_nonsense_of_one_device_does_not_spoil_the_others(database: Database, spoiled: object):
    answer = an_answer(device_keys(ANNA, "GOOD", Account()), device_keys(BORIS, "B", Account()))
    answer["device_keys"][ANNA] = {"A": spoiled, **answer["device_keys"][ANNA]}
    assert names(read(database, answer).new) == [(ANNA, "GOOD"), (BORIS, "B")]


def test_what_nobody_has_thought_of_spoils_one_person_only(database: Database, monkeypatch: pytest.MonkeyPatch):
    def surprised(user: str, _answer: object) -> devices.Identity:
        if user == ANNA:
            raise RuntimeError("a secret")
        return devices.Identity()

    monkeypatch.setattr("classroom_matrix.encryption.device_lists._identity", surprised)
    answer = an_answer(device_keys(ANNA, "A", Account()), device_keys(BORIS, "B", Account()))
    assert names(read(database, answer).new) == [(BORIS, "B")]
    assert devices.dirty(database, 10) == {FAR: 1}, "nobody asks for the same nonsense again and again"


def test_keys_nested_without_end_are_refused(database: Database):
    keys = device_keys(ANNA, "A", Account())
    with_brackets_in_brackets(keys)
    answer = an_answer(device_keys(BORIS, "B", Account()))
    answer["device_keys"][ANNA] = {"A": keys}
    assert names(read(database, answer).new) == [(BORIS, "B")]


@pytest.mark.parametrize("usage", ["master", "self_signing"])
def test_identity_with_a_key_a_byte_too_long_is_none(database: Database, usage: str):
    identity = Identity(ANNA)
    answer = an_answer(device_keys(ANNA, "A", Account()), **identity.answer())
    answer[f"{usage}_keys"][ANNA]["keys"] = {f"ed25519:{'A' * 44}": "A" * 44}
    assert names(read(database, answer).new) == [(ANNA, "A")]
    found = devices.known(database, [ANNA])[ANNA].identity
    assert found.self_signing is None


@pytest.mark.parametrize("part", ["signatures", "keys"])
def test_changed_or_unsigned_keys_are_refused(database: Database, part: str):
    keys = device_keys(ANNA, "A", Account())
    if part == "signatures":
        del keys["signatures"]
    else:
        keys["keys"]["curve25519:A"] = Account().curve25519_key.to_base64()
    assert read(database, an_answer(keys)) == ListChanges()
    assert devices.devices_of(database, [ANNA]) == []


def test_unsigned_notes_of_the_homeserver_do_not_matter(database: Database):
    keys = {**device_keys(ANNA, "A", Account()), "unsigned": {"device_display_name": "phone"}}
    assert names(read(database, an_answer(keys)).new) == [(ANNA, "A")]


def test_known_device_keeps_its_keys(database: Database, caplog: pytest.LogCaptureFixture):
    phone, thief = Account(), Account()
    read(database, an_answer(device_keys(ANNA, "A", phone)))
    before = devices.devices_of(database, [ANNA])
    with caplog.at_level(logging.WARNING, "classroom_matrix.encryption"):
        assert read_again(database, an_answer(device_keys(ANNA, "A", thief))) == ListChanges()
    assert devices.devices_of(database, [ANNA]) == before
    assert devices.by_curve(database, ANNA, thief.curve25519_key.to_base64()) is None
    assert "device 'A' of '@anna:school'" in caplog.text
    assert ed25519(thief) not in caplog.text
    assert thief.curve25519_key.to_base64() not in caplog.text


def test_known_device_stays_although_its_entry_is_spoiled(database: Database):
    keys = device_keys(ANNA, "A", Account())
    read(database, an_answer(keys))
    del keys["signatures"]
    assert read_again(database, an_answer(keys)) == ListChanges()
    assert names(devices.devices_of(database, [ANNA])) == [(ANNA, "A")]


def with_the_key_of(phone: Account, user: str, name: str) -> dict[str, Any]:
    mine = phone.curve25519_key.to_base64()
    return device_keys(user, name, Account(), lambda keys: keys["keys"].update({f"curve25519:{name}": mine}))


def test_second_claim_of_the_same_person_to_a_key_is_refused(database: Database):
    phone = Account()
    answer = an_answer(device_keys(ANNA, "A", phone), with_the_key_of(phone, ANNA, "B"))
    assert names(read(database, answer).new) == [(ANNA, "A")]
    assert read_again(database, answer) == ListChanges()
    read_again(database, an_answer(nobody=[ANNA]))
    # It was deleted, and still is A's.
    assert read_again(database, an_answer(with_the_key_of(phone, ANNA, "B"))) == ListChanges()


@pytest.mark.parametrize("thief", [BORIS, "@aaron:school"])  # after and before her in the answer
def test_whoever_claims_somebody_elses_key_shuts_nobody_out(database: Database, thief: str):
    devices.track(database, [thief])
    phone = Account()
    mine = phone.curve25519_key.to_base64()
    stolen, own = with_the_key_of(phone, thief, "T"), device_keys(ANNA, "A", phone)
    assert names(read(database, an_answer(stolen, nobody=[ANNA]), ANNA, thief).new) == [(thief, "T")]
    assert names(read_again(database, an_answer(stolen, own), ANNA, thief).new) == [(ANNA, "A")]
    hers = devices.by_curve(database, ANNA, mine)
    assert [hers] == devices.devices_of(database, [ANNA])
    assert [devices.by_curve(database, thief, mine)] == devices.devices_of(database, [thief])
    assert hers is not None
    assert hers.ed25519 == ed25519(phone)


# ── Coming and going ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_missing_device_is_gone_and_may_come_back(database: Database):
    first, second = device_keys(ANNA, "A", Account()), device_keys(ANNA, "B", Account())
    read(database, an_answer(first, second))
    assert read_again(database, an_answer(second)).gone == [(ANNA, "A")]
    assert read_again(database, an_answer(second)).gone == []  # said once
    assert names(devices.devices_of(database, [ANNA])) == [(ANNA, "B")]
    assert names(read_again(database, an_answer(first, second)).new) == [(ANNA, "A")]
    assert names(devices.devices_of(database, [ANNA])) == [(ANNA, "A"), (ANNA, "B")]


def test_name_of_a_deleted_device_may_be_given_again(database: Database):
    read(database, an_answer(device_keys(ANNA, "A", Account())))
    DeviceRow.update(unwedged_at=5, withheld_at=6).execute()
    read_again(database, an_answer(nobody=[ANNA]))
    another = Account()
    changes = read_again(database, an_answer(device_keys(ANNA, "A", another)))
    assert (
        changes.new
        == devices.devices_of(database, [ANNA])
        == [Device(ANNA, "A", another.curve25519_key.to_base64(), ed25519(another))]
    )
    row = DeviceRow.get()
    assert (row.unwedged_at, row.withheld_at) == (0, 0)


def test_user_whom_the_homeserver_does_not_know_has_no_devices(database: Database):
    read(database, an_answer(device_keys(ANNA, "A", Account())))
    assert read_again(database, an_answer()).gone == [(ANNA, "A")]
    assert ANNA not in devices.dirty(database, 10)


def test_silent_homeserver_changes_nothing_and_is_asked_again(database: Database):
    read(database, an_answer(device_keys(FAR, "F", Account())), FAR)
    devices.changed(database, [FAR])
    answer = an_answer(device_keys(ANNA, "A", Account()), nobody=[FAR], failures={"far.away": {"status": 503}})
    assert names(read(database, answer, ANNA, FAR).new) == [(ANNA, "A")]
    assert names(devices.devices_of(database, [FAR])) == [(FAR, "F")]
    assert devices.dirty(database, 10) == {BORIS: 1, FAR: 1}


@pytest.mark.parametrize("answer", [{}, {"device_keys": None}, {"device_keys": {ANNA: "none"}}])
def test_nonsense_deletes_no_devices(database: Database, answer: dict[str, Any]):
    read(database, an_answer(device_keys(ANNA, "A", Account())))
    assert read_again(database, answer, ANNA) == ListChanges()
    assert names(devices.devices_of(database, [ANNA])) == [(ANNA, "A")]
    assert ANNA in devices.dirty(database, 10)


def test_users_who_were_not_asked_for_are_not_read(database: Database):
    read(database, an_answer(device_keys(ANNA, "A", Account()), device_keys(BORIS, "B", Account())), ANNA)
    assert names(devices.devices_of(database, [ANNA, BORIS])) == [(ANNA, "A")]


def test_answer_about_somebody_who_has_left_is_not_kept(database: Database):
    asked = devices.dirty(database, 1)
    devices.left(database, [ANNA])
    assert read_answer(database, an_answer(device_keys(ANNA, "A", Account())), asked) == ListChanges()
    assert devices.devices_of(database, [ANNA]) == []
    assert devices.dirty(database, -1) == {BORIS: 1, FAR: 1}


def test_leaving_forgets_devices_unless_a_room_still_has_the_user(database: Database):
    read(database, an_answer(device_keys(ANNA, "A", Account()), device_keys(BORIS, "B", Account())))
    RoomMemberRow.create(room_id="!room", user_id=BORIS, membership="join")
    devices.left(database, iter([ANNA, BORIS]))
    devices.changed(database, [ANNA])
    assert names(devices.devices_of(database, [ANNA, BORIS])) == [(BORIS, "B")]
    assert devices.dirty(database, -1) == {BORIS: 1, FAR: 1}


# ── Identities ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def is_signed(database: Database) -> list[bool]:
    return [device.signed for device in devices.devices_of(database, [ANNA])]


def test_device_signed_by_its_owner(database: Database):
    anna = Identity(ANNA)
    keys = anna.sign(device_keys(ANNA, "A", Account())), device_keys(ANNA, "B", Account())
    changes = read(database, an_answer(*keys, **anna.answer()))
    assert [device.signed for device in changes.new] == is_signed(database) == [True, False]
    known = devices.known(database, [ANNA])[ANNA].identity
    assert (known.master, known.self_signing) == (ed25519(anna.master), ed25519(anna.self_signing))


def test_signature_that_comes_later_is_noticed(database: Database):
    anna = Identity(ANNA)
    keys = device_keys(ANNA, "A", Account())
    read(database, an_answer(keys))
    assert is_signed(database) == [False]
    assert read_again(database, an_answer(anna.sign(keys), **anna.answer())) == ListChanges()
    assert is_signed(database) == [True]


def test_self_signing_key_needs_the_master_key(database: Database):
    anna, thief = Identity(ANNA), Identity(ANNA)
    answer = {**thief.answer(), "master_keys": anna.answer()["master_keys"]}
    read(database, an_answer(thief.sign(device_keys(ANNA, "A", Account())), **answer))
    assert is_signed(database) == [False]
    assert devices.known(database, [ANNA])[ANNA].identity == devices.Identity(ed25519(anna.master), None)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda key: key.update(user_id=BORIS),
        lambda key: key.update(usage=["master"]),
        lambda key: key.update(keys={}),
        lambda key: key.update(keys={"ed25519:other": next(iter(key["keys"].values()))}),
    ],
)
def test_self_signing_key_has_to_be_one(database: Database, spoil: Change):
    anna = Identity(ANNA)
    answer = anna.answer()
    key = answer["self_signing_keys"][ANNA]
    spoil(key)
    answer["self_signing_keys"][ANNA] = signed(key, ANNA, f"ed25519:{ed25519(anna.master)}", signature(anna.master))
    read(database, an_answer(anna.sign(device_keys(ANNA, "A", Account())), **answer))
    assert is_signed(database) == [False]


def test_new_identity_has_not_signed_what_the_old_one_had(database: Database):
    old, new = Identity(ANNA), Identity(ANNA)
    keys = old.sign(device_keys(ANNA, "A", Account())), old.sign(device_keys(ANNA, "B", Account()))
    read(database, an_answer(*keys, **old.answer()))
    assert is_signed(database) == [True, True]
    spoiled = {name: part for name, part in keys[1].items() if name != "signatures"}
    read_again(database, an_answer(new.sign(keys[0]), spoiled, **new.answer()))
    assert is_signed(database) == [True, False]


# ── The counter ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_change_that_comes_while_asking_stays(database: Database):
    asked = devices.dirty(database, 1)
    assert asked == {ANNA: 1}
    devices.changed(database, [ANNA, "@stranger:school"])
    assert names(read_answer(database, an_answer(device_keys(ANNA, "A", Account())), asked).new) == [(ANNA, "A")]
    assert devices.dirty(database, 10) == {ANNA: 2, BORIS: 1, FAR: 1}


STEPS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["track", "change"]), st.sets(st.sampled_from([ANNA, BORIS, FAR]), min_size=1)),
        st.tuples(st.sampled_from(["ask", "answer", "answer without far"]), st.just(frozenset[str]())),
    ),
    max_size=30,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_list_is_settled_only_by_an_answer_asked_for_after_its_last_change(
    database: Database, steps: list[tuple[str, Iterable[str]]]
):
    database.execute("DELETE FROM e2e_user")  # the database is the same for all examples
    tracked: set[str] = set()
    stale: dict[str, bool] = {}  # what has to be asked for
    asked: dict[str, int] | None = None
    late: set[str] = set()  # changed since the question
    for step, users in steps:
        if step == "track":
            devices.track(database, users)
            stale.update(dict.fromkeys(set(users) - tracked, True))
            tracked |= set(users)
        elif step == "change":
            devices.changed(database, users)
            stale.update(dict.fromkeys(set(users) & tracked, True))
            late |= set(users)
        elif step == "ask" and asked is None:  # one question at a time, as `DeviceLists` asks
            asked, late = devices.dirty(database, -1), set()
        elif step.startswith("answer") and asked is not None:
            failures = {} if step == "answer" else {"far.away": {}}
            read_answer(database, an_answer(nobody=asked, failures=failures), asked)
            for user in asked:
                if user not in late and not (failures and user == FAR):
                    stale[user] = False
            asked = None
        assert set(devices.dirty(database, -1)) == {user for user in tracked if stale[user]}


# ── Asking ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


class ScriptedServer:
    """Answers a query of keys from `devices`. `go_on` lets it; `broken` answers are errors."""

    def __init__(self) -> None:
        self.devices: dict[str, dict[str, Any]] = {}
        self.asked: list[list[str]] = []
        self.failures: dict[str, Any] = {}
        self.broken: set[int] = set()
        self.go_on = asyncio.Event()
        self.go_on.set()
        self.thinking = asyncio.Event()

    async def query_keys(self, users: Iterable[str]) -> Mapping[str, Any]:
        self.asked.append(list(users))
        number = len(self.asked)
        answer = an_answer(*(self.devices[user] for user in self.asked[-1] if user in self.devices), failures=self.failures)
        self.thinking.set()
        await self.go_on.wait()
        if number in self.broken:
            raise TemporaryError("down")
        return answer


def lists_of(database: Database, server: ScriptedServer) -> DeviceLists:
    return DeviceLists(database, server)  # type: ignore[arg-type]


async def test_refresh_asks_for_all_in_portions(database: Database):
    users = [f"@u{number}:school" for number in range(USERS)]
    await database.call(devices.track, database, users)
    server = ScriptedServer()
    server.devices = {user: device_keys(user, "D", Account()) for user in (ANNA, users[-1])}
    changes = await lists_of(database, server).refresh()
    assert [len(asked) for asked in server.asked] == [USERS, 3]
    assert sorted(user for asked in server.asked for user in asked) == sorted([ANNA, BORIS, FAR, *users])
    assert names(changes.new) == [(ANNA, "D"), (users[-1], "D")]
    assert await database.call(devices.dirty, database, -1) == {}


async def test_second_caller_waits_and_asks_nothing(database: Database):
    server = ScriptedServer()
    server.devices[ANNA] = device_keys(ANNA, "A", Account())
    server.go_on.clear()
    lists = lists_of(database, server)
    first, second = asyncio.create_task(lists.refresh()), asyncio.create_task(lists.refresh())
    await server.thinking.wait()
    assert not second.done()
    server.go_on.set()
    assert names((await first).new) == [(ANNA, "A")]
    assert await second == ListChanges()
    assert len(server.asked) == 1


async def test_change_while_the_homeserver_thinks_is_asked_for_next_time(database: Database):
    server = ScriptedServer()
    server.go_on.clear()
    lists = lists_of(database, server)
    running = asyncio.create_task(lists.refresh())
    await server.thinking.wait()
    await database.call(devices.changed, database, [ANNA])
    server.devices[ANNA] = device_keys(ANNA, "A", Account())
    server.go_on.set()
    assert await running == ListChanges()
    assert names((await lists.refresh()).new) == [(ANNA, "A")]
    assert server.asked[1:] == [[ANNA]]


async def test_silent_homeserver_is_asked_once_by_each_refresh(database: Database):
    server = ScriptedServer()
    server.failures = {"far.away": {}}
    lists = lists_of(database, server)
    await lists.refresh()
    await lists.refresh()
    assert server.asked == [[ANNA, BORIS, FAR], [FAR]]


async def test_failure_is_the_callers_and_what_was_stored_is_told_next_time(database: Database):
    users = [f"@u{number}:school" for number in range(USERS)]
    await database.call(devices.track, database, users)
    server = ScriptedServer()
    server.devices[ANNA] = device_keys(ANNA, "A", Account())
    server.broken = {2}
    lists = lists_of(database, server)
    with pytest.raises(TemporaryError):
        await lists.refresh()
    assert len(await database.call(devices.dirty, database, -1)) == 3
    assert names((await lists.refresh()).new) == [(ANNA, "A")]
    assert len(server.asked[2]) == 3
    assert await lists.refresh() == ListChanges()


async def test_refresh_without_changes_asks_nothing(database: Database):
    server = ScriptedServer()
    lists = lists_of(database, server)
    await lists.refresh()
    assert await lists.refresh() == ListChanges()
    assert len(server.asked) == 1
