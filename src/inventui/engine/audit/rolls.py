"""Seeds, rolls and what they gave, checked."""

import hmac
import json
from collections import defaultdict
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection

from inventui.engine.audit.check import rows


def check_commitments(connection: Connection) -> Iterator[str]:
    """Each server seed is the one committed to; one active and one next pair a person."""
    states: dict[int, list[str]] = defaultdict(list)
    for row in rows(connection, "SELECT * FROM seed_pair ORDER BY player_id, number"):
        states[row.player_id].append(row.state)
        if sha256(row.server_seed.encode()).hexdigest() != row.server_seed_hash:
            yield f"seed pair {row.id} does not match its commitment"
    # Neighbours roll nothing: what they do is drawn from the world's seed.
    for row in rows(
        connection,
        "SELECT id FROM player p WHERE NOT EXISTS"
        " (SELECT 1 FROM neighbour n WHERE n.player_id = p.id)",
    ):
        found = states.get(row.id, [])
        if found[-2:] != ["active", "next"] or set(found[:-2]) - {"retired"}:
            yield f"player {row.id} has seed pairs in the states {', '.join(found) or 'none'}"


def check_rolls(connection: Connection) -> Iterator[str]:
    """Each roll's ticket follows from its seeds, with nonces from 0 without gaps."""
    last: dict[int, int] = {}
    for row in rows(
        connection,
        "SELECT r.id, r.nonce, r.ticket, r.seed_pair_id, s.server_seed, s.client_seed,"
        " s.player_id, o.player_id AS roller FROM roll r"
        " JOIN seed_pair s ON s.id = r.seed_pair_id JOIN operation o ON o.id = r.operation_id"
        " ORDER BY r.seed_pair_id, r.nonce",
    ):
        message = f"{row.client_seed}:{row.nonce}:0".encode()
        drawn = hmac.digest(row.server_seed.encode(), message, "sha256")[:4]
        due = int.from_bytes(drawn, "big") * 1_000_000 // 2**32
        if row.ticket != due:
            yield f"roll {row.id} has ticket {row.ticket}, its seeds give {due}"
        if row.nonce != last.get(row.seed_pair_id, -1) + 1:
            yield f"seed pair {row.seed_pair_id} has a gap before nonce {row.nonce}"
        if row.player_id != row.roller:
            yield f"roll {row.id} used another player's seeds"
        last[row.seed_pair_id] = row.nonce
    for row in rows(connection, "SELECT id, nonce FROM seed_pair"):
        if row.nonce != last.get(row.id, -1) + 1:
            yield f"seed pair {row.id} stands at nonce {row.nonce}, its rolls say otherwise"


def check_awards(connection: Connection) -> Iterator[str]:
    """Each roll gave what its ticket wins in the odds table of its hash, to its player, once."""
    tables: dict[int, Any] = {}
    for row in rows(connection, "SELECT id, hash, canonical FROM odds_table"):
        if sha256(row.canonical.encode()).hexdigest() != row.hash:
            yield f"odds table {row.id} does not match its hash"
        tables[row.id] = json.loads(row.canonical)
    for row in rows(
        connection,
        "SELECT r.id, r.ticket, r.entry, r.odds_table_id, r.player_item_id, p.player_id, i.slug,"
        " i.name, i.value, p.acquired_at, o.at, o.player_id AS roller, p.acquisition, r.purpose"
        " FROM roll r"
        " JOIN operation o ON o.id = r.operation_id"
        " LEFT JOIN player_item p ON p.id = r.player_item_id LEFT JOIN item i ON i.id = p.item_id"
        " WHERE r.purpose IN ('case', 'workshop')",
    ):
        entries = tables[row.odds_table_id]["entries"] if row.odds_table_id in tables else []
        upto, won = 0, None
        for index, entry in enumerate(entries):
            upto += entry["parts_per_million"]
            if row.ticket < upto:
                won = index
                break
        if won is None or won != row.entry:
            yield f"roll {row.id} took entry {row.entry}, ticket {row.ticket} wins {won}"
            continue
        entry = entries[won]
        if (row.slug, row.roller, row.acquisition) != (entry["item"], row.player_id, row.purpose):
            yield f"roll {row.id} won {entry['item']}, thing {row.player_item_id} is {row.slug}"
        elif row.acquired_at != row.at:
            yield f"roll {row.id} and thing {row.player_item_id} are not of the same moment"
