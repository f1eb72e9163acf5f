"""The plugin's table of contents."""

from __future__ import annotations

from classroom_matrix.api import Plugin

from .agenda import coming, open_for
from .cards import duty_card
from .config import DutiesConfig
from .dates import entries
from .desk import take, understand
from .excuses import end_exemption, exempt_family, list_exemptions
from .late import answer_edit, take_back
from .load_table import show_loads
from .occasions import finish, follow_occasion, free_everything, free_places_of_leavers
from .opening import duties, duties_of, holders_of, open_for_others, remove_duty
from .own import end_own, finish_own
from .personal import erase, export
from .proposal_card import proposal_card
from .proposals import close_offers, propose, propose_for_series, replace_family, send_command
from .proxy import drop_for_family, note_means, note_missed, take_for_family
from .questions import asked_last, occasion_of_message
from .reactions import answer_by_reaction
from .reminders import remind_holders
from .series import end_series, open_series, skip_days, turn_page
from .swapping import expire_swap, swap_command, swap_no, swap_yes
from .tables import TABLES
from .wishing import draw_lots

plugin = Plugin(
    name="duties",
    config=DutiesConfig,
    tables=TABLES,
    commands=[
        duties, propose, send_command, replace_family, remove_duty, end_own, show_loads,
        take_for_family, drop_for_family, note_missed, note_means,
        open_series, propose_for_series, skip_days, end_series,
        exempt_family, end_exemption, list_exemptions,
        swap_command, swap_yes, swap_no,
    ],
    listeners=[answer_by_reaction, take_back, answer_edit, follow_occasion, free_everything, finish, free_places_of_leavers],
    jobs=[remind_holders, draw_lots, close_offers, expire_swap, turn_page, finish_own],
    cards=[duty_card, proposal_card],
    serves=[open_for_others, duties_of, holders_of, asked_last, occasion_of_message],
    understand=understand,
    take=take,
    agenda=open_for,
    coming=coming,
    calendar=entries,
    export=export,
    erase=erase,
)  # fmt: skip
