"""Cells that a spreadsheet would calculate. None is evaluated, none is shown: it could run where it is pasted. Pure."""

from __future__ import annotations

import re

FORMULA = "="
"""Stands for the formula of a workbook's cell that shows nothing."""

_SURELY = re.compile(r"=\s*\S")
_CALL = r"[^\W\d][\w.$']*[(|!]"
_PLACE = r"\$?[A-Za-z]{1,3}\$?\d+\b"
_SUM = r"[\d.,]+\s*[*/^+\-]\s*[A-Za-z$=@]"
_LIKELY = re.compile(rf"[+\-@]\s*({_CALL}|{_PLACE}|{_SUM})")


def is_formula(cell: str) -> bool:
    """Whether a cell is a formula or would become one: ``=SUM(A1)``, ``+cmd|…``, ``@SUM(…)``; not "+7 999…", "-", "@anna"."""
    return cell == FORMULA or bool(_SURELY.match(cell) or _LIKELY.match(cell))
