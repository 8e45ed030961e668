"""Read models of notifications."""

from dataclasses import dataclass

from inventui.rules.core.enums import Tone


@dataclass(frozen=True, slots=True)
class Notification:
    """A notification of a player.

    Attributes:
        id: its number; later ones are larger.
        kind: what happened, e.g. `robbed`.
        tone: how it is shown.
        message: one plain sentence.
        place: the room where there is more, by its word, or an empty text.
        item_id: number of the player item that it is about, or None.
        seen: whether the player has read it.
    """

    id: int
    at: int
    kind: str
    tone: Tone
    message: str
    place: str
    item_id: int | None
    seen: bool


@dataclass(frozen=True, slots=True)
class NotificationPage:
    """Notifications, the newest first; `next` is the number to go on after, or None at the end."""

    notifications: tuple[Notification, ...]
    next: int | None
