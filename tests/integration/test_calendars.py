"""`!calendar`, and what stands at the address that it answers: asked for with a real HTTP client."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from aiohttp import ClientSession, web
from icalendar import Calendar

from classroom_matrix.api import CalendarEntry
from classroom_matrix.config.model import BotConfig, ClassConfig, Config, ConnectionConfig, HomeserverConfig, JoinConfig
from classroom_matrix.domain.ids import ClassId, UserId
from classroom_matrix.runtime.calendars import Calendars
from classroom_matrix.storage import archive, calendar_keys, limits, people, register
from classroom_matrix.testing import conversation
from classroom_matrix.testing.conversation import CLASS, Conversation
from classroom_matrix.testing.fake_accounts import FakeAccounts
from classroom_matrix.testing.voice import Voice
from classroom_matrix.web.calendar import MISSES
from classroom_matrix.web.site import JoinSite
from tests.unit.runtime.calendar_toy.plugin import DATES, plugin

ZONE = ZoneInfo("Europe/Moscow")
SKATING = datetime(2026, 12, 5, 12, 0, tzinfo=ZONE)
MOTHER, FATHER = 4, 5  # of Чернов, living apart


@pytest.fixture
def talk() -> Iterator[Conversation]:
    DATES.clear()
    DATES["event"] = (None, CalendarEntry("event/1", SKATING, "Каток", ends=SKATING + timedelta(hours=2), place="Парк"))
    with Conversation(plugin) as conversation:
        for number, title in ((0, "Беседа"), (MOTHER, "У мамы"), (FATHER, "У папы")):
            person = conversation.guardian(number).person
            assert person
            DATES[title] = (person.household_id, CalendarEntry(f"slot/{number}", SKATING, title))
        yield conversation


def room_of(talk: Conversation, voice: Voice) -> str:
    assert voice.person
    assert voice.person.household_id
    talk._runner.run(talk._desk_of(talk.klass.id, voice.person.household_id))
    return voice.person.household_id


def address(talk: Conversation, voice: Voice, command: str = "!календарь", room: str | None = None) -> str:
    """The path in the answer to the command."""
    said = voice.says(command, room=room or room_of(talk, voice))
    found = re.search(r"https://school\.example(/c/[A-Za-z0-9_-]{22}\.ics)", said)
    assert found, said
    assert f"webcal://school.example{found[1]}" in said
    return found[1]


def fetch(talk: Conversation, *paths: str, **sent: str) -> list[tuple[int, Any, bytes]]:
    """(status, headers, body) of requests that one server answers."""
    calendars = Calendars(talk.database, talk.registry, talk.clock, "school.example")

    async def find(secret: str) -> Any:
        return await talk.database.call(calendars.feed, secret)

    async def ask() -> list[tuple[int, Any, bytes]]:
        join = JoinConfig("127.0.0.1", 0, conversation.SITE)
        bot, connection = BotConfig(UserId("@classroom:school.example"), "Classroom"), ConnectionConfig("appservice")
        klass = ClassConfig(CLASS, "3Б", "ru", ZONE, talk.klass.quiet)
        homeserver = HomeserverConfig("http://127.0.0.1:1", "school.example")
        config = Config(homeserver, bot, connection, Path("/nowhere"), (klass,), join=join)
        pages = JoinSite(
            config,
            talk.database,
            FakeAccounts(),
            None,  # type: ignore[arg-type] # nobody comes in
            same_words=lambda _text, _secret: False,
            wake=lambda: None,
            now=talk.clock.seconds,
            find_feed=find,
        )
        runner = pages.runner()
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        port = runner.addresses[0][1]
        answers = []
        async with ClientSession() as session:
            for path in paths:
                async with session.get(f"http://127.0.0.1:{port}{path}", headers=sent) as response:
                    answers.append((response.status, response.headers, await response.read()))
        await runner.cleanup()
        return answers

    return talk._runner.run(ask())


def events(talk: Conversation, path: str) -> dict[str, Any]:
    ((status, _, body),) = fetch(talk, path)
    assert status == 200
    return {str(event["SUMMARY"]): event for event in Calendar.from_ical(body).walk("VEVENT")}


def test_a_household_sees_what_is_the_class_s_and_its_own_and_nobody_else_s(talk: Conversation) -> None:
    assert set(events(talk, address(talk, talk.guardian(0)))) == {"Вот Каток", "Вот Беседа"}
    assert set(events(talk, address(talk, talk.guardian(MOTHER)))) == {"Вот Каток", "Вот У мамы"}
    assert set(events(talk, address(talk, talk.guardian(FATHER)))) == {"Вот Каток", "Вот У папы"}


def test_staff_get_the_class_s_calendar_in_the_staff_room(talk: Conversation) -> None:
    for command in ("!календарь класс", "!calendar class", "!календарь"):
        assert set(events(talk, address(talk, talk.teacher, command, "staff"))) == {"Вот Каток"}
    assert "для учителя" in talk.guardian(0).says("!календарь класс", room=room_of(talk, talk.guardian(0)))
    talk.teacher.says("!календарь", room="talk")
    assert not any("/c/" in text for text in talk.texts("talk"))


def test_an_address_asked_for_in_a_shared_room_comes_to_the_desk(talk: Conversation) -> None:
    talk.guardian(0).says("!календарь", room="talk")
    assert not any("/c/" in text for text in talk.texts("talk"))
    assert "/c/" in talk.desk(talk.guardian(0))[-1].body


def test_it_speaks_the_household_s_language(talk: Conversation) -> None:
    for person in talk.roster.people():
        if talk.guardian(0).person and person.household_id == talk.guardian(0).person.household_id:  # type: ignore[union-attr]
            talk._runner.run(talk.database.call(people.set_language, talk.database, person.id, "en"))
    said = talk.guardian(0).says("!calendar", room=room_of(talk, talk.guardian(0)))
    assert said.startswith("Your family's calendar; it keeps itself up to date:")
    assert set(events(talk, address(talk, talk.guardian(0), "!calendar"))) == {"Here Каток", "Here Беседа"}


def test_moved_and_cancelled_keep_their_uid_and_other_feeds_have_the_same(talk: Conversation) -> None:
    path = address(talk, talk.guardian(0))
    before = events(talk, path)["Вот Каток"]
    assert re.fullmatch(r"[0-9a-f]{32}@school\.example", str(before["UID"]))
    moved = SKATING + timedelta(days=120)  # behind a change of the clocks elsewhere
    DATES["event"] = (None, CalendarEntry("event/1", moved, "Каток", sequence=1))
    after = events(talk, path)["Вот Каток"]
    assert (after["UID"], after["SEQUENCE"], after["DTSTART"].dt) == (before["UID"], 1, moved)
    DATES["event"] = (None, CalendarEntry("event/1", moved, "Каток", sequence=2, cancelled=True))
    gone = events(talk, path)["Вот Каток"]
    assert (gone["UID"], str(gone["STATUS"]), gone["SEQUENCE"]) == (before["UID"], "CANCELLED", 2)
    other = events(talk, address(talk, talk.guardian(MOTHER)))
    assert (other["Вот Каток"]["UID"], other["Вот У мамы"]["UID"] != before["UID"]) == (before["UID"], True)


def test_a_uid_that_came_with_a_file_stands_as_it_is(talk: Conversation) -> None:
    DATES["event"] = (None, CalendarEntry("slot-abc@classroom-matrix", SKATING, "Каток"))
    assert str(events(talk, address(talk, talk.guardian(0)))["Вот Каток"]["UID"]) == "slot-abc@classroom-matrix"


def test_a_calendar_that_is_known_is_not_sent_again(talk: Conversation) -> None:
    path = address(talk, talk.guardian(0))
    ((_, sent, _),) = fetch(talk, path)
    assert (sent["Content-Type"], sent["Cache-Control"]) == (
        "text/calendar; charset=utf-8",
        "private, max-age=0, must-revalidate",
    )
    assert sent["X-Robots-Tag"] == "noindex, nofollow"
    ((status, _, body),) = fetch(talk, path, **{"If-None-Match": sent["ETag"]})
    assert (status, body) == (304, b"")
    DATES["event"] = (None, CalendarEntry("event/1", SKATING, "Лыжи"))
    ((status, _, _),) = fetch(talk, path, **{"If-None-Match": sent["ETag"]})
    assert status == 200


def test_revoked_addresses_are_gone_and_others_stay(talk: Conversation) -> None:
    first, second, mother = (address(talk, talk.guardian(number)) for number in (0, 0, MOTHER))
    assert [status for status, _, _ in fetch(talk, first, second, mother)] == [200, 200, 200]
    said = talk.guardian(0).says("!календарь отозвать", room=room_of(talk, talk.guardian(0)))
    assert said == "Закрыты 2 адреса календаря. Новый: !календарь"
    assert [status for status, _, _ in fetch(talk, first, second, mother)] == [404, 404, 200]
    assert "нет" in talk.guardian(0).says("!календарь отозвать", room=room_of(talk, talk.guardian(0)))


@pytest.mark.parametrize("how", ["leaves", "limited", "moves"])
def test_who_stops_reading_the_desk_has_no_address_any_more(talk: Conversation, how: str) -> None:
    path, mother = address(talk, talk.guardian(0)), address(talk, talk.guardian(MOTHER))
    person = talk.guardian(1).person  # the other one of the household, who read the address in the desk
    assert person

    def part() -> None:
        if how == "leaves":
            register.remove_member(talk.database, CLASS, person.id)
        elif how == "limited":
            limits.set_elsewhere(talk.database, person.id, None, limited=True)
        else:
            register.set_member(talk.database, CLASS, person.id, person.role, family_id=person.family_id, household_id=None)

    talk._runner.run(talk.database.call(part))
    assert [status for status, _, _ in fetch(talk, path, mother)] == [404, 200]


def test_a_class_whose_year_is_over_has_no_calendar_and_its_addresses_go_on_with_the_next(talk: Conversation) -> None:
    path = address(talk, talk.guardian(0))
    talk._runner.run(talk.database.call(archive.archive, talk.database, CLASS, ClassId("4b")))
    assert [status for status, _, _ in fetch(talk, path)] == [404]
    owner = talk.database.execute("SELECT class_id, household_id FROM calendar_key").fetchone
    assert talk._runner.run(talk.database.call(owner)) == ("4b", room_of(talk, talk.guardian(0)))


def test_a_plugin_that_fails_leaves_calendars_as_they_are(talk: Conversation) -> None:
    path = address(talk, talk.guardian(0))
    DATES["broken"] = DATES["event"]
    ((status, sent, _),) = fetch(talk, path)
    assert (status, sent["Retry-After"]) == (503, "600")


@pytest.mark.parametrize(
    "path", ["/c/", "/c/x.ics", "/c/../c/x.ics", f"/c/{'a' * 22}.ics", f"/c/{'a' * 22}", f"/c/{'a' * 23}.ics"]
)
def test_everything_else_is_not_found(talk: Conversation, path: str) -> None:
    assert [status for status, _, _ in fetch(talk, path)] == [404]


def test_guessing_ends_and_phones_behind_the_same_address_keep_their_calendars(talk: Conversation) -> None:
    path = address(talk, talk.guardian(0))
    late = address(talk, talk.guardian(MOTHER))
    guesses = [f"/c/{number:022}.ics" for number in range(MISSES + 1)]
    statuses = [status for status, _, _ in fetch(talk, path, *guesses, path, late, **{"X-Forwarded-For": "192.0.2.1"})]
    assert statuses == [200, *[404] * MISSES, 429, 200, 429]


def test_neither_database_nor_log_knows_the_secret(talk: Conversation, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO"):
        path = address(talk, talk.guardian(0))
        fetch(talk, path)
    secret = path.removeprefix("/c/").removesuffix(".ics")
    assert "/c/{secret" in caplog.text
    assert secret not in caplog.text

    def dump() -> str:
        return "\n".join(talk.database.peewee.connection().iterdump())

    assert secret not in talk._runner.run(talk.database.call(dump))


def test_old_addresses_give_way_to_new_ones(talk: Conversation) -> None:
    paths = []
    for _ in range(calendar_keys.MOST + 1):
        paths.append(address(talk, talk.guardian(0)))
        talk.advance(minutes=1)
    statuses = [status for status, _, _ in fetch(talk, *paths)]
    assert statuses == [404, *[200] * calendar_keys.MOST]


def test_a_school_without_a_page_is_told_kindly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conversation, "SITE", "")
    with Conversation(plugin) as talk:
        said = talk.guardian(0).says("!календарь", room=room_of(talk, talk.guardian(0)))
        assert said.startswith("Адреса календаря нет: у школы не настроена страница в интернете.")
