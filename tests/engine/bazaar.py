"""What the tests of the bazaar say and ask."""

from inventui.engine.achievements.metrics import metrics_of
from inventui.engine.achievements.models import Counters
from inventui.engine.bazaar.models import Listed, ListingEnd
from inventui.engine.history.models import ItemHistory
from inventui.engine.inventory.models import InventoryPage, InventoryQuery, ItemLine
from inventui.engine.world import PlayerHandle, World
from inventui.rules.achievements import Condition
from inventui.rules.core.enums import Status
from inventui.rules.inventory.inventory import InventoryTab
from tests.builders import done

PRICE = 500


def put_up(player: PlayerHandle, player_item: int, price: int = PRICE) -> int:
    """The number of a listing that must succeed."""
    return done(player.bazaar.list(player_item, price), Listed).listing


def oranges(player: PlayerHandle) -> int:
    """What a player has."""
    return player.card().oranges


def ended(player: PlayerHandle) -> list[ListingEnd]:
    """A player's past in the bazaar, the newest first."""
    return list(player.bazaar.ends().lines)


def held(player: PlayerHandle, tab: InventoryTab = InventoryTab.ALL) -> list[ItemLine]:
    """What stands in an inventory."""
    return list(done(player.inventory.page(InventoryQuery(tab)), InventoryPage).items)


def sales(world: World, player: PlayerHandle) -> int:
    """The figure that achievements ask for."""
    wanted = {Condition.BAZAAR_SALES: 100}
    with world.store.read() as connection:
        return metrics_of(world, connection, player.id, wanted, Counters())[Condition.BAZAAR_SALES]


def status(player: PlayerHandle, player_item: int) -> Status:
    """Where a thing stands."""
    return done(player.history.of(player_item), ItemHistory).item.status
