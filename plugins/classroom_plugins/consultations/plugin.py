"""The plugin's table of contents."""

from __future__ import annotations

from classroom_matrix.api import Plugin

from . import written
from .agenda import calendar
from .both import coming, erase, export, open_for
from .cards import slots_card
from .config import ConsultationsConfig
from .days import cancel_day, close_booking, move_day, remove_slot, show_sheet
from .desk import take, understand
from .entered_anew import follow_staff_deletion, follow_staff_edit
from .opening import open_slots, publish_round, tend_round
from .proxy import act_for_family
from .reminders import remind
from .second_thoughts import follow_edit, take_back
from .sheet import day_sheet, send_sheet
from .tables import TABLES
from .taps import count_tap
from .waiting import expire_offer

plugin = Plugin(
    name="consultations",
    config=ConsultationsConfig,
    tables=[*TABLES, *written.TABLES],
    commands=[
        open_slots,
        act_for_family,
        show_sheet,
        move_day,
        cancel_day,
        remove_slot,
        close_booking,
        *written.COMMANDS,
    ],
    listeners=[count_tap, take_back, follow_edit, follow_staff_edit, follow_staff_deletion, *written.LISTENERS],
    jobs=[publish_round, tend_round, expire_offer, remind, send_sheet, *written.JOBS],
    cards=[slots_card, day_sheet, *written.CARDS],
    understand=understand,
    take=take,
    agenda=open_for,
    coming=coming,
    calendar=calendar,
    export=export,
    erase=erase,
)
