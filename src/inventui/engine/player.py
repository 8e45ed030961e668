"""A handle: the world as one player may act in it.

What a room needs is imported when somebody first asks for it: a start needs few of them.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

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

    @cached_property
    def cases(self) -> Cases:
        """One player's way to the cases."""
        from inventui.engine.cases.open import Cases

        return Cases(self)

    @cached_property
    def reveals(self) -> Reveals:
        """Openings and fusions that one player has yet to be shown."""
        from inventui.engine.reveals import Reveals

        return Reveals(self)

    @cached_property
    def fairness(self) -> Fairness:
        """One player's seed pairs."""
        from inventui.engine.fairness.fairness import Fairness

        return Fairness(self)

    @cached_property
    def inventory(self) -> Inventory:
        """One player's items."""
        from inventui.engine.inventory.inventory import Inventory

        return Inventory(self)

    @cached_property
    def shop(self) -> Shop:
        """The shop as one player sees it."""
        from inventui.engine.shop.shop import Shop

        return Shop(self)

    @cached_property
    def gear_shop(self) -> GearShop:
        """One player's gear shop of the day."""
        from inventui.engine.market.gear_shop import GearShop

        return GearShop(self)

    @cached_property
    def black_market(self) -> BlackMarket:
        """The black market as one player sees it."""
        from inventui.engine.market.black_market import BlackMarket

        return BlackMarket(self)

    @cached_property
    def bazaar(self) -> Bazaar:
        """The bazaar as one player sees it."""
        from inventui.engine.bazaar.bazaar import Bazaar

        return Bazaar(self)

    @cached_property
    def sellers(self) -> Sellers:
        """Shop, daily gear shop and black market as one counter."""
        from inventui.engine.market.sellers import Sellers

        return Sellers(self)

    @cached_property
    def escrow(self) -> Escrow:
        """One player's escrow."""
        from inventui.engine.inventory.escrow import Escrow

        return Escrow(self)

    @cached_property
    def wardrobe(self) -> Wardrobe:
        """One player's slots."""
        from inventui.engine.wardrobe.wardrobe import Wardrobe

        return Wardrobe(self)

    @cached_property
    def drawer(self) -> Drawer:
        """The drawers that one player can look into."""
        from inventui.engine.drawer.drawer import Drawer

        return Drawer(self)

    @cached_property
    def friends(self) -> Friends:
        """One player's friends."""
        from inventui.engine.people.friends import Friends

        return Friends(self)

    @cached_property
    def gifts(self) -> Gifts:
        """What one player gives and gets."""
        from inventui.engine.people.gifts import Gifts

        return Gifts(self)

    @cached_property
    def trades(self) -> Trades:
        """What one player trades."""
        from inventui.engine.npc.trade_replies import NeighbourReplies
        from inventui.engine.trades.trades import Trades

        return Trades(self, NeighbourReplies(self))

    @cached_property
    def property(self) -> Property:
        """One player's business and home."""
        from inventui.engine.property.property import Property

        return Property(self)

    @cached_property
    def withdrawals(self) -> Withdrawals:
        """What one player takes out of the world."""
        from inventui.engine.withdrawals.withdrawals import Withdrawals

        return Withdrawals(self)

    @cached_property
    def workshop(self) -> Workshop:
        """One player's way to the workshop."""
        from inventui.engine.workshop.workshop import Workshop

        return Workshop(self)

    @cached_property
    def collections(self) -> Collections:
        """One player's collections."""
        from inventui.engine.workshop.collections import Collections

        return Collections(self)

    @cached_property
    def streets(self) -> Streets:
        """The streets as one player walks them."""
        from inventui.engine.streets.streets import Streets

        return Streets(self)

    @cached_property
    def achievements(self) -> Achievements:
        """One player's way to the goals of this world."""
        from inventui.engine.achievements.achievements import Achievements

        return Achievements(self)

    @cached_property
    def notifications(self) -> Notifications:
        """What one player was told."""
        from inventui.engine.notifications.notifications import Notifications

        return Notifications(self)

    @cached_property
    def wallet(self) -> Wallet:
        """One player's money."""
        from inventui.engine.history.wallet import Wallet

        return Wallet(self)

    @cached_property
    def history(self) -> History:
        """What one player may know of the past."""
        from inventui.engine.history.item_history import History

        return History(self)

    @cached_property
    def feed(self) -> Feed:
        """What concerned one player."""
        from inventui.engine.history.feed import Feed

        return Feed(self)

    @cached_property
    def export(self) -> Export:
        """Everything that is kept about them."""
        from inventui.engine.history.export import Export

        return Export(self)
