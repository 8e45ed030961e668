"""Trades and what is held for them, checked."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection

from inventui.engine.audit.check import rows
from inventui.engine.audit.economy import Economy

_MINE, _THEIRS = "proposer", "partner"
_ENDED_BY = {
    "accepted": (("trade_accept",), _THEIRS),
    "declined": (("trade_decline",), _THEIRS),
    "countered": (("trade_counter",), _THEIRS),
    "taken_back": (("trade_take_back",), _MINE),
}


def check_trades(connection: Connection) -> Iterator[str]:
    """What is offered is held; an end moves everything, or gives everything back."""
    player_items: dict[int, list[Any]] = defaultdict(list)
    for row in rows(
        connection,
        "SELECT h.trade_id, h.operation_id, h.side, p.id, p.player_id, p.status, n.id AS next,"
        " n.player_id AS next_owner, n.acquisition AS next_how, (SELECT m.operation_id FROM move m"
        " WHERE m.player_item_id = n.id AND m.version = 1) AS handed FROM trade_thing h"
        " LEFT JOIN player_item p ON p.id = h.player_item_id"
        " LEFT JOIN player_item n ON n.origin_id = p.id ORDER BY h.id",
    ):
        player_items[row.trade_id].append(row)
    moves: dict[tuple[int, int], set[str]] = defaultdict(set)
    for row in rows(
        connection,
        "SELECT player_item_id, operation_id, event FROM move"
        " WHERE event IN ('offer', 'take_back', 'trade')",
    ):
        moves[row.player_item_id, row.operation_id].add(row.event)
    held: Counter[int] = Counter()
    traded: Counter[int] = Counter()
    economy = Economy(connection)
    for row in rows(
        connection,
        "SELECT t.*, o.at AS written, o.player_id AS by, e.at AS ended_at, e.player_id AS ender,"
        " e.kind AS ended_kind, c.proposer_id AS was_proposer, c.partner_id AS was_partner,"
        " c.state AS was, c.ended_by AS was_ended FROM trade t"
        " LEFT JOIN operation o ON o.id = t.operation_id"
        " LEFT JOIN operation e ON e.id = t.ended_by LEFT JOIN trade c ON c.id = t.counter_of"
        " ORDER BY t.id",
    ):
        what = f"trade {row.id}"
        mine = [player_item for player_item in player_items[row.id] if player_item.side == _MINE]
        theirs = [
            player_item for player_item in player_items[row.id] if player_item.side == _THEIRS
        ]
        yield from _check_offer(what, row, mine, theirs, moves, economy.at(row.operation_id))
        yield from _check_counter(what, row)
        if row.state == "open":
            held.update(player_item.id for player_item in mine)
        elif row.state == "accepted":
            traded.update(player_item.id for player_item in (*mine, *theirs))
            yield from _check_swap(what, row, mine, theirs, moves)
        else:
            for player_item in mine:
                if "take_back" not in moves[player_item.id, row.ended_by]:
                    yield f"{what} is {row.state}, but thing {player_item.id} was not given back"
        yield from _check_end(what, row)
    yield from _check_held(connection, held, traded)


def _check_offer(
    what: str,
    row: Any,
    mine: list[Any],
    theirs: list[Any],
    moves: dict[tuple[int, int], set[str]],
    numbers: Mapping[str, Any],
) -> Iterator[str]:
    """An offer names player items of both sides, and holds the proposer's."""
    if row.at != row.written or row.until != row.at + numbers["trades.duration"]:
        yield f"{what} is not of the moment of its operation, or not for its time"
    if row.proposer_id == row.partner_id:
        yield f"{what} is with oneself"
    for player_items, oranges in ((mine, row.proposer_oranges), (theirs, row.partner_oranges)):
        if (
            len(player_items) > numbers["trades.most_things"]
            or not (player_items or oranges)
            or oranges < 0
        ):
            yield f"{what} has {len(player_items)} things and {oranges} oranges on one side"
    for player_item, owner in [(t, row.proposer_id) for t in mine] + [
        (t, row.partner_id) for t in theirs
    ]:
        if player_item.player_id != owner or player_item.operation_id != row.operation_id:
            yield f"{what} names thing {player_item.id}, which was not of its side"
    for player_item in mine:
        if "offer" not in moves[player_item.id, row.operation_id]:
            yield f"{what} does not hold thing {player_item.id}"


def _check_counter(what: str, row: Any) -> Iterator[str]:
    """A counter-offer turns the roles of the one that it ended."""
    if row.counter_of is None:
        return
    turned = (row.was_proposer, row.was_partner, row.was, row.was_ended)
    if turned != (row.partner_id, row.proposer_id, "countered", row.operation_id):
        yield f"{what} does not answer trade {row.counter_of}"


