"""kill -9 of the service at random moments while 27 families vote and the teacher opens and closes polls.

Afterwards every command has exactly one answer, every family's last vote counts exactly once, and each poll was opened, closed
and announced once. The tally is made here, from what the homeserver accepted, not from the service's own tables.
"""

from __future__ import annotations

import asyncio
import random
import re
from collections import Counter
from collections.abc import AsyncIterator
from itertools import pairwise
from typing import Any

import pytest

from classroom_matrix.domain.ids import EventId, RoomId
from classroom_matrix.testing.faulty_proxy import Answer, Cut, Delay, FaultyProxy, Rule
from classroom_matrix.testing.homeserver import EmbeddedHomeserver
from classroom_matrix.testing.person import Person
from tests.conftest import Registrations
from tests.integration.school import ClassOnStage, Event, SchoolOnStage, is_edit, reply_to

OPTIONS = ("Музей", "Зоопарк", "Театр")
SEEDS = range(30)


@pytest.fixture(scope="module")
async def school(
    homeserver: EmbeddedHomeserver, tmp_path_factory: pytest.TempPathFactory, registrations: Registrations
) -> AsyncIterator[SchoolOnStage]:
    """One class of 27 families for all seeds; the service talks to the homeserver through a proxy."""
    async with (
        FaultyProxy(homeserver.url) as proxy,
        SchoolOnStage(homeserver, tmp_path_factory.mktemp("voting"), registrations.keep(), homeserver_url=proxy.url) as school,
    ):
        school.proxy = proxy
        await school.build()
        await school.let_in("3b", "announcements")
        yield school


class Voting:
    """One poll from opening to result, with everything that was done noted down."""

    def __init__(self, school: SchoolOnStage, seed: int) -> None:
        self.school = school
        self.stage: ClassOnStage = school.classes["3b"]
        self.room: RoomId = self.stage.rooms["announcements"]
        self.teacher: Person = self.stage.teacher
        self.dice = random.Random(seed)
        self.question = f"Куда едем {seed}-{self.dice.randrange(10**6)}?"
        self.commands: list[EventId] = []
        self.choices: dict[int, str] = {}

    async def ask(self) -> None:
        """Commands that are answered by a reply; opening is answered by the poll, closing by the result."""
        for _ in range(self.dice.randint(1, 4)):
            self.commands.append(await self.teacher.say(self.room, "!опрос список"))

    async def run(self) -> None:
        await self.teacher.say(self.room, f"!опрос {self.question} {'; '.join(OPTIONS)}")
        poll = await self.teacher.wait_for(self._is_our_poll, room=self.room, seconds=90)
        offered = {
            answer["org.matrix.msc1767.text"]: answer["id"]
            for answer in poll["content"]["org.matrix.msc3381.poll.start"]["answers"]
        }
        asking = asyncio.create_task(self.ask())
        await asyncio.gather(
            *(self._family_votes(number, poll["event_id"], offered) for number in range(len(self.stage.families)))
        )
        await asking
        await self.teacher.say(self.room, "!опрос закрыть")
        await self.teacher.wait_for(self._is_result, room=self.room, seconds=90)

    async def _family_votes(self, number: int, poll: EventId, offered: dict[str, str]) -> None:
        dice = random.Random(f"{self.question}{number}")
        guardian = self.stage.first_guardians[number]
        for _ in range(1 + (dice.random() < 0.2)):  # a fifth of the votes is changed
            choice = dice.choice(OPTIONS)
            await guardian.vote(self.room, poll, offered[choice])
            self.choices[number] = choice

    def _is_our_poll(self, event: Event) -> bool:
        return event["type"].endswith("poll.start") and self.question in str(event["content"])

    def _is_result(self, event: Event) -> bool:
        return (
            event["sender"] == self.school.bot
            and event["content"].get("msgtype") == "m.text"
            and self.question in event["content"].get("body", "")
            and not is_edit(event)
        )

    async def check(self) -> None:
        await self.school.drained()
        events = await self.teacher.history(self.room)
        ours = [event for event in events if event["sender"] == self.school.bot]
        answered = Counter(reply_to(event) for event in ours if reply_to(event) in self.commands and not is_edit(event))
        assert dict.fromkeys(self.commands, 1) == {key: count for key, count in answered.items() if key}
        polls = [event for event in ours if self._is_our_poll(event)]
        results = [event for event in ours if self._is_result(event)]
        ends = [e for e in ours if e["type"].endswith("poll.end") and self._points_at(e, polls[0]["event_id"])]
        assert (len(polls), len(results), len(ends)) == (1, 1, 1)
        body = results[0]["content"]["body"]
        counted = {option: int(re.search(rf"{option}\D*? — (\d+)", body)[1]) for option in OPTIONS}  # type: ignore[index]
        expected = Counter(self.choices.values())
        assert {option: expected[option] for option in OPTIONS} == counted
        cards = [e for e in ours if e["type"] == "m.room.message" and self.question in e["content"].get("body", "")]
        assert len([e for e in cards if not is_edit(e) and e not in results and reply_to(e) not in self.commands]) == 1

    def _points_at(self, event: Event, target: EventId) -> bool:
        relation: dict[str, Any] = event["content"].get("m.relates_to", {})
        return relation.get("event_id") == target


