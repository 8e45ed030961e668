"""Read models of the feed."""

from dataclasses import dataclass

from inventui.rules.core.enums import Event, Rarity


@dataclass(frozen=True, slots=True)
class FeedItem:
    """A player item that an operation moved, as the reader has or had it."""

    item_id: int
    name: str
    rarity: Rarity
    event: Event


@dataclass(frozen=True, slots=True)
class FeedLine:
    """One operation, as it concerned one player.

    Attributes:
        operation: its number.
        kind: its kind, e.g. `open`.
        words: what happened, in a few words.
        mine: whether the player did it.
        other: who else it concerned, or an empty text.
        oranges: what the player has more by it, or less if negative; gems and
            experience likewise.
        player_items: the first of the player's items that it moved.
        more: whether it moved others besides.
        message: what went with a gift.
        quest: whether only quests were done by it.
    """

    operation: int
    at: int
    kind: str
    words: str
    mine: bool
    other: str
    oranges: int
    gems: int
    experience: int
    player_items: tuple[FeedItem, ...]
    more: bool
    message: str
    quest: bool = False


@dataclass(frozen=True, slots=True)
class FeedPage:
    """Lines, the newest first; `next` is the operation to go on after, or None at the end."""

    lines: tuple[FeedLine, ...]
    next: int | None
