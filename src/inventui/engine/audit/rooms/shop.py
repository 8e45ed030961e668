"""Stock, prices paid, conditions and defaults, checked."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from sqlalchemy import Connection, func, or_
from sqlmodel import col

from inventui.db.tables.catalogue import ItemRow, StockRow
from inventui.db.tables.journal import ConditionRow, MoveRow, OperationRow, PlayerItemRow
from inventui.db.tables.players import PlayerRow
from inventui.db.tables.select import select, value
from inventui.engine.audit.check import PAYEE, numbers_of, payments, rows, told


def check_stock(connection: Connection) -> Iterator[str]:
    """What is left of a limited edition is its first stock less what was bought."""
    bought: dict[int, int] = dict(
        rows(
            connection,
            select(PlayerItemRow.item_id, value(func.count()))
            .where(col(PlayerItemRow.acquisition).in_(("purchase", "bundle")))
            .group_by(col(PlayerItemRow.item_id)),
        )
    )
    for item, edition, first, sold in rows(
        connection, select(StockRow.item_id, StockRow.edition, StockRow.first, StockRow.sold)
    ):
        number = bought.get(item, 0)
        if sold != number:
            yield f"item {item} shows {sold} sold, {number} were bought"
        if not number <= first <= edition:
            yield f"item {item} sold {number} of {first} of {edition}"


def check_purchases(connection: Connection) -> Iterator[str]:
    """What was paid is the price less its discount, and is spread over the items it bought."""
    paid: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for line in payments(connection, col(PAYEE.house).in_(("shop", "black_market"))):
        paid[line.operation_id][line.currency] += line.amount
    spread = {
        operation: figures
        for operation, *figures in rows(
            connection,
            select(
                MoveRow.operation_id,
                value(func.sum(col(PlayerItemRow.price_paid))),
                value(func.sum(col(PlayerItemRow.gems_paid))),
                value(func.count()),
            )
            .select_from(OperationRow)
            .join(MoveRow, col(MoveRow.operation_id) == OperationRow.id)
            .join(PlayerItemRow, col(PlayerItemRow.id) == MoveRow.player_item_id)
            .where(OperationRow.kind == "buy", col(MoveRow.from_status).is_(None))
            .group_by(col(MoveRow.operation_id)),
        )
    }
    for purchase, outcome in rows(
        connection, select(OperationRow.id, OperationRow.outcome).where(OperationRow.kind == "buy")
    ):
        answer = told(outcome)
        figures = [answer.get(name) for name in ("full_oranges", "full_gems", "discount")]
        oranges, gems, discount = numbers_of(figures) or (-1, -1, 0)
        if oranges < 0:
            yield f"purchase {purchase} tells no price"
            continue
        due = (oranges * (100 - discount) // 100, gems * (100 - discount) // 100)
        lines = (paid[purchase]["oranges"], paid[purchase]["gems"])
        if lines != due:
            yield (
                f"purchase {purchase} moved {lines[0]} + {lines[1]}, "
                f"the price was {due[0]} + {due[1]}"
            )
        if spread.get(purchase) != [*due, len(numbers_of(answer.get("item_ids")))]:
            yield f"purchase {purchase} does not spread {due[0]} + {due[1]} over what it gave"


def check_conditions(connection: Connection) -> Iterator[str]:
    """Uses and durability are those of the last line, and lines are numbered without gaps."""
    last: dict[int, tuple[int, int | None, int | None]] = {}
    for player_item, number, uses, durability in rows(
        connection,
        select(
            ConditionRow.player_item_id,
            ConditionRow.number,
            ConditionRow.uses,
            ConditionRow.durability,
        ).order_by(col(ConditionRow.player_item_id), col(ConditionRow.number)),
    ):
        before, most, _ = last.get(player_item, (0, uses, durability))
        if number != before + 1 or (most is not None and (uses is None or uses > most)):
            yield f"thing {player_item}: its condition line {number} does not follow"
        last[player_item] = (number, uses, durability)
    for player_item, status, uses, durability, number in rows(
        connection,
        select(
            PlayerItemRow.id,
            PlayerItemRow.status,
            PlayerItemRow.uses,
            PlayerItemRow.durability,
            PlayerItemRow.condition,
        ).where(or_(col(PlayerItemRow.condition) > 0, col(PlayerItemRow.uses).is_not(None))),
    ):
        if (number, uses, durability) != last.get(player_item, (0, uses, durability)):
            yield f"thing {player_item} shows another condition than its last line"
        if (uses == 0) != (status == "consumed"):
            yield f"thing {player_item} is {status} with {uses} uses left"


def check_defaults(connection: Connection) -> Iterator[str]:
    """Every player owns each default once, and every slot that has one is full."""
    defaults = [
        (item, slug, category)
        for item, slug, category, details in rows(
            connection,
            select(ItemRow.id, ItemRow.slug, ItemRow.category, ItemRow.details).where(
                ItemRow.active == 1
            ),
        )
        if told(details).get("default")
    ]
    owned: Counter[tuple[int, int]] = Counter()
    worn: set[tuple[int, str]] = set()
    for player, item, category, status in rows(
        connection,
        select(
            PlayerItemRow.player_id,
            PlayerItemRow.item_id,
            PlayerItemRow.category,
            PlayerItemRow.status,
        ).where(
            col(PlayerItemRow.status).in_(("owned", "equipped")),
            or_(
                col(PlayerItemRow.item_id).in_({item for item, _, _ in defaults}),
                col(PlayerItemRow.category).in_({category for _, _, category in defaults}),
            ),
        ),
    ):
        owned[player, item] += 1
        if status == "equipped":
            worn.add((player, category))
    for (player,) in rows(connection, select(PlayerRow.id).order_by(col(PlayerRow.id))):
        for item, slug, category in defaults:
            if owned[player, item] != 1:
                yield f"player {player} owns the default {slug} {owned[player, item]} times"
            if (player, category) not in worn:
                yield f"player {player} wears nothing in the slot {category}"
