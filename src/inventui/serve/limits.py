"""What a server allows: how many, how much, how long."""

import ipaddress
from dataclasses import dataclass, replace

COLUMNS, LINES = 500, 200
"""The largest terminal that is drawn for."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds of a server.

    Attributes:
        sessions: that play at once.
        per_address: of these from one address (`site_of`).
        per_player: of these of one player.
        connections: that are open at once, signed in or not.
        reserved: besides, from addresses from which players have signed in before.
        connections_per_address: of all of them from one address.
        idle_seconds: after which a session ends that nobody types in.
        closing_seconds: that a session has to finish what it does.
        memory: bytes that a session may have of its own.
        processor_seconds: for which a session may compute without looking up.
        files: bytes that the certificates and proofs of a player may have together.
        message: bytes of the longest message of a browser.
        messages: of a browser in a second, over a few seconds.
    """

    sessions: int = 40
    per_address: int = 16
    per_player: int = 3
    connections: int = 400
    reserved: int = 100
    connections_per_address: int = 100
    idle_seconds: float = 1800.0
    closing_seconds: float = 4.0
    memory: int = 512 * 1024 * 1024
    processor_seconds: int = 60
    files: int = 32 * 1024 * 1024
    message: int = 256 * 1024
    messages: int = 150


SITE = 64
"""Bits of an IPv6 address that a site has; the rest whoever is there may choose."""


def site_of(address: str) -> str:
    """What is counted as one address: of IPv6 all that one site may choose from.

    A link's own addresses stay apart, as all of them are of one such site.
    """
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address) or found.is_link_local:
        return address
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    first = int(found) >> (128 - SITE) << (128 - SITE)
    return f"{ipaddress.IPv6Address(first)}/{SITE}"


def bounded_size(columns: int, lines: int) -> tuple[int, int]:
    """The size that is drawn for in a terminal that says it is so large."""
    return min(max(columns, 1), COLUMNS), min(max(lines, 1), LINES)


def limits_for(sessions: int) -> Limits:
    """The bounds of a server on which so many may play, each by a connection."""
    usual = Limits()
    return replace(usual, sessions=sessions, connections=max(usual.connections, 2 * sessions))
