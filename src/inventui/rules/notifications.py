"""Notifications: what a player is told, and in which tone."""

from enum import StrEnum


class Tone(StrEnum):
    """How a notification is shown."""

    SUCCESS = "success"
    ERROR = "error"
    INFO = "info"
    GIFT = "gift"
