"""Fairness: a player's seed pairs, rotating them, verifying and proving rolls.

A seed pair is a server seed, secret until the end, and a client seed that the player chooses.
Each roll follows from both and a nonce, so neither side can steer it if the server seed was fixed
before the player could see anything. A pair has three states, and each player has one pair in
each of the first two:

    next      committed to: the hash of its server seed is on show, nothing is rolled with it
    active    in use: every roll takes the next nonce, from 0 on
    retired   its server seed is revealed, so that every roll can be checked; nothing is rolled

Rotating moves the active pair to retired, the next one to active, and commits to a new one. As
a pair's commitment is on show before the pair is used, and its client seed is set when it becomes
active, nobody could have chosen a server seed to suit it. A new client seed therefore always
needs a rotation. No read model ever carries the server seed of a pair that is not retired.

`tests/engine/test_fairness.py` fails if a secret is shown or a rotation starts another pair than
the one on show. Verifying itself is `rules.cases.proof`, which needs no database.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import uuid4

from inventui.db.statements import Connection, Statement
from inventui.engine.core.files import write_whole
from inventui.engine.core.operation import Draft, Intent, Operation, perform
from inventui.engine.fairness.models import FairnessState, ProofExport, Rotation, SeedPair
from inventui.engine.players.seed_pairs import new_pair
from inventui.rules.cases import proof
from inventui.rules.cases.fairness import check_client_seed
from inventui.rules.cases.odds import OddsTable, RollOutcome
from inventui.rules.cases.proof import Verification
from inventui.rules.cases.roll_counts import proved_roll
from inventui.rules.core.enums import SeedState
from inventui.rules.core.refusal import Reason, Refusal

if TYPE_CHECKING:
    from inventui.engine.core.context import Context, Player

_COLUMNS = "id, number, state, server_seed, server_seed_hash, client_seed, nonce, retired_at"


class _Pair(NamedTuple):
    id: int
    number: int
    state: str
    server_seed: str
    server_seed_hash: str
    client_seed: str
    nonce: int
    retired_at: int | None


_OPEN_PAIRS = Statement(
    "SELECT {columns} FROM seed_pair WHERE player_id = :player AND state = 'active'"
    " UNION ALL SELECT {columns} FROM seed_pair WHERE player_id = :player AND state = 'next'",
    _Pair,
    columns=_COLUMNS,
)
_RETIRED = Statement(
    "SELECT {columns} FROM seed_pair WHERE player_id = :player AND state = 'retired'"
    " ORDER BY number DESC LIMIT :limit",
    _Pair,
    columns=_COLUMNS,
)
_USED = Statement(
    "SELECT {columns} FROM seed_pair WHERE player_id = :player AND nonce > 0 ORDER BY number",
    _Pair,
    columns=_COLUMNS,
)
_RETIRE = Statement(
    "UPDATE seed_pair SET state = '{retired}', retired_at = :at WHERE id = :id",
    retired=SeedState.RETIRED,
)
_ACTIVATE = Statement(
    "UPDATE seed_pair SET state = '{active}', client_seed = :client WHERE id = :id",
    active=SeedState.ACTIVE,
)


class _Roll(NamedTuple):
    nonce: int
    ticket: int
    entry: int
    odds_hash: str
    odds_id: int
    slug: str | None
    draw: int
    since: int


_ROLLS = Statement(
    "SELECT r.nonce, r.ticket, r.entry, o.hash AS odds_hash, o.id AS odds_id, i.slug,"
    " r.draw, r.since"
    " FROM roll r JOIN odds_table o ON o.id = r.odds_table_id"
    " LEFT JOIN player_item p ON p.id = r.player_item_id LEFT JOIN item i ON i.id = p.item_id"
    " WHERE r.seed_pair_id = :pair ORDER BY r.nonce",
    _Roll,
)


class Fairness:
    """One player's seed pairs."""

    def __init__(self, handle: Player) -> None:
        """Act for the player of `handle`."""
        self._handle = handle
        self._world = handle.world

    def show(self, retired: int = 20) -> FairnessState:
        """The active pair, the commitment of the next one, and the latest `retired` pairs."""
        with self._world.store.read() as connection:
            pairs = _open_pairs(connection, self._handle.id)
            old = connection.execute(_RETIRED, {"player": self._handle.id, "limit": retired})
            return FairnessState(
                active=_seen(pairs[SeedState.ACTIVE]),
                next_server_seed_hash=pairs[SeedState.NEXT].server_seed_hash,
                retired=tuple(_seen(row) for row in old),
            )

    def rotate(self, client_seed: str | None = None, key: str | None = None) -> Rotation | Refusal:
        """Retire the active pair, reveal its server seed, and start the next at nonce 0.

        Args:
            client_seed: for the next pair; None keeps the present one.
            key: idempotency key.
        """
        if client_seed is not None:
            refusal = check_client_seed(client_seed)
            if refusal is not None:
                return refusal
        intent = Intent(
            "rotate",
            {"client_seed": client_seed},
            self._handle.id,
            uuid4().hex if key is None else key,
        )
        return perform(
            self._world,
            intent,
            lambda draft: self._rotate(draft, client_seed),
            Rotation,
        )

    def _rotate(self, draft: Draft, client_seed: str | None) -> Rotation:
        operation = draft.begin()
        retired = rotate_pair(self._world, operation, self._handle.id, client_seed)
        after = _open_pairs(draft.connection, self._handle.id)
        return Rotation(
            operation=operation.id,
            retired=retired,
            active=_seen(after[SeedState.ACTIVE]),
            next_server_seed_hash=after[SeedState.NEXT].server_seed_hash,
        )

    def verify(self) -> Verification:
        """Check every roll of this player, of the active pair too, against what was awarded."""
        found = proof.Findings()
        with self._world.store.read() as connection:
            for pair in connection.execute(_USED, {"player": self._handle.id}).all():
                raw, tables, faults = self._evidence(connection, pair)
                place = f"pair {pair.number}"
                for fault in faults:
                    found.fault("odds_table", f"{place}: {fault}")
                proof.check_pair(found, place, raw)
                proof.check_rolls(found, place, raw, raw["rolls"], tables)
        return found.verification()

    def export(self, path: str | Path) -> ProofExport | Refusal:
        """Write a proof of every retired pair that rolled; an existing file is never replaced."""
        target = Path(path).expanduser()
        odds: dict[str, object] = {}
        pairs: list[dict[str, Any]] = []
        with self._world.store.read() as connection:
            for pair in connection.execute(_USED, {"player": self._handle.id}).all():
                if pair.state != SeedState.RETIRED:
                    continue
                raw, tables, _ = self._evidence(connection, pair)
                pairs.append(raw)
                odds |= {hash_: json.loads(t.canonical()) for hash_, t in tables.items()}
        if not pairs:
            return Refusal(
                Reason.NOTHING_TO_VERIFY,
                "There is nothing to prove yet: open a case, then rotate the seed pair, so that "
                "its server seed may be shown.",
            )
        body = {
            "format": proof.FORMAT,
            "version": proof.VERSION,
            "odds_tables": odds,
            "pairs": pairs,
        }
        refusal = write_new(target, json.dumps(body, ensure_ascii=False, indent=1) + "\n")
        if refusal is not None:
            return refusal
        return ProofExport(str(target), len(pairs), sum(len(pair["rolls"]) for pair in pairs))

    def _evidence(
        self, connection: Connection, pair: _Pair
    ) -> tuple[dict[str, Any], dict[str, OddsTable], list[str]]:
        """A pair with its rolls as a proof holds them, its odds tables, and the faults of those."""
        tables: dict[str, OddsTable] = {}
        faults: list[str] = []
        rolls = []
        for row in connection.execute(_ROLLS, {"pair": pair.id}):
            table = tables.get(row.odds_hash)
            if table is None:
                table = self._world.catalogue.odds(connection, row.odds_id)
                tables[row.odds_hash] = table
                if table.hash != row.odds_hash:
                    faults.append(f"odds table {row.odds_hash} has the hash {table.hash}")
            outcome = RollOutcome(row.entry, row.draw, row.since)
            told = proved_roll(table, row.nonce, row.ticket, outcome, row.slug)
            rolls.append({**told, "odds_hash": row.odds_hash})
        raw = {
            "server_seed": pair.server_seed,
            "server_seed_hash": pair.server_seed_hash,
            "client_seed": pair.client_seed,
            "rolls": rolls,
        }
        return raw, tables, faults


