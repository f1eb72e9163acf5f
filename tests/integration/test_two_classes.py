"""Two classes on one service do not see each other."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest

from classroom_matrix.errors import PermanentError
from classroom_matrix.testing.homeserver import EmbeddedHomeserver
from classroom_matrix.testing.person import text_of
from tests.integration.school import SchoolOnStage

OTHER_CLASS = """№;Фамилия;Имя;Мать (ФИО);Телефон матери
1;Туманова;Вера;Туманова Алла Игоревна;+7 999 111-00-01
2;Рощин;Пётр;Рощина Инна Львовна;+7 999 111-00-02
"""


async def test_two_classes_do_not_see_each_other(
    homeserver: EmbeddedHomeserver, tmp_path: Path, registration_file: Path
) -> None:
    async with SchoolOnStage(homeserver, tmp_path, registration_file) as school:
        other_list = tmp_path / "4a.csv"
        other_list.write_text(OTHER_CLASS, "utf-8")
        await school.build(["3b", "4a"], families=2, rosters={"4a": other_list})
        await school.let_in("3b", "announcements")
        await school.let_in("4a", "announcements")
        await school.start()
        ours, theirs = school.classes["3b"], school.classes["4a"]
        room, other = ours.rooms["announcements"], theirs.rooms["announcements"]
        assert not set(ours.rooms.values()) & set(theirs.rooms.values())

        await ours.teacher.say(room, "!опрос Куда едем? Музей; Зоопарк")
        poll = await ours.teacher.wait_for(lambda event: event["type"].endswith("poll.start"), room=room)
        answer = poll["content"]["org.matrix.msc3381.poll.start"]["answers"][0]["id"]

        # The other class's teacher knows nothing of it and cannot close it, and its guardians' votes do not count.
        await theirs.teacher.say(other, "!опрос итоги 1")
        await theirs.teacher.wait_for_text("нет опроса №1", room=theirs.rooms["staff"])
        await theirs.teacher.say(other, "!опрос закрыть")
        await theirs.teacher.wait_for_text("нет открытых опросов", room=theirs.rooms["staff"])
        with contextlib.suppress(PermanentError):  # this homeserver refuses relations to another room itself
            await theirs.first_guardians[0].vote(other, poll["event_id"], answer)
        await ours.first_guardians[0].vote(room, poll["event_id"], answer)
        await ours.teacher.say(room, "!опрос закрыть")
        result = await ours.teacher.wait_for_text("Музей — 1", room=room)
        assert "завершён" in text_of(result)
        await school.drained()

        # Nobody of one class can enter, read or find the other's rooms.
        for stranger in (ours.first_guardians[0], ours.teacher):
            for room_id in theirs.rooms.values():
                for attempt in (stranger.join, stranger.history, stranger.state):
                    with pytest.raises(PermanentError) as refused:
                        await attempt(room_id)
                    assert refused.value.status == 403
        assert "Куда едем" not in str(await theirs.teacher.history(other))
