from __future__ import annotations

import pytest

from classroom_matrix.web.address import NOBODY, Proxies

PROXIES = Proxies(("127.0.0.1", "::1", "10.0.0.0/8"))


@pytest.mark.parametrize(
    ("peer", "forwarded", "network"),
    [
        ("127.0.0.1", ["203.0.113.5"], "203.0.113.5"),
        ("127.0.0.1", ["6.6.6.6, 203.0.113.5"], "203.0.113.5"),  # what the client made up stands on the left
        ("127.0.0.1", ["6.6.6.6", "203.0.113.5, 10.1.2.3"], "203.0.113.5"),
        ("127.0.0.1", [], "127.0.0.1"),
        ("127.0.0.1", ["nonsense"], NOBODY),
        ("203.0.113.9", ["198.51.100.1"], "203.0.113.9"),  # not from a proxy of ours: not believed
        ("::1", ["2001:db8:1:2:3:4:5:6"], "2001:db8:1:2::/64"),
        ("::1", ["[2001:db8:1:2::9]"], "2001:db8:1:2::/64"),
        ("::ffff:127.0.0.1", ["203.0.113.5"], "203.0.113.5"),
        ("127.0.0.1", ["::ffff:203.0.113.5"], "203.0.113.5"),
        (None, ["203.0.113.5"], NOBODY),
    ],
)
def test_client_is_the_first_from_the_right_that_is_no_proxy_of_ours(
    peer: str | None, forwarded: list[str], network: str
) -> None:
    assert PROXIES.client(peer, forwarded) == network


def test_phones_of_one_home_count_as_one() -> None:
    assert PROXIES.client("2001:db8::1", []) == PROXIES.client("2001:db8::ffff:1", [])
