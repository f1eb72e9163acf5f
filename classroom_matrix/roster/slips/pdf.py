"""Slips as a PDF: A4, black and white, three to a page, in each person's language.

Typst (https://typst.app/docs) sets them with fonts that come with its wheel; names and all other texts reach it as JSON, so
nothing in them is read as markup.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from io import BytesIO
from itertools import groupby

from ...i18n import Catalogue

PER_PAGE = 3
_LONGEST = 160  # characters of a name; the template makes long ones small, and cuts what does not fit even then
_LONGEST_CLASS, _LONGEST_CONTACT = 60, 90
_TOGETHER = 24  # letters without a space that have to stay in one line


@dataclass(frozen=True, slots=True)
class Slip:
    """What stands on one slip.

    Args:
        klass: the class as people call it, with its year: "3Б, 2026/27".
        name: whose it is.
        pupils: whose people they belong to; none for staff. `own`: it is the pupil's own.
        url: what the QR holds; the address in print is the same without its beginning.
        words: the secret.
        expires: the last day on which it is good.
        ask: whom to ask for help; staff, who may be that themselves, are told to ask whoever gave them the slip.
        language: "ru" or "en".
    """

    klass: str
    name: str
    pupils: tuple[str, ...]
    url: str
    words: tuple[str, ...]
    expires: date
    ask: str
    language: str
    own: bool = False


def print_slips(slips: Sequence[Slip], title: str) -> bytes:
    """The PDF. Takes seconds for a class: not in the loop's thread."""
    import typst  # noqa: PLC0415 - 60 MB with its fonts, for the one command that prints

    catalogue = Catalogue.of_package("classroom_matrix.roster")
    data = json.dumps([_data(slip, catalogue) for slip in slips], ensure_ascii=False)
    template = (files(__package__ or "") / "slips.typ").read_bytes()
    made = typst.compile(template, format="pdf", sys_inputs={"slips": data, "title": shown(title)})
    assert isinstance(made, bytes)
    return made


def school_year(today: date) -> str:
    """Such as "2026/27"; who prints in summer means the year that begins."""
    begins = today.year if today.month >= 7 else today.year - 1
    return f"{begins}/{(begins + 1) % 100:02d}"


def class_and_year(name: str, today: date) -> str:
    """The class's name, with the school year where it does not say one."""
    return name if re.search(r"\b20\d\d\b", name) else f"{name}, {school_year(today)}"


def shown(text: str, longest: int = _LONGEST) -> str:
    """Any text in one line that can be printed: nothing invisible, nothing that turns the direction of what follows, no towers
    of accents, a chance to break in very long words.
    """
    composed = unicodedata.normalize("NFC", " ".join(text.split()))
    parts: list[str] = []
    for is_mark, group in groupby(composed, lambda char: unicodedata.combining(char) > 0):
        chars = list(group)
        parts += chars[:2] if is_mark else [char for char in chars if unicodedata.category(char)[0] != "C"]
    line = "".join(parts)
    if len(line) > longest:
        line = line[: longest - 1] + "…"
    return re.sub(rf"(\S{{{_TOGETHER}}})(?=\S)", "\\1\u200b", line)


def _data(slip: Slip, catalogue: Catalogue) -> dict[str, object]:
    def text(key: str, **values: object) -> str:
        return catalogue.text(f"slip-{key}", slip.language, **values)

    if slip.own:
        relation = text("own")
    elif slip.pupils:
        relation = text("of", pupils=[shown(pupil) for pupil in slip.pupils], count=len(slip.pupils))
    else:
        relation = text("staff")
    is_staff = not slip.own and not slip.pupils
    ask = text("ask", who=shown(slip.ask, _LONGEST_CONTACT)) if slip.ask and not is_staff else text("ask-giver")
    address = slip.url.partition("://")[2]
    return {
        "language": slip.language,
        "klass": text("class", name=shown(slip.klass, _LONGEST_CLASS)),
        "name": shown(slip.name),
        "relation": relation,
        "words_label": text("words"),
        "words": list(slip.words),
        "url": slip.url,
        "address": address,
        "code": _code(slip.url),
        "steps": [text("step-1"), text("step-2"), text("step-3")],
        "expires": text("expires", day=_day(slip.expires, slip.language)),
        "ask": ask,
    }


def _day(day: date, language: str) -> str:
    from babel.dates import format_date  # noqa: PLC0415 - see `i18n.dates`

    return format_date(day, "d MMMM y", locale=language)


def _code(url: str) -> str:
    """A QR code with its quiet zone as SVG. Level Q: a quarter of it may be creased or stained."""
    import segno  # noqa: PLC0415

    out = BytesIO()
    segno.make_qr(url, error="q").save(out, kind="svg", border=2, xmldecl=False, dark="#000", light="#fff")
    return out.getvalue().decode()
