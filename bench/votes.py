"""What votes cost: the whole program, a class of 27 families, one open poll, 49 people who keep changing their minds."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from .figure import Aim, Check, Figure, Line
from .prepared_school import PreparedSchool, prepare
from .stub_homeserver import Send
from .subject import BARE_BOT, Subject, stubbed, subject
from .throughput import Tally, answer_block

VOTERS = 49
_CPU = (Aim("at most", 0.40),)
OPTIONS = ("Музей", "Зоопарк", "Планетарий")
_POLL = "org.matrix.msc3381.poll.start"
_COUNT = re.compile(rf"(?:{'|'.join(OPTIONS)}) — (\d+)")


async def measure(folder: Path, *, quick: bool) -> list[Line]:
    """Votes, in turns with as many commands to the bare loop, which say how fast the machine is at the moment."""
    count, blocks = (200, 2) if quick else (1_000, 5)
    run = ("-m", "classroom_matrix", "run", "-c", str(folder / "service" / "config.yaml"))
    async with (
        stubbed("service", run, folder / "service") as service,
        subject("bare loop", BARE_BOT, folder / "bare") as bare,
    ):
        school = await prepare(folder / "service", classes=1, stub_port=service.stub_port, bot_port=service.bot_port)
        await service.start()
        poll, answers = await _open_poll(service, school)
        votes, families = _votes(service, school, poll, answers, count)
        ours, theirs = Tally(), Tally()
        sends: list[Send] = []
        await answer_block(bare, theirs, rooms=10, count=count, counted=False)
        for start in range(0, count, count // blocks):
            await answer_block(bare, theirs, rooms=10, count=count // blocks)
            sends += await _block(service, ours, votes[start : start + count // blocks])
        sends += await _later_sends(service)
    edits = [send for send in sends if b"m.replace" in bytes(send.content)]
    expected = Counter(families.values())
    shown = _counts(edits[-1]) if edits else []
    name = f"{count:,} votes"
    return [
        Figure(f"{name}: rate (baseline: commands)", ours.rate, "/s", theirs.rate, (Aim("at least", 2_500),)),
        Figure(f"{name}: CPU per 1,000, sending included", ours.cpu_per_thousand, "s", theirs.cpu_per_thousand, _CPU),
        Figure(f"{name}: edits of the card", len(edits), "events"),
        Figure(f"{name}: letters to the other guardian", len(sends) - len(edits), "events"),
        Check(f"{name}: counted", shown == [expected[answer] for answer in answers], f"the card says {shown}"),
    ]


async def _block(service: Subject, tally: Tally, votes: list[dict[str, Any]]) -> list[Send]:
    await service.bot.rest()
    cpu = service.bot.cpu_seconds()
    pushed = await service.push(votes, expected=0)
    await service.bot.rest()
    tally.commands += len(votes)
    tally.seconds += pushed.accepted
    tally.cpu_seconds += service.bot.cpu_seconds() - cpu
    return pushed.sends


async def _open_poll(service: Subject, school: PreparedSchool) -> tuple[str, list[str]]:
    """Let the teacher open a poll; returns the native poll's event ID and the IDs of its answers."""
    klass = school.classes[0].id
    command = f"!опрос Куда едем? {'; '.join(OPTIONS)}"
    content = {"msgtype": "m.text", "body": command, "m.mentions": {}}
    event = service.event(school.room(klass, "announcements"), school.teacher(klass), "m.room.message", content)
    pushed = await service.push([event], expected=2)
    native = next(send for send in pushed.sends if f"/{_POLL}/" in send.path)
    poll = msgspec.json.decode(native.content)[_POLL]
    return native.event_id, [answer["id"] for answer in poll["answers"]]


def _votes(
    service: Subject, school: PreparedSchool, poll: str, answers: Sequence[str], count: int
) -> tuple[list[dict[str, Any]], Mapping[str, str]]:
    """Votes as the homeserver pushes them, in turns, and what each family's vote is in the end."""
    chance = random.Random(1)
    guardians = [
        (str(family.id), str(guardian.user_id))
        for family in school.rosters[0].families
        for guardian in family.guardians
        if not guardian.limited
    ][:VOTERS]
    room = school.room(school.classes[0].id, "announcements")
    votes, families = [], {}
    for number in range(count):
        family, user = guardians[number % len(guardians)]
        families[family] = chance.choice(answers)
        relation = {"rel_type": "m.reference", "event_id": poll}
        content = {"m.relates_to": relation, "org.matrix.msc3381.poll.response": {"answers": [families[family]]}}
        votes.append(service.event(room, user, "org.matrix.msc3381.poll.response", content))
    return votes, families


async def _later_sends(service: Subject) -> list[Send]:
    """What still comes: edits of a card are ten seconds apart."""
    sends: list[Send] = []
    while True:
        fresh = (await service.push([], expected=0, quiet=12)).sends
        sends += fresh
        if not any(b"m.replace" in bytes(send.content) for send in fresh):
            return sends


def _counts(edit: Send) -> list[int]:
    """The numbers that a card shows behind its options."""
    body = msgspec.json.decode(edit.content)["m.new_content"]["body"]
    return [int(number) for number in _COUNT.findall(body)]
