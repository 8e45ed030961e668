"""Checks of a trade: reads what both sides hold and asks `rules.trades.checks`."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from inventui.db.statements import Connection, Statement
from inventui.engine.core.item_grants import gear_room
from inventui.engine.core.ledger import purse_of, room_in
from inventui.engine.inventory.player_items import ListedColumns, PlayerItemState, player_items_of
from inventui.engine.trades.state import TradeRecord
from inventui.rules.core import lifecycle
from inventui.rules.core.categories import COSMETICS, GEAR
from inventui.rules.core.enums import Status
from inventui.rules.core.money import Currency, can_pay, check_purse
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.trades.checks import (
    Party,
    Pledge,
    check_ask,
    check_give,
    check_owned,
    check_room,
)
from inventui.rules.trades.trades import Side

if TYPE_CHECKING:
    from inventui.engine.core.context import Context


class _Held(NamedTuple):
    item_id: int
    number: int


_HELD = Statement(
    "SELECT item_id, held + escrowed AS number FROM holding WHERE player_id = :player"
    " AND item_id IN (SELECT value FROM json_each(:items))",
    _Held,
)


def named_player_items(
    connection: Connection, player: int, ids: Sequence[int], owner: str | None = None
) -> list[PlayerItemState] | Refusal:
    """A player's items by their numbers, or the refusal of the first number that is none.

    Args:
        connection: reads.
        player: whose they must be.
        ids: their numbers.
        owner: that player's name, where it is not the one who asks.
    """
    rows, refused = player_items_of(connection, player, ids)
    if not refused:
        return rows
    first = refused[0]
    if owner is not None and first.refusal.reason is Reason.NOT_YOURS:
        return Refusal(
            Reason.NOT_YOURS,
            f"Thing number {first.id} does not belong to {owner}.",
            {"id": first.id, "player": owner},
        )
    return first.refusal


def check_proposal(
    world: Context,
    connection: Connection,
    me: int,
    partner: int,
    partner_name: str,
    give: Sequence[ListedColumns],
    ask: Sequence[ListedColumns],
    oranges: int,
    current: int,
    answered: TradeRecord | None = None,
) -> Refusal | None:
    """None if a trade can be proposed.

    The partner's room and money are not checked: the partner may still see to them before
    accepting.

    Args:
        world: whose catalogue names player items.
        connection: reads.
        me: the proposer.
        partner: the partner's number.
        partner_name: the partner's name.
        give: what is offered.
        ask: what is asked for.
        oranges: how many are offered.
        current: how many the proposer has.
        answered: the partner's trade that ends with this one: what it holds comes back first.
    """
    mine = _pledges(world, connection, give)
    theirs = _pledges(world, connection, ask, answered)
    refusal = _first(check_give, mine) or _first(lambda t: check_ask(partner_name, t), theirs)
    if refusal is not None:
        return refusal
    here = _party(connection, me, "", mine, theirs)
    there = _party(connection, partner, partner_name, theirs, mine)
    return (
        check_owned(here)
        or check_owned(there)
        or check_room(here)
        or can_pay(oranges, current, Currency.ORANGES)
    )


def check_acceptance(
    world: Context,
    connection: Connection,
    trade: TradeRecord,
    oranges: int,
    answered: TradeRecord | None = None,
) -> Refusal | None:
    """None if the partner of an open trade can accept it now.

    Args:
        world: whose catalogue names player items.
        connection: reads.
        trade: the trade; it need not be written yet.
        oranges: how many the partner has.
        answered: as in `check_proposal`.
    """
    given = _pledges(world, connection, trade.player_items[Side.PROPOSER])
    asked = _pledges(world, connection, trade.player_items[Side.PARTNER], answered)
    refusal = _first(check_give, asked)
    if refusal is not None:
        return refusal
    partner, proposer = trade.player(Side.PARTNER), trade.player(Side.PROPOSER)
    here = _party(connection, partner, "", asked, given)
    there = _party(connection, proposer, trade.name(Side.PROPOSER), given, asked)
    refusal = check_owned(here) or check_owned(there) or check_room(here) or check_room(there)
    if refusal is not None:
        return refusal
    return can_pay(trade.oranges(Side.PARTNER), oranges, Currency.ORANGES) or _check_purses(
        connection, trade
    )


def _check_purses(connection: Connection, trade: TradeRecord) -> Refusal | None:
    """None if both sides of a trade can have the oranges that they would get."""
    given, asked = trade.oranges(Side.PROPOSER), trade.oranges(Side.PARTNER)
    # What the proposer gives makes room; the partner gets theirs before giving any.
    sides = ((Side.PARTNER, "", given, 0), (Side.PROPOSER, trade.name(Side.PROPOSER), asked, given))
    for side, name, oranges, freed in sides:
        if oranges:
            purse = purse_of(connection, trade.player(side))
            room = room_in(connection, purse.accounts[Currency.ORANGES]) + freed
            refusal = check_purse(name, oranges, room, Currency.ORANGES)
            if refusal is not None:
                return refusal
    return None


def _first(
    check: Callable[[Pledge], Refusal | None], player_items: Sequence[Pledge]
) -> Refusal | None:
    return next(
        (refusal for player_item in player_items if (refusal := check(player_item)) is not None),
        None,
    )


def _pledges(
    world: Context,
    connection: Connection,
    rows: Sequence[ListedColumns],
    answered: TradeRecord | None = None,
) -> tuple[Pledge, ...]:
    """Player items as the rules take them; those that an answered trade holds count as owned."""
    back = frozenset[int]() if answered is None else frozenset(answered.ids(Side.PROPOSER))
    pledges = []
    for row in rows:
        item = world.catalogue.item(connection, row.item_id)
        status = Status.OWNED if row.id in back else Status(row.status)
        pledges.append(
            Pledge(item.id, item.name, item.category, status, bool(row.locked), item.is_default)
        )
    return tuple(pledges)


def _party(
    connection: Connection,
    player: int,
    name: str,
    gives: tuple[Pledge, ...],
    gets: tuple[Pledge, ...],
) -> Party:
    """One side as the rules take it; what makes no difference to them is not read."""
    cosmetics = [player_item.item for player_item in gets if player_item.category in COSMETICS]
    held = {}
    if cosmetics:
        asked = {"player": player, "items": json.dumps(cosmetics)}
        held = {row.item_id: row.number for row in connection.execute(_HELD, asked)}
    gear = 0
    if any(player_item.category in GEAR for player_item in gets):
        gear = lifecycle.GEAR_ROOM - gear_room(connection, player)
    return Party(name, gear, held, gives, gets)
