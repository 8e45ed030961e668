"""Settlement: time made up for, before anything else happens to a player."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Connection

if TYPE_CHECKING:
    from inventui.engine.world import World


def settle(world: World, connection: Connection, player: int, at: int) -> None:
    """Make up for a player's time until `at`."""
