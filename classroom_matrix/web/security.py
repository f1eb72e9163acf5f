"""What every answer of the join page carries, what is refused before anything is looked at, and what the log says."""

from __future__ import annotations

import hmac
import logging
import time

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware
from multidict import MultiDictProxy

from .sessions import Session

log = logging.getLogger(__name__)

MAX_BODY = 16 * 1024
"""Bytes of a form; the longest that somebody could mean to send is under 4 KiB."""
# In Chromium "form-action" covers redirections of a form's answer too: links may lead to other sites, forms never do.
_WITHOUT_SCRIPTS = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
_WITH_SCRIPT = _WITHOUT_SCRIPTS + "; script-src 'self'"
_HEADERS = {
    "Content-Security-Policy": _WITHOUT_SCRIPTS,
    # Not "no-referrer": browsers would then send "Origin: null" with our own forms, and `is_foreign` could not tell.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cache-Control": "no-store",
}
_ONE_YEAR = 365 * 24 * 3600


def allow_own_script(response: web.StreamResponse) -> None:
    """For the one page that hands over to Element, which is nothing but script itself."""
    response.headers["Content-Security-Policy"] = _WITH_SCRIPT


Form = MultiDictProxy[str | web.FileField | bytes | bytearray]


async def read_form(request: web.Request) -> Form:
    """What a form sent.

    Raises:
        web.HTTPException: 415 for anything but a plain form in UTF-8, 400 for one that cannot be read, 413 for one too large.
    """
    charset = (request.charset or "utf-8").lower()
    # Our pages are in UTF-8, so forms are; other codecs make characters that cannot be written down again.
    if request.content_type != "application/x-www-form-urlencoded" or charset not in ("utf-8", "utf8"):
        raise web.HTTPUnsupportedMediaType
    try:
        return await request.post()
    except ValueError as error:  # no UTF-8
        raise web.HTTPBadRequest from error


def is_foreign(request: web.Request, own_origin: str) -> bool:
    """Whether a POST was sent by another site's page. A browser that says nothing is stopped by `SameSite` and `is_ours`."""
    site, said = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    return site not in (None, "same-origin", "none") or said not in (None, own_origin)


def is_ours(session: Session, form_token: object) -> bool:
    """Whether a form was made for this session."""
    return isinstance(form_token, str) and hmac.compare_digest(form_token.encode(), session.form_token.encode())


def headers(*, secure: bool) -> Middleware:
    """Middleware that gives every answer its headers, errors included."""
    always = {**_HEADERS, "Strict-Transport-Security": f"max-age={_ONE_YEAR}"} if secure else _HEADERS

    @web.middleware
    async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            response = await handler(request)
        except web.HTTPException as error:
            for name, value in always.items():
                error.headers.setdefault(name, value)
            raise
        for name, value in always.items():
            response.headers.setdefault(name, value)
        return response

    return middleware


@web.middleware
async def access_log(request: web.Request, handler: Handler) -> web.StreamResponse:
    """One line for a request: which page, which answer, how long. No address, no handle, no query."""
    started = time.perf_counter()
    status = 500
    try:
        response = await handler(request)
        status = response.status
    except web.HTTPException as error:
        status = error.status
        raise
    finally:
        resource = request.match_info.route.resource
        page = resource.canonical if resource is not None else "(unknown)"
        log.info("%s %s: %d, %.0f ms", request.method, page, status, (time.perf_counter() - started) * 1000)
    return response
