"""The plugin's table of contents."""

from __future__ import annotations

from classroom_matrix.api import Plugin

from .agenda import open_for
from .cards import poll_card
from .closing import announce_result, close_at_deadline
from .config import PollsConfig
from .desk import refuse_number, take, understand
from .edits import follow_edit
from .handlers import cancel_poll, close_poll, list_polls, open_poll, poll_results, vote_for_family, who_is_missing
from .native import adopt_native_poll, follow_native_end
from .personal import erase, export
from .reminders import remind_household, remind_missing
from .service import cancel_for_others, open_for_others
from .tables import MIGRATIONS, TABLES
from .voting import count_reaction, count_vote, take_back

plugin = Plugin(
    name="polls",
    config=PollsConfig,
    tables=TABLES,
    migrations=MIGRATIONS,
    commands=[open_poll, close_poll, vote_for_family, poll_results, who_is_missing, list_polls, cancel_poll],
    listeners=[adopt_native_poll, count_vote, count_reaction, refuse_number, follow_edit, take_back, follow_native_end],
    jobs=[close_at_deadline, remind_missing, remind_household, announce_result],
    cards=[poll_card],
    export=export,
    erase=erase,
    agenda=open_for,
    understand=understand,
    take=take,
    serves=[open_for_others, cancel_for_others],
)
