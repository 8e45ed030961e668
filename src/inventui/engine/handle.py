"""A handle: the world as one player may act in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inventui.engine.achievements import Achievements
from inventui.engine.black_market import BlackMarket
from inventui.engine.cases import Cases
from inventui.engine.drawer import Drawer
from inventui.engine.escrow import Escrow
from inventui.engine.fairness import Fairness
from inventui.engine.feed import Feed
from inventui.engine.friends import Friends
from inventui.engine.gear_shop import GearShop
from inventui.engine.gifts import Gifts
from inventui.engine.history import History
from inventui.engine.inventory import Inventory
from inventui.engine.models import PlayerCard
from inventui.engine.notifications import Notifications
from inventui.engine.players import card
from inventui.engine.property import Property
from inventui.engine.sellers import Sellers
from inventui.engine.shop import Shop
from inventui.engine.streets import Streets
from inventui.engine.wallet import Wallet
from inventui.engine.wardrobe import Wardrobe
from inventui.engine.withdrawals import Withdrawals

if TYPE_CHECKING:
    from inventui.engine.world import World


class PlayerHandle:
    """The world as one player may act in it.

    Attributes:
        world: the world.
        id: the player's number.
        name: the player's name.
    """

    def __init__(self, world: World, id_: int, name: str) -> None:
        """Use `World.player`."""
        self.world = world
        self.id = id_
        self.name = name
        self.cases = Cases(self)
        self.fairness = Fairness(self)
        self.inventory = Inventory(self)
        self.shop = Shop(self)
        self.gear_shop = GearShop(self)
        self.black_market = BlackMarket(self)
        self.sellers = Sellers(self)
        self.escrow = Escrow(self)
        self.wardrobe = Wardrobe(self)
        self.drawer = Drawer(self)
        self.friends = Friends(self)
        self.gifts = Gifts(self)
        self.property = Property(self)
        self.withdrawals = Withdrawals(self)
        self.streets = Streets(self)
        self.achievements = Achievements(self)
        self.notifications = Notifications(self)
        self.wallet = Wallet(self)
        self.history = History(self)
        self.feed = Feed(self)

    def card(self) -> PlayerCard:
        """The player at a glance."""
        with self.world.store.read() as connection:
            return card(connection, self.id, self.name)
