"""How player items began, checked: each by a cause that the rules know, as its item is."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, and_, case, func, literal_column, or_
from sqlmodel import col

from inventui.db.tables.catalogue import ItemRow
from inventui.db.tables.journal import MoveRow, OperationRow, PlayerItemRow
from inventui.db.tables.select import select, value
from inventui.db.tables.streets import NeighbourRow, ShiftRow
from inventui.engine.audit.audited_numbers import catalogues_of, economy_of
from inventui.engine.audit.check import rows, set_backs, told
from inventui.rules.core.categories import GEAR
from inventui.rules.inventory.gear import FULL_DURABILITY

_BEGINNINGS: dict[tuple[str, str], str] = {
    # (Acquisition, whose) → kinds of the operation. `own` is the operation's player.
    ("case", "own"): "open",
    ("purchase", "own"): "buy",
    ("bundle", "own"): "buy",
    ("gift", "other"): "gift",
    ("gift", "own"): "settle",
    ("achievement", "own"): "achieve",
    ("starter", "own"): "starter neighbour_settle",
    ("starter", "other"): "player move_in settle bazaar_turn",
    ("drop", "own"): "shift",
    ("theft", "own"): "rob",
    ("theft", "other"): "settle",
    ("bazaar", "own"): "bazaar_buy",
    ("bazaar", "other"): "bazaar_turn",
    ("trade", "own"): "trade_accept",
    ("trade", "other"): "trade_accept",
    ("workshop", "own"): "fuse",
    ("admin", "other"): "grant",
}

_HANDED_ON = ("gift", "theft", "bazaar", "trade")
_PAID = ("case", "purchase", "bundle", "bazaar", "workshop")
WHOSE = case(
    (col(PlayerItemRow.player_id) == OperationRow.player_id, literal_column("'own'")),
    else_=literal_column("'other'"),
)
_BEGUN = (
    select(PlayerItemRow.id)
    .select_from(PlayerItemRow)
    .join(MoveRow, and_(col(MoveRow.player_item_id) == PlayerItemRow.id, col(MoveRow.version) == 1))
    .join(OperationRow, col(OperationRow.id) == MoveRow.operation_id)
)


def check_beginnings(connection: Connection) -> Iterator[str]:
    """A thing begins by an operation that gives such ones, as its item is, at that moment."""
    way: Any = (PlayerItemRow.acquisition, value(WHOSE), OperationRow.kind)
    for how, whose, kind, number, first in rows(
        connection,
        select(*way, value(func.count()), value(func.min(col(PlayerItemRow.id))))
        .select_from(PlayerItemRow)
        .join(
            MoveRow,
            and_(col(MoveRow.player_item_id) == PlayerItemRow.id, col(MoveRow.version) == 1),
        )
        .join(OperationRow, col(OperationRow.id) == MoveRow.operation_id)
        .group_by(*way),
    ):
        if kind not in _BEGINNINGS.get((how, str(whose)), "").split():
            yield (
                f"{number} things by {how} for {who(whose)} in {kind}, first thing {first}: "
                "no rule gives such ones"
            )
    acquisition = col(PlayerItemRow.acquisition)
    for said, wrong in (
        (
            "was not got at the moment of its operation",
            PlayerItemRow.acquired_at != OperationRow.at,
        ),
        (
            "was paid for, though nobody pays for such ones",
            or_(
                and_(col(PlayerItemRow.price_paid) != 0, acquisition.not_in(_PAID)),
                and_(
                    col(PlayerItemRow.gems_paid) != 0,
                    acquisition.not_in(("purchase", "bundle")),
                ),
            ),
        ),
        (
            "comes from another thing, or should",
            col(PlayerItemRow.origin_id).is_(None) == acquisition.in_(_HANDED_ON),
        ),
    ):
        for (player_item,) in rows(connection, _BEGUN.where(wrong)):
            yield f"thing {player_item} {said}"
    yield from _check_escrow(connection)
    yield from _check_drops(connection)
    yield from _check_starters(connection)
    yield from _check_new(connection)


def who(whose: object) -> str:
    """Whose a thing is, in words."""
    return "the operation's player" if whose == "own" else "another player"


def _check_escrow(connection: Connection) -> Iterator[str]:
    """What waits in escrow waits as long as such ones do; nothing else has such a time."""
    economy = economy_of(connection)
    backs = [operation for operation, _ in set_backs(connection)]
    kept = col(PlayerItemRow.held_until) - OperationRow.at
    way: Any = (PlayerItemRow.acquisition, MoveRow.event, value(kept))
    for how, event, time, first, last, player_item in rows(
        connection,
        select(
            *way,
            value(func.min(col(OperationRow.id))),
            value(func.max(col(OperationRow.id))),
            value(func.min(col(PlayerItemRow.id))),
        )
        .select_from(PlayerItemRow)
        .join(
            MoveRow,
            and_(col(MoveRow.player_item_id) == PlayerItemRow.id, col(MoveRow.version) == 1),
        )
        .join(OperationRow, col(OperationRow.id) == MoveRow.operation_id)
        .group_by(*way),
    ):
        name = {"theft": "streets.stolen_held", "gift": "escrow.gift_held"}.get(how)
        due = {economy.at(operation)[name or "escrow.drop_held"] for operation in (first, last)}
        # What waited when the clock was set back waits from then on.
        back = time is not None and time < max(due) and any(each > first for each in backs)
        if (event == "drop" and time not in due and not back) or (
            event != "drop" and time is not None
        ):
            yield f"thing {player_item} by {how} waits in escrow for another time than such ones do"


def _check_drops(connection: Connection) -> Iterator[str]:
    """What dropped is what was in a shift's crate."""
    crates = select(ShiftRow.player_item_id).where(col(ShiftRow.player_item_id).is_not(None))
    for (player_item,) in rows(
        connection,
        select(PlayerItemRow.id).where(
            PlayerItemRow.acquisition == "drop", col(PlayerItemRow.id).not_in(crates)
        ),
    ):
        yield f"thing {player_item} is said to have dropped, but no shift had a crate with it"


