"""Targets: who may be robbed, as one player sees them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from inventui.db.statements import Connection, Statement
from inventui.engine.core.context import Look
from inventui.engine.core.ledger import purse_of, room_in
from inventui.engine.core.people import EVERYBODY, NEIGHBOURS
from inventui.engine.streets.loadout import Loadout, loadouts_of
from inventui.engine.streets.models import TargetView
from inventui.rules.core.money import Currency, check_purse
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.core.text import MOST_LISTED, as_typed
from inventui.rules.home_state import RobberyTarget
from inventui.rules.people.players import name_key
from inventui.rules.streets.robbery import (
    NEW,
    ON_GUARD,
    SAME_TARGET_PAUSE,
    Target,
    chance_parts,
    check_rob,
    check_stake,
    fine,
    loot,
    mean_loot,
    rob_chance,
)

if TYPE_CHECKING:
    from inventui.engine.core.context import Player

PERSONS_SHOWN = 1_000
"""Persons who are listed as targets, the first by name; others are found by their name."""

_TARGET = (
    "SELECT p.id, p.name, p.created_at, n.slug, n.details, a.balance AS oranges,"
    " (SELECT r.at FROM robbery r WHERE r.robber_id = :me AND r.victim_id = p.id"
    " ORDER BY r.id DESC LIMIT 1) AS robbed_at,"
    " (SELECT count(*) FROM robbery r INDEXED BY robbery_succeeded WHERE r.robber_id = :me"
    " AND r.victim_id = p.id AND r.success = 1 AND r.at > :since AND r.at <= :now) AS halved"
    " FROM {source}"
    " CROSS JOIN account a ON a.player_id = p.id AND a.currency = 'oranges'"
    " WHERE (n.id IS NULL OR n.active = 1)"
)


class TargetState(NamedTuple):
    """A player or a neighbour, with what decides whether and how they can be robbed."""

    id: int
    name: str
    created_at: int
    slug: str | None
    details: str | None
    oranges: int
    robbed_at: int | None
    halved: int


_NEIGHBOURS = Statement(
    "{target} AND p.id <> :me ORDER BY n.position",
    TargetState,
    target=_TARGET.format(source=NEIGHBOURS),
)
_PERSONS = Statement(
    "{target} AND p.id <> :me AND n.id IS NULL ORDER BY p.name_key LIMIT {most}",
    TargetState,
    target=_TARGET.format(source=EVERYBODY),
    most=PERSONS_SHOWN,
)
_SOME_TARGETS = Statement(
    "SELECT p.name FROM player p LEFT JOIN neighbour n ON n.player_id = p.id"
    " WHERE p.id <> :me AND (n.id IS NULL OR n.active = 1) ORDER BY p.id LIMIT {most}",
    str,
    most=MOST_LISTED,
)
_ONE_TARGET = Statement(
    "{target} AND p.name_key = :name_key", TargetState, target=_TARGET.format(source=EVERYBODY)
)


class _Robber(NamedTuple):
    """Who looks for somebody to rob: their oranges, the room for more, and their gear."""

    name: str
    oranges: int
    room: int
    loadout: Loadout


def targets_of(handle: Player, also: str = "") -> tuple[TargetView, ...]:
    """The neighbours, the first persons by name and `also`, with the chance of robbing each."""
    world, me = handle.world, handle.id
    world.before_look(Look.TARGETS)
    now = world.clock.now()
    with world.store.read() as connection:
        rows = [
            row
            for named in (_NEIGHBOURS, _PERSONS)
            for row in connection.execute(named, _asked(me, now))
        ]
        found = find_target(connection, me, also, now) if also else None
        if isinstance(found, TargetState) and found.id not in {me, *(row.id for row in rows)}:
            rows.append(found)
        loadouts = loadouts_of(world, connection, [me, *(row.id for row in rows)], now)
        purse = purse_of(connection, me)
        robber = _Robber(
            handle.name,
            purse.oranges,
            room_in(connection, purse.accounts[Currency.ORANGES]),
            loadouts[me],
        )
        return tuple(_view(robber, row, loadouts[row.id], now) for row in rows)


def robbery_targets(handle: Player, connection: Connection, now: int) -> tuple[RobberyTarget, ...]:
    """The neighbours who may be robbed now, in a read that is under way, as they were last seen."""
    me = handle.id
    if check_stake(purse_of(connection, me).oranges) is not None:
        return ()
    rows = connection.execute(_NEIGHBOURS, _asked(me, now)).all()
    free = [row for row in rows if check_rob(handle.name, target_of(row), now) is None]
    loadouts = loadouts_of(handle.world, connection, [me, *(row.id for row in free)], now)
    return tuple(
        RobberyTarget(
            row.name,
            rob_chance(loadouts[me].bonus, loadouts[row.id].defence),
            mean_loot(row.oranges, loadouts[row.id].insurance, row.halved),
        )
        for row in free
    )


def _view(robber: _Robber, row: TargetState, theirs: Loadout, now: int) -> TargetView:
    mine = robber.loadout
    least, most = loot_range(row, theirs.insurance)
    refusal = (
        check_rob(robber.name, target_of(row), now)
        or check_stake(robber.oranges)
        or check_purse("", most, robber.room, Currency.ORANGES)
    )
    details = {} if row.details is None else json.loads(row.details)
    lines = details.get("lines") or [details.get("character", "")]
    # One line an hour, so that it does not change under the reader's eyes.
    line = lines[(now // SAME_TARGET_PAUSE + row.id) % len(lines)]
    return TargetView(
        name=row.name,
        neighbour=row.slug is not None,
        oranges=row.oranges,
        bonus=mine.bonus,
        defence=theirs.defence,
        insurance=theirs.insurance,
        chance=rob_chance(mine.bonus, theirs.defence),
        parts=chance_parts(
            mine.bonus,
            theirs.defence,
            None if mine.weapon is None else mine.weapon.name,
            None if theirs.armour is None else theirs.armour.name,
        ),
        loot_least=least,
        loot_most=most,
        halved=row.halved,
        fine=fine(robber.oranges),
        refusal=refusal,
        free_at=None if refusal is None else _free_at(refusal, row),
        sprite=details.get("sprite", ""),
        emoji=details.get("emoji", ""),
        line=line,
    )


def loot_range(row: TargetState, insurance: int) -> tuple[int, int]:
    """The least and the most that a success takes."""
    least, most = (loot(row.oranges, word, insurance, row.halved) for word in (0, 2**32 - 1))
    return least, most


def _asked(me: int, now: int) -> dict[str, object]:
    return {"me": me, "now": now, "since": now - ON_GUARD}


def find_target(connection: Connection, me: int, name: str, now: int) -> TargetState | Refusal:
    """Anybody here by name, oneself too, or a refusal naming some of them."""
    asked = _asked(me, now) | {"name_key": name_key(name)}
    row = connection.execute(_ONE_TARGET, asked).first()
    if row is not None:
        return row
    known = connection.execute(_SOME_TARGETS, {"me": me}).all()
    there = f"There are: {', '.join(known)}." if known else "You are alone here."
    return Refusal(
        Reason.UNKNOWN_PLAYER,
        f"Nobody here is called {as_typed(name)}. {there}",
        {"player": name, "known": known},
    )


def target_of(row: TargetState) -> Target:
    """A target as the rules know it."""
    return Target(
        name=row.name,
        oranges=row.oranges,
        created_at=row.created_at,
        neighbour=row.slug is not None,
        last_robbed_by_me=row.robbed_at,
    )


def _free_at(refusal: Refusal, row: TargetState) -> int | None:
    """When a refusal ends by itself, or None: it is not known when a poor target will have more."""
    if refusal.reason is Reason.TOO_SOON:
        assert row.robbed_at is not None
        return row.robbed_at + SAME_TARGET_PAUSE
    return row.created_at + NEW if "wait_seconds" in refusal.figures else None
