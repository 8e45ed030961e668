"""Item history: the journal of a player item, through every earlier owner back to its origin."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from inventui.db.statements import Connection, Statement
from inventui.engine.history.models import HistoryEvent, ItemHistory
from inventui.engine.inventory.player_items import line_of, not_yours, unknown_player_item
from inventui.rules.core.enums import Event, Status
from inventui.rules.core.refusal import Refusal

if TYPE_CHECKING:
    from inventui.engine.core.context import Player


class _Owned(NamedTuple):
    id: int
    player_id: int
    item_id: int
    status: str
    locked: int
    acquired_at: int
    held_until: int | None
    durability: int | None
    acquisition: str
    price_paid: int
    source: str
    player: str


_CHAIN = Statement(
    "WITH RECURSIVE back (id, depth) AS (SELECT id, 0 FROM player_item WHERE id = :id UNION ALL"
    " SELECT p.origin_id, depth + 1 FROM player_item p JOIN back ON p.id = back.id"
    " WHERE p.origin_id IS NOT NULL)"
    " SELECT p.id, p.player_id, p.item_id, p.status, p.locked, p.acquired_at, p.held_until,"
    " p.durability, p.acquisition, p.price_paid, p.source, n.name AS player FROM back"
    " JOIN player_item p ON p.id = back.id JOIN player n ON n.id = p.player_id"
    " WHERE p.status IS NOT NULL ORDER BY depth DESC",
    _Owned,
)


class _Move(NamedTuple):
    event: str
    from_status: str | None
    to_status: str
    operation_id: int
    at: int
    kind: str


_MOVES = Statement(
    "SELECT m.event, m.from_status, m.to_status, m.operation_id, o.at, o.kind FROM move m"
    " JOIN operation o ON o.id = m.operation_id WHERE m.player_item_id = :id ORDER BY m.version",
    _Move,
)


class _Roll(NamedTuple):
    nonce: int
    ticket: int
    entry: int
    odds_id: int
    odds_hash: str
    server_seed_hash: str
    client_seed: str


_ROLL = Statement(
    "SELECT r.nonce, r.ticket, r.entry, o.id AS odds_id, o.hash AS odds_hash, s.server_seed_hash,"
    " s.client_seed FROM roll r JOIN odds_table o ON o.id = r.odds_table_id"
    " JOIN seed_pair s ON s.id = r.seed_pair_id WHERE r.player_item_id = :id",
    _Roll,
)


class History:
    """Histories of one player's items."""

    def __init__(self, handle: Player) -> None:
        """Act for the player of `handle`."""
        self._handle = handle
        self._world = handle.world

    def of(self, item_id: int) -> ItemHistory | Refusal:
        """The history of one of this player's items, with those of its earlier owners."""
        if not 0 < item_id < 2**63:
            return unknown_player_item(item_id)
        with self._world.store.read() as connection:
            rows = connection.execute(_CHAIN, {"id": item_id}).all()
            if not rows or rows[-1].id != item_id:
                return unknown_player_item(item_id)
            if rows[-1].player_id != self._handle.id:
                return not_yours(item_id)
            events = []
            for row in rows:
                for move in connection.execute(_MOVES, {"id": row.id}):
                    start = move.from_status
                    events.append(
                        HistoryEvent(
                            at=move.at,
                            from_status=None if start is None else Status(start),
                            to_status=Status(move.to_status),
                            event=Event(move.event),
                            operation=move.operation_id,
                            kind=move.kind,
                            player=row.player,
                            item_id=row.id,
                        )
                    )
            last = rows[-1]
            item = self._world.catalogue.item(connection, last.item_id)
            origin = self._origin(connection, rows[0])
        return ItemHistory(line_of(last, item), tuple(events), origin)

    def _origin(self, connection: Connection, first: _Owned) -> dict[str, object]:
        """How the first owner got the player item, and the roll if there was one."""
        origin: dict[str, object] = {
            "acquisition": first.acquisition,
            "source": first.source,
            "price_paid": first.price_paid,
            "player": first.player,
            "item_id": first.id,
        }
        roll = connection.execute(_ROLL, {"id": first.id}).first()
        if roll is not None:
            entry = self._world.catalogue.odds(connection, roll.odds_id).entries[roll.entry]
            origin["roll"] = {
                "nonce": roll.nonce,
                "ticket": roll.ticket,
                "entry": entry.name,
                "parts_per_million": entry.parts,
                "server_seed_hash": roll.server_seed_hash,
                "client_seed": roll.client_seed,
                "odds_hash": roll.odds_hash,
            }
        return origin
