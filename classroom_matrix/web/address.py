"""Whose request it is: the network address that attempts are counted by. It is kept in memory only, and logged nowhere."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

NOBODY = "?"
"""Requests whose address cannot be told share one count."""

_HOME = 64  # bits of an IPv6 address that tell customers apart; a phone changes the rest at will (RFC 8981)


class Proxies:
    """The web servers before us.

    Args:
        addresses: single addresses or networks (``10.0.0.0/8``) whose ``X-Forwarded-For`` is believed.

    Raises:
        ValueError: one of them is no address.
    """

    def __init__(self, addresses: Iterable[str]) -> None:
        self._networks: tuple[IPv4Network | IPv6Network, ...] = tuple(ip_network(one, strict=False) for one in addresses)

    def client(self, peer: str | None, forwarded: Iterable[str]) -> str:
        """The network that a request comes from.

        Args:
            peer: who opened the connection.
            forwarded: the values of all ``X-Forwarded-For`` headers in their order; only what proxies of ours added counts,
                so the first address from the right that is not one of ours. Everything left of it anybody can make up.
        """
        found = _parsed(peer)
        if found is None or not self._ours(found):
            return _network(found)
        for text in reversed([part for value in forwarded for part in value.split(",")]):
            found = _parsed(text)
            if found is None or not self._ours(found):
                break
        return _network(found)

    def _ours(self, address: IPv4Address | IPv6Address) -> bool:
        return any(address in network for network in self._networks)


def _parsed(text: str | None) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address((text or "").strip().strip("[]"))
    except ValueError:
        return None
    return (address.ipv4_mapped or address) if isinstance(address, IPv6Address) else address


def _network(address: IPv4Address | IPv6Address | None) -> str:
    if address is None:
        return NOBODY
    return str(ip_network((address, _HOME), strict=False)) if isinstance(address, IPv6Address) else str(address)
