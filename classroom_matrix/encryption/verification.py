"""Requests to compare emojis that come past the rooms (to-device): declined, so that the other side's dialog ends.

Nobody sits here who could look at emojis, so a confirmation of ours would prove nothing; see docs/adr/0009. Apps ask for
verification of another user in a room (`runtime/core/verification.py`), and this way for other devices of their own account.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

CANCEL = "m.key.verification.cancel"
_OPENINGS = ("m.key.verification.request", "m.key.verification.start")
"""What shows a dialog that waits for us. Everything else belongs to a verification that has been declined already."""
_REASON = "This account is a program and compares no emojis"  # for apps that have no words of their own for the code
_LONGEST = 255  # characters of a transaction ID that is sent back


def answer(kind: str, sender: str, content: Mapping[str, Any]) -> tuple[str, dict[str, str]] | None:  # noqa: ARG001 - the same answer to everybody
    """What to send back to the device ``content["from_device"]`` of `sender`: the event's type and its content.

    Source: https://spec.matrix.org/v1.13/client-server-api/#key-verification-framework

    Args:
        kind: type of the to-device event.
        content: its content, after decryption if it was encrypted.

    Returns:
        None where nothing has to be answered: it is another event, or says not which verification and device it is about.
    """
    transaction, device = content.get("transaction_id"), content.get("from_device")
    if kind not in _OPENINGS or not isinstance(device, str) or not 0 < len(device) <= _LONGEST or not device.isprintable():
        return None  # a homeserver that stumbles over the name would be asked again and again
    if not isinstance(transaction, str) or not 0 < len(transaction) <= _LONGEST:
        return None
    # Apps have words of their own for the code; the reason is for those that have none.
    return CANCEL, {
        "transaction_id": transaction,
        "code": "m.user",
        "reason": "This account is a program and compares no emojis",
    }
