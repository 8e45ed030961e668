"""Catching up: what time did to a player, written before anything else happens to them.

Nothing runs while nobody plays. So every operation of a player first catches up with their time, in
its own transaction: what a business brought, what a home cost, which neighbours came, what escrow
let go of, which listings and trades expired. What must hold:

- The amounts depend on the intervals alone, not on when, how often or by which program they are
  reckoned: every draw comes from the world's seed and the number of its period
  (`test_amounts_depend_on_intervals_alone_however_the_clock_leaps`).
- Each period and each day is paid once, whenever it is reached: `income` and `upkeep` have one line
  for each, unique in the database, so a clock that goes back, or two programs at once, pay nothing
  twice (`test_a_clock_that_goes_back_pays_nothing_twice`,
  `test_two_programs_settle_one_span_once`), and one that ran ahead keeps nothing from being paid
  once it is right again (`test_a_clock_that_ran_ahead_costs_nothing_but_what_was_had`).
- Things happen at their own moments, in order. A listing that expired on Monday is home, and can be
  stolen, from Monday on; so a span is split at each moment at which something comes home
  (`expiries.Overdue.parts`), and each part sees the player's situation as it was then.
- What was caught up with stays, even if the operation that asked for it is refused
  (`test_what_is_settled_stays_settled_when_the_operation_is_refused`).

What a span brings is reckoned by `rules.time.catch_up.elapse`, without a database; here its lines
are written. `Schedule.settled` remembers until when nothing can fall due, so that most operations
ask one question only (`_HELD_TOO_LONG`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import uuid4

from inventui.db.statements import Connection, Statement
from inventui.engine.core.ledger import Purse, purse_of, receive
from inventui.engine.core.notify import notify
from inventui.engine.core.operation import Draft, Intent, Operation, adapter
from inventui.engine.npc.move_in import settle_neighbour
from inventui.engine.npc.periods import run_due_periods
from inventui.engine.npc.robberies import write_robbery, write_visit
from inventui.engine.property.models import Settled
from inventui.engine.time.expiries import Overdue, let_go, overdue, return_held
from inventui.engine.time.visit import Visit, state_of, visit_of
from inventui.rules.bazaar import BAZAAR_PERIOD
from inventui.rules.core.enums import Event, Status, Tone
from inventui.rules.core.money import Currency, HouseAccount, money_words
from inventui.rules.property import (
    DEBUFF,
    EVICTION_DAYS,
    FULL_TILL,
    PERIOD,
    Arrears,
    UpkeepState,
    arrears,
)
from inventui.rules.time.catch_up import elapse
from inventui.rules.time.neighbour_calls import VISIT_PERIOD
from inventui.rules.time.situation import Elapsed

if TYPE_CHECKING:
    from inventui.engine.core.context import Context, Player

_UNTIL = Statement.maybe("SELECT max(until) FROM settlement WHERE player_id = :player", int)
# Asked before every operation, and the answer is nearly always no: one statement for all three.
_HELD_TOO_LONG = Statement(
    "SELECT EXISTS (SELECT 1 FROM player_item WHERE player_id = :player AND status = 'escrowed'"
    " AND held_until <= :at) OR EXISTS (SELECT 1 FROM listing WHERE seller_id = :player"
    " AND state = 'open' AND until <= :at) OR EXISTS (SELECT 1 FROM trade"
    " WHERE proposer_id = :player AND state = 'open' AND until <= :at)",
    int,
)


_IS_NEIGHBOUR = Statement("SELECT 1 FROM neighbour WHERE player_id = :player", int)
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
_SETTLED = Statement(
    "SELECT outcome FROM operation WHERE player_id = :player AND kind = 'settle' AND id > :after"
    " ORDER BY id",
    str,
)
_OUTCOME = Statement("UPDATE operation SET outcome = :outcome WHERE id = :id")


def settle(
    world: Context, connection: Connection, player: int, at: int, here: bool
) -> Settled | None:
    """Catch up with a player's time until `at`.

    Args:
        world: the world.
        connection: a write transaction in which no operation is under way.
        player: whose time.
        at: now, in milliseconds since 1970-01-01 UTC.
        here: whether it is the player who came, which ends their absence.

    Returns:
        The last outcome written, or None if nothing was due.
    """
    # A neighbour may have bought a listing of the player's: paid before what comes after it.
    schedule = world.schedule
    this_period = at // BAZAAR_PERIOD
    if schedule.no_period_due != this_period and not schedule.running_periods:
        run_due_periods(world, connection, at)
    anything = connection.execute(_HELD_TOO_LONG, {"player": player, "at": at}).one()
    if not anything and schedule.is_settled(player, at):
        return None
    held = overdue(connection, player, at) if anything else Overdue()
    if connection.execute(_IS_NEIGHBOUR, {"player": player}).first() is not None:
        settle_neighbour(world, connection, player, at)
        if held.listings or held.trades:
            return_held(world, connection, player, at, held)
        return None
    visit = visit_of(connection, player, at, here)
    settled = None
    for moment, part in held.parts(at):
        # What comes home does so at its own moment, whoever looks first, and when.
        then = visit if moment == at else replace(visit, at=moment, here=False)
        settled = _settle_until(world, connection, then, part) or settled
    return settled


def _settle_until(
    world: Context, connection: Connection, visit: Visit, held: Overdue
) -> Settled | None:
    """Catch up until a moment, at which `held` comes home; None if nothing happened until then."""
    player, at = visit.player, visit.at
    until = at // PERIOD * PERIOD
    purse = purse_of(connection, player)
    since, situation = state_of(world, connection, visit, purse)
    span = elapse(situation, since, max(until, since))
    # A period in which no neighbour came is written too: otherwise what the player wears or owns
    # later would count for it when it is reckoned again.
    last = until // VISIT_PERIOD - 1
    passed = last >= since // VISIT_PERIOD and any(
        neighbour.since <= last * VISIT_PERIOD for neighbour in situation.neighbours
    )

    full = (
        situation.business is not None
        and visit.here
        and at >= (situation.away_since or 0) + FULL_TILL
    )
    if held or passed or full or span.incomes or span.upkeep:
        return _write(world, connection, visit, since, until, span, held, purse)
    # No boundary lies before the next one, whatever any program does meanwhile. What is held for
    # a time is not covered by this: after a clock went back, it may expire before that.
    world.schedule.settled[player] = (at, until + PERIOD)
    return None


def _write(
    world: Context,
    connection: Connection,
    visit: Visit,
    since: int,
    until: int,
    span: Elapsed,
    held: Overdue,
    purse: Purse,
) -> Settled:
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
    connection.execute(
        _OUTCOME, {"id": operation.id, "outcome": adapter(Settled).dump_json(settled).decode()}
    )
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
        f"You lost {name}: its upkeep was unpaid for {EVICTION_DAYS} days.",
        "property",
        span.evicted,
    )
    return name


def _notify_arrears(operation: Operation, player: int, span: Elapsed) -> None:
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
    """Catch up with a player's time until now; the last outcome, or None if nothing was due."""
    world, player = who.world, who.id
    now = world.clock.now()
    if world.schedule.is_settled(player, now):
        with world.store.read() as connection:
            if not connection.execute(_HELD_TOO_LONG, {"player": player, "at": now}).one():
                return None
    with world.store.write() as connection:
        return settle(world, connection, player, now, True)


def happened(who: Player, after: int) -> tuple[Settled, ...]:
    """The outcomes of catching up in operations with numbers above `after`, in order."""
    with who.world.store.read() as connection:
        rows = connection.execute(_SETTLED, {"player": who.id, "after": after})
        read = adapter(Settled).validate_json
        return tuple(read(outcome) for outcome in rows)
