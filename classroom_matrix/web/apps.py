"""Addresses of the apps that people open at the end, and the picture of one for a phone's camera."""

from __future__ import annotations

import io
from urllib.parse import quote, urlencode, urlsplit

import segno

from ..domain.ids import UserId

APP_STORE = "https://apps.apple.com/app/element-x-secure-chat-call/id1631335820"
GOOGLE_PLAY = "https://play.google.com/store/apps/details?id=io.element.android.x"
F_DROID = "https://f-droid.org/packages/io.element.android.x"
"""Element X, as Element Web's own guide for phones names it (1.12.25, mobile_guide)."""


def app_link(server_name: str, user_id: UserId) -> str:
    """Opens Element X with server and account filled in; without the app, a page that offers it. Holds no secret."""
    hint = urlencode({"account_provider": server_name, "login_hint": f"mxid:{user_id}"}, safe="@:", quote_via=quote)
    return f"https://mobile.element.io/element/?{hint}"


def login_link(element: str, user_id: UserId) -> str:
    """Element Web's own login with the account filled in; it reads this from the fragment (1.12.25, url_utils)."""
    return f"{element}/#/login?{urlencode({'defaultUsername': user_id}, safe='@:', quote_via=quote)}"


def origin(address: str) -> str:
    """What browsers call the origin of an address: scheme, host, and port where it is not the scheme's own."""
    parts = urlsplit(address)
    usual = {"http": 80, "https": 443}.get(parts.scheme)
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    return f"{parts.scheme}://{host}" + (f":{parts.port}" if parts.port and parts.port != usual else "")


def qr(link: str) -> str:
    """A QR code as an SVG element without attributes that a content security policy forbids."""
    out = io.BytesIO()
    segno.make(link, micro=False, error="m").save(
        out, kind="svg", xmldecl=False, svgns=True, nl=False, omitsize=True, border=4, dark="#000", light="#fff"
    )
    return out.getvalue().decode()
