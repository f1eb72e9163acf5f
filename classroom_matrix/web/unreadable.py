"""What the HTTP library would log about requests that it cannot read: addresses and raw lines, with codes and words in them."""

from __future__ import annotations

import logging

from aiohttp.http_exceptions import HttpProcessingError

from .mishap import place_of

log = logging.getLogger(__name__)


class Unreadable(logging.Logger):
    """The library's logger: counts what could not be read; of any other error it keeps type and place."""

    def __init__(self) -> None:
        super().__init__(__name__)
        self.count = 0

    def handle(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        if isinstance(error, HttpProcessingError):
            self.count += 1
        elif error is not None and record.levelno >= logging.ERROR:
            log.error("%s at %s", type(error).__name__, place_of(error))

    def report(self) -> None:
        """Say how many there were since the last report."""
        if self.count:
            log.info("requests that could not be read: %d", self.count)
        self.count = 0
