"""Parsers for single values of config.yaml. Each takes the text and raises ValueError with a reason or without."""

from __future__ import annotations

import re
from datetime import time
from ipaddress import ip_network
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from ..domain.ids import UserId
from ..domain.time import OfficeHours, QuietHours
from .node import suggestion

_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_SERVER_NAME = re.compile(r"[A-Za-z0-9.-]+(:\d{1,5})?|\[[0-9A-Fa-f:.]+\](:\d{1,5})?")
_LOCALPART = re.compile(r"[a-z0-9._=/+-]+")  # https://spec.matrix.org/latest/appendices/#user-identifiers


def zone(name: str) -> ZoneInfo:
    """An IANA time zone."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        near = suggestion(name, available_timezones())
        raise ValueError(f"there is no such time zone{near}") from error


def quiet_hours(text: str) -> QuietHours:
    """``21:00-07:00``."""
    start, dash, end = re.sub(r"\s*[–—-]\s*", "-", text).partition("-")
    if not dash:
        raise ValueError
    return QuietHours(clock(start), clock(end))


_WEEKDAYS = (
    ("mon", "monday", "пн", "понедельник"),
    ("tue", "tuesday", "вт", "вторник"),
    ("wed", "wednesday", "ср", "среда"),
    ("thu", "thursday", "чт", "четверг"),
    ("fri", "friday", "пт", "пятница"),
    ("sat", "saturday", "сб", "суббота"),
    ("sun", "sunday", "вс", "воскресенье"),
)


def office_hours(text: str) -> OfficeHours:
    """``Mon-Fri 14:00-18:00``, ``пн, ср 15:00-17:00``."""
    days, _, hours = re.sub(r"\s*([–—,-])\s*", lambda dash: dash[1].replace("–", "-").replace("—", "-"), text).rpartition(" ")
    open_ = quiet_hours(hours)
    if open_.start >= open_.end:
        raise ValueError("they have to begin and end on one day")
    found = frozenset(day for piece in days.split(",") for day in _weekdays(piece))
    return OfficeHours(found, open_.start, open_.end)


def _weekdays(text: str) -> list[int]:
    """``Mon``, or ``Mon-Fri``."""
    first, _, last = text.partition("-")
    start, end = _weekday(first), _weekday(last or first)
    if end < start:
        raise ValueError(f"{text!r} goes backwards")
    return list(range(start, end + 1))


def _weekday(text: str) -> int:
    word = text.strip().casefold().rstrip(".")
    for day, names in enumerate(_WEEKDAYS):
        if word in names:
            return day
    raise ValueError(f"{text.strip()!r} is no day of the week")


def clock(text: str) -> time:
    """``07:30``."""
    found = _CLOCK.fullmatch(text.strip())
    if not found:
        raise ValueError(f"{text.strip()!r} is no time of day")
    return time(int(found[1]), int(found[2]))


def slug(text: str) -> str:
    """Lower-case Latin letters, digits and single hyphens: stands in room addresses."""
    if not _SLUG.fullmatch(text) or len(text) > 60:
        raise ValueError
    return text


def base_url(text: str) -> str:
    """An http(s) address without a trailing slash."""
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise ValueError
    _ = parts.port  # raises ValueError where it is no number
    return text.rstrip("/")


def site_url(text: str) -> str:
    """An http(s) address without a path."""
    address = base_url(text)
    if urlsplit(address).path:
        raise ValueError("without a path behind the server's name")
    return address


def server_name(text: str) -> str:
    if not _SERVER_NAME.fullmatch(text):
        raise ValueError
    return text


def listen(text: str) -> tuple[str, int]:
    """``127.0.0.1:9009``."""
    host, colon, port = text.rpartition(":")
    if not colon or not host or not port.isdecimal() or not 0 < int(port) < 65536:
        raise ValueError
    return host.strip("[]"), int(port)


def network(text: str) -> str:
    """An IP address, or a network such as 10.0.0.0/8."""
    ip_network(text, strict=False)
    return text


def user_id(text: str, server: str) -> UserId:
    """``@name:server``, or the name alone for an account of this homeserver."""
    if not text.startswith("@"):
        if not _LOCALPART.fullmatch(text):
            raise ValueError("only lower-case Latin letters, digits and ._=/+- are possible")
        return UserId(f"@{text}:{server}")
    localpart, colon, domain = text[1:].partition(":")
    if not colon or not _LOCALPART.fullmatch(localpart) or not _SERVER_NAME.fullmatch(domain):
        raise ValueError
    return UserId(text)
