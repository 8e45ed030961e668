"""Settlement: time made up for, before anything else happens to a player.

Every operation of a player settles their time first, in its own transaction: what a
business brought, what a home cost, who came by, what escrow let go, what nobody bought.
So at each boundary of time player items stand as they stood then, however late it is reckoned
and by however many programs; the database keeps each period and each day once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from inventui.db.statements import Connection, Statement
from inventui.engine.core.ledger import Purse, purse_of
from inventui.engine.core.models import Balance
from inventui.engine.core.notify import notify
from inventui.engine.core.operation import Draft, Intent, Operation, adapter
from inventui.engine.core.situation import created_at, situation_of
from inventui.engine.npc.move_in import settle_neighbour
from inventui.engine.npc.periods import run_due_periods
from inventui.engine.npc.robberies import receive_call, suffer_raid
from inventui.engine.property.models import Settled
from inventui.engine.time.expiries import Overdue, let_go, overdue, return_held
from inventui.rules.core.enums import Currency, Event, Status
from inventui.rules.core.money import HouseAccount, money_words
from inventui.rules.notifications import Tone
from inventui.rules.property import (
    DEBUFF,
    EVICTION_DAYS,
    PERIOD,
    Arrears,
    UpkeepState,
    arrears,
)
from inventui.rules.time.catch_up import elapse
from inventui.rules.time.situation import Elapsed
from inventui.rules.time.visits import RAID_PERIOD

if TYPE_CHECKING:
    from inventui.engine.core.context import Context, Player

_UNTIL = Statement.maybe("SELECT max(until) FROM settlement WHERE player_id = :player", int)
_IS_NEIGHBOUR = Statement("SELECT 1 FROM neighbour WHERE player_id = :player", int)
_SETTLEMENT = Statement(
    "INSERT INTO settlement (operation_id, player_id, until) VALUES (:operation, :player, :until)"
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


_SETTLED = Statement(
    "SELECT outcome FROM operation WHERE player_id = :player AND kind = 'settle' AND id > :after"
    " ORDER BY id",
    str,
)
_OUTCOME = Statement("UPDATE operation SET outcome = :outcome WHERE id = :id")


def settle(world: Context, connection: Connection, player: int, at: int) -> Settled | None:
    """Make up for a player's time until `at`.

    Args:
        world: the world.
        connection: a write transaction.
        player: whose time.
        at: now, in milliseconds since 1970-01-01 UTC. A clock that went back settles
            nothing.

    Returns:
        What was written last, or None if nothing was due.
    """
    # What a neighbour bought of the player's was paid before what comes after it.
    run_due_periods(world, connection, at)
    held = overdue(connection, player, at)
    if not held and at < world.schedule.settled.get(player, 0):
        return None
    if connection.execute(_IS_NEIGHBOUR, {"player": player}).first() is not None:
        settle_neighbour(world, connection, player, at)
        if held.listings or held.trades:
            return_held(world, connection, player, at, held)
        return None
    settled = None
    for moment, part in held.parts(at):
        settled = _settle_until(world, connection, player, at, moment, part) or settled
    return settled


def _settle_until(
    world: Context, connection: Connection, player: int, at: int, moment: int, held: Overdue
) -> Settled | None:
    """Make up for time until a moment, at which something that was held comes home."""
    since = connection.execute(_UNTIL, {"player": player}).one()
    since = created_at(connection, player) if since is None else int(since)
    until = moment // PERIOD * PERIOD
    purse = purse_of(connection, player)
    situation = situation_of(world, connection, player, purse)
    span = elapse(situation, since, max(until, since))
    # A period in which no neighbour came is over too: what is worn later is not for it.
    last = until // RAID_PERIOD - 1
    passed = last >= since // RAID_PERIOD and any(
        raider.since <= last * RAID_PERIOD for raider in situation.raiders
    )
    # A period in which something happened is among those that are over.
    if held or passed or span.incomes or span.upkeep:
        return _write(world, connection, player, at, since, until, span, held, purse)
    # Whatever any program does meanwhile, no boundary lies before the next one. What is held
    # for a time is asked about each time: after a clock went back, it may be gone before that.
    world.schedule.settled[player] = max(until, since) + PERIOD
    return None


def _write(
    world: Context,
    connection: Connection,
    player: int,
    at: int,
    since: int,
    until: int,
    span: Elapsed,
    held: Overdue,
    purse: Purse,
) -> Settled:
    operation = Draft(
        connection, Intent("settle", {"until": until}, player, uuid4().hex), at, world
    ).begin()
    if (until > since and span.situation.raiders) or span.incomes or span.upkeep:
        connection.execute(
            _SETTLEMENT, {"operation": operation.id, "player": player, "until": until}
        )
    # What came in comes first, so that what goes out is always there.
    calls = tuple(receive_call(world, operation, player, call, purse) for call in span.calls)
    _pay(world, operation, span, purse)
    _write_lines(operation, player, span)
    broken: list[str] = []
    raids = tuple(suffer_raid(world, operation, player, raid, purse, broken) for raid in span.raids)
    evicted = _evict(operation, player, span)
    _tell_of_arrears(operation, player, span)
    gone = let_go(world, operation, player, held)
    oranges = span.situation.oranges + sum(row.proposer_oranges for row in held.trades)
    settled = Settled(
        operation=operation.id,
        since=since,
        until=max(until, since),
        periods=len(span.incomes),
        revenue=span.revenue,
        cost=span.cost,
        days_paid=sum(line.state is UpkeepState.PAID for line in span.upkeep),
        upkeep=span.upkeep_paid,
        days_due=len(span.situation.unpaid),
        evicted=evicted,
        raids=raids,
        calls=calls,
        broken=tuple(broken),
        expired=gone.expired,
        unsold=gone.unsold,
        unanswered=gone.unanswered,
        balance=Balance(oranges, purse.gems),
    )
    connection.execute(
        _OUTCOME, {"id": operation.id, "outcome": adapter(Settled).dump_json(settled).decode()}
    )
    return settled


def _pay(world: Context, operation: Operation, span: Elapsed, purse: Purse) -> None:
    """Move what the business brought, then what it and the home cost."""
    mine = purse.accounts[Currency.ORANGES]
    house = {account: world.house[account, Currency.ORANGES] for account in HouseAccount}
    operation.transfer(
        HouseAccount.BUSINESS, Currency.ORANGES, span.revenue, house[HouseAccount.BUSINESS], mine
    )
    for sink, amount in (
        (HouseAccount.OPERATING_COST, span.cost),
        (HouseAccount.UPKEEP, span.upkeep_paid),
    ):
        operation.transfer(sink, Currency.ORANGES, amount, mine, house[sink])


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
    name = str(operation.connection.execute(_NAME, {"player_item": span.evicted}).one())
    operation.move([span.evicted], Status.EQUIPPED, Event.EVICT)
    notify(
        operation,
        player,
        "evicted",
        Tone.ERROR,
        f"You lost {name}: its upkeep was unpaid for {EVICTION_DAYS} days.",
        "property",
        span.evicted,
    )
    return name


def _tell_of_arrears(operation: Operation, player: int, span: Elapsed) -> None:
    unpaid = span.situation.unpaid
    if not any(line.state is UpkeepState.DUE for line in span.upkeep):
        return
    owed = money_words(sum(due for _, due in unpaid), Currency.ORANGES)
    state = arrears(unpaid[0][0], unpaid[-1][0])
    if state is Arrears.DEBUFF:
        what = f"Bonuses and revenue are {DEBUFF} % lower until you pay."
    else:
        what = "Pay within 3 days, and nothing happens."
    notify(
        operation,
        player,
        "upkeep_due",
        Tone.ERROR,
        f"Upkeep is unpaid: you owe {owed}. {what}",
        "property",
    )


def catch_up(who: Player) -> Settled | None:
    """Make up for a player's time until now; None if nothing was due."""
    world, player = who.world, who.id
    now = world.clock.now()
    if now < world.schedule.settled.get(player, 0):
        with world.store.read() as connection:
            if not overdue(connection, player, now):
                return None
    with world.store.write() as connection:
        return settle(world, connection, player, now)


def happened(who: Player, after: int) -> tuple[Settled, ...]:
    """What was made up for by operations with a number above `after`, in order."""
    with who.world.store.read() as connection:
        rows = connection.execute(_SETTLED, {"player": who.id, "after": after})
        read = adapter(Settled).validate_json
        return tuple(read(outcome) for outcome in rows)
