from __future__ import annotations

from classroom_matrix.domain.ids import RoomId, UserId
from classroom_matrix.errors import PermanentError, TemporaryError
from classroom_matrix.provisioning.ahead import Joiner, join_ahead, joiners

from .scene import MOTHER, TEACHER, Scene

A, B = UserId("@a:s"), UserId("@b:s")
ONE, TWO = RoomId("!one"), RoomId("!two")


class Limited:
    """Lets everybody join once, then asks to wait before each further join."""

    def __init__(self, log: list[tuple[UserId, RoomId]], user_id: UserId) -> None:
        self.log, self.user_id, self.asked = log, user_id, 0

    async def join(self, room: RoomId) -> RoomId:
        self.asked += 1
        if self.asked % 2 == 0:
            raise TemporaryError("rate limited", retry_after=0.05)
        self.log.append((self.user_id, room))
        return room


async def test_who_has_to_wait_lets_others_go_first() -> None:
    log: list[tuple[UserId, RoomId]] = []

    async def gateway_for(user_id: UserId) -> Limited:
        return Limited(log, user_id)

    people = [Joiner(A, (ONE, TWO)), Joiner(B, (ONE, TWO))]
    outcome = await join_ahead(people, gateway_for, in_flight=1)
    assert (outcome.count, outcome.refused) == (4, [])
    assert log == [(A, ONE), (B, ONE), (A, TWO), (B, TWO)]


async def test_account_that_does_not_exist_is_reported_once() -> None:
    async def gateway_for(user_id: UserId) -> Limited:
        if user_id == A:
            raise PermanentError("M_NOT_FOUND", 404, "no such user")
        return Limited([], user_id)

    outcome = await join_ahead([Joiner(A, (ONE, TWO)), Joiner(B, (ONE,))], gateway_for)
    assert (outcome.count, [(user, room) for user, room, _ in outcome.refused]) == (1, [(A, ONE)])


async def test_everybody_joins_the_space_first_and_only_what_is_theirs(scene: Scene) -> None:
    await scene.apply()
    database = scene.open()
    planned = await scene.provisioner(database).plan(scene.config.klass("3b"))
    database.close()
    found = {person.user_id: person.rooms for person in joiners(planned.blueprint, planned.snapshot)}
    assert (len(found[TEACHER]), len(found[MOTHER])) == (10, 9)
    assert {rooms[0] for rooms in found.values()} == {scene.room("space").id}
    assert scene.room("staff").id not in found[MOTHER]