@pytest.mark.parametrize("seed", SEEDS)
async def test_votes_and_answers_survive_kills(school: SchoolOnStage, seed: int) -> None:
    dice = random.Random(seed * 7919)
    voting = Voting(school, seed)
    if school.process is None:
        await school.start()
    going = asyncio.create_task(voting.run())
    kills = dice.randint(1, 4)
    for _ in range(kills):
        # the moment of the kill is the thing varied; nothing is waited for by it
        await asyncio.wait([going], timeout=dice.uniform(0.02, 1.2))
        await school.kill()
        await asyncio.wait([going], timeout=dice.choice([0, 0, 0.3]))
        await school.start(listening=dice.random() < 0.7)
    await going
    await voting.check()
    assert school.rows("SELECT cause, handler, error FROM set_aside") == []


FAULTS = {
    "500 now and then": [Rule(Answer(500), path="/send/", probability=0.3)],
    "429 now and then": [Rule(Answer(429, retry_after=0.2), path="/send/", probability=0.3)],
    "cut behind the commit": [Rule(Cut(committed=True), path="/send/", probability=0.3)],
    "cut before the commit": [Rule(Cut(committed=False), path="/send/", probability=0.3)],
    "slow": [Rule(Delay(0.3), path="/send/", probability=0.5)],
    "all of it": [
        Rule(Answer(502), path="/send/", probability=0.1),
        Rule(Answer(429, retry_after=0.1), path="/send/", probability=0.1),
        Rule(Cut(committed=True), path="/send/", probability=0.2),
        Rule(Delay(0.2), probability=0.2),
    ],
}


@pytest.mark.parametrize("fault", FAULTS)
async def test_votes_and_answers_survive_a_bad_line(school: SchoolOnStage, fault: str) -> None:
    await school.kill()
    await school.start()
    voting = Voting(school, 1_000 + list(FAULTS).index(fault))
    school.proxy.rules[:] = FAULTS[fault]
    try:
        await voting.run()
        await voting.check()
        assert sum(rule.hits for rule in FAULTS[fault]) > 0
    finally:
        school.proxy.rules.clear()


async def test_an_outage_sees_at_most_one_request_a_second(school: SchoolOnStage) -> None:
    await school.kill()
    await school.start()
    voting = Voting(school, 2_000)
    outage = Rule(Answer(503))
    school.proxy.rules.append(outage)
    first = len(school.proxy.requests)
    try:
        going = asyncio.create_task(voting.run())
        async with asyncio.timeout(60):
            while outage.hits < 5:
                await asyncio.sleep(0.1)  # the condition is the number of requests that the proxy has seen
    finally:
        school.proxy.rules.clear()
    during = [request.at for request in school.proxy.requests[first:] if request.status == 503]
    on_their_way = 8  # at the beginning: sends of four rooms, the look with /sync, provisioning
    later = [at for at in during if at > during[0] + 0.5] or during[on_their_way:]
    assert min(after - before for before, after in pairwise(later)) >= 0.99
    assert len(during) - len(later) <= on_their_way
    await going
    await voting.check()
