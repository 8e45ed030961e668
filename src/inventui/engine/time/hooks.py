"""Hooks: what time and the neighbours do for the rooms, which know neither.

What is needed is imported when it is first asked for: a start needs little of it.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from inventui.engine.core.context import Look

if TYPE_CHECKING:
    from collections.abc import Callable

    from inventui.db.statements import Connection
    from inventui.engine.core.context import Context, Player


class RoomHooks:
    """Answers `engine.core.context.Hooks`."""

    @cached_property
    def settle(self) -> Callable[[Context, Connection, int, int, bool], object]:
        """Catches up with a player's time, in a write that is under way."""
        from inventui.engine.time.catch_up import settle

        return settle

    def write_set_back(self, context: Context, connection: Connection, was: int, now: int) -> None:
        """Write down that the clock was set back, from `was` to `now`."""
        from inventui.engine.time.catch_up import write_set_back

        write_set_back(context, connection, was, now)

    def before_look(self, context: Context, look: Look, player: Player | None) -> None:
        """Write what is due before something is looked at; see `Context.before_look`."""
        if look in (Look.NEIGHBOURS, Look.TARGETS):
            from inventui.engine.npc.move_in import move_in, settle_neighbours

            move_in(context)
            if look is Look.TARGETS:
                settle_neighbours(context, context.clock.now())
        elif look in (Look.BAZAAR, Look.TRADES):
            from inventui.engine.npc.periods import visit_bazaar

            visit_bazaar(context)
            if look is Look.TRADES and player is not None:
                from inventui.engine.npc.trade_replies import answer_waiting

                answer_waiting(player)
        elif look is Look.MARKET:
            from inventui.engine.market.black_market import look_at_rotation

            look_at_rotation(context)
        elif player is not None:
            from inventui.engine.market.gear_shop import GearShop

            GearShop(player).open_today()
