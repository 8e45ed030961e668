"""What Settings shows of the world, as it is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inventui.engine.core.models import PlayerCard
    from inventui.engine.world import PlayerHandle, World


@dataclass(frozen=True, slots=True)
class Known:
    """What is asked of the world.

    Attributes:
        asked: whether the player's passphrase is asked.
        neighbours: whether they are part of this world.
    """

    players: tuple[PlayerCard, ...]
    asked: bool
    neighbours: bool


def look_at(world: World, player: PlayerHandle) -> Known:
    """Ask for all of it. Blocks: for a thread."""
    return Known(world.players.list(), world.passphrases.asked(player.id), world.neighbours)
