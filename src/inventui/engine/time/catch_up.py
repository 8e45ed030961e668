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

import json
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import uuid4

from inventui.db.statements import Connection, Statement
from inventui.engine.core.ledger import purse_of
from inventui.engine.core.operation import Draft, Intent
from inventui.engine.core.outcome_json import load
from inventui.engine.core.settings import setting
from inventui.engine.npc.move_in import settle_neighbour
from inventui.engine.npc.periods import run_due_periods
from inventui.engine.property.models import Settled
from inventui.engine.time.expiries import Overdue, overdue, return_held
from inventui.engine.time.visit import Visit, state_of, visit_of
from inventui.rules.bazaar import BAZAAR_PERIOD
from inventui.rules.inventory import escrow
from inventui.rules.property import (
    FULL_TILL,
    PERIOD,
)
from inventui.rules.streets.robbery import STOLEN_HELD
from inventui.rules.time.catch_up import elapse
from inventui.rules.time.neighbour_calls import VISIT_PERIOD
from inventui.rules.time.set_back import SetBack

if TYPE_CHECKING:
    from inventui.engine.core.context import Context, Player
from inventui.engine.time.settlement import write_settlement

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


_LAST_SETTLED = Statement(
    "SELECT id FROM operation INDEXED BY operation_of_kind WHERE player_id = :player"
    " AND kind = 'settle' ORDER BY id DESC LIMIT 1",
    int,
)
_SETTLED = Statement(
    "SELECT outcome FROM operation WHERE player_id = :player AND kind = 'settle' AND id > :after"
    " ORDER BY id",
    str,
)
_BEGIN_NOW = tuple(
    Statement(sql)
    for sql in (
        "UPDATE listing SET until = until - at + :at, at = :at WHERE state = 'open' AND at > :at",
        "UPDATE trade SET until = until - at + :at, at = :at WHERE state = 'open' AND at > :at",
    )
)
_CLOCK_OUTCOME = Statement("UPDATE operation SET outcome = :outcome WHERE id = :id")
_HOLD_NOW = Statement(
    "UPDATE player_item SET held_until = :at + CASE acquisition WHEN 'theft'"
    " THEN CAST(:stolen AS BIGINT) ELSE CAST(:dropped AS BIGINT) END"
    " WHERE status = 'escrowed' AND acquired_at > :at AND held_until > :at + CASE acquisition"
    " WHEN 'theft' THEN CAST(:stolen AS BIGINT) ELSE CAST(:dropped AS BIGINT) END"
)


def write_set_back(world: Context, connection: Connection, was: int, now: int) -> None:
    """Write down that the clock was set back: the last operation is of a later time.

    It is an operation of its own, so that each later one is known to be of the present. With it,
    what is open and was begun later than now begins now: listings, trades and what waits in escrow.
    """
    intent = Intent("clock", {"was": was}, None, uuid4().hex)
    operation = Draft(connection, intent, now, world).begin()
    outcome = json.dumps({"operation": operation.id, "was": was, "now": now})
    connection.execute(_CLOCK_OUTCOME, {"id": operation.id, "outcome": outcome})
    for statement in _BEGIN_NOW:
        connection.execute(statement, {"at": now})
    # Before the world was made the clock is surely behind: what waits must not be gone once it
    # is right.
    if now >= int(setting(connection, "created_at") or 0):
        held = {"stolen": STOLEN_HELD, "dropped": escrow.DROP_HELD}
        connection.execute(_HOLD_NOW, {"at": now, **held})
    world.schedule.forget()
    world.set_back = SetBack(was, now)


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
        return write_settlement(world, connection, visit, since, until, span, held, purse)
    # No boundary lies before the next one, whatever any program does meanwhile. What is held for
    # a time is not covered by this: after a clock went back, it may expire before that.
    world.schedule.settled[player] = (at, until + PERIOD)
    return None


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
        outcomes = connection.execute(_SETTLED, {"player": who.id, "after": after}).all()
    return tuple(load(Settled, outcome) for outcome in outcomes)


def last_settled(who: Player) -> int:
    """The number of a player's last operation that made up for time; 0 if none did."""
    with who.world.store.read() as connection:
        return connection.execute(_LAST_SETTLED, {"player": who.id}).first() or 0
