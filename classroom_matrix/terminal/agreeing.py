"""Asking whether to go on."""

from __future__ import annotations

import sys

from rich.console import Console

from .words import Words

_YES = frozenset({"y", "yes", "д", "да"})


def agreed(out: Console, say: Words, *, yes: bool, about: str = "ask") -> bool:
    """Whether somebody says yes.

    Args:
        yes: they have said so already.
        about: prefix of the texts: ``<about>-go-on`` asks, ``-nobody`` says that there is nobody to ask, ``-declined`` that
            nothing was done.
    """
    if yes:
        return True
    if not sys.stdin.isatty():
        out.print(say(f"{about}-nobody"))
        return False
    try:
        answer = input(say(f"{about}-go-on") + " ")
    except EOFError:
        answer = ""
    if answer.strip().casefold() in _YES:
        return True
    out.print(say(f"{about}-declined"))
    return False
