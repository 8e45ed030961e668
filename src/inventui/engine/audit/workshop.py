"""Fusions and collections, checked."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import NamedTuple

from sqlalchemy import Connection
from sqlmodel import col

from inventui.db.tables.catalogue import CaseRow, ItemRow, OddsTableRow, WorldSettingRow
from inventui.db.tables.journal import OperationRow, PlayerItemRow, RollRow
from inventui.db.tables.select import maybe, select
from inventui.db.tables.workshop import CompletionRow, CountedPieceRow, FusionInputRow, FusionRow
from inventui.engine.audit.audited_numbers import Economy
from inventui.engine.audit.check import (
    PAYEE,
    PAYER,
    begun_by,
    columns_of,
    moved_by,
    payments,
    records,
    rows,
    status_after,
)
from inventui.rules.cases.odds import from_canonical
from inventui.rules.collections import COMPLETED_BEFORE
from inventui.rules.core.lifecycle import HELD
from inventui.rules.workshop import PURPOSE

_RARITIES = ("common", "uncommon", "rare", "epic", "legendary")


class _Input(NamedTuple):
    fusion_id: int = FusionInputRow.fusion_id
    player_item_id: int = FusionInputRow.player_item_id
    player_id: int | None = maybe(PlayerItemRow.player_id)
    status: str | None = PlayerItemRow.status
    category: str | None = maybe(PlayerItemRow.category)
    rarity: str | None = maybe(ItemRow.rarity)
    ended: int | None = moved_by("fuse", FusionInputRow.player_item_id)


class _Fusion(NamedTuple):
    id: int = FusionRow.id
    operation_id: int = FusionRow.operation_id
    player_id: int = FusionRow.player_id
    rarity: str = FusionRow.rarity
    fee: int = FusionRow.fee
    roll_id: int = FusionRow.roll_id
    inputs: int = FusionRow.inputs
    kind: str | None = maybe(OperationRow.kind)
    by: int | None = OperationRow.player_id
    rolled: int | None = maybe(RollRow.operation_id)
    purpose: str | None = maybe(RollRow.purpose)
    canonical: str | None = maybe(OddsTableRow.canonical)
    owner: int | None = maybe(PlayerItemRow.player_id)
    acquisition: str | None = maybe(PlayerItemRow.acquisition)


def check_fusions(connection: Connection) -> Iterator[str]:
    """So many collectibles of one rarity ended, one of the next began by a roll, for a fee."""
    inputs: dict[int, list[_Input]] = defaultdict(list)
    used: Counter[int] = Counter()
    for given in records(
        connection,
        _Input,
        columns_of(_Input)
        .select_from(FusionInputRow)
        .outerjoin(PlayerItemRow, col(PlayerItemRow.id) == FusionInputRow.player_item_id)
        .outerjoin(ItemRow, col(ItemRow.id) == PlayerItemRow.item_id)
        .order_by(col(FusionInputRow.id)),
    ):
        inputs[given.fusion_id].append(given)
        used[given.player_item_id] += 1
    paid: Counter[int] = Counter()
    for line in payments(connection, PAYEE.house == "workshop_fee"):
        paid[line.operation_id] += line.amount
    rolls: set[int] = set()
    economy = Economy(connection)
    for fusion in records(
        connection,
        _Fusion,
        columns_of(_Fusion)
        .select_from(FusionRow)
        .outerjoin(OperationRow, col(OperationRow.id) == FusionRow.operation_id)
        .outerjoin(RollRow, col(RollRow.id) == FusionRow.roll_id)
        .outerjoin(OddsTableRow, col(OddsTableRow.id) == RollRow.odds_table_id)
        .outerjoin(PlayerItemRow, col(PlayerItemRow.id) == RollRow.player_item_id)
        .order_by(col(FusionRow.id)),
    ):
        rolls.add(fusion.roll_id)
        wanted = economy.at(fusion.operation_id)["workshop.inputs"]
        if fusion.inputs != wanted:
            yield f"fusion {fusion.id} was to take {fusion.inputs} things, not {wanted}"
        yield from _check_fusion(fusion, inputs.pop(fusion.id, []), paid[fusion.operation_id])
    for number in inputs:
        yield f"things went into fusion {number}, which is not there"
    yield from _check_uses(connection, used, rolls)


def _check_fusion(fusion: _Fusion, inputs: list[_Input], paid: int) -> Iterator[str]:
    what = f"fusion {fusion.id}"
    if (fusion.kind, fusion.by) != ("fuse", fusion.player_id):
        yield f"{what} belongs to no operation of its player"
    if (fusion.rolled, fusion.purpose) != (fusion.operation_id, PURPOSE):
        yield f"{what} has no roll of its own"
    if (fusion.owner, fusion.acquisition) != (fusion.player_id, "workshop"):
        yield f"{what} gave its player nothing"
    if len(inputs) != fusion.inputs:
        yield f"{what} took {len(inputs)} things, not {fusion.inputs}"
    for given in inputs:
        went = (given.player_id, given.status, given.category, given.rarity, given.ended)
        due = (fusion.player_id, "fused", "collectible", fusion.rarity, fusion.operation_id)
        if went != due:
            yield f"{what} did not end {fusion.rarity} collectible {given.player_item_id}"
    table = json.loads(fusion.canonical) if fusion.canonical else {"entries": []}
    rank = _RARITIES.index(fusion.rarity) + 1
    rarity = _RARITIES[rank] if rank < len(_RARITIES) else None
    if {entry["rarity"] for entry in table["entries"]} != {rarity}:
        yield f"{what} rolled for something else than {rarity}"
    if not fusion.fee == paid == table.get("price"):
        yield f"{what} cost {fusion.fee}, {paid} were paid, its odds say {table.get('price')}"


def _check_uses(connection: Connection, used: Counter[int], rolls: set[int]) -> Iterator[str]:
    """What was fused went into one fusion; what came from the workshop came from a roll."""
    for (player_item,) in rows(
        connection, select(PlayerItemRow.id).where(PlayerItemRow.status == "fused")
    ):
        if used.pop(player_item, 0) != 1:
            yield f"thing {player_item} was fused, but went into no fusion or into several"
    for player_item in used:
        yield f"thing {player_item} went into a fusion, but is not fused"
    for (roll,) in rows(connection, select(RollRow.id).where(RollRow.purpose == PURPOSE)):
        if roll not in rolls:
            yield f"roll {roll} belongs to no fusion"


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


def check_completions(connection: Connection) -> Iterator[str]:
    """A collection was completed once, and paid what it says."""
    paid: Counter[tuple[int, int | None, str]] = Counter()
    for line in payments(connection, PAYER.house == "achievement"):
        paid[line.operation_id, line.payee, line.currency] += line.amount
    seen: Counter[tuple[int, int]] = Counter()
    for completion in records(
        connection,
        _Completion,
        columns_of(_Completion)
        .select_from(CompletionRow)
        .outerjoin(OperationRow, col(OperationRow.id) == CompletionRow.operation_id)
        .order_by(col(CompletionRow.id)),
    ):
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
    for (canonical,) in rows(connection, select(OddsTableRow.canonical)):
        # A table that can't be read is a fault of its own, which `check_rolls` names.
        with suppress(ValueError):
            table = from_canonical(canonical)
            sets[table.case].add(frozenset(entry.item for entry in table.entries))
    for number, (player, case, _) in completions.items():
        given = pieces.get(number, Counter())
        if number > known and (frozenset(given) not in sets[case] or given.total() != len(given)):
            yield f"player {player} completed {case} with {sorted(given.elements())}"
