"""The plugin's table of contents."""

from __future__ import annotations

from classroom_matrix.api import Plugin

from .agenda import open_for
from .config import AbsenceConfig
from .edits import follow_deletion, follow_edit
from .morning import morning_list, pupils_away
from .personal import erase, export
from .proxy import enter_absence, who_is_away
from .tables import TABLES
from .telling import say_back, say_ill, take, understand

plugin = Plugin(
    name="absence",
    config=AbsenceConfig,
    tables=TABLES,
    commands=[say_ill, say_back, enter_absence, who_is_away],
    listeners=[follow_edit, follow_deletion],
    jobs=[morning_list],
    serves=[pupils_away],
    agenda=open_for,
    understand=understand,
    take=take,
    export=export,
    erase=erase,
)
