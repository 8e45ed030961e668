"""Fusions, checked."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any, NamedTuple

from sqlalchemy import Connection
from sqlmodel import col

from inventui.db.tables.catalogue import ItemRow
from inventui.db.tables.journal import OperationRow, PlayerItemRow, RollRow
from inventui.db.tables.select import maybe, select
from inventui.db.tables.workshop import FusionInputRow, FusionRow
from inventui.engine.audit.audited_numbers import economy_of
from inventui.engine.audit.check import (
    PAYEE,
    columns_of,
    moved_by,
    odds_tables,
    payments,
    records,
    rows,
)
from inventui.engine.audit.journals.pools import Pools
from inventui.rules.cases.fairness import TICKETS
from inventui.rules.cases.odds import OddsTable
from inventui.rules.core.enums import Rarity
from inventui.rules.workshop import PURPOSE, fusion_odds

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
    odds_table_id: int | None = maybe(RollRow.odds_table_id)
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
    economy, tables, pools = economy_of(connection), odds_tables(connection), Pools(connection)
    for fusion in records(
        connection,
        _Fusion,
        columns_of(_Fusion)
        .select_from(FusionRow)
        .outerjoin(OperationRow, col(OperationRow.id) == FusionRow.operation_id)
        .outerjoin(RollRow, col(RollRow.id) == FusionRow.roll_id)
        .outerjoin(PlayerItemRow, col(PlayerItemRow.id) == RollRow.player_item_id)
        .order_by(col(FusionRow.id)),
    ):
        rolls.add(fusion.roll_id)
        wanted = economy.at(fusion.operation_id)["workshop.inputs"]
        if fusion.inputs != wanted:
            yield f"fusion {fusion.id} was to take {fusion.inputs} things, not {wanted}"
        given_in = inputs.pop(fusion.id, [])
        table = tables.get(fusion.odds_table_id or 0)
        yield from _check_fusion(fusion, given_in, table, paid[fusion.operation_id])
        if table is not None:
            numbers = economy.at(fusion.operation_id)
            yield from _check_odds(fusion, given_in, table, pools, numbers)
    for number in inputs:
        yield f"things went into fusion {number}, which is not there"
    yield from _check_uses(connection, used, rolls)


def _check_fusion(
    fusion: _Fusion, inputs: list[_Input], table: OddsTable | None, paid: int
) -> Iterator[str]:
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
    if table is None:
        return  # `check_awards` names it.
    rank = _RARITIES.index(fusion.rarity) + 1
    rarity = _RARITIES[rank] if rank < len(_RARITIES) else None
    if {str(entry.rarity) for entry in table.entries} != {rarity}:
        yield f"{what} rolled for something else than {rarity}"
    if not fusion.fee == paid == table.price:
        yield f"{what} cost {fusion.fee}, {paid} were paid, its odds say {table.price}"


def _check_odds(
    fusion: _Fusion,
    inputs: list[_Input],
    table: OddsTable,
    pools: Pools,
    numbers: Mapping[str, Any],
) -> Iterator[str]:
    """The odds follow from what went in, and the fee from the odds, by the numbers of then."""
    value = sum(entry.value * entry.parts for entry in table.entries)
    mean = Fraction(value, TICKETS) * numbers["workshop.fee_percent"] / 100
    fee = max(numbers["workshop.least_fee"], int(mean))
    if table.price != fee:
        yield f"fusion {fusion.id} cost {table.price}, its odds are worth a fee of {fee}"
    brought = pools.of(
        fusion.operation_id, fusion.rarity, [given.player_item_id for given in inputs]
    )
    if brought is None:
        return  # Which cases were in force before a catalogue was kept is not known any more.
    fillers = brought.count(())
    if fillers > numbers["workshop.most_fillers"]:
        yield f"fusion {fusion.id} took {fillers} things that bring nothing"
    due = fusion_odds(Rarity(fusion.rarity), brought)
    if due is None or due.entries != table.entries or due.case != table.case:
        yield f"fusion {fusion.id} rolled with other odds than its things bring"


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
