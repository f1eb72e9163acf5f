"""Whatever two families write, choose, edit, delete and tap about two events: for each the last act that stands counts.

Which events words are about that name none is what the family was told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from classroom_matrix.domain.ids import FamilyId
from classroom_matrix.testing.conversation import CLASS, Conversation
from classroom_plugins.events import store
from classroom_plugins.events.answers import Kind, standing
from classroom_plugins.events.plugin import plugin

from .stage import ON_SATURDAY, desk_of, options

EVENTS = ("Каток", "Музей")
HOMES = {0: FamilyId("family0"), 2: FamilyId("family1")}
"""Families by a guardian of theirs."""
WORDS = {"придём": Kind.YES, "не придём": Kind.NO, "может быть придём": Kind.MAYBE}
TAPS = {"✅": Kind.YES, "❔": Kind.MAYBE, "❌": Kind.NO}
NAMED = {"Каток": "на каток", "Музей": "в музей"}


class Act(NamedTuple):
    """What a guardian does. `pick`: which of their own messages so far, counted from the last."""

    what: str
    who: int
    said: str
    about: tuple[str, ...]
    pick: int


@dataclass(frozen=True)
class Told:
    """A message or a tap, and what it says of the events. `last`: when it was written or edited."""

    event_id: str
    room: str
    about: tuple[str, ...]
    kind: Kind
    last: int
    chosen: bool = False
    deleted: bool = False


@dataclass
class Oracle:
    """All that a family did, and how it stands."""

    told: dict[int, list[Told]] = field(default_factory=lambda: {who: [] for who in HOMES})

    def stands(self, who: int, title: str) -> Kind | None:
        own = [each for each in self.told[who] if title in each.about and not each.deleted]
        return max(own, key=lambda each: each.last).kind if own else None

    def change(self, who: int, before: Told, **values: object) -> None:
        own = self.told[who]
        own[own.index(before)] = replace(before, **values)  # type: ignore[arg-type]


acts = st.lists(
    st.builds(
        Act,
        st.sampled_from(["named", "both", "both", "tap", "edit", "delete", "delete"]),
        st.sampled_from(list(HOMES)),
        st.sampled_from(list(WORDS)),
        st.sampled_from([(title,) for title in EVENTS]),
        st.integers(0, 3),
    ),
    max_size=7,
)


def send(talk: Conversation, who: int, text: str, replaces: str | None = None) -> str:
    content: dict[str, object] = {"msgtype": "m.text", "body": text}
    if replaces is not None:
        content["m.new_content"] = {"msgtype": "m.text", "body": text}
        content["m.relates_to"] = {"rel_type": "m.replace", "event_id": replaces}
    return talk.guardian(who).sends("m.room.message", content, room=desk_of(talk, who))


def play(talk: Conversation, oracle: Oracle, act: Act, now: int) -> None:
    own = [each for each in oracle.told[act.who] if not each.deleted]
    picked = own[-1 - act.pick % len(own)] if own else None
    desk, kind = desk_of(talk, act.who), WORDS[act.said]
    match act.what:
        case "named":
            sent = send(talk, act.who, f"{NAMED[act.about[0]]} {act.said}")
            oracle.told[act.who].append(Told(sent, desk, act.about, kind, now))
        case "both":
            before = talk.count_of_bot()
            sent, chosen = send(talk, act.who, act.said), False
            if talk.bot_messages_since(before)[-1:] and talk.bot_messages_since(before)[-1].startswith("К чему это?"):
                sent, chosen = send(talk, act.who, "оба"), True
            echoed = [text for text in talk.bot_messages_since(before) if text.startswith("Записали:")]
            about = tuple(title for title in EVENTS if any(f"«{title}»" in text for text in echoed))
            assert about == EVENTS or not chosen
            if about:
                oracle.told[act.who].append(Told(sent, desk, about, kind, now, chosen))
        case "tap":
            key = next(key for key, meant in TAPS.items() if meant is kind)
            sent = talk.guardian(act.who).reacts(f"{act.about[0]} · ", key, room="events")
            oracle.told[act.who].append(Told(sent, "events", act.about, kind, now))
        case "edit" if picked is not None and picked.room == desk and not picked.chosen:
            send(talk, act.who, f"{NAMED[picked.about[0]]} {act.said}", picked.event_id)
            oracle.change(act.who, picked, kind=kind, last=now)
        case "delete" if picked is not None:
            talk.guardian(act.who).takes_back(picked.event_id, room=picked.room)
            oracle.change(act.who, picked, deleted=True)


def recorded(talk: Conversation) -> dict[tuple[int, str], Kind | None]:
    def look() -> dict[tuple[int, str], Kind | None]:
        found: dict[tuple[int, str], Kind | None] = {}
        for event in store.open_events(CLASS):
            for who, family in HOMES.items():
                stands = standing(store.answers(event, family), None)
                found[who, event.plan.title] = stands.kind if stands else None
        return found

    return talk._runner.run(talk.database.call(look))


@given(acts)
@settings(max_examples=30, deadline=None)
def test_last_standing_act_of_a_family_counts_for_each_event(history: Sequence[Act]):
    with Conversation({plugin: options(seed_reactions=False)}) as talk:
        talk.teacher.says(ON_SATURDAY, room="events")
        talk.teacher.says("!событие Музей 5 декабря 10:00", room="events")
        oracle = Oracle()
        for now, act in enumerate(history):
            play(talk, oracle, act, now)
            assert recorded(talk) == {(who, title): oracle.stands(who, title) for who in HOMES for title in EVENTS}
