"""Uses, durability and effects, checked: each line for a use, a repair or a robbery."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection
from sqlalchemy.orm import aliased
from sqlmodel import col

from inventui.db.tables.catalogue import ItemRow
from inventui.db.tables.journal import ConditionRow, EffectRow, OperationRow, PlayerItemRow
from inventui.db.tables.select import maybe, select
from inventui.db.tables.streets import RobberyRow, ShiftRow
from inventui.engine.audit.audited_numbers import Catalogues, catalogues_of, economy_of
from inventui.engine.audit.check import columns_of, records, rows, told, whole
from inventui.engine.audit.journals.beginnings import new_condition
from inventui.rules.core.categories import Category

_ORIGIN = aliased(PlayerItemRow)


class _Line(NamedTuple):
    id: int = ConditionRow.id
    operation_id: int = ConditionRow.operation_id
    player_item_id: int = ConditionRow.player_item_id
    uses: int | None = ConditionRow.uses
    durability: int | None = ConditionRow.durability
    owner: int | None = maybe(PlayerItemRow.player_id)
    item_id: int | None = maybe(PlayerItemRow.item_id)
    category: str | None = maybe(PlayerItemRow.category)
    origin_id: int | None = PlayerItemRow.origin_id
    origin_uses: int | None = _ORIGIN.uses
    origin_durability: int | None = _ORIGIN.durability
    details: str | None = maybe(ItemRow.details)
    kind: str | None = maybe(OperationRow.kind)
    player: int | None = OperationRow.player_id
    request: str | None = maybe(OperationRow.request)


_LINES = (
    columns_of(_Line)
    .select_from(ConditionRow)
    .outerjoin(PlayerItemRow, col(PlayerItemRow.id) == ConditionRow.player_item_id)
    .outerjoin(_ORIGIN, col(_ORIGIN.id) == PlayerItemRow.origin_id)
    .outerjoin(ItemRow, col(ItemRow.id) == PlayerItemRow.item_id)
    .outerjoin(OperationRow, col(OperationRow.id) == ConditionRow.operation_id)
    .order_by(col(ConditionRow.player_item_id), col(ConditionRow.number))
)

_Robbed = dict[int, set[tuple[int, str]]]
"""Of each operation the players whose weapon, or whose armour, a robbery in it may wear."""


def check_wear(connection: Connection) -> Iterator[str]:
    """A use takes one; a kit that was used mends as much as kits do; a robbery wears as it says."""
    economy, catalogues = economy_of(connection), catalogues_of(connection)
    robbed: _Robbed = defaultdict(set)
    for operation, robber, victim, rolled in rows(
        connection,
        select(
            RobberyRow.operation_id, RobberyRow.robber_id, RobberyRow.victim_id, RobberyRow.roll_id
        ),
    ):
        robbed[operation].add((victim, Category.ARMOR))
        if rolled is not None:
            robbed[operation].add((robber, Category.WEAPON))
    used = {
        (operation, player_item)
        for operation, player_item in rows(
            connection, select(ConditionRow.operation_id, ConditionRow.player_item_id)
        )
    }
    kits = _kits(connection)
    before: tuple[int, int | None, int | None] | None = None
    for line in records(connection, _Line, _LINES):
        if before is None or before[0] != line.player_item_id:
            before = (line.player_item_id, *_new(line, catalogues))
        _, uses, durability = before
        before = (line.player_item_id, line.uses, line.durability)
        what = f"condition {line.id} of thing {line.player_item_id}"
        details = _details(line, catalogues)
        now, asked = economy.at(line.operation_id), told(line.request)
        if line.kind == "use" and line.category == Category.CONSUMABLE:
            due = (None if uses is None else uses - 1, durability)
            if (line.uses, line.durability) != due or (
                asked.get("item") != line.player_item_id or line.owner != line.player
            ):
                yield f"{what} is of no use of it"
        elif line.kind == "use":
            kit, most = whole(asked.get("item")), details.get("durability", 100)
            mended = (
                None if durability is None else min(most, durability + now["consumables.repair"])
            )
            named = str(asked.get("target")) == str(line.player_item_id)
            if (
                (line.uses, line.durability) != (uses, mended)
                or (line.operation_id, kit) not in used
                or kit not in kits
                or not named
                or line.owner != line.player
            ):
                yield f"{what} is of no repair by a kit"
        elif (line.owner, line.category) in robbed.get(line.operation_id, ()):
            worn = 0 if durability is None else durability - (line.durability or 0)
            most = now["streets.wear_most"]
            least = now["streets.wear_least"] if line.durability else 1
            if line.uses != uses or not least <= worn <= most:
                yield f"{what} wore by {worn}, not by {least} to {most}"
        else:
            yield f"{what} has no use, repair or robbery that it comes from"


def _new(line: _Line, catalogues: Catalogues) -> tuple[int | None, int | None]:
    """Uses and durability before a thing's first line."""
    if line.origin_id is not None:
        return line.origin_uses, line.origin_durability
    return new_condition(str(line.category), _details(line, catalogues))