def _check_starters(connection: Connection) -> Iterator[str]:
    """A person starts with defaults alone."""
    # What was a default in an older pack, and is sold no more, is still theirs.
    others = {
        item
        for item, details in rows(
            connection, select(ItemRow.id, ItemRow.details).where(ItemRow.active == 1)
        )
        if not told(details).get("default")
    }
    for player_item, item, slug in rows(
        connection,
        select(PlayerItemRow.id, PlayerItemRow.item_id, ItemRow.slug)
        .select_from(PlayerItemRow)
        .join(ItemRow, col(ItemRow.id) == PlayerItemRow.item_id)
        .outerjoin(NeighbourRow, col(NeighbourRow.player_id) == PlayerItemRow.player_id)
        .where(
            PlayerItemRow.acquisition == "starter",
            col(NeighbourRow.id).is_(None),
        ),
    ):
        if item in others:
            yield f"thing {player_item}, {slug}, is said to be from the start, but is no default"


def _check_new(connection: Connection) -> Iterator[str]:
    """What nothing happened to yet has the uses and the durability of its item."""
    catalogues = catalogues_of(connection)
    for item, category, uses, durability, first, first_operation, last_operation in rows(
        connection,
        select(
            PlayerItemRow.item_id,
            PlayerItemRow.category,
            PlayerItemRow.uses,
            PlayerItemRow.durability,
            value(func.min(col(PlayerItemRow.id))),
            value(func.min(col(MoveRow.operation_id))),
            value(func.max(col(MoveRow.operation_id))),
        )
        .select_from(PlayerItemRow)
        .join(
            MoveRow,
            and_(col(MoveRow.player_item_id) == PlayerItemRow.id, col(MoveRow.version) == 1),
        )
        .where(PlayerItemRow.condition == 0, col(PlayerItemRow.origin_id).is_(None))
        .group_by(
            col(PlayerItemRow.item_id),
            col(PlayerItemRow.category),
            col(PlayerItemRow.uses),
            col(PlayerItemRow.durability),
        ),
    ):
        known = catalogues.among(first_operation, last_operation)
        if known is None:
            if (uses is None) != (category != "consumable") or (durability is None) != (
                category not in GEAR
            ):
                yield f"thing {first} has uses or durability that such ones have not"
            continue
        due = {
            new_condition(category, prices.items[item][3])
            for prices in known
            if item in prices.items
        }
        if (uses, durability) not in due:
            yield f"thing {first} began with other uses or durability than its item has"


def new_condition(category: str, details: Any) -> tuple[int | None, int | None]:
    """Uses and durability of an item when it is new."""
    return details.get("uses"), (
        details.get("durability", FULL_DURABILITY) if category in GEAR else None
    )
