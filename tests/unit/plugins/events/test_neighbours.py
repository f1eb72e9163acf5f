"""What others see of events: agendas, calendars, exports, other plugins."""

from __future__ import annotations

from datetime import date
from typing import Any

from classroom_matrix.api.contracts import OpenOccasions
from classroom_matrix.domain.people import Household
from classroom_matrix.testing.conversation import Conversation
from classroom_plugins.events.agenda import coming_on, open_for
from classroom_plugins.events.entries import calendar
from classroom_plugins.events.personal import erase, export

from .stage import card, lines, looking, writes


def home(talk: Conversation, number: int) -> Household:
    person = talk.guardian(number).person
    assert person is not None
    found = talk.roster.household(person.household_id)
    assert found is not None
    return found


def said(lines_: Any) -> list[str]:
    return ["".join(str(span) for span in line.spans) for line in lines_]


def test_agenda_asks_those_who_have_not_answered_and_those_whose_answer_is_old(rink: Conversation):
    ask = "«Каток» — сб, 21 ноября, 12:00, парк Сокольники. Придёте? Ответьте на карточке или здесь: «придём» или «не придём»."
    assert said(looking(rink, lambda view: open_for(view, home(rink, 0)))) == [ask]
    rink.guardian(0).reacts("Каток", "✅", room="events")
    assert said(looking(rink, lambda view: open_for(view, home(rink, 0)))) == []
    rink.teacher.says("!событие изменить где: школа", room="events")
    again = "«Каток» — изменилось: сб, 21 ноября, 12:00, школа. Вы по-прежнему придёте?"
    assert said(looking(rink, lambda view: open_for(view, home(rink, 0)))) == [again]
    english = said(looking(rink, lambda view: open_for(view, home(rink, 2)), "en"))
    assert english[0].startswith("“Каток”: Sat, 21 November, 12:00, школа. Will you come?")


def test_day_shows_what_to_bring_unless_the_family_does_not_come(rink: Conversation):
    day = date(2026, 11, 21)
    rink.guardian(0).reacts("Каток", "✅", room="events")
    rink.guardian(2).reacts("Каток", "❌", room="events")

    def of(number: int) -> list[str]:
        return said(looking(rink, lambda view: coming_on(view, home(rink, number), day)))

    assert of(0) == ["«Каток»: 12:00, парк Сокольники. Взять: коньки."]
    assert of(2) == []
    assert of(4) == ["«Каток»: 12:00, парк Сокольники. Взять: коньки. Вы ещё не ответили, придёте ли."]
    assert said(looking(rink, lambda view: coming_on(view, home(rink, 0), date(2026, 11, 20)))) == []


def test_calendar_keeps_the_uid_and_counts_what_has_to_be_noticed(rink: Conversation):
    def entries() -> list[tuple[str, str, int, bool, str]]:
        found = looking(rink, lambda view: calendar(view, None))
        return [(each.uid, str(each.starts), each.sequence, each.cancelled, each.place) for each in found]

    assert entries() == [("event/1", "2026-11-21 12:00:00+03:00", 0, False, "парк Сокольники")]
    rink.teacher.says("!план Сбор у входа", room="events")
    rink.teacher.says("!событие изменить когда: воскресенье", room="events")
    assert entries() == [("event/1", "2026-11-22", 1, False, "парк Сокольники")]
    rink.teacher.says("!событие отменить", room="events")
    assert entries() == [("event/1", "2026-11-22", 2, True, "парк Сокольники")]


def test_other_plugins_learn_what_is_planned(rink: Conversation):
    rink.teacher.says("!событие Музей", room="events")
    rink.teacher.says("!событие Ёлка завтра 10:00", room="events")
    found = looking(rink, lambda view: view.ask(OpenOccasions())) or ()
    assert [(each.name, each.number, each.title) for each in found] == [
        ("events/3", 3, "Ёлка"),
        ("events/1", 1, "Каток"),
        ("events/2", 2, "Музей"),
    ]
    assert [str(each.starts) for each in found] == ["2026-11-17 10:00:00+03:00", "2026-11-21 12:00:00+03:00", "None"]


def test_export_has_everything_and_erasure_leaves_nothing(rink: Conversation):
    rink.guardian(0).reacts("Каток", "❌", room="events")
    writes(rink, 0, "придём, 2 взрослых")
    writes(rink, 0, "идея: взять на каток термосы")
    writes(rink, 0, "с именем")
    rink.teacher.says("!идеи принять 1", room="staff")
    rink.teacher.says("!комитет guardian0 события", room="staff")
    rink.guardian(0).says("!план добавить Сбор у входа", room="events")
    assert lines(rink, "1. ", "2. ") == ["1. взять на каток термосы (идея: guardian0)", "2. Сбор у входа"]
    thread = rink.card("Каток", room="events").event_id
    rink.guardian(1).says("А кто с санками?", room="events", thread=thread)
    family = rink.family("Калинина")
    found = looking(rink, lambda view: export(view, family))
    assert [(row["Ответ"], row["Учёт"]) for row in found["Ответы на приглашения"]] == [
        ("не придёте", "заменён или отозван"),
        ("придёте: 2 взрослых, Ксения", "учтён"),
    ]
    assert [row["Идея"] for row in found["Идеи"]] == ["взять на каток термосы"]
    assert [row["Текст"] for row in found["Сообщения в ветках событий"]] == ["А кто с санками?"]
    looking(rink, lambda view: erase(view, family))
    looking(rink, lambda view: erase(view, family))
    assert looking(rink, lambda view: export(view, family)) == {}

    def remains() -> str:
        tables = ("answer", "claim", "seat", "letter", "idea", "talk", "version", "event")
        rows = [row for table in tables for row in rink.database.execute(f"SELECT * FROM events_{table}")]
        return str(rows)

    kept = rink._runner.run(rink.database.call(remains))
    assert "family0" not in kept
    assert "guardian0" not in kept
    assert "взять на каток термосы" in kept
    rink.guardian(2).reacts("Каток", "✅", room="events")
    assert lines(rink, "Ответили") == ["Может быть: 0. Ответили 1 из 4."]


def test_erased_family_s_place_is_free(rink: Conversation):
    rink.teacher.says("!событие изменить мест: 2", room="events")
    rink.guardian(0).reacts("Каток", "✅", room="events")
    family = rink.family("Калинина")
    looking(rink, lambda view: erase(view, family))
    rink.guardian(4).reacts("Каток", "✅", room="events")
    assert "свободно 0." in card(rink)
    assert "Ждёт" not in card(rink)


def test_households_that_live_apart_get_lists_of_their_own(rink: Conversation):
    writes(rink, 4, "придём, 3 взрослых")
    rink.guardian(5).reacts("Каток", "❌", room="events")
    rink.teacher.says("!придут Чернов 1", room="staff")
    found = looking(rink, lambda view: export(view, rink.family("Чернов")))
    assert {name: [row["Ответ"] for row in rows] for name, rows in found.items()} == {
        "Ответы на приглашения: guardian4": ["придёте: 3 взрослых, Марк"],
        "Ответы на приглашения: guardian5": ["не придёте"],
        "Ответы на приглашения": ["придёте: 1 взрослый, Марк"],
    }
    assert "3 взрослых" not in str(found["Ответы на приглашения: guardian5"])
