"""Swaps, whatever the order of asking, yes, no, giving back and the passing of time: property test on the whole dialogue.

Each role is never over its places, no family has a place twice, what is decided stays decided, and a swap is done altogether
or not at all, and never after its time. The tally is made here, by comparing who held what before and after every step.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from classroom_matrix.testing.conversation import Conversation
from classroom_plugins.duties import store
from classroom_plugins.duties.asking import store as asking_store
from classroom_plugins.duties.config import DutiesConfig
from classroom_plugins.duties.domain import Swap, SwapState, Via
from classroom_plugins.duties.plugin import plugin

from .stage import RINK, Stage
from .talking import desks

T = TypeVar("T")
Held = frozenset[tuple[str, int]]

HOMES = ((0, "family0-0"), (2, "family1-0"), (4, "family2-0"), (5, "family2-1"))
FAMILIES = ("Калиниными", "Беляевыми", "Черновыми")
WORDS = ("чай", "фото", "машина")
done = Counter[SwapState]()


class Swapping(RuleBasedStateMachine):
    @initialize()
    def open(self) -> None:
        self.stage = Stage()
        self.talk = Conversation({plugin: DutiesConfig(seed_reactions=False), self.stage.plugin: None})
        self.talk.teacher.says("!дела чай 2; фото 1; машина 1", room="staff")
        desks(self.talk)
        for (number, room), word in zip(HOMES, WORDS, strict=False):
            self.talk.guardian(number).says(f"беру {word}", room=room)
        self.held, self.swaps = self.look()

    def teardown(self) -> None:
        if hasattr(self, "talk"):
            self.talk.__exit__(None, None, None)

    # ── What people do ──────────────────────────────────────────────────────────────────────────────────────────────

    @rule(home=st.sampled_from(HOMES), word=st.sampled_from(WORDS), takes=st.booleans())
    def takes_or_gives_back(self, home: tuple[int, str], word: str, takes: bool) -> None:
        self.talk.guardian(home[0]).says(f"беру {word}" if takes else f"не смогу {word}", room=home[1])
        self.check()

    @rule(home=st.sampled_from(HOMES), other=st.sampled_from(FAMILIES))
    def asks(self, home: tuple[int, str], other: str) -> None:
        self.talk.guardian(home[0]).says(f"обмен с {other}", room=home[1])
        self.check()

    @rule(
        home=st.sampled_from(HOMES), other=st.sampled_from(FAMILIES), own=st.sampled_from(WORDS), their=st.sampled_from(WORDS)
    )
    def asks_by_name(self, home: tuple[int, str], other: str, own: str, their: str) -> None:
        self.talk.guardian(home[0]).says(f"обмен {own} с {other} на {their}", room=home[1])
        self.check()

    @precondition(lambda self: any(swap.state is SwapState.ASKED for swap in self.swaps.values()))
    @rule(agrees=st.sampled_from((True, True, True, False)), all_at_once=st.booleans())
    def answer(self, agrees: bool, all_at_once: bool) -> None:
        """The oldest swap, or all of them in one moment."""
        asked = [swap for swap in self.swaps.values() if swap.state is SwapState.ASKED]
        with self.talk.at_once():
            for swap in asked if all_at_once else asked[:1]:
                for number, room in HOMES:
                    if (letter := self.letter(swap, room)) is not None:
                        self.talk.guardian(number).reacts(letter, "✅" if agrees else "❌", room=room)
        self.check()

    @rule(
        pair=st.permutations(range(3)),
        who=st.sampled_from(("asker", "other", "third", "nobody")),
        hours=st.sampled_from((0, 26)),
    )
    def swaps_with_something_in_between(self, pair: list[int], who: str, hours: int) -> None:
        """Asked for, then somebody gives everything back or time passes, then agreed to."""
        asker, other, third = (HOMES[number] for number in pair)
        self.talk.guardian(asker[0]).says(f"обмен с {FAMILIES[pair[1]]}", room=asker[1])
        self.check()
        gives_back = {"asker": asker, "other": other, "third": third}.get(who)
        for word in WORDS if gives_back else ():
            self.talk.guardian(gives_back[0]).says(f"не смогу {word}", room=gives_back[1])  # type: ignore[index]
            self.check()
        if hours:
            self.time_passes(hours)
        for home in HOMES if any(swap.state is SwapState.ASKED for swap in self.swaps.values()) else ():
            for swap in list(self.swaps.values()):
                if (letter := self.letter(swap, home[1])) is not None:
                    self.talk.guardian(home[0]).reacts(letter, "✅", room=home[1])
                    self.check()
        if gives_back is not None:
            self.talk.guardian(gives_back[0]).says(f"беру {WORDS[pair[0]]}", room=gives_back[1])
            self.check()

    @rule(hours=st.sampled_from((1, 9, 25)))
    def time_passes(self, hours: int) -> None:
        assert RINK.starts is not None
        if self.talk.clock.now() < RINK.starts:
            self.talk.advance(hours=hours)
        self.check()

    # ── What is looked at ───────────────────────────────────────────────────────────────────────────────────────────

    def check(self) -> None:
        before, swaps_before = self.held, self.swaps
        self.held, self.swaps = self.look()
        places = {duty.id: duty.places for duty in self.call(lambda: store.open_duties("3b"))}
        assert all(sum(1 for _, duty in self.held if duty == each) <= places[each] for each in places)
        expected, unexplained = set(before), False
        for number, swap in self.swaps.items():
            was = swaps_before[number].state if number in swaps_before else SwapState.ASKED
            assert was in (SwapState.ASKED, swap.state)  # what is decided stays decided
            if swap.state is SwapState.DONE and was is SwapState.ASKED:
                assert self.now() < swap.expires_at + 5_000
                assert {(swap.asker, swap.gives), (swap.other, swap.gets)} <= expected
                expected -= {(swap.asker, swap.gives), (swap.other, swap.gets)}
                expected |= {(swap.asker, swap.gets), (swap.other, swap.gives)}
                unexplained = True
            if was is not swap.state:
                done[swap.state] += 1
        if unexplained:  # in this step nothing else has changed places
            assert self.held == expected
        else:
            assert len(self.held ^ before) <= 1
        assert self.call(self.swapped_twice) == []

    def swapped_twice(self) -> list[int]:
        """Duties to which more families came by swaps than left by them."""
        came, left = Counter[int](), Counter[int]()
        for family in self.talk.roster.families:
            for hold in store.history_of("3b", family.id):
                came[hold.duty] += hold.via is Via.SWAP
                left[hold.duty] += hold.ended == "swapped"
        return [duty for duty in came | left if came[duty] != left[duty]]

    def look(self) -> tuple[Held, dict[int, Swap]]:
        def query() -> tuple[Held, dict[int, Swap]]:
            held = [(hold.family, hold.duty) for duty in store.open_duties("3b") for hold in store.holds(duty)]
            assert len(held) == len(set(held))
            swaps = {swap.id: swap for family in self.talk.roster.families for swap in asking_store.swaps_of("3b", family.id)}
            return frozenset(held), dict(sorted(swaps.items()))

        return self.call(query)

    def letter(self, swap: Swap, home: str) -> str | None:
        query = "SELECT event_id FROM outbox WHERE about = ? AND plugin = 'duties'"
        ids = self.call(lambda: {row[0] for row in self.talk.database.execute(query, (f"swap/{swap.id}",))})
        return next((m.event_id for m in self.talk.room(home) if m.event_id in ids), None)

    def call(self, query: Callable[[], T]) -> T:
        return self.talk._runner.run(self.talk.database.call(query))

    def now(self) -> int:
        return int(self.talk.clock.seconds() * 1000)


Swapping.TestCase.settings = settings(
    max_examples=16, stateful_step_count=10, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)


class TestSwaps(Swapping.TestCase):
    @classmethod
    def tearDownClass(cls) -> None:
        """Some were done, and some were not: otherwise nothing has been tested."""
        assert done[SwapState.DONE], done
        assert done[SwapState.VOID], done
