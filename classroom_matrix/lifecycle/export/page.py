"""``index.html`` of an export: one page for people, with nothing from anywhere else."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from functools import cache, partial
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, PackageLoader, Template

from ...i18n import Catalogue
from .messages import Entry


@dataclass(frozen=True, slots=True)
class RoomOnPage:
    """`whole`: everybody's words; else only those of the people the export is about."""

    title: str
    whole: bool
    entries: Sequence[Entry]


@dataclass(frozen=True, slots=True)
class Page:
    """What the page shows. `made`: in the class's time zone."""

    title: str
    language: str
    zone: ZoneInfo
    made: datetime
    notes: Sequence[str]
    families: Sequence[Mapping[str, Any]]
    classes: Mapping[str, str]
    rooms: Sequence[RoomOnPage]
    plugins: Sequence[Mapping[str, Any]]


def render_page(page: Page) -> str:
    """The page's HTML. Everything that people wrote is escaped."""
    say = partial(_say, _catalogue(), page.language)
    return _template().render(
        page=page,
        made=_date(page.made, "d MMMM y, HH:mm", page.language),
        say=say,
        days=partial(_days, page.zone, page.language),
        clock=lambda at: _local(at, page.zone).strftime("%H:%M"),
        size=partial(_size, page.language),
        is_table=_is_table,
        columns=_columns,
    )


@cache
def _template() -> Template:
    loader = PackageLoader("classroom_matrix.lifecycle.export", "pages")
    return Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True).get_template("index.html.j2")


@cache
def _catalogue() -> Catalogue:
    return Catalogue.of_package("classroom_matrix.lifecycle")


def words(language: str) -> Callable[..., str]:
    """Texts of the page, for what is put together elsewhere."""
    return partial(_say, _catalogue(), language)


def _say(catalogue: Catalogue, language: str, key: str, **values: object) -> str:
    return catalogue.text(key, language, **values)


def _local(at: int, zone: ZoneInfo) -> datetime:
    return datetime.fromtimestamp(at / 1000, zone)


def _days(zone: ZoneInfo, language: str, entries: Sequence[Entry]) -> Iterator[tuple[str, list[Entry]]]:
    """Entries day by day."""
    for day, those in groupby(entries, key=lambda entry: _local(entry.at, zone).date()):
        yield _date(datetime.combine(day, time(12), zone), "d MMMM y, EEEE", language), list(those)


def _date(moment: datetime, pattern: str, language: str) -> str:
    """`pattern`: Unicode TR 35."""
    from babel.dates import format_datetime  # noqa: PLC0415 - imported on first use: starting must be quick

    return format_datetime(moment, pattern, tzinfo=moment.tzinfo, locale=language)


def _size(language: str, size: int) -> str:
    """A size as people say it: "3,4 МБ"."""
    number, unit = (size / 1e6, "export-mb") if size >= 1e6 else (size / 1e3, "export-kb")
    from babel.numbers import format_decimal  # noqa: PLC0415

    digits = "#,##0.0" if number < 10 else "#,##0"
    return _say(_catalogue(), language, unit, size=format_decimal(number, digits, locale=language))


def _is_table(value: object) -> bool:
    return isinstance(value, list | tuple) and bool(value) and all(isinstance(row, Mapping) for row in value)


def _columns(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    return list(dict.fromkeys(key for row in rows for key in row))
