"""Notifications, written in the operation that they are about."""

from inventui.db.statements import Statement
from inventui.engine.core.operation import Operation
from inventui.rules.core.enums import Tone

_NOTIFY = Statement(
    "INSERT INTO notification (operation_id, player_id, at, kind, tone, message, place,"
    " player_item_id, seen) VALUES (:operation, :player, :at, :kind, :tone, :message, :place,"
    " :item, 0)"
)


def notify(
    operation: Operation,
    player: int,
    kind: str,
    tone: Tone,
    message: str,
    place: str = "",
    item: int | None = None,
) -> None:
    """Write a notification for a player.

    Args:
        operation: the one that it is about, under way.
        player: who is told.
        kind: what happened, e.g. `robbed`.
        tone: how it is shown.
        message: one plain sentence.
        place: the room where there is more, by its word, e.g. `streets`.
        item: number of the player item that it is about.
    """
    operation.connection.execute(
        _NOTIFY,
        {
            "operation": operation.id,
            "player": player,
            "at": operation.at,
            "kind": kind,
            "tone": str(tone),
            "message": message,
            "place": place,
            "item": item,
        },
    )
