"""Operations, checked: of a kind that there is, by whom, when; and what they caused."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, case, func, literal_column
from sqlmodel import col

from inventui.db.tables.journal import OperationRow, TransferRow, VisitRow
from inventui.db.tables.players import AccountRow, PlayerRow
from inventui.db.tables.select import maybe, select, value
from inventui.engine.audit.check import PAYEE, PAYER, columns_of, records, rows, told, whole

_BY_THE_WORLD = frozenset({"bazaar_turn", "clock", "grant", "move_in", "player", "rotation"})
_BY_A_PLAYER = frozenset(
    [
        "achieve",
        "bazaar_buy",
        "begin_shift",
        "buy",
        "claim",
        "complete",
        "daily",
        "delist",
        "deliver",
        "discard",
        "equip",
        "friend_accept",
        "friend_decline",
        "friend_remove",
        "friend_request",
        "fuse",
        "gear_shop",
        "gift",
        "list",
        "lock",
        "neighbour_settle",
        "open",
        "rename",
        "reroll",
        "rob",
        "rotate",
        "sell",
        "settle",
        "shift",
        "skip_quest",
        "starter",
        "trade",
        "trade_accept",
        "trade_counter",
        "trade_decline",
        "trade_take_back",
        "undo",
        "unequip",
        "upkeep",
        "use",
        "visit",
        "withdraw",
    ]
)

_LAST_MOMENT = 253_402_300_800_000
"""The end of the year 9999: no clock and no calendar of the game knows a later one."""

_SPENDING = "open buy fuse"
_GAINING = f"{_SPENDING} shift rob achieve complete"

_PATHS: tuple[tuple[str, str, str, str, str], ...] = (
    # Kind, payer, payee, currencies, kinds of the operation. `own` is the operation's player.
    ("start", "start", "other", "oranges gems", "player move_in"),
    ("play", "play", "own", "oranges", "shift neighbour_settle"),
    ("play", "play", "other", "oranges", "settle"),
    ("daily_bonus", "daily_bonus", "own", "oranges gems", "daily"),
    ("achievement", "achievement", "own", "oranges gems", "achieve complete"),
    ("business", "business", "own", "oranges", "settle"),
    ("sale", "sale", "own", "oranges", "sell"),
    ("undo", "own", "sale", "oranges", "undo"),
    ("rank_up", "rank_up", "own", "gems", _GAINING),
    ("experience", "experience", "own", "experience", _GAINING),
    ("admin", "admin", "other", "oranges gems", "grant"),
    ("case", "own", "case", "oranges", "open"),
    ("shop", "own", "shop", "oranges gems", "buy"),
    ("black_market", "own", "black_market", "oranges", "buy"),
    ("upkeep", "own", "upkeep", "oranges", "settle upkeep"),
    ("operating_cost", "own", "operating_cost", "oranges", "settle"),
    ("bazaar_fee", "other", "bazaar_fee", "oranges", "bazaar_buy bazaar_turn"),
    ("fine", "own", "fine", "oranges", "rob"),
    ("fine", "other", "fine", "oranges", "settle"),
    ("workshop_fee", "own", "workshop_fee", "oranges", "fuse"),
    ("reroll", "own", "reroll", "gems", "reroll"),
    ("trade_hold", "own", "trade_hold", "oranges", "trade trade_counter"),
    ("trade_hold", "other", "trade_hold", "oranges", "bazaar_turn"),
    ("trade_hold", "trade_hold", "own", "oranges", "settle neighbour_settle trade_take_back"),
    ("trade_hold", "trade_hold", "other", "oranges",
     "bazaar_turn settle trade_counter trade_decline"),
    ("trade", "trade_hold", "own", "oranges", "trade_accept"),
    ("trade", "own", "other", "oranges", "trade_accept"),
    ("bazaar", "own", "other", "oranges", "bazaar_buy"),
    ("bazaar", "other", "other", "oranges", "bazaar_turn"),
    ("gift", "own", "other", "oranges gems", "gift"),
    ("gift", "other", "own", "oranges", "settle"),
    ("robbery", "other", "own", "oranges", "rob"),
    ("robbery", "own", "other", "oranges", "settle"),
)  # fmt: skip

_CAUSES = frozenset(
    (kind, payer, payee, currency, operation)
    for kind, payer, payee, currencies, operations in _PATHS
    for currency in currencies.split()
    for operation in operations.split()
)
"""Every lawful way of money: what it is called, from whom, to whom, in which operation."""


class _Operation(NamedTuple):
    id: int = OperationRow.id
    kind: str = OperationRow.kind
    player_id: int | None = OperationRow.player_id
    at: int = OperationRow.at
    request: str = OperationRow.request
    outcome: str | None = OperationRow.outcome


def check_operations(connection: Connection) -> Iterator[str]:
    """Each is of a kind that there is, of its player or the world's, of a moment; and readable."""
    for operation in records(
        connection, _Operation, columns_of(_Operation).order_by(col(OperationRow.id))
    ):
        what = f"operation {operation.id}"
        if operation.kind not in _BY_THE_WORLD | _BY_A_PLAYER:
            yield f"{what} is of no kind that there is"
        elif (operation.kind in _BY_THE_WORLD) != (operation.player_id is None):
            yield f"{what} is not of who makes such ones"
        if not 0 <= operation.at <= _LAST_MOMENT:
            yield f"{what} is of a time that no clock shows"
        if operation.request != "{}" and not told(operation.request):
            yield f"{what} asks for what can't be read"
        if operation.outcome is not None:
            answer = told(operation.outcome)
            if not answer:
                yield f"{what} has an outcome that can't be read"
            if answer.get("operation") != operation.id:
                yield f"{what} tells of another operation"


