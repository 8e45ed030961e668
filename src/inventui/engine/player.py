"""A handle: the world as one player may act in it.

What a room needs is imported when somebody first asks for it: a start needs few of them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from inventui.engine.core.context import Player
from inventui.engine.players.cards import card
from inventui.rooms import ROOMS

if TYPE_CHECKING:
    from inventui.engine.achievements.achievements import Achievements
    from inventui.engine.bazaar.bazaar import Bazaar
    from inventui.engine.cases.open import Cases
    from inventui.engine.core.models import PlayerCard
    from inventui.engine.drawer.drawer import Drawer
    from inventui.engine.export.export import Export
    from inventui.engine.fairness.fairness import Fairness
    from inventui.engine.history.feed import Feed
    from inventui.engine.history.item_history import History
    from inventui.engine.history.wallet import Wallet
    from inventui.engine.home.home import WhatNext
    from inventui.engine.home.quests import Quests
    from inventui.engine.inventory.escrow import Escrow
    from inventui.engine.inventory.inventory import Inventory
    from inventui.engine.market.black_market import BlackMarket
    from inventui.engine.market.gear_shop import GearShop
    from inventui.engine.market.sellers import Sellers
    from inventui.engine.notifications.notifications import Notifications
    from inventui.engine.people.friends import Friends
    from inventui.engine.people.gifts import Gifts
    from inventui.engine.property.models import Settled
    from inventui.engine.property.property import Property
    from inventui.engine.reveals import Reveals
    from inventui.engine.shop.shop import Shop
    from inventui.engine.streets.streets import Streets
    from inventui.engine.trades.trades import Trades
    from inventui.engine.undo.undo import Undos
    from inventui.engine.wardrobe.wardrobe import Wardrobe
    from inventui.engine.withdrawals.withdrawals import Withdrawals
    from inventui.engine.workshop.collections import Collections
    from inventui.engine.workshop.workshop import Workshop

_PARTS = {attribute: made for room in ROOMS for attribute, made in room.handle.items()}
"""Attribute of a handle → `module:callable` that makes it of the handle."""


class PlayerHandle(Player):
    """The world as one player may act in it."""

    def card(self) -> PlayerCard:
        """The player at a glance."""
        with self.world.store.read() as connection:
            return card(connection, self.id, self.name)

    def catch_up(self) -> Settled | None:
        """Make up for the player's time until now; None if nothing was due."""
        from inventui.engine.time import catch_up

        return catch_up.catch_up(self)

    def happened(self, after: int) -> tuple[Settled, ...]:
        """What was made up for by operations with a number above `after`, in order."""
        from inventui.engine.time import catch_up

        return catch_up.happened(self, after)

    def last_settled(self) -> int:
        """The number of the last operation that made up for time; 0 if none did."""
        from inventui.engine.time import catch_up

        return catch_up.last_settled(self)

    home: WhatNext
    """What waits for one player."""

    quests: Quests
    """One player's quests of the first evening."""

    cases: Cases
    """One player's way to the cases."""

    reveals: Reveals
    """Openings and fusions that one player has yet to be shown."""

    fairness: Fairness
    """One player's seed pairs."""

    inventory: Inventory
    """One player's items."""

    shop: Shop
    """The shop as one player sees it."""

    gear_shop: GearShop
    """One player's gear shop of the day."""

    black_market: BlackMarket
    """The black market as one player sees it."""

    bazaar: Bazaar
    """The bazaar as one player sees it."""

    sellers: Sellers
    """Shop, daily gear shop and black market as one counter."""

    escrow: Escrow
    """One player's escrow."""

    wardrobe: Wardrobe
    """One player's slots."""

    drawer: Drawer
    """The drawers that one player can look into."""

    friends: Friends
    """One player's friends."""

    gifts: Gifts
    """What one player gives and gets."""

    property: Property
    """One player's business and home."""

    withdrawals: Withdrawals
    """What one player takes out of the world."""

    workshop: Workshop
    """One player's way to the workshop."""

    collections: Collections
    """One player's collections."""

    streets: Streets
    """The streets as one player walks them."""

    achievements: Achievements
    """One player's way to the goals of this world."""

    notifications: Notifications
    """What one player was told."""

    wallet: Wallet
    """One player's money."""

    history: History
    """What one player may know of the past."""

    feed: Feed
    """What concerned one player."""

    undos: Undos
    """What one player can take back."""

    export: Export
    """Everything that is kept about them."""

    trades: Trades
    """What one player trades."""

    if not TYPE_CHECKING:  # Else a name that no room has would pass for one.

        def __getattr__(self, name: str) -> object:
            """A room's part, imported and made when it is first asked for."""
            if name not in _PARTS:
                raise AttributeError(name)
            module, _, maker = _PARTS[name].partition(":")
            made = getattr(import_module(f"inventui.engine.{module}"), maker)(self)
            # Found before this method from now on.
            self.__dict__[name] = made
            return made
