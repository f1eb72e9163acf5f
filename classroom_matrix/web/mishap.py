"""What people see where something went wrong: one kind sentence instead of a bare status."""

from __future__ import annotations

import logging
import traceback
from http import HTTPStatus

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from .parts import Parts

log = logging.getLogger(__name__)

_TEXTS = {404: "join-nothing-here", 405: "join-nothing-here", 413: "join-too-large"}


def mishaps(parts: Parts) -> Middleware:
    """Middleware that turns errors into pages. The log gets an error's type and place, never its words."""

    def page(request: web.Request, status: int, text: str) -> web.Response:
        return parts.pages.page("problem.html", parts.language(request), status=status, problem=text)

    @web.middleware
    async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            return await handler(request)
        except web.HTTPException as error:
            if error.status < HTTPStatus.BAD_REQUEST:
                raise
            return page(request, error.status, _TEXTS.get(error.status, "join-unreadable"))
        except Exception as error:  # noqa: BLE001 - people get a page whatever happens; the log tells us
            log.error("%s at %s", type(error).__name__, place_of(error))  # noqa: TRY400 - no words, see above
            return page(request, HTTPStatus.SERVICE_UNAVAILABLE, "join-trouble")

    return middleware


def place_of(error: BaseException) -> str:
    """Where in the code it happened."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{frames[-1].filename}:{frames[-1].lineno}" if frames else "an unknown place"
