"""Notifications: the tones in which they are shown."""

from enum import StrEnum


class Tone(StrEnum):
    """How a notification is shown."""

    SUCCESS = "success"
    ERROR = "error"
    INFO = "info"
    GIFT = "gift"
