"""Identifiers. They are strings on the wire; the types keep them apart in the code."""

from __future__ import annotations

import hashlib
from typing import NewType

UserId = NewType("UserId", str)  # @localpart:server
RoomId = NewType("RoomId", str)  # !opaque; no ":" in room version 12
EventId = NewType("EventId", str)  # $opaque
RoomAlias = NewType("RoomAlias", str)  # #localpart:server
ClassId = NewType("ClassId", str)  # slug from config.yaml, such as "3b-2026"
PersonId = NewType("PersonId", str)  # opaque, random, never derived from a name
FamilyId = NewType("FamilyId", str)
HouseholdId = NewType("HouseholdId", str)
EffectKey = NewType("EffectKey", str)  # what caused an effect, and which of its effects


def is_effect_key(target: str) -> bool:
    """Whether a target is the key of an effect and not an event ID: keys hold a bar, event IDs never do."""
    return "|" in target


def transaction_id(key: str) -> str:
    """The homeserver's transaction ID of the effect `key`: the same key is the same request, for ever."""
    return "cm" + hashlib.blake2b(key.encode(), digest_size=18).hexdigest()
