"""Seeds, rolls and what they gave, checked."""

import hmac
from collections import Counter, defaultdict
from collections.abc import Iterator
from hashlib import sha256
from typing import Any, NamedTuple

from sqlalchemy import Connection, func
from sqlmodel import col

from inventui.db.tables.catalogue import ItemRow, OddsTableRow
from inventui.db.tables.journal import OperationRow, PlayerItemRow, RollRow, TransferRow
from inventui.db.tables.players import PlayerRow, SeedPairRow
from inventui.db.tables.select import maybe, select, value
from inventui.db.tables.streets import NeighbourRow
from inventui.engine.audit.audited_numbers import Catalogues
from inventui.engine.audit.check import columns_of, odds_tables, records, rows, told, whole
from inventui.rules.cases.odds import OddsTable


class _Roll(NamedTuple):
    id: int = RollRow.id
    nonce: int = RollRow.nonce
    ticket: int = RollRow.ticket
    seed_pair_id: int = RollRow.seed_pair_id
    server_seed: str = SeedPairRow.server_seed
    client_seed: str = SeedPairRow.client_seed
    owner: int = SeedPairRow.player_id
    roller: int | None = OperationRow.player_id


class _Award(NamedTuple):
    roll: int = RollRow.id
    operation_id: int = RollRow.operation_id
    seed_pair_id: int = RollRow.seed_pair_id
    draw: int = RollRow.draw
    since: int = RollRow.since
    promised_case: str | None = RollRow.promised_case
    ticket: int = RollRow.ticket
    entry: int = RollRow.entry
    purpose: str = RollRow.purpose
    odds_table_id: int = RollRow.odds_table_id
    player_item_id: int | None = RollRow.player_item_id
    owner: int | None = maybe(PlayerItemRow.player_id)
    acquisition: str | None = maybe(PlayerItemRow.acquisition)
    acquired_at: int | None = maybe(PlayerItemRow.acquired_at)
    slug: str | None = maybe(ItemRow.slug)
    roller: int | None = OperationRow.player_id
    at: int = OperationRow.at


def check_commitments(connection: Connection) -> Iterator[str]:
    """Each server seed is the one committed to; one active and one next pair a person."""
    states: dict[int, list[str]] = defaultdict(list)
    hashes: dict[int, list[str]] = defaultdict(list)
    for pair, player, number, state, seed, commitment in rows(
        connection,
        select(
            SeedPairRow.id,
            SeedPairRow.player_id,
            SeedPairRow.number,
            SeedPairRow.state,
            SeedPairRow.server_seed,
            SeedPairRow.server_seed_hash,
        ).order_by(col(SeedPairRow.player_id), col(SeedPairRow.number)),
    ):
        states[player].append(state)
        hashes[player].append(commitment)
        if sha256(seed.encode()).hexdigest() != commitment:
            yield f"seed pair {pair} does not match its commitment"
        if number != len(states[player]):
            yield f"seed pair {pair} is number {number} of its player, not {len(states[player])}"
    # Neighbours roll nothing: what they do is drawn from the world's seed.
    for (player,) in rows(
        connection,
        select(PlayerRow.id)
        .outerjoin(NeighbourRow, col(NeighbourRow.player_id) == PlayerRow.id)
        .where(col(NeighbourRow.id).is_(None)),
    ):
        found = states.get(player, [])
        if found[-2:] != ["active", "next"] or set(found[:-2]) - {"retired"}:
            yield f"player {player} has seed pairs in the states {', '.join(found) or 'none'}"
    yield from _check_rotations(connection, hashes)


class _Rotation(NamedTuple):
    id: int = OperationRow.id
    kind: str = OperationRow.kind
    player_id: int | None = OperationRow.player_id
    outcome: str | None = OperationRow.outcome
    at: int = OperationRow.at


