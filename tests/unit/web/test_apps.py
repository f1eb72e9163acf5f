from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from classroom_matrix.domain.ids import UserId
from classroom_matrix.web.apps import app_link, login_link, origin, qr

USER = UserId("@k7mz/2=q:school.example")


def test_app_link_names_server_and_account_only() -> None:
    link = urlsplit(app_link("school.example", USER))
    assert (link.netloc, link.path) == ("mobile.element.io", "/element/")
    assert parse_qs(link.query) == {"account_provider": ["school.example"], "login_hint": [f"mxid:{USER}"]}


def test_login_link_tells_the_account_behind_the_hash() -> None:
    link = urlsplit(login_link("https://school.example/element", USER))
    assert link.query == ""
    assert parse_qs(link.fragment.partition("?")[2]) == {"defaultUsername": [USER]}


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("https://School.example:443/element", "https://school.example"),
        ("http://school.example:80", "http://school.example"),
        ("https://school.example:8443/x", "https://school.example:8443"),
        ("http://[::1]:8080", "http://[::1]:8080"),
    ],
)
def test_origin_is_what_browsers_send(address: str, found: str) -> None:
    assert origin(address) == found


def test_picture_needs_no_style_of_its_own() -> None:
    svg = qr(app_link("school.example", USER))
    assert svg.startswith("<svg")
    assert "style" not in svg
