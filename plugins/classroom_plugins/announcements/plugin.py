"""The plugin's table of contents."""

from __future__ import annotations

from classroom_matrix.api import Plugin

from .agenda import calendar, coming, open_for
from .cards import announcement_card, correction_card, request_card
from .command_edits import follow_edit
from .config import AnnouncementsConfig
from .confirming import confirm_by_reaction, take_back
from .corrections import tell_correction
from .deadlines import remind_missing, report_end
from .edits import answer_edit
from .handlers import (
    cancel_announcement,
    correct_text,
    enter_confirmation,
    move_announcement,
    open_announcement,
    open_mustread,
)
from .listing import export_confirmations, list_announcements, show_delivery, who_confirmed
from .own import hear_teacher
from .personal import erase, export
from .publishing import publish_due
from .tables import TABLES
from .understanding import take, understand

plugin = Plugin(
    name="announcements",
    config=AnnouncementsConfig,
    tables=TABLES,
    commands=[
        open_announcement,
        list_announcements,
        show_delivery,
        move_announcement,
        cancel_announcement,
        correct_text,
        open_mustread,
        who_confirmed,
        enter_confirmation,
        export_confirmations,
    ],
    listeners=[hear_teacher, follow_edit, confirm_by_reaction, answer_edit, take_back],
    jobs=[publish_due, tell_correction, remind_missing, report_end],
    cards=[announcement_card, request_card, correction_card],
    agenda=open_for,
    coming=coming,
    understand=understand,
    take=take,
    calendar=calendar,
    export=export,
    erase=erase,
)
