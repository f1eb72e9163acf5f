"""Texts of the commands about people, in the language of the terminal."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial

from ..i18n import Catalogue

Words = Callable[..., str]
"""``(key, **values) -> text``, see `i18n.Catalogue.text`."""


def language() -> str:
    """Russian where the terminal's locale is Russian, else English. The first variable that is set counts, as in POSIX."""
    locale = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "")
    return "ru" if locale.casefold().startswith("ru") else "en"


def words() -> Words:
    """What says the texts of ``terminal/locales``, and the core's behind them."""
    catalogue = Catalogue.of_package(__package__ or "", parent=Catalogue.core())

    return partial(_say, catalogue, language())


def _say(catalogue: Catalogue, language: str, key: str, **values: object) -> str:
    return catalogue.text(key, language, **values)
