"""A handle: the world as one player may act in it.

What a room needs is imported when somebody first asks for it: a start needs few of them.
"""

from __future__ import annotations

from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Generic, TypeVar

from inventui.engine.core.context import Player
from inventui.engine.players.players import card
from inventui.engine.time import catch_up

if TYPE_CHECKING:
    from inventui.engine.achievements.achievements import Achievements
    from inventui.engine.bazaar.bazaar import Bazaar
    from inventui.engine.cases.open import Cases
    from inventui.engine.core.models import PlayerCard
    from inventui.engine.drawer.drawer import Drawer
    from inventui.engine.fairness.fairness import Fairness
    from inventui.engine.history.export import Export
    from inventui.engine.history.feed import Feed
    from inventui.engine.history.item_history import History
    from inventui.engine.history.wallet import Wallet
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
    from inventui.engine.wardrobe.wardrobe import Wardrobe
    from inventui.engine.withdrawals.withdrawals import Withdrawals
    from inventui.engine.workshop.collections import Collections
    from inventui.engine.workshop.workshop import Workshop


T = TypeVar("T")


class _Part(Generic[T]):
    """A room as one player may act in it: imported and made when it is first asked for."""

    def __init__(self, module: str, name: str) -> None:
        self._module, self._name = module, name

    def __set_name__(self, _: type, attribute: str) -> None:
        self._attribute = attribute

    def __get__(self, handle: PlayerHandle, _: type) -> T:
        make = getattr(import_module(f"inventui.engine.{self._module}"), self._name)
        part: T = make(handle)
        # Found before this descriptor from now on, which has no `__set__`.
        handle.__dict__[self._attribute] = part
        return part


class PlayerHandle(Player):
    """The world as one player may act in it."""

    def card(self) -> PlayerCard:
        """The player at a glance."""
        with self.world.store.read() as connection:
            return card(connection, self.id, self.name)

    def catch_up(self) -> Settled | None:
        """Make up for the player's time until now; None if nothing was due."""
        return catch_up.catch_up(self)

    def happened(self, after: int) -> tuple[Settled, ...]:
        """What was made up for by operations with a number above `after`, in order."""
        return catch_up.happened(self, after)

    cases: _Part[Cases] = _Part("cases.open", "Cases")
    """One player's way to the cases."""

    reveals: _Part[Reveals] = _Part("reveals", "Reveals")
    """Openings and fusions that one player has yet to be shown."""

    fairness: _Part[Fairness] = _Part("fairness.fairness", "Fairness")
    """One player's seed pairs."""

    inventory: _Part[Inventory] = _Part("inventory.inventory", "Inventory")
    """One player's items."""

    shop: _Part[Shop] = _Part("shop.shop", "Shop")
    """The shop as one player sees it."""

    gear_shop: _Part[GearShop] = _Part("market.gear_shop", "GearShop")
    """One player's gear shop of the day."""

    black_market: _Part[BlackMarket] = _Part("market.black_market", "BlackMarket")
    """The black market as one player sees it."""

    bazaar: _Part[Bazaar] = _Part("bazaar.bazaar", "Bazaar")
    """The bazaar as one player sees it."""

    sellers: _Part[Sellers] = _Part("market.sellers", "Sellers")
    """Shop, daily gear shop and black market as one counter."""

    escrow: _Part[Escrow] = _Part("inventory.escrow", "Escrow")
    """One player's escrow."""

    wardrobe: _Part[Wardrobe] = _Part("wardrobe.wardrobe", "Wardrobe")
    """One player's slots."""

    drawer: _Part[Drawer] = _Part("drawer.drawer", "Drawer")
    """The drawers that one player can look into."""

    friends: _Part[Friends] = _Part("people.friends", "Friends")
    """One player's friends."""

    gifts: _Part[Gifts] = _Part("people.gifts", "Gifts")
    """What one player gives and gets."""

    property: _Part[Property] = _Part("property.property", "Property")
    """One player's business and home."""

    withdrawals: _Part[Withdrawals] = _Part("withdrawals.withdrawals", "Withdrawals")
    """What one player takes out of the world."""

    workshop: _Part[Workshop] = _Part("workshop.workshop", "Workshop")
    """One player's way to the workshop."""

    collections: _Part[Collections] = _Part("workshop.collections", "Collections")
    """One player's collections."""

    streets: _Part[Streets] = _Part("streets.streets", "Streets")
    """The streets as one player walks them."""

    achievements: _Part[Achievements] = _Part("achievements.achievements", "Achievements")
    """One player's way to the goals of this world."""

    notifications: _Part[Notifications] = _Part("notifications.notifications", "Notifications")
    """What one player was told."""

    wallet: _Part[Wallet] = _Part("history.wallet", "Wallet")
    """One player's money."""

    history: _Part[History] = _Part("history.item_history", "History")
    """What one player may know of the past."""

    feed: _Part[Feed] = _Part("history.feed", "Feed")
    """What concerned one player."""

    export: _Part[Export] = _Part("history.export", "Export")
    """Everything that is kept about them."""

    @cached_property
    def trades(self) -> Trades:
        """What one player trades."""
        from inventui.engine.npc.trade_replies import NeighbourReplies
        from inventui.engine.trades.trades import Trades

        return Trades(self, NeighbourReplies(self))
