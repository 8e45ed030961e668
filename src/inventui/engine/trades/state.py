"""Trading: an offer with its player items as it stands, and what making and ending it writes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from inventui.db.statements import Connection, Statement
from inventui.engine.core.item_grants import Receipt, hand_on_all
from inventui.engine.core.ledger import Purse, purse_of
from inventui.engine.core.operation import Operation
from inventui.rules.core.enums import Acquisition, Currency, Event, Status
from inventui.rules.core.money import HouseAccount
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.trades.trades import DURATION, Side, TradeState

if TYPE_CHECKING:
    from inventui.engine.core.context import Context

DEAL = (
    "SELECT t.*, p.name AS proposer, q.name AS partner,"
    " EXISTS (SELECT 1 FROM neighbour n WHERE n.player_id = p.id) AS proposer_neighbour,"
    " EXISTS (SELECT 1 FROM neighbour n WHERE n.player_id = q.id) AS partner_neighbour"
    " FROM trade t JOIN player p ON p.id = t.proposer_id JOIN player q ON q.id = t.partner_id"
)
"""Offers, with both names, and who of the two is a neighbour."""


class _OneRow(NamedTuple):
    id: int
    operation_id: int
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
    "{deal} WHERE t.id = :trade AND :me IN (t.proposer_id, t.partner_id)", _OneRow, deal=DEAL
)


class _SideRow(NamedTuple):
    proposer_id: int
    partner_id: int


_SIDES = Statement("SELECT proposer_id, partner_id FROM trade WHERE id = :trade", _SideRow)


_DUE = Statement(
    "{deal} WHERE t.proposer_id = :player AND t.state = 'open' AND t.until <= :at"
    " ORDER BY t.until, t.id",
    _OneRow,
    deal=DEAL,
)


class _PlayerItemRow(NamedTuple):
    side: str
    id: int
    player_id: int
    item_id: int
    status: str
    locked: int
    acquired_at: int
    held_until: int | None
    durability: int | None


_PLAYER_ITEMS = Statement(
    "SELECT h.side, p.id, p.player_id, p.item_id, p.status, p.locked, p.acquired_at,"
    " p.held_until, p.durability FROM trade_thing h JOIN player_item p ON p.id = h.player_item_id"
    " WHERE h.trade_id = :trade ORDER BY h.id",
    _PlayerItemRow,
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
    """An offer with its player items, as it stands inside a transaction.

    Attributes:
        row: of the offer, as `DEAL` gives it.
        player_items: rows of each side's player items, in the order in which they were named.
    """

    row: Any
    player_items: Mapping[Side, Sequence[Any]]

    @property
    def id(self) -> int:
        """The offer's number."""
        return int(self.row.id)

    def side_of(self, player: int) -> Side:
        """On which side one of its two players is."""
        return Side.PROPOSER if self.row.proposer_id == player else Side.PARTNER

    def player(self, side: Side) -> int:
        """The number of the player on a side."""
        return int(self.row.proposer_id if side is Side.PROPOSER else self.row.partner_id)

    def name(self, side: Side) -> str:
        """The name of the player on a side."""
        return str(self.row.proposer if side is Side.PROPOSER else self.row.partner)

    def is_neighbour(self, side: Side) -> bool:
        """Whether a computer plays a side."""
        row = self.row
        return bool(row.proposer_neighbour if side is Side.PROPOSER else row.partner_neighbour)

    def oranges(self, side: Side) -> int:
        """What a side gives beside its player items."""
        row = self.row
        return int(row.proposer_oranges if side is Side.PROPOSER else row.partner_oranges)

    def ids(self, side: Side) -> list[int]:
        """Numbers of a side's player items."""
        return [player_item.id for player_item in self.player_items[side]]


def other_side(side: Side) -> Side:
    """The one across."""
    return Side.PARTNER if side is Side.PROPOSER else Side.PROPOSER


def across(connection: Connection, me: int, number: int) -> int | None:
    """The number of the player on the other side of one's own offer; None if it is none."""
    if not 0 < number < 2**63:
        return None
    row = connection.execute(_SIDES, {"trade": number}).first()
    if row is None or me not in row:
        return None
    return int(row.partner_id if row.proposer_id == me else row.proposer_id)


def deal_of(connection: Connection, me: int, number: int) -> TradeRecord | Refusal:
    """One of a player's own offers, made or got, whatever became of it."""
    row = None
    if 0 < number < 2**63:
        row = connection.execute(_ONE, {"trade": number, "me": me}).first()
    if row is None:
        return Refusal(
            Reason.UNKNOWN_TRADE,
            f"None of your trades has the number {number}. See them with: inventui trade list",
            {"trade": number},
        )
    return with_player_items(connection, row)


