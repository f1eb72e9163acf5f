"""The audit's message in the staff room, and when there is none."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest

from classroom_matrix.domain.ids import ClassId, RoomId, UserId
from classroom_matrix.i18n import Catalogue
from classroom_matrix.provisioning.audit import ASKED, DAILY, Audits
from classroom_matrix.provisioning.reconcile import Reconciler
from classroom_matrix.storage import drift, invitations
from classroom_matrix.storage.database import Database
from classroom_matrix.storage.tasks import Task

from .scene import CONFIG, MOTHER, TEACHER, Scene

STRANGER = UserId("@stranger:school.localhost")
NOON = datetime(2026, 9, 1, 9, 0, tzinfo=UTC).timestamp()
REPORT = CONFIG.replace("name: 3Б", "name: 3Б, strangers: report")


@dataclass
class Office:
    """A class in which teacher and mother have joined the space, and audits of it."""

    scene: Scene
    database: Database
    now: float = NOON
    drifted: list[bool] = field(default_factory=list)
    count: int = 0

    @property
    def audits(self) -> Audits:
        return Audits(
            self.scene.config,
            self.database,
            self.scene.provisioner(self.database),
            lambda class_id: self.scene.roster[class_id],
            Catalogue.core(strict=True),
            drifted=lambda: self.drifted.append(True),
            now=lambda: self.now,
        )

    async def audit(self, who: str = ASKED, *, key: str | None = None, language: str | None = None) -> list[dict[str, Any]]:
        """Carry out the task; what it put into the outbox."""
        self.count += 1
        before = len(self.outbox())
        arguments = (who,) if language is None else (who, language)
        await self.audits.carry_out(Task(1, key or f"$asked{self.count}|core.audit|0", "audit", ClassId("3b"), arguments, 0))
        return self.outbox()[before:]

    def outbox(self) -> list[dict[str, Any]]:
        rows = self.database.execute("SELECT content FROM outbox ORDER BY seq")
        return [json.loads(row[0]) for row in rows]

    async def join(self, role: str, user_id: UserId, name: str = "") -> None:
        content = {"membership": "join", **({"displayname": name} if name else {})}
        self.scene.homeserver.append(self.scene.room(role), user_id, "m.room.member", content, user_id)

    async def reconcile(self) -> None:
        await Reconciler(self.scene.config, self.database, self.scene.provisioner(self.database)).once()

    def mark(self, role: str) -> None:
        drift.mark(self.database, ClassId("3b"), RoomId(self.scene.room(role).id), self.now)


@pytest.fixture
async def office(scene: Scene) -> AsyncIterator[Office]:
    await scene.apply()
    database = scene.open()
    office = Office(scene, database)
    for user_id in (TEACHER, MOTHER):
        await office.join("space", user_id)
    yield office
    database.close()


async def test_audit_on_demand_always_answers(office: Office) -> None:
    (message,) = await office.audit()
    assert message["body"] == "Сверка: 2 человека в списке, посторонних нет, все на месте."
    assert message["msgtype"] == "m.notice"
    assert office.drifted == []


async def test_audit_counts_strangers_and_missing_and_starts_the_removal(office: Office) -> None:
    await office.join("talk", STRANGER, "Вася <b>\u202eПупкин")
    space = office.scene.room("space")
    office.scene.homeserver.append(space, MOTHER, "m.room.member", {"membership": "leave"}, MOTHER)
    (message,) = await office.audit()
    assert message["body"].split("\n") == [
        "Сверка: 2 человека в списке, 1 посторонний, 1 не на месте.",
        "Посторонние. Доступ им закрывается; если человек нужен, его надо внести в список класса:",
        "• Вася <b> Пупкин (@stranger:school.localhost) — Общение",
        "Раньше вошёл, но в классе сейчас нет: Калинина Наталья",
    ]
    assert "Вася &lt;b&gt; Пупкин" in message["formatted_body"]
    assert message["msgtype"] == "m.text"
    assert office.drifted == [True]
    await office.reconcile()
    assert office.scene.room("talk").membership(STRANGER) == "leave"
    (after,) = await office.audit()
    assert "посторонних нет" in after["body"]


async def test_audit_at_night_is_not_loud(office: Office) -> None:
    office.scene.configure(CONFIG.replace("name: 3Б", 'name: 3Б, timezone: Europe/Moscow, quiet_hours: "21:00-07:00"'))
    await office.join("talk", STRANGER)
    office.now = datetime(2026, 9, 1, 20, 0, tzinfo=UTC).timestamp()  # 23:00 in the class
    (message,) = await office.audit()
    assert message["msgtype"] == "m.notice"


async def test_daily_audit_is_silent_while_all_is_well(office: Office) -> None:
    assert await office.audit(DAILY) == []


async def test_daily_audit_tells_a_change_once_and_its_end(office: Office) -> None:
    space = office.scene.room("space")
    office.scene.homeserver.append(space, MOTHER, "m.room.member", {"membership": "leave"}, MOTHER)
    (message,) = await office.audit(DAILY)
    assert "1 не на месте" in message["body"]
    assert await office.audit(DAILY) == []
    await office.join("space", MOTHER)
    (message,) = await office.audit(DAILY)
    assert "все на месте" in message["body"]


async def not_in_yet(office: Office) -> None:
    """The mother has a slip, and her account nothing but an invitation."""
    mother = next(one for one in office.scene.roster["3b"].people() if one.user_id == MOTHER)
    office.database.execute("INSERT INTO person (id, name, user_id) VALUES (?, ?, ?)", (mother.id, mother.name, MOTHER))
    office.database.execute(
        "INSERT INTO member (class_id, person_id, role, limited) VALUES ('3b', ?, 'guardian', 0)", (mother.id,)
    )
    invitations.reserve(office.database, mother.id, MOTHER)
    space = office.scene.room("space")
    office.scene.homeserver.append(space, MOTHER, "m.room.member", {"membership": "leave"}, MOTHER)


async def test_whoever_has_a_slip_and_is_not_in_yet_is_counted_and_alarms_nobody(office: Office) -> None:
    await not_in_yet(office)
    assert await office.audit(DAILY) == []
    (message,) = await office.audit()
    assert message["body"].split("\n") == [
        "Сверка: 2 человека в списке, посторонних нет, все, кто уже вошёл, на месте, 1 ещё не вошёл.",
        "Пропуск или аккаунт есть, ещё не вошёл: Калинина Наталья",
    ]
    assert message["msgtype"] == "m.notice"


async def test_audit_answers_in_the_language_of_who_asks(office: Office) -> None:
    await not_in_yet(office)
    (message,) = await office.audit(ASKED, language="en")
    assert message["body"].split("\n") == [
        "Audit: 2 expected, no strangers, nobody missing who has come in, 1 not in yet.",
        "Has a slip or an account, not in yet: Калинина Наталья",
    ]


async def test_daily_audit_tells_strangers_each_morning(office: Office) -> None:
    office.scene.configure(REPORT)
    await office.join("talk", STRANGER)
    assert len(await office.audit(DAILY)) == 1
    (again,) = await office.audit(DAILY)
    assert "Доступ им не закрыт: так настроено." in again["body"]
    assert office.drifted == [], "there is nothing for the reconciler to do"


async def test_audit_that_is_repeated_says_nothing_twice(office: Office) -> None:
    await office.join("talk", STRANGER)
    await office.audit(key="$one|core.audit|0")
    assert await office.audit(key="$one|core.audit|0") == []


async def test_audit_names_who_shows_a_teachers_name(office: Office) -> None:
    await office.join("talk", MOTHER, "Oльга Смирнова")
    (message,) = await office.audit()
    assert "• Калинина Наталья показывает имя «Oльга Смирнова», похоже на: Смирнова Ольга" in message["body"]


async def test_audit_of_an_unknown_class_does_nothing(office: Office) -> None:
    await office.audits.carry_out(Task(1, "k", "audit", ClassId("gone"), (ASKED,), 0))
    assert office.outbox() == []


async def test_long_lists_are_cut(office: Office) -> None:
    for number in range(40):
        await office.join("talk", UserId(f"@s{number:02}:school.localhost"))
    (message,) = await office.audit()
    assert message["body"].count("@s") == 30  # 15 lines with name and account, which are the same here
    assert "и ещё 25" in message["body"]


# ── What the reconciler says of strangers that stay ─────────────────────────────────────────────────────────────────


async def test_stranger_who_stays_is_reported_once_however_often_the_room_drifts(office: Office) -> None:
    office.scene.configure(REPORT)
    await office.join("talk", STRANGER)
    for _ in range(3):
        office.mark("talk")
        await office.reconcile()
    assert [told[1] for told in office.scene.told] == ["rooms-stranger-reported-alone"]


async def test_stranger_in_another_room_is_reported_anew(office: Office) -> None:
    office.scene.configure(REPORT)
    for role in ("talk", "library"):
        await office.join(role, STRANGER)
        office.mark(role)
        await office.reconcile()
    assert [told[2]["room"] for told in office.scene.told] == ["Общение", "Библиотека"]


async def test_stranger_who_came_back_is_reported_anew(office: Office) -> None:
    office.scene.configure(REPORT)
    for membership in ("join", "leave", "join"):
        talk = office.scene.room("talk")
        office.scene.homeserver.append(talk, STRANGER, "m.room.member", {"membership": membership}, STRANGER)
        office.mark("talk")
        await office.reconcile()
    assert len(office.scene.told) == 2


async def test_stranger_whom_the_audit_told_is_not_told_by_the_reconciler(office: Office) -> None:
    office.scene.configure(REPORT)
    await office.join("talk", STRANGER)
    await office.audit()
    office.mark("talk")
    await office.reconcile()
    assert office.scene.told == []
