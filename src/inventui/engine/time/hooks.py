"""Hooks: what time and the neighbours do for the rooms, which know neither.

What is needed is imported when it is first asked for: a start needs little of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from inventui.engine.time.catch_up import settle

if TYPE_CHECKING:
    from inventui.db.statements import Connection
    from inventui.engine.core.context import Context


class RoomHooks:
    """Answers `engine.core.context.Hooks`."""

    def settle(self, context: Context, connection: Connection, player: int, at: int) -> object:
        """Catch up with a player's time until `at`, in a write that is under way."""
        return settle(context, connection, player, at)

    def move_in(self, context: Context) -> None:
        """Make each neighbour of the pack a player of its own, once."""
        from inventui.engine.npc.move_in import move_in

        move_in(context)

    def visit_bazaar(self, context: Context) -> None:
        """Let the neighbours have been to the bazaar before somebody looks at it."""
        from inventui.engine.npc.periods import visit_bazaar

        visit_bazaar(context)

    def settle_neighbours(self, context: Context, at: int) -> None:
        """Catch up with the time of every neighbour to whom a period has ended."""
        from inventui.engine.npc.move_in import settle_neighbours

        settle_neighbours(context, at)
