"""What a family gets of its confirmations, and what stays when it is forgotten; the file for the teacher."""

from __future__ import annotations

import csv
import io
from typing import Any

from classroom_matrix.domain.people import Family
from classroom_matrix.storage.tables import PupilRow
from classroom_matrix.testing.conversation import BOT, Conversation
from classroom_plugins.announcements.plugin import plugin

from .seeing import progress, view_of


def export(talk: Conversation, family: Family) -> list[dict[str, Any]]:
    assert plugin.export is not None
    return list(plugin.export(view_of(talk), family).get("Подтверждения объявлений", ()))


def test_export_has_everything_of_the_family_and_nothing_of_others(asked: Conversation):
    tap = asked.guardian(0).reacts("уроки", "✅")
    asked.guardian(0).takes_back(tap)
    asked.teacher.says("!подтвердил Калинина по телефону", room="staff")
    asked.guardian(2).reacts("уроки", "✅")
    rows = export(asked, asked.family("Калинина"))
    assert [(row["Как"], row["Кто"], row["Учёт"]) for row in rows] == [
        ("✅ в комнате", "guardian0", "отозвано"),
        ("внёс учитель: по телефону", "Анна Сергеевна", "учтено"),
    ]
    assert {row["Объявление"] for row in rows} == {"№1 «Завтра уроки с 9:00»"}
    assert export(asked, asked.family("Чернов")) == []


def test_erasure_leaves_nothing_and_may_be_repeated(asked: Conversation):
    assert plugin.erase is not None
    asked.guardian(0).reacts("уроки", "✅")
    family = asked.family("Калинина")
    for _ in range(2):
        plugin.erase(view_of(asked), family)
    assert export(asked, family) == []
    assert "family0" not in str(asked.database.execute("SELECT * FROM announcements_confirmation").fetchall())
    asked.guardian(2).reacts("уроки", "✅")
    assert progress(asked) == "Подтвердила 1 из 4 семей."


def file_in(talk: Conversation, room: str) -> list[list[str]]:
    """The newest file of the service, as a spreadsheet reads it."""
    events = talk.homeserver.rooms[talk.room_id(room)].events
    urls = [event["content"]["url"] for event in events if event["sender"] == BOT and "url" in event["content"]]
    data, mimetype, _ = talk.homeserver.media[urls[-1]]
    assert mimetype == "text/csv"
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))


def test_file_for_the_teacher_has_every_family(asked: Conversation):
    asked.guardian(0).reacts("уроки", "✅")
    asked.teacher.says("!важно выгрузка", room="announcements")
    rows = file_in(asked, "staff")
    assert rows == [
        ["Семья", "Подтверждено", "Как", "Кто", "Когда", "Примечание"],
        ["Ксения Калинина", "да", "✅ в комнате", "guardian0", "16.11.2026 10:00", ""],
        ["Таисия Беляева, Семён Беляев", "нет", "", "", "", ""],
        ["Марк Чернов", "нет", "", "", "", ""],
        ["Максим Исаев", "нет", "", "", "", "на бумаге"],
    ]


def test_file_holds_nothing_that_a_spreadsheet_would_calculate(asked: Conversation):
    PupilRow.update(name="=cmd|' /C calc'!A0").where(PupilRow.number == 1).execute()
    asked.teacher.says("!подтвердил 5 @SUM(A1)", room="staff")
    asked.teacher.says("!важно выгрузка", room="staff")
    cells = [cell for row in file_in(asked, "staff") for cell in row]
    assert "'=cmd|' /C calc'!A0" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t"))]
