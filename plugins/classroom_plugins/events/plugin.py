"""The plugin's table of contents."""

from __future__ import annotations

from classroom_matrix.api import Plugin

from .agenda import coming_on, open_for
from .asking import ask_again, remind_silent
from .cards import event_card, idea_card
from .config import EventsConfig
from .desk import take, understand
from .edits import follow_edit
from .ending import cancel_event, end_talk, event_done, finish_event, say_thanks, thank
from .entries import calendar
from .ideas import accept_idea, decline_idea, hear_talk, list_ideas, mark_idea, propose_idea
from .lists import list_events, who_comes
from .neighbours import occasion_of_message, open_occasions, redraw
from .opening import open_event
from .personal import erase, export
from .planning import add_to_plan, change_event, edit_line, plan_history, remove_line, replace_plan, set_discussion
from .rivals import follow_decision, open_rivals
from .rsvp import answer_for_family, count_tap, look_at_queue, take_back
from .tables import TABLES

plugin = Plugin(
    name="events",
    config=EventsConfig,
    tables=TABLES,
    commands=[
        open_event,
        change_event,
        cancel_event,
        event_done,
        thank,
        who_comes,
        list_events,
        replace_plan,
        add_to_plan,
        edit_line,
        remove_line,
        plan_history,
        set_discussion,
        answer_for_family,
        propose_idea,
        list_ideas,
        accept_idea,
        decline_idea,
        open_rivals,
    ],
    listeners=[count_tap, mark_idea, hear_talk, follow_edit, take_back, redraw, follow_decision],
    jobs=[ask_again, remind_silent, look_at_queue, finish_event, say_thanks, end_talk],
    cards=[event_card, idea_card],
    serves=[open_occasions, occasion_of_message],
    agenda=open_for,
    coming=coming_on,
    understand=understand,
    take=take,
    calendar=calendar,
    export=export,
    erase=erase,
)
