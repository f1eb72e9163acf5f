"""What a plugin may use. Contracts only: the behaviour is in `runtime`.

from classroom_matrix.api import Context, Plugin, When, command, card, job, on
"""

from .arguments import Share, When
from .context import Context, Klass, Room, Subject, View
from .plugin import CardKind, Command, Job, Listener, Plugin, RoomRole, card, command, job, on
from .tables import Table

__all__ = [
    "CardKind",
    "Command",
    "Context",
    "Job",
    "Klass",
    "Listener",
    "Plugin",
    "Room",
    "RoomRole",
    "Share",
    "Subject",
    "Table",
    "View",
    "When",
    "card",
    "command",
    "job",
    "on",
]
