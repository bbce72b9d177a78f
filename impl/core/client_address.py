"""The address that a request came from, believing `X-Forwarded-For` only as far as trusted proxies wrote it."""

from collections.abc import Iterable
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final

_HOPS_MAX: Final = 20

Address = IPv4Address | IPv6Address


class ClientAddresses:
    """Resolves addresses against a fixed list of trusted proxies (addresses or networks)."""

    def __init__(self, trusted_proxies: Iterable[str]) -> None:
        networks = [ip_network(network, strict=False) for network in trusted_proxies]
        self.trusts_any = bool(networks)

        @lru_cache(maxsize=4096)
        def is_trusted(text: str) -> bool:
            address = _parse(text)
            return address is not None and any(address in network for network in networks)

        self._is_trusted = is_trusted

    def resolve(self, peer: str, forwarded_for: str) -> str:
        """The nearest address that is not a trusted proxy's: `peer`, or an entry of `X-Forwarded-For` read from the right.

        An entry that is not an address ends the search at the hop that reported it.
        """
        if not self.trusts_any or not forwarded_for or not self._is_trusted(peer):
            return peer
        nearest = peer
        for entry in reversed(forwarded_for.rsplit(",", _HOPS_MAX)[-_HOPS_MAX:]):
            address = _parse(_without_port(entry.strip()))
            if address is None:
                return nearest
            nearest = str(address)
            if not self._is_trusted(nearest):
                return nearest
        return nearest


def _without_port(entry: str) -> str:
    if entry.startswith("["):
        return entry[1:].partition("]")[0]
    return entry.partition(":")[0] if entry.count(":") == 1 else entry


def _parse(text: str) -> Address | None:
    try:
        address = ip_address(text)
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address
