"""Trades inside a transaction: finding one, and what proposing and ending one writes.

What the proposer gives is held while a trade is open: player items with the status `offered`,
oranges in the house's account `trade_hold`. What they ask for is not held, so it may be gone
when the partner accepts. No function here checks a rule: `actions` and `checks` do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from inventui.db.statements import Connection, Statement
from inventui.engine.core.item_grants import Receipt, hand_on_all
from inventui.engine.core.ledger import Purse, purse_of
from inventui.engine.core.operation import Operation
from inventui.engine.inventory.player_items import ListedColumns
from inventui.rules.core.enums import Acquisition, Event, Status
from inventui.rules.core.money import Currency, HouseAccount
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.trades.trades import DURATION, Side, TradeState

if TYPE_CHECKING:
    from inventui.engine.core.context import Context

TRADES = (
    "SELECT t.id, t.proposer_id, t.partner_id, t.proposer_oranges, t.partner_oranges, t.message,"
    " t.at, t.until, t.state, t.answer, t.ended_by, t.counter_of,"
    " p.name AS proposer, q.name AS partner,"
    " EXISTS (SELECT 1 FROM neighbour n WHERE n.player_id = p.id) AS proposer_neighbour,"
    " EXISTS (SELECT 1 FROM neighbour n WHERE n.player_id = q.id) AS partner_neighbour"
    " FROM trade t JOIN player p ON p.id = t.proposer_id JOIN player q ON q.id = t.partner_id"
)
"""Trades, each as a `StoredTrade`; a condition is to be added."""


class StoredTrade(NamedTuple):
    """A trade's own row, with both players' names and whether a computer plays them."""

    id: int
    proposer_id: int
    partner_id: int
    proposer_oranges: int
    partner_oranges: int
    message: str
    at: int
    until: int
    state: str
    answer: str
    ended_by: int | None
    counter_of: int | None
    proposer: str
    partner: str
    proposer_neighbour: int
    partner_neighbour: int


_ONE = Statement(
    "{trades} WHERE t.id = :trade AND :me IN (t.proposer_id, t.partner_id)",
    StoredTrade,
    trades=TRADES,
)
_OTHER = Statement(
    "SELECT CASE WHEN proposer_id = :me THEN partner_id ELSE proposer_id END FROM trade"
    " WHERE id = :trade AND :me IN (proposer_id, partner_id)",
    int,
)
_OVERDUE = Statement(
    "{trades} WHERE t.proposer_id = :player AND t.state = 'open' AND t.until <= :at"
    " ORDER BY t.until, t.id",
    StoredTrade,
    trades=TRADES,
)


class _TradeItem(NamedTuple):
    side: str
    id: int
    item_id: int
    status: str
    locked: int
    acquired_at: int
    held_until: int | None
    durability: int | None


_PLAYER_ITEMS = Statement(
    "SELECT h.side, p.id, p.item_id, p.status, p.locked, p.acquired_at,"
    " p.held_until, p.durability FROM trade_thing h JOIN player_item p ON p.id = h.player_item_id"
    " WHERE h.trade_id = :trade ORDER BY h.id",
    _TradeItem,
)
_NEW = Statement(
    "INSERT INTO trade (operation_id, proposer_id, partner_id, proposer_oranges, partner_oranges,"
    " message, at, until, state, answer, counter_of) VALUES (:operation, :proposer, :partner,"
    " :give, :ask, :message, :at, :until, 'open', '', :counter_of) RETURNING id",
    int,
)
_NEW_PLAYER_ITEM = Statement(
    "INSERT INTO trade_thing (operation_id, trade_id, side, player_item_id)"
    " VALUES (:operation, :trade, :side, :player_item)"
)
_END = Statement(
    "UPDATE trade SET state = :state, answer = :answer, ended_by = :operation WHERE id = :trade"
)


@dataclass(frozen=True, slots=True)
class TradeRecord:
    """A trade with its player items, as of a transaction.

    Attributes:
        row: the trade's own row.
        player_items: what each side gives, in the order in which it was named.
    """

    row: StoredTrade
    player_items: Mapping[Side, Sequence[ListedColumns]]

    @property
    def id(self) -> int:
        """The trade's number."""
        return self.row.id

    def side_of(self, player: int) -> Side:
        """Which side one of its two players is."""
        return Side.PROPOSER if self.row.proposer_id == player else Side.PARTNER

    def player(self, side: Side) -> int:
        """The number of the player on a side."""
        return self.row.proposer_id if side is Side.PROPOSER else self.row.partner_id

    def name(self, side: Side) -> str:
        """The name of the player on a side."""
        return self.row.proposer if side is Side.PROPOSER else self.row.partner

    def is_neighbour(self, side: Side) -> bool:
        """Whether a computer plays a side."""
        row = self.row
        return bool(row.proposer_neighbour if side is Side.PROPOSER else row.partner_neighbour)

    def oranges(self, side: Side) -> int:
        """How many oranges a side gives."""
        row = self.row
        return row.proposer_oranges if side is Side.PROPOSER else row.partner_oranges

    def ids(self, side: Side) -> list[int]:
        """Numbers of a side's player items."""
        return [player_item.id for player_item in self.player_items[side]]


def other_side(side: Side) -> Side:
    """The other of the two sides."""
    return Side.PARTNER if side is Side.PROPOSER else Side.PROPOSER


