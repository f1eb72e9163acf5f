"""Written consultations in desks: open, answered, closed. What `consultations.plugin` takes up of them."""

from __future__ import annotations

from .agenda import agenda, coming
from .closing import close_here, close_of_family
from .listening import hear_message, hear_reaction, hear_redaction, hear_refused, hear_taken
from .listing import list_consultations
from .meeting import meet_family, meet_here
from .personal import erase, export
from .tables import TABLES
from .waiting import tell_of_waiting

COMMANDS = (list_consultations, close_of_family, meet_family, close_here, meet_here)
LISTENERS = (hear_message, hear_reaction, hear_redaction, hear_refused, hear_taken)
JOBS = (tell_of_waiting,)
CARDS = ()

__all__ = ["CARDS", "COMMANDS", "JOBS", "LISTENERS", "TABLES", "agenda", "coming", "erase", "export"]