def _details(line: _Line, catalogues: Catalogues) -> Mapping[str, Any]:
    prices = catalogues.at(line.operation_id)
    if prices is not None and line.item_id is not None and line.item_id in prices.items:
        return prices.items[line.item_id][3]
    return told(line.details)


def _kits(connection: Connection) -> set[int]:
    """Numbers of the player items that mend."""
    kits = {
        item
        for item, details in rows(
            connection,
            select(ItemRow.id, ItemRow.details).where(ItemRow.category == "consumable"),
        )
        if told(details).get("kind") == "repair_kit"
    }
    return {
        player_item
        for (player_item,) in rows(
            connection, select(PlayerItemRow.id).where(col(PlayerItemRow.item_id).in_(kits))
        )
    }


class _Effect(NamedTuple):
    id: int = EffectRow.id
    kind: str = EffectRow.kind
    player_id: int = EffectRow.player_id
    by_player_id: int = EffectRow.by_player_id
    until: int | None = EffectRow.until
    operation_id: int = EffectRow.operation_id
    ended_by: int | None = EffectRow.ended_by
    at: int | None = maybe(OperationRow.at)
    did: str | None = maybe(OperationRow.kind)
    player: int | None = OperationRow.player_id
    request: str | None = maybe(OperationRow.request)
    fed: int | None = maybe(ShiftRow.fed)
    worker: int | None = maybe(ShiftRow.player_id)


def check_effects(connection: Connection) -> Iterator[str]:
    """BigPulp is fed, and a drawer is hit, by a consumable that was used for it."""
    economy = economy_of(connection)
    kinds: dict[int, Any] = {
        item: told(details).get("kind")
        for item, details in rows(
            connection,
            select(ItemRow.id, ItemRow.details).where(ItemRow.category == "consumable"),
        )
    }
    used: dict[tuple[int, int], Any] = {
        (operation, player_item): kinds.get(item)
        for operation, player_item, item in rows(
            connection,
            select(ConditionRow.operation_id, ConditionRow.player_item_id, PlayerItemRow.item_id)
            .select_from(ConditionRow)
            .join(PlayerItemRow, col(PlayerItemRow.id) == ConditionRow.player_item_id)
            .where(PlayerItemRow.category == "consumable"),
        )
    }
    for effect in records(
        connection,
        _Effect,
        columns_of(_Effect)
        .select_from(EffectRow)
        .outerjoin(OperationRow, col(OperationRow.id) == EffectRow.operation_id)
        .outerjoin(ShiftRow, col(ShiftRow.operation_id) == EffectRow.ended_by),
    ):
        what = f"effect {effect.id} on player {effect.player_id}"
        kind = used.get((effect.operation_id, whole(told(effect.request).get("item"))))
        fed = effect.kind == "fed"
        lasts = economy.at(effect.operation_id)["consumables.poop_lasts"]
        if kind != ("donut" if fed else "poop") or effect.did != "use":
            yield f"{what} comes from no consumable that was used"
        if effect.by_player_id != effect.player or fed != (effect.player_id == effect.player):
            yield f"{what} is by or on somebody else"
        if effect.until != (None if fed else (effect.at or 0) + lasts):
            yield f"{what} lasts another time than such ones do"
        if effect.ended_by is not None and (effect.fed, effect.worker) != (1, effect.player_id):
            yield f"{what} was used up by no shift of theirs"
