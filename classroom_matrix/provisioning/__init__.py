"""From configuration and roster to rooms on the homeserver, and back to how they should be when somebody changes them."""

from .desk import Desks
from .drift import note, observer
from .provision import Provisioner
from .reconcile import Reconciler

__all__ = ["Desks", "Provisioner", "Reconciler", "note", "observer"]
