"""Swaps: whether player items and oranges can go over between two players, asked of the rules."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from inventui.db.statements import Connection, Statement
from inventui.engine.core.item_grants import gear_room
from inventui.engine.inventory.inventory import player_items_of
from inventui.engine.trades.state import TradeRecord
from inventui.rules.core.categories import COSMETICS, GEAR
from inventui.rules.core.enums import Currency, Status
from inventui.rules.core.lifecycle import GEAR_ROOM
from inventui.rules.core.money import can_pay
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


class _HeldRow(NamedTuple):
    item_id: int
    number: int


_HELD = Statement(
    "SELECT item_id, held + escrowed AS number FROM holding WHERE player_id = :player"
    " AND item_id IN (SELECT value FROM json_each(:items))",
    _HeldRow,
)


def named_player_items(
    connection: Connection, player: int, ids: Sequence[int], owner: str | None = None
) -> list[Any] | Refusal:
    """Rows of a player's items, or why one of them is none; `owner` names another player."""
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
    other: Any,
    give: Sequence[Any],
    ask: Sequence[Any],
    oranges: int,
    current: int,
    answered: TradeRecord | None = None,
) -> Refusal | None:
    """None if an offer can be made.

    What the other one may still mend until they answer, their room and their money, is
    theirs to see to.

    Args:
        world: whose catalogue names player items.
        connection: reads.
        me: who offers.
        other: the row of who is asked: `id` and `name`.
        give: rows of what is offered.
        ask: rows of what is asked for.
        oranges: how many are offered.
        current: how many the proposer has.
        answered: the other's offer that ends with this one: what it holds comes back first.
    """
    mine = _pledges(world, connection, give)
    theirs = _pledges(world, connection, ask, answered)
    refusal = _first(check_give, mine) or _first(lambda t: check_ask(other.name, t), theirs)
    if refusal is not None:
        return refusal
    here = _party(connection, me, "", mine, theirs)
    there = _party(connection, other.id, other.name, theirs, mine)
    return (
        check_owned(here)
        or check_owned(there)
        or check_room(here)
        or can_pay(oranges, current, Currency.ORANGES)
    )


def check_acceptance(
    world: Context,
    connection: Connection,
    deal: TradeRecord,
    oranges: int,
    answered: TradeRecord | None = None,
) -> Refusal | None:
    """None if the partner of an open offer can accept it now.

    Args:
        world: whose catalogue names player items.
        connection: reads.
        deal: the offer; one that is yet to be made is as good.
        oranges: how many the partner has.
        answered: as in `check_proposal`.
    """
    given = _pledges(world, connection, deal.player_items[Side.PROPOSER])
    asked = _pledges(world, connection, deal.player_items[Side.PARTNER], answered)
    refusal = _first(check_give, asked)
    if refusal is not None:
        return refusal
    partner, proposer = deal.player(Side.PARTNER), deal.player(Side.PROPOSER)
    here = _party(connection, partner, "", asked, given)
    there = _party(connection, proposer, deal.name(Side.PROPOSER), given, asked)
    refusal = check_owned(here) or check_owned(there) or check_room(here) or check_room(there)
    if refusal is not None:
        return refusal
    return can_pay(deal.oranges(Side.PARTNER), oranges, Currency.ORANGES)


def _first(
    check: Callable[[Pledge], Refusal | None], player_items: Sequence[Pledge]
) -> Refusal | None:
    return next(
        (refusal for player_item in player_items if (refusal := check(player_item)) is not None),
        None,
    )


def _pledges(
    world: Context, connection: Connection, rows: Sequence[Any], answered: TradeRecord | None = None
) -> tuple[Pledge, ...]:
    """Player items as the rules look at them; those of an answered offer as if they were home."""
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
    """One side; what makes no difference to the rules is not read."""
    cosmetics = [player_item.item for player_item in gets if player_item.category in COSMETICS]
    held = {}
    if cosmetics:
        asked = {"player": player, "items": json.dumps(cosmetics)}
        held = {row.item_id: row.number for row in connection.execute(_HELD, asked)}
    gear = 0
    if any(player_item.category in GEAR for player_item in gets):
        gear = GEAR_ROOM - gear_room(connection, player)
    return Party(name, gear, held, gives, gets)