def rotate_pair(
    world: Context, operation: Operation, player: int, client_seed: str | None = None
) -> SeedPair:
    """Retire a player's active pair and begin the next, within an operation.

    Args:
        world: gives the seed of the pair after the next.
        operation: the one under way.
        player: whose pair.
        client_seed: of the next pair; the present one if None.

    Returns:
        The retired pair, with its server seed.
    """
    connection = operation.connection
    pairs = _open_pairs(connection, player)
    active, upcoming = pairs[SeedState.ACTIVE], pairs[SeedState.NEXT]
    client = active.client_seed if client_seed is None else client_seed
    connection.execute(_RETIRE, {"id": active.id, "at": operation.at})
    connection.execute(_ACTIVATE, {"id": upcoming.id, "client": client})
    new_pair(connection, player, upcoming.number + 1, SeedState.NEXT, world.entropy.seed(), client)
    return SeedPair(
        active.number,
        active.server_seed_hash,
        active.client_seed,
        active.nonce,
        active.server_seed,
        operation.at,
    )


def _open_pairs(connection: Connection, player: int) -> dict[SeedState, _Pair]:
    rows = connection.execute(_OPEN_PAIRS, {"player": player})
    return {SeedState(row.state): row for row in rows}


def _seen(row: _Pair) -> SeedPair:
    """A pair as its player may see it: the secret only once it is retired."""
    retired = row.state == SeedState.RETIRED
    return SeedPair(
        number=row.number,
        server_seed_hash=row.server_seed_hash,
        client_seed=row.client_seed,
        nonce=row.nonce,
        server_seed=row.server_seed if retired else None,
        retired_at=row.retired_at,
    )


def write_new(target: Path, content: str) -> Refusal | None:
    """Write a new file, whole or not at all; a refusal if it is there or can't be written."""
    try:
        if os.path.lexists(target):
            return Refusal(
                Reason.FILE_EXISTS,
                f"{target} is there already and was left as it is. Choose another name.",
                {"file": str(target)},
            )
        write_whole(target, content)
    except (OSError, ValueError) as error:
        return Refusal(
            Reason.FILE_UNWRITABLE,
            f"{target} can't be written: {getattr(error, 'strerror', None) or error}. "
            "Choose another folder.",
            {"file": str(target)},
        )
    return None