def _check_swap(
    what: str, row: Any, mine: list[Any], theirs: list[Any], moves: dict[tuple[int, int], set[str]]
) -> Iterator[str]:
    """Every player item of both sides went over, by the operation that accepted."""
    for player_item, owner in [(t, row.partner_id) for t in mine] + [
        (t, row.proposer_id) for t in theirs
    ]:
        went = (
            player_item.status,
            player_item.next_owner,
            player_item.next_how,
            player_item.handed,
        )
        if went != ("traded", owner, "trade", row.ended_by):
            yield f"{what} was accepted, but thing {player_item.id} did not go over"
        if "trade" not in moves[player_item.id, row.ended_by]:
            yield f"{what} was accepted by another operation than moved thing {player_item.id}"


def _check_end(what: str, row: Any) -> Iterator[str]:
    """An end is its player's to make, and within its time."""
    if row.state == "open":
        return
    if row.state == "expired":
        if row.ended_at < row.until:
            yield f"{what} ended before its time"
        return
    kinds, side = _ENDED_BY[row.state]
    who = row.proposer_id if side == _MINE else row.partner_id
    if row.ender != who or row.ended_kind not in kinds:
        yield f"{what} is {row.state} by player {row.ender}, by {row.ended_kind}"
    if row.state == "accepted" and row.ended_at >= row.until:
        yield f"{what} was accepted after its time"


def _check_held(connection: Connection, held: Counter[int], traded: Counter[int]) -> Iterator[str]:
    """Each offered player item is held by one open trade, each traded one went with one."""
    for status, known in (("offered", held), ("traded", traded)):
        found = {
            row.id
            for row in rows(connection, f"SELECT id FROM player_item WHERE status = '{status}'")
        }
        for player_item in found | known.keys():
            if (player_item in found, known[player_item]) != (True, 1):
                yield f"thing {player_item} is {status} in {known[player_item]} trades"
    for row in rows(
        connection,
        "SELECT p.id FROM player_item p LEFT JOIN player_item o ON o.id = p.origin_id"
        " WHERE p.acquisition = 'trade' AND o.status IS NOT 'traded'",
    ):
        yield f"thing {row.id} is said to be traded, but comes from no trade"


def check_holds(connection: Connection) -> Iterator[str]:
    """What the house holds is what open trades offer; it is paid back, or on, when they end."""
    due: dict[tuple[int, str, int], int] = defaultdict(int)
    total = 0
    for row in rows(connection, "SELECT * FROM trade WHERE proposer_oranges > 0"):
        due[row.operation_id, "in", row.proposer_id] += row.proposer_oranges
        if row.state == "open":
            total += row.proposer_oranges
        else:
            payee = row.partner_id if row.state == "accepted" else row.proposer_id
            due[row.ended_by, "out", payee] += row.proposer_oranges
    moved: dict[tuple[int, str, int], int] = defaultdict(int)
    for row in rows(
        connection,
        "SELECT t.operation_id, t.amount, f.player_id AS payer, r.player_id AS payee"
        " FROM transfer t JOIN account f ON f.id = t.from_account_id"
        " JOIN account r ON r.id = t.to_account_id"
        " WHERE f.house = 'trade_hold' OR r.house = 'trade_hold'",
    ):
        side = "in" if row.payee is None else "out"
        moved[row.operation_id, side, row.payer if side == "in" else row.payee] += row.amount
    for place in due.keys() | moved.keys():
        if due[place] != moved[place]:
            operation, side, player = place
            yield (
                f"operation {operation}: {due[place]} oranges of player {player} were to go "
                f"{side}, {moved[place]} did"
            )
    for row in rows(connection, "SELECT currency, balance FROM account WHERE house = 'trade_hold'"):
        if row.balance != (total if row.currency == "oranges" else 0):
            yield (
                f"the house holds {row.balance} {row.currency} for trades, {total} oranges are due"
            )


def check_trade_money(connection: Connection) -> Iterator[str]:
    """What a partner paid is what the accepted trade asked for."""
    due: Counter[tuple[int, int, int]] = Counter()
    for row in rows(
        connection, "SELECT * FROM trade WHERE state = 'accepted' AND partner_oranges > 0"
    ):
        due[row.ended_by, row.partner_id, row.proposer_id] += row.partner_oranges
    moved: Counter[tuple[int, int, int]] = Counter()
    for row in rows(
        connection,
        "SELECT t.operation_id, t.amount, f.player_id AS payer, r.player_id AS payee"
        " FROM transfer t JOIN account f ON f.id = t.from_account_id"
        " JOIN account r ON r.id = t.to_account_id WHERE t.kind = 'trade'"
        " AND f.player_id IS NOT NULL AND r.player_id IS NOT NULL",
    ):
        moved[row.operation_id, row.payer, row.payee] += row.amount
    for place in due.keys() | moved.keys():
        if due[place] != moved[place]:
            operation, payer, payee = place
            yield (
                f"operation {operation}: player {payer} owed player {payee} {due[place]} oranges "
                f"for a trade, {moved[place]} moved"
            )
