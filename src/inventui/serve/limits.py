"""What a server allows: how many, how much, how long."""

from dataclasses import dataclass

COLUMNS, LINES = 500, 200
"""The largest terminal that is drawn for."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds of a server.

    Attributes:
        sessions: that play at once.
        per_address: of these from one address.
        per_player: of these of one player.
        connections: that are open at once, signed in or not.
        connections_per_address: of these from one address.
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
    connections_per_address: int = 100
    idle_seconds: float = 1800.0
    closing_seconds: float = 4.0
    memory: int = 512 * 1024 * 1024
    processor_seconds: int = 60
    files: int = 32 * 1024 * 1024
    message: int = 256 * 1024
    messages: int = 150


def bounded_size(columns: int, lines: int) -> tuple[int, int]:
    """The size that is drawn for in a terminal that says it is so large."""
    return min(max(columns, 1), COLUMNS), min(max(lines, 1), LINES)
