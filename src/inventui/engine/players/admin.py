"""Administration: grants by the world's owner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inventui.engine.core.item_grants import Receipt, receive_items
from inventui.engine.core.ledger import purse_of, receive, room_in
from inventui.engine.core.models import Balance, PlayerCard
from inventui.engine.core.operation import Draft, Intent, perform
from inventui.engine.players.models import Grant
from inventui.engine.players.players import Players
from inventui.rules.core.enums import Acquisition
from inventui.rules.core.money import MOST, Currency, HouseAccount
from inventui.rules.core.refusal import Reason, Refusal

if TYPE_CHECKING:
    from inventui.engine.core.context import Context

_SOURCE = "the world's owner"


def grant(
    world: Context, player: str, item: str | None, oranges: int, gems: int, key: str
) -> Grant | Refusal:
    """Grant a player an item of the catalogue, oranges or gems, in one operation."""
    found = Players(world).find(player)
    if isinstance(found, Refusal):
        return found
    for amount in (oranges, gems):
        if not 0 <= amount <= MOST:
            return Refusal(
                Reason.INVALID_AMOUNT,
                f"You can grant 0 to {MOST:,} of a currency, not {amount:,}.",
                {"amount": amount, "least": 0, "most": MOST},
            )
    if item is None and not oranges and not gems:
        return Refusal(
            Reason.NOTHING_TO_DO, "Nothing was named to be granted: an item, oranges or gems."
        )
    request = {"player": found.id, "item": item, "oranges": oranges, "gems": gems}
    intent = Intent("grant", request, None, key)
    return perform(
        world,
        intent,
        lambda draft: _grant(world, draft, found, item, oranges, gems),
        Grant,
    )


def _grant(
    world: Context, draft: Draft, player: PlayerCard, slug: str | None, oranges: int, gems: int
) -> Grant | Refusal:
    connection = draft.connection
    item = None if slug is None else world.catalogue.find(connection, slug)
    if isinstance(item, Refusal):
        return item
    purse = purse_of(connection, player.id)
    sums = {Currency.ORANGES: (oranges, purse.oranges), Currency.GEMS: (gems, purse.gems)}
    for currency, (amount, current) in sums.items():
        payer = world.house[HouseAccount.ADMIN, currency]
        if amount > room_in(connection, purse.accounts[currency], payer):
            return Refusal(
                Reason.INVALID_AMOUNT,
                f"Nobody can have more than {MOST:,} of a currency; {player.name} has {current:,}.",
                {"amount": amount, "current": current, "most": MOST},
            )
    if item is not None and item.is_default:
        return Refusal(
            Reason.ALREADY_OWNED,
            f"Everybody has {item.name} from the start, so it can't be granted.",
            {"item": item.slug},
        )
    operation = draft.begin()
    for currency, (amount, _) in sums.items():
        receive(operation, world.house, purse, HouseAccount.ADMIN, currency, amount)
    number = None
    if item is not None:
        receipt = Receipt(player.id, Acquisition.ADMIN, 0, _SOURCE)
        (number,) = receive_items(connection, operation, receipt, [item])
    return Grant(
        operation=operation.id,
        player=player.name,
        oranges=oranges,
        gems=gems,
        item_id=number,
        item_name=None if item is None else item.name,
        balance=Balance(purse.oranges + oranges, purse.gems + gems),
    )
