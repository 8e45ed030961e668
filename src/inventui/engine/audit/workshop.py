"""Fusions and collections, checked."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import Connection
from sqlmodel import col

from inventui.db.tables.catalogue import ItemRow, OddsTableRow
from inventui.db.tables.journal import OperationRow, PlayerItemRow, RollRow
from inventui.db.tables.select import maybe, select
from inventui.db.tables.workshop import CompletionRow, FusionInputRow, FusionRow
from inventui.engine.audit.audited_numbers import Economy
from inventui.engine.audit.check import PAYEE, PAYER, columns_of, moved_by, payments, records, rows
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
