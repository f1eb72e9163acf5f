"""Another implementation of Matrix has to understand what we say: matrix-nio reads the poll, the card and the answers."""

from __future__ import annotations

from pathlib import Path

import nio

from classroom_matrix.testing.homeserver import EmbeddedHomeserver
from tests.integration.school import PASSWORD, SchoolOnStage


async def test_nio_reads_poll_card_and_answer(homeserver: EmbeddedHomeserver, tmp_path: Path, registration_file: Path) -> None:
    async with SchoolOnStage(homeserver, tmp_path, registration_file) as school:
        await school.build(families=1)
        await school.let_in("3b", "announcements")
        await school.start()
        stage = school.classes["3b"]
        room, guardian = stage.rooms["announcements"], stage.first_guardians[0]
        await stage.teacher.say(room, "!опрос Куда <едем>? Музей; Зоопарк")
        await stage.teacher.wait_for_text("Опрос №1", room=room)
        await school.drained()
        client = nio.AsyncClient(homeserver.url, guardian.user_id)
        try:
            await client.login(PASSWORD)
            await client.sync(full_state=True)
            page = await client.room_messages(room, start="", limit=20, direction=nio.MessageDirection.back)
            assert isinstance(page, nio.RoomMessagesResponse)
            (poll,) = [e for e in page.chunk if e.source["type"] == "org.matrix.msc3381.poll.start"]
            assert isinstance(poll, nio.UnknownEvent)
            (card,) = [e for e in page.chunk if isinstance(e, nio.RoomMessageNotice)]
            assert "Куда <едем>?" in card.body
            assert "Куда &lt;едем&gt;?" in (card.formatted_body or "")
            seeds = [e for e in page.chunk if isinstance(e, nio.ReactionEvent)]
            assert {(e.reacts_to, e.key) for e in seeds} == {(card.event_id, "1️⃣"), (card.event_id, "2️⃣")}
            reaction = {"m.relates_to": {"rel_type": "m.annotation", "event_id": card.event_id, "key": "2️⃣"}}
            await client.room_send(room, "m.reaction", reaction)
        finally:
            await client.close()
        await stage.teacher.wait_for(lambda event: "Зоопарк — 1" in str(event["content"].get("m.new_content", "")), room=room)
