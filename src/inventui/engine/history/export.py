"""Export: everything that a world keeps about one player, as JSON, a piece at a time.

    {"format": "inventui-export", "version": 1, "exported_at", "player": {…},
     "balances": […], "player items": […], "moves": […], …}

Times are ISO 8601 in UTC. A secret is never part of it: no server seed of a pair that is
not retired, and no passphrase.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, text

from inventui.engine.history.models import Exported
from inventui.engine.players.players import card
from inventui.rules.core.clock import to_iso
from inventui.rules.core.ranks import standing
from inventui.rules.core.refusal import Reason, Refusal

if TYPE_CHECKING:
    from inventui.engine.core.context import Player

FORMAT = "inventui-export"
VERSION = 1

AT_ONCE = 1_000
"""Rows that are read and written at a time."""

_TIMES = {"at", "acquired_at", "held_until", "retired_at", "until", "created_at"}
_JSON = {"request", "odds", "items"}
_DROPPED = {"player_id"}

_OWN = "SELECT * FROM {} WHERE player_id = :me ORDER BY id"
_MINE = "FROM player_item p JOIN {0} j ON j.player_item_id = p.id WHERE p.player_id = :me"

SECTIONS: dict[str, str] = {
    "balances": "SELECT currency, balance, spent FROM account WHERE player_id = :me ORDER BY id",
    "operations": "SELECT id, at, kind, request FROM operation WHERE player_id = :me ORDER BY id",
    "transfers": (
        "SELECT t.id, t.operation_id, o.at, t.kind, t.currency, t.amount, t.balance FROM ("
        "SELECT id, operation_id, kind, currency, -amount AS amount, from_balance AS balance"
        " FROM transfer WHERE from_account_id IN (SELECT id FROM account WHERE player_id = :me)"
        " UNION ALL SELECT id, operation_id, kind, currency, amount, to_balance FROM transfer"
        " WHERE to_account_id IN (SELECT id FROM account WHERE player_id = :me)) t"
        " JOIN operation o ON o.id = t.operation_id ORDER BY t.id"
    ),
    "things": (
        "SELECT p.id, i.slug AS item, i.name, p.category, i.rarity, i.value, p.status, p.locked,"
        " p.acquired_at, p.acquisition, p.source, p.price_paid, p.gems_paid, p.origin_id, p.uses,"
        " p.durability, p.held_until FROM player_item p JOIN item i ON i.id = p.item_id"
        " WHERE p.player_id = :me ORDER BY p.id"
    ),
    "moves": (
        "SELECT j.player_item_id, j.version, j.event, j.from_status, j.to_status, j.operation_id"
        f" {_MINE.format('move')} ORDER BY p.id, j.version"
    ),
    "conditions": (
        "SELECT j.player_item_id, j.number, j.uses, j.durability, j.operation_id"
        f" {_MINE.format('condition')} ORDER BY p.id, j.number"
    ),
    "seed_pairs": (
        "SELECT number, state, CASE WHEN state = 'retired' THEN server_seed END AS server_seed,"
        " server_seed_hash, client_seed, nonce, retired_at FROM seed_pair WHERE player_id = :me"
        " ORDER BY number"
    ),
    "rolls": (
        "SELECT s.number AS pair, r.nonce, r.operation_id, r.purpose, r.ticket, r.entry,"
        " t.hash AS odds_hash, r.player_item_id FROM seed_pair s JOIN roll r"
        " ON r.seed_pair_id = s.id JOIN odds_table t ON t.id = r.odds_table_id"
        " WHERE s.player_id = :me ORDER BY s.number, r.nonce"
    ),
    "odds_tables": (
        "SELECT t.hash, t.canonical AS odds FROM odds_table t WHERE EXISTS (SELECT 1 FROM roll r"
        " JOIN seed_pair s ON s.id = r.seed_pair_id WHERE r.odds_table_id = t.id"
        " AND s.player_id = :me) ORDER BY t.id"
    ),
    "friends": (
        "SELECT f.operation_id, f.at, f.number, f.event, f.by_id = :me AS by_me, p.name AS other"
        " FROM friendship f JOIN player p ON p.id = f.low_id + f.high_id - :me"
        " WHERE f.low_id = :me OR f.high_id = :me ORDER BY f.id"
    ),
    "gifts": (
        "SELECT g.id, g.operation_id, g.at, g.giver_id = :me AS sent, p.name AS other,"
        " CASE WHEN g.giver_id = :me THEN g.given_id ELSE g.received_id END AS item_id,"
        " g.oranges, g.gems, g.message FROM gift g"
        " JOIN player p ON p.id = g.giver_id + g.receiver_id - :me"
        " WHERE g.giver_id = :me OR g.receiver_id = :me ORDER BY g.id"
    ),
    "robberies": (
        "SELECT r.id, r.operation_id, r.at, r.robber_id = :me AS by_me, p.name AS other, r.chance,"
        " r.success, r.oranges, r.stolen_id FROM robbery r"
        " JOIN player p ON p.id = r.robber_id + r.victim_id - :me"
        " WHERE r.robber_id = :me OR r.victim_id = :me ORDER BY r.id"
    ),
    "notifications": _OWN.format("notification"),
    "withdrawals": _OWN.format("withdrawal"),
    "shifts": _OWN.format("shift"),
    "daily_bonuses": _OWN.format("daily_bonus"),
    "settlements": _OWN.format("settlement"),
    "income": _OWN.format("income"),
    "upkeep": _OWN.format("upkeep"),
    "gear_shops": _OWN.format("gear_shop"),
    "stall_sales": (
        "SELECT j.operation_id, j.stall_id, j.player_item_id"
        f" {_MINE.format('stall_sale')} ORDER BY j.id"
    ),
    "achievements": (
        "SELECT d.operation_id, d.at, a.slug AS achievement FROM achieved d"
        " JOIN achievement a ON a.id = d.achievement_id WHERE d.player_id = :me ORDER BY d.id"
    ),
    "listings": (
        "SELECT l.id, l.operation_id, l.at, l.until, l.seller_id = :me AS mine, i.slug AS item,"
        " CASE WHEN l.seller_id = :me THEN l.player_item_id ELSE l.bought_id END AS item_id,"
        " l.price, l.fee, l.state, l.ended_by FROM listing l JOIN item i ON i.id = l.item_id"
        " WHERE l.seller_id = :me OR l.buyer_id = :me ORDER BY l.id"
    ),
    "trades": (
        "SELECT t.id, t.operation_id, t.at, t.until, t.proposer_id = :me AS mine, p.name AS other,"
        " t.proposer_oranges, t.partner_oranges, t.message, t.state, t.answer, t.counter_of,"
        " t.ended_by FROM trade t JOIN player p ON p.id = t.proposer_id + t.partner_id - :me"
        " WHERE t.proposer_id = :me OR t.partner_id = :me ORDER BY t.id"
    ),
    "trade_things": (
        "SELECT j.trade_id, j.side, j.player_item_id FROM trade t JOIN trade_thing j"
        " ON j.trade_id = t.id WHERE t.proposer_id = :me OR t.partner_id = :me ORDER BY j.id"
    ),
    "fusions": (
        "SELECT f.id, f.operation_id, o.at, f.rarity, f.fee, r.player_item_id FROM fusion f"
        " JOIN operation o ON o.id = f.operation_id JOIN roll r ON r.id = f.roll_id"
        " WHERE f.player_id = :me ORDER BY f.id"
    ),
    "fusion_inputs": (
        f"SELECT j.fusion_id, j.player_item_id {_MINE.format('fusion_input')} ORDER BY j.id"
    ),
    "collections": (
        "SELECT d.operation_id, d.at, c.slug AS collection, d.oranges, d.gems FROM completion d"
        " JOIN case_box c ON c.id = d.case_id WHERE d.player_id = :me ORDER BY d.id"
    ),
    "effects": (
        "SELECT e.operation_id, e.kind, e.until, e.player_id = :me AS on_me, p.name AS by"
        " FROM effect e JOIN player p ON p.id = e.by_player_id"
        " WHERE e.player_id = :me OR e.by_player_id = :me ORDER BY e.id"
    ),
    "visits": (
        "SELECT v.operation_id, v.visitor_id = :me AS by_me, p.name AS other FROM visit v"
        " JOIN player p ON p.id = v.visitor_id + v.host_id - :me"
        " WHERE v.visitor_id = :me OR v.host_id = :me ORDER BY v.id"
    ),
}
"""What is exported, in order: a name and the query that gives its rows."""


class Export:
    """Everything that is kept about one player."""

    def __init__(self, handle: Player) -> None:
        """Act for the player of `handle`."""
        self._handle = handle
        self._world = handle.world

    def pieces(self) -> Iterator[str]:
        """The document as it is at this moment, in pieces of a thousand rows."""
        with self._world.store.read() as connection:
            player = card(connection, self._handle.id, self._handle.name)
        head = {
            "format": FORMAT,
            "version": VERSION,
            "exported_at": to_iso(self._world.clock.now()),
            "player": {
                "id": player.id,
                "name": player.name,
                "rank": standing(player.experience).rank,
                "experience": player.experience,
                "oranges": player.oranges,
                "gems": player.gems,
            },
        }
        yield json.dumps(head)[:-1]
        with self._world.store.select() as connection:
            for name, query in SECTIONS.items():
                yield f',\n"{name}": ['
                yield from _rows(connection, query, self._handle.id)
                yield "]"
        yield "}\n"

    def write(self, path: str | Path) -> Exported | Refusal:
        """Write the document to a file; an existing one is never replaced."""
        target = Path(path).expanduser()
        partial = target.with_name(f".{target.name}.{os.getpid()}.partial")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            if target.exists():
                return Refusal(
                    Reason.FILE_EXISTS,
                    f"{target} is there already and was left as it is. Choose another name.",
                    {"file": str(target)},
                )
            with partial.open("w", encoding="utf-8") as file:
                size = self.tell(file.write)
            os.replace(partial, target)
        except (OSError, ValueError) as error:
            return Refusal(
                Reason.FILE_UNWRITABLE,
                f"{target} can't be written: {getattr(error, 'strerror', None) or error}. "
                "Choose another folder.",
                {"file": str(target)},
            )
        finally:
            with suppress(OSError, ValueError):
                partial.unlink(missing_ok=True)
        return Exported(str(target), size)

    def tell(self, write: Callable[[str], object]) -> int:
        """Hand every piece to `write`; how many characters that were."""
        size = 0
        for piece in self.pieces():
            write(piece)
            size += len(piece)
        return size


def _rows(connection: Connection, query: str, me: int) -> Iterator[str]:
    """The rows of a query as JSON objects, a line each."""
    found = connection.execution_options(yield_per=AT_ONCE).execute(text(query), {"me": me})
    between = "\n"
    for rows in found.mappings().partitions():
        yield between + ",\n".join(json.dumps(_plain(row)) for row in rows)
        between = ",\n"


def _plain(row: Any) -> dict[str, object]:
    return {
        name: to_iso(value)
        if name in _TIMES and value is not None
        else json.loads(value)
        if name in _JSON
        else value
        for name, value in row.items()
        if name not in _DROPPED
    }