def other_player(connection: Connection, me: int, number: int) -> int | None:
    """The number of the other player of one of a player's trades; None if it is none of theirs."""
    # SQLite takes no larger number, and a command may name any.
    if not 0 < number < 2**63:
        return None
    return connection.execute(_OTHER, {"trade": number, "me": me}).first()


def find_trade(connection: Connection, me: int, number: int) -> TradeRecord | Refusal:
    """One of a player's trades, proposed by them or to them, in any state."""
    row = None
    if 0 < number < 2**63:
        row = connection.execute(_ONE, {"trade": number, "me": me}).first()
    if row is None:
        return Refusal(
            Reason.UNKNOWN_TRADE,
            f"None of your trades has the number {number}. See them with: inventui trade list",
            {"trade": number},
        )
    return record_of(connection, row)


def record_of(connection: Connection, row: StoredTrade) -> TradeRecord:
    """A trade's row with its player items."""
    player_items: dict[Side, list[_TradeItem]] = {side: [] for side in Side}
    for player_item in connection.execute(_PLAYER_ITEMS, {"trade": row.id}):
        player_items[Side(player_item.side)].append(player_item)
    return TradeRecord(row, player_items)


def overdue_trades(connection: Connection, player: int, at: int) -> list[StoredTrade]:
    """Open trades that a player proposed and that have run out at a time, the first first."""
    return connection.execute(_OVERDUE, {"player": player, "at": at}).all()


@dataclass(frozen=True, slots=True)
class NewTrade:
    """A trade that is to be written: who, what for what, and the trade that it answers, if any."""

    proposer: int
    partner: int
    give: Sequence[int]
    give_oranges: int
    ask: Sequence[int]
    ask_oranges: int
    message: str
    counter_of: int | None


def write_trade(world: Context, operation: Operation, trade: NewTrade) -> int:
    """Hold what the proposer gives and write the trade; its number."""
    connection = operation.connection
    if trade.give:
        operation.move(trade.give, Status.OWNED, Event.OFFER)
    if trade.give_oranges:
        mine = purse_of(connection, trade.proposer).accounts[Currency.ORANGES]
        operation.transfer(
            HouseAccount.TRADE_HOLD, Currency.ORANGES, trade.give_oranges, mine, _hold(world)
        )
    number = connection.execute(
        _NEW,
        {
            "operation": operation.id,
            "proposer": trade.proposer,
            "partner": trade.partner,
            "give": trade.give_oranges,
            "ask": trade.ask_oranges,
            "message": trade.message,
            "at": operation.at,
            "until": operation.at + DURATION,
            "counter_of": trade.counter_of,
        },
    ).one()
    lines = [
        {"operation": operation.id, "trade": number, "side": str(side), "player_item": player_item}
        for side, player_items in ((Side.PROPOSER, trade.give), (Side.PARTNER, trade.ask))
        for player_item in player_items
    ]
    if lines:
        connection.execute_many(_NEW_PLAYER_ITEM, lines)
    return number


def give_back(
    world: Context, operation: Operation, trade: TradeRecord, state: TradeState, answer: str = ""
) -> None:
    """End an open trade without an exchange: what it held is the proposer's again."""
    player_items = trade.ids(Side.PROPOSER)
    if player_items:
        operation.move(player_items, Status.OFFERED, Event.TAKE_BACK)
    held = trade.oranges(Side.PROPOSER)
    if held:
        mine = purse_of(operation.connection, trade.row.proposer_id).accounts[Currency.ORANGES]
        operation.transfer(HouseAccount.TRADE_HOLD, Currency.ORANGES, held, _hold(world), mine)
    _end(operation, trade, state, answer)


def hand_over(
    world: Context,
    operation: Operation,
    trade: TradeRecord,
    purses: Mapping[Side, Purse],
    answer: str = "",
) -> Mapping[Side, list[int]]:
    """End an open trade by moving everything of both sides.

    Returns:
        The numbers of the new player items, by the side that gets them.
    """
    given, asked = trade.ids(Side.PROPOSER), trade.ids(Side.PARTNER)
    if asked:
        # Only what is offered can be traded: the partner's player items go through that status too.
        operation.move(asked, Status.OWNED, Event.OFFER)
    operation.move([*asked, *given], Status.OFFERED, Event.TRADE)
    receipts = {
        side: Receipt(trade.player(side), Acquisition.TRADE, 0, trade.name(other_side(side)))
        for side in Side
    }
    new = hand_on_all(
        operation,
        [(receipts[Side.PARTNER], player_item) for player_item in given]
        + [(receipts[Side.PROPOSER], player_item) for player_item in asked],
    )
    oranges = {side: purses[side].accounts[Currency.ORANGES] for side in Side}
    operation.transfer(
        "trade",
        Currency.ORANGES,
        trade.oranges(Side.PROPOSER),
        _hold(world),
        oranges[Side.PARTNER],
    )
    operation.transfer(
        "trade",
        Currency.ORANGES,
        trade.oranges(Side.PARTNER),
        oranges[Side.PARTNER],
        oranges[Side.PROPOSER],
    )
    _end(operation, trade, TradeState.ACCEPTED, answer)
    return {Side.PARTNER: new[: len(given)], Side.PROPOSER: new[len(given) :]}


def _end(operation: Operation, trade: TradeRecord, state: TradeState, answer: str) -> None:
    operation.connection.execute(
        _END,
        {"state": str(state), "answer": answer, "operation": operation.id, "trade": trade.id},
    )


def _hold(world: Context) -> int:
    return world.house[HouseAccount.TRADE_HOLD, Currency.ORANGES]