def _end(account: type[AccountRow]) -> ColumnElement[str]:
    """Whose an account is: the house's, the operation's player's, or another's."""
    return case(
        (col(account.house).is_not(None), account.house),
        (col(account.player_id) == OperationRow.player_id, literal_column("'own'")),
        else_=literal_column("'other'"),
    )


def check_causes(connection: Connection) -> Iterator[str]:
    """Money moves for what its kind is for, in an operation of a kind that moves it so."""
    way: Any = (
        TransferRow.kind,
        value(_end(PAYER)),
        value(_end(PAYEE)),
        TransferRow.currency,
        OperationRow.kind,
    )
    for kind, payer, payee, currency, operation, number, first in rows(
        connection,
        select(*way, value(func.count()), value(func.min(col(OperationRow.id))))
        .select_from(TransferRow)
        .join(OperationRow, col(OperationRow.id) == TransferRow.operation_id)
        .join(PAYER, col(PAYER.id) == TransferRow.from_account_id)
        .join(PAYEE, col(PAYEE.id) == TransferRow.to_account_id)
        .group_by(*way),
    ):
        if (kind, payer, payee, currency, operation) not in _CAUSES:
            yield (
                f"{number} of {currency} as {kind} from {payer} to {payee} in {operation}, "
                f"first by operation {first}: no rule moves money so"
            )


def check_visits(connection: Connection) -> Iterator[str]:
    """A visit is its visitor's own operation."""
    for visit, kind, player, visitor in rows(
        connection,
        select(VisitRow.id, maybe(OperationRow.kind), OperationRow.player_id, VisitRow.visitor_id)
        .select_from(VisitRow)
        .outerjoin(OperationRow, col(OperationRow.id) == VisitRow.operation_id),
    ):
        if (kind, player) != ("visit", visitor):
            yield f"visit {visit} of player {visitor} belongs to no operation of theirs"


def check_names(connection: Connection) -> Iterator[str]:
    """A person has the name that they were made with, or that they took last."""
    due: dict[int, object] = {}
    for operation in records(
        connection,
        _Operation,
        columns_of(_Operation)
        .where(col(OperationRow.kind).in_(("player", "rename")))
        .order_by(col(OperationRow.id)),
    ):
        player = operation.player_id or whole(told(operation.outcome).get("player"))
        due[player] = told(operation.request).get("name")
    for player, name in rows(connection, select(PlayerRow.id, PlayerRow.name)):
        if due.get(player, name) != name:
            yield f"player {player} is called {name}, and took the name {due[player]}"
