"""Wall-clock rules of a class: quiet hours, and local times on the nights when clocks change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo


def at_local(wall: datetime, zone: ZoneInfo) -> datetime:
    """The one moment meant by the naive local time `wall`.

    A time that the clocks skip in spring is read as if they had not been moved yet (02:30 becomes 03:30); a time that comes
    twice in autumn means its first coming. So whatever is due then is due exactly once. Source: PEP 495.
    """
    moment = wall.replace(tzinfo=zone, fold=0)
    there_and_back = moment.astimezone(UTC).astimezone(zone)
    return there_and_back if there_and_back.replace(tzinfo=None) != wall else moment


def _first_not_before(wall: datetime, zone: ZoneInfo) -> datetime:
    """The moment at which clocks first show `wall` or more: where they skip it in spring, when they are put forward."""
    after = at_local(wall, zone)
    if after.replace(tzinfo=None) == wall:
        return after
    early, late = wall.replace(tzinfo=zone, fold=1).astimezone(UTC), after.astimezone(UTC)
    while late - early > timedelta(microseconds=1):
        middle = early + (late - early) / 2
        if middle.astimezone(zone).replace(tzinfo=None) < wall:
            early = middle
        else:
            late = middle
    return late.astimezone(zone)


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From `start` to `end` in local time nothing loud is sent; may span midnight. start == end means never quiet."""

    start: time
    end: time

    def covers(self, local: datetime) -> bool:
        now = local.time().replace(tzinfo=None)
        if self.start <= self.end:
            return self.start <= now < self.end
        return now >= self.start or now < self.end

    def next_allowed(self, local: datetime) -> datetime:
        """`local` itself, or the end of the quiet hours it falls into. Aware in, aware out, the same zone."""
        if not self.covers(local):
            return local
        day = local.date()
        if local.time().replace(tzinfo=None) >= self.end:
            day += timedelta(days=1)
        zone = local.tzinfo
        assert isinstance(zone, ZoneInfo)
        allowed = _first_not_before(datetime.combine(day, self.end), zone)
        if allowed.astimezone(UTC) < local.astimezone(UTC):
            return allowed.replace(fold=1)  # this end has come once tonight, and comes again
        return allowed

    @classmethod
    def of(cls, text: str) -> QuietHours:
        """The hours that `text` says, as `str` writes them: "22:00-08:00"."""
        start, _, end = text.partition("-")
        return cls(time.fromisoformat(start), time.fromisoformat(end))

    def __str__(self) -> str:
        return f"{self.start:%H:%M}-{self.end:%H:%M}"


NEVER_QUIET = QuietHours(time(0), time(0))


def end_of_quiet(hours: Sequence[QuietHours], local: datetime, otherwise: QuietHours) -> datetime | None:
    """When nobody's quiet hours cover the moment any more; None where nobody's cover `local`.

    Args:
        hours: each person's; `otherwise` where there are none, or where they leave no moment of the day free.
        local: aware; so is the answer, in the same zone.
    """
    moment = local
    for _ in range(_OVERLAPS):
        later = max((each.next_allowed(moment) for each in hours), default=otherwise.next_allowed(moment), key=_utc)
        if _utc(later) == _utc(moment):
            return moment if _utc(moment) > _utc(local) else None
        moment = later
    moment = otherwise.next_allowed(local)
    return moment if _utc(moment) > _utc(local) else None


_OVERLAPS = 4  # quiet hours of a household's adults that follow each other


def _utc(moment: datetime) -> datetime:
    """For comparing: in one zone Python compares wall times, and an hour of autumn comes twice."""
    return moment.astimezone(UTC)


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """When staff answer: on these weekdays (Monday is 0), from `start` to `end` in local time; `start` < `end`."""

    days: frozenset[int]
    start: time
    end: time

    def covers(self, local: datetime) -> bool:
        return local.weekday() in self.days and self.start <= local.time().replace(tzinfo=None) < self.end

    def next_open(self, local: datetime) -> datetime:
        """`local` itself, or when they next begin. Aware in, aware out, the same zone."""
        if self.covers(local):
            return local
        zone = local.tzinfo
        assert isinstance(zone, ZoneInfo)
        openings = (
            opening.replace(fold=coming)
            for day in (local.date() + timedelta(days=ahead) for ahead in range(8))
            if day.weekday() in self.days
            for opening in (at_local(datetime.combine(day, self.start), zone),)
            for coming in (0, 1)  # of an hour that comes twice
        )
        return next(opening for opening in openings if _utc(opening) > _utc(local))
