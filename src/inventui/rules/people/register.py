"""Who may become a player of a world that is served."""

from enum import StrEnum


class Register(StrEnum):
    """Who may become a player from elsewhere."""

    OPEN = "open"
    INVITE = "invite"
    CLOSED = "closed"
