"""What would tell all families something private about one is not published."""

from __future__ import annotations

from classroom_matrix.api import View
from classroom_matrix.domain.private_words import tells_private
from classroom_matrix.errors import InvalidArgument


def refuse_private(view: View, text: str) -> None:
    """Let a text for all families pass, unless a pupil or a family is named in it next to a private word.

    Raises:
        InvalidArgument: it does.
    """
    if tells_private(view.roster, text):
        raise InvalidArgument("events-private")
