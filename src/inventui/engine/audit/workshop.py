"""Fusions and collections, checked."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection

from inventui.engine.audit.check import rows
from inventui.engine.audit.economy import Economy
from inventui.rules.workshop import PURPOSE

_RARITIES = ("common", "uncommon", "rare", "epic", "legendary")


def check_fusions(connection: Connection) -> Iterator[str]:
    """So many collectibles of one rarity ended, one of the next began by a roll, for a fee."""
    inputs: dict[int, list[Any]] = defaultdict(list)
    used: Counter[int] = Counter()
    for row in rows(
        connection,
        "SELECT f.fusion_id, f.player_item_id, p.player_id, p.status, p.category, i.rarity,"
        " (SELECT m.operation_id FROM move m WHERE m.player_item_id = p.id AND m.event = 'fuse')"
        " AS ended FROM fusion_input f LEFT JOIN player_item p ON p.id = f.player_item_id"
        " LEFT JOIN item i ON i.id = p.item_id ORDER BY f.id",
    ):
        inputs[row.fusion_id].append(row)
        used[row.player_item_id] += 1
    rolls: set[int] = set()
    economy = Economy(connection)
    for row in rows(
        connection,
        "SELECT f.*, o.kind, o.player_id AS by, r.operation_id AS rolled, r.purpose, t.canonical,"
        " w.player_id AS owner, w.acquisition, i.rarity AS result, (SELECT coalesce(sum(x.amount),"
        " 0) FROM transfer x JOIN account a ON a.id = x.to_account_id"
        " WHERE x.operation_id = f.operation_id AND a.house = 'workshop_fee') AS paid FROM fusion f"
        " LEFT JOIN operation o ON o.id = f.operation_id LEFT JOIN roll r ON r.id = f.roll_id"
        " LEFT JOIN odds_table t ON t.id = r.odds_table_id"
        " LEFT JOIN player_item w ON w.id = r.player_item_id"
        " LEFT JOIN item i ON i.id = w.item_id ORDER BY f.id",
    ):
        rolls.add(row.roll_id)
        wanted = economy.at(row.operation_id)["workshop.inputs"]
        if row.inputs != wanted:
            yield f"fusion {row.id} was to take {row.inputs} things, not {wanted}"
        yield from _check_fusion(row, inputs.pop(row.id, []))
    for fusion in inputs:
        yield f"things went into fusion {fusion}, which is not there"
    yield from _check_uses(connection, used, rolls)


def _check_fusion(row: Any, inputs: list[Any]) -> Iterator[str]:
    what = f"fusion {row.id}"
    if (row.kind, row.by) != ("fuse", row.player_id):
        yield f"{what} belongs to no operation of its player"
    if (row.rolled, row.purpose) != (row.operation_id, PURPOSE):
        yield f"{what} has no roll of its own"
    if (row.owner, row.acquisition) != (row.player_id, "workshop"):
        yield f"{what} gave its player nothing"
    if len(inputs) != row.inputs:
        yield f"{what} took {len(inputs)} things, not {row.inputs}"
    for player_item in inputs:
        went = (
            player_item.player_id,
            player_item.status,
            player_item.category,
            player_item.rarity,
            player_item.ended,
        )
        if went != (row.player_id, "fused", "collectible", row.rarity, row.operation_id):
            yield f"{what} did not end {row.rarity} collectible {player_item.player_item_id}"
    table = json.loads(row.canonical) if row.canonical else {"entries": []}
    rank = _RARITIES.index(row.rarity) + 1
    due = _RARITIES[rank] if rank < len(_RARITIES) else None
    if {entry["rarity"] for entry in table["entries"]} != {due}:
        yield f"{what} rolled for something else than {due}"
    if not row.fee == row.paid == table.get("price"):
        yield f"{what} cost {row.fee}, {row.paid} were paid, its odds say {table.get('price')}"


def _check_uses(connection: Connection, used: Counter[int], rolls: set[int]) -> Iterator[str]:
    """What was fused went into one fusion; what came from the workshop came from a roll."""
    for row in rows(connection, "SELECT id FROM player_item WHERE status = 'fused'"):
        if used.pop(row.id, 0) != 1:
            yield f"thing {row.id} was fused, but went into no fusion or into several"
    for player_item in used:
        yield f"thing {player_item} went into a fusion, but is not fused"
    for row in rows(connection, f"SELECT id FROM roll WHERE purpose = '{PURPOSE}'"):
        if row.id not in rolls:
            yield f"roll {row.id} belongs to no fusion"


def check_completions(connection: Connection) -> Iterator[str]:
    """A collection was completed once, and paid what it says."""
    seen: Counter[tuple[int, int]] = Counter()
    for row in rows(
        connection,
        "SELECT c.*, o.at AS written, o.kind, o.player_id AS by,"
        " (SELECT coalesce(sum(t.amount), 0) FROM transfer t JOIN account a"
        " ON a.id = t.from_account_id JOIN account r ON r.id = t.to_account_id"
        " WHERE t.operation_id = c.operation_id AND a.house = 'achievement'"
        " AND r.player_id = c.player_id AND t.currency = 'oranges') AS paid,"
        " (SELECT coalesce(sum(t.amount), 0) FROM transfer t JOIN account a"
        " ON a.id = t.from_account_id JOIN account r ON r.id = t.to_account_id"
        " WHERE t.operation_id = c.operation_id AND a.house = 'achievement'"
        " AND r.player_id = c.player_id AND t.currency = 'gems') AS paid_gems FROM completion c"
        " LEFT JOIN operation o ON o.id = c.operation_id ORDER BY c.id",
    ):
        what = f"completion {row.id}"
        seen[row.player_id, row.case_id] += 1
        if (row.kind, row.by, row.written) != ("complete", row.player_id, row.at):
            yield f"{what} belongs to no operation of its player and moment"
        if (row.paid, row.paid_gems) != (row.oranges, row.gems):
            yield (
                f"{what} says {row.oranges} oranges and {row.gems} gems, "
                f"{row.paid} and {row.paid_gems} were paid"
            )
    for (player, case), times in seen.items():
        if times > 1:
            yield f"player {player} completed collection {case} {times} times"
