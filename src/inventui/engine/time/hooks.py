"""Hooks: what time and the neighbours do for the rooms, which know neither.

What is needed is imported when it is first asked for: a start needs little of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from inventui.engine.core.context import Look
from inventui.engine.time.catch_up import settle

if TYPE_CHECKING:
    from inventui.engine.core.context import Context, Player


class RoomHooks:
    """Answers `engine.core.context.Hooks`."""

    settle = staticmethod(settle)
    """Catch up with a player's time, in a write that is under way."""

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