def _check_rotations(connection: Connection, hashes: dict[int, list[str]]) -> Iterator[str]:
    """Pairs follow each other by rotations, and are those whose commitments were on show."""
    retired: dict[int, list[tuple[int | None, str]]] = defaultdict(list)
    for owner, at, seed in rows(
        connection,
        select(SeedPairRow.player_id, SeedPairRow.retired_at, SeedPairRow.client_seed)
        .where(SeedPairRow.state == "retired")
        .order_by(col(SeedPairRow.player_id), col(SeedPairRow.number)),
    ):
        retired[owner].append((at, seed))
    turned: Counter[int] = Counter()
    for rotation in records(
        connection,
        _Rotation,
        columns_of(_Rotation)
        .where(col(OperationRow.kind).in_(("player", "rotate", "withdraw")))
        .order_by(col(OperationRow.id)),
    ):
        answer = told(rotation.outcome)
        if rotation.kind == "player":
            # Worlds of before know no commitments of the first two pairs.
            shown: Any = answer.get("commitments") or None
            made = whole(answer.get("player"))
            if shown is not None and shown != hashes.get(made, [])[:2]:
                yield f"player {made} was shown other commitments than those of their pairs"
            continue
        player, withdrawn = rotation.player_id, rotation.kind == "withdraw"
        # What is withdrawn takes the proof of its roll along, so its pair is revealed.
        if player is None or (withdrawn and answer.get("rotated") is not True):
            continue
        place = turned[player]
        turned[player] += 1
        ended = retired[player][place : place + 1]
        if [at for at, _ in ended] != [rotation.at]:
            yield f"operation {rotation.id} of player {player} retired no pair"
        if withdrawn:
            continue
        told_of = answer.get("retired")
        client: Any = told_of.get("client_seed") if isinstance(told_of, dict) else None
        if [each for _, each in ended] != [client]:
            yield f"rotation {rotation.id} of player {player} showed another client seed"
        shown = [
            _hash(answer.get("retired")),
            _hash(answer.get("active")),
            answer.get("next_server_seed_hash"),
        ]
        if shown != hashes[player][place : place + 3]:
            yield f"rotation {rotation.id} of player {player} showed other commitments"
    for who, pairs in retired.items():
        if turned[who] != len(pairs):
            yield f"player {who} has retired {len(pairs)} pairs in {turned[who]} rotations"


def _hash(pair: object) -> object:
    return pair.get("server_seed_hash") if isinstance(pair, dict) else None


def check_rolls(connection: Connection) -> Iterator[str]:
    """Each roll's ticket follows from its seeds, with nonces from 0 without gaps."""
    last: dict[int, int] = {}
    for roll in records(
        connection,
        _Roll,
        columns_of(_Roll)
        .select_from(RollRow)
        .join(SeedPairRow, col(SeedPairRow.id) == RollRow.seed_pair_id)
        .join(OperationRow, col(OperationRow.id) == RollRow.operation_id)
        .order_by(col(RollRow.seed_pair_id), col(RollRow.nonce)),
    ):
        message = f"{roll.client_seed}:{roll.nonce}:0".encode()
        drawn = hmac.digest(roll.server_seed.encode(), message, "sha256")[:4]
        due = int.from_bytes(drawn, "big") * 1_000_000 // 2**32
        if roll.ticket != due:
            yield f"roll {roll.id} has ticket {roll.ticket}, its seeds give {due}"
        if roll.nonce != last.get(roll.seed_pair_id, -1) + 1:
            yield f"seed pair {roll.seed_pair_id} has a gap before nonce {roll.nonce}"
        if roll.owner != roll.roller:
            yield f"roll {roll.id} used another player's seeds"
        last[roll.seed_pair_id] = roll.nonce
    for pair, nonce in rows(connection, select(SeedPairRow.id, SeedPairRow.nonce)):
        if nonce != last.get(pair, -1) + 1:
            yield f"seed pair {pair} stands at nonce {nonce}, its rolls say otherwise"


class _Course(NamedTuple):
    """The rolls so far, pair by pair, in the order of their nonces.

    Attributes:
        drawn: how many each operation had.
        since: how many there were since the guarantee's last hit, by seed pair and case.
    """

    drawn: Counter[int]
    since: Counter[tuple[int, str | None]]

    def next(self, roll: _Award, odds: OddsTable) -> tuple[int, tuple[int, int, str | None]]:
        """The entry that a roll wins; and which of its opening it is, since when, of which case."""
        draw = self.drawn[roll.operation_id] % odds.rolls
        self.drawn[roll.operation_id] += 1
        promised = odds.case if odds.guarantee else None
        since = self.since[roll.seed_pair_id, promised]
        won = odds.winner(roll.ticket, since, draw)
        self.since[roll.seed_pair_id, promised] = odds.since_after(won, since)
        return won, (draw, since, promised)


def check_awards(connection: Connection) -> Iterator[str]:
    """Each roll gave what its ticket wins in the odds table of its hash, to its player, once."""
    for table, digest, canonical in rows(
        connection, select(OddsTableRow.id, OddsTableRow.hash, OddsTableRow.canonical)
    ):
        if sha256(canonical.encode()).hexdigest() != digest:
            yield f"odds table {table} does not match its hash"
    tables = odds_tables(connection)
    for table, odds in tables.items():
        if odds is None:
            yield f"odds table {table} is no table of odds"
    course = _Course(Counter(), Counter())
    for award in records(
        connection,
        _Award,
        columns_of(_Award)
        .select_from(RollRow)
        .join(OperationRow, col(OperationRow.id) == RollRow.operation_id)
        .outerjoin(PlayerItemRow, col(PlayerItemRow.id) == RollRow.player_item_id)
        .outerjoin(ItemRow, col(ItemRow.id) == PlayerItemRow.item_id)
        .where(col(RollRow.purpose).in_(("case", "workshop")))
        .order_by(col(RollRow.seed_pair_id), col(RollRow.nonce)),
    ):
        odds = tables.get(award.odds_table_id)
        if odds is None:
            continue  # That it can't be read was named.
        won, due = course.next(award, odds)
        if (award.draw, award.since, award.promised_case) != due:
            yield f"roll {award.roll} counts other rolls before it than there were"
        if won != award.entry:
            yield f"roll {award.roll} took entry {award.entry}, ticket {award.ticket} wins {won}"
            continue
        item = odds.entries[won].item
        if not item:
            if award.player_item_id is not None:
                yield f"roll {award.roll} won nothing, and gave thing {award.player_item_id}"
            continue
        if (award.slug, award.roller, award.acquisition) != (item, award.owner, award.purpose):
            yield f"roll {award.roll} won {item}, thing {award.player_item_id} is {award.slug}"
        elif award.acquired_at != award.at:
            yield (f"roll {award.roll} and thing {award.player_item_id} are not of the same moment")


