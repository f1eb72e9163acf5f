"""What a plugin may use. Contracts only: the behaviour is in `runtime`.

from classroom_matrix.api import Context, Plugin, When, command, card, job, on
"""

from .arguments import Day, Days, Length, Period, Share, When
from .between import News, Request, Served, serves
from .calendar import CalendarEntry
from .context import Context, Klass, Room, Subject, View
from .meaning import Meaning
from .plugin import CardKind, Command, Job, Listener, Plugin, RoomRole, card, command, job, on
from .tables import Table

__all__ = [
    "CalendarEntry",
    "CardKind",
    "Command",
    "Context",
    "Day",
    "Days",
    "Job",
    "Klass",
    "Length",
    "Listener",
    "Meaning",
    "News",
    "Period",
    "Plugin",
    "Request",
    "Room",
    "RoomRole",
    "Served",
    "Share",
    "Subject",
    "Table",
    "View",
    "When",
    "card",
    "command",
    "job",
    "on",
    "serves",
]
