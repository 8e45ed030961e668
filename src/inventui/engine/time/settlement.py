"""A settlement: what a span of time brought a player, written as one operation."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from inventui.db.statements import Connection, Statement
from inventui.engine.core.ledger import Purse, purse_of, receive
from inventui.engine.core.notify import notify
from inventui.engine.core.operation import Draft, Intent, Operation
from inventui.engine.core.outcome_json import dump
from inventui.engine.npc.robberies import write_robbery, write_visit
from inventui.engine.property.models import Settled
from inventui.engine.time.expiries import Overdue, let_go
from inventui.engine.time.visit import Visit
from inventui.rules import property as property_rules
from inventui.rules.core.enums import Event, Status, Tone
from inventui.rules.core.money import Currency, HouseAccount
from inventui.rules.property import UpkeepState, unpaid_words
from inventui.rules.time.situation import Elapsed

if TYPE_CHECKING:
    from inventui.engine.core.context import Context


_SETTLEMENT = Statement(
    "INSERT INTO settlement (operation_id, player_id, since, until)"
    " VALUES (:operation, :player, :since, :until)"
)


_INCOME = Statement(
    "INSERT INTO income (operation_id, player_id, period, player_item_id, revenue, cost, reduced)"
    " VALUES (:operation, :player, :period, :player_item, :revenue, :cost, :reduced)"
)


_UPKEEP = Statement(
    "INSERT INTO upkeep (operation_id, player_id, day, player_item_id, due, state, ended_by)"
    " VALUES (:operation, :player, :day, :player_item, :due, :state, :ended_by)"
)


_END_UPKEEP = Statement(
    "UPDATE upkeep SET state = :state, ended_by = :ended_by"
    " WHERE player_id = :player AND day = :day"
)


_NAME = Statement(
    "SELECT i.name FROM player_item p JOIN item i ON i.id = p.item_id WHERE p.id = :player_item",
    str,
)


_OUTCOME = Statement("UPDATE operation SET outcome = :outcome WHERE id = :id")


def write_settlement(
    world: Context,
    connection: Connection,
    visit: Visit,
    since: int,
    until: int,
    span: Elapsed,
    held: Overdue,
    purse: Purse,
) -> Settled:
    """Write what `span` brought; its outcome."""
    player = visit.player
    request = {"until": until, **({"here": True} if visit.here else {})}
    intent = Intent("settle", request, player, uuid4().hex)
    operation = Draft(connection, intent, visit.at, world).begin()
    # What a full till did not take in is over, too, once its player is back.
    if until > since and (span.situation.neighbours or span.incomes or span.upkeep or visit.here):
        values = {"operation": operation.id, "player": player, "since": since, "until": until}
        connection.execute(_SETTLEMENT, values)
    # What came in comes first, so that what goes out is always there.
    visits = tuple(write_visit(world, operation, player, visit, purse) for visit in span.visits)
    revenue = _pay(world, operation, span, purse)
    _write_lines(operation, player, span)
    broken: list[str] = []
    robberies = tuple(
        write_robbery(world, operation, player, robbery, purse, broken)
        for robbery in span.robberies
    )
    evicted = _evict(operation, player, span)
    _notify_arrears(operation, player, span)
    gone = let_go(world, operation, player, held)
    settled = Settled(
        operation=operation.id,
        since=since,
        until=max(until, since),
        periods=len(span.incomes),
        revenue=revenue,
        cost=span.cost,
        days_paid=sum(line.state is UpkeepState.PAID for line in span.upkeep),
        upkeep=span.upkeep_paid,
        days_due=len(span.situation.unpaid),
        evicted=evicted,
        raids=robberies,
        calls=visits,
        broken=tuple(broken),
        expired=gone.expired,
        unsold=gone.unsold,
        unanswered=gone.unanswered,
        balance=purse_of(connection, player).balance,
        unpaid=operation.unpaid,
    )
    connection.execute(_OUTCOME, {"id": operation.id, "outcome": dump(settled)})
    return settled


def _pay(world: Context, operation: Operation, span: Elapsed, purse: Purse) -> int:
    """Transfer what the business brought, then what it and the home cost; what it brought."""
    mine = purse.accounts[Currency.ORANGES]
    house = {account: world.house[account, Currency.ORANGES] for account in HouseAccount}
    revenue = receive(
        operation, world.house, purse, HouseAccount.BUSINESS, Currency.ORANGES, span.revenue
    )
    for sink, amount in (
        (HouseAccount.OPERATING_COST, span.cost),
        (HouseAccount.UPKEEP, span.upkeep_paid),
    ):
        operation.transfer(sink, Currency.ORANGES, amount, mine, house[sink])
    return revenue


def _write_lines(operation: Operation, player: int, span: Elapsed) -> None:
    if span.incomes:
        operation.connection.execute_many(
            _INCOME,
            [
                {
                    "operation": operation.id,
                    "player": player,
                    "period": line.period,
                    "player_item": line.player_item,
                    "revenue": line.revenue,
                    "cost": line.cost,
                    "reduced": line.reduced,
                }
                for line in span.incomes
            ],
        )
    for known, statement in ((False, _UPKEEP), (True, _END_UPKEEP)):
        lines = [
            {
                "operation": operation.id,
                "player": player,
                "day": line.day,
                "player_item": line.player_item,
                "due": line.due,
                "state": str(line.state),
                "ended_by": None if line.state is UpkeepState.DUE else operation.id,
            }
            for line in span.upkeep
            if line.known is known
        ]
        if lines:
            operation.connection.execute_many(statement, lines)


def _evict(operation: Operation, player: int, span: Elapsed) -> str | None:
    if span.evicted is None:
        return None
    name = operation.connection.execute(_NAME, {"player_item": span.evicted}).one()
    operation.move([span.evicted], Status.EQUIPPED, Event.EVICT)
    notify(
        operation,
        player,
        "evicted",
        Tone.ERROR,
        f"You lost {name}: its upkeep was unpaid for {property_rules.EVICTION_DAYS} days.",
        "property",
        span.evicted,
    )
    return name


def _notify_arrears(operation: Operation, player: int, span: Elapsed) -> None:
    unpaid = span.situation.unpaid
    if not any(line.state is UpkeepState.DUE for line in span.upkeep):
        return
    words = unpaid_words(unpaid[0][0], unpaid[-1][0], sum(due for _, due in unpaid))
    notify(operation, player, "upkeep_due", Tone.ERROR, words, "property")