def with_player_items(connection: Connection, row: Any) -> TradeRecord:
    """An offer's row with its player items."""
    player_items: dict[Side, list[Any]] = {side: [] for side in Side}
    for player_item in connection.execute(_PLAYER_ITEMS, {"trade": row.id}):
        player_items[Side(player_item.side)].append(player_item)
    return TradeRecord(row, player_items)


def overdue_trades(connection: Connection, player: int, at: int) -> list[Any]:
    """Rows of a player's offers that have run out at a time."""
    return list(connection.execute(_DUE, {"player": player, "at": at}))


@dataclass(frozen=True, slots=True)
class NewDeal:
    """An offer that is to be written: who, what for what, and which one it answers."""

    proposer: int
    partner: int
    give: Sequence[int]
    give_oranges: int
    ask: Sequence[int]
    ask_oranges: int
    message: str
    counter_of: int | None


def write_deal(world: Context, operation: Operation, deal: NewDeal) -> int:
    """Hold what is offered and write the offer; its number."""
    connection = operation.connection
    if deal.give:
        operation.move(deal.give, Status.OWNED, Event.OFFER)
    if deal.give_oranges:
        mine = purse_of(connection, deal.proposer).accounts[Currency.ORANGES]
        operation.transfer(
            HouseAccount.TRADE_HOLD, Currency.ORANGES, deal.give_oranges, mine, _hold(world)
        )
    number = int(
        connection.execute(
            _NEW,
            {
                "operation": operation.id,
                "proposer": deal.proposer,
                "partner": deal.partner,
                "give": deal.give_oranges,
                "ask": deal.ask_oranges,
                "message": deal.message,
                "at": operation.at,
                "until": operation.at + DURATION,
                "counter_of": deal.counter_of,
            },
        ).one()
    )
    lines = [
        {"operation": operation.id, "trade": number, "side": str(side), "player_item": player_item}
        for side, player_items in ((Side.PROPOSER, deal.give), (Side.PARTNER, deal.ask))
        for player_item in player_items
    ]
    if lines:
        connection.execute_many(_NEW_PLAYER_ITEM, lines)
    return number


def give_back(
    world: Context, operation: Operation, deal: TradeRecord, state: TradeState, answer: str = ""
) -> None:
    """End an offer that was not accepted: what it held is the proposer's again."""
    player_items = deal.ids(Side.PROPOSER)
    if player_items:
        operation.move(player_items, Status.OFFERED, Event.TAKE_BACK)
    held = deal.oranges(Side.PROPOSER)
    if held:
        mine = purse_of(operation.connection, deal.row.proposer_id).accounts[Currency.ORANGES]
        operation.transfer(HouseAccount.TRADE_HOLD, Currency.ORANGES, held, _hold(world), mine)
    _end(operation, deal, state, answer)


def hand_over(
    world: Context,
    operation: Operation,
    deal: TradeRecord,
    purses: Mapping[Side, Purse],
    answer: str = "",
) -> Mapping[Side, list[int]]:
    """End an offer by moving everything of both sides.

    Returns:
        By the side that gets them, the new rows' numbers.
    """
    given, asked = deal.ids(Side.PROPOSER), deal.ids(Side.PARTNER)
    if asked:
        operation.move(asked, Status.OWNED, Event.OFFER)
    operation.move([*asked, *given], Status.OFFERED, Event.TRADE)
    receipts = {
        side: Receipt(deal.player(side), Acquisition.TRADE, 0, deal.name(other_side(side)))
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
        deal.oranges(Side.PROPOSER),
        _hold(world),
        oranges[Side.PARTNER],
    )
    operation.transfer(
        "trade",
        Currency.ORANGES,
        deal.oranges(Side.PARTNER),
        oranges[Side.PARTNER],
        oranges[Side.PROPOSER],
    )
    _end(operation, deal, TradeState.ACCEPTED, answer)
    return {Side.PARTNER: new[: len(given)], Side.PROPOSER: new[len(given) :]}


def _end(operation: Operation, deal: TradeRecord, state: TradeState, answer: str) -> None:
    operation.connection.execute(
        _END,
        {"state": str(state), "answer": answer, "operation": operation.id, "trade": deal.id},
    )


def _hold(world: Context) -> int:
    return world.house[HouseAccount.TRADE_HOLD, Currency.ORANGES]
