"""Many people do anything in any order, through the whole service: the rules hold after every act; each word has one answer."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from classroom_matrix.testing.conversation import Conversation
from classroom_plugins.consultations.plugin import plugin

from .invariants import check_all
from .stage import ask

WORDS = ["1", "2", "3", "4", "первое свободное", "отмена", "перенести на 2", "перенести на 16:45", "лист ожидания", "да", "нет",
         "если освободится 16:00", "запись"]  # fmt: skip
ANSWERED = {"1", "2", "3", "4", "запись"}
STAFF = ["за Исаева 1", "за Исаева отмена", "за Калинину 3", "за Калинину перенести 4", "снять 4", "перенести чт на пт 16:00",
         "перенести пт на чт 16:00"]  # fmt: skip

ACTS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(range(6)), st.sampled_from(WORDS)),
        st.tuples(st.sampled_from(range(6)), st.sampled_from(WORDS)),
        st.tuples(st.sampled_from(range(6)), st.sampled_from(WORDS)),
        st.tuples(st.just("teacher"), st.sampled_from(STAFF)),
        st.tuples(st.just("time"), st.sampled_from([1, 3, 12])),
    ),
    min_size=5,
    max_size=25,
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ACTS)
def test_the_rules_hold_whatever_anybody_does(acts):
    with Conversation(plugin) as talk:
        talk.teacher.says("!запись чт 16:00–17:00 по 15 мин, двойные для двойняшек", room="staff")
        for who, what in acts:
            if who == "time":
                talk.advance(hours=what)
            elif who == "teacher":
                talk.teacher.says(f"!запись {what}", room="staff")
            else:
                voice = talk.guardian(who)
                ask(talk, voice, what)
                said = talk.desk(voice)
                asked = [message.event_id for message in said if message.sender == voice.user_id][-1]
                answers = [m for m in said if _reply_to(m.content) == asked]
                assert len(answers) == 1 if what in ANSWERED else len(answers) <= 1, [m.body for m in answers]
            check_all(talk)


def _reply_to(content) -> str | None:
    return content.get("m.relates_to", {}).get("m.in_reply_to", {}).get("event_id")
