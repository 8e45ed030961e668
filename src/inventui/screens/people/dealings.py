"""What passed between the player and somebody, as the history tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inventui.engine.history.feed_models import FeedLine
    from inventui.engine.world import PlayerHandle

LOOKED_THROUGH, MOST_DEALINGS = 200, 12
"""How many of the latest lines of the history are looked through for it, and how many shown."""

NO_DEALINGS = "Nothing yet: no gift, no trade, no robbery."


def dealings(player: PlayerHandle, name: str) -> Sequence[FeedLine]:
    """The latest that passed between the player and somebody. Blocks: for a thread."""
    lines = player.feed.page(limit=LOOKED_THROUGH).lines
    # One round of the bazaar tells of all who bought: "bo and cy".
    return [line for line in lines if name in line.other.split(" and ")][:MOST_DEALINGS]