_PURPOSES = {"case": "open", "workshop": "fuse", "robbery": "rob"}
"""What a roll may decide, and the kind of the operation that rolls for it."""


def check_purposes(connection: Connection) -> Iterator[str]:
    """A roll decides an opening, a fusion or a robbery, in an operation of that kind."""
    gave = col(RollRow.player_item_id).is_not(None)
    way: Any = (RollRow.purpose, OperationRow.kind, value(gave))
    for purpose, kind, given, number, first in rows(
        connection,
        select(*way, value(func.count()), value(func.min(col(RollRow.id))))
        .select_from(RollRow)
        .join(OperationRow, col(OperationRow.id) == RollRow.operation_id)
        .group_by(*way),
    ):
        # What a case may give nothing for is `check_awards`'s.
        strange = purpose != "case" and bool(given) != (purpose == "workshop")
        if _PURPOSES.get(purpose) != kind or strange:
            yield f"{number} rolls for {purpose} in {kind}, first roll {first}: no rule rolls so"


class _Opened(NamedTuple):
    operation_id: int = RollRow.operation_id
    odds_table_id: int = RollRow.odds_table_id
    price_paid: int | None = maybe(PlayerItemRow.price_paid)
    source: str | None = maybe(PlayerItemRow.source)
    number: int = value(func.count())


def check_openings(connection: Connection) -> Iterator[str]:
    """Each opening rolled as often as asked, with the odds in force, and paid their price."""
    tables, catalogues = odds_tables(connection), Catalogues(connection)
    hashes: dict[int, str] = dict(rows(connection, select(OddsTableRow.id, OddsTableRow.hash)))
    opened: dict[int, list[_Opened]] = defaultdict(list)
    for found in records(
        connection,
        _Opened,
        columns_of(_Opened)
        .select_from(RollRow)
        .outerjoin(PlayerItemRow, col(PlayerItemRow.id) == RollRow.player_item_id)
        .where(RollRow.purpose == "case")
        .group_by(
            col(RollRow.operation_id),
            col(RollRow.odds_table_id),
            col(PlayerItemRow.price_paid),
            col(PlayerItemRow.source),
        ),
    ):
        opened[found.operation_id].append(found)
    paid: dict[int, int] = dict(
        rows(
            connection,
            select(TransferRow.operation_id, value(func.sum(col(TransferRow.amount))))
            .where(TransferRow.kind == "case")
            .group_by(col(TransferRow.operation_id)),
        )
    )
    for operation, request in rows(
        connection,
        select(OperationRow.id, OperationRow.request).where(OperationRow.kind == "open"),
    ):
        asked = told(request)
        lines = opened.pop(operation, [])
        amount = paid.pop(operation, 0)
        case, count = asked.get("case"), asked.get("count")
        used = {line.odds_table_id for line in lines}
        gave = {(line.source, line.price_paid) for line in lines if line.source is not None}
        if len(used) != 1 or len(gave) > 1:
            yield f"opening {operation} rolled for {len(lines)} prices or tables"
            continue
        (table,) = used
        odds, prices = tables.get(table), catalogues.at(operation)
        if odds is None:
            continue  # `check_awards` names it.
        rolled = sum(line.number for line in lines)
        if rolled != whole(count) * odds.rolls:
            yield f"opening {operation} rolled {rolled} times, asked for were {count}"
        if odds.case != case or any(source != case for source, _ in gave):
            yield f"opening {operation} of {case} rolled for {odds.case} and gave {gave}"
        due = odds.price * whole(count)
        if amount != due or any(each != odds.price // odds.rolls for _, each in gave):
            yield f"opening {operation} paid {amount}, its price was {due}"
        if prices is not None and prices.cases.get(str(case)) != hashes.get(table):
            yield f"opening {operation} rolled with odds that were not in force"
    for operation in sorted(opened.keys() | paid.keys()):
        yield f"operation {operation} opened cases, and is no opening"
