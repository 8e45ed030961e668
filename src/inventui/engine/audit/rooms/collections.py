"""Collections, checked."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from sqlalchemy import Connection, func
from sqlalchemy.orm import aliased
from sqlmodel import col

from inventui.db.tables.catalogue import CaseRow, ItemRow, WorldSettingRow
from inventui.db.tables.journal import MoveRow, OperationRow, PlayerItemRow
from inventui.db.tables.select import maybe, scalar, select, value
from inventui.db.tables.workshop import CompletionRow, CountedPieceRow
from inventui.engine.audit.audited_numbers import Catalogues, Economy, catalogues_of, economy_of
from inventui.engine.audit.check import (
    PAYER,
    begun_by,
    columns_of,
    is_due,
    odds_tables,
    payments,
    records,
    rows,
    status_after,
)
from inventui.engine.audit.journals.pools import Pools
from inventui.rules.collections import COMPLETED_BEFORE
from inventui.rules.core.lifecycle import HELD


class _Completion(NamedTuple):
    id: int = CompletionRow.id
    operation_id: int = CompletionRow.operation_id
    player_id: int = CompletionRow.player_id
    case_id: int = CompletionRow.case_id
    at: int = CompletionRow.at
    oranges: int = CompletionRow.oranges
    gems: int = CompletionRow.gems
    written: int | None = maybe(OperationRow.at)
    kind: str | None = maybe(OperationRow.kind)
    by: int | None = OperationRow.player_id
    slug: str | None = maybe(CaseRow.slug)


def check_completions(connection: Connection) -> Iterator[str]:
    """A collection was completed once, and paid what it says."""
    paid: Counter[tuple[int, int | None, str]] = Counter()
    for line in payments(connection, PAYER.house == "achievement"):
        paid[line.operation_id, line.payee, line.currency] += line.amount
    seen: Counter[tuple[int, int]] = Counter()
    pools = Pools(connection)
    catalogues, economy = catalogues_of(connection), economy_of(connection)
    for completion in records(
        connection,
        _Completion,
        columns_of(_Completion)
        .select_from(CompletionRow)
        .outerjoin(OperationRow, col(OperationRow.id) == CompletionRow.operation_id)
        .outerjoin(CaseRow, col(CaseRow.id) == CompletionRow.case_id)
        .order_by(col(CompletionRow.id)),
    ):
        yield from _check_pieces(connection, completion, pools, catalogues, economy)
        what = f"completion {completion.id}"
        player = completion.player_id
        seen[player, completion.case_id] += 1
        moment = (completion.kind, completion.by, completion.written)
        if moment != ("complete", player, completion.at):
            yield f"{what} belongs to no operation of its player and moment"
        oranges = paid[completion.operation_id, player, "oranges"]
        gems = paid[completion.operation_id, player, "gems"]
        if (oranges, gems) != (completion.oranges, completion.gems):
            yield (
                f"{what} says {completion.oranges} oranges and {completion.gems} gems, "
                f"{oranges} and {gems} were paid"
            )
    for (player, case), times in seen.items():
        if times > 1:
            yield f"player {player} completed collection {case} {times} times"
    done = set(rows(connection, select(CompletionRow.operation_id)))
    for (operation,) in rows(
        connection, select(OperationRow.id).where(OperationRow.kind == "complete")
    ):
        if (operation,) not in done:
            yield f"operation {operation} completed no collection"


def _check_pieces(
    connection: Connection,
    completion: _Completion,
    pools: Pools,
    catalogues: Catalogues,
    economy: Economy,
) -> Iterator[str]:
    """Every piece was held then, and the reward is what they were worth."""
    prices = catalogues.at(completion.operation_id)
    if prices is None:
        return  # Which pieces there were before a catalogue was kept is not known any more.
    what = f"completion {completion.id}"
    entries = pools.entries(prices.cases.get(str(completion.slug), ""))
    pieces: dict[int, int] = dict(
        rows(
            connection,
            select(ItemRow.id, ItemRow.value).where(
                col(ItemRow.slug).in_({entry.item for entry in entries})
            ),
        )
    )
    last = aliased(MoveRow)
    latest = select(value(func.max(col(last.version)))).where(
        col(last.player_item_id) == PlayerItemRow.id,
        col(last.operation_id) <= completion.operation_id,
    )
    held = {
        item
        for (item,) in rows(
            connection,
            select(PlayerItemRow.item_id)
            .select_from(PlayerItemRow)
            .join(MoveRow, col(MoveRow.player_item_id) == PlayerItemRow.id)
            .where(
                PlayerItemRow.player_id == completion.player_id,
                col(PlayerItemRow.item_id).in_(pieces),
                MoveRow.version == scalar(latest),
                col(MoveRow.to_status).in_(HELD),
            ),
        )
    }
    if not pieces or pieces.keys() - held:
        yield f"{what} had {len(held)} of {len(pieces)} pieces"
    worth = sum(
        prices.items[item][2] if item in prices.items else worth for item, worth in pieces.items()
    )
    now = economy.at(completion.operation_id)
    oranges = max(
        now["collections.least_oranges"], worth * now["collections.reward_percent"] // 100
    )
    sums = (
        ("oranges", completion.oranges, oranges),
        ("gems", completion.gems, now["collections.gems"]),
    )
    for currency, paid, due in sums:
        if not is_due(connection, completion.operation_id, currency, paid, due):
            yield f"{what} was rewarded with {paid} {currency}, not {due}"


class _Counted(NamedTuple):
    id: int = CountedPieceRow.id
    operation_id: int = CountedPieceRow.operation_id
    completion_id: int = CountedPieceRow.completion_id
    player_item_id: int = CountedPieceRow.player_item_id
    owner: int | None = maybe(PlayerItemRow.player_id)
    origin_id: int | None = PlayerItemRow.origin_id
    slug: str | None = maybe(ItemRow.slug)
    begun: int | None = begun_by(CountedPieceRow.player_item_id)
    status: str | None = status_after(CountedPieceRow.player_item_id, CountedPieceRow.operation_id)


def check_pieces(connection: Connection) -> Iterator[str]:
    """A collection was completed with its pieces, and a piece counted once through its owners."""
    completions = {
        number: (player, slug, operation)
        for number, player, slug, operation in rows(
            connection,
            select(
                CompletionRow.id,
                CompletionRow.player_id,
                CaseRow.slug,
                CompletionRow.operation_id,
            )
            .select_from(CompletionRow)
            .join(CaseRow, col(CaseRow.id) == CompletionRow.case_id),
        )
    }
    counted: dict[int, int] = {}
    pieces: dict[int, Counter[str]] = defaultdict(Counter)
    for line in records(
        connection,
        _Counted,
        columns_of(_Counted)
        .select_from(CountedPieceRow)
        .outerjoin(PlayerItemRow, col(PlayerItemRow.id) == CountedPieceRow.player_item_id)
        .outerjoin(ItemRow, col(ItemRow.id) == PlayerItemRow.item_id)
        .order_by(col(CountedPieceRow.id)),
    ):
        what = f"piece {line.player_item_id} of completion {line.completion_id}"
        if line.player_item_id in counted:
            yield f"{what} counted twice"
        counted[line.player_item_id] = line.completion_id
        player, _, operation = completions.get(line.completion_id, (None, None, None))
        if line.origin_id in counted:
            if (counted[line.origin_id], line.begun) != (line.completion_id, line.operation_id):
                yield f"{what} counted before, for another reward"
        elif (line.owner, line.operation_id) != (player, operation) or line.status not in HELD:
            yield f"{what} was not held by who completed it then"
        else:
            pieces[line.completion_id][line.slug or ""] += 1
    yield from _check_handed_on(connection, counted)
    yield from _check_sets(connection, completions, pieces)


def _check_handed_on(connection: Connection, counted: Mapping[int, int]) -> Iterator[str]:
    """What counted is known to have counted wherever it went."""
    for number, origin in rows(
        connection,
        select(PlayerItemRow.id, PlayerItemRow.origin_id).where(
            col(PlayerItemRow.origin_id).in_(select(CountedPieceRow.player_item_id))
        ),
    ):
        if number not in counted:
            yield f"thing {number} goes on from {origin}, which counted for a reward"


def _check_sets(
    connection: Connection,
    completions: Mapping[int, tuple[int, str, int]],
    pieces: Mapping[int, Counter[str]],
) -> Iterator[str]:
    """Each collection was completed with one of everything that its case gives, or once gave."""
    before = select(WorldSettingRow.value).where(WorldSettingRow.name == COMPLETED_BEFORE)
    known = max(
        (int(number) for (number,) in rows(connection, before) if number.isdigit()), default=0
    )
    sets: dict[str, set[frozenset[str]]] = defaultdict(set)
    for table in odds_tables(connection).values():
        if table is not None:
            sets[table.case].add(frozenset(entry.item for entry in table.entries))
    for number, (player, case, _) in completions.items():
        given = pieces.get(number, Counter())
        if number > known and (frozenset(given) not in sets[case] or given.total() != len(given)):
            yield f"player {player} completed {case} with {sorted(given.elements())}"
